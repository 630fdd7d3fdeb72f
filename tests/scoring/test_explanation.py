from __future__ import annotations

import pytest

from qa_platform.scoring.outcome import explain, outcome
from tests.scoring.national import national, sheet


def test_an_outcome_says_why_it_is_what_it_is():
    refused = outcome(national(), "SAMC", [sheet("first", C1=1), sheet("second", A3=4)])

    assert explain(refused) == (
        "The scores come to “refuse”: the index is 0.9750 (97.5 of 100 weight points).",
        "Not “approve”: must-pass criterion C1 has score 1; at least 3 is required, 2 short.",
        "Not “approve with conditions”: must-pass criterion C1 has score 1; at least 2 is required, 1 short.",
        "Moderation: the scores on criterion C1 (1, 3) differ by 2; a difference of 2 or more is moderated.",
        "Moderation: the scores on must-pass criterion C1 (1, 3) lie on different sides of met.",
        "Moderation: each sheet alone would come to a different outcome (refuse, approve).",
    )


def test_an_outcome_speaks_malay():
    conditional = outcome(national(), "SAMC", [sheet(F1=1, F3=1, C1=4)])

    assert explain(conditional, "ms") == (
        "Skor membawa kepada “lulus bersyarat”: indeks ialah 0.9500 (95 daripada 100 mata pemberat).",
        "Bukan “lulus”: indeks bidang F ialah 0.5; sekurang-kurangnya 0.6 diperlukan, kurang 0.1.",
        "Pujian: kriteria C1 melebihi apa yang dikehendaki.",
    )


def test_a_language_that_we_do_not_speak_is_answered_in_english():
    approved = outcome(national(), "SAMC", [sheet()])

    assert explain(approved, "fr") == explain(approved, "en")


@pytest.mark.parametrize("language", ["en", "ms"])
def test_every_rule_has_its_words(language):
    """One low, doubtful, disputing sheet breaks every rule there is."""
    low = sheet("first", given=2, confidence="low", A1=1, G2=None)
    low_and_high = outcome(national(), "SAMC", [low, sheet("second", given=3, A1=1, A4=1, A5=1, C5=1)])
    alone = outcome(national(), "SAMC", [sheet(given=2)])

    rules = {each.rule for each in (*low_and_high.findings, *alone.findings, *low_and_high.triggers)}

    assert len(explain(low_and_high, language)) > 10
    assert len(explain(alone, language)) > 10
    assert rules >= {"must_pass_min", "not_conditionable", "below_met_max", "index_min", "area_min"}
    assert rules >= {"straddles_met", "low_confidence", "applicability_differs"}
