"""The report on a case: a draft, what its provider says of the facts in it, and the final words."""

from __future__ import annotations

from collections.abc import Generator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal

from msgspec.structs import replace

from qa_platform.kernel.roles import Role, system
from qa_platform.panels.commands import (
    ClaimFactualError,
    CloseFactualCheck,
    FinishFactualCheck,
    IssueDraftReport,
    IssueFinalReport,
    ResolveFactualClaim,
    WithdrawDraftReport,
    WithdrawFactualClaim,
)
from qa_platform.panels.events import ReportChange, Verdict
from qa_platform.simulation.acts import Act, Step
from qa_platform.simulation.names import MARK
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.report_text import areas_of, findings_of

if TYPE_CHECKING:
    from qa_platform.simulation.case import Case
    from qa_platform.simulation.players import Company, Player

Manner = Literal["confirmed", "accepted", "rejected", "silence", "anew"]

# What becomes of the draft, by the turn of the case among those that are released.
_TURNS: Final[tuple[Manner, ...]] = (
    *("accepted", "silence", "anew", "confirmed"),
    *("rejected", "confirmed", "confirmed", "confirmed"),
)
_CLAIM: Final = f"There is more practice before the last unit than the draft says {MARK}."
_SHOWN: Final = ("learning_time_rows",)
_MISREAD: Final = f"The price is said to be that of the whole programme {MARK}."
_ANSWERS: Final[dict[Verdict, str]] = {
    "accepted": f"The rows of learning time show it, and the draft overlooks them {MARK}.",
    "rejected": f"The draft says what the rows of learning time show {MARK}.",
}
_CHANGED: Final = f"The practice before the last unit is named {MARK}."
_PUT_RIGHT: Final = f"An area was described from an earlier edition of the synopsis {MARK}."

# What happens to a draft; it returns the day on which that is over, and which claim was accepted, if any.
Check = Generator[Act, None, tuple[date, str | None]]


def reporting(case: Case, company: Company, lead: Player, day: date) -> Step:
    """Give what happens from the end of moderation to the final report."""
    manner: Manner = "confirmed" if case.fate.turn is None else _TURNS[case.fate.turn % len(_TURNS)]
    ends = case.later(day, "report")
    day = working_days_after(day, 1)
    yield _draft(case, lead, day)
    if manner == "anew":
        day = working_days_after(day, 1)
        taking_back = WithdrawDraftReport(
            submission_id=case.submission_id, withdrawn_by=lead.person_id, reason=_PUT_RIGHT
        )
        yield Act(at=case.at(day), actor=lead.actor, commands=(taking_back,))
        yield _draft(case, lead, day)
    answer_by = case.deadlines.answer_to_draft(day)
    day, claim_id = yield from _check(case, company, manner, min(working_days_after(ends, -1), answer_by), answer_by)
    ends = max(working_days_after(day, 1), ends)
    yield _final(case, lead, ends, claim_id)
    return ends


def _check(case: Case, company: Company, manner: Manner, day: date, answer_by: date) -> Check:
    match manner:
        case "accepted" | "rejected":
            return (yield from _claimed(case, company, manner, day))
        case "silence":
            late = answer_by + timedelta(days=1)
            closing = CloseFactualCheck(
                submission_id=case.submission_id, on=late, report_due_on=case.deadlines.final_report(late)
            )
            yield Act(at=case.at(late), actor=system("deadlines"), commands=(closing,))
            return late, None
        case _:
            yield _finish(case, day, no_error=True)
            return day, None


def _claimed(case: Case, company: Company, verdict: Verdict, day: date) -> Check:
    officer, section = case.provider.officer.actor, areas_of(case)[0].area
    kept, dropped = (
        ClaimFactualError(
            submission_id=case.submission_id,
            claim_id=case.new_id(),
            section=section,
            text=text,
            evidence=_SHOWN,
            on=day,
        )
        for text in (_CLAIM, _MISREAD)
    )
    yield Act(at=case.at(day), actor=officer, commands=(kept, dropped))
    thinking_again = WithdrawFactualClaim(submission_id=case.submission_id, claim_id=dropped.claim_id, on=day)
    yield Act(at=case.at(day), actor=officer, commands=(thinking_again,))
    yield _finish(case, day, no_error=False)
    day = working_days_after(day, 1)
    # Somebody who neither reviewed nor led.
    secretary = company.one(Role.COMMITTEE_SECRETARY)
    answering = ResolveFactualClaim(
        submission_id=case.submission_id,
        claim_id=kept.claim_id,
        resolved_by=secretary.person_id,
        verdict=verdict,
        reason=_ANSWERS[verdict],
    )
    yield Act(at=case.at(day), actor=secretary.actor, commands=(answering,))
    return day, kept.claim_id if verdict == "accepted" else None


def _finish(case: Case, day: date, *, no_error: bool) -> Act:
    finishing = FinishFactualCheck(
        submission_id=case.submission_id,
        no_error=no_error,
        on=day,
        report_due_on=case.deadlines.final_report(day),
    )
    return Act(at=case.at(day), actor=case.provider.officer.actor, commands=(finishing,))


def _draft(case: Case, lead: Player, day: date) -> Act:
    drafting = IssueDraftReport(
        submission_id=case.submission_id,
        issued_by=lead.person_id,
        language="en",
        areas=areas_of(case),
        findings=findings_of(case),
        variation=None,
        rubric=case.rubric,
        route=case.route,
        sheets=case.sheets(),
        on=day,
        answer_by=case.deadlines.answer_to_draft(day),
    )
    return Act(at=case.at(day), actor=lead.actor, commands=(drafting,))


def _final(case: Case, lead: Player, day: date, claim_id: str | None) -> Act:
    areas = areas_of(case)
    changes: tuple[ReportChange, ...] = ()
    if claim_id is not None:
        first = areas[0]
        areas = (replace(first, text=f"{first.text} {_CHANGED}"), *areas[1:])
        changes = (ReportChange(section=first.area, claim_id=claim_id, text=_CHANGED),)
    issuing = IssueFinalReport(
        submission_id=case.submission_id,
        issued_by=lead.person_id,
        areas=areas,
        findings=findings_of(case),
        changes=changes,
        rubric=case.rubric,
        route=case.route,
        sheets=case.sheets(),
        on=day,
    )
    return Act(at=case.at(day), actor=lead.actor, commands=(issuing,))
