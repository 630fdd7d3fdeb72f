"""`qa check`: whether all that must hold does hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from zoneinfo import ZoneInfo

import click
import msgspec
from rich.markup import escape
from rich.table import Table

from qa_platform import app
from qa_platform.audit.invariants import keeping
from qa_platform.audit.invariants.catalogue import INVARIANTS
from qa_platform.audit.invariants.checking import Checked, Finding
from qa_platform.audit.invariants.checking import check as check_invariants
from qa_platform.audit.invariants.invariant import Invariant, Violation
from qa_platform.audit.invariants.keeping import Kept
from qa_platform.cli.connection import open_ledger
from qa_platform.cli.console import json_option, out, print_json, progress_bars
from qa_platform.cli.failures import Failed, one_sentence
from qa_platform.config import load_settings

_VIOLATED, _UNCHECKED = 1, 2

# Name -> module and function, loaded when asked for.
_BESIDE = {"history": "qa_platform.cli.check_history:history"}


class _NotChecked(Failed):
    """Nothing could be looked at, which is another thing than that nothing was found."""

    exit_code = _UNCHECKED


class _Checks(click.Group):
    """`qa check` itself, and what else can be checked."""

    def list_commands(self, _context: click.Context) -> list[str]:
        """Return what there is beside the invariants."""
        return [name for name, place in _BESIDE.items() if find_spec(place.partition(":")[0])]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        """Return a command, loaded now; None when there is none of that name."""
        if name not in self.list_commands(context):
            return None
        module, function = _BESIDE[name].split(":")
        command: click.Command = getattr(import_module(module), function)
        return command


@click.group("check", cls=_Checks, invoke_without_command=True)
@click.option("--only", multiple=True, metavar="NAME", help="Only this invariant, or all of a theme; may be repeated.")
@click.option("--list", "listed", is_flag=True, help="List the invariants, and check nothing.")
@click.option("--last", is_flag=True, help="Show what the worker found in its last nightly check.")
@json_option
@click.pass_context
def check(context: click.Context, *, only: tuple[str, ...], listed: bool, last: bool, as_json: bool) -> None:
    """Look for violations of what must always hold, in the whole ledger.

    The platform goes on working meanwhile; what is recorded after the check began is the next
    one's. Exit code 0: all hold. 1: something is violated. 2: something could not be checked.

    \b
    Example:
      qa check
      qa check --only records --only register.equals-its-events --json
    """  # noqa: D301 -- click's own sign for a block that keeps its lines
    if context.invoked_subcommand is not None:
        return
    chosen = _chosen(only)
    if listed:
        _list(chosen, as_json=as_json)
        return
    with _unchecked():
        if last:
            code = _show_last(as_json=as_json)
        else:
            with open_ledger(serving=False) as ledger, progress_bars() as progress:
                checked = check_invariants(ledger, chosen, app.ALL_DECIDERS, progress)
            code = _show(checked, as_json=as_json)
    context.exit(code)


@contextmanager
def _unchecked() -> Iterator[None]:
    """Let a script tell apart that nothing was found and that nothing could be looked at."""
    try:
        with one_sentence():
            yield
    except Failed as failure:
        raise _NotChecked(failure.message) from failure


def _chosen(only: tuple[str, ...]) -> list[Invariant]:
    unknown = [name for name in only if not any(name in {one.name, one.theme} for one in INVARIANTS)]
    if unknown:
        raise click.BadParameter(
            f"Nothing was checked: there is no invariant and no theme “{unknown[0]}”. Look at “qa check --list”."
        )
    return [one for one in INVARIANTS if not only or one.name in only or one.theme in only]


def _list(chosen: Sequence[Invariant], *, as_json: bool) -> None:
    if as_json:
        print_json([{"name": one.name, "holds": one.holds} for one in chosen])
        return
    table = Table("Name", "What must hold, and why")
    for one in chosen:
        table.add_row(one.name, escape(one.holds))
    out.print(table)


def _show(checked: Checked, *, as_json: bool) -> int:
    if as_json:
        figures = {"violations": checked.violations, "unchecked": checked.unchecked}
        print_json({**figures, **msgspec.structs.asdict(checked)})
    else:
        _tell(checked)
    return _VIOLATED if checked.violations else _UNCHECKED if checked.unchecked else 0


def _show_last(*, as_json: bool) -> int:
    with open_ledger(serving=False) as ledger, ledger.reading() as connection:
        kept = keeping.latest(connection)
    if kept is None:
        raise Failed("Nothing was checked at night yet: the worker does it between two and five. Run “qa check”.")
    if as_json:
        print_json(kept)
    else:
        out.print(f"Checked by the worker: {_when(kept, load_settings().agency_time_zone)}.")
        _tell(kept.result)
    return _VIOLATED if kept.violations else _UNCHECKED if kept.unchecked else 0


def _when(kept: Kept, zone: ZoneInfo) -> str:
    return kept.started_at.astimezone(zone).strftime("%Y-%m-%d %H:%M %Z")


def _tell(checked: Checked) -> None:
    for finding in checked.findings:
        if finding.violations or finding.trouble:
            _tell_of(finding)
    if checked.unsequenced:
        out.print(
            f"{checked.unsequenced} events have no position yet and were not looked at. The worker gives them one."
        )
    broken = sum(bool(finding.violations) for finding in checked.findings)
    over = f"{len(checked.findings)} invariants over {checked.head:,} events in {checked.seconds:.1f} s"
    came_to = [
        f"{checked.violations} violations of {broken} of them" if broken else "",
        f"{checked.unchecked} could not be checked" if checked.unchecked else "",
    ]
    out.print(f"{over}: {', '.join(part for part in came_to if part) or 'all hold'}.")


def _tell_of(finding: Finding) -> None:
    out.print(f"[bold]{finding.name}[/bold]: {escape(finding.holds)}")
    for violation in finding.shown:
        out.print(f"  {escape(_place(violation))}: {escape(violation.what)}")
    if more := finding.violations - len(finding.shown):
        out.print(f"  … and {more} more")
    if finding.trouble:
        out.print(f"  could not be checked: {escape(finding.trouble)}")


def _place(violation: Violation) -> str:
    parts = [
        f"position {violation.position}" if violation.position is not None else None,
        f"{violation.stream} version {violation.version}" if violation.version is not None else violation.stream,
        violation.row,
    ]
    return ", ".join(part for part in parts if part) or "the whole"
