from __future__ import annotations

import pytest

from qa_platform.kernel.roles import Role

KOLEJ = {"legal_name": "Kolej Contoh", "registration_number": "2026-1", "kind": "higher_education", "country": "MY"}


@pytest.fixture
def registrar(office):
    return office.invite(Role.REGISTER_OFFICER)


@pytest.fixture
def kolej(registrar) -> str:
    """Return the path of a registered provider."""
    return registrar.post("/providers", KOLEJ).headers["Location"].removeprefix("/api/v1")


def test_a_provider_is_registered_recognised_and_shown_to_everybody(office, registrar, kolej):
    assert office.public.get(kolej).status_code == 404
    recognised = registrar.put(f"{kolej}/recognition", {"valid_from": "2026-01-01"})

    shown = office.public.get(kolej)
    assert recognised.json["events"] == ["provider.recognised.v1"]
    assert shown.headers["ETag"] == recognised.headers["ETag"]
    assert shown.json == {
        "provider_id": kolej.rpartition("/")[2],
        "version": 2,
        **KOLEJ,
        "established_on": None,
        "legal_basis": None,
        "scope_of_business": None,
        "website": None,
        "status": "recognised",
        "valid_from": "2026-01-01",
        "valid_to": "2028-12-31",
        "suspended_from": None,
        "ceased_on": None,
        "custodian": None,
        "origin": "registration",
        "simulated": False,
    }


def test_what_has_not_changed_is_not_sent_again(registrar, kolej):
    tag = registrar.get(kolej).headers["ETag"]
    assert registrar.get(kolej, If_None_Match=tag).status_code == 304


def test_details_are_changed_by_who_saw_them(registrar, kolej):
    tag = registrar.get(kolej).headers["ETag"]
    assert registrar.patch(kolej, {"website": "https://kolej.example.org"}, If_Match=tag).status_code == 200
    assert registrar.patch(kolej, {"legal_name": "Kolej Lain"}, If_Match=tag).status_code == 412
    assert registrar.get(kolej).json["website"] == "https://kolej.example.org"


def test_a_suspension_is_put_and_lifted_and_its_reason_stays_inside(office, registrar, kolej):
    registrar.put(f"{kolej}/recognition", {"valid_from": "2026-01-01"})

    assert registrar.put(f"{kolej}/suspension", {"reason": "Returns are missing"}).status_code == 200
    shown = office.public.get(kolej)
    assert shown.json["status"] == "suspended"
    assert "Returns" not in shown.text
    assert registrar.delete(f"{kolej}/suspension?reason=They+came").status_code == 200
    assert office.public.get(kolej).json["status"] == "recognised"


def test_a_provider_ceases_and_stays_to_be_seen(office, registrar, kolej):
    registrar.put(f"{kolej}/recognition", {"valid_from": "2026-01-01"})
    end = {"ceased_on": "2026-12-31", "custodian": "Arkib Contoh", "reason": "Merged"}
    assert registrar.put(f"{kolej}/cessation", end).status_code == 200
    assert office.public.get(kolej).json["custodian"] == "Arkib Contoh"
    assert registrar.put(f"{kolej}/recognition", {"valid_from": "2027-01-01"}).status_code == 409


def test_providers_are_listed_by_name_in_pages(registrar):
    for name in ("Zeta", "alpha", "Beta"):
        registrar.post("/providers", KOLEJ | {"legal_name": name})
    first = registrar.get("/providers?limit=2").json
    second = registrar.get(f"/providers?limit=2&cursor={first['next']}").json
    assert [one["legal_name"] for one in first["items"] + second["items"]] == ["alpha", "Beta", "Zeta"]
    assert [one["legal_name"] for one in registrar.get("/providers?name=ZET&status=registered").json["items"]] == [
        "Zeta"
    ]


def test_a_request_that_is_repeated_registers_one_provider(registrar):
    answers = [registrar.post("/providers", KOLEJ, Idempotency_Key="k") for _ in range(2)]
    assert answers[0].json["id"] == answers[1].json["id"]
    assert len(registrar.get("/providers").json["items"]) == 1


@pytest.mark.parametrize("path", ["", "/recognition", "/suspension", "/cessation"])
def test_what_is_not_registered_is_not_there(registrar, path):
    body = {"valid_from": "2026-01-01"} if path == "/recognition" else {"reason": "none"}
    if path == "/cessation":
        body |= {"ceased_on": "2026-01-01", "custodian": "Arkib"}
    answer = registrar.put(f"/providers/nobody{path}", body) if path else registrar.patch("/providers/nobody", {})
    assert answer.status_code == 404


def test_an_officer_sees_his_own_provider_before_it_is_recognised_and_no_other(office, registrar, kolej):
    other = registrar.post("/providers", KOLEJ | {"legal_name": "Lain"}).headers["Location"].removeprefix("/api/v1")
    officer = office.invite(Role.PROVIDER_OFFICER, provider_id=kolej.rpartition("/")[2])
    assert officer.get(kolej).status_code == 200
    assert officer.get(other).status_code == 404
    assert [one["legal_name"] for one in officer.get("/providers").json["items"]] == ["Kolej Contoh"]
    assert officer.patch(kolej, {"website": None}).status_code == 403


def test_the_intake_officer_registers_and_does_not_recognise(office):
    intake = office.invite(Role.INTAKE_OFFICER)
    path = intake.post("/providers", KOLEJ).headers["Location"].removeprefix("/api/v1")
    assert intake.patch(path, {"country": None}).status_code == 200
    assert intake.put(f"{path}/recognition", {"valid_from": "2026-01-01"}).status_code == 403
