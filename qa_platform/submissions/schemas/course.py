"""The wire of a course, made from its own structs, so that no field is written twice.

`CourseSchema` loads a change (CoursePatch) and shows a whole course (CourseContent).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import marshmallow as ma
import msgspec
from msgspec import inspect

from qa_platform.submissions.events import CourseContent, CoursePatch
from qa_platform.submissions.schemas.fields import (
    Choice,
    Day,
    Exact,
    Rows,
    StrictSchema,
    Text,
    WebAddress,
    Whole,
    YesNo,
)

_PSEUDONYM = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_LONGEST = 4000


class _PartSchema(StrictSchema):
    """A part of a course, loaded into its struct."""

    part: type[msgspec.Struct]

    @ma.post_load
    def make(self, said: dict[str, Any], **_kwargs: Any) -> msgspec.Struct:  # noqa: ANN401 -- as marshmallow calls it
        """Return the struct that the fields say."""
        return self.part(**self._kept(said))

    def _kept(self, said: dict[str, Any]) -> dict[str, Any]:
        # Null says the same as nothing, also where a part's own nothing is an empty list.
        return {name: value for name, value in said.items() if value is not None}


class _CourseSchema(_PartSchema):
    """A course, or a change to it."""

    def _kept(self, said: dict[str, Any]) -> dict[str, Any]:
        # Here null empties a field.
        return said


@cache
def _schema_of(part: type[msgspec.Struct]) -> type[ma.Schema]:
    return _made(f"{part.__name__}Schema", _PartSchema, part, part)


def _made(name: str, base: type[ma.Schema], loaded: type, described: type[msgspec.Struct]) -> type[ma.Schema]:
    shape = inspect.type_info(described)
    fields = {field.name: _field(field.type, {}, required=field.required) for field in getattr(shape, "fields", ())}
    return type(name, (base,), {**fields, "part": loaded, "__doc__": described.__doc__})


def _field(shape: inspect.Type, told: Mapping[str, Any], **options: Any) -> ma.fields.Field[Any]:  # noqa: ANN401 -- marshmallow's own options
    """Return the field for a type, with the limits and the description that its `about` tells."""
    match shape:
        case inspect.Metadata():
            known = {**(shape.extra or {}), **(shape.extra_json_schema or {})}
            return _field(shape.type, {**known, **told}, **options)
        case inspect.UnionType():
            solid = next(member for member in shape.types if not isinstance(member, inspect.NoneType))
            return _field(solid, told, allow_none=True, **options)
        case inspect.VarTupleType():
            return Rows(_field(shape.item_type, {}, required=True), **_described(told), **_nullable(options))
        case inspect.StructType():
            return ma.fields.Nested(_schema_of(shape.cls), **_described(told), **options)
        case _:
            return _plain(shape, told, **options)


def _plain(shape: inspect.Type, told: Mapping[str, Any], **options: Any) -> ma.fields.Field[Any]:  # noqa: ANN401 -- as above
    said = {**_described(told), **options}
    match shape:
        case inspect.StrType() if told.get("kind") == "uri":
            return WebAddress(validate=_length(told, options), **said)
        case inspect.StrType():
            return Text(validate=_pattern(told) or _length(told, options), **said)
        case inspect.IntType():
            return Whole(validate=_range(told), **said)
        case inspect.DecimalType():
            return Exact(told.get("places", 0), validate=_range(told), **said)
        case inspect.BoolType():
            return YesNo(**said)
        case inspect.DateType():
            return Day(**said)
        case inspect.EnumType():
            return Choice(shape.cls, **said)
        case _:
            raise TypeError(f"a course cannot hold {shape!r}")


def _nullable(options: Mapping[str, Any]) -> dict[str, Any]:
    # An optional list may be said to be null as well as empty.
    return {**options, "allow_none": not options.get("required", False)}


def _described(told: Mapping[str, Any]) -> dict[str, Any]:
    return {"metadata": {"description": told["description"]}} if "description" in told else {}


def _length(told: Mapping[str, Any], options: Mapping[str, Any]) -> ma.validate.Validator:
    least = told.get("shortest", 0 if options.get("allow_none") else 1)
    most = told.get("longest", _LONGEST)
    words = f"exactly {most}" if least == most else f"{least} to {most}" if least else f"at most {most}"
    return ma.validate.Length(least, most, error=f"Write {words} characters here.")


def _pattern(told: Mapping[str, Any]) -> ma.validate.Validator | None:
    pattern = _PSEUDONYM if told.get("kind") == "subject" else told.get("pattern")
    words = f"This does not look right: {told.get('description', 'another form is expected')}."
    return ma.validate.Regexp(rf"{pattern}\Z", error=words) if pattern else None


def _range(told: Mapping[str, Any]) -> ma.validate.Validator:
    least, most = told.get("least"), told.get("most")
    words = f"from {least} to {most}" if least is not None else f"of at most {most}"
    return ma.validate.Range(least, most, error=f"Write a number {words}.")


CourseSchema = _made("CourseSchema", _CourseSchema, CoursePatch, CourseContent)
