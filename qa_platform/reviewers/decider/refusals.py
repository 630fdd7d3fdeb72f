"""Why something about a reviewer may be refused."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected
from qa_platform.reviewers.decider.state import LEAST_YEARS_OF_PRACTICE, Expertise, Reviewer, Status


class ReviewerUnknown(Missing):
    """The person is not registered as a reviewer."""


class ReviewerTaken(Rejected):
    """The person is a reviewer already."""


class ExpertiseIncomplete(Rejected):
    """A reviewer without a field or a level can be matched with nothing."""


class PracticeTooShort(Rejected):
    """The reviewer has not practised for long enough."""


class ReviewerNotEligible(Rejected):
    """Only a reviewer who may be asked can be paused, and only a paused one resumed."""


class PausedByAgency(Rejected):
    """A reviewer cannot end a pause that he did not ask for."""


class InterestUnacceptable(Rejected):
    """The declared interest contradicts itself, or another."""


class InterestUnknown(Missing):
    """The reviewer declared no such interest."""


class LevelTooLow(Rejected):
    """The person's own qualification is below what he wants to judge, and no practice stands for it."""


class ReviewerOutOfTurn(Rejected):
    """The step does not follow on where the reviewer stands."""


class ReviewerGone(Rejected):
    """The reviewer retired, and nothing about his reviewing changes any more."""


class TrainingToCome(Rejected):
    """A training is recorded once it is done."""


class CalibrationRunOut(Rejected):
    """The calibration does not hold any more on the day on which the reviewer would begin."""


class CalibrationIncomplete(Rejected):
    """Too few benchmark courses are scored, or not all of a course."""


class BenchmarkUnsuited(Rejected):
    """The benchmark cannot be scored, or is none for this calibration."""


class BenchmarkUnknown(Missing):
    """There is no such benchmark."""


class BenchmarkTaken(Rejected):
    """There is such a benchmark with other content."""


class PeriodUnacceptable(Rejected):
    """The absence contradicts itself, or another."""


class PeriodUnknown(Missing):
    """No such absence was declared."""


class CapUnacceptable(Rejected):
    """A reviewer has at least one case at a time, or is paused."""


class PostUnacceptable(Rejected):
    """The post contradicts itself, or another."""


class PostUnknown(Missing):
    """No such post is recorded."""


class ReasonMissing(Rejected):
    """A step against somebody needs a reason."""


def require_known(reviewer: Reviewer) -> None:
    """Refuse what is asked about somebody who is no reviewer."""
    if reviewer.status is Status.UNKNOWN:
        raise ReviewerUnknown("Nothing was changed: this person is not a reviewer. Register the reviewer first.")


def require_staying(reviewer: Reviewer) -> None:
    """Refuse what is asked about somebody who is no reviewer, or none any more."""
    require_known(reviewer)
    if reviewer.status is Status.RETIRED:
        raise ReviewerGone("Nothing was changed: the reviewer has retired. Ask somebody else.")


def require_expertise(expertise: Expertise) -> None:
    """Refuse an expertise without a field."""
    if not expertise.fields:
        raise ExpertiseIncomplete("The expertise was not recorded: it names no field. Add at least one ISCED-F code.")


def require_practice(expertise: Expertise) -> None:
    """Refuse too short a practice."""
    if expertise.years_of_practice < LEAST_YEARS_OF_PRACTICE:
        raise PracticeTooShort(
            f"The reviewer is not eligible with {expertise.years_of_practice} years of practice: "
            f"{LEAST_YEARS_OF_PRACTICE} are needed. Correct the expertise if more can be shown."
        )
