"""What reviews show, to whom, and from when on: each file one table with its queries."""

from qa_platform.reviews.read_model.content import ReviewedSubmission, reviewed_submission
from qa_platform.reviews.read_model.notes import REVIEW_NOTES, ReviewNoteRow, list_notes
from qa_platform.reviews.read_model.panels import REVIEW_PANELS, ReviewPanelRow
from qa_platform.reviews.read_model.reviews import (
    REVIEWS,
    ReviewRow,
    ScoreEntry,
    as_seen_by,
    get_readable_review,
    get_review,
    select_reviews,
)
from qa_platform.reviews.read_model.rubrics import REVIEW_RUBRICS, ReviewRubricRow, rubric_under

__all__ = [
    "REVIEWS",
    "REVIEW_NOTES",
    "REVIEW_PANELS",
    "REVIEW_RUBRICS",
    "ReviewNoteRow",
    "ReviewPanelRow",
    "ReviewRow",
    "ReviewRubricRow",
    "ReviewedSubmission",
    "ScoreEntry",
    "as_seen_by",
    "get_readable_review",
    "get_review",
    "list_notes",
    "reviewed_submission",
    "rubric_under",
    "select_reviews",
]
