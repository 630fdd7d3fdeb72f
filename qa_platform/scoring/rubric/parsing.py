"""From the text of a rubric to the rubric, or to all that is wrong with it."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import Node

from qa_platform.scoring.rubric.checks import check
from qa_platform.scoring.rubric.source import Faults, Piece
from qa_platform.scoring.rubric.structure import (
    LANGUAGES,
    ROUTES,
    Area,
    Band,
    Bands,
    Change,
    Criterion,
    Level,
    Moderation,
    Rubric,
    Source,
    Text,
)

# A rubric nests six deep; what nests much deeper is meant to exhaust the reader.
_DEEPEST = 20

_STANDARD = r"[a-z][a-z0-9_-]{1,39}"
_VERSION = r"(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})\.(0|[1-9][0-9]{0,4})"
_AREA = r"[A-Z]"
_CRITERION = r"[A-Z][0-9]{1,2}"


def content_hash(text: str) -> str:
    """Return the name of the exact text: the SHA-256 of its UTF-8 bytes.

    Bytes are bytes: other line endings or a blank more are another text.
    """
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def known_rubric(text: str) -> Rubric:
    """Return the rubric of a published text."""
    return parse_rubric(text, "the published rubric")


@lru_cache(maxsize=64)
def parse_rubric(text: str, file: str) -> Rubric:
    """Return the rubric of a text, or raise RubricInvalid with every fault, its file and its line.

    Reading takes seconds: a text that was sound is remembered, for it is looked at again when it is
    published, repeated and checked.
    """
    faults = Faults(file)
    node = _node(text, faults)
    faults.refuse()
    rubric = _rubric(Piece(node, "", faults))
    if not faults.wrong_at("", "areas", "criteria"):
        # Without its larger pieces everything else would be wrong too, and would say nothing new.
        check(rubric, faults)
    faults.refuse()
    return rubric


def _node(text: str, faults: Faults) -> Node | None:
    try:
        _refuse_traps(text, faults)
        if faults.found:
            return None
        node: Node | None = YAML(typ="rt", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        faults.note("", f"the file is not YAML here: {error.problem or error.context}", line=line)
        return None
    except YAMLError as error:
        line = text.count("\n", 0, getattr(error, "position", 0)) + 1
        faults.note("", "the file holds a character that no text may hold; remove it", line=line)
        return None
    if node is None:
        faults.note("", "the file is empty; write the rubric into it")
    return node


def _refuse_traps(text: str, faults: Faults) -> None:
    """Look at the flat row of YAML events first: building the tree is what a hostile file abuses."""
    depth = 0
    for event in YAML(typ="rt", pure=True).parse(text):
        if isinstance(event, AliasEvent):
            line = event.start_mark.line + 1
            faults.note("", f"“*{event.anchor}” repeats another place; write the words out", line=line)
            return
        depth += isinstance(event, CollectionStartEvent)
        depth -= isinstance(event, CollectionEndEvent)
        if depth > _DEEPEST:
            faults.note("", "the file nests too deep; lay it out flat", line=event.start_mark.line + 1)
            return


def _rubric(piece: Piece) -> Rubric:
    top = piece.parts(*Rubric.__struct_fields__)
    languages = tuple(each.choice(*LANGUAGES) for each in top["languages"].items())
    translated = [language for language in LANGUAGES if language != "en"]
    return Rubric(
        standard_id=top["standard_id"].text(form=_STANDARD, such_as="nmcs"),
        version=top["version"].text(form=_VERSION, such_as="0.1.0"),
        title=_text(top["title"]),
        languages=languages,
        translations={
            language: part.choice("reviewed", "unreviewed")
            for language, part in top["translations"].parts(*translated).items()
        },
        licence=top["licence"].text(),
        changelog=tuple(_change(each) for each in top["changelog"].items()),
        source_mappings=tuple(_source(each) for each in top["source_mappings"].items()),
        scale=tuple(_level(each) for each in top["scale"].items()),
        bands=_bands(top["bands"]),
        moderation=_moderation(top["moderation"]),
        areas=tuple(_area(each) for each in top["areas"].items()),
        criteria=tuple(_criterion(each) for each in top["criteria"].items()),
    )


def _text(piece: Piece) -> Text:
    parts = piece.parts(*LANGUAGES)
    return Text(en=parts["en"].text(), ms=parts["ms"].text())


def _change(piece: Piece) -> Change:
    parts = piece.parts("version", "text")
    return Change(version=parts["version"].text(form=_VERSION, such_as="0.1.0"), text=_text(parts["text"]))


def _source(piece: Piece) -> Source:
    parts = piece.parts("code", "name")
    return Source(code=parts["code"].text(), name=parts["name"].text())


def _level(piece: Piece) -> Level:
    parts = piece.parts("score", "label", "points", optional=("commendation",))
    return Level(
        score=parts["score"].whole(),
        label=_text(parts["label"]),
        points=parts["points"].number(),
        commendation=parts["commendation"].flag(),
    )


def _area(piece: Piece) -> Area:
    parts = piece.parts("id", "title", "weight")
    return Area(
        id=parts["id"].text(form=_AREA, such_as="A"),
        title=_text(parts["title"]),
        weight=parts["weight"].number(),
    )


def _criterion(piece: Piece) -> Criterion:
    parts = piece.of_criterion().parts(*Criterion.__struct_fields__)
    return Criterion(
        id=parts["id"].text(form=_CRITERION, such_as="C3"),
        area=parts["area"].text(),
        title=_text(parts["title"]),
        text=_text(parts["text"]),
        evidence=tuple(_text(each) for each in parts["evidence"].items()),
        anchors={score: _text(each) for score, each in parts["anchors"].numbered().items()},
        weight=parts["weight"].number(),
        must_pass=parts["must_pass"].flag(),
        conditionable=parts["conditionable"].flag(),
        not_applicable=parts["not_applicable"].choice("allowed", "not_allowed") == "allowed",
        applies_to=tuple(each.choice(*ROUTES) for each in parts["applies_to"].items()),
        maps_to=tuple(each.text() for each in parts["maps_to"].items(empty=True)),
    )


def _bands(piece: Piece) -> Bands:
    parts = piece.parts("approve", "approve_with_conditions", "otherwise")
    return Bands(
        approve=_band(parts["approve"], "approve"),
        approve_with_conditions=_band(parts["approve_with_conditions"], "approve_with_conditions"),
        otherwise=parts["otherwise"].choice("refuse"),
    )


def _band(piece: Piece, name: str) -> Band:
    parts = piece.parts("must_pass_min", "below_met_max", "only_if_conditionable", "index_min", "area_min")
    return Band(
        name=name,
        must_pass_min=parts["must_pass_min"].whole(),
        below_met_max=parts["below_met_max"].whole(),
        only_if_conditionable=parts["only_if_conditionable"].flag(),
        index_min=parts["index_min"].number(),
        area_min=parts["area_min"].number(),
    )


def _moderation(piece: Piece) -> Moderation:
    parts = piece.parts(*Moderation.__struct_fields__)
    return Moderation(
        difference_min=parts["difference_min"].whole(),
        straddles_met_on_must_pass=parts["straddles_met_on_must_pass"].flag(),
        low_confidence_on_must_pass=parts["low_confidence_on_must_pass"].flag(),
        bands_differ=parts["bands_differ"].flag(),
        applicability_differs=parts["applicability_differs"].flag(),
    )
