"""People who try everything: legal and illegal requests over whole journeys, with days going by.

A step either follows the process or is drawn at random: anybody may ask anything about anything.
Whatever comes of it, an answer is yes or a refusal in a sentence, and no invariant breaks.
"""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from qa_platform.app import ALL_DECIDERS
from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.invariants.checking import check
from qa_platform.kernel.conflicts import CATEGORIES
from qa_platform.kernel.roles import Role
from tests import servers
from tests.journeys.agency import Agency, Person, open_agency
from tests.submissions.factories import COMPLETE, PEOPLE

_REFUSED = range(400, 500)
CONTENT = msgspec.to_builtins(COMPLETE)
PERSON = {"capacity": "instructor", "name": "Rahim bin Osman", "email": "rahim@example.org"}
CRITERIA = tuple(f"{area}{number}" for area in "ABCDEFG" for number in range(1, 7))
BANDS = {"approve": "APP", "approve_with_conditions": "APP-C"}


@dataclass
class Desks:
    """Everybody who asks, by what he is, and what there is to ask about."""

    people: dict[str, Person] = field(default_factory=dict)
    reviewers: list[Person] = field(default_factory=list)
    members: list[Person] = field(default_factory=list)
    providers: list[str] = field(default_factory=list)
    cases: list[str] = field(default_factory=list)

    @property
    def everybody(self) -> list[Person]:
        """Return all who have a desk."""
        return [*self.people.values(), *self.reviewers, *self.members]


@dataclass(frozen=True)
class Act:
    """Something to ask for; the names in braces are drawn."""

    who: str
    method: str
    path: str
    body: st.SearchStrategy[Any] = field(default_factory=st.none)


_DAYS = st.integers(-3, 40)
_WORDS = st.sampled_from(["It is as it is.", "", "The sample shows it."])
_SCORE = st.fixed_dictionaries(
    {
        "score": st.sampled_from([None, 0, 1, 2, 3, 4, 5]),
        "comment": _WORDS,
        "confidence": st.sampled_from(["low", "medium", "high"]),
        "evidence": st.just([{"field": "outcomes", "note": "See the table."}]),
    }
)
_TIES = st.lists(st.sampled_from(sorted(CATEGORIES)), max_size=2)

