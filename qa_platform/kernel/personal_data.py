"""What looks like personal data in a text that others will read: found by its shape, never by a list.

A finding is the text as written, so that the person who typed it can find it and take it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from qa_platform.kernel.rejected import Fault, Rejected

# Malaysian identity cards: the date of birth as YYMMDD, the place of birth, a serial.
_IDENTITY_CARD = re.compile(r"(?<![\w-])(\d{2})(\d{2})(\d{2})[- ]?\d{2}[- ]?\d{4}(?![\w-])", re.ASCII)
_EMAIL = re.compile(r"[\w.%+-]+@[\w-]+(?:\.[\w-]+)+")
# +60 12-345 6789, +44 (0)20 7946 0958, 0060123456789: an international prefix, then 7 to 14 digits.
_INTERNATIONAL_TELEPHONE = re.compile(
    r"(?<![\w.+])(?:\+|00)[1-9]\d{0,2}(?:[ .-]?(?:\(\d{1,5}\)|\d{1,5})){2,6}(?!\w)", re.ASCII
)
# 012-345 6789, 03-1234 5678, 088 123456: mobile and landline numbers of Malaysia.
_MALAYSIAN_TELEPHONE = re.compile(
    r"(?<![\w.+-])(?:\(0(?:1\d|8\d|[3-9])\)|0(?:1\d|8\d|[3-9]))[ -]?\d{3,4}[ -]?\d{3,4}(?![\w-])", re.ASCII
)


def find_personal_data(text: str) -> tuple[str, ...]:
    """Return the identity-card numbers, e-mail addresses and telephone numbers in a text, in reading order."""
    found = [(match.start(), match.group()) for match in _IDENTITY_CARD.finditer(text) if _is_date(match)]
    taken = {start for start, _ in found}
    for pattern in (_EMAIL, _INTERNATIONAL_TELEPHONE, _MALAYSIAN_TELEPHONE):
        for match in pattern.finditer(text):
            if match.start() not in taken and _has_enough_digits(pattern, match.group()):
                taken.add(match.start())
                found.append((match.start(), match.group()))
    return tuple(fragment for _, fragment in sorted(found))


def _is_date(match: re.Match[str]) -> bool:
    year, month, day = (int(part) for part in match.groups())
    # 29 February is real in one century or the other.
    return any(_exists(century + year, month, day) for century in (1900, 2000))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _has_enough_digits(pattern: re.Pattern[str], fragment: str) -> bool:
    digits = sum(character.isdigit() for character in fragment)
    if pattern is _INTERNATIONAL_TELEPHONE:
        return 9 <= digits <= 17  # noqa: PLR2004 -- shortest real number with 00 and longest of E.164 with 00
    return True


class PersonalDataInText(Rejected):
    """A text that others will read holds what looks like an identity number, an address or a telephone number."""


def refuse_personal_data(texts: Mapping[str, str | None]) -> None:
    """Refuse texts, given by field, that hold what looks like personal data. Raises PersonalDataInText."""
    faults = tuple(
        Fault(field, f"Take out “{fragment}”: it looks like personal data.")
        for field, text in texts.items()
        for fragment in find_personal_data(text or "")
    )
    if faults:
        raise PersonalDataInText(
            "This was not recorded: its text holds what looks like an identity-card number, an e-mail address or a "
            "telephone number, and others will read it for years. Take it out, then send it again.",
            faults,
        )
