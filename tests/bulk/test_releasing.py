"""The release of what a committee decided, as one: shown first, done as one, and never taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace
from werkzeug.test import TestResponse

from qa_platform.bulk.api import NotAsShown, batches_api
from qa_platform.bulk.asking import Asking, Planned
from qa_platform.bulk.releasing import DECISIONS_STAND, release_decisions
from qa_platform.centres.commands import AssignCase
from qa_platform.decisions.api import decisions_api
from qa_platform.decisions.commands import CountersignDecision, ReleaseDecision, TableItem
from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.ledger import Ledger
from qa_platform.notices.commands import ComposeNotice
from qa_platform.web.application import assemble
from qa_platform.web.context import Platform
from qa_platform.web.permissions import PERMISSIONS
from tests.centres.factories import CENTRE, ApproveCentreFactory, NameCosignerFactory
from tests.centres.factories import OTHER as OTHER_CENTRE
from tests.decisions.factories import (
    MEMBERS,
    SITTING,
    CastVoteFactory,
    ConveneMeetingFactory,
    PutMotionFactory,
    RecuseMemberFactory,
    TableCaseFactory,
    TakeDecisionFactory,
)
from tests.query_count import counted_queries
from tests.submissions.conftest import SpelledTokens
from tests.submissions.factories import (
    COMPLETE,
    PEOPLE,
    PROVIDER,
    AcceptSubmissionFactory,
    ChangeContentFactory,
    DraftSubmissionFactory,
    LodgeSubmissionFactory,
    NamePersonFactory,
    patch_of,
)
from tests.usual import DEADLINES, STANDARD_ID
from tests.whole import whole_ledger

Ask = Callable[..., TestResponse]
FIRST, SECOND, UNSIGNED, UNDECIDED, ELSEWHERE = CASES = [f"case-{number}" for number in range(1, 6)]
MEETING, LATER = "meeting-1", "meeting-2"
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
RECUSED = "secretary-who-knows-them"
OF_MEETING = {"act": "release_decisions", "meeting_id": MEETING}
WHY = {"reason": "The wrong list."}


def accepted(case: str) -> list[Command]:
    return [
        DraftSubmissionFactory(submission_id=case, course_id=f"course of {case}"),
        ChangeContentFactory(submission_id=case, content=patch_of(COMPLETE)),
        *(NamePersonFactory(submission_id=case, subject=subject) for subject in sorted(PEOPLE)),
        LodgeSubmissionFactory(submission_id=case),
        AcceptSubmissionFactory(submission_id=case),
    ]


def tabled(case: str, meeting: str) -> list[Command]:
    item = TableItem(meeting_id=meeting, submission_id=case)
    return [item, TableCaseFactory(submission_id=case, meeting_id=meeting)]


def decided(case: str, meeting: str) -> list[Command]:
    sitting = replace(SITTING, meeting_id=meeting)
    return [
        PutMotionFactory(submission_id=case, sitting=sitting, motion_id=f"motion on {case}"),
        *(CastVoteFactory(submission_id=case, sitting=sitting, member_id=member) for member in MEMBERS),
        TakeDecisionFactory(submission_id=case, sitting=sitting, decision_id=f"decision on {case}"),
    ]


def signed(case: str) -> Command:
    decision = f"decision on {case}"
    return CountersignDecision(
        submission_id=case, decision_id=decision, member_id=MEMBERS[0], signed_on=date(2026, 11, 24)
    )


@pytest.fixture
def ledger(database) -> Iterator[Ledger]:
    """Bring five cases before the committee: two are signed, one is not, one is open, one was in another meeting."""
    with whole_ledger(database, clock=lambda: NOON) as ledger:
        commands: list[Command] = [ConveneMeetingFactory(meeting_id=one) for one in (MEETING, LATER)]
        for case in CASES:
            meeting = LATER if case == ELSEWHERE else MEETING
            commands += [*accepted(case), *tabled(case, meeting)]
            if case == FIRST:
                commands.append(RecuseMemberFactory(submission_id=FIRST, member_id=RECUSED))
            if case != UNDECIDED:
                commands += decided(case, meeting)
            if case in {FIRST, SECOND, ELSEWHERE}:
                commands.append(signed(case))
        # It was deferred there, and decided later.
        commands.append(TableItem(meeting_id=MEETING, submission_id=ELSEWHERE))
        ledger.execute_together(commands, actor="system:tests")
        yield ledger


@pytest.fixture
def ask(ledger) -> Ask:
    """Give somebody who asks; a committee secretary unless another role is named."""
    platform = Platform(
        ledger=ledger,
        authenticator=SpelledTokens(),
        permissions=PERMISSIONS,
        zone=ZoneInfo("Asia/Kuala_Lumpur"),
        standard_id=STANDARD_ID,
        deadlines=DEADLINES,
    )
    client = assemble(platform, (batches_api, decisions_api)).test_client()

    def send(
        method: str,
        path: str,
        body: Any = None,
        *,
        role: Role = Role.COMMITTEE_SECRETARY,
        person: str = "secretary-1",
        **more: str,
    ) -> TestResponse:
        headers = {"Authorization": f"Bearer {role}|{person}|{PROVIDER}"} | {
            name.replace("_", "-"): text for name, text in more.items()
        }
        return client.open(f"/api/v1{path}", method=method, json=body, headers=headers)

    return send


def named(*cases: str) -> dict[str, Any]:
    return {"act": "release_decisions", "items": [{"id": one} for one in cases]}


def subjects(shown: list[dict[str, Any]]) -> list[str]:
    return [one["subject"] for one in shown]


def stages(ask: Ask) -> list[str]:
    return [ask("GET", f"/decisions/{case}").json["stage"] for case in CASES]


def test_what_a_meeting_decided_is_shown_with_what_cannot_be_released_and_that_it_is_for_good(ask):
    shown = ask("POST", "/batches/preview", OF_MEETING).json

    assert (shown["number"], subjects(shown["ready"])) == (2, [FIRST, SECOND])
    assert shown["ready"][0]["title"] == "Solar Panel Maintenance"
    assert subjects(shown["left_out"]) == [UNSIGNED]
    assert "one person alone has recorded it" in shown["left_out"][0]["why"]
    assert shown["final"] == DECISIONS_STAND
    assert stages(ask) == ["decided", "decided", "decided", "tabled", "decided"]


def test_what_was_shown_of_a_meeting_is_released_as_one_and_never_taken_back(ask):
    refused = ask("POST", "/batches", OF_MEETING | {"number": 2})
    assert (refused.status_code, "one case does not allow it" in refused.text) == (409, True)
    done = ask("POST", "/batches", OF_MEETING | {"number": 2, "leave_out": True})

    assert done.json["events"] == ["batch.done.v1", *["decision.released.v1", "decision.notified.v1"] * 2]
    assert stages(ask) == ["released", "released", "decided", "tabled", "decided"]
    batch = ask("GET", f"/batches/{done.json['id']}").json
    assert (subjects(batch["items"]), subjects(batch["left_out"])) == ([FIRST, SECOND], [UNSIGNED])
    assert (batch["final"], ask("GET", "/batches").json["items"]) == (DECISIONS_STAND, [batch])
    for method in ("GET", "PUT"):
        refused = ask(method, f"/batches/{done.json['id']}/reversal", WHY if method == "PUT" else None)
        assert (refused.status_code, refused.json["detail"]) == (409, f"Nothing was taken back. {DECISIONS_STAND}")
    # What is proposed instead is what there is for a decision that was released by itself.
    slip = {"part": "grounds", "wrong": "40 hours", "right": "60 hours", "reason": "A slip of the pen."}
    corrected = ask("POST", f"/decisions/{FIRST}/corrections", slip)
    assert corrected.json["events"] == ["decision.corrected.v1"]


def test_a_meeting_whose_list_has_changed_since_it_was_shown_is_looked_at_again(ask, ledger):
    shown = ask("POST", "/batches/preview", OF_MEETING).json["number"]
    ledger.execute(signed(UNSIGNED), actor="system:tests")

    refused = ask("POST", "/batches", OF_MEETING | {"number": shown})

    assert (refused.status_code, "3 cases by now, and not to the 2" in refused.text) == (409, True)
    assert NotAsShown.__doc__ is not None
    assert "released" not in stages(ask)
    assert ask("POST", "/batches", OF_MEETING | {"number": 3}).status_code == 201


def test_a_list_of_cases_is_released_each_for_its_own_reason_or_not(ask, ledger):
    ledger.execute(
        ReleaseDecision(
            submission_id=SECOND,
            submission_status="accepted",
            released_on=date(2026, 11, 24),
            appeal_until=date(2026, 12, 31),
            appeal_calendar_days=30,
        ),
        actor="system:tests",
    )

    shown = ask("POST", "/batches/preview", named(FIRST, SECOND, UNDECIDED, ELSEWHERE, "nothing")).json

    assert subjects(shown["ready"]) == [FIRST, ELSEWHERE]
    why = {one["subject"]: one["why"] for one in shown["left_out"]}
    assert "that was done on 2026-11-24, and it is not undone" in why[SECOND]
    assert "no decision has been taken" in why[UNDECIDED]
    assert why["nothing"] == "There is no case “nothing”. Check its id."


def test_a_longer_time_to_appeal_is_given_to_all_and_a_shorter_one_to_none(ask):
    short = ask("POST", "/batches/preview", named(FIRST, SECOND) | {"appeal_until": "2026-12-01"}).json
    assert (short["number"], len(short["left_out"])) == (0, 2)

    assert ask("POST", "/batches", named(FIRST, SECOND) | {"appeal_until": "2027-01-31"}).status_code == 201
    assert ask("GET", f"/decisions/{FIRST}").json["appeal_until"] == "2027-01-31"


def test_a_release_that_is_asked_for_twice_happens_once(ask, ledger):
    wanted = named(FIRST, SECOND)
    answers = [ask("POST", "/batches", wanted, Idempotency_Key="once").json for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(ask("GET", "/batches").json["items"]) == 1
    again = ask("POST", "/batches", wanted)
    assert (again.status_code, again.text.count("Nothing would change")) == (409, 2)


def test_whoever_is_recused_from_a_case_neither_releases_it_nor_hears_of_its_release(ask):
    shown = ask("POST", "/batches/preview", OF_MEETING, person=RECUSED).json
    assert (shown["number"], subjects(shown["ready"])) == (1, [SECOND])
    assert FIRST not in ask("POST", "/batches/preview", OF_MEETING, person=RECUSED).text
    asked = ask("POST", "/batches/preview", named(FIRST, "nothing"), person=RECUSED).json["left_out"]
    assert asked[0]["why"].replace(FIRST, "X") == asked[1]["why"].replace("nothing", "X")

    both = ask("POST", "/batches", named(FIRST, SECOND)).json["id"]
    [seen] = ask("GET", "/batches", person=RECUSED).json["items"]
    assert (subjects(seen["items"]), seen["standing"]) == ([SECOND], [SECOND])
    assert FIRST not in ask("GET", f"/batches/{both}", person=RECUSED).text


def test_an_act_on_nothing_but_what_one_is_recused_from_is_no_act(ask):
    one = ask("POST", "/batches", named(FIRST)).json["id"]

    assert ask("GET", "/batches", person=RECUSED).json["items"] == []
    gone, never = (ask("GET", f"/batches/{batch}", person=RECUSED) for batch in (one, "nothing"))
    assert (gone.status_code, gone.json["detail"].replace(one, "nothing")) == (404, never.json["detail"])


def test_whoever_is_recused_releases_no_letter_about_the_case_among_others(ask, ledger):
    letter = ComposeNotice(
        notice_id="notice-1",
        letter_id="letter-1",
        kind="submission_closed",
        person_id="somebody",
        cause_id="cause",
        role=Role.PROVIDER_OFFICER,
        about=FIRST,
        releaser=Role.COMMITTEE_SECRETARY,
    )
    ledger.execute(letter, actor="system:tests")
    wanted = {"act": "release_letters", "items": [{"id": "letter-1"}]}

    assert ask("POST", "/batches/preview", wanted).json["number"] == 1
    refused = ask("POST", "/batches/preview", wanted, person=RECUSED)
    assert (refused.json["number"], FIRST in refused.text) == (0, False)


def test_no_other_office_releases_decisions(ask):
    for role in (Role.INTAKE_OFFICER, Role.REGISTER_OFFICER):
        assert ask("POST", "/batches/preview", OF_MEETING, role=role).status_code == 409
    for role in (Role.COMMITTEE_MEMBER, Role.AUDITOR, Role.PROVIDER_OFFICER):
        assert ask("POST", "/batches", OF_MEETING | {"number": 2}, role=role).status_code == 403


def test_a_meeting_that_is_not_there_has_nothing_to_release(ask):
    assert ask("POST", "/batches/preview", OF_MEETING | {"meeting_id": "nothing"}).status_code == 404


def test_a_house_plans_no_release_of_what_is_anothers_or_the_agencys(ledger):
    """Acts on many cases are closed to centres; were they opened, nothing would be told of other houses."""
    ledger.execute_together(
        [
            *(ApproveCentreFactory(centre_id=one) for one in (CENTRE, OTHER_CENTRE)),
            *(
                AssignCase(
                    submission_id=case, centre_id=one, on=date(2026, 11, 24), lodged=True, centre_is_approved=True
                )
                for case, one in ((FIRST, CENTRE), (SECOND, OTHER_CENTRE))
            ),
            # Who signs beside another house reads the decision, and releases nothing.
            NameCosignerFactory(submission_id=SECOND, centre_id=CENTRE, owner_id=OTHER_CENTRE),
        ],
        actor="system:tests",
    )

    def planned(centre: str) -> list[Planned]:
        actor = Actor(
            person_id="secretary-1",
            roles=frozenset({Role.COMMITTEE_SECRETARY}),
            acting_as=Role.COMMITTEE_SECRETARY,
            centres=frozenset({centre}),
        )
        with ledger.reading() as connection:
            said = {"meeting_id": None, "appeal_until": None}
            asking = Asking(
                connection=connection,
                actor=actor,
                on=date(2026, 11, 24),
                deadlines=DEADLINES,
                said=said,
                new_id=str,
            )
            return release_decisions(asking, [{"id": one} for one in (FIRST, SECOND, ELSEWHERE, "nothing")])

    for centre, own in ((CENTRE, FIRST), (OTHER_CENTRE, SECOND)):
        told = {one.subject: (one.title, one.why) for one in planned(centre) if one.subject != own}
        assert told == {
            one: (None, f"There is no case “{one}”. Check its id.")
            for one in (FIRST, SECOND, ELSEWHERE, "nothing")
            if one != own
        }
        assert [one.subject for one in planned(centre) if one.commands] == [own]


def test_a_preview_costs_the_same_for_one_decision_and_for_many(ask, ledger):
    def cost(body: dict[str, Any]) -> int:
        ask("POST", "/batches/preview", body)
        with counted_queries(ledger.engine) as sent:
            assert ask("POST", "/batches/preview", body).status_code == 200
        return len(sent)

    assert cost(named(FIRST)) == cost(named(FIRST, SECOND, ELSEWHERE))