ACTS = (
    Act("officer", "PATCH", "/submissions/{case}/content", st.sampled_from([CONTENT, {"title_en": "Weaving"}, {}])),
    Act("accountable", "PUT", "/submissions/{case}/lodgement", st.just({"text_version": "2026-1"})),
    Act("intake", "PUT", "/submissions/{case}/acceptance", st.just({})),
    Act("intake", "PUT", "/submissions/{case}/return", st.just({"faults": [{"field": "title_en", "message": "No."}]})),
    Act("intake", "PUT", "/submissions/{case}/return/extension", st.just({"reason": "They asked for it."})),
    Act("intake", "PUT", "/submissions/{case}/closure", st.just({"ground": "excluded_type"})),
    Act("officer", "PUT", "/submissions/{case}/withdrawal", st.just({})),
    Act(
        "secretary", "PUT", "/panels/{case}/seats/{seat}", st.just({"reviewer_id": "{reviewer}", "reasons": ["Field"]})
    ),
    Act(
        "secretary",
        "PUT",
        "/panels/{case}/seats/{seat}/departure",
        st.fixed_dictionaries({"ground": st.sampled_from(["conflict", "overdue", "officer"])}),
    ),
    Act("secretary", "PUT", "/panels/{case}/lead", st.just({"lead_id": "{lead}"})),
    Act(
        "reviewer",
        "PUT",
        "/reviews/{review}/interests",
        st.builds(lambda ties: {"categories": ties, "undertaking": "2026-1"}, _TIES),
    ),
    Act(
        "secretary",
        "PUT",
        "/reviews/{review}/ruling",
        st.fixed_dictionaries({"ruling": st.sampled_from(["bar", "allow"])}),
    ),
    Act("reviewer", "PUT", "/reviews/{review}/decline", st.just({"reason": "workload"})),
    Act("reviewer", "PUT", "/reviews/{review}/scores/{criterion}", _SCORE),
    Act("reviewer", "PUT", "/reviews/{review}/lock"),
    Act(
        "lead",
        "PUT",
        "/panels/{case}/settlements/{criterion}",
        st.fixed_dictionaries({"score": st.sampled_from([None, 1, 2, 3, 4]), "reason": _WORDS}),
    ),
    Act("lead", "PUT", "/panels/{case}/moderation"),
    Act("secretary", "PUT", "/decisions/{case}/recusals/{member}", st.just({"category": "COL"})),
    Act(
        "secretary",
        "PUT",
        "/decisions/{case}",
        st.fixed_dictionaries(
            {
                "code": st.sampled_from(["APP", "APP-C", "APP-V", "REF", "DEFER", "LIST"]),
                "members": st.sampled_from([["{member}"], ["{members}"]]),
                "departure_reason": st.sampled_from([None, "The committee saw more."]),
                "grounds": st.sampled_from([[], [{"area": "A", "text": "It falls short."}]]),
            }
        ),
    ),
    Act("secretary", "PUT", "/decisions/{case}/release", st.just({})),
    Act("secretary", "DELETE", "/decisions/{case}/recusals/{member}?reason=no_tie"),
    Act("secretary", "PUT", "/meetings/{meeting}/items/{case}"),
    Act("secretary", "DELETE", "/meetings/{meeting}/items/{case}?reason=Postponed."),
    Act("secretary", "PUT", "/decisions/{case}/chair", st.just({"member_id": "{member}"})),
    Act(
        "secretary",
        "PUT",
        "/decisions/{case}/motion",
        st.fixed_dictionaries({"code": st.sampled_from(["APP", "APP-C", "APP-V", "REF", "DEFER", "LIST"])}),
    ),
    Act(
        "secretary",
        "PUT",
        "/decisions/{case}/votes/{member}",
        st.fixed_dictionaries({"vote": st.sampled_from(["for", "for", "against", "abstain"])}),
    ),
    Act("secretary", "DELETE", "/decisions/{case}/votes/{member}"),
    Act("secretary", "PUT", "/decisions/{case}/casting-vote/{member}", st.just({"vote": "for"})),
    Act("member", "PUT", "/decisions/{case}/signature"),
    Act("secretary", "PUT", "/decisions/{case}/rescission", st.just({"reason": "A ground is missing."})),
    Act("officer", "PUT", "/decisions/{case}/evidence", st.just({"answers": [{"wanted": 0, "text": "Here it is."}]})),
    Act(
        "secretary",
        "PUT",
        "/decisions/{case}/variation",
        st.fixed_dictionaries({"level": st.sampled_from([2, 3]), "reason": st.just("It is easier than claimed.")}),
    ),
    Act("registrar", "PUT", "/providers/{provider}/suspension", st.just({"reason": "Complaints are looked into."})),
    Act("registrar", "DELETE", "/providers/{provider}/suspension", st.just({"reason": "They were unfounded."})),
    Act("administrator", "PUT", "/reviewers/{reviewer}/pause"),
    Act("administrator", "DELETE", "/reviewers/{reviewer}/pause"),
)


