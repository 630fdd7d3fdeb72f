from __future__ import annotations

from datetime import timedelta

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.notices.read_model import deliveries
from tests.journeys.agency import Case, Person, seat_panel
from tests.query_count import counted_queries

CLOSURE = {"ground": "excluded_type", "remark": "No learner would ever be assessed."}


def kinds(person: Person, query: str = "") -> list[str]:
    """Return the kinds of notices in an inbox, the newest first, without those about the account itself."""
    own = {"role_granted", "role_withdrawn", "token_issued", "reviewer_eligible", "standard_in_force"}
    return [one["kind"] for one in person.get(f"/notices{query}")["items"] if one["kind"] not in own]


def closed(case: Case) -> str:
    """Close a case at intake, and return the letter that waits."""
    case.intake.put(f"{case.address}/closure", CLOSURE)
    case.agency.settle()
    (letter,) = case.intake.get("/notices/outbox")["items"]
    return str(letter["letter_id"])


def returned(case: Case) -> str:
    """Return a case to its provider, and give back the letter that went."""
    case.intake.put(f"{case.address}/return", {"remark": "Say more."})
    case.agency.settle()
    letters = case.intake.get(f"/notices/about/{case.submission_id}")
    return next(str(one["letter_id"]) for one in letters if one["kind"] == "submission_returned")


def test_officers_of_the_provider_and_intake_are_told_and_nobody_else(lodged):
    assert kinds(lodged.officer) == kinds(lodged.accountable) == ["submission_received"]
    assert kinds(lodged.intake) == ["submission_to_check"]
    for other in (lodged.stranger, lodged.secretary, lodged.auditor, *lodged.reviewers, *lodged.members):
        assert kinds(other) == []


def test_a_notice_is_read_in_the_readers_language_or_in_another(lodged):
    (notice,) = [one for one in lodged.officer.get("/notices")["items"] if one["kind"] == "submission_received"]
    address = f"/notices/{notice['notice_id']}"
    assert (notice["language"], notice["about"]) == ("en", lodged.submission_id)
    assert notice["subject"].endswith("was received")

    lodged.officer.put("/notices/preferences", {"language": "ms"})

    assert lodged.officer.get(address)["subject"].endswith("telah diterima")
    assert lodged.officer.get(f"{address}?language=en")["subject"] == notice["subject"]
    assert {one["language"] for one in lodged.officer.get("/notices")["items"]} == {"ms"}


def test_reading_makes_a_notice_read_and_the_count_smaller(lodged):
    before = lodged.officer.get("/notices/unread")["unread"]
    (notice,) = [one for one in lodged.officer.get("/notices")["items"] if one["kind"] == "submission_received"]

    lodged.officer.put(f"/notices/{notice['notice_id']}/reading")

    assert lodged.officer.get("/notices/unread")["unread"] == before - 1
    assert kinds(lodged.officer, "?unread=true") == []
    assert kinds(lodged.officer, "?unread=false") == ["submission_received"]
    assert lodged.accountable.get("/notices?unread=false")["items"] == []


def test_an_inbox_can_be_asked_from_an_instant_on(lodged):
    told_at = lodged.officer.get("/notices")["items"][0]["told_at"]
    later = (lodged.agency.ledger.clock() + timedelta(days=1)).isoformat().replace("+", "%2B")

    assert lodged.officer.get(f"/notices?since={told_at.replace('+', '%2B')}")["items"] != []
    assert lodged.officer.get(f"/notices?since={later}")["items"] == []
    lodged.officer.get("/notices?since=yesterday", status=422)


def test_a_notice_of_somebody_else_is_not_there(lodged):
    notice = lodged.officer.get("/notices")["items"][0]["notice_id"]

    lodged.stranger.get(f"/notices/{notice}", status=404)
    lodged.accountable.put(f"/notices/{notice}/reading", status=404)
    lodged.agency.administrator.get(f"/notices/{notice}", status=404)


