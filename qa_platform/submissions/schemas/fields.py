"""Fields that take what a form, an API client or a file's row says, and answer in sentences."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

import marshmallow as ma

from qa_platform.kernel.sealed import Sealed

# What no text needs, and some stores refuse: controls (line ends and tabs apart), halves of surrogate pairs.
_UNUSABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
_WHOLE = re.compile(r"[+-]?\d{1,19}", re.ASCII)
_EXACT = re.compile(r"[+-]?\d{1,19}(?:\.\d{1,19})?", re.ASCII)
_Sentences = dict[str, str | list[Any] | dict[Any, Any]]
_BLANK_NEEDED: _Sentences = {"null": "This cannot be empty.", "required": "This is needed."}
MOST_ITEMS = 200

_TEXT_WORDS: _Sentences = {
    **_BLANK_NEEDED,
    "invalid": "Write text here.",
    "invalid_utf8": "Write text here.",
    "unusable": "This holds a character that cannot be stored; type it again.",
}
_WHOLE_WORDS: _Sentences = {
    **_BLANK_NEEDED,
    "invalid": "Write a whole number here.",
    "too_large": "This number is too large.",
}
_EXACT_WORDS: _Sentences = {**_BLANK_NEEDED, "invalid": "Write a number here, such as 12.5."}
_YES_NO_WORDS: _Sentences = {**_BLANK_NEEDED, "invalid": "Answer true or false."}
_DAY_WORDS: _Sentences = {
    **_BLANK_NEEDED,
    "invalid": "Write a day as 2026-11-24.",
    "format": "Write a day as 2026-11-24.",
}
_ROWS_WORDS: _Sentences = {**_BLANK_NEEDED, "invalid": "Give a list here."}
_OBJECT_WORDS = {"unknown": "There is no such field.", "type": "Give an object with named fields here."}


class Text(ma.fields.String):
    """Text, composed (NFC), without blanks around it; empty text counts as none where none is allowed."""

    default_error_messages = _TEXT_WORDS

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:  # noqa: ANN401 -- as inherited
        text = super()._deserialize(value, attr, data, **kwargs)
        if _UNUSABLE.search(text or ""):
            raise self.make_error("unusable")
        text = unicodedata.normalize("NFC", (text or "").replace("\r\n", "\n")).strip()
        return None if not text and self.allow_none else text

    def _validate(self, value: Any) -> None:  # noqa: ANN401 -- as inherited
        if value is not None:
            super()._validate(value)


class WebAddress(Text):
    """The address of a page."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:  # noqa: ANN401 -- as inherited
        text = super()._deserialize(value, attr, data, **kwargs)
        if text:
            ma.validate.URL(
                schemes={"http", "https"}, error="Write a whole address, beginning with https:// or http://."
            )(text)
        return text


class Whole(ma.fields.Integer):
    """A whole number, as a number or in digits; nothing is rounded."""

    default_error_messages = _WHOLE_WORDS

    def _validated(self, value: Any) -> int:  # noqa: ANN401 -- as inherited
        text = value.strip() if isinstance(value, str) else str(value)
        if isinstance(value, bool) or not _WHOLE.fullmatch(text):
            raise self.make_error("invalid")
        return int(text)


class Exact(ma.fields.Decimal):
    """A decimal number with at most so many places; more are refused, never rounded away."""

    default_error_messages = _EXACT_WORDS

    def __init__(self, places: int, **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        super().__init__(as_string=True, **options)
        self._most_places = places

    def _validated(self, value: Any) -> Decimal:  # noqa: ANN401 -- as inherited
        text = value.strip() if isinstance(value, str) else str(value)
        if isinstance(value, bool) or not _EXACT.fullmatch(text):
            raise self.make_error("invalid")
        step = Decimal(1).scaleb(-self._most_places)
        number = Decimal(text)
        try:
            rounded = number.quantize(step)
        except InvalidOperation:
            raise self.make_error("invalid") from None
        if rounded != number:
            digits = "one digit" if self._most_places == 1 else f"{self._most_places} digits"
            raise ma.ValidationError(f"Write at most {digits} after the point.")
        # One way to write each number, so that equal courses have equal digests.
        return number.normalize() + 0 if number != number.to_integral_value() else Decimal(int(number))

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> Any:  # noqa: ANN401, ARG002 -- as inherited
        return None if value is None else f"{value:f}"


class YesNo(ma.fields.Boolean):
    """Yes or no."""

    default_error_messages = _YES_NO_WORDS


class Day(ma.fields.Date):
    """A day, as ISO 8601 writes it."""

    default_error_messages = _DAY_WORDS


class Choice(ma.fields.Enum[Any]):
    """One of a closed list, by its code."""

    def __init__(self, choices: type[Enum], **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        names = ", ".join(str(choice.value) for choice in choices)
        messages: _Sentences = {**_BLANK_NEEDED, "unknown": f"Choose one of: {names}."}
        super().__init__(choices, by_value=True, error_messages=messages, **options)


class Rows(ma.fields.List[Any]):
    """A list, loaded as a tuple."""

    default_error_messages = _ROWS_WORDS

    def __init__(self, inner: ma.fields.Field[Any], **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        few = ma.validate.Length(max=MOST_ITEMS, error=f"Give at most {MOST_ITEMS} here.")
        super().__init__(inner, validate=few, **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> Any:  # noqa: ANN401 -- as inherited
        return tuple(super()._deserialize(value, attr, data, **kwargs))


class SealedText(ma.fields.String):
    """Something about a person, for showing; null once it is erased, or where it is not opened."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ANN401 -- as inherited
        text = value.value if isinstance(value, Sealed) and isinstance(value.value, str) else None
        return super()._serialize(text, attr, obj, **kwargs)


class StrictSchema(ma.Schema):
    """A body in which nothing may stand that is not known."""

    error_messages = _OBJECT_WORDS
