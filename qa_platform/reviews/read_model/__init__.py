"""What reviews show, to whom, and from when on: each file one table with its queries."""

from qa_platform.reviews.read_model.absences import REVIEW_ABSENCES
from qa_platform.reviews.read_model.conflicts import CONFLICTS, ConflictRow, conflict_of, select_conflicts
from qa_platform.reviews.read_model.content import ReviewedSubmission, reviewed_submission
from qa_platform.reviews.read_model.known import ToldTie, known_ties
from qa_platform.reviews.read_model.makers import COURSE_MAKERS
from qa_platform.reviews.read_model.notes import REVIEW_NOTES, ReviewNoteRow, list_notes
from qa_platform.reviews.read_model.panels import REVIEW_PANELS, ReviewPanelRow, find_review_panel, scoring_is_closed
from qa_platform.reviews.read_model.queries import (
    QUERIES,
    QueryRow,
    find_query,
    list_unanswered,
    queries_of,
    select_queries,
)
from qa_platform.reviews.read_model.questions import (
    QUESTIONS,
    QuestionRow,
    asked_of,
    find_question,
    list_questions,
    select_waiting,
)
from qa_platform.reviews.read_model.reviews import (
    REVIEWS,
    ReviewRow,
    ScoreEntry,
    as_seen_by,
    get_readable_review,
    get_review,
    review_of,
    select_reviews,
)
from qa_platform.reviews.read_model.rubrics import REVIEW_RUBRICS, ReviewRubricRow, rubric_under
from qa_platform.reviews.read_model.ties import REVIEW_TIES
from qa_platform.reviews.read_model.timing import Agenda, Timing, list_late, list_to_remind, reminder_by, timings
from qa_platform.reviews.read_model.workload import REVIEW_CAPS, Workload, workload_of

__all__ = [
    "CONFLICTS",
    "COURSE_MAKERS",
    "QUERIES",
    "QUESTIONS",
    "REVIEWS",
    "REVIEW_ABSENCES",
    "REVIEW_CAPS",
    "REVIEW_NOTES",
    "REVIEW_PANELS",
    "REVIEW_RUBRICS",
    "REVIEW_TIES",
    "Agenda",
    "ConflictRow",
    "QueryRow",
    "QuestionRow",
    "ReviewNoteRow",
    "ReviewPanelRow",
    "ReviewRow",
    "ReviewRubricRow",
    "ReviewedSubmission",
    "ScoreEntry",
    "Timing",
    "ToldTie",
    "Workload",
    "as_seen_by",
    "asked_of",
    "conflict_of",
    "find_query",
    "find_question",
    "find_review_panel",
    "get_readable_review",
    "get_review",
    "known_ties",
    "list_late",
    "list_notes",
    "list_questions",
    "list_to_remind",
    "list_unanswered",
    "queries_of",
    "reminder_by",
    "review_of",
    "reviewed_submission",
    "rubric_under",
    "scoring_is_closed",
    "select_conflicts",
    "select_queries",
    "select_reviews",
    "select_waiting",
    "timings",
    "workload_of",
]