def test_who_leaves_a_provider_no_longer_reads_what_he_was_told_as_its_officer(lodged):
    person = f"/people/{lodged.officer.id}"
    home = lodged.officer.get(lodged.address)["provider_id"]
    other = lodged.stranger.get("/providers?name=Bayu")["items"][-1]["provider_id"]
    lodged.agency.administrator.put(f"{person}/roles/provider_officer", {"provider_id": other})
    query = f"?provider_id={home}&reason=term_ended"
    lodged.agency.administrator.ask("DELETE", f"{person}/roles/provider_officer{query}", None, 200, {})

    assert kinds(lodged.officer) == []


def test_a_token_for_one_role_shows_what_was_told_in_that_role(agency):
    both = agency.employ(Role.COMMITTEE_SECRETARY, Role.REGISTER_OFFICER)
    expires = (agency.ledger.clock() + timedelta(days=2)).isoformat()
    wanted = {"label": "x", "scopes": ["read"], "roles": ["register_officer"], "expires_at": expires}
    limited = both.post(f"/people/{both.id}/tokens", wanted)["extra"]["token"]
    agency.administrator.put("/standards/nmcs/versions/0.1.0/retirement", {"from": "2027-01-01"})
    agency.settle()

    assert kinds(both) == ["standard_retired"]
    assert kinds(Person(both.client, both.id, limited)) == []


def test_a_refusal_waits_until_somebody_has_read_and_released_it(lodged):
    letter = closed(lodged)
    shown = lodged.intake.get(f"/notices/letters/{letter}")
    assert kinds(lodged.officer) == ["submission_received"]
    assert sum(one["waiting"] for one in shown["readers"]) == 2
    assert {shown["kind"], shown["releaser"]} == {"submission_closed", "intake_officer"}
    assert shown["en"]["subject"].endswith("is not eligible")

    lodged.intake.put(f"/notices/letters/{letter}/release")
    lodged.intake.put(f"/notices/letters/{letter}/release")

    assert kinds(lodged.officer) == kinds(lodged.accountable) == ["submission_closed", "submission_received"]
    assert lodged.intake.get("/notices/outbox")["items"] == []


def test_a_letter_that_is_held_back_reaches_nobody(lodged):
    letter = closed(lodged)

    lodged.intake.put(f"/notices/letters/{letter}/hold", {"reason": "The ground was the wrong one."})

    assert kinds(lodged.officer) == ["submission_received"]
    assert lodged.intake.get("/notices/outbox")["items"] == []
    lodged.intake.put(f"/notices/letters/{letter}/release", status=409)
    (told,) = [one for one in lodged.intake.get(f"/notices/about/{lodged.submission_id}") if one["held_reason"]]
    assert (told["kind"], told["statuses"]) == ("submission_closed", ["held"])


def test_a_letter_is_for_who_releases_it_alone(lodged):
    letter = closed(lodged)

    for other in (lodged.secretary, lodged.officer, lodged.members[0]):
        answer = other.ask("PUT", f"/notices/letters/{letter}/release", None, None, {})
        assert answer.status_code in {403, 404}
    assert lodged.secretary.get("/notices/outbox")["items"] == []


def test_the_office_learns_what_had_gone_about_a_step_and_corrects_it(lodged):
    letter = returned(lodged)
    (gone,) = [one for one in lodged.intake.get(f"/notices/about/{lodged.submission_id}") if one["letter_id"] == letter]
    assert [(one["role"], one["people"], one["told"]) for one in gone["readers"]] == [
        ("accountable_officer", 1, 1),
        ("provider_officer", 1, 1),
    ]

    reason = {"reason": "The course was complete; the return was a mistake."}
    draft = lodged.intake.post(f"/notices/letters/{letter}/correction", reason)["id"]
    assert kinds(lodged.officer)[0] == "submission_returned"
    assert lodged.intake.get(f"/notices/letters/{draft}")["corrects"] == letter
    lodged.intake.put(f"/notices/letters/{draft}/release")

    (notice, *_older) = lodged.officer.get("/notices")["items"]
    assert notice["kind"] == "correction"
    assert "came back to be completed" in notice["text"]
    assert "the return was a mistake" in notice["text"]


