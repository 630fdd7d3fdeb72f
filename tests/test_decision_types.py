"""The table of types of decision: each row is what the rules, the notices, the register and the permissions say."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from qa_platform.accreditations.decider.register import status_of
from qa_platform.accreditations.events import AccreditationClosingCorrected, AccreditationConditionsMet
from qa_platform.accreditations.events.conditions import VerdictCode
from qa_platform.app import ALL_DECIDERS
from qa_platform.centres.decider import CENTRE_CODES, centre_decider
from qa_platform.centres.events import CentreCode
from qa_platform.decisions.decider import KINDS
from qa_platform.decisions.events import DecisionReleased
from qa_platform.kernel.event import Event, stored_name
from qa_platform.processes.notices import CATALOGUE, UNDONE, Known
from qa_platform.submissions.decider.outcomes import INTAKE_CODES
from qa_platform.submissions.events import IntakeCode
from qa_platform.submissions.events.components import ComponentListingEnded, ComponentRefused, ComponentWithdrawn
from qa_platform.web.permissions import PERMISSIONS
from tests.centres.factories import CentreApprovedFactory, CentreSuspendedFactory
from tests.decisions.factories import DecisionTakenFactory

PAGE = Path(__file__).resolve().parents[1] / "docs" / "process.md"
EVENTS = {stored_name(event): event for decider in ALL_DECIDERS for event in decider.events}
# Where each type is asked for; what only the day brings has no address.
ASKED: dict[str, tuple[tuple[str, str], ...]] = {
    "ELIG-NO": (("PUT", "submissions.SubmissionClosure"), ("PUT", "components.ComponentRefused")),
    "RET": (("PUT", "submissions.SubmissionReturn"),),
    "LAPSE": (),
    "WD-P": (("PUT", "submissions.SubmissionWithdrawal"), ("PUT", "components.ComponentWithdrawal")),
    **dict.fromkeys(KINDS, (("PUT", "decisions.Decision"), ("PUT", "decisions.DecisionRelease"))),
    "LIST": (("PUT", "components.ComponentListing"),),
    **dict.fromkeys(get_args(VerdictCode), (("PUT", "conditions.ConditionVerdict"),)),
    "CORR": (("PUT", "accreditations.AccreditationClosingCorrection"), ("DELETE", "components.ComponentEnding")),
    **dict.fromkeys(("EXP", "CEASE"), (("PUT", "components.ComponentEnding"), ("PUT", "components.ProgrammeEnding"))),
    "CTR-ACC": (("POST", "centres.Centres"), ("DELETE", "centres.CentreSuspension")),
    "CTR-SUS": (("PUT", "centres.CentreSuspension"),),
}


def _written(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def _table() -> dict[str, list[str]]:
    chapter = PAGE.read_text(encoding="utf-8").split("## Types of decision\n")[1].split("<!--")[0]
    lines = [line.strip("|").split("|") for line in chapter.splitlines() if line.startswith("| `")]
    return {code: [cell.strip() for cell in cells] for first, *cells in lines for code in _written(first)}


TABLE = _table()


@pytest.fixture(params=sorted(TABLE))
def code(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def _said(code: str, column: int) -> list[str]:
    return _written(TABLE[code][column])


def _events(code: str) -> list[type[Event]]:
    return [EVENTS[name] for name in _said(code, 1)]


def test_every_code_that_the_platform_writes_has_a_row():
    documents = {
        one
        for event in (AccreditationClosingCorrected, AccreditationConditionsMet)
        for one in get_args(get_type_hints(event)["kind"])
    }
    units = {
        one
        for event in (ComponentRefused, ComponentWithdrawn, ComponentListingEnded)
        for one in get_args(get_type_hints(event)["decision_code"])
    }
    carried = {*KINDS, *IntakeCode, *get_args(VerdictCode), *get_args(CentreCode), *documents, *units}

    assert set(TABLE) == carried == set(ASKED)


def test_each_command_of_a_row_is_of_rules_that_record_one_of_its_events(code):
    events = set(_events(code))
    for command in _said(code, 0):
        assert any(
            command == one.__name__ and events & set(decider.events)
            for decider in ALL_DECIDERS
            for one in decider.commands
        ), command


def test_each_row_names_the_notices_that_its_events_make(code):
    known = Known(decision=DecisionTakenFactory(code=code), lodged=True) if code in KINDS else Known(lodged=True)
    told = {
        entry.kind
        for event in _events(code)
        for entry in CATALOGUE.get(event, ())
        if event is not DecisionReleased or entry.when(None, known)
    }
    if any(event in UNDONE for event in _events(code)):
        told.add("correction")

    assert set(_said(code, 2)) == told


def test_each_row_names_who_may_ask_for_it(code):
    roles = {role.value for address in ASKED[code] for role in PERMISSIONS[address]}

    assert set(_said(code, 4)) == roles


@pytest.mark.parametrize("code", sorted(KINDS))
def test_what_the_committee_grants_on_a_new_course_is_entered_and_nothing_else(code):
    kind = KINDS[code]
    entered = kind.grants and bool(kind.routes & {"SAMC", "APMC"})

    assert _said(code, 3) == ([status_of(kind.decision_class)] if entered else [])
    assert ("accreditation.opened.v1" in _said(code, 1)) == (entered and code != "LIST")


def test_each_outcome_of_intake_and_each_standing_of_a_centre_has_its_code():
    approved = centre_decider.evolve(centre_decider.initial, CentreApprovedFactory())
    suspended = centre_decider.evolve(approved, CentreSuspendedFactory())

    assert set(INTAKE_CODES.values()) == set(IntakeCode)
    assert [CENTRE_CODES[one.status] for one in (approved, suspended)] == list(get_args(CentreCode))
