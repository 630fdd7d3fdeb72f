"""Looking back at conditions: as of any instant, and through anybody's eyes."""

from __future__ import annotations

import json
from datetime import date, timedelta

import msgspec
import pytest

from qa_platform.accreditations import events
from qa_platform.audit.sight import see
from qa_platform.audit.state import state_of
from qa_platform.decisions.events import DecisionReleased
from qa_platform.kernel.event import Recorded
from tests.accreditations import factories as f
from tests.audit.story import (
    ADMINISTRATOR,
    AUDITOR,
    CASE,
    FIRST,
    INTAKE,
    LEAD,
    MEMBER,
    OFFICER,
    PUBLIC,
    REGISTER,
    RIVAL,
    SECOND,
    SECRETARY,
    STRANGER,
    story,
)

OURS = {"condition_id": "condition-1", "submission_id": CASE}
REASON = "canary-reason"
STEPS = (
    ("system:journey", f.ConditionSetFactory(**OURS, provider_id="north", text="canary-text", checked_by="panel")),
    ("provider_officer:pat", f.ConditionEvidenceFiledFactory(**OURS, statement="canary-evidence")),
    ("reviewer:raj", f.ConditionCheckBegunFactory(**OURS, checker_id="raj")),
    ("reviewer:raj", f.ConditionExtendedFactory(**OURS, reason=REASON)),
    ("register_officer:reg", f.ConditionVerdictReversedFactory(**OURS, verdict="COND-EXT", reason="canary-error")),
    ("reviewer:raj", f.ConditionMetFactory(**OURS, reason=REASON)),
    ("register_officer:reg", f.AccreditationConditionsMetFactory(submission_id=CASE)),
    ("register_officer:reg", f.AccreditationClosingCorrectedFactory(submission_id=CASE)),
)


def lived(steps: int = len(STEPS)) -> list[Recorded]:
    """Return the case with its first steps of a condition after it."""
    told = story()
    for place, (actor, event) in enumerate(STEPS[:steps], start=1):
        accredited = isinstance(event, events.AccreditationEvent)
        told.append(
            Recorded(
                id=f"condition-event-{place}",
                stream="accreditation-accreditation-1" if accredited else "condition-condition-1",
                version=place,
                at=told[-1].at + timedelta(hours=1),
                actor=actor,
                case_id=CASE,
                cause=None,
                event=event,
                digest=f"digest of step {place}",
                position=len(told),
            )
        )
    return told


def text(viewer, told=None) -> str:
    seen = see(told or lived(), viewer)
    return json.dumps(msgspec.to_builtins([seen, state_of(CASE, seen, None) if seen else None]))


def condition(viewer, steps: int) -> dict:
    return state_of(CASE, see(lived(steps), viewer), None).conditions["condition-1"]


@pytest.mark.parametrize("viewer", [AUDITOR, REGISTER, SECRETARY, MEMBER, INTAKE, LEAD, OFFICER, FIRST, SECOND])
def test_whose_business_a_condition_is_sees_it_as_it_stood_at_each_instant(viewer):
    stood = [condition(viewer, steps) for steps in range(1, 7)]

    assert [one["status"] for one in stood] == ["set", "filed", "under_check", "extended", "under_check", "met"]
    assert [one["due_on"] for one in stood] == [*["2027-05-20"] * 3, "2027-08-20", *["2027-05-20"] * 2]
    assert [one["verdict"] for one in stood[-1]["rulings"]] == ["COND-EXT", "COND-MET"]
    assert stood[-1]["rulings"][0]["reversed_because"] == "canary-error"
    assert stood[-1]["filings"][0]["statement"] == "canary-evidence"


@pytest.mark.parametrize("viewer", [PUBLIC, RIVAL, STRANGER, ADMINISTRATOR])
def test_nobody_else_reads_a_word_of_it(viewer):
    assert "canary" not in text(viewer)


def test_everybody_sees_both_documents_and_the_correction():
    entry = state_of(CASE, see(lived(), PUBLIC), None).accreditation

    assert [one["kind"] for one in entry["documents"]] == ["COND-MET", "CORR"]
    assert (entry["decision_code"], entry["status"]) == ("APP", "conditional")


@pytest.mark.parametrize("steps", range(1, len(STEPS) + 1))
def test_who_of_the_panel_checks_is_told_to_the_office_alone(steps):
    assert "raj" not in text(OFFICER, lived(steps))
    assert "Reviewer 2" not in text(FIRST, lived(steps))
    begun = [one for one in see(lived(steps), OFFICER) if one.name == "condition.check_begun.v1"]
    assert all((one.actor, "checker_id" in one.data) == ("Reviewer", False) for one in begun)
    for office in (REGISTER, AUDITOR):
        seen = [one.data["checker_id"] for one in see(lived(steps), office) if "check_begun" in one.name]
        assert set(seen) <= {"Reviewer 2"}


def test_nothing_of_a_condition_is_seen_before_its_decision_is_released():
    events_before = [one for one in lived() if not isinstance(one.event, DecisionReleased)]

    for viewer in (OFFICER, FIRST, LEAD):
        assert "canary-text" not in text(viewer, events_before)
    assert date(2027, 5, 20).isoformat() not in text(PUBLIC, events_before)
