"""What a verification centre may learn of another one's cases, whichever address its people ask: nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from qa_platform.kernel.roles import Role
from tests.journeys.agency import (
    Agency,
    Case,
    Person,
    decide,
    lock,
    lodge_case,
    open_agency,
    pass_gate,
    score,
    seat_panel,
)
from tests.journeys.test_blindness import addresses, everything_told, moderate
from tests.query_count import counted_queries
from tests.servers import fresh_database

STRANGE = "0193fac0-0000-7000-8000-0000000000ff"


@dataclass(frozen=True)
class House:
    """A centre with its people."""

    id: str
    intake: Person
    secretary: Person
    members: tuple[Person, ...]
    lead: Person
    reviewer: Person

    @property
    def everybody(self) -> tuple[Person, ...]:
        return (self.intake, self.secretary, *self.members[:1], self.lead, self.reviewer)


def open_house(agency: Agency, name: str, institution: str | None = None) -> House:
    """Approve a centre and employ its people."""
    centre_id = agency.administrator.post("/centres", {"name": name, "institution": institution})["id"]
    intake, secretary, lead = (
        agency.employ(role, centre_id=centre_id)
        for role in (Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.LEAD_REVIEWER)
    )
    members = tuple(agency.employ(Role.COMMITTEE_MEMBER, centre_id=centre_id) for _ in range(3))
    return House(centre_id, intake, secretary, members, lead, agency.appoint_reviewer(centre_id=centre_id))


@pytest.fixture(scope="module")
def two() -> Iterator[tuple[Case, House, House]]:
    """Bring a case of one centre as far as closed scores, with a reviewer of its own; the other has none.

    Made once: only the last two tests change it.
    """
    with fresh_database() as database, open_agency(database) as agency:
        yield _prepared(agency)


def _prepared(agency: Agency) -> tuple[Case, House, House]:
    north, south = open_house(agency, "Pusat Utara"), open_house(agency, "Pusat Selatan")
    case = lodge_case(agency)
    case.intake.put(f"/centres/cases/{case.submission_id}", {"centre_id": north.id})
    case = replace(
        case,
        intake=north.intake,
        secretary=north.secretary,
        members=north.members,
        reviewers=(north.reviewer, case.reviewers[1]),
        lead=north.lead,
    )
    seat_panel(case)
    for seat, given in ((0, 4), (1, 2)):
        pass_gate(case, seat)
        score(case, seat, given)
        lock(case, seat)
    agency.settle()
    return case, north, south


def assert_learns_nothing(case: Case, north: House, south: House) -> None:
    """Let everybody of a centre ask every address, and look for what belongs to the case of the other one."""
    traces = [
        *(case.submission_id, *case.reviews, "photovoltaic", "canary-", "Rahim bin Osman"),
        *(person.id for person in north.everybody),
    ]
    for viewer in south.everybody:
        for line in everything_told(case, viewer).splitlines():
            if not line.startswith("/"):
                assert [trace for trace in traces if trace in line] == [], line[:500]


def test_nobody_at_a_centre_learns_anything_of_anothers_case_by_any_address(two):
    """Every GET address with every id, by everybody there: lists, counts, search, history and errors."""
    assert_learns_nothing(*two)


def test_the_people_of_the_cases_own_centre_run_it(two):
    case, north, _south = two

    assert [one["submission_id"] for one in north.intake.get("/submissions")["items"]] == [case.submission_id]
    assert north.secretary.get(f"/panels/{case.submission_id}")["status"] == "scored"
    assert north.members[0].get(f"/cases/{case.submission_id}/events")["items"]
    assert north.intake.get("/clocks")["items"][0]["submission_id"] == case.submission_id
    assert "canary-comment-0" in everything_told(case, north.lead)


def test_a_case_of_another_centre_answers_as_one_that_does_not_exist(two):
    """Neither the words differ, nor what was looked up, by which a clock would tell one from the other."""
    case, _north, south = two
    engine = case.agency.ledger.engine
    ids = [case.submission_id, *case.reviews]
    for viewer in south.everybody:
        for address in addresses(case):
            known = [one for one in ids if one in address]
            if known:
                strange = address.replace(known[0], STRANGE)
                with counted_queries(engine) as sent_for_found:
                    found = viewer.ask("GET", address, None, None, {})
                with counted_queries(engine) as sent_for_missing:
                    missing = viewer.ask("GET", strange, None, None, {})
                assert found.status_code == missing.status_code, address
                assert len(sent_for_found) == len(sent_for_missing), (address, sent_for_found)
                said = (re.sub(known[0], STRANGE, answer.text) for answer in (found, missing))
                assert len({re.sub(r"urn:uuid:[0-9a-f-]+", "", text) for text in said}) == 1, address
    for address, body in (
        (f"/submissions/{case.submission_id}/acceptance", {}),
        (f"/panels/{case.submission_id}/seats/1", {"reviewer_id": south.reviewer.id, "reasons": ["x"]}),
        (f"/reviews/{case.reviews[0]}/ruling", {"ruling": "allow"}),
        (f"/decisions/{case.submission_id}/release", {}),
    ):
        for viewer in (south.intake, south.secretary):
            assert viewer.ask("PUT", address, body, None, {}).status_code in {403, 404}


def test_nobody_of_another_centre_is_given_a_part_in_a_case(two):
    case, _north, south = two
    panel = f"/panels/{case.submission_id}"

    assert south.reviewer.id not in {one["reviewer_id"] for one in case.secretary.get(f"{panel}/candidates")}
    case.secretary.put(f"{panel}/seats/1", {"reviewer_id": south.reviewer.id, "reasons": ["x"]}, status=404)
    case.secretary.put(f"{panel}/lead", {"lead_id": south.lead.id}, status=409)
    listed = {one["person_id"] for one in case.secretary.get("/people")["items"]}
    assert south.members[0].id not in listed
    assert south.reviewer.id not in {one["person_id"] for one in case.secretary.get("/reviewers")["items"]}


def test_a_case_that_is_moved_goes_with_all_that_was_told_of_it(two):
    case, north, south = two
    officer = case.agency.employ(Role.INTAKE_OFFICER)

    officer.put(
        f"/centres/cases/{case.submission_id}/move", {"centre_id": south.id, "reason": "No quorum in the north"}
    )
    case.agency.settle()

    for viewer in north.everybody:
        assert case.submission_id not in re.sub(r"(?m)^/.*$", "", everything_told(case, viewer))
    assert south.intake.get(case.address)["submission_id"] == case.submission_id
    assert "case_received" in {one["kind"] for one in south.intake.get("/notices")["items"]}
    officer.put(f"/centres/cases/{case.submission_id}/move", {"centre_id": north.id, "reason": "It has one again"})


def test_a_decision_on_a_course_of_the_centres_own_institution_needs_another_house(two):
    """The centre decides; it releases only what the agency, or a second centre that it named, has signed."""
    case, north, south = two
    registrar, officer = case.agency.employ(Role.REGISTER_OFFICER), case.agency.employ(Role.INTAKE_OFFICER)
    decision = f"/decisions/{case.submission_id}"
    signature = f"/centres/cases/{case.submission_id}/cosignature"
    registrar.patch(f"/centres/{north.id}", {"institution": north.intake.get(case.address)["provider_id"]})
    moderate(case)
    sitting = {"held_on": "2026-12-01", "chair_id": south.members[0].id, "members": [one.id for one in south.members]}
    case.secretary.post("/meetings", sitting, status=409)  # members of another centre are none here
    decide(case, "APP", valid_months=36)
    case.agency.settle()
    assert_learns_nothing(case, north, south)

    refused = case.secretary.put(f"{decision}/release", {}, status=409)
    assert "the centre's own institution" in refused["detail"]
    at_once = {"act": "release_decisions", "meeting_id": case.secretary.get(decision)["item"]["meeting_id"]}
    for secretary in (case.secretary, south.secretary):
        secretary.post("/batches/preview", at_once, status=403)
    shown = case.agency.employ(Role.COMMITTEE_SECRETARY).post("/batches/preview", at_once, status=200)
    assert (shown["number"], [one["why"] for one in shown["left_out"]]) == (0, [refused["detail"]])
    taken = {"decision_id": case.secretary.get(decision)["verdict"]["decision_id"]}
    case.secretary.put(signature, taken, status=409)
    south.secretary.put(signature, taken, status=404)
    officer.put(f"/centres/cases/{case.submission_id}/cosigner", {"centre_id": south.id})

    assert south.secretary.get(decision)["verdict"]["code"] == "APP"
    south.secretary.get(case.address, status=404)
    south.secretary.put(f"{decision}/release", {}, status=404)
    south.secretary.put(signature, taken)
    case.secretary.put(f"{decision}/release", {})
