"""What a rubric consists of."""

from __future__ import annotations

from decimal import Decimal

import msgspec

LANGUAGES = ("en", "ms")
ROUTES = ("SAMC", "APMC", "RENEWAL", "CHANGE")


class Text(msgspec.Struct, frozen=True, kw_only=True):
    """The same words in each language of the platform."""

    en: str
    ms: str

    def into(self, language: str) -> str:
        """Return the words in a language; English where we do not speak it."""
        return self.ms if language == "ms" else self.en


class Level(msgspec.Struct, frozen=True, kw_only=True):
    """One step of the scale, and the compliance points it earns."""

    score: int
    label: Text
    points: Decimal
    commendation: bool


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """A group of criteria; its weight is the sum of theirs."""

    id: str
    title: Text
    weight: Decimal


class Criterion(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is scored, with what each score means.

    `anchors` holds one text for each level of the scale, by score. `conditionable`: a condition
    may cure it later. `not_applicable`: a reviewer may leave it out, with a reason.
    """

    id: str
    area: str
    title: Text
    text: Text
    evidence: tuple[Text, ...]
    anchors: dict[int, Text]
    weight: Decimal
    must_pass: bool
    conditionable: bool
    not_applicable: bool
    applies_to: tuple[str, ...]
    maps_to: tuple[str, ...]


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """What an outcome asks for.

    Every must-pass criterion reaches `must_pass_min`; at most `below_met_max` of them stay below
    met, all of them conditionable if `only_if_conditionable`; the index and that of every area
    reach their minimum.
    """

    name: str
    must_pass_min: int
    below_met_max: int
    only_if_conditionable: bool
    index_min: Decimal
    area_min: Decimal


class Bands(msgspec.Struct, frozen=True, kw_only=True):
    """The outcomes, best first, and what is left when none of them is reached."""

    approve: Band
    approve_with_conditions: Band
    otherwise: str

    @property
    def in_order(self) -> tuple[Band, Band]:
        """Return the bands, best first."""
        return (self.approve, self.approve_with_conditions)


class Moderation(msgspec.Struct, frozen=True, kw_only=True):
    """What about the reviewers' scores calls for moderation."""

    difference_min: int
    straddles_met_on_must_pass: bool
    low_confidence_on_must_pass: bool
    bands_differ: bool
    applicability_differs: bool


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What a version changed. When it did is an event, and not in the file."""

    version: str
    text: Text


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What a code in `maps_to` stands for."""

    code: str
    name: str


class Rubric(msgspec.Struct, frozen=True, kw_only=True):
    """A version of a standard, as its file says it."""

    standard_id: str
    version: str
    title: Text
    languages: tuple[str, ...]
    translations: dict[str, str]
    licence: str
    changelog: tuple[Change, ...]
    source_mappings: tuple[Source, ...]
    scale: tuple[Level, ...]
    bands: Bands
    moderation: Moderation
    areas: tuple[Area, ...]
    criteria: tuple[Criterion, ...]

    @property
    def met(self) -> int:
        """Return the score from which a criterion is met: what approval asks of a must-pass one."""
        return self.bands.approve.must_pass_min

    def criterion(self, criterion_id: str) -> Criterion | None:
        """Return a criterion by its id."""
        return next((each for each in self.criteria if each.id == criterion_id), None)

    def applying(self, route: str) -> tuple[Criterion, ...]:
        """Return the criteria that count on a route, in the order of the file."""
        return tuple(each for each in self.criteria if route in each.applies_to)

    def points(self, score: int) -> Decimal:
        """Return the compliance points that a score earns."""
        return next(level.points for level in self.scale if level.score == score)
