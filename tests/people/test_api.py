from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.people.schemas import token_digest

KOLEJ = "01930000-0000-7000-8000-0000000000a1"
CONTACT = {"name": "Siti Canary", "email": "siti@example.org"}


def in_days(days: int) -> str:
    return (datetime.now(UTC) + timedelta(days=days)).isoformat()


def wanted(**changed):
    return {"label": "report", "scopes": ["read"], "expires_at": in_days(20)} | changed


def test_an_administrator_registers_a_person_and_grants_a_role(office):
    administrator = office.invite(Role.ADMINISTRATOR)

    answer = administrator.post("/people", CONTACT)
    person = answer.headers["Location"].removeprefix("/api/v1")
    granted = administrator.put(f"{person}/roles/reviewer", {}, If_Match=answer.headers["ETag"])

    assert answer.status_code == 201
    assert answer.json["events"] == ["person.registered.v1"]
    assert granted.json["events"] == ["person.role_granted.v1"]
    shown = administrator.get(person)
    assert shown.headers["ETag"] == granted.headers["ETag"]
    assert shown.json == {
        "person_id": answer.json["id"],
        "version": 2,
        "name": "Siti Canary",
        "email": "siti@example.org",
        "telephone": None,
        "roles": [{"role": "reviewer", "provider_id": None, "centre_id": None}],
        "active": True,
        "erased": False,
        "simulated": False,
    }


def test_everybody_with_a_token_sees_himself(office):
    reviewer = office.invite(Role.REVIEWER, name="Mei Ling")
    assert reviewer.get("/people/me").json["name"] == "Mei Ling"
    assert reviewer.get(f"/people/{reviewer.person_id}").json["person_id"] == reviewer.person_id
    assert office.public.get("/people/me").status_code == 401


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.AUDITOR, Role.COMMITTEE_SECRETARY])
def test_nobody_but_an_administrator_learns_another_name(office, role):
    other, viewer = office.invite(Role.REVIEWER, name="Mei Ling"), office.invite(role)
    for path in ("", "/tokens"):
        answer = viewer.get(f"/people/{other.person_id}{path}")
        assert answer.status_code == 404
        assert "Mei" not in answer.text
    assert "Mei" not in viewer.get("/people").text


def test_an_administrator_who_also_has_another_role_sees_everybody(office):
    both, other = office.invite(Role.REGISTER_OFFICER, Role.ADMINISTRATOR), office.invite(Role.REVIEWER)
    assert both.get(f"/people/{other.person_id}").status_code == 200
    assert both.get(f"/people/{other.person_id}", X_Acting_As="register_officer").status_code == 404


def test_accounts_are_listed_in_pages_with_their_names(office):
    administrator = office.invite(Role.ADMINISTRATOR, name="Ada")
    for name in ("Bala", "Chong"):
        office.invite(Role.REVIEWER, name=name)

    first = administrator.get("/people?limit=2").json
    second = administrator.get(f"/people?limit=2&cursor={first['next']}").json
    reviewers = administrator.get("/people?role=reviewer").json

    assert [one["name"] for one in first["items"] + second["items"]] == ["Ada", "Bala", "Chong"]
    assert second["next"] is None
    assert [one["name"] for one in reviewers["items"]] == ["Bala", "Chong"]


def test_the_secretary_finds_the_committee_s_members_by_name_and_nothing_else(office):
    secretary = office.invite(Role.COMMITTEE_SECRETARY, name="Salmah Canary")
    member = office.invite(Role.COMMITTEE_MEMBER, Role.REGISTER_OFFICER, name="Mei Ling")
    office.invite(Role.REVIEWER, name="Rita Canary")

    for path in ("/people", "/people?role=committee_member", "/people?active=true"):
        answer = secretary.get(path)
        assert answer.json["items"] == [
            {"person_id": member.person_id, "name": "Mei Ling", "active": True, "erased": False, "simulated": False}
        ]
    for role in (Role.REGISTER_OFFICER, Role.REVIEWER, Role.ADMINISTRATOR):
        assert secretary.get(f"/people?role={role}").json["items"] == []


