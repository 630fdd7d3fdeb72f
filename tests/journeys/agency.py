"""An agency with its people, each of whom does everything through HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import msgspec
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from qa_platform.app import create_app, jobs_of, new_id
from qa_platform.config import load_settings
from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.ledger.lease import Lease
from qa_platform.ledger.ledger import Ledger
from qa_platform.people.commands import GrantRole, IssueToken, RegisterPerson
from qa_platform.people.schemas import new_token, token_digest
from qa_platform.scheduling import notices
from qa_platform.scheduling.journey import settle
from qa_platform.scheduling.worker import LEADER
from tests.journeys.clock import Clock
from tests.scoring.national import TEXT
from tests.servers import Database
from tests.submissions.factories import COMPLETE, PEOPLE
from tests.whole import whole_ledger

STANDARD = "/standards/nmcs/versions/0.1.0"


@dataclass(frozen=True)
class Person:
    """Somebody at his own desk, who expects to be told yes unless he says otherwise."""

    client: FlaskClient
    id: str
    token: str | None

    def get(self, path: str, *, status: int = 200, **headers: str) -> Any:
        return self.ask("GET", path, None, status, headers).json

    def post(self, path: str, body: Any = None, *, status: int = 201, **headers: str) -> Any:
        return self.ask("POST", path, body, status, headers).json

    def put(self, path: str, body: Any = None, *, status: int = 200, **headers: str) -> Any:
        return self.ask("PUT", path, body, status, headers).json

    def patch(self, path: str, body: Any = None, *, status: int = 200, **headers: str) -> Any:
        return self.ask("PATCH", path, body, status, headers).json

    def ask(self, method: str, path: str, body: Any, status: int | None, headers: dict[str, str]) -> TestResponse:
        """Send one request; `status` None takes any answer."""
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            sent["Authorization"] = f"Bearer {self.token}"
        answer = self.client.open(f"/api/v1{path}", method=method, json=body, headers=sent)
        assert status in {None, answer.status_code}, f"{method} {path}: {answer.status_code} {answer.text}"
        return answer


@dataclass(frozen=True)
class Agency:
    """The platform of an agency whose standard is in force."""

    ledger: Ledger
    app: Flask
    administrator: Person
    clock: Clock

    @property
    def public(self) -> Person:
        return Person(self.app.test_client(), "", None)

    def employ(self, *roles: Role, provider_id: str | None = None, centre_id: str | None = None) -> Person:
        """Register a person with these roles, and hand over the token that the administrator is told once."""
        address = f"/people/{self.administrator.post('/people', _contact())['id']}"
        for role in roles:
            body = {"provider_id": provider_id} if role in PROVIDER_ROLES else {}
            body |= {"centre_id": centre_id} if centre_id is not None else {}
            self.administrator.put(f"{address}/roles/{role}", body)
        expires = (self.ledger.clock() + timedelta(days=365)).isoformat()
        wanted = {"label": "desk", "scopes": ["read", "write"], "expires_at": expires}
        token = self.administrator.post(f"{address}/tokens", wanted)["extra"]["token"]
        return Person(self.app.test_client(), address.rsplit("/", 1)[-1], token)

    def recognise_provider(self, name: str) -> str:
        """Register a provider and recognise it from today on."""
        details = {
            "legal_name": name,
            "registration_number": f"{name[:3].upper()}-1",
            "kind": "company",
            "country": "MY",
        }
        provider_id: str = self.administrator.post("/providers", details)["id"]
        today = self.ledger.clock().date().isoformat()
        self.administrator.put(f"/providers/{provider_id}/recognition", {"valid_from": today})
        return provider_id

    def appoint_reviewer(self, centre_id: str | None = None) -> Person:
        """Employ somebody and let him review."""
        person = self.employ(Role.REVIEWER, centre_id=centre_id)
        expertise = {"fields": ["0713"], "highest_level": 7, "years_of_practice": 9, "category": "academic"}
        self.administrator.post("/reviewers", {"person_id": person.id} | expertise)
        self.administrator.put(f"/reviewers/{person.id}/eligibility", {})
        return person

    def settle(self) -> None:
        """Let the worker do what has become due."""
        settle(self.ledger, load_settings().register_prefix)
        notices.settle(self.ledger)
        # What was told are events too: nobody is left behind.
        settle(self.ledger, load_settings().register_prefix)

    def run_jobs(self) -> None:
        """Do what the worker does by the clock, and settle what follows."""
        lease = Lease(self.ledger.engine, LEADER, "tests", seconds=600)
        assert lease.acquire()
        for job in jobs_of(load_settings(), self.clock).values():
            job(self.ledger, lease)
        self.settle()


@contextmanager
def open_agency(database: Database) -> Iterator[Agency]:
    """Give an agency on a fresh database; its first administrator comes from the command line, as everywhere."""
    clock = Clock()
    with whole_ledger(database, clock=clock) as ledger:
        app = create_app(load_settings(), ledger=ledger)
        agency = Agency(ledger, app, _first_administrator(ledger, app), clock)
        agency.administrator.put(STANDARD, {"text": TEXT})
        agency.administrator.put(f"{STANDARD}/force", {"from": clock().date().isoformat()})
        yield agency


def _first_administrator(ledger: Ledger, app: Flask) -> Person:
    person_id, token, now = new_id(), new_token(), ledger.clock()
    ledger.execute_together(
        [
            RegisterPerson(person_id=person_id, **_contact()),
            GrantRole(person_id=person_id, role=Role.ADMINISTRATOR),
            IssueToken(
                person_id=person_id,
                token_id=new_id(),
                digest=token_digest(token) or "",
                label="first",
                scopes=("read", "write"),
                issued_at=now,
                expires_at=now + timedelta(days=365),
            ),
        ],
        actor="system:tests",
    )
    return Person(app.test_client(), person_id, token)


def _contact() -> dict[str, str]:
    return {"name": "Aminah binti Salleh", "email": "aminah@example.org"}


@dataclass(frozen=True)
class Case:
    """A submission under way, and everybody who has to do with it."""

    agency: Agency
    submission_id: str
    officer: Person
    accountable: Person
    stranger: Person
    """An officer of another provider."""
    intake: Person
    secretary: Person
    members: tuple[Person, Person, Person]
    auditor: Person
    reviewers: tuple[Person, Person]
    lead: Person
    reviews: list[str]

    @property
    def address(self) -> str:
        return f"/submissions/{self.submission_id}"


def lodge_case(agency: Agency) -> Case:
    """Bring a course as far as its acceptance."""
    home, other = agency.recognise_provider("Akademi Suria"), agency.recognise_provider("Institut Bayu")
    officer = agency.employ(Role.PROVIDER_OFFICER, provider_id=home)
    drafted = officer.post("/submissions", {"provider_id": home, "route": "SAMC"})
    case = Case(
        agency=agency,
        submission_id=drafted["id"],
        officer=officer,
        accountable=agency.employ(Role.ACCOUNTABLE_OFFICER, provider_id=home),
        stranger=agency.employ(Role.PROVIDER_OFFICER, Role.ACCOUNTABLE_OFFICER, provider_id=other),
        intake=agency.employ(Role.INTAKE_OFFICER),
        secretary=agency.employ(Role.COMMITTEE_SECRETARY),
        members=(
            agency.employ(Role.COMMITTEE_MEMBER),
            agency.employ(Role.COMMITTEE_MEMBER),
            agency.employ(Role.COMMITTEE_MEMBER),
        ),
        auditor=agency.employ(Role.AUDITOR),
        reviewers=(agency.appoint_reviewer(), agency.appoint_reviewer()),
        lead=agency.employ(Role.LEAD_REVIEWER),
        reviews=[],
    )
    officer.patch(f"{case.address}/content", msgspec.to_builtins(COMPLETE))
    for subject in sorted(PEOPLE):
        details = {"capacity": "instructor", "name": "Rahim bin Osman", "email": "rahim@example.org"}
        officer.put(f"{case.address}/people/{subject}", details)
    case.accountable.put(f"{case.address}/lodgement", {"text_version": "2026-1"})
    return case


def seat_panel(case: Case) -> None:
    """Accept the submission, and give both seats and the lead."""
    case.intake.put(f"{case.address}/acceptance", {})
    case.agency.settle()
    panel = f"/panels/{case.submission_id}"
    for seat, reviewer in enumerate(case.reviewers, start=1):
        wanted = {"reviewer_id": reviewer.id, "reasons": ["Field 0713"]}
        case.reviews.append(case.secretary.put(f"{panel}/seats/{seat}", wanted)["id"])
    case.secretary.put(f"{panel}/lead", {"lead_id": case.lead.id})
    case.agency.settle()


def pass_gate(case: Case, seat: int) -> None:
    """Declare that nothing ties the reviewer of a seat to the case."""
    declaration = {"categories": [], "undertaking": "2026-1"}
    case.reviewers[seat].put(f"/reviews/{case.reviews[seat]}/interests", declaration)


def score(case: Case, seat: int, given: int = 3, **differently: int) -> None:
    """Score every criterion in words that nobody else may read."""
    scores = [
        {
            "criterion": criterion,
            "score": differently.get(criterion, given),
            "comment": f"Words of seat {seat} on {criterion}: canary-comment-{seat}.",
            "private_note": f"canary-note-{seat}",
            "confidence": "high",
            "evidence": [{"field": "outcomes", "note": f"canary-pointer-{seat}"}],
        }
        for criterion in criteria(case)
    ]
    case.reviewers[seat].patch(f"/reviews/{case.reviews[seat]}/scores", {"scores": scores})


def criteria(case: Case) -> list[str]:
    """Return the criteria of the standard, in their order."""
    return [criterion["id"] for criterion in case.agency.public.get(STANDARD)["rubric"]["criteria"]]


def lock(case: Case, seat: int) -> None:
    """Lock the review of a seat."""
    case.reviewers[seat].put(f"/reviews/{case.reviews[seat]}/lock")
    case.agency.settle()


def table(case: Case) -> str:
    """Put the submission on the agenda of a meeting today that the first member chairs; return its id."""
    members = [member.id for member in case.members]
    today = case.agency.ledger.clock().date().isoformat()
    called = {"held_on": today, "chair_id": members[0], "members": members}
    meeting_id: str = case.secretary.post("/meetings", called)["id"]
    case.secretary.put(f"/meetings/{meeting_id}/items/{case.submission_id}")
    return meeting_id


def vote(case: Case, code: str, *against: Person) -> None:
    """Put a motion, and let every member vote for it but those who are against it."""
    decision = f"/decisions/{case.submission_id}"
    case.secretary.put(f"{decision}/motion", {"code": code})
    for member in case.members:
        member.put(f"{decision}/votes/{member.id}", {"vote": "against" if member in against else "for"})


def decide(case: Case, code: str, **given: Any) -> None:
    """Table the submission, vote, take the decision, and let the chair sign it."""
    table(case)
    vote(case, code)
    decision = f"/decisions/{case.submission_id}"
    case.secretary.put(decision, {"code": code, **given})
    case.members[0].put(f"{decision}/signature")
