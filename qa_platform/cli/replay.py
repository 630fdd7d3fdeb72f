"""`qa replay`: a case as it stood at any instant, as any role could see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import click
import msgspec
from rich.markup import escape
from rich.table import Table
from rich.tree import Tree

from qa_platform.audit.cases import NOW, Instant, compare, eyes_of, replay, timeline
from qa_platform.audit.sight import Seen
from qa_platform.audit.state import CaseState
from qa_platform.cli.connection import open_ledger
from qa_platform.cli.console import json_option, out, print_json
from qa_platform.cli.failures import Failed
from qa_platform.config import load_settings
from qa_platform.kernel.roles import Actor, Role
from qa_platform.ledger.ledger import Ledger
from qa_platform.ledger.sequencer import drain

_VIEWS = [role.value for role in Role if role is not Role.SYSTEM]
_LONGEST_TEXT = 160


@click.command("replay")
@click.argument("case")
@click.option("--at", "at_text", metavar="TIME", help="As it stood then: 2026-03-01, or 2026-03-01T09:30+08:00.")
@click.option("--position", type=click.IntRange(0), metavar="N", help="As it stood after position N of the ledger.")
@click.option("--as", "role", type=click.Choice(_VIEWS), default="auditor", help="As that role could see it.")
@click.option("--seat", type=click.IntRange(1, 9), default=1, help="Which reviewer, with --as reviewer.")
@click.option("--diff", "span", nargs=2, metavar="A B", help="What changed between two instants (times or positions).")
@click.option("--full", is_flag=True, help="Show every event and every field.")
@json_option
def replay_case(
    *,
    case: str,
    at_text: str | None,
    position: int | None,
    role: str,
    seat: int,
    span: tuple[str, str] | None,
    full: bool,
    as_json: bool,
) -> None:
    """Show the timeline of a case and its whole state at an instant.

    Nothing is stored for it: the state is folded from the events that the role could see by
    then. A date alone means the end of that day in the agency's time zone.

    \b
    Example:
      qa replay 0192f6c0-… --at 2026-03-01 --as provider_officer
      qa replay 0192f6c0-… --diff 2026-03-01 2026-04-01
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    zone = load_settings().agency_time_zone
    with open_ledger(serving=False) as ledger:
        # What was committed a moment ago may still wait for its place.
        drain(ledger.engine)
        if span is not None:
            _show_changes(ledger, case, (_instant(span[0], zone), _instant(span[1], zone)), Role(role), seat, as_json)
            return
        instant = _instant(at_text, zone) if at_text else Instant(position=position)
        eyes = eyes_of(ledger, case, Role(role), instant, seat=seat)
        seen, state = timeline(ledger, case, eyes, instant), replay(ledger, case, eyes, instant)
    if as_json:
        print_json({"timeline": seen, "state": state})
    else:
        _show(seen, state, eyes.viewer, zone, full=full)


def _show_changes(  # noqa: PLR0917 -- one call, above
    ledger: Ledger,
    case: str,
    span: tuple[Instant, Instant],
    role: Role,
    seat: int,
    as_json: bool,  # noqa: FBT001 -- as above
) -> None:
    eyes = eyes_of(ledger, case, role, span[1] if span[1] != NOW else NOW, seat=seat)
    changed = compare(ledger, case, eyes, *span)
    if as_json:
        print_json(changed)
        return
    table = Table("What", "Before", "After", title=f"{len(changed)} changes, as {role.value.replace('_', ' ')}")
    for change in changed:
        table.add_row(escape(change["path"]), _short(change["before"]), _short(change["after"]))
    out.print(table)


def _instant(text: str, zone: ZoneInfo) -> Instant:
    if text.isdigit():
        return Instant(position=int(text))
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Failed(
            f"“{text}” is neither a time nor a position. "
            "Write a date such as 2026-03-01, a time such as 2026-03-01T09:30, or a position such as 1200."
        ) from None
    if "T" not in text and " " not in text:
        at = at.replace(hour=23, minute=59, second=59, microsecond=999_999)
    return Instant(at=at if at.tzinfo else at.replace(tzinfo=zone))


def _show(seen: list[Seen], state: CaseState, viewer: Actor, zone: ZoneInfo, *, full: bool) -> None:
    role = viewer.acting_as.value.replace("_", " ")
    # Two times are never mixed: when it was recorded here, and, where an event has it, when it happened.
    dated = any(event.effective_on for event in seen)
    columns = ("Position", "Recorded", "Effective", "What") if dated else ("Position", "When", "What")
    table = Table(*columns, "Who", "Told", title=f"Case {state.case_id}, as {role}")
    for event in _folded(seen, full=full):
        place = "waiting" if event.position is None else str(event.position)
        when = event.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        name = event.name.rsplit(".", 1)[0]
        effective = [str(event.effective_on or "—")] if dated else []
        table.add_row(place, when, *effective, name, event.actor, _told(event))
    out.print(table)
    out.print(_tree(state, zone, full=full))


