from __future__ import annotations

import msgspec

from qa_platform.centres.events import CaseAssigned, CaseMoved, CentreApproved, DecisionCosigned
from qa_platform.kernel.roles import Role
from qa_platform.people.events import PersonCentreRoleGranted
from tests.centres.factories import CENTRE, OTHER, TODAY

RELEASED = "decision.released.v1"


def assign(demo, case: str) -> tuple[str, int]:
    """Give a case to a centre, behind everything else that happened; return where."""
    stream = f"assignment-{case}"
    given = CaseAssigned(submission_id=case, centre_id=CENTRE, assigned_on=TODAY, by_default=False)
    return stream, demo.append(stream, given, case=case)


def test_a_case_that_was_given_away_twice_or_moved_from_elsewhere_is_found(demo):
    case = demo.one(RELEASED).case_id
    assign(demo, case)
    stream, again = assign(demo, case)
    moved = CaseMoved(submission_id=case, from_centre_id=OTHER, to_centre_id=None, moved_on=TODAY, reason="x")
    version = demo.append(stream, moved, case=case)

    demo.finds("centres.one-house-at-a-time", stream=stream, version=again)
    demo.finds("centres.one-house-at-a-time", stream=stream, version=version)


def test_a_draft_that_was_given_to_a_centre_is_found(demo):
    lodged = demo.one("submission.lodged.v1")
    stream, version = assign(demo, lodged.case_id)
    demo.take_out(
        *(
            one.id
            for one in demo.ask(
                "SELECT id FROM ledger.events WHERE name = 'submission.lodged.v1' AND case_id = :c", c=lodged.case_id
            )
        )
    )

    demo.finds("centres.given-once-lodged", stream=stream, version=version)


def test_somebody_of_another_centre_who_acted_in_a_case_is_found(demo):
    scored = demo.one("review.locked.v1")
    reviewer = msgspec.json.decode(scored.record)["data"]["reviewer_id"]
    granted = PersonCentreRoleGranted(person_id=reviewer, role=Role.REVIEWER, centre_id=OTHER)
    demo.append(f"person-{reviewer}", granted)
    assign(demo, scored.case_id)
    version = demo.again(scored)

    demo.finds("centres.nobody-of-another", stream=scored.stream, version=version)


def test_a_decision_for_the_centres_own_institution_without_another_houses_signature_is_found(demo):
    """What the centre itself signed counts for nothing."""
    released = demo.one(RELEASED)
    (drafted,) = [demo.one("submission.drafted.v1", "e.case_id = :c", c=released.case_id)]
    said = msgspec.json.decode(released.record)["data"]
    provider = msgspec.json.decode(drafted.record)["data"]["provider_id"]
    approved = CentreApproved(
        centre_id=CENTRE, name="Pusat Utara", institution=provider, approved_on=TODAY, simulated=True
    )
    demo.append(f"centre-{CENTRE}", approved)
    assign(demo, released.case_id)
    signed = DecisionCosigned(
        submission_id=released.case_id,
        decision_id=said["decision_id"],
        centre_id=CENTRE,
        member_id="m",
        signed_on=TODAY,
    )
    demo.append(f"cosigning-{released.case_id}", signed, case=released.case_id)
    version = demo.again(released)

    demo.finds("centres.own-institution-cosigned", stream=released.stream, version=version)
