"""The wire of centres: who they are, how they stand, and whose case is whose."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from typing import Any

import marshmallow as ma

from qa_platform.centres.decider import Status
from qa_platform.kernel.personal_data import find_personal_data
from qa_platform.web.ids import Id


class Text(ma.fields.String):
    """Text without blanks around it, of one to so many characters, and without personal data."""

    def __init__(self, longest: int, **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        super().__init__(validate=[ma.validate.Length(1, longest), _without_personal_data], **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:  # noqa: ANN401 -- as inherited
        return unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs)).strip()


def _without_personal_data(text: str) -> None:
    if found := find_personal_data(text):
        raise ma.ValidationError(f"Take out what is about a person: {', '.join(f'“{one}”' for one in found)}.")


_INSTITUTION = {"description": "The id of the provider whose arm the centre is; null where it is nobody's"}


class CentreDetailsSchema(ma.Schema):
    """A centre that is approved."""

    name = Text(300, required=True)
    institution = Id(allow_none=True, metadata=_INSTITUTION)
    approved_on = ma.fields.Date(metadata={"description": "Today when absent"})


class CentreChangeSchema(ma.Schema):
    """What changes of a centre: what is absent stays."""

    name = Text(300)
    institution = Id(allow_none=True, metadata=_INSTITUTION)


class CentreSuspensionSchema(ma.Schema):
    """From when, and why."""

    suspended_from = ma.fields.Date(metadata={"description": "Today when absent"})
    reason = Text(2000, required=True, metadata={"description": "No names"})


class CentreReinstatementSchema(ma.Schema):
    """From when, and why."""

    reinstated_from = ma.fields.Date(metadata={"description": "Today when absent"})
    reason = Text(2000, required=True, metadata={"description": "No names"})


class ApprovalEndSchema(ma.Schema):
    """When and why an approval ends, and who gets the cases."""

    ended_on = ma.fields.Date(metadata={"description": "Today when absent"})
    reason = Text(2000, required=True, metadata={"description": "No names"})
    successor_id = Id(
        load_default=None,
        allow_none=True,
        metadata={"description": "The centre that gets its cases; null: the agency itself"},
    )
    cases = ma.fields.Integer(
        strict=True,
        metadata={"description": "How many cases you saw that it has; if it has more or fewer, nothing is done"},
    )


class CentreSchema(ma.Schema):
    """A centre and where it stands."""

    centre_id = ma.fields.String()
    version = ma.fields.Integer()
    name = ma.fields.String()
    institution = ma.fields.String(allow_none=True, metadata=_INSTITUTION)
    status = ma.fields.Enum(Status, by_value=True)
    decision_code = ma.fields.String(
        allow_none=True,
        metadata={"description": "CTR-ACC approved, CTR-SUS suspended; null: its approval has ended"},
    )
    approved_on = ma.fields.Date()
    suspended_from = ma.fields.Date(allow_none=True)
    ended_on = ma.fields.Date(allow_none=True)
    successor_id = ma.fields.String(allow_none=True, metadata={"description": "Who got its cases; null: the agency"})
    reason = ma.fields.String(allow_none=True, metadata={"description": "For the agency, and the centre itself"})
    simulated = ma.fields.Boolean()


class CentreQuerySchema(ma.Schema):
    """Which centres to list."""

    status = ma.fields.Enum(Status, by_value=True)
    institution = Id()


class AssignmentSchema(ma.Schema):
    """To which centre a case is given."""

    centre_id = Id(required=True)


class MoveSchema(ma.Schema):
    """To whom a case is moved, and why."""

    centre_id = Id(required=True, allow_none=True, metadata={"description": "null: back to the agency itself"})
    reason = Text(2000, required=True, metadata={"description": "No names"})


class CosignatureSchema(ma.Schema):
    """Which decision is co-signed: the one that you have read."""

    decision_id = Id(required=True)


class CaseCentreSchema(ma.Schema):
    """Whom a case belongs to."""

    submission_id = ma.fields.String(attribute="case_id")
    version = ma.fields.Integer()
    centre_id = ma.fields.String(allow_none=True, metadata={"description": "null: the agency itself, again"})
    since = ma.fields.Date()
    moves = ma.fields.Integer(metadata={"description": "How often it was moved"})
    by_default = ma.fields.Boolean(metadata={"description": "Nobody chose the centre: it is the usual one"})
