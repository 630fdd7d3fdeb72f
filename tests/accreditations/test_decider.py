from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st
from msgspec.structs import replace
from stdnum.iso7064 import mod_37_36

from qa_platform.accreditations.decider import (
    REGISTER_PREFIX,
    AccreditationAlreadyOpen,
    EntryImproper,
    NumberMistyped,
    Series,
    SeriesUnknown,
    accreditation_decider,
    checked_number,
    compact,
    register_number,
    register_number_decider,
)
from tests.accreditations.factories import (
    SERIES,
    AccreditationOpenedFactory,
    IssueRegisterNumberFactory,
    OpenAccreditationFactory,
    RegisterNumberIssuedFactory,
)
from tests.specification import Specification

series = Specification(register_number_decider)
entry = Specification(accreditation_decider)
SERIALS = st.integers(1, 999_999)
PREFIXES = st.from_regex(REGISTER_PREFIX, fullmatch=True)
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


# --- numbers


def test_numbers_follow_each_other():
    series.when(IssueRegisterNumberFactory()).then(RegisterNumberIssuedFactory(number=register_number(SERIES, 1)))
    series.given(RegisterNumberIssuedFactory()).when(IssueRegisterNumberFactory(accreditation_id="x")).then(
        RegisterNumberIssuedFactory(accreditation_id="x", serial=2, number=register_number(SERIES, 2))
    )


def test_an_accreditation_has_one_number():
    (
        series.given(
            RegisterNumberIssuedFactory(),
            RegisterNumberIssuedFactory(accreditation_id="x", serial=2, number=register_number(SERIES, 2)),
        )
        .when(IssueRegisterNumberFactory())
        .then_nothing()
    )


def test_a_long_series_is_counted_without_trouble():
    one = RegisterNumberIssuedFactory()
    issued = [replace(one, accreditation_id=f"a{n}", serial=n) for n in range(1, 30_001)]
    state = reduce(register_number_decider.evolve, issued, register_number_decider.initial)

    (event,) = register_number_decider.decide(IssueRegisterNumberFactory(accreditation_id="new"), state)

    assert event.serial == 30_001
    assert register_number_decider.decide(IssueRegisterNumberFactory(accreditation_id="a1"), state) == []


@pytest.mark.parametrize(
    "strange", ["", "2026", "my-mc-2026", "MY-MC-26", "MY-2026", "MY-MC-2026-1", "MY-MCMCMCMCM-2026"]
)
def test_a_series_names_country_kind_and_year(strange):
    series.when(IssueRegisterNumberFactory(series=strange)).then_rejected(SeriesUnknown, match="MY-MC-2026")


@for_all(PREFIXES)
def test_a_series_begins_with_whatever_a_register_may_begin_with(prefix):
    (issued,) = register_number_decider.decide(IssueRegisterNumberFactory(series=f"{prefix}-2026"), Series())

    assert issued.number.startswith(f"{prefix}-2026-000001-")


@for_all(PREFIXES, SERIALS)
def test_a_number_is_checked_by_the_standard_s_own_rule(prefix, serial):
    number = register_number(f"{prefix}-2026", serial)

    assert mod_37_36.is_valid(number.replace("-", ""))
    assert checked_number(number) == compact(number)


@pytest.mark.parametrize("typed", ["my-mc-2026-000123-{}", " MYMC2026000123{} ", "MY MC 2026 000123 {}"])
def test_a_number_is_known_however_it_is_typed(typed):
    number = register_number(SERIES, 123)

    assert checked_number(typed.format(number[-1])) == compact(number)


@for_all(SERIALS, st.integers(0, 14), st.sampled_from(ALPHABET))
def test_any_single_wrong_character_is_noticed(serial, place, wrong):
    number = register_number(SERIES, serial).replace("-", "")
    typed = number[:place] + wrong + number[place + 1 :]

    if typed == number:
        return
    with pytest.raises(NumberMistyped, match="mistyped") as refused:
        checked_number(typed)
    # What it should be is not told: nobody finds a valid number by trying.
    assert number not in refused.value.message


@pytest.mark.parametrize("nonsense", ["", "-", "ü", "MY-MC-2026", "A" * 400])
def test_nonsense_is_no_number(nonsense):
    with pytest.raises(NumberMistyped):
        checked_number(nonsense)


# --- entries


@pytest.mark.parametrize(
    ("decision_class", "status"),
    [
        ("positive", "listed"),
        ("positive_with_conditions", "conditional"),
        ("positive_with_restrictions", "conditional"),
    ],
)
def test_a_grant_is_entered(decision_class, status):
    entry.when(OpenAccreditationFactory(decision_class=decision_class)).then(
        AccreditationOpenedFactory(decision_class=decision_class, status=status)
    )


def test_an_entry_is_opened_once():
    opened = entry.given(AccreditationOpenedFactory())

    opened.when(OpenAccreditationFactory()).then_nothing()
    opened.when(OpenAccreditationFactory(level=5)).then_rejected(AccreditationAlreadyOpen, match="MY-MC-2026-000001-9")


def test_an_entry_has_a_title_and_a_time():
    command = OpenAccreditationFactory()

    entry.when(OpenAccreditationFactory(title_en=None)).then_rejected(EntryImproper, match="no title")
    entry.when(OpenAccreditationFactory(valid_to=command.valid_from)).then_rejected(EntryImproper, match="ends before")
