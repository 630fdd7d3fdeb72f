"""The wire of providers: the organisation's part of form SAMC-01A, and what the agency does with it."""

from __future__ import annotations

from typing import get_args

import marshmallow as ma

from qa_platform.providers.decider import Status
from qa_platform.providers.events import Kind
from qa_platform.providers.schemas.fields import Text


class ProviderDetailsSchema(ma.Schema):
    """What a provider says of itself."""

    legal_name = Text(300, required=True)
    registration_number = Text(60, allow_none=True, metadata={"description": "In the register of companies, or alike"})
    kind = ma.fields.String(validate=ma.validate.OneOf(get_args(Kind)))
    country = ma.fields.String(
        allow_none=True,
        validate=ma.validate.Regexp(r"[A-Z]{2}\Z", error="Write the two letters of ISO 3166-1, such as MY."),
    )
    established_on = ma.fields.Date(allow_none=True)
    legal_basis = Text(1000, allow_none=True, metadata={"description": "The law or charter, and the mandate under it"})
    scope_of_business = Text(2000, allow_none=True)
    website = ma.fields.Url(schemes={"http", "https"}, allow_none=True, validate=ma.validate.Length(max=300))


class ProviderChangeSchema(ProviderDetailsSchema):
    """What changes in what a provider says of itself."""

    legal_name = Text(300)


class TermSchema(ma.Schema):
    """The days of a recognition, first and last included."""

    first = ma.fields.Date()
    last = ma.fields.Date()


class ProviderSchema(ProviderDetailsSchema):
    """A provider and where it stands."""

    provider_id = ma.fields.String()
    version = ma.fields.Integer()
    status = ma.fields.Enum(Status, by_value=True)
    valid_from = ma.fields.Date(
        allow_none=True, metadata={"description": "First day of recognition, without a gap since"}
    )
    valid_to = ma.fields.Date(allow_none=True, metadata={"description": "Last day of recognition"})
    terms = ma.fields.List(ma.fields.Nested(TermSchema), metadata={"description": "All that were given, in order"})
    suspended_from = ma.fields.Date(allow_none=True)
    ceased_on = ma.fields.Date(allow_none=True)
    custodian = ma.fields.String(allow_none=True, metadata={"description": "Who keeps its learners' records"})
    origin = ma.fields.String()
    simulated = ma.fields.Boolean()


class ProviderQuerySchema(ma.Schema):
    """Which providers to list."""

    status = ma.fields.Enum(Status, by_value=True)
    name = ma.fields.String(validate=ma.validate.Length(1, 300), metadata={"description": "Part of the name"})


class RecognitionSchema(ma.Schema):
    """The term of a recognition."""

    valid_from = ma.fields.Date(required=True)
    valid_to = ma.fields.Date(metadata={"description": "Last day; absent: as many months as the agency gives"})


class SuspensionSchema(ma.Schema):
    """From when, and why."""

    suspended_from = ma.fields.Date(metadata={"description": "Today when absent"})
    reason = Text(2000, required=True)


class ReinstatementSchema(ma.Schema):
    """From when, and why."""

    reinstated_from = ma.fields.Date(metadata={"description": "Today when absent"})
    reason = Text(2000, required=True)


class ErrorSchema(ma.Schema):
    """Why something is taken back as an error."""

    reason = Text(2000, required=True, metadata={"description": "No names"})


class CessationSchema(ma.Schema):
    """When a provider ends its work, and who keeps its learners' records."""

    ceased_on = ma.fields.Date(required=True)
    custodian = Text(300, required=True)
    reason = Text(2000, required=True)