class Wandering(RuleBasedStateMachine):
    """An agency whose people do now what comes next, now anything at all."""

    steps_taken = 0

    def __init__(self) -> None:
        """Open an agency on a database of its own."""
        super().__init__()
        self._open = ExitStack()
        database = self._open.enter_context(servers.fresh_database())
        self.agency: Agency = self._open.enter_context(open_agency(database))
        self.desks = Desks()

    @initialize()
    def employ(self) -> None:
        """Fill the desks, and draft two courses of two providers."""
        agency, desks = self.agency, self.desks
        desks.providers = [agency.recognise_provider("Akademi Suria"), agency.recognise_provider("Institut Bayu")]
        home, other = desks.providers
        desks.people = {
            "officer": agency.employ(Role.PROVIDER_OFFICER, provider_id=home),
            "accountable": agency.employ(Role.ACCOUNTABLE_OFFICER, provider_id=home),
            "stranger": agency.employ(Role.PROVIDER_OFFICER, Role.ACCOUNTABLE_OFFICER, provider_id=other),
            "intake": agency.employ(Role.INTAKE_OFFICER),
            "secretary": agency.employ(Role.COMMITTEE_SECRETARY),
            "registrar": agency.employ(Role.REGISTER_OFFICER),
            "lead": agency.employ(Role.LEAD_REVIEWER),
            "auditor": agency.employ(Role.AUDITOR),
            "administrator": agency.administrator,
        }
        desks.reviewers = [agency.appoint_reviewer() for _ in range(3)]
        desks.members = [agency.employ(Role.COMMITTEE_MEMBER) for _ in range(4)]
        for officer, provider in ((desks.people["officer"], home), (desks.people["stranger"], other)):
            case = officer.post("/submissions", {"provider_id": provider, "route": "SAMC"})["id"]
            desks.cases.append(case)
            officer.patch(f"/submissions/{case}/content", CONTENT)
            for subject in sorted(PEOPLE):
                officer.put(f"/submissions/{case}/people/{subject}", PERSON)

    @rule(choices=st.data(), times=st.integers(1, 4))
    def do_anything(self, choices: st.DataObject, times: int) -> None:
        """Let somebody ask for something, mostly who may; a few times over."""
        for _ in range(times):
            self._do_one_thing(choices)

    def _do_one_thing(self, choices: st.DataObject) -> None:
        act = choices.draw(st.sampled_from(ACTS), "act")
        usual = choices.draw(st.integers(0, 9), "usual") < 8
        person = self._desk(act.who, choices) if usual else choices.draw(st.sampled_from(self.desks.everybody), "who")
        drawn = self._drawn(choices)
        path = act.path.format(**{name: value for name, value in drawn.items() if isinstance(value, str)})
        self._ask(person, act.method, path, _filled(choices.draw(act.body, "body"), drawn))
        if choices.draw(st.booleans(), "settled"):
            self.agency.settle()

    @rule(case=st.sampled_from([0, 0, 1]), score=st.sampled_from([3, 3, 4, 2]), times=st.integers(1, 3))
    def do_what_comes_next(self, case: int, score: int, times: int) -> None:
        """Carry a case a few steps on, as its people would."""
        for _ in range(times):
            self._do_next(case, score)

    def _do_next(self, case: int, score: int) -> None:
        submission_id = self.desks.cases[case]
        officer = self.desks.people["officer" if case == 0 else "stranger"]
        status = officer.get(f"/submissions/{submission_id}")["status"]
        match status:
            case "draft" | "returned":
                signatory = self.desks.people["accountable" if case == 0 else "stranger"]
                self._ask(signatory, "PUT", f"/submissions/{submission_id}/lodgement", {"text_version": "2026-1"})
            case "lodged":
                self._ask(self.desks.people["intake"], "PUT", f"/submissions/{submission_id}/acceptance", {})
                self.agency.settle()
            case "accepted":
                self._carry_on(submission_id, score)

    @rule(days=st.sampled_from([1, 3, 11, 40]))
    def let_days_go_by(self, days: int) -> None:
        """Let time pass, and the worker do what has become due; twice, as after a crash."""
        if self.agency.clock().year > 2026 and self.agency.clock().month > 9:
            return
        self.agency.clock.pass_days(days)
        self.agency.run_jobs()
        self.agency.run_jobs()

    def teardown(self) -> None:
        """Whatever was done: all that must hold holds."""
        try:
            if self.desks.cases:
                self.agency.settle()
                checked = check(self.agency.ledger, INVARIANTS, ALL_DECIDERS)
                broken = [one for one in checked.findings if one.violations or one.trouble]
                assert not broken, broken
        finally:
            self._open.close()

    def _carry_on(self, case: str, score: int) -> None:
        secretary, lead = self.desks.people["secretary"], self.desks.people["lead"]
        panel = secretary.ask("GET", f"/panels/{case}", None, None, {})
        if panel.status_code != 200:
            self.agency.settle()
            return
        seated = {seat["seat"]: seat for seat in panel.json["seated"]}
        match panel.json["status"]:
            case "seating":
                for seat in (1, 2):
                    if seat not in seated:
                        reviewer = self.desks.reviewers[seat].id
                        wanted = {"reviewer_id": reviewer, "reasons": ["Field 0713"]}
                        self._ask(secretary, "PUT", f"/panels/{case}/seats/{seat}", wanted)
                        self._ask(secretary, "PUT", f"/panels/{case}/lead", {"lead_id": lead.id})
                        self.agency.settle()
                        return
                for seat in seated.values():
                    self._review(seat["review_id"], seat["reviewer_id"], score)
            case "scored":
                self._moderate(case)
            case _:
                self._decide(case)

    def _review(self, review_id: str, reviewer_id: str, score: int) -> None:
        reviewer = next((one for one in self.desks.reviewers if one.id == reviewer_id), None)
        if reviewer is None:
            return
        status = reviewer.get(f"/reviews/{review_id}")["status"]
        if status == "invited":
            self._ask(reviewer, "PUT", f"/reviews/{review_id}/interests", {"categories": [], "undertaking": "2026-1"})
        elif status == "conflict_pending":
            self._ask(self.desks.people["secretary"], "PUT", f"/reviews/{review_id}/ruling", {"ruling": "allow"})
        elif status == "cleared":
            standard = self.agency.public.get("/standards/nmcs/versions/0.1.0")
            scores = [
                {
                    "criterion": one["id"],
                    "score": score,
                    "comment": "It is shown.",
                    "confidence": "high",
                    "evidence": [{"field": "outcomes", "note": "Table."}],
                }
                for one in standard["rubric"]["criteria"]
            ]
            self._ask(reviewer, "PATCH", f"/reviews/{review_id}/scores", {"scores": scores})
            self._ask(reviewer, "PUT", f"/reviews/{review_id}/lock", None)
        self.agency.settle()

    def _moderate(self, case: str) -> None:
        lead = self.desks.people["lead"]
        found = lead.ask("GET", f"/panels/{case}/moderation", None, None, {})
        if found.status_code == 200 and found.json["triggers"]:
            for trigger in found.json["triggers"]:
                if trigger["criterion"] is not None:
                    settled = {"score": 3, "reason": "Agreed upon."}
                    self._ask(lead, "PUT", f"/panels/{case}/settlements/{trigger['criterion']}", settled)
            self._ask(lead, "PUT", f"/panels/{case}/moderation", None)
            self.agency.settle()
            return
        self._decide(case)

    def _decide(self, case: str) -> None:
        secretary = self.desks.people["secretary"]
        outcome = secretary.ask("GET", f"/decisions/{case}/outcome", None, None, {})
        if outcome.status_code != 200:
            return
        taken = {
            "code": BANDS.get(outcome.json["band"], "REF"),
            "grounds": [{"area": "A", "text": "It falls short."}],
        }
        if taken["code"] == "APP-C":
            due = (self.agency.clock() + timedelta(days=90)).date().isoformat()
            condition = {"severity": "minor", "text": "Show the samples.", "due_on": due, "checked_by": "officer"}
            taken["conditions"] = [condition]
        members = self.desks.members[:3]
        self._vote(case, taken["code"], members)
        self._ask(secretary, "PUT", f"/decisions/{case}", taken)
        self._ask(members[0], "PUT", f"/decisions/{case}/signature", None)
        self._ask(secretary, "PUT", f"/decisions/{case}/release", {})
        self.agency.settle()

    def _vote(self, case: str, code: str, members: list[Person]) -> None:
        secretary = self.desks.people["secretary"]
        sitting = [member.id for member in members]
        called = {"held_on": self.agency.clock().date().isoformat(), "chair_id": sitting[0], "members": sitting}
        meeting = secretary.ask("POST", "/meetings", called, None, {})
        if meeting.status_code == 201:
            self._ask(secretary, "PUT", f"/meetings/{meeting.json['id']}/items/{case}", None)
        self._ask(secretary, "PUT", f"/decisions/{case}/motion", {"code": code})
        for member in members:
            self._ask(member, "PUT", f"/decisions/{case}/votes/{member.id}", {"vote": "for"})

    def _ask(self, person: Person, method: str, path: str, body: Any) -> None:
        answer = person.ask(method, path, body, None, {})
        if answer.status_code < 300:
            Wandering.steps_taken += 1
            return
        assert answer.status_code in _REFUSED, f"{method} {path}: {answer.status_code} {answer.text}"
        assert answer.json["detail"].rstrip().endswith((".", "”", "!", "?")), answer.text

    def _desk(self, who: str, choices: st.DataObject) -> Person:
        if who == "reviewer":
            return choices.draw(st.sampled_from(self.desks.reviewers), "reviewer")
        if who == "member":
            return choices.draw(st.sampled_from(self.desks.members), "member")
        return self.desks.people[who]

    def _drawn(self, choices: st.DataObject) -> dict[str, Any]:
        reviews = self.desks.people["secretary"].get("/reviews")["items"]
        meetings = self.desks.people["secretary"].get("/meetings")["items"]
        members = [one.id for one in self.desks.members]
        return {
            "case": choices.draw(st.sampled_from([*self.desks.cases, self.desks.cases[0]]), "case"),
            "provider": choices.draw(st.sampled_from(self.desks.providers), "provider"),
            "reviewer": choices.draw(st.sampled_from([one.id for one in self.desks.reviewers]), "seat whom"),
            "review": choices.draw(st.sampled_from([one["review_id"] for one in reviews] or ["none"]), "review"),
            "seat": str(choices.draw(st.integers(1, 3), "seat")),
            "criterion": choices.draw(st.sampled_from(CRITERIA), "criterion"),
            "lead": self.desks.people["lead"].id,
            "meeting": choices.draw(st.sampled_from([one["meeting_id"] for one in meetings] or ["none"]), "meeting"),
            "member": choices.draw(st.sampled_from(members), "member"),
            "members": members,
        }


def _filled(body: Any, drawn: dict[str, Any]) -> Any:
    """Return a body with what stands in braces replaced by what was drawn."""
    match body:
        case ["{members}"]:
            return drawn["members"]
        case dict():
            return {key: _filled(value, drawn) for key, value in body.items()}
        case list():
            return [_filled(value, drawn) for value in body]
        case str() if body.startswith("{"):
            return drawn[body.strip("{}")]
        case _:
            return body
