"""Of which type an intake outcome is, and where a provider can turn with what is not eligible."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from qa_platform.submissions.decider.state import Status
from qa_platform.submissions.events import ClosureGround, IntakeCode, TurnTo

INTAKE_CODES: Mapping[Status, IntakeCode] = {
    Status.RETURNED: IntakeCode.RETURNED,
    Status.CLOSED: IntakeCode.NOT_ELIGIBLE,
    Status.WITHDRAWN: IntakeCode.WITHDRAWN,
    Status.LAPSED: IntakeCode.LAPSED,
}
TURN_TO: Mapping[ClosureGround, TurnTo] = {
    ClosureGround.EXCLUDED_TYPE: TurnTo.ANOTHER_SCHEME,
    ClosureGround.NO_COMPLETED_COHORT: TurnTo.AFTER_A_COHORT,
    ClosureGround.PROVIDER_NOT_RECOGNISED: TurnTo.RECOGNITION,
    ClosureGround.PARENT_NOT_ACCREDITED: TurnTo.STAND_ALONE_ROUTE,
    ClosureGround.OTHER: TurnTo.AS_REMARKED,
}


def class_of(code: IntakeCode) -> Literal["not_applicable"] | None:
    """Return the class of an intake outcome; what only turns a case back, or takes it out, has none."""
    return "not_applicable" if code is IntakeCode.NOT_ELIGIBLE else None
