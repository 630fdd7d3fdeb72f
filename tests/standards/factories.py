"""Commands and events of the standard, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.standards import commands, events

TODAY = date(2026, 7, 1)
TEXT = "standard_id: small\nweight: '5'\nend: here\n"


class PublishRubricFactory(factory.Factory):
    class Meta:
        model = commands.PublishRubric

    standard_id = "small"
    version = "0.1.0"
    text = TEXT
    content_hash = "sha256:aa"
    title_en = "Small standard"
    title_ms = "Standard kecil"


class PutRubricInForceFactory(factory.Factory):
    class Meta:
        model = commands.PutRubricInForce

    standard_id = "small"
    version = "0.1.0"
    in_force_from = TODAY
    on = TODAY


class RetireRubricFactory(factory.Factory):
    class Meta:
        model = commands.RetireRubric

    standard_id = "small"
    version = "0.1.0"
    retired_from = TODAY
    on = TODAY


class RubricPublishedFactory(factory.Factory):
    class Meta:
        model = events.RubricPublished

    standard_id = "small"
    version = "0.1.0"
    content_hash = "sha256:aa"
    text = TEXT
    title_en = "Small standard"
    title_ms = "Standard kecil"


class RubricPutInForceFactory(factory.Factory):
    class Meta:
        model = events.RubricPutInForce

    standard_id = "small"
    version = "0.1.0"
    in_force_from = TODAY


class RubricRetiredFactory(factory.Factory):
    class Meta:
        model = events.RubricRetired

    standard_id = "small"
    version = "0.1.0"
    retired_from = TODAY
