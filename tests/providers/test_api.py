from __future__ import annotations

from dataclasses import dataclass

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.providers.schemas import ParticularsSchema
from tests.people.office import Visitor
from tests.providers import factories as f
from tests.query_count import counted_queries

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
        "terms": [{"first": "2026-01-01", "last": "2028-12-31"}],
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


def application(**particulars) -> dict:
    contact = {"name": "Siti binti Osman", "designation": "Chief", "email": "siti@kolej.example.org"}
    return {
        "particulars": ParticularsSchema().dump(f.PARTICULARS) | particulars,
        "chief_executive": contact,
        "liaison_officer": contact | {"name": "Lim Wei", "telephone": "+60 12-345 6789"},
    }


@dataclass(frozen=True)
class Asking:
    """A provider that asks to be recognised, and who deals with it."""

    officer: Visitor
    intake: Visitor
    registrar: Visitor
    provider: str
    path: str

    def stage(self) -> str:
        return self.officer.get(self.path).json["stage"]


@pytest.fixture
def asking(office, registrar, kolej) -> Asking:
    provider_id = kolej.rpartition("/")[2]
    officer = office.invite(Role.PROVIDER_OFFICER, provider_id=provider_id)
    answer = officer.post(f"{kolej}/applications", application())
    assert answer.status_code == 201, answer.text
    path = answer.headers["Location"].removeprefix("/api/v1")
    return Asking(officer, office.invite(Role.INTAKE_OFFICER), registrar, kolej, path)


def test_a_provider_applies_is_asked_answers_and_is_recognised(office, asking):
    assert asking.intake.put(f"{asking.path}/information-request", {"remark": "Say who marks."}).status_code == 200
    shown = asking.officer.get(asking.path).json
    assert (shown["stage"], shown["holder"], shown["request_remark"]) == ("returned", "provider", "Say who marks.")
    answer = {"answer": "Two assessors.", "particulars": application(legal_name="Kolej Baharu")["particulars"]}
    assert asking.officer.put(f"{asking.path}/information", answer).status_code == 200
    assert asking.intake.put(f"{asking.path}/completeness", None).status_code == 200
    recognised = asking.registrar.put(f"{asking.path}/grant", {})

    assert recognised.json["events"] == [
        "provider.application_granted.v1",
        "provider.details_changed.v1",
        "provider.recognised.v1",
    ]
    shown = office.public.get(asking.provider).json
    assert (shown["status"], shown["legal_name"]) == ("recognised", "Kolej Baharu")


def test_an_application_is_refused_with_reasons_and_the_refusal_taken_back(asking):
    asking.intake.put(f"{asking.path}/completeness", None)
    because = {"grounds": ["untrue", "no_completed_cohort", "untrue"], "reasons": "The cohort was never taught."}
    assert asking.registrar.put(f"{asking.path}/refusal", because).status_code == 200
    shown = asking.officer.get(asking.path).json
    assert (shown["stage"], shown["grounds"]) == ("refused", ["no_completed_cohort", "untrue"])

    assert asking.registrar.delete(f"{asking.path}/refusal?reason=A+letter+was+overlooked").status_code == 200
    assert asking.stage() == "complete"


def test_a_request_is_taken_back_and_an_application_withdrawn(asking):
    asking.intake.put(f"{asking.path}/information-request", {"remark": "Say who marks."})
    assert asking.intake.delete(f"{asking.path}/information-request?reason=It+was+said").status_code == 200
    assert asking.stage() == "submitted"
    assert asking.officer.put(f"{asking.path}/withdrawal", {}).status_code == 200
    assert asking.stage() == "withdrawn"
    again = asking.officer.post(f"{asking.provider}/applications", application())
    assert again.status_code == 201


def test_a_recognition_is_taken_back_as_an_error(office, asking):
    asking.intake.put(f"{asking.path}/completeness", None)
    asking.registrar.put(f"{asking.path}/grant", {})
    error = {"reason": "It was meant for another provider"}
    assert asking.registrar.put(f"{asking.provider}/recognition/withdrawal", error).status_code == 200

    assert asking.stage() == "complete"
    assert office.public.get(asking.provider).status_code == 404
    assert asking.registrar.put(f"{asking.provider}/recognition/withdrawal", error).status_code == 409


def test_a_suspension_is_annulled_as_an_error(registrar, kolej):
    registrar.put(f"{kolej}/recognition", {"valid_from": "2026-01-01"})
    registrar.put(f"{kolej}/suspension", {"reason": "Returns are missing"})
    assert registrar.put(f"{kolej}/suspension/annulment", {"reason": "They were another's"}).status_code == 200
    assert registrar.get(kolej).json["status"] == "recognised"


