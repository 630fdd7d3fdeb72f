"""The wire of the standard: versions, and the rubric in each language."""

from __future__ import annotations

import marshmallow as ma

# Several times the size of the national standard; reading a text takes time in proportion.
LONGEST_TEXT = 200_000


def _exact() -> ma.fields.Decimal:
    return ma.fields.Decimal(as_string=True, metadata={"description": "An exact decimal, as text"})


class PublicationSchema(ma.Schema):
    """A version to publish."""

    text = ma.fields.String(
        required=True,
        validate=ma.validate.Length(1, LONGEST_TEXT),
        metadata={"description": "The rubric's file in YAML, character for character"},
    )


class ForceSchema(ma.Schema):
    """From when a version is in force."""

    in_force_from = ma.fields.Date(
        required=True, data_key="from", metadata={"description": "First day; today or later, and after other versions'"}
    )


class RetirementSchema(ma.Schema):
    """From when nothing more is accepted under a version."""

    retired_from = ma.fields.Date(
        required=True, data_key="from", metadata={"description": "First day on which it is no longer in force"}
    )


class StandardSchema(ma.Schema):
    """A standard."""

    standard_id = ma.fields.String()
    version = ma.fields.Integer(metadata={"description": "The version of its stream; the ETag"})
    title_en = ma.fields.String()
    title_ms = ma.fields.String()
    latest_rubric_version = ma.fields.String(metadata={"description": "The version published last"})
    versions_published = ma.fields.Integer()


class RubricVersionSchema(ma.Schema):
    """A version of a standard, without its text."""

    standard_id = ma.fields.String()
    rubric_version = ma.fields.String()
    content_hash = ma.fields.String(metadata={"description": "SHA-256 of the text's UTF-8 bytes"})
    title_en = ma.fields.String()
    title_ms = ma.fields.String()
    published_at = ma.fields.AwareDateTime()
    in_force_from = ma.fields.Date(allow_none=True)
    retired_from = ma.fields.Date(allow_none=True)


class TextSchema(ma.Schema):
    """The same words in each language."""

    en = ma.fields.String()
    ms = ma.fields.String()


class LevelSchema(ma.Schema):
    """A step of the scale."""

    score = ma.fields.Integer()
    label = ma.fields.Nested(TextSchema)
    points = _exact()
    commendation = ma.fields.Boolean()


class AreaSchema(ma.Schema):
    """A group of criteria."""

    id = ma.fields.String()
    title = ma.fields.Nested(TextSchema)
    weight = _exact()


class CriterionSchema(ma.Schema):
    """One thing that is scored, with what each score means."""

    id = ma.fields.String()
    area = ma.fields.String()
    title = ma.fields.Nested(TextSchema)
    text = ma.fields.Nested(TextSchema)
    evidence = ma.fields.List(ma.fields.Nested(TextSchema))
    anchors = ma.fields.Dict(
        keys=ma.fields.String(),
        values=ma.fields.Nested(TextSchema),
        metadata={"description": "What each score means, by score"},
    )
    weight = _exact()
    must_pass = ma.fields.Boolean()
    conditionable = ma.fields.Boolean(metadata={"description": "May be met later, through a condition"})
    not_applicable = ma.fields.Boolean(metadata={"description": "May be left out, with a reason"})
    applies_to = ma.fields.List(ma.fields.String(), metadata={"description": "The routes on which it counts"})
    maps_to = ma.fields.List(ma.fields.String())


class BandSchema(ma.Schema):
    """What an outcome asks for."""

    must_pass_min = ma.fields.Integer()
    below_met_max = ma.fields.Integer(metadata={"description": "How many must-pass criteria may stay below met"})
    only_if_conditionable = ma.fields.Boolean()
    index_min = _exact()
    area_min = _exact()


class BandsSchema(ma.Schema):
    """The outcomes, best first."""

    approve = ma.fields.Nested(BandSchema)
    approve_with_conditions = ma.fields.Nested(BandSchema)
    otherwise = ma.fields.String()


class ModerationSchema(ma.Schema):
    """What calls for moderation."""

    difference_min = ma.fields.Integer()
    straddles_met_on_must_pass = ma.fields.Boolean()
    low_confidence_on_must_pass = ma.fields.Boolean()
    bands_differ = ma.fields.Boolean()
    applicability_differs = ma.fields.Boolean()


class ChangeSchema(ma.Schema):
    """What a version changed."""

    version = ma.fields.String()
    text = ma.fields.Nested(TextSchema)


class SourceSchema(ma.Schema):
    """What a code in `maps_to` stands for."""

    code = ma.fields.String()
    name = ma.fields.String()


class RubricSchema(ma.Schema):
    """A rubric in each language."""

    standard_id = ma.fields.String()
    version = ma.fields.String()
    title = ma.fields.Nested(TextSchema)
    languages = ma.fields.List(ma.fields.String())
    translations = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.String())
    licence = ma.fields.String()
    changelog = ma.fields.List(ma.fields.Nested(ChangeSchema))
    source_mappings = ma.fields.List(ma.fields.Nested(SourceSchema))
    scale = ma.fields.List(ma.fields.Nested(LevelSchema))
    bands = ma.fields.Nested(BandsSchema)
    moderation = ma.fields.Nested(ModerationSchema)
    areas = ma.fields.List(ma.fields.Nested(AreaSchema))
    criteria = ma.fields.List(ma.fields.Nested(CriterionSchema))


class RubricVersionInFullSchema(RubricVersionSchema):
    """A version of a standard with its text, and the rubric that the text holds."""

    version = ma.fields.Integer(metadata={"description": "The version of the standard's stream; the ETag"})
    text = ma.fields.String(metadata={"description": "The file as published, to check the hash"})
    rubric = ma.fields.Nested(RubricSchema)
