# ruff: noqa: RUF001 -- letters and signs of many languages are what this is about
from __future__ import annotations

import pytest
from hypothesis import example
from hypothesis import given as for_all
from hypothesis import strategies as st

from qa_platform.importing.damage import Cause, examine, lost, readable


@pytest.mark.parametrize(
    "text",
    [
        "Administración de Empresas",
        "Data — “smart” and ‘quoted’",
        "Ludwig-Maximilians-Universität München (LMU)",
        "R&D; A&B, AT&T",
        "Learn snake_case, __init__ and main.py",
        "Why? What? (really?) AI?",
        "=SUM(A1) @home -5 +6",
        "Цифровой маркетинг",
        "人工知能入門",
        "",
    ],
)
def test_sound_text_is_left_alone(text):
    assert examine(text) is None


@pytest.mark.parametrize(
    ("before", "after", "cause"),
    [
        ("CafÃ© culture", "Café culture", Cause.MANGLED),
        ("UniversitÃ\xa0 Bocconi", "Università Bocconi", Cause.MANGLED),
        ("Itâ€™s time", "It’s time", Cause.MANGLED),
        ("MÃƒÂ©xico", "México", Cause.MANGLED),
        ("日本 CafÃ©", "日本 Café", Cause.MANGLED),
        ("äººå·¥çŸ¥èƒ½å…¥é–€", "人工知能入門", Cause.MANGLED),
        ("РЎС‚Р°СЂС‚", "Старт", Cause.MANGLED),
        ("&Eacute;cole &amp; Co", "École & Co", Cause.ENTITIES),
        ("Da\x00ta", "Data", Cause.CONTROL),
    ],
)
def test_what_is_certain_is_repaired(before, after, cause):
    damage = examine(before)
    assert damage is not None
    assert (damage.after, damage.cause) == (after, cause)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("Ã la carte", Cause.MANGLED),  # the lost blank may have been one or two
        ("L’Ã©cole", Cause.MANGLED),
        ("é“ø", Cause.MANGLED),  # three Baltic letters, or one Chinese
        ("Ã©â€œÃ¸", Cause.MANGLED),
        ("Universit_ Bocconi", Cause.LOST),
        ("_cole des Ponts", Cause.LOST),
        ("Global Diplomacy _ Diplomacy in the Modern World", Cause.LOST),
        ("Model__iew__ontroller", Cause.LOST),
        ("Dise\ufffdo", Cause.LOST),
        ("Universit?t", Cause.LOST),
        ("Google ????", Cause.LOST),
        ("Caf\x82", Cause.LOST),
        ("Caf\udce9", Cause.UNDECODABLE),
    ],
)
def test_what_is_uncertain_is_told_and_not_repaired(text, cause):
    damage = examine(text)
    assert damage is not None
    assert (damage.after, damage.cause) == (None, cause)


@example("é“ø")
@example("é’“é’“")
@for_all(st.text(st.sampled_from("aeiou nrst ÀÉàáâãäåæçèéêëìíîïñòóôõöøùúûü’“”–"), max_size=30))
def test_a_repair_gives_back_exactly_what_was_mangled(text):
    """Whatever was decoded wrongly, a repair is the text before, or there is none."""
    try:
        mangled = text.encode().decode("cp1252")
    except UnicodeDecodeError:
        return
    damage = examine(mangled)
    assert damage is None or damage.after is None or damage.after == text


@for_all(st.text())
def test_a_readable_text_can_always_be_stored(text):
    shown = readable(text)
    shown.encode()
    assert "\x00" not in shown


def test_a_text_that_lost_letters_is_known_by_its_stand_ins():
    assert lost("l__mploi")
    assert not lost("my_function()")
