"""A row of a file -> commands; and which fields of a course a row can fill. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from msgspec import inspect

from qa_platform.kernel.rejected import Fault, Rejected
from qa_platform.submissions.commands import ChangeContent, DraftSubmission
from qa_platform.submissions.decider import faults
from qa_platform.submissions.events import CourseContent, CoursePatch, Route, Source


class RowUnfit(Rejected):
    """A row says something about a course that a course cannot be; the faults say it by field."""


class ImportedCourse(msgspec.Struct, frozen=True, kw_only=True):
    """A course as a row of a file tells it: who offers it, where the row came from, what it says."""

    submission_id: str
    course_id: str
    provider_id: str
    source: str
    reference: str
    content: CoursePatch


class FieldShape(msgspec.Struct, frozen=True, kw_only=True):
    """What one field of a course takes: the Python type of it (or of its items), and its limits."""

    type: type
    many: bool = False
    kind: str = "text"
    limits: Mapping[str, int] = {}


def drafting(course: ImportedCourse) -> tuple[DraftSubmission, ChangeContent]:
    """Return the commands that draft a course; asked again, they change nothing."""
    return (
        DraftSubmission(
            submission_id=course.submission_id,
            course_id=course.course_id,
            course_version="1.0.0",
            provider_id=course.provider_id,
            route=Route.SAMC,
            source=Source(kind="import", reference=f"{course.source}: {course.reference}"),
        ),
        ChangeContent(submission_id=course.submission_id, content=course.content),
    )


def patch(values: Mapping[str, Any]) -> CoursePatch:
    """Return what a row says about a course; raises RowUnfit where a value breaks a field's limits."""
    found = [fault for field, value in values.items() for fault in _beyond(field, value, FILLABLE[field])]
    if found:
        raise RowUnfit(found[0].message, tuple(found))
    plain = {field: tuple(value) if isinstance(value, list) else value for field, value in values.items()}
    try:
        return msgspec.convert(plain, CoursePatch)
    except msgspec.ValidationError as error:
        # “… - at `$.pace`”: the codes of a field are known to its type only.
        what, _, where = str(error).partition(" - at `$.")
        field = where.rstrip("`").partition("[")[0]
        raise RowUnfit(f"{what}.", (Fault(field, f"{what}."),)) from None


def missing(content: CoursePatch, on: date, longest_validity_months: int) -> tuple[Fault, ...]:
    """Return what the course lacks before it can be lodged, by field, as the rules of lodging say it."""
    said = {name: value for name in content.__struct_fields__ if (value := getattr(content, name)) is not msgspec.UNSET}
    return faults(CourseContent(**said), (), on, longest_validity_months=longest_validity_months)


def _beyond(field: str, value: Any, shape: FieldShape) -> Iterator[Fault]:  # noqa: ANN401 -- a value of any field
    """Yield how a value breaks its field's limits; a list is looked at item by item."""
    if isinstance(value, list | tuple):
        for index, item in enumerate(value):
            yield from _beyond(f"{field}.{index}", item, shape)
        return
    sentence = None
    if isinstance(value, str):
        sentence = _wrong_length(value, shape.limits)
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        sentence = _out_of_range(value, shape.limits)
    if sentence:
        yield Fault(field, sentence)


def _wrong_length(text: str, limits: Mapping[str, int]) -> str | None:
    if len(text) > limits.get("longest", len(text)):
        return f"“{text[:40]}…” is {len(text)} characters long; at most {limits['longest']} fit."
    if len(text) < limits.get("shortest", 0):
        return f"“{text}” is too short; at least {limits['shortest']} characters are needed."
    return None


def _out_of_range(number: int | Decimal, limits: Mapping[str, int]) -> str | None:
    if not limits.get("least", number) <= number <= limits.get("most", number):
        return f"{number} is not from {limits.get('least', '…')} to {limits.get('most', '…')}."
    places = -int(number.as_tuple().exponent) if isinstance(number, Decimal) else 0
    if places > limits.get("places", places):
        return f"{number} has more than {limits['places']} decimals."
    return None


_PLAIN_TYPES: Mapping[type[inspect.Type], type] = {
    inspect.StrType: str,
    inspect.EnumType: str,
    inspect.LiteralType: str,
    inspect.IntType: int,
    inspect.DecimalType: Decimal,
    inspect.BoolType: bool,
    inspect.DateType: date,
}


def _shape(field: inspect.Type, **known: Any) -> FieldShape | None:  # noqa: ANN401 -- fields of FieldShape
    """Return the shape of a field that one cell can fill; None for those made of parts."""
    match field:
        case inspect.Metadata(type=inner, extra=extra):
            told = dict(extra or {})
            kind = told.pop("kind", "text")
            return _shape(inner, **{"kind": kind, "limits": told, **known})
        case inspect.UnionType(types=types):
            return _shape(next(one for one in types if not isinstance(one, inspect.NoneType)), **known)
        case inspect.VarTupleType(item_type=item):
            inner_shape = _shape(item)
            return msgspec.structs.replace(inner_shape, many=True) if inner_shape else None
        case _:
            found = _PLAIN_TYPES.get(type(field))
            return FieldShape(type=found, **known) if found else None


def _fillable() -> dict[str, FieldShape]:
    shapes = {field.name: _shape(inspect.type_info(field.type)) for field in msgspec.structs.fields(CourseContent)}
    return {name: shape for name, shape in shapes.items() if shape is not None}


FILLABLE: Mapping[str, FieldShape] = _fillable()
