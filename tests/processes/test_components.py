"""A listed unit gets its number, and stands in the register as a kind of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime

from qa_platform.accreditations.commands import IssueRegisterNumber
from qa_platform.accreditations.events import RegisterNumberIssued
from qa_platform.accreditations.read_model.register import as_of, fold, keys
from qa_platform.kernel.event import Recorded
from qa_platform.processes.case import fold_case
from qa_platform.processes.journey import react
from qa_platform.submissions.commands.components import EnterComponent
from tests.submissions import components as f


def recorded(event, version=1) -> Recorded:
    return Recorded(
        id=f"event-{version}",
        stream=f"component-{f.COMPONENT}",
        version=version,
        at=datetime(2026, 11, 24, 4, tzinfo=UTC),
        actor="intake_officer:ida",
        case_id=f.COMPONENT,
        cause=None,
        event=event,
        digest="00",
        position=version,
    )


LISTED = [recorded(f.ComponentNotifiedFactory()), recorded(f.ComponentListedFactory(), 2)]
ISSUED = RegisterNumberIssued(
    series="MY-MC-2026", serial=1, number=f.NUMBER, accreditation_id=f.COMPONENT, submission_id=f.COMPONENT
)


def test_what_is_listed_is_numbered_once_and_then_entered():
    issuing = IssueRegisterNumber(series="MY-MC-2026", accreditation_id=f.COMPONENT, submission_id=f.COMPONENT)
    issued = [*LISTED, recorded(ISSUED, 3)]

    assert react(LISTED[-1], fold_case(LISTED), "MY-MC") == [issuing]
    assert react(LISTED[-1], fold_case(issued), "MY-MC") == []
    entering = EnterComponent(component_id=f.COMPONENT, number=f.NUMBER)
    assert react(issued[-1], fold_case(issued), "MY-MC") == [entering]


def test_the_register_keeps_the_entry_of_what_is_listed_no_more():
    ended = f.ComponentListingEndedFactory()
    undone = f.ComponentStepUndoneFactory(number=f.NUMBER, undone="ending", undone_on=date(2027, 5, 4))

    entry = fold(None, recorded(f.ComponentEnteredFactory(), 3))
    over = fold(entry, recorded(ended, 4))
    again = fold(over, recorded(undone, 5))

    assert (entry.kind, entry.status, entry.programme_reference) == ("component", "listed", "MQA/FA 1234")
    assert (over.status, over.status_since) == ("ended", ended.ended_on)
    assert [one.kind for one in again.history] == ["LIST", "EXP", "CORR"]
    assert [one.status for one in as_of(date(2029, 1, 1), [entry, over, again])] == ["expired", "ended", "expired"]
    assert keys(recorded(f.ComponentStepUndoneFactory())) == ()
