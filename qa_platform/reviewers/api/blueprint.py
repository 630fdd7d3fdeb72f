"""Where all addresses of reviewers hang, and whose entry each is about."""

from __future__ import annotations

from flask_smorest import Blueprint

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.reviewers import read_model
from qa_platform.reviewers.events import PauseReason
from qa_platform.reviewers.read_model import ReviewerRow
from qa_platform.web.context import actor, reading

reviewers_api = Blueprint(
    "reviewers",
    __name__,
    url_prefix="/api/v1/reviewers",
    description="Who reviews: expertise, calibration, availability, interests",
)


def visible(person_id: str) -> ReviewerRow:
    """Return a reviewer whom the one who asks may see. Raises Missing."""
    return found(read_model.get_reviewer(reading(), person_id, actor()), person_id)


def own(person_id: str) -> ReviewerRow:
    """Return the entry of the one who asks, if it is the one asked about. Raises Missing."""
    return found(read_model.get_own(reading(), actor(), person_id), person_id)


def found(row: ReviewerRow | None, person_id: str) -> ReviewerRow:
    """Return a reviewer that is there. Raises Missing."""
    if row is None:
        raise Missing(f"There is no reviewer “{person_id}”. Check the address.")
    return row


def on_whose_wish() -> PauseReason:
    """Return whether the agency asks, or the reviewer himself."""
    return "agency" if actor().acting_as is Role.ADMINISTRATOR else "own_request"
