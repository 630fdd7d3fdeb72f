"""Proposals that nobody could defend are found."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from qa_platform.ledger.sequencer import drain
from qa_platform.panels.commands import ObjectToPanel
from qa_platform.panels.events import AllocationMade, PanelProposed, ProposalConfirmed, ReviewerAssigned
from qa_platform.panels.events.allocation import KnownTie
from qa_platform.panels.read_model import allocate, to_keep, to_propose
from tests.panels.allocation.instances import case, instance, reviewer

DAY = date(2026, 11, 24)
PEOPLE = [reviewer(number, category="academic" if number % 2 else "employer") for number in (1, 2, 3)]


@pytest.fixture
def proposed(demo):
    """Have a proposal for a panel of the demo, as the rules would have made it, and confirm it."""
    opened = demo.one(
        "panel.opened.v1", "e.case_id NOT IN (SELECT case_id FROM ledger.events WHERE name = 'panel.scoring_closed.v1')"
    )
    tie = KnownTie(submission_id=opened.case_id, code="EMP", bars=True)
    barred = replace(PEOPLE[2], ties=(tie,))
    made = instance(case(submission_id=opened.case_id), *PEOPLE[:2], barred)
    found = allocate(made)
    kept = to_keep("allocation-1", made, found)
    (proposal,) = to_propose(kept, found, lambda label: label)
    demo.append("allocation-allocation-1", AllocationMade(**fields(kept, AllocationMade)))
    demo.append(opened.stream, PanelProposed(**fields(proposal, PanelProposed)), case=opened.case_id)
    return opened


def fields(command, event_type):
    return {name: getattr(command, name) for name in event_type.__struct_fields__}


def confirm(demo, opened) -> int:
    confirmed = ProposalConfirmed(
        submission_id=opened.case_id,
        proposal_id="proposal-1",
        reviews=("review-1", "review-2"),
        disclosed=(),
        on=DAY,
        remind_on=DAY,
        answer_by=DAY,
        object_by=DAY,
    )
    return demo.append(opened.stream, confirmed, case=opened.case_id)


NAMES = (
    "proposals.the-same-again",
    "proposals.follow-their-allocation",
    "proposals.everybody-has-a-reason",
    "proposals.nobody-barred",
    "proposals.objected-once",
)


def test_a_proposal_of_the_rules_violates_nothing(demo, proposed):
    confirm(demo, proposed)

    assert [(one.name, one.shown, one.trouble) for one in demo.check(*NAMES).findings] == [
        (name, [], None) for name in NAMES
    ]


def test_panels_that_do_not_follow_from_their_inputs_are_found(demo, proposed):
    made = demo.one("panel.allocation_made.v1", "e.stream = 'allocation-allocation-1'")
    demo.rewrite(made, lambda whole: whole["data"]["seats"][0].update(reviewer_id="reviewer-3"))

    demo.finds("proposals.the-same-again", position=made.position)


def test_inputs_that_were_changed_afterwards_are_found(demo, proposed):
    made = demo.one("panel.allocation_made.v1", "e.stream = 'allocation-allocation-1'")
    demo.rewrite(made, lambda whole: whole["data"]["instance"]["reviewers"][0].update(open_cases=3))

    demo.finds("proposals.the-same-again", position=made.position)


def test_a_proposal_of_others_than_its_allocation_chose_is_found(demo, proposed):
    event = demo.one("panel.proposed.v1", "e.case_id = :c", c=proposed.case_id)
    demo.rewrite(event, lambda whole: whole["data"]["seats"][0].update(reviewer_id="reviewer-9"))

    demo.finds("proposals.follow-their-allocation", position=event.position)


def test_a_candidate_without_a_sentence_is_found(demo, proposed):
    event = demo.one("panel.proposed.v1", "e.case_id = :c", c=proposed.case_id)
    demo.rewrite(event, lambda whole: whole["data"]["reasons"].pop())

    demo.finds("proposals.everybody-has-a-reason", position=event.position)


def test_a_barred_reviewer_who_was_confirmed_is_found(demo, proposed):
    event = demo.one("panel.proposed.v1", "e.case_id = :c", c=proposed.case_id)
    demo.rewrite(event, lambda whole: whole["data"].update(barred=["reviewer-1", "reviewer-3"]))
    version = confirm(demo, proposed)

    demo.finds("proposals.nobody-barred", stream=proposed.stream, version=version)


def test_a_second_objection_is_found(demo, proposed):
    seat = ReviewerAssigned(
        submission_id=proposed.case_id, review_id="review-1", reviewer_id="reviewer-1", seat=1, reasons=()
    )
    demo.append(proposed.stream, seat, case=proposed.case_id)
    confirm(demo, proposed)
    objecting = ObjectToPanel(
        submission_id=proposed.case_id, seats=(1,), ground="bias", reasons="They compete.", objected_by="o-1", on=DAY
    )
    demo.ledger.execute(objecting, actor="system:tests")
    drain(demo.ledger.engine)
    assert demo.check("proposals.objected-once").violations == 0
    objected = demo.one("panel.objected.v1", "e.case_id = :c", c=proposed.case_id)
    version = demo.again(objected)

    demo.finds("proposals.objected-once", stream=proposed.stream, version=version)
