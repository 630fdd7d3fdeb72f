"""Nobody gets more open cases than he takes, whoever seats him, by hand, by a proposal or together with others."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from threading import Event
from typing import Any

import pytest
import sqlalchemy as sa

from qa_platform.kernel.event import Command
from qa_platform.panels.commands import Candidacy
from qa_platform.panels.decider import ReviewerNotAssignable
from qa_platform.panels.read_model import (
    find_panel,
    find_proposal,
    get_candidacy,
    know,
    rests_on,
    to_assign,
    to_confirm,
    within_caps,
)
from qa_platform.reviewers.commands import ChangeCap, ChangeLanguages, DeclareUnavailable
from tests.panels.factories import (
    AssignReviewerFactory,
    ChangeProposalFactory,
    PanelOpenedFactory,
    PanelProposedFactory,
)
from tests.panels.test_decider import panel as rules
from tests.panels.test_proposing_api import INTAKE, PANEL, TODAY, register
from tests.processes.casework import FIRST, SECOND, Agency
from tests.usual import DEADLINES

OTHER = "/panels/submission-2"
FIT = "0193fac0-0000-7000-8000-0000000000e5"
WANTED = {"reviewer_id": FIRST, "reasons": ["Field 0613"]}


# --- the rules


@pytest.mark.parametrize(
    ("standing", "sentence"),
    [
        ({"open_cases": 4, "cap": 4}, "he has 4 open cases by now, and 4 are the most"),
        ({"away": True}, "he is away on this day"),
        ({"unread": ("ms", "ta")}, "he does not read the language of the material .“ms, ta”"),
        ({"seen": ("REC",)}, "a tie of category REC that the system sees bars him"),
    ],
)
def test_who_does_not_fit_on_the_day_is_seated_neither_by_hand_nor_in_a_proposal(standing, sentence):
    opened = rules.given(PanelOpenedFactory())
    opened.when(AssignReviewerFactory(**standing)).then_rejected(ReviewerNotAssignable, match=sentence)

    candidate = Candidacy(
        reviewer_id="reviewer-3", category="learner", status="eligible", eligible_from=None, interests=(), **standing
    )
    changing = ChangeProposalFactory(candidate=candidate)
    rules.given(PanelOpenedFactory(), PanelProposedFactory()).when(changing).then_rejected(
        ReviewerNotAssignable, match=sentence
    )


# --- what is known on the day


@pytest.fixture
def two_cases(agency) -> Agency:
    """Have two cases with free seats, and one reviewer who takes one case at a time."""
    agency.accept()
    agency.accept("submission-2")
    register(agency, FIRST, SECOND)
    agency.ask(ChangeCap(person_id=FIRST, open_cases=1))
    return agency


def test_who_has_as_many_cases_as_he_takes_gets_no_seat_by_hand(two_cases, desk):
    assert desk.put(f"{PANEL}/seats/1", WANTED, INTAKE).status_code == 200

    refused = desk.put(f"{OTHER}/seats/1", WANTED, INTAKE)

    assert (refused.status_code, refused.json["type"].rsplit(":", 1)[1]) == (409, "reviewer-not-assignable")
    assert "he has 1 open cases by now" in refused.json["detail"]


def test_who_is_away_or_does_not_read_the_material_gets_no_seat_by_hand(two_cases, desk):
    two_cases.ask(
        DeclareUnavailable(person_id=FIRST, period_id="leave", first_day=date(2026, 1, 1), last_day=date(2099, 1, 1)),
        ChangeLanguages(person_id=SECOND, languages=("ta",)),
    )

    away = desk.put(f"{PANEL}/seats/1", WANTED, INTAKE)
    unread = desk.put(f"{PANEL}/seats/1", {**WANTED, "reviewer_id": SECOND}, INTAKE)

    assert "away on this day" in away.json["detail"]
    assert "does not read the language of the material" in unread.json["detail"]


def test_one_act_on_many_cases_gives_nobody_one_too_many(two_cases, desk):
    items = [{"id": f"submission-{number}", "seat": 1, "reviewer_id": FIRST} for number in (1, 2)]
    asked = {"act": "assign", "items": items}

    shown = desk.ask("POST", "/batches/preview", asked, INTAKE, {}).json

    assert shown["number"] == 1
    assert "open cases by now" in shown["left_out"][0]["why"]


def test_a_candidate_is_shown_with_what_keeps_him_from_a_seat(two_cases, desk):
    two_cases.ask(ChangeLanguages(person_id=SECOND, languages=("ta",)))
    register(two_cases, FIT)
    assert desk.put(f"{OTHER}/seats/1", WANTED, INTAKE).status_code == 200

    shown = desk.get(f"{PANEL}/candidates", INTAKE).json

    assert [(one["reviewer_id"], one["fits"]) for one in shown] == [(FIT, True), (FIRST, False), (SECOND, False)]
    assert (shown[1]["open_cases"], shown[1]["cap"]) == (1, 1)
    assert (shown[2]["away"], shown[2]["barred"]) == (False, False)
    assert shown[2]["unread"] != []


# --- two at once


def confirming(agency: Agency) -> Command:
    with agency.ledger.reading() as connection:
        panel, proposal = (find(connection, "submission-1") for find in (find_panel, find_proposal))
        meant = [seat.reviewer_id for seat in proposal.seats]
        return to_confirm(
            know(connection, ["submission-1"], rotation=DEADLINES.rotation), panel, meant, DEADLINES, TODAY
        )


def seating(agency: Agency) -> tuple[Command, Candidacy]:
    with agency.ledger.reading() as connection:
        candidate = get_candidacy(
            connection, find_panel(connection, "submission-2"), FIRST, TODAY, rotation=DEADLINES.rotation
        )
        command = to_assign(candidate, "submission-2", "review-by-hand", 1, reasons=("Field 0613",), on=TODAY)
    return command, candidate


def waits_or_is_done(agency: Agency, other: Future[Any]) -> None:
    """Return once a transaction waits for an advisory lock, or has ended without one."""
    query = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    while not other.done():
        with agency.ledger.engine.connect() as connection:
            if connection.execute(query).scalar_one():
                return
        time.sleep(0.01)


def test_two_officers_at_once_give_nobody_one_case_too_many(two_cases, desk):
    desk.put(f"{PANEL}/proposal", {}, INTAKE)
    # Both have read that he is free before either is done.
    first, (second, candidate) = confirming(two_cases), seating(two_cases)
    counted, go_on = Event(), Event()

    def one(connection: sa.Connection) -> None:
        within_caps([first])(connection)
        counted.set()
        go_on.wait()

    def ask(command: Command, candidates: Any, also: Callable[[sa.Connection], object]) -> Any:
        return two_cases.ledger.execute(command, actor="system:tests", depends_on=rests_on(candidates), also=also)

    with ThreadPoolExecutor(2) as officers:
        confirmation = officers.submit(ask, first, first.candidates, one)
        try:
            assert counted.wait(30)
            by_hand = officers.submit(ask, second, [candidate], within_caps([second]))
            waits_or_is_done(two_cases, by_hand)
        finally:
            go_on.set()

        assert confirmation.result().recorded
        with pytest.raises(ReviewerNotAssignable, match=f"with this “{FIRST}” would have 2 open cases, and 1 are"):
            by_hand.result()
    assert desk.get(OTHER, INTAKE).json["seated"] == []


def test_a_queue_that_is_confirmed_as_one_gives_nobody_one_too_many(two_cases, desk):
    two_cases.ask(ChangeCap(person_id=FIRST, open_cases=2), ChangeCap(person_id=SECOND, open_cases=2))
    made = desk.ask("POST", "/panels/allocations", {}, INTAKE, {}).json["id"]
    two_cases.ask(ChangeCap(person_id=FIRST, open_cases=1))

    refused = desk.put(f"/panels/allocations/{made}/confirmation", {"proposals": 2}, INTAKE)

    assert refused.status_code == 409, refused.text
    assert f"“{FIRST}” would have 2 open cases" in refused.json["detail"]
    assert all(desk.get(panel, INTAKE).json["seated"] == [] for panel in (PANEL, OTHER))
