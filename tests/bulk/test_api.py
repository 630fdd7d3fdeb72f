"""One step for many cases: shown first, done as one, taken back as one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from werkzeug.test import TestResponse

from qa_platform.bulk.acts import ACTS
from qa_platform.bulk.api import batches_api
from qa_platform.kernel.roles import Role
from qa_platform.ledger.ledger import Ledger
from qa_platform.notices.commands import ComposeNotice
from qa_platform.panels.decider import panel_decider
from qa_platform.reviewers.commands import DeclareEligible
from qa_platform.scheduling.undone import undone_by
from qa_platform.submissions.api import submissions_api
from qa_platform.web.application import assemble
from qa_platform.web.context import Platform
from qa_platform.web.permissions import PERMISSIONS
from tests.panels.factories import OpenPanelFactory
from tests.query_count import counted_queries
from tests.reviewers.factories import RegisterReviewerFactory
from tests.submissions.conftest import SpelledTokens
from tests.submissions.factories import (
    COMPLETE,
    PEOPLE,
    ChangeContentFactory,
    DraftSubmissionFactory,
    LodgeSubmissionFactory,
    NamePersonFactory,
    patch_of,
)
from tests.usual import DEADLINES, STANDARD_ID
from tests.whole import whole_ledger

Ask = Callable[..., TestResponse]
CASES = [f"01930000-0000-7000-8000-00000000000{number}" for number in range(1, 4)]
RETURN = {"act": "return", "remark": "The form was the old one."}
WHY = {"reason": "The old form is good until January."}


@pytest.fixture
def ledger(database) -> Iterator[Ledger]:
    with whole_ledger(database) as ledger:
        yield ledger


@pytest.fixture
def cases(ledger) -> list[str]:
    """Lodge three courses."""
    for number, case in enumerate(CASES):
        ledger.execute_together(
            [
                DraftSubmissionFactory(submission_id=case, course_id=f"course-{number}"),
                ChangeContentFactory(submission_id=case, content=patch_of(COMPLETE)),
                *(NamePersonFactory(submission_id=case, subject=subject) for subject in sorted(PEOPLE)),
                LodgeSubmissionFactory(submission_id=case),
            ],
            actor="accountable_officer:test",
        )
    return CASES


@pytest.fixture
def ask(ledger) -> Ask:
    """Give somebody who asks in a role; an intake officer unless another is named."""
    platform = Platform(
        ledger=ledger,
        authenticator=SpelledTokens(),
        permissions=PERMISSIONS,
        zone=ZoneInfo("Asia/Kuala_Lumpur"),
        standard_id=STANDARD_ID,
        deadlines=DEADLINES,
        undone=lambda recorded, viewer: undone_by(ledger, recorded, viewer),
    )
    client = assemble(platform, (batches_api, submissions_api)).test_client()

    def send(
        method: str, path: str, body: Any = None, *, role: Role = Role.INTAKE_OFFICER, **more: str
    ) -> TestResponse:
        headers = {"Authorization": f"Bearer {role}|somebody|none"} | {
            name.replace("_", "-"): text for name, text in more.items()
        }
        return client.open(f"/api/v1{path}", method=method, json=body, headers=headers)

    return send


def items(*cases: str) -> dict[str, Any]:
    return {"items": [{"id": one} for one in cases]}


def statuses(ask: Ask) -> list[str]:
    return [ask("GET", f"/submissions/{one}").json["status"] for one in CASES]


def returned(ask: Ask) -> str:
    answer = ask("POST", "/batches", RETURN | items(*CASES))
    assert answer.status_code == 201, answer.text
    return str(answer.json["id"])


def test_an_act_is_shown_before_it_is_done(ask, cases):
    ask("PUT", f"/submissions/{cases[1]}/return", {"remark": "Say more."})

    shown = ask("POST", "/batches/preview", RETURN | items(*cases, "nothing")).json

    assert (shown["number"], [one["subject"] for one in shown["ready"]]) == (2, [cases[0], cases[2]])
    assert shown["ready"][0]["title"] == "Solar Panel Maintenance"
    assert [one["subject"] for one in shown["left_out"]] == [cases[1], "nothing"]
    assert "it is returned. Only what is lodged can be." in shown["left_out"][0]["why"]
    assert statuses(ask) == ["lodged", "returned", "lodged"]


def test_nothing_is_done_where_one_case_does_not_allow_it_unless_it_is_left_out(ask, cases):
    ask("PUT", f"/submissions/{cases[1]}/return", {"remark": "Say more."})

    refused = ask("POST", "/batches", RETURN | items(*cases))
    assert (refused.status_code, "one case does not allow it" in refused.text) == (409, True)
    assert statuses(ask) == ["lodged", "returned", "lodged"]

    done = ask("POST", "/batches", RETURN | items(*cases) | {"leave_out": True})
    assert done.status_code == 201
    assert statuses(ask) == ["returned"] * 3
    shown = ask("GET", f"/batches/{done.json['id']}").json
    assert [one["subject"] for one in shown["items"]] == [cases[0], cases[2]]
    assert [one["subject"] for one in shown["left_out"]] == [cases[1]]


def test_an_act_is_taken_back_as_one(ask, cases):
    batch = returned(ask)
    assert ask("GET", f"/batches/{batch}/reversal").json["number"] == 3

    answer = ask("PUT", f"/batches/{batch}/reversal", WHY)

    assert answer.json["events"] == ["batch.taken_back.v1", *["submission.step_taken_back.v1"] * 3]
    assert [one["step"] for one in answer.json["undone"]] == ["submission.returned.v1"] * 3
    assert statuses(ask) == ["lodged"] * 3
    shown = ask("GET", f"/batches/{batch}").json
    assert (shown["status"], shown["standing"], shown["reason"]) == ("taken_back", [], WHY["reason"])
    again = ask("PUT", f"/batches/{batch}/reversal", WHY | {"leave_out": True})
    assert (again.status_code, "taken back before" in again.text) == (409, True)


def test_what_no_longer_can_be_taken_back_is_said_case_by_case_and_stays(ask, cases, ledger):
    batch = returned(ask)
    change = ChangeContentFactory(submission_id=cases[0], content=patch_of(COMPLETE))
    ledger.execute_together([change, LodgeSubmissionFactory(submission_id=cases[0])], actor="accountable_officer:test")
    # Taken back by itself, and returned again for another reason: that return is none of the act's.
    ask("PUT", f"/submissions/{cases[1]}/reversal", WHY | {"step": "return"})
    ask("PUT", f"/submissions/{cases[1]}/return", {"remark": "Say more."})

    refused = ask("PUT", f"/batches/{batch}/reversal", WHY)
    assert (refused.status_code, "2 cases do not allow it" in refused.text) == (409, True)
    done = ask("PUT", f"/batches/{batch}/reversal", WHY | {"leave_out": True})

    assert done.status_code == 200
    assert statuses(ask) == ["lodged", "returned", "lodged"]
    shown = ask("GET", f"/batches/{batch}").json
    why = {one["subject"]: one["why"] for one in shown["stayed"]}
    assert (shown["status"], shown["standing"]) == ("partly_taken_back", [cases[0], cases[1]])
    assert "other steps have followed" in why[cases[0]]
    assert "more has happened to the case since" in why[cases[1]]


def test_a_request_that_comes_twice_does_the_act_once(ask, cases):
    answers = [ask("POST", "/batches", RETURN | items(*cases), Idempotency_Key="once").json for _ in range(2)]

    assert answers[0] == answers[1]
    assert len(ask("GET", "/batches").json["items"]) == 1


def test_more_time_is_given_to_many_and_taken_back(ask, cases):
    returned(ask)
    extension = {"act": "extend", "remark": "The platform was down."}

    batch = ask("POST", "/batches", extension | items(*cases)).json["id"]
    assert {ask("GET", f"/submissions/{one}").json["return_extended"] for one in cases} == {True}
    assert ask("PUT", f"/batches/{batch}/reversal", WHY).status_code == 200
    assert {ask("GET", f"/submissions/{one}").json["return_extended"] for one in cases} == {False}


def test_each_office_does_and_sees_its_own_acts(ask, cases):
    secretary = {"role": Role.COMMITTEE_SECRETARY}
    batch = returned(ask)

    refused = ask("POST", "/batches", RETURN | items(*cases), **secretary)
    assert (refused.status_code, "not for your office" in refused.text) == (409, True)
    assert ask("GET", "/batches", **secretary).json["items"] == []
    assert ask("GET", f"/batches/{batch}", **secretary).status_code == 404
    assert ask("PUT", f"/batches/{batch}/reversal", WHY, **secretary).status_code == 404
    assert [one["batch_id"] for one in ask("GET", "/batches", role=Role.AUDITOR).json["items"]] == [batch]


def test_what_is_wrong_in_shape_is_refused(ask, cases):
    assert ask("POST", "/batches", {"act": "return"} | items(*cases)).status_code == 422
    assert ask("POST", "/batches", RETURN | items(cases[0], cases[0])).status_code == 422
    assert ask("POST", "/batches", RETURN | items()).status_code == 422
    assert ask("POST", "/batches", RETURN | {"act": "burn"} | items(*cases)).status_code == 422


def test_reviewers_are_assigned_to_many_panels_and_stood_down_again(ask, cases, ledger):
    reviewer = "01930000-0000-7000-8000-0000000000e1"
    eligible = DeclareEligible(person_id=reviewer, eligible_from=date(2026, 1, 1))
    ledger.execute_together([RegisterReviewerFactory(person_id=reviewer), eligible], actor="administrator:test")
    for case in cases[:2]:
        ledger.execute(OpenPanelFactory(submission_id=case), actor="system:test")
    seats = [{"id": one, "seat": 1, "reviewer_id": reviewer} for one in cases]
    wanted = {"act": "assign", "remark": "Field 0714", "items": seats}

    shown = ask("POST", "/batches/preview", wanted).json
    assert ([one["about"] for one in shown["ready"]], len(shown["left_out"])) == (cases[:2], 1)
    batch = ask("POST", "/batches", wanted | {"leave_out": True}).json["id"]
    seated = [ledger.state(panel_decider, f"panel-{case}")[0].seated for case in cases[:2]]
    assert [one[1].reviewer_id for one in seated] == [reviewer, reviewer]

    answer = ask("PUT", f"/batches/{batch}/reversal", WHY)

    assert answer.json["events"] == ["batch.taken_back.v1", *["panel.reviewer_stood_down.v1"] * 2]
    assert ledger.state(panel_decider, f"panel-{cases[0]}")[0].seated == {}


def test_letters_are_released_together_and_then_for_good(ask, ledger):
    letters = ["letter-1", "letter-2"]
    ledger.execute_together(
        [
            ComposeNotice(
                notice_id=f"notice-{one}",
                letter_id=one,
                kind="submission_closed",
                person_id="somebody",
                cause_id="cause",
                role=Role.PROVIDER_OFFICER,
            )
            for one in letters
        ],
        actor="system:tests",
    )

    answer = ask("POST", "/batches", {"act": "release_letters"} | items(*letters))

    assert answer.json["events"] == ["batch.done.v1", "notice.released.v1", "notice.released.v1"]
    refused = ask("PUT", f"/batches/{answer.json['id']}/reversal", WHY)
    assert (refused.status_code, "Propose a correction of each" in refused.text) == (409, True)


def test_a_preview_and_a_list_cost_the_same_for_one_and_for_many(ask, cases, ledger):
    returned(ask)
    ask("POST", "/batches", {"act": "extend", "remark": "The platform was down."} | items(*cases))

    def cost(method: str, path: str, body: Any = None) -> int:
        ask(method, path, body)
        with counted_queries(ledger.engine) as sent:
            assert ask(method, path, body).status_code == 200
        return len(sent)

    one, many = ({"act": "return", "remark": "Again."} | items(*some) for some in (cases[:1], cases))
    assert cost("POST", "/batches/preview", one) == cost("POST", "/batches/preview", many)
    assert cost("GET", "/batches?limit=1") == cost("GET", "/batches?limit=2")


def test_every_act_is_taken_back_or_says_why_not():
    for act in ACTS.values():
        assert (act.reverse is None) == bool(act.final)
