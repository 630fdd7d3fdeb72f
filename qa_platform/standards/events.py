"""What can have happened to the standard; all of it is public."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from qa_platform.kernel.event import Event
from qa_platform.kernel.roles import Role
from qa_platform.kernel.visibility import Visibility, of_roles

_EVERYBODY: Visibility = of_roles(*(role for role in Role if role is not Role.SYSTEM))


class RubricPublished(Event, frozen=True, kw_only=True, tag="rubric.published.v1"):
    """A version of a standard became public; `text` is the file, byte for byte."""

    seen_by: ClassVar[Visibility] = _EVERYBODY

    standard_id: str
    version: str
    content_hash: str
    text: str
    title_en: str
    title_ms: str


class RubricPutInForce(Event, frozen=True, kw_only=True, tag="rubric.put_in_force.v1"):
    """From a day on, what is accepted is judged under this version."""

    seen_by: ClassVar[Visibility] = _EVERYBODY

    standard_id: str
    version: str
    in_force_from: date


class RubricRetired(Event, frozen=True, kw_only=True, tag="rubric.retired.v1"):
    """From a day on, nothing more is accepted under this version; its cases keep it."""

    seen_by: ClassVar[Visibility] = _EVERYBODY

    standard_id: str
    version: str
    retired_from: date


StandardEvent = RubricPublished | RubricPutInForce | RubricRetired
