"""What is asked of reviewers: how they stand, whom they reviewed, and what they are measured by."""

from qa_platform.reviewers.read_model.benchmarks import (
    BENCHMARKS,
    BenchmarkRow,
    get_benchmark,
    select_benchmarks,
    without_reference,
)
from qa_platform.reviewers.read_model.reviewed import (
    REVIEWS_DONE,
    ReviewDoneRow,
    distribution,
    history_of,
    reviews_by,
)
from qa_platform.reviewers.read_model.reviewers import (
    REVIEWERS,
    Absence,
    Calibration,
    Interest,
    PostHeld,
    ReviewerRow,
    Training,
    get_own,
    get_reviewer,
    list_active,
    select_reviewers,
)
from qa_platform.reviewers.read_model.standards import (
    CALIBRATION_STANDARDS,
    in_force,
    new_standard_from,
    rubric_of,
)

__all__ = [
    "BENCHMARKS",
    "CALIBRATION_STANDARDS",
    "REVIEWERS",
    "REVIEWS_DONE",
    "Absence",
    "BenchmarkRow",
    "Calibration",
    "Interest",
    "PostHeld",
    "ReviewDoneRow",
    "ReviewerRow",
    "Training",
    "distribution",
    "get_benchmark",
    "get_own",
    "get_reviewer",
    "history_of",
    "in_force",
    "list_active",
    "new_standard_from",
    "reviews_by",
    "rubric_of",
    "select_benchmarks",
    "select_reviewers",
    "without_reference",
]
