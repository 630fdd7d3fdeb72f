"""Histories of other agencies: each row once, statuses by effective date, and no place in our register."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_platform.accreditations.decider import (
    RULES,
    Act,
    ActionMistimed,
    Effect,
    history_decider,
    order,
    standing_of,
)
from qa_platform.accreditations.events import ActionKind
from qa_platform.accreditations.read_model import IMPORTED_HISTORIES
from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Role
from tests.accreditations.factories import (
    ActionImportedFactory,
    HistorySourceFactory,
    ImportActionFactory,
)
from tests.specification import Specification

history = Specification(history_decider)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
Kind = ActionKind


# --- the rules


def test_an_action_enters_its_history_as_published():
    asked = ImportActionFactory(ends_on=date(2019, 1, 26), justification="Assets were sold.")
    given_again = {name: getattr(asked, name) for name in asked.__struct_fields__ if name != "on"}

    history.given().when(asked).then(ActionImportedFactory(**given_again))


def test_a_row_that_is_in_its_history_does_not_enter_it_again():
    source = HistorySourceFactory()
    elsewhere = msgspec.structs.replace(source, file="e" * 64, line=9)

    history.given(ActionImportedFactory(source=source)).when(ImportActionFactory(source=elsewhere)).then_nothing()


def test_an_action_of_the_future_is_refused():
    asked = ImportActionFactory(effective_on=date(2026, 11, 25))
    history.given().when(asked).then_rejected(ActionMistimed, match="still to come")


@pytest.mark.parametrize("told", [{"effective_on": date(2026, 11, 24)}, {"ends_on": date(2018, 1, 26)}])
def test_an_action_of_today_and_one_of_a_single_day_are_none_of_the_future(told):
    asked = ImportActionFactory(**told)
    history.given().when(asked).then(ActionImportedFactory(source=asked.source, **told))


def test_an_action_that_would_end_before_it_began_is_refused():
    asked = ImportActionFactory(ends_on=date(2018, 1, 25))
    history.given().when(asked).then_rejected(ActionMistimed, match="before it began")


def test_each_history_is_a_stream_and_a_case_of_its_own():
    asked = ImportActionFactory()
    assert history_decider.stream(asked) == "history-dapip-100034-27-1-1"
    assert history_decider.case(asked) == "dapip-100034-27-1-1"


def test_everybody_may_see_what_was_public_before():
    seen_by = {audience.role for audience in ActionImportedFactory().seen_by}
    assert seen_by == set(Role) - {Role.SYSTEM}
    assert not any(audience.hides for audience in ActionImportedFactory().seen_by)


# --- the status


def acts(*told: tuple[str, ActionKind] | tuple[str, ActionKind, str]) -> list[Act]:
    made = [
        Act(
            effective_on=date.fromisoformat(day),
            kind=kind,
            ends_on=date.fromisoformat(until[0]) if until else None,
            row=f"{n:03}",
            recorded_at=NOW,
        )
        for n, (day, kind, *until) in enumerate(told)
    ]
    return sorted(made, key=order)


def status(*told) -> tuple[str, str, bool]:
    standing = standing_of(acts(*told))
    return standing.status, str(standing.since), standing.in_force


def test_there_is_a_rule_for_each_kind_and_a_word_where_one_is_needed():
    assert set(RULES) == set(ActionKind)
    assert len(RULES) == 39
    for rule in RULES.values():
        assert (rule.sanction is not None) == (rule.effect in {Effect.LIFTS, Effect.IMPOSES})
        assert (rule.end is not None) == (rule.effect is Effect.ENDS)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("2016-01-01", Kind.RENEWAL), ("2018-01-01", Kind.RENEWAL)], ("accredited", "2016-01-01", True)),
        ([("2016-01-01", Kind.OTHER_CHANGE_DENIED)], ("accredited", "2016-01-01", True)),
        ([("2016-01-01", Kind.WARNING), ("2017-01-01", Kind.PROBATION)], ("probation", "2017-01-01", True)),
        ([("2016-01-01", Kind.PROBATION), ("2017-01-01", Kind.RENEWAL)], ("probation", "2016-01-01", True)),
        ([("2016-01-01", Kind.PROBATION), ("2017-01-01", Kind.PROBATION_REMOVED)], ("accredited", "2017-01-01", True)),
        # Removing what does not stand leaves what stands.
        ([("2016-01-01", Kind.PROBATION), ("2017-01-01", Kind.WARNING_REMOVED)], ("probation", "2016-01-01", True)),
        # Whatever is removed names the sanction that had no name.
        (
            [("2016-01-01", Kind.OTHER_SANCTION), ("2017-01-01", Kind.WARNING_REMOVED)],
            ("accredited", "2017-01-01", True),
        ),
        # Monitoring stands beside the ladder.
        (
            [
                ("2016-01-01", Kind.MONITORING),
                ("2016-06-01", Kind.PROBATION),
                ("2017-01-01", Kind.PROBATION_REMOVED),
            ],
            ("monitoring", "2017-01-01", True),
        ),
        (
            [("2016-01-01", Kind.MONITORING), ("2017-01-01", Kind.MONITORING_REMOVED)],
            ("accredited", "2017-01-01", True),
        ),
        ([("2016-01-01", Kind.RENEWAL), ("2017-01-01", Kind.LAPSE)], ("lapsed", "2017-01-01", False)),
        # What has ended is not brought back by a renewal or a sanction.
        ([("2016-01-01", Kind.LOCATION_CLOSED), ("2017-01-01", Kind.RENEWAL)], ("closed", "2016-01-01", False)),
        ([("2016-01-01", Kind.DENIAL), ("2017-01-01", Kind.PROBATION)], ("denied", "2016-01-01", False)),
        # The last word about an end counts.
        ([("2016-01-01", Kind.DENIAL), ("2016-05-01", Kind.DENIAL_AFFIRMED)], ("denied", "2016-05-01", False)),
        ([("2016-01-01", Kind.DENIAL), ("2016-05-01", Kind.DENIAL_STAYED)], ("accredited", "2016-05-01", True)),
        ([("2016-01-01", Kind.OTHER_LOSS), ("2016-05-01", Kind.INITIAL)], ("accredited", "2016-05-01", True)),
        # A beginning does not lift a sanction that stands.
        ([("2016-01-01", Kind.WARNING), ("2016-05-01", Kind.INITIAL)], ("warning", "2016-01-01", True)),
    ],
)
def test_actions_fold_into_a_status(told, expected):
    assert status(*told) == expected


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Kind.MONITORING, Kind.MONITORING_REMOVED, "monitoring"),
        (Kind.PROBATION, Kind.SHOW_CAUSE_REMOVED, "probation"),
        (Kind.PROBATION, Kind.OTHER_LOSS, "lost"),
        (Kind.INITIAL, Kind.VOLUNTARY_WITHDRAWAL, "withdrawn"),
        (Kind.DENIAL, Kind.DENIAL_STAYED, "accredited"),
    ],
)
def test_of_one_day_what_is_done_settles_the_order_and_not_what_was_written_first(first, second, expected):
    day = "2017-06-01"
    assert status((day, first), (day, second))[0] == expected
    assert status((day, second), (day, first))[0] == expected


def test_the_day_on_which_a_sanction_was_to_end_is_told_and_ends_nothing():
    standing = standing_of(acts(("2016-01-01", Kind.PROBATION, "2016-07-01"), ("2017-01-01", Kind.RENEWAL)))
    assert (standing.status, standing.until) == ("probation", date(2016, 7, 1))
    lifted = standing_of(acts(("2016-01-01", Kind.PROBATION, "2016-07-01"), ("2016-07-01", Kind.PROBATION_REMOVED)))
    assert (lifted.status, lifted.until) == ("accredited", None)


# --- the read model


def recorded(n: int, kind: ActionKind, day: date) -> Recorded:
    return Recorded(
        id=str(n),
        stream="history-h",
        version=n + 1,
        at=NOW + timedelta(seconds=n),
        actor="system:console",
        case_id="h",
        cause=None,
        event=ActionImportedFactory(
            history_id="h", kind=kind, effective_on=day, source=HistorySourceFactory(row=f"{n:03}")
        ),
        digest="",
    )


few_days = st.dates(min_value=date(2016, 1, 1), max_value=date(2016, 1, 6))
histories = st.lists(st.tuples(st.sampled_from(ActionKind), few_days), min_size=1, max_size=8)


@given(told=histories, data=st.data())
def test_in_whatever_order_actions_come_the_row_is_the_same(told, data):
    """A correction that arrives years later stands where it belongs, and so does every other action."""
    events = [recorded(n, kind, day) for n, (kind, day) in enumerate(told)]
    shuffled = data.draw(st.permutations(events))

    row = other = None
    for one in events:
        row = IMPORTED_HISTORIES.fold(row, one)
    for version, one in enumerate(shuffled, 1):
        other = IMPORTED_HISTORIES.fold(other, msgspec.structs.replace(one, version=version))

    assert row == other


@given(told=histories)
def test_a_row_counts_every_action_and_holds_a_status_that_its_last_word_allows(told):
    row = None
    for n, (kind, day) in enumerate(told):
        row = IMPORTED_HISTORIES.fold(row, recorded(n, kind, day))

    assert row is not None
    assert (row.actions, row.version) == (len(told), len(told))
    assert row.first_effective_on <= row.since <= row.last_effective_on
    last = RULES[ActionKind(row.last_kind)]
    assert last.effect is not Effect.ENDS or row.status == last.end
    assert last.effect not in {Effect.RESTORES, Effect.BEGINS} or row.in_force
