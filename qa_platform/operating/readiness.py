"""Whether the platform can do its work: each part with a sentence for whoever must act."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

from alembic.script import ScriptDirectory

from qa_platform.operating.watch import Snapshot
from qa_platform.scheduling.journey import SUBSCRIBER
from qa_platform.web.readiness import Part, Readiness

_AWAY = Part(
    name="database", ready=False, says="The database does not answer, or not in the form of this version. See the log."
)


def readiness(snapshot: Snapshot | None, *, migrations: Path, codes: Mapping[str, str], most_behind: int) -> Readiness:
    """Return the parts of a look at the database; `codes` are the read models of the running code."""
    if snapshot is None:
        return Readiness(parts=(_AWAY,))
    return Readiness(
        parts=tuple(_parts(snapshot, migrations, codes, most_behind)),
        figures={
            "unsequenced": snapshot.unsequenced,
            "unaccounted": snapshot.missing,
            "subscribers": [
                {"name": one.name, "behind": one.behind, "stopped": one.stopped}
                for one in snapshot.subscribers
                if one.follows
            ],
        },
    )


def _parts(snapshot: Snapshot, migrations: Path, codes: Mapping[str, str], most_behind: int) -> Iterator[Part]:
    yield Part(name="database", ready=True, says="The database answers.")
    yield _part("migrations", migrations_lacking(snapshot, migrations), "All migrations have run.")
    yield _part("read models", read_models_stale(snapshot, codes), "The read models are of the running code.")
    yield _part("worker", worker_missing(snapshot), "A worker is at work.")
    yield _part("lag", too_far_behind(snapshot, most_behind), "Nobody is far behind the newest event.")
    yield _part("ledger", unaccounted(snapshot), "Every recent event has its place, or waits for it.")


def _part(name: str, trouble: str | None, otherwise: str) -> Part:
    return Part(name=name, ready=trouble is None, says=trouble or otherwise)


def migrations_lacking(snapshot: Snapshot, migrations: Path) -> str | None:
    """Return what is wrong with the form of the database, if anything."""
    newest, known = _shipped(migrations)
    if snapshot.migrations == newest:
        return None
    if snapshot.migrations <= known:
        return "The database is of an older form than this version needs. Run “qa migrate”."
    return "The database is of a newer form than this version knows. Start the newer version."


def read_models_stale(snapshot: Snapshot, codes: Mapping[str, str]) -> str | None:
    """Return which read models were made by other code, if any."""
    names = ", ".join(f"“{name}”" for name, code in sorted(codes.items()) if snapshot.read_models.get(name) != code)
    return f"The read models {names} were made by other code. Run “qa migrate”." if names else None


def worker_missing(snapshot: Snapshot) -> str | None:
    """Return that no worker is at work, if so; a worker renews its lease every few seconds."""
    if any(one.held for one in snapshot.subscribers if one.name == SUBSCRIBER):
        return None
    return "No worker is at work: cases do not move on, and nothing falls due. Start “qa worker”."


def too_far_behind(snapshot: Snapshot, most: int) -> str | None:
    """Return who is further behind than is tolerated, if anybody."""
    late = [
        f"“{one.name}” is {one.behind} events behind"
        for one in snapshot.subscribers
        if one.follows and one.behind > most
    ]
    if snapshot.unsequenced > most:
        late.append(f"{snapshot.unsequenced} events wait for their position")
    return f"The worker cannot keep up: {', '.join(late)}. Look at its log." if late else None


def unaccounted(snapshot: Snapshot) -> str | None:
    """Return that events have neither place nor queue, if so."""
    if snapshot.missing == 0:
        return None
    return (
        f"Of the newest events, {snapshot.missing} are unaccounted for: somebody wrote to the database past the "
        "platform. Run “qa check”, and see “Health” in the operator's guide."
    )


@cache
def _shipped(migrations: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Return the newest migrations that this version brings, and all of them."""
    scripts = ScriptDirectory(str(migrations))
    return frozenset(scripts.get_heads()), frozenset(one.revision for one in scripts.walk_revisions())
