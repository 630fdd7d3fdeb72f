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

from qa_platform import app
from qa_platform.audit.cases import NOW, Instant, compare, replay, timeline, viewer_as
from qa_platform.audit.sight import Seen
from qa_platform.audit.state import CaseState
from qa_platform.cli.connection import connect
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
@click.option("--scores/--no-scores", default=False, help="Show every score in full.")
@json_option
def replay_case(
    *,
    case: str,
    at_text: str | None,
    position: int | None,
    role: str,
    seat: int,
    span: tuple[str, str] | None,
    scores: bool,
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
    settings = load_settings()
    with connect(settings) as connected:
        ledger = app.ledger_of(connected)
        drain(ledger.engine)
        zone = settings.agency_time_zone
        if span is not None:
            _show_changes(ledger, case, (_instant(span[0], zone), _instant(span[1], zone)), Role(role), seat, as_json)
            return
        instant = _instant(at_text, zone) if at_text else Instant(position=position)
        viewer = viewer_as(ledger, case, Role(role), instant, seat=seat)
        seen, state = timeline(ledger, case, viewer, instant), replay(ledger, case, viewer, instant)
    if as_json:
        print_json({"timeline": seen, "state": state})
    else:
        _show(seen, state, viewer, zone, scores=scores)


def _show_changes(  # noqa: PLR0917 -- one call, above
    ledger: Ledger,
    case: str,
    span: tuple[Instant, Instant],
    role: Role,
    seat: int,
    as_json: bool,  # noqa: FBT001 -- as above
) -> None:
    viewer = viewer_as(ledger, case, role, span[1] if span[1] != NOW else NOW, seat=seat)
    changed = compare(ledger, case, viewer, *span)
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


def _show(seen: list[Seen], state: CaseState, viewer: Actor, zone: ZoneInfo, *, scores: bool) -> None:
    role = viewer.acting_as.value.replace("_", " ")
    table = Table("Position", "When", "What", "Who", "Told", title=f"Case {state.case_id}, as {role}")
    for event in _folded(seen, scores=scores):
        place = "waiting" if event.position is None else str(event.position)
        when = event.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        name = event.name.rsplit(".", 1)[0]
        table.add_row(place, when, name, event.actor, _told(event))
    out.print(table)
    out.print(_tree(state, zone, scores=scores))


def _folded(seen: list[Seen], *, scores: bool) -> list[Seen]:
    """Return the timeline with runs of scores of one review as one line, unless they are asked for."""
    if scores:
        return seen
    lines: list[Seen] = []
    for event in seen:
        last = lines[-1] if lines else None
        if last and event.name == last.name == "review.criterion_scored.v1" and event.review == last.review:
            criteria = [*last.data.get("criteria", [last.data.get("criterion")]), event.data["criterion"]]
            lines[-1] = msgspec.structs.replace(event, data={"criteria": criteria})
        else:
            lines.append(event)
    return lines


def _told(event: Seen) -> str:
    if criteria := event.data.get("criteria"):
        return f"{event.review}: {len(criteria)} scores, {criteria[0]} to {criteria[-1]}"
    told = [event.review] if event.review else []
    told += [
        f"{name} {value}"
        for name, value in event.data.items()
        if name
        in {"score", "criterion", "seat", "round", "code", "number", "effect", "reviewer_id", "lead_id", "ground"}
        and value is not None
    ]
    return escape(", ".join(told))


def _tree(state: CaseState, zone: ZoneInfo, *, scores: bool) -> Tree:
    when = state.at.astimezone(zone).strftime("%Y-%m-%d %H:%M")
    tree = Tree(f"State after {state.events} events, at position {state.position} ({when})")
    plain: dict[str, Any] = msgspec.to_builtins(state)
    for name in ("submission", "content", "people", "panel", "reviews", "outcome", "decision", "accreditation"):
        part = plain[name]
        if name == "reviews" and not scores:
            part = {label: _summed(review) for label, review in part.items()}
        if name == "outcome" and part:
            part = {key: part[key] for key in ("band", "index", "areas", "must_pass_faults")} | {
                "because": part["explained"]["en"]
            }
        if part:
            _grow(tree.add(name), part)
    return tree


def _summed(review: dict[str, Any]) -> dict[str, Any]:
    given = [score["score"] for score in review["scores"].values()]
    told = {level: given.count(level) for level in sorted({one for one in given if one is not None})}
    return {key: value for key, value in review.items() if key in {"reviewer_id", "status", "seat"}} | {
        "scores": ", ".join(f"{count} of {level}" for level, count in told.items()) or "none yet"
    }


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
