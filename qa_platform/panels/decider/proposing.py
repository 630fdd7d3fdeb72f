"""A proposal of reviewers: made out of an allocation, changed with a reason, confirmed or taken back."""

from __future__ import annotations

from msgspec.structs import replace

from qa_platform.panels.commands import (
    AssignReviewer,
    Candidacy,
    ChangeProposal,
    ConfirmProposal,
    ProposePanel,
    UndoSeatChange,
    WithdrawProposal,
)
from qa_platform.panels.decider.refusals import (
    ReviewerNotAssignable,
    refuse_once_scoring_is_closed,
)
from qa_platform.panels.decider.seating import assign_reviewer, stand_down
from qa_platform.panels.decider.state import Panel, Seat, Seating
from qa_platform.panels.decider.unproposed import (
    ProposalBarred,
    ProposalEmpty,
    ProposalMissing,
    ProposalPending,
    ScoringBegun,
    SeatNotChanged,
    refuse_unexplained,
)
from qa_platform.panels.events import (
    PanelEvent,
    PanelProposed,
    ProposalChanged,
    ProposalConfirmed,
    ProposalWithdrawn,
    SeatChangeUndone,
)
from qa_platform.panels.events.allocation import DisclosedSeat, ProposedSeat

_CHANGED = "Put in by the officer, with a reason that the proposal keeps."


def propose_panel(command: ProposePanel, panel: Panel) -> list[PanelEvent]:
    """Propose reviewers for free seats."""
    what = "The panel was not proposed"
    proposal = panel.seating
    if proposal is not None and proposal.proposal_id == command.proposal_id:
        return []
    refuse_once_scoring_is_closed(panel, what)
    if proposal is not None and proposal.pending:
        raise ProposalPending(f"{what}: a proposal waits to be confirmed. Confirm it, or take it back first.")
    if not command.seats:
        raise ProposalEmpty(
            f"{what}: nobody fits a free seat. Read the reasons of the candidates, and have more reviewers registered, "
            "or seat somebody by hand."
        )
    if {seat.reviewer_id for seat in command.seats} & set(command.barred):
        raise ProposalBarred(f"{what}: a tie bars somebody in it. Have it made anew.")
    _refuse_seats(command, panel)

    fields = {name: getattr(command, name) for name in PanelProposed.__struct_fields__}
    return [PanelProposed(**fields)]


def _refuse_seats(command: ProposePanel, panel: Panel) -> None:
    # Whether each may sit is asked again when the proposal is confirmed: here the seats must be free.
    for seat in command.seats:
        if seat.seat in panel.seated or not 1 <= seat.seat <= panel.seats:
            raise ProposalBarred(
                f"The panel was not proposed: seat {seat.seat} is not free any more. Have it made anew."
            )
        if seat.reviewer_id in {*panel.left.values(), *(one.reviewer_id for one in panel.seated.values())}:
            raise ProposalBarred(
                f"The panel was not proposed: who is meant for seat {seat.seat} sits or sat here. Have it made anew."
            )


def change_proposal(command: ChangeProposal, panel: Panel) -> list[PanelEvent]:
    """Put somebody else into a seat of the pending proposal."""
    what = "The proposal was not changed"
    proposal = _pending(panel, what)
    asked = ProposedSeat(
        seat=command.seat,
        review_id=command.review_id,
        reviewer_id=command.candidate.reviewer_id,
        category=command.candidate.category,
    )
    known = proposal.seats.get(command.seat)
    if known is not None and known.reviewer_id == asked.reviewer_id:
        return []
    refuse_unexplained(command.reason, what)
    _assign(asked, command.candidate, (_CHANGED,), command, _with(panel, proposal, without=command.seat))

    return [
        ProposalChanged(
            submission_id=command.submission_id,
            proposal_id=proposal.proposal_id,
            seat=asked,
            instead_of=None if known is None else known.reviewer_id,
            reason=command.reason,
        )
    ]