@pytest.mark.parametrize("role", [Role.COMMITTEE_MEMBER, Role.INTAKE_OFFICER, Role.AUDITOR, Role.PROVIDER_OFFICER])
def test_nobody_else_lists_accounts(office, role):
    provider_id = KOLEJ if role is Role.PROVIDER_OFFICER else None
    assert office.invite(role, provider_id=provider_id).get("/people").status_code == 403


def test_a_wrong_contact_is_answered_field_by_field(office):
    answer = office.invite(Role.ADMINISTRATOR).post("/people", {"name": " ", "email": "siti", "shoe_size": 38})
    assert answer.status_code == 422
    assert {error["field"] for error in answer.json["errors"]} == {"name", "email", "shoe_size"}


def test_contact_is_replaced_and_an_account_closed(office):
    administrator, person = office.invite(Role.ADMINISTRATOR), office.invite(Role.REVIEWER)
    path = f"/people/{person.person_id}"

    assert administrator.put(f"{path}/contact", CONTACT).status_code == 200
    assert person.get("/people/me").json["name"] == "Siti Canary"
    assert administrator.put(f"{path}/deactivation", {"reason": "left"}).status_code == 200
    assert person.get("/people/me").status_code == 401
    assert administrator.get(path).json["active"] is False


def test_a_role_is_withdrawn_for_a_reason(office):
    administrator = office.invite(Role.ADMINISTRATOR)
    officer = office.invite(Role.PROVIDER_OFFICER, provider_id=KOLEJ)
    path = f"/people/{officer.person_id}/roles/provider_officer"

    assert administrator.delete(path).status_code == 422
    assert administrator.delete(f"{path}?reason=term_ended&provider_id={KOLEJ[:-1]}2").status_code == 409
    assert administrator.delete(f"{path}?reason=term_ended&provider_id={KOLEJ}").status_code == 200
    assert officer.get("/people/me").status_code == 403


def test_no_name_gets_into_a_role(office):
    administrator, officer = office.invite(Role.ADMINISTRATOR), office.invite()
    path = f"/people/{officer.person_id}/roles/provider_officer"

    answer = administrator.put(path, {"provider_id": "Aminah binti Salleh"})

    assert (answer.status_code, [error["field"] for error in answer.json["errors"]]) == (422, ["provider_id"])


def test_what_the_rules_refuse_is_answered_with_their_words(office):
    administrator = office.invite(Role.ADMINISTRATOR)
    own = administrator.delete(f"/people/{administrator.person_id}/roles/administrator?reason=own_request")
    unknown = administrator.put("/people/nobody/roles/reviewer", {})
    no_role = administrator.put(f"/people/{administrator.person_id}/roles/emperor", {})

    assert (own.status_code, own.json["type"]) == (409, "urn:qa-platform:problem:own-administration")
    assert (unknown.status_code, no_role.status_code) == (404, 404)


def test_a_token_is_told_once_and_works(office):
    reviewer = office.invite(Role.REVIEWER)

    answer = reviewer.post(f"/people/{reviewer.person_id}/tokens", wanted())
    token = answer.json["extra"]["token"]

    assert answer.status_code == 201
    assert token_digest(token) is not None
    listed = reviewer.get(f"/people/{reviewer.person_id}/tokens")
    assert token not in listed.text
    assert [(one["label"], one["scopes"]) for one in listed.json] == [("report", ["read"]), ("test", ["read", "write"])]
    assert office.hand_token(reviewer.person_id).get("/people/me").status_code == 200


def test_a_request_for_a_token_that_is_repeated_tells_it_no_second_time(office):
    reviewer = office.invite(Role.REVIEWER)
    path, body = f"/people/{reviewer.person_id}/tokens", wanted()

    first = reviewer.post(path, body, Idempotency_Key="k1")
    again = reviewer.post(path, body, Idempotency_Key="k1")

    assert "token" in first.json["extra"]
    assert "extra" not in again.json
    assert again.headers["Idempotency-Replayed"] == "true"
    assert again.json["id"] == first.json["id"]
    assert len(reviewer.get(path).json) == 2