def test_a_correction_of_what_still_waits_holds_it_back(lodged):
    letter = closed(lodged)

    lodged.intake.post(f"/notices/letters/{letter}/correction", {"reason": "It was the wrong course."})

    assert lodged.intake.get("/notices/outbox")["items"] == []
    lodged.intake.put(f"/notices/letters/{letter}/release", status=409)
    answer = lodged.intake.ask("POST", f"/notices/letters/{letter}/correction", {"reason": "Again."}, 409, {})
    assert "nobody was told" in answer.text


def test_a_reason_is_needed_and_holds_no_personal_data(lodged):
    letter = returned(lodged)

    lodged.intake.post(f"/notices/letters/{letter}/correction", {"reason": " "}, status=422)
    lodged.intake.post(f"/notices/letters/{letter}/correction", {"reason": "Ask ali@example.org."}, status=409)


def test_intake_learns_nothing_of_what_was_told_to_the_committee(lodged):
    seat_panel(lodged)

    letters = lodged.intake.get(f"/notices/about/{lodged.submission_id}")
    assert {one["kind"] for one in letters} == {"submission_received", "submission_to_check", "submission_accepted"}
    everything = {one["kind"] for one in lodged.secretary.get(f"/notices/about/{lodged.submission_id}")}
    assert {"review_asked", "lead_asked"} <= everything


def test_an_officer_who_was_asked_to_review_learns_nothing_of_the_case_as_an_officer(lodged):
    lodged.agency.administrator.put(f"/people/{lodged.reviewers[0].id}/roles/committee_secretary", {})
    seat_panel(lodged)

    lodged.reviewers[0].get(f"/notices/about/{lodged.submission_id}", status=404)
    lodged.secretary.get(f"/notices/about/{lodged.submission_id}")


def test_whoever_runs_the_platform_sees_which_mail_did_not_leave_and_sends_it_again(lodged):
    administrator, engine = lodged.agency.administrator, lodged.agency.ledger.engine
    plan = deliveries.Plan(
        notice_id="n", mail_id="m", person_id=lodged.officer.id, state="planned", next_at=lodged.agency.ledger.clock()
    )
    with engine.begin() as connection:
        deliveries.plan(connection, [plan], plan.next_at)
        deliveries.settle_mail(connection, "m", "failed", plan.next_at, failure="MailRefused")

    (given_up,) = administrator.get("/notices/deliveries")
    assert (given_up["mail_id"], given_up["state"], given_up["failure"]) == ("m", "failed", "MailRefused")
    assert administrator.put("/notices/deliveries/m/again") == {"mails": ["m"]}

    assert administrator.get("/notices/deliveries") == []
    administrator.put("/notices/deliveries/m/again", status=404)
    lodged.intake.get("/notices/deliveries", status=403)


def test_nobody_leaves_out_what_must_reach_him(lodged):
    free = {"language": "en", "unsubscribed": ["submission_received"]}
    lodged.officer.put("/notices/preferences", free)
    lodged.officer.put("/notices/preferences", free | {"unsubscribed": ["decision_released"]}, status=409)

    shown = lodged.officer.get("/notices/preferences")
    assert (shown["unsubscribed"], shown["digest_hour"], shown["version"]) == (["submission_received"], 8, 1)
    must = {one["kind"] for one in lodged.officer.get("/notices/kinds") if one["required"]}
    assert {"decision_released", "submission_returned"} <= must


@pytest.mark.parametrize("address", ["/notices", "/notices/outbox"])
def test_a_page_of_one_costs_as_much_as_a_page_of_many(lodged, address):
    asker = lodged.officer
    if address == "/notices/outbox":
        asker = lodged.agency.employ(Role.REGISTER_OFFICER)
        home = lodged.officer.get(lodged.address)["provider_id"]
        for _ in range(2):
            lodged.agency.administrator.put(f"/providers/{home}/suspension", {"reason": "Fees are open."})
            lodged.agency.administrator.ask("DELETE", f"/providers/{home}/suspension?reason=Paid.", None, 200, {})
    lodged.agency.settle()
    asker.get(address)

    def cost(limit: int) -> int:
        with counted_queries(lodged.agency.ledger.engine) as sent:
            assert len(asker.get(f"{address}?limit={limit}")["items"]) == limit
        return len(sent)

    assert cost(1) == cost(3) <= 6