def undo_seat_change(command: UndoSeatChange, panel: Panel) -> list[PanelEvent]:
    """Give a seat back to whoever was proposed for it before it was changed."""
    what = "The change was not undone"
    proposal = panel.seating
    if proposal is None or command.seat not in proposal.before:
        raise SeatNotChanged(f"{what}: nobody was replaced in seat {command.seat}. Look at the proposal again.")
    refuse_unexplained(command.reason, what)
    refuse_once_scoring_is_closed(panel, what)
    former, holder = proposal.before[command.seat], proposal.seats[command.seat]
    back = replace(former, review_id=former.review_id if proposal.pending else command.review_id)
    undone = SeatChangeUndone(
        submission_id=command.submission_id,
        proposal_id=proposal.proposal_id,
        seat=back,
        instead_of=holder.reviewer_id,
        reason=command.reason,
    )
    if proposal.pending:
        _assign(back, command.candidate, (_CHANGED,), command, _with(panel, proposal, without=command.seat))
        return [undone]
    seated = panel.seated.get(command.seat)
    if seated is None or seated.review_id != holder.review_id:
        raise SeatNotChanged(f"{what}: somebody else sits in seat {command.seat} by now. Stand him down instead.")
    if command.begun:
        raise ScoringBegun(f"{what}: who sits in seat {command.seat} has begun to score. Stand him down instead.")
    free = replace(panel, seated={number: one for number, one in panel.seated.items() if number != command.seat})
    assigned = _assign(back, command.candidate, ("Proposed first; the officer's change was undone.",), command, free)

    # That the change is undone comes first: whoever hears of the departure knows that the seat has its next holder.
    return [undone, stand_down(command.submission_id, command.seat, panel, "officer"), *assigned]


def withdraw_proposal(command: WithdrawProposal, panel: Panel) -> list[PanelEvent]:
    """Take the pending proposal back."""
    what = "The proposal was not taken back"
    proposal = _pending(panel, what)
    refuse_unexplained(command.reason, what)

    return [
        ProposalWithdrawn(submission_id=command.submission_id, proposal_id=proposal.proposal_id, reason=command.reason)
    ]


def confirm_proposal(command: ConfirmProposal, panel: Panel) -> list[PanelEvent]:
    """Give the seats to whoever is proposed, and say until when who may do what."""
    proposal = panel.seating
    if proposal is not None and proposal.answer_by is not None and proposal.answer_by == command.answer_by:
        return []
    proposal = _pending(panel, "The proposal was not confirmed")
    candidates = {one.reviewer_id: one for one in command.candidates}
    assigned: list[PanelEvent] = []
    for number, seat in sorted(proposal.seats.items()):
        candidate = _candidate(seat, candidates)
        reasons = (_CHANGED,) if number in proposal.before else ("Best for this case and the queue it was in.",)
        assigned += _assign(seat, candidate, reasons, command, panel)
        holder = Seat(review_id=seat.review_id, reviewer_id=seat.reviewer_id)
        panel = replace(panel, seated={**panel.seated, number: holder})

    confirmed = ProposalConfirmed(
        submission_id=command.submission_id,
        proposal_id=proposal.proposal_id,
        reviews=tuple(seat.review_id for _number, seat in sorted(proposal.seats.items())),
        disclosed=tuple(
            DisclosedSeat(seat=number, category=seat.category, employers=_candidate(seat, candidates).employers)
            for number, seat in sorted(proposal.seats.items())
        ),
        on=command.on,
        remind_on=command.remind_on,
        answer_by=command.answer_by,
        object_by=command.object_by,
    )
    return [*assigned, confirmed]


def _pending(panel: Panel, what: str) -> Seating:
    refuse_once_scoring_is_closed(panel, what)
    if panel.seating is None or not panel.seating.pending:
        raise ProposalMissing(f"{what}: no proposal waits here. Have one made first.")
    return panel.seating


