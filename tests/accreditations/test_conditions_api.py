"""Conditions, as those who meet and check them go about them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest

from qa_platform.accreditations.events import AccreditationOpened
from qa_platform.accreditations.jobs import lapse_overdue_conditions
from qa_platform.accreditations.read_model import ACCREDITATIONS, CONDITIONS
from qa_platform.decisions.events import Condition
from qa_platform.kernel.roles import Role
from qa_platform.ledger.rebuild import rebuild
from qa_platform.ledger.sequencer import drain
from qa_platform.people.commands import GrantRole, RegisterPerson, WithdrawRole
from qa_platform.scheduling.old_conditions import set_old_conditions
from tests.processes.casework import FIRST, LEAD, SECOND, Agency, Desk
from tests.query_count import counted_queries
from tests.submissions.factories import PROVIDER as HOME
from tests.usual import DEADLINES, REGISTER_PREFIX

REGISTRAR = "register_officer:registrar-1"
PROVIDER = f"provider_officer:officer-1:{HOME}"
RIVAL = "provider_officer:rival-1:provider-2"
REVIEWER, COLLEAGUE = f"reviewer:{FIRST}", f"reviewer:{SECOND}"
EVIDENCE = {
    "statement": "The samples show every outcome.",
    "documents": [{"title": "Samples of the third cohort", "sha256": "a" * 64}],
}
CLOSING = {"documents": [{"language": "en", "sha256": "c" * 64}, {"language": "ms", "sha256": "d" * 64}]}


@dataclass
class Clock:
    """A clock that stands at a day until it is set to another."""

    day: date = date(2026, 11, 24)

    def __call__(self) -> datetime:
        return datetime(self.day.year, self.day.month, self.day.day, 4, tzinfo=UTC)


def asked(place: int, *, by: str, severity: str = "major") -> Condition:
    return Condition(
        condition_id=f"condition-{place}",
        criterion="A4",
        severity=severity,
        text=f"canary-condition-{place}",
        due_on=date(2027, 5, 24),
        checked_by=by,
    )


def conditional(agency: Agency, *conditions: Condition, code: str = "APP-C") -> str:
    """Release a decision with conditions; return the number of its entry."""
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1, A4=2)
    agency.review(case, SECOND, 2, A4=2)
    agency.decide(case, code=code, conditions=conditions)
    agency.release(case)
    with agency.ledger.reading() as connection:
        (entry,) = ACCREDITATIONS.rows(connection, ACCREDITATIONS.table.select())
    return entry.number


@pytest.fixture
def clock(agency) -> Clock:
    agency.ledger.clock = Clock()
    return agency.ledger.clock


@pytest.fixture
def number(agency, clock) -> str:
    """Release a decision with a condition for an officer and one for the panel."""
    return conditional(agency, asked(1, by="officer"), asked(2, by="panel"))


def told(answer, status: int = 200):
    assert answer.status_code == status, answer.text
    return answer.json


def at(place: int, what: str = "") -> str:
    return f"/conditions/condition-{place}{what}"


def filed(desk: Desk, place: int) -> None:
    told(desk.ask("POST", at(place, "/filings"), EVIDENCE, PROVIDER, {}), 201)


def ruled(desk: Desk, place: int, by: str, verdict: str = "met", **more) -> None:
    filed(desk, place)
    told(desk.put(at(place, "/check"), None, by))
    told(desk.put(at(place, "/verdict"), {"verdict": verdict, "reason": "As the samples show.", **more}, by))


def test_each_condition_of_a_released_decision_is_an_obligation_of_its_own(agency, desk, number):
    first, second = told(desk.get("/conditions", PROVIDER))["items"]

    assert (first["place"], second["place"], first["of"]) == (1, 2, 2)
    assert (first["number"], first["title_en"], first["text"]) == (
        number,
        "Solar Panel Maintenance",
        "canary-condition-1",
    )
    assert (first["status"], first["held_by"], first["held_until"]) == ("set", "provider", "2027-05-24")
    assert (first["latest_on"], first["overdue"], second["checked_by"]) == ("2027-11-24", False, "panel")
    entry = told(desk.get(f"/accreditations/{number}"))
    assert (entry["status"], entry["open_conditions"], entry["conditions_due_on"]) == ("conditional", 2, "2027-05-24")
    assert entry["intake_allowed"] is True


def test_all_met_turns_the_entry_positive_by_a_second_document_and_keeps_the_first(agency, desk, clock, number):
    clock.day = date(2027, 3, 1)
    ruled(desk, 1, REGISTRAR)
    told(desk.put(f"/accreditations/{number}/closing", CLOSING, REGISTRAR), 409)
    assert told(desk.get("/conditions/closings", REGISTRAR))["items"] == []
    ruled(desk, 2, REVIEWER)
    assert told(desk.get(f"/accreditations/{number}"))["status"] == "conditional"
    (waiting,) = told(desk.get("/conditions/closings", REGISTRAR))["items"]
    assert (waiting["number"], waiting["met_on"], waiting["held_until"]) == (number, "2027-03-01", "2027-03-08")

    told(desk.put(f"/accreditations/{number}/closing", CLOSING, REGISTRAR))

    entry = told(desk.get(f"/accreditations/{number}"))
    assert (entry["status"], entry["status_since"], entry["open_conditions"]) == ("listed", "2027-03-01", 0)
    assert (entry["decision_class"], entry["decision_code"], entry["conditions_due_on"]) == ("positive", "APP-C", None)
    first, second = entry["history"]
    assert (first["kind"], first["decision_class"]) == ("APP-C", "positive_with_conditions")
    assert (second["kind"], second["issued_on"], second["documents"]) == (
        "COND-MET",
        "2027-03-01",
        CLOSING["documents"],
    )
    assert told(desk.get("/accreditations?status=conditional"))["items"] == []
    assert told(desk.get("/conditions/closings", REGISTRAR))["items"] == []


def test_intake_is_frozen_while_a_critical_condition_is_open(agency, desk, clock):
    critical = asked(1, by="officer", severity="critical")
    number = conditional(agency, critical, asked(2, by="officer"), code="APP-CX")
    assert told(desk.get(f"/accreditations/{number}"))["intake_allowed"] is False

    ruled(desk, 1, REGISTRAR)

    entry = told(desk.get(f"/accreditations/{number}"))
    assert (entry["intake_allowed"], entry["open_conditions"], entry["status"]) == (True, 1, "conditional")


def test_the_ball_goes_from_hand_to_hand(agency, desk, clock, number):
    def balls(token: str, **query) -> list[int]:
        more = "".join(f"&{name}={value}" for name, value in query.items())
        return [one["place"] for one in told(desk.get(f"/conditions?mine=true{more}", token))["items"]]

    assert (balls(PROVIDER), balls(REVIEWER), balls(REGISTRAR)) == ([1, 2], [], [])
    clock.day = date(2027, 3, 1)
    filed(desk, 2)
    assert (balls(PROVIDER), balls(REVIEWER), balls(f"lead_reviewer:{LEAD}"), balls(REGISTRAR)) == ([1], [2], [2], [])
    assert told(desk.get(at(2), REVIEWER))["held_until"] == DEADLINES.condition_check(clock.day).isoformat()
    clock.day = DEADLINES.condition_check(date(2027, 3, 1))
    assert balls(REVIEWER, overdue="true") == []
    clock.day = date(2027, 5, 25)
    assert balls(REVIEWER, overdue="true") == [2]
    assert told(desk.get("/conditions?overdue=true&status=set", PROVIDER))["items"][0]["overdue"] is True
    lapse_overdue_conditions(agency.ledger, clock.day, DEADLINES, lambda _connection: None)
    assert (balls(PROVIDER), balls(REGISTRAR)) == ([], [1])
    assert told(desk.get("/conditions?held_by=officer&status=lapsed", REGISTRAR))["items"][0]["place"] == 1


def test_a_condition_lapses_once_and_only_after_its_day(agency, desk, clock, number):
    filed(desk, 2)

    def lapse(on: date) -> int:
        return lapse_overdue_conditions(agency.ledger, on, DEADLINES, lambda _connection: None)

    assert [lapse(day) for day in (date(2027, 5, 24), date(2027, 5, 25), date(2027, 5, 26))] == [0, 1, 0]
    assert told(desk.get(at(1), PROVIDER))["held_until"] == DEADLINES.condition_check(date(2027, 5, 25)).isoformat()


def test_more_time_is_given_by_the_usual_months_and_once(agency, desk, clock, number):
    clock.day = date(2027, 5, 20)
    ruled(desk, 1, REGISTRAR, "partly_met")

    shown = told(desk.get(at(1), PROVIDER))
    assert (shown["status"], shown["due_on"], shown["held_by"], shown["extended"]) == (
        *("extended", "2027-08-20", "provider"),
        True,
    )
    assert [one["verdict"] for one in shown["rulings"]] == ["COND-EXT"]
    filed(desk, 1)
    told(desk.put(at(1, "/check"), None, REGISTRAR))
    again = desk.put(at(1, "/verdict"), {"verdict": "partly_met", "reason": "Still not all."}, REGISTRAR)
    assert "done once" in told(again, 409)["detail"]


def test_what_is_not_met_leaves_the_entry_conditional(agency, desk, clock, number):
    ruled(desk, 1, REGISTRAR, "not_met")

    entry = told(desk.get(f"/accreditations/{number}"))
    assert (entry["status"], entry["open_conditions"]) == ("conditional", 2)
    shown = told(desk.get(at(1), REGISTRAR))
    assert (shown["status"], shown["held_by"], shown["rulings"][0]["verdict"]) == ("not_met", None, "COND-FAIL")
    (marked,) = told(desk.get("/conditions?status=not_met", REGISTRAR))["items"]
    assert (marked["number"], marked["revocation_may_begin"]) == (number, True)


def test_a_verdict_is_taken_back_until_the_document_is_issued_and_corrected_afterwards(agency, desk, clock, number):
    error = {"reason": "The samples were those of another condition."}
    ruled(desk, 1, REGISTRAR)
    told(desk.put(at(1, "/verdict/reversal"), error, REGISTRAR))
    shown = told(desk.get(at(1), REGISTRAR))
    assert (shown["status"], shown["rulings"][0]["reversed_because"]) == ("under_check", error["reason"])

    again = {"verdict": "met", "reason": "Now the right ones."}
    told(desk.put(at(1, "/verdict"), again, REGISTRAR))
    ruled(desk, 2, REVIEWER)
    told(desk.put(f"/accreditations/{number}/closing", CLOSING, REGISTRAR))
    assert "correction notice" in told(desk.put(at(1, "/verdict/reversal"), error, REGISTRAR), 409)["detail"]

    notice = {"reason": "A sample was of another course.", "documents": [{"language": "en", "sha256": "e" * 64}]}
    told(desk.put(f"/accreditations/{number}/closing/correction", notice, REGISTRAR))
    told(desk.put(at(1, "/verdict/reversal"), error, REGISTRAR))

    entry = told(desk.get(f"/accreditations/{number}"))
    assert [one["kind"] for one in entry["history"]] == ["APP-C", "COND-MET", "CORR"]
    assert (entry["status"], entry["decision_class"], entry["open_conditions"]) == (
        *("conditional", "positive_with_conditions"),
        1,
    )


def test_a_check_is_handed_over_to_the_office(agency, desk, clock, number):
    filed(desk, 2)
    told(desk.put(at(2, "/check"), None, REVIEWER))
    told(desk.put(at(2, "/check"), None, REGISTRAR), 409)

    over = {"checked_by": "officer", "reason": "Nobody of the panel is there until June."}
    told(desk.put(at(2, "/checker"), over, REGISTRAR))

    told(desk.put(at(2, "/check"), None, REGISTRAR))
    assert told(desk.get(at(2), REGISTRAR))["checker_id"] == "registrar-1"


def test_who_checks_is_told_to_the_office_alone(agency, desk, clock, number):
    filed(desk, 2)
    told(desk.put(at(2, "/check"), None, REVIEWER))

    assert told(desk.get(at(2), REGISTRAR))["checker_id"] == FIRST
    assert told(desk.get(at(2), REVIEWER))["checker_id"] == FIRST
    for other in (PROVIDER, COLLEAGUE, f"lead_reviewer:{LEAD}"):
        assert FIRST not in desk.get(at(2), other).text
        assert FIRST not in desk.get("/conditions", other).text
        events = told(desk.get("/cases/submission-1/events", other))["items"]
        begun = [one for one in events if one["name"] == "condition.check_begun.v1"]
        assert [(one["actor"], one["data"].get("checker_id")) for one in begun] == [("Reviewer", None)]
    events = told(desk.get("/cases/submission-1/events", REVIEWER))["items"]
    assert (events[-1]["actor"], events[-1]["name"]) == ("You", "condition.check_begun.v1")


def test_a_condition_is_nobody_else_s_business(agency, desk, clock, number):
    for stranger in (RIVAL, "reviewer:0193fac0-0000-7000-8000-0000000000ff", f"lead_reviewer:{FIRST}"):
        assert told(desk.get("/conditions", stranger))["items"] == []
        told(desk.get(at(1), stranger), 404)
    told(desk.ask("POST", at(1, "/filings"), EVIDENCE, RIVAL, {}), 404)
    assert "canary" not in desk.get(f"/accreditations/{number}").text
    assert "canary" not in desk.get("/cases/submission-1/events", RIVAL).text


def test_nobody_checks_for_whom_he_once_acted(agency, desk, clock, number):
    person = "registrar-1"
    role = {"person_id": person, "role": Role.PROVIDER_OFFICER, "provider_id": HOME}
    agency.ask(RegisterPerson(person_id=person, name="Aminah", email="aminah@example.org"), GrantRole(**role))
    agency.ask(WithdrawRole(**role, reason="duties_changed", asked_by="administrator-1"))
    filed(desk, 1)

    assert "apart" in told(desk.put(at(1, "/check"), None, REGISTRAR), 409)["detail"]


def test_the_list_costs_the_same_for_one_and_for_thirty(agency, desk, clock):
    conditional(agency, *(asked(place, by="officer") for place in range(1, 31)))

    def cost(limit: int) -> int:
        with counted_queries(agency.ledger.engine) as sent:
            assert len(told(desk.get(f"/conditions?limit={limit}", REGISTRAR))["items"]) == limit
        return len(sent)

    cost(1)
    assert cost(1) == cost(30) <= 3


def test_a_condition_s_read_models_equal_a_rebuild(agency, desk, clock, number):
    ruled(desk, 1, REGISTRAR)
    told(desk.put(at(1, "/verdict/reversal"), {"reason": "In error."}, REGISTRAR))
    ruled(desk, 2, REVIEWER, "partly_met", due_on="2027-09-01")
    drain(agency.ledger.engine)

    for projection in (CONDITIONS, ACCREDITATIONS):
        assert rebuild(agency.ledger, projection, check=True).differences == ()


def test_an_old_conditional_entry_gets_its_conditions_from_the_worker(agency, desk, clock):
    """The journey passed its release before conditions were obligations."""
    follow = agency.follow
    agency.follow = lambda recorded: None if isinstance(recorded.event, AccreditationOpened) else follow(recorded)
    critical = asked(1, by="officer", severity="critical")
    number = conditional(agency, critical, asked(2, by="panel"), code="APP-CX")
    entry = told(desk.get(f"/accreditations/{number}"))
    assert (entry["open_conditions"], entry["intake_allowed"]) == (0, False)
    told(desk.put(f"/accreditations/{number}/closing", CLOSING, REGISTRAR), 409)

    done = [set_old_conditions(agency.ledger, REGISTER_PREFIX, lambda _connection: None) for _ in range(2)]

    assert done == [1, 0]
    assert [one["place"] for one in told(desk.get("/conditions", PROVIDER))["items"]] == [1, 2]
