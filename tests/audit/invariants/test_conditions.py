from __future__ import annotations

from datetime import date

import msgspec

from qa_platform.accreditations.events import ConditionExtended, ConditionLapsed, ConditionVerdictReversed
from qa_platform.kernel.roles import Role
from qa_platform.people.events import PersonRoleGranted

SET, FILED, BEGUN, MET = (f"condition.{what}.v1" for what in ("set", "evidence_filed", "check_begun", "met"))
CLOSED = "accreditation.conditions_met.v1"


def data(event):
    return msgspec.json.decode(event.record)["data"]


def subject(event) -> dict[str, str]:
    return {name: data(event)[name] for name in ("condition_id", "submission_id")}


def test_a_condition_without_an_obligation_is_found(demo):
    event = demo.one(SET)
    opened = demo.one("accreditation.opened.v1", "e.case_id = :case", case=event.case_id)
    demo.take_out(*(row.id for row in demo.ask("SELECT id FROM ledger.events WHERE stream = :s", s=event.stream)))

    demo.finds("conditions.have-obligations", stream=opened.stream, version=1)


def test_an_obligation_that_nobody_decided_is_found(demo):
    event = demo.one(SET)
    demo.reword(event, text="Something else.")

    demo.finds("conditions.as-decided", position=event.position)


def test_an_obligation_before_the_release_is_found(demo):
    event = demo.one(SET)
    demo.take_out(demo.one("decision.released.v1", "e.case_id = :case", case=event.case_id).id)

    demo.finds("conditions.as-decided", stream=event.stream, version=1)


def test_a_positive_entry_with_an_unmet_condition_is_found(demo):
    closed = demo.one(CLOSED)
    met = demo.one(MET, "e.case_id = :case", case=closed.case_id)
    demo.take_out(met.id)

    demo.finds("conditions.positive-when-all-met", stream=closed.stream, version=closed.version)


def test_a_verdict_taken_back_under_a_closing_document_is_found(demo):
    met = demo.one(MET)
    event = ConditionVerdictReversed(
        **subject(met), verdict="COND-MET", reason="In error.", reversed_on=date(2026, 11, 22)
    )
    version = demo.append(met.stream, event, case=met.case_id)

    demo.finds("conditions.corrected-before-reversed", stream=met.stream, version=version)


def test_evidence_for_what_is_met_is_found(demo):
    filed = demo.one(FILED)
    version = demo.again(filed, filing=2)

    demo.finds("conditions.in-turn", stream=filed.stream, version=version)


def test_evidence_after_its_day_is_found(demo):
    filed = demo.one(FILED)
    demo.reword(filed, filed_on="2030-01-01")

    demo.finds("conditions.in-turn", position=filed.position)


def test_a_verdict_without_a_check_is_found(demo):
    met = demo.one(MET)
    demo.take_out(demo.one(BEGUN, "e.stream = :s", s=met.stream).id)

    demo.finds("conditions.in-turn", stream=met.stream, version=met.version)


def test_an_extension_beyond_a_year_is_found(demo):
    met = demo.one(MET)
    event = ConditionExtended(**subject(met), reason="Not all.", due_on=date(2099, 1, 1), ruled_on=date(2025, 12, 1))
    version = demo.append(met.stream, event, case=met.case_id)

    demo.finds("conditions.extended-once", stream=met.stream, version=version)


def test_a_second_extension_and_one_beyond_a_year_are_found(demo):
    met = demo.one(MET)
    for place, due_on in enumerate((date(2026, 1, 1), date(2099, 1, 1)), start=1):
        event = ConditionExtended(**subject(met), reason="Not all.", due_on=due_on, ruled_on=date(2025, 12, 1))
        assert demo.append(met.stream, event, case=met.case_id) == met.version + place

    (finding,) = demo.check("conditions.extended-once").findings
    assert {one.version for one in finding.shown} == {met.version + 2}
    assert len(finding.shown) == 2


def test_a_lapse_of_what_is_met_is_found(demo):
    met = demo.one(MET)
    event = ConditionLapsed(
        **subject(met), due_on=date(2026, 1, 1), lapsed_on=date(2026, 1, 2), rule_by=date(2026, 1, 23)
    )
    version = demo.append(met.stream, event, case=met.case_id)

    demo.finds("conditions.lapsed-after-their-day", stream=met.stream, version=version)


def test_a_check_by_somebody_of_the_provider_is_found(demo):
    begun = demo.one(BEGUN)
    provider = data(demo.one(SET, "e.stream = :s", s=begun.stream))["provider_id"]
    person = data(begun)["checker_id"]
    demo.append(
        f"person-{person}", PersonRoleGranted(person_id=person, role=Role.PROVIDER_OFFICER, provider_id=provider)
    )
    version = demo.again(begun)

    demo.finds("conditions.checked-apart", stream=begun.stream, version=version)


def test_a_verdict_by_another_than_had_the_check_in_hand_is_found(demo):
    begun = demo.one(BEGUN)
    demo.reword(begun, checker_id="somebody")
    met = demo.one(MET, "e.stream = :s", s=begun.stream)

    demo.finds("conditions.checked-apart", position=met.position)