def _candidate(seat: ProposedSeat, candidates: dict[str, Candidacy]) -> Candidacy:
    known = candidates.get(seat.reviewer_id)
    if known is None:
        raise ReviewerNotAssignable(
            f"The proposal was not confirmed: who is meant for seat {seat.seat} is no reviewer any more. "
            "Put somebody else in."
        )
    return known


def _with(panel: Panel, proposal: Seating, *, without: int) -> Panel:
    """Return the panel as it would be with the others of a proposal in their seats."""
    others = {
        number: Seat(review_id=seat.review_id, reviewer_id=seat.reviewer_id)
        for number, seat in proposal.seats.items()
        if number != without
    }
    return replace(panel, seated={**panel.seated, **others})


def _assign(
    seat: ProposedSeat,
    candidate: Candidacy,
    reasons: tuple[str, ...],
    command: ChangeProposal | UndoSeatChange | ConfirmProposal,
    panel: Panel,
) -> list[PanelEvent]:
    """Return the assignment of a seat. Raises as one by hand does."""
    if candidate.reviewer_id != seat.reviewer_id:
        raise ReviewerNotAssignable(f"Seat {seat.seat} was not given: another reviewer is meant for it. Try again.")
    if candidate.outside:
        raise ReviewerNotAssignable(
            f"The reviewer was not assigned: who is meant for seat {seat.seat} acts for another centre than the one "
            "that has this case now. Put somebody else in."
        )
    return assign_reviewer(
        AssignReviewer(
            submission_id=command.submission_id,
            review_id=seat.review_id,
            reviewer_id=seat.reviewer_id,
            seat=seat.seat,
            reasons=reasons,
            status=candidate.status,
            eligible_from=candidate.eligible_from,
            interests=candidate.interests,
            on=command.on,
            seen=candidate.seen,
            away=candidate.away,
            open_cases=candidate.open_cases,
            cap=candidate.cap,
            unread=candidate.unread,
        ),
        panel,
    )


def after_proposed(event: PanelProposed, panel: Panel) -> Panel:
    """Return the panel with a proposal that waits."""
    seats = {seat.seat: seat for seat in event.seats}
    proposal = Seating(proposal_id=event.proposal_id, seats=seats)
    return replace(panel, seating=proposal)


def after_changed(event: ProposalChanged, panel: Panel) -> Panel:
    """Return the panel with another person in a seat of its proposal; the first one is remembered."""
    if (proposal := panel.seating) is None:
        return panel
    before = proposal.before
    if event.seat.seat in proposal.seats:
        before = {event.seat.seat: proposal.seats[event.seat.seat], **before}
    seats = {**proposal.seats, event.seat.seat: event.seat}
    return replace(panel, seating=replace(proposal, seats=seats, before=before))


def after_undone(event: SeatChangeUndone, panel: Panel) -> Panel:
    """Return the panel with the first person back in a seat of its proposal."""
    if (proposal := panel.seating) is None:
        return panel
    before = {number: seat for number, seat in proposal.before.items() if number != event.seat.seat}
    seats = {**proposal.seats, event.seat.seat: event.seat}
    asked = panel.asked
    if proposal.answer_by is not None and proposal.remind_on is not None:
        asked = {**asked, event.seat.review_id: (proposal.remind_on, proposal.answer_by)}
    return replace(panel, asked=asked, seating=replace(proposal, seats=seats, before=before))


def after_confirmed(event: ProposalConfirmed, panel: Panel) -> Panel:
    """Return the panel with its proposal confirmed."""
    if (proposal := panel.seating) is None:
        return panel
    asked = {**panel.asked, **dict.fromkeys(event.reviews, (event.remind_on, event.answer_by))}
    confirmed = replace(proposal, remind_on=event.remind_on, answer_by=event.answer_by, object_by=event.object_by)
    return replace(panel, asked=asked, object_by=event.object_by, seating=confirmed)
