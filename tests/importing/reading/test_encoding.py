# ruff: noqa: RUF001 -- letters and signs of many languages are what this is about
from __future__ import annotations

import codecs
from contextlib import suppress

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from qa_platform.importing.reading.encoding import decode
from qa_platform.importing.reading.sheet import FileRefused

SPANISH = "título,proveedor\nAdministración de Empresas,Universidad Autónoma de México\nGestión “ágil” – año 1,Diseño\n"


def test_a_utf8_file_is_read_as_it_is():
    read = decode(SPANISH.encode())
    assert (read.text, read.encoding, read.notes) == (SPANISH, "utf-8", ())


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_believed_and_taken_off(mark, encoding):
    read = decode(mark + SPANISH.encode(encoding))
    assert (read.text, read.encoding) == (SPANISH, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf16_without_a_mark_is_recognised_and_noted(encoding):
    read = decode(SPANISH.encode(encoding))
    assert (read.text, read.encoding) == (SPANISH, encoding)
    assert "no byte-order mark" in read.notes[0]


def test_utf16_that_was_cut_short_is_refused():
    with pytest.raises(FileRefused, match="line 3 is no such text"):
        decode(codecs.BOM_UTF16_LE + SPANISH.encode("utf-16-le")[:-1])


def test_single_invalid_lines_of_a_utf8_file_keep_their_bytes_and_leave_the_others_alone():
    content = SPANISH.encode() + b"AI For Everyone \xef\xbc___\xb9\xe3,DeepLearning\n" + "Más,Sí\n".encode()
    read = decode(content)
    assert read.text.encode("utf-8", "surrogateescape") == content
    assert read.text.splitlines()[-1] == "Más,Sí"
    assert "line 5" not in read.text
    assert "1 of its lines" in read.notes[0]
    assert "(line 4)" in read.notes[0]


def test_one_damaged_line_among_plain_ones_is_damage_and_no_encoding():
    content = b"title,provider\n" + b"Tea time,A\n" * 20 + b"_\xb5\xe3_____\xbb\xe3__,B\n"
    read = decode(content)
    assert read.encoding == "utf-8"
    assert read.text.encode("utf-8", "surrogateescape") == content


def test_a_whole_windows_1252_file_is_read_as_such_and_the_report_shows_its_words():
    read = decode(SPANISH.encode("cp1252"))
    assert (read.text, read.encoding) == (SPANISH, "cp1252")
    assert "Windows-1252" in read.notes[0]
    assert "“Administración" in read.notes[0]


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("cp1250", "Zażółć gęślą jaźń,Uniwersytet Łódzki"),
        ("cp1250", "Příliš žluťoučký kůň,Masarykova univerzita"),
        ("cp1251", "Цифровой маркетинг,Московский университет"),
        ("cp1253", "Ψηφιακό μάρκετινγκ,Πανεπιστήμιο Αθηνών"),
        ("cp1254", "İşletme yönetimi,İstanbul Üniversitesi ığşç"),
        ("cp850", "Gestion de l'été,Université"),
        ("mac_roman", "Gestion de l'été,Université de Montréal"),
        ("shift_jis", "人工知能入門,東京大学"),
        ("gb18030", "人工智能导论,清华大学"),
        ("euc_kr", "인공지능 입문,서울대학교"),
    ],
)
def test_other_encodings_are_refused_and_never_taken_for_windows_1252(encoding, words):
    content = ("title,provider\n" + f"{words}\n" * 5).encode(encoding)
    with pytest.raises(FileRefused, match="its encoding is uncertain"):
        decode(content)


def test_an_encoding_that_is_named_is_used():
    text = "название,провайдер\nЦифровой маркетинг,Google\n"
    read = decode(text.encode("cp1251"), "windows-1251")
    assert read.text == text
    assert "as told" in read.notes[0]


def test_an_encoding_that_does_not_fit_is_refused_with_the_line():
    with pytest.raises(FileRefused, match="line 2 is not valid “utf-8”"):
        decode(b"title\nCaf\xe9\n", "utf-8")


@pytest.mark.parametrize("encoding", ["klingon", "base64", ""])
def test_an_encoding_that_does_not_exist_is_refused(encoding):
    with pytest.raises(FileRefused, match=f"no encoding of texts named “{encoding}”"):
        decode(b"title..\n", encoding)


def test_two_files_joined_in_two_encodings_are_refused():
    content = "Más\nSí\n".encode() + "Até\nJá\nPé\nFé\n".encode("cp1252")
    with pytest.raises(FileRefused, match="as if two files were joined"):
        decode(content)


@for_all(st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: "\x00" not in text))
def test_whatever_was_written_in_utf8_is_read_back(text):
    assert decode(text.encode()).text == text.removeprefix("\ufeff")


@for_all(st.lists(st.sampled_from("Año été Über façon São naïve crème Grüße niño œuvre plain words")))
def test_western_text_in_windows_1252_is_read_back_or_marked_or_refused(letters):
    text = "".join(letters)
    with suppress(FileRefused):
        read = decode(text.encode("cp1252")).text
        assert read == text or read.encode(errors="surrogateescape") == text.encode("cp1252")
