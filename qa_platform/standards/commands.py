"""What one may ask about the standard."""

from __future__ import annotations

from datetime import date

from qa_platform.kernel.event import Command


class PublishRubric(Command, frozen=True, kw_only=True):
    """Publish a version of a standard; `imports.publication` makes this from a text that has no faults."""

    standard_id: str
    version: str
    text: str
    content_hash: str
    title_en: str
    title_ms: str


class PutRubricInForce(Command, frozen=True, kw_only=True):
    """Judge what is accepted from a day on under a version; `on` is today."""

    standard_id: str
    version: str
    in_force_from: date
    on: date


class RetireRubric(Command, frozen=True, kw_only=True):
    """Accept nothing more under a version from a day on; `on` is today."""

    standard_id: str
    version: str
    retired_from: date
    on: date


StandardCommand = PublishRubric | PutRubricInForce | RetireRubric
