"""Fields of what providers and the agency write to each other."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from qa_platform.kernel.personal_data import find_personal_data
from qa_platform.kernel.sealed import Sealed


class Text(ma.fields.String):
    """Text without blanks around it, of one to so many characters, for everybody to read."""

    def __init__(self, longest: int, **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        super().__init__(validate=[ma.validate.Length(1, longest), _without_personal_data], **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:  # noqa: ANN401 -- as inherited
        return unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs)).strip()


def _without_personal_data(text: str) -> None:
    if found := find_personal_data(text):
        raise ma.ValidationError(f"Take out what is about a person: {', '.join(f'“{one}”' for one in found)}.")


class Digest(ma.fields.String):
    """The SHA-256 of a file, in hex."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        rule = ma.validate.Regexp(r"[0-9a-f]{64}\Z", error="Write the SHA-256 of the file: 64 digits of 0-9 and a-f.")
        super().__init__(validate=rule, **options)


class SealedText(ma.fields.String):
    """Something about a person; null where it is not opened, or erased."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ANN401 -- as inherited
        text = value.value if isinstance(value, Sealed) and isinstance(value.value, str) else None
        return super()._serialize(text, attr, obj, **kwargs)


class PersonText(ma.fields.String):
    """A few words about a person, which will be sealed."""

    def __init__(self, longest: int, **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        super().__init__(validate=ma.validate.Length(1, longest), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:  # noqa: ANN401 -- as inherited
        return unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs)).strip()
