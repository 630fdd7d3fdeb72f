"""The words of the pages: none is missing in a language, and none is kept that no page says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from qa_platform.web.language import LANGUAGES

ROOT = Path(__file__).parents[2]
MAPPING = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"trimmed": "true", "silent": "false"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "mark": None}


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Give all that pages can say, in English."""
    found = extract_from_dir(ROOT / "qa_platform", MAPPING, OPTIONS, KEYWORDS)
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_a_catalogue_says_all_that_the_pages_say_and_nothing_else(said, language):
    with (ROOT / "qa_platform" / "web" / "translations" / f"{language}.po").open("rb") as source:
        catalogue = read_po(source, locale=language)
    there = {
        message.id if isinstance(message.id, str) else message.id[0]: message for message in catalogue if message.id
    }

    assert there.keys() == said
    assert len(said) > 100
    for key, message in there.items():
        told = message.string if isinstance(message.string, str) else message.string[0]
        assert told.strip(), key
        assert not message.fuzzy, key
        # What is put into a sentence is put into it in every language.
        most = key if isinstance(message.id, str) else message.id[-1]
        assert set(re.findall(r"%\(\w+\)s", told)) == set(re.findall(r"%\(\w+\)s", most)), key