# Events that come in runs, and the field that tells one of a run from the next.
_RUNS = {
    "review.criterion_scored.v1": "criterion",
    "panel.criterion_settled.v1": "criterion",
    "submission.person_named.v1": "capacity",
}
_TOLD = ("score", "criterion", "seat", "round", "code", "number", "effect", "reviewer_id", "lead_id", "ground", "kind")

# What the short view shows of each part; the rest is counted.
_SHORT = {
    "submission": ("status", "route", "round", "accepted_on", "standard_id", "rubric_version", "simulated"),
    "content": ("title_en", "title_ms", "mqf_level_claimed", "notional_hours", "credits_claimed", "field_iscedf"),
    "people": (),
    "panel": ("seats", "held", "lead", "scoring_closed", "moderation_closed"),
    "decision": ("code", "band_suggested", "departure_reason", "index", "taken_on", "released_on", "appeal_until"),
    "accreditation": ("number", "status", "valid_from", "valid_to", "documents"),
    "history": ("history_id", "status", "in_force", "since", "until"),
}


def _folded(seen: list[Seen], *, full: bool) -> list[Seen]:
    """Return the timeline with each run of one kind as one line, unless all of it is asked for."""
    if full:
        return seen
    lines: list[Seen] = []
    for event in seen:
        last, field = (lines[-1] if lines else None), _RUNS.get(event.name)
        if field and last and (event.name, event.review, event.actor) == (last.name, last.review, last.actor):
            run = [*last.data.get("run", [last.data.get(field)]), event.data[field]]
            lines[-1] = msgspec.structs.replace(event, data={"run": run})
        else:
            lines.append(event)
    return lines


def _told(event: Seen) -> str:
    told = [event.review] if event.review else []
    if run := event.data.get("run"):
        told.append(f"{len(run)} times, {run[0]} to {run[-1]}")
    told += [f"{name} {event.data[name]}" for name in _TOLD if event.data.get(name) is not None]
    return escape(", ".join(told))


_PARTS = (
    *("submission", "content", "people", "panel", "reviews", "outcome", "decision", "accreditation", "conditions"),
    "history",
)


def _tree(state: CaseState, zone: ZoneInfo, *, full: bool) -> Tree:
    when = state.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    tree = Tree(f"State after {state.events} events, at position {state.position} ({when})")
    plain: dict[str, Any] = msgspec.to_builtins(state)
    for name in _PARTS:
        part = plain[name] if full else _shortened(name, plain[name])
        if part:
            _grow(tree.add(name), part)
    return tree


def _condition_told(condition: dict[str, Any]) -> dict[str, Any]:
    told = {name: condition[name] for name in ("status", "criterion", "severity", "due_on", "checked_by")}
    return told | {"filings": len(condition["filings"]), "ruled": [one["verdict"] for one in condition["rulings"]]}


def _shortened(name: str, part: dict[str, Any] | None) -> dict[str, Any]:
    if not part:
        return {}
    if name == "conditions":
        return {f"condition {one['place']}": _condition_told(one) for one in part.values()}
    if name == "reviews":
        return {label: _summed(review) for label, review in part.items()}
    if name == "outcome":
        told = {key: part[key] for key in ("band", "index", "areas", "must_pass_faults")}
        return told | {"because": part["explained"]["en"]}
    shown = {key: part[key] for key in _SHORT[name] if part.get(key) is not None}
    hidden = sum(value not in (None, [], {}) for key, value in part.items() if key not in shown)
    return shown | ({"and": f"{hidden} more (--full shows them)"} if hidden else {})


def _summed(review: dict[str, Any]) -> dict[str, Any]:
    given = [score["score"] for score in review["scores"].values()]
    told = {level: given.count(level) for level in sorted({one for one in given if one is not None})}
    summed = ", ".join(f"{count} of {level}" for level, count in told.items()) or "none yet"
    return {key: review[key] for key in ("reviewer_id", "seat", "status") if key in review} | {"scores": summed}


def _grow(branch: Tree, part: Any) -> None:  # noqa: ANN401 -- builtins
    pairs = part.items() if isinstance(part, dict) else enumerate(part, start=1)
    for name, value in pairs:
        if value is None or value in ({}, []):
            continue
        if isinstance(value, dict | list):
            _grow(branch.add(str(name)), value)
        else:
            branch.add(f"{name}: {_short(value)}")


def _short(value: Any) -> str:  # noqa: ANN401 -- builtins
    if value is None:
        return "—"
    text = str(value)
    return escape(text if len(text) <= _LONGEST_TEXT else text[: _LONGEST_TEXT - 1] + "…")