def test_people_are_sealed_and_known_to_the_provider_and_the_officers_alone(office, asking, registrar):
    other = registrar.post("/providers", KOLEJ | {"legal_name": "Lain"}).json["id"]
    stranger = office.invite(Role.PROVIDER_OFFICER, provider_id=other)
    auditor = office.invite(Role.AUDITOR)
    path = f"{asking.provider}/contacts"
    registrar.put(f"{asking.provider}/recognition", {"valid_from": "2026-01-01"})

    for one in (asking.officer, asking.intake, registrar):
        assert [who["name"] for who in one.get(path).json] == ["Siti binti Osman", "Lim Wei"]
    assert [(who["name"], who["email"]) for who in auditor.get(path).json] == [(None, None)] * 2
    assert stranger.get(path).status_code == 404
    assert office.public.get(path).status_code == 401
    stored = office.stored()
    assert not any(word in stored for word in ("Lim Wei", "siti@kolej", "345 6789"))


def test_a_contact_changes_and_only_its_own_provider_changes_it(office, asking, registrar):
    someone = {"name": "Ravi Kumar", "designation": "Dean", "email": "ravi@kolej.example.org"}
    path = f"{asking.provider}/contacts"
    assert asking.officer.put(f"{path}/liaison_officer", someone).status_code == 200
    assert [who["name"] for who in asking.officer.get(path).json] == ["Siti binti Osman", "Ravi Kumar"]
    assert asking.officer.put(f"{path}/owner", someone).status_code == 404
    assert registrar.put(f"{path}/liaison_officer", someone).status_code == 403


def test_nobody_applies_for_another_provider_or_looks_at_its_application(office, asking, registrar):
    other = registrar.post("/providers", KOLEJ | {"legal_name": "Lain"}).json["id"]
    stranger = office.invite(Role.PROVIDER_OFFICER, provider_id=other)

    assert stranger.post(f"{asking.provider}/applications", application()).status_code == 404
    assert stranger.get(asking.path).status_code == 404
    assert stranger.put(f"{asking.path}/withdrawal", {}).status_code == 404
    assert stranger.get("/providers/applications").json["items"] == []
    assert office.public.get(asking.path).status_code == 401
    assert office.invite(Role.REVIEWER).get(asking.path).status_code == 403


def test_each_step_is_for_the_one_whose_it_is(asking):
    request = {"remark": "Say who marks."}
    assert asking.officer.put(f"{asking.path}/information-request", request).status_code == 403
    assert asking.officer.put(f"{asking.path}/completeness", None).status_code == 403
    assert asking.intake.put(f"{asking.path}/grant", {}).status_code == 403
    assert asking.registrar.put(f"{asking.path}/grant", {}).status_code == 409


def test_applications_are_listed_by_who_holds_them_what_is_due_first_on_top(office, asking, registrar):
    other = registrar.post("/providers", KOLEJ | {"legal_name": "Lain"}).json["id"]
    second = office.invite(Role.PROVIDER_OFFICER, provider_id=other)
    later = second.post(f"/providers/{other}/applications", application(legal_name="Lain")).json["id"]
    asking.intake.put(f"{asking.path}/information-request", {"remark": "More."})
    first = asking.path.rpartition("/")[2]

    def listed(query: str) -> list[str]:
        return [one["application_id"] for one in asking.intake.get(f"/providers/applications{query}").json["items"]]

    assert listed("") == [first, later]
    assert listed("?holder=provider") == [first]
    assert listed("?stage=submitted&waiting=true") == [later]
    assert listed("?waiting=false") == listed("?due_before=2026-01-01") == []
    second.put(f"/providers/applications/{later}/withdrawal", {})
    assert listed("?waiting=false") == [later]
    assert listed(f"?provider_id={other}") == [later]


def test_a_change_of_the_application_can_insist_on_what_was_seen(asking):
    tag = asking.officer.get(asking.path).headers["ETag"]
    assert asking.officer.get(asking.path, If_None_Match=tag).status_code == 304
    assert asking.intake.put(f"{asking.path}/completeness", None, If_Match=tag).status_code == 200
    assert asking.officer.put(f"{asking.path}/withdrawal", {}, If_Match=tag).status_code == 412


def test_the_list_costs_the_same_with_one_application_and_with_many(office, asking, registrar):
    def cost() -> int:
        with counted_queries(office.ledger.engine) as queries:
            assert asking.intake.get("/providers/applications").status_code == 200
        return len(queries)

    alone = cost()
    for number in range(12):
        command = f.RegisterProviderFactory(provider_id=f"p{number}")
        office.ledger.execute(command, actor="system:t")
        applied = f.ApplyForRecognitionFactory(provider_id=f"p{number}", application_id=f"a{number}")
        office.ledger.execute(applied, actor="system:t")
    assert cost() == alone
