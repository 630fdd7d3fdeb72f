from __future__ import annotations

import unicodedata

import pytest

from qa_platform.importing.matching import best_spelling, identity, look_alikes, restored, same_address, stable_id


@pytest.mark.parametrize(
    "spelling",
    ["IBM ", " ibm", "IBM.", "ＩＢＭ"],  # noqa: RUF001 -- wide letters on purpose
)
def test_blanks_case_form_and_closing_signs_make_no_other_provider(spelling):
    assert identity(spelling) == identity("IBM")


def test_composed_and_decomposed_accents_are_one_provider():
    name = "Universität  München"
    assert identity(unicodedata.normalize("NFD", name)) == identity("Universität München")


@pytest.mark.parametrize("other", ["IBM Cloud", "IBMS", "1BM"])
def test_other_names_are_other_providers(other):
    assert identity(other) != identity("IBM")


def test_a_provider_is_registered_under_its_most_frequent_spelling():
    assert best_spelling(["ibm", "IBM ", "IBM"]) == "IBM"


def test_lost_letters_are_restored_where_one_known_name_fits():
    known = ["École Polytechnique", "École Polytechnique Fédérale", "Università Bocconi"]
    assert restored("_cole Polytechnique", known) == "École Polytechnique"
    assert restored("Universit\ufffd Bocconi", known) == "Università Bocconi"


@pytest.mark.parametrize("known", [[], ["Escole Polytechnique"], ["École Polytechnique", "Àcole Polytechnique"]])
def test_lost_letters_are_not_restored_by_guessing(known):
    assert restored("_cole Polytechnique", known) is None


def test_names_that_may_be_one_are_told_and_not_merged():
    names = ["The University of Chicago", "University of Chicago, The", "Universite Laval", "Université Laval", "IBM"]
    assert look_alikes(names) == [
        ("The University of Chicago", "University of Chicago, The"),
        ("Universite Laval", "Université Laval"),
    ]


def test_an_address_is_the_same_with_and_without_its_trimmings():
    assert same_address("HTTPS://Example.org/Learn/a/#top") == same_address("http://example.org/Learn/a")
    assert same_address("https://example.org/?id=1") != same_address("https://example.org/?id=2")


def test_ids_never_change():
    """Every import that ever ran hangs on these."""
    assert stable_id("submission", "course_catalogue", "ibm", "a") == "a7065e33-d1f1-59da-886b-661596196329"
    assert stable_id("a", "b c") != stable_id("a b", "c")
