"""Which column is which field: a small YAML or TOML file, or the columns' plain names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib import resources
from typing import Any

import msgspec
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from qa_platform.importing.cells import Kind
from qa_platform.kernel.rejected import Rejected
from qa_platform.submissions.imports import FILLABLE, FieldShape

PROVIDER = "provider"
COUNTRY = "country"
REFERENCE = "reference"
TITLES = ("title_en", "title_ms")
BUILT_IN = ("course_catalogue",)

# What a row is about beside the fields of a course.
_BESIDE: dict[str, Kind] = {PROVIDER: Kind.TEXT, COUNTRY: Kind.TEXT, REFERENCE: Kind.TEXT}
# Amounts stand in files as 1,200.50; a submission keeps them in minor units.
_OWN_KINDS: dict[str, Kind] = {"fee_amount": Kind.MONEY, "total_price": Kind.MONEY, "duration_weeks": Kind.WEEKS}
_KINDS = {"int": Kind.COUNT, "Decimal": Kind.NUMBER, "bool": Kind.TRUTH, "date": Kind.DATE}
_PLAIN_NAMES = {
    "title_en": ("title", "coursetitle", "coursename", "course", "name", "titleen", "titleenglish"),
    "title_ms": ("titlems", "titlemalay", "tajuk", "tajukkursus"),
    PROVIDER: ("provider", "organisation", "organization", "institution", "university", "courseorganization",
               "courseorganisation", "courseprovider", "penyedia", "institusi"),
    "course_page_url": ("url", "courseurl", "link", "webaddress", "courselink", "coursepage"),
    "skills": ("skills", "courseskills", "kemahiran"),
    "language_of_instruction": ("language", "languageofinstruction", "bahasa"),
    "synopsis": ("synopsis", "sinopsis"),
    "short_description": ("description", "shortdescription"),
    COUNTRY: ("country", "providercountry", "negara"),
    REFERENCE: ("reference", "id", "courseid", "code", "coursecode", "kodkursus"),
}  # fmt: skip


class ProfileInvalid(Rejected):
    """A profile says something that makes no sense, so no file is read by it."""


class Column(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one column of a file holds.

    `separator` parts a list's items; `values` says what a cell's word, or a list's, stands for.
    """

    field: str | None = None
    kind: Kind | None = None
    separator: str | None = None
    values: dict[str, str] = {}


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to read one kind of file; `source` is part of every id that it leads to."""

    name: str
    source: str
    columns: dict[str, Column]
    constants: dict[str, str | int | bool | list[str]] = {}
    encoding: str | None = None
    sheet: str | None = None
    known_providers: tuple[str, ...] = ()
    placeholders: tuple[str, ...] = ()


def built_in(name: str) -> Profile:
    """Return a profile that ships with the platform."""
    text = resources.files("qa_platform.importing").joinpath("profiles", f"{name}.yaml").read_text("utf-8")
    return parse_profile(text, f"{name}.yaml")


def parse_profile(text: str, file: str) -> Profile:
    """Return the profile that a YAML or TOML text spells; raises ProfileInvalid saying where it is wrong."""
    try:
        raw: Any = tomllib.loads(text) if file.endswith(".toml") else YAML(typ="safe", pure=True).load(text)
        profile = msgspec.convert(raw, Profile)
    except (YAMLError, tomllib.TOMLDecodeError) as error:
        raise ProfileInvalid(f"The profile “{file}” was not read: {' '.join(str(error).split())}. Mend it.") from None
    except msgspec.ValidationError as error:
        raise ProfileInvalid(f"The profile “{file}” was not read: {error}. Mend that place.") from None
    _check(profile, file)
    return profile


def choose(columns: Iterable[str]) -> Profile:
    """Return the built-in profile whose columns a file has, else one by the columns' plain names."""
    names = [name.strip() for name in columns]
    for known in BUILT_IN:
        profile = built_in(known)
        if {name for name, column in profile.columns.items() if column.field} <= set(names):
            return profile
    return plain(names)


def plain(columns: Iterable[str]) -> Profile:
    """Return the profile that columns' own names spell out: title, provider, url, or a field's name.

    Of several columns for one field the plainest name wins; the others are not used.
    """
    best: dict[str, tuple[int, str]] = {}
    for name in columns:
        for field, rank in _plain_fields(name):
            best[field] = min(best.get(field, (rank, name)), (rank, name), key=lambda found: found[0])
    return Profile(
        name="plain", source="courses", columns={name: Column(field=field) for field, (_, name) in best.items()}
    )


def kind_of(column: Column) -> Kind | None:
    """Return what the cells of a column hold: as told, else as its field takes."""
    if column.kind is not None or column.field is None:
        return column.kind
    if column.field in _BESIDE:
        return _BESIDE[column.field]
    return _kind_of_field(column.field, FILLABLE[column.field])


def _kind_of_field(field: str, shape: FieldShape) -> Kind:
    if field in _OWN_KINDS:
        return _OWN_KINDS[field]
    if shape.many:
        return Kind.LIST
    if shape.kind == "uri":
        return Kind.URL
    return _KINDS.get(shape.type.__name__, Kind.TEXT)


def _plain_fields(name: str) -> Iterator[tuple[str, int]]:
    """Yield the field that a column's name stands for, and how plainly: 0 says it best."""
    bare = re.sub(r"[\W_]+", "", name.casefold())
    if name in FILLABLE:
        yield name, 0
        return
    for field, names in _PLAIN_NAMES.items():
        if bare in names:
            yield field, names.index(bare)


def _check(profile: Profile, file: str) -> None:
    fields = [column.field for column in profile.columns.values() if column.field] + list(profile.constants)
    for field in fields:
        if field not in FILLABLE and field not in _BESIDE:
            raise ProfileInvalid(
                f"The profile “{file}” was not read: a submission has no field “{field}” that a file can fill. "
                f"Use one of {', '.join(sorted([*FILLABLE, *_BESIDE]))}."
            )
        if fields.count(field) > 1:
            raise ProfileInvalid(f"The profile “{file}” was not read: “{field}” is filled twice. Fill it once.")
    if PROVIDER not in fields or not set(TITLES) & set(fields):
        raise ProfileInvalid(
            f"The profile “{file}” was not read: it must say where the title (title_en or title_ms) "
            "and the provider come from."
        )
