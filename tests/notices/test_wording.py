from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import msgspec
import pytest

from qa_platform.kernel.roles import Role
from qa_platform.notices.decider import KINDS
from qa_platform.notices.events import Fact
from qa_platform.notices.read_model import phrases, templates, words_of
from tests.notices.factories import NoticeIssuedFactory

GOLDEN = Path(__file__).parent / "golden_wording.json"
FIELD = re.compile(r"{(\w+)}")


def digests() -> dict[str, str]:
    said = {f"{kind}.v{version}": template for (kind, version), template in sorted(templates().items())}
    said |= {f"{language}.{code}": text for language, texts in phrases().items() for code, text in texts.items()}
    return {name: hashlib.sha256(msgspec.json.encode(words)).hexdigest() for name, words in said.items()}


def test_every_kind_has_its_words_in_both_languages():
    assert {(kind, one.wording) for kind, one in KINDS.items()} <= set(templates())
    assert {kind for kind, _version in templates()} == set(KINDS)


@pytest.mark.parametrize(("kind", "version"), sorted(templates()))
def test_both_languages_say_the_same_facts(kind, version):
    template = templates()[kind, version]
    english, malay = (
        {field.replace("_ms", "_en") for field in FIELD.findall(f"{one.subject} {one.text} {one.now}")}
        for one in (template.en, template.ms)
    )

    assert english == malay
    assert bool(template.en.now) == bool(template.ms.now)


def test_words_that_were_ever_sent_stay_as_they_were():
    """A text that must change gets a new version; then run this file to add its line."""
    assert json.loads(GOLDEN.read_text(encoding="utf-8")).items() <= digests().items()
    assert set(json.loads(GOLDEN.read_text(encoding="utf-8"))) == set(digests())


def test_both_languages_know_the_same_phrases_and_every_role():
    assert set(phrases()["en"]) == set(phrases()["ms"])
    for role in Role:
        if role not in (Role.PUBLIC, Role.SYSTEM):
            assert f"role.{role.value}" in phrases()["ms"]


def test_a_reader_reads_days_and_titles_in_his_own_language():
    english, malay = (words_of(NoticeIssuedFactory(), language) for language in ("en", "ms"))

    assert english.subject == "“Bread” came back to be completed by 8 December 2026"
    assert malay.subject == "“Roti” dikembalikan untuk dilengkapkan sebelum atau pada 8 Disember 2026"


def test_a_title_in_one_language_serves_for_both_and_none_is_said_so():
    facts = (Fact("title_en", "Bread\nand  butter"), Fact("due_on", "2026-12-08"))

    assert "“Bread and butter”" in words_of(NoticeIssuedFactory(facts=facts), "ms").subject
    assert "“kursus tanpa tajuk”" in words_of(NoticeIssuedFactory(facts=facts[1:]), "ms").subject


def test_braces_in_a_title_are_said_as_they_are():
    facts = (Fact("title_en", "{kind} {0}"), Fact("due_on", "2026-12-08"))

    assert "“{kind} {0}”" in words_of(NoticeIssuedFactory(facts=facts), "en").subject


if __name__ == "__main__":
    GOLDEN.write_text(json.dumps(digests(), indent=1) + "\n", encoding="utf-8")