def test_a_token_is_issued_to_oneself_or_by_an_administrator(office):
    administrator, reviewer, auditor = (
        office.invite(role) for role in (Role.ADMINISTRATOR, Role.REVIEWER, Role.AUDITOR)
    )
    path = f"/people/{reviewer.person_id}/tokens"
    assert administrator.post(path, wanted()).status_code == 201
    assert auditor.post(path, wanted()).status_code == 404


def test_a_limited_token_makes_no_wider_one(office):
    person = office.invite(Role.REGISTER_OFFICER, Role.COMMITTEE_SECRETARY)
    limited = office.hand_token(person.person_id, roles=(Role.COMMITTEE_SECRETARY,))
    path = f"/people/{person.person_id}/tokens"

    assert limited.post(path, wanted()).status_code == 409
    assert limited.post(path, wanted(roles=["register_officer"])).status_code == 409
    assert limited.post(path, wanted(roles=["committee_secretary"])).status_code == 201


def test_a_token_makes_none_that_reads_more_or_lasts_longer(office):
    reviewer = office.invite(Role.REVIEWER)
    writer = office.hand_token(reviewer.person_id, scopes=("write",))
    path = f"/people/{reviewer.person_id}/tokens"

    wider = writer.post(path, wanted())
    assert (wider.status_code, "more scopes" in wider.json["detail"]) == (409, True)
    assert writer.post(path, wanted(scopes=["write"])).status_code == 201
    longer = reviewer.post(path, wanted(expires_at=in_days(31)))
    assert (longer.status_code, "last longer" in longer.json["detail"]) == (409, True)


def test_an_administrator_s_token_is_limited_for_himself_and_not_for_others(office):
    administrator, reviewer = office.invite(Role.ADMINISTRATOR, Role.REGISTER_OFFICER), office.invite(Role.REVIEWER)
    limited = office.hand_token(administrator.person_id, roles=(Role.ADMINISTRATOR,), scopes=("write",))
    own, other = (f"/people/{one.person_id}/tokens" for one in (administrator, reviewer))

    assert limited.post(other, wanted(expires_at=in_days(365))).status_code == 201
    assert limited.post(other, wanted(expires_at=in_days(400))).status_code == 409
    assert limited.post(own, wanted(roles=["administrator"])).status_code == 409
    assert limited.post(own, wanted(scopes=["write"])).status_code == 409
    assert limited.post(own, wanted(scopes=["write"], roles=["administrator"])).status_code == 201


def test_a_limited_token_does_what_its_roles_may_and_no_more(office):
    person = office.invite(Role.ADMINISTRATOR, Role.REGISTER_OFFICER)
    limited = office.hand_token(person.person_id, roles=(Role.REGISTER_OFFICER,))
    assert limited.get("/people").status_code == 403
    assert person.get("/people").status_code == 200


def test_a_reading_token_changes_nothing(office):
    reader = office.hand_token(office.invite(Role.ADMINISTRATOR).person_id, scopes=("read",))
    assert reader.get("/people").status_code == 200
    assert reader.post("/people", CONTACT).status_code == 403


def test_a_token_is_revoked_by_its_person(office):
    reviewer = office.invite(Role.REVIEWER)
    spare = office.hand_token(reviewer.person_id)
    path = f"/people/{reviewer.person_id}/tokens"
    newest = reviewer.get(path).json[0]["token_id"]

    assert reviewer.delete(f"{path}/{newest}?reason=lost").status_code == 200
    assert spare.get("/people/me").status_code == 401
    assert reviewer.delete(f"{path}/unknown").status_code == 404
    assert [one["revoked"] for one in reviewer.get(path).json] == [True, False]


@pytest.mark.parametrize("token", ["qa_short", "x" * 52, "qa_" + "0" * 49])
def test_what_is_no_token_opens_nothing(office, token):
    answer = office.app.test_client().get("/api/v1/people/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_no_name_is_stored_in_clear(office):
    administrator = office.invite(Role.ADMINISTRATOR)
    person_id = administrator.post("/people", CONTACT).json["id"]
    administrator.post(f"/people/{person_id}/tokens", wanted(label="Canary label"))
    stored = office.stored()
    assert stored.count(person_id) > 4
    assert "Canary" not in stored
    assert "siti@" not in stored
