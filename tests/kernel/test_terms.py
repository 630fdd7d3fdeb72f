from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from qa_platform.kernel.terms import Term, granted, unbroken_since

FIRST = Term(first=date(2026, 1, 1), last=date(2028, 12, 31))
days = st.dates(date(2020, 1, 1), date(2040, 12, 31))
terms = st.builds(
    lambda first, length: Term(first=first, last=first + timedelta(days=length)), days, st.integers(0, 99)
)


def test_a_renewal_follows_on_the_term_that_still_runs():
    renewal = Term(first=date(2029, 1, 1), last=date(2031, 12, 31))

    assert granted((FIRST,), renewal) == (FIRST, renewal)
    assert unbroken_since((FIRST, renewal)) == date(2026, 1, 1)


def test_a_later_word_overrides_the_days_that_it_speaks_of():
    shorter = Term(first=date(2026, 1, 1), last=date(2026, 12, 31))
    early = Term(first=date(2027, 6, 1), last=date(2030, 5, 31))

    assert granted((FIRST,), shorter) == (shorter,)
    assert granted((FIRST,), early) == (Term(first=FIRST.first, last=date(2027, 5, 31)), early)


def test_a_gap_breaks_what_is_unbroken():
    later = Term(first=date(2030, 1, 1), last=date(2031, 12, 31))

    assert unbroken_since((FIRST, later)) == later.first
    assert unbroken_since(()) is None


@given(st.lists(terms, max_size=8))
def test_terms_never_overlap_and_stand_in_order(given_in_turn):
    kept = ()
    for term in given_in_turn:
        kept = granted(kept, term)
        assert kept[-1] == term

    assert all(one.first <= one.last for one in kept)
    assert all(one.last < next_.first for one, next_ in pairwise(kept))
