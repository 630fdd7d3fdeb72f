"""`python -m tests.faults`: every fault at full size, or one of them; results are kept and shown."""

from __future__ import annotations

import argparse
import hashlib
import random
import signal
import sys
import time

import msgspec
from click import echo

from tests.faults import report
from tests.faults.catalogue import FAULTS, named
from tests.faults.fault import Fault, Order, Result
from tests.faults.program import ROOT


def main() -> int:
    """Run what was asked for; return 1 when anything is not as it should be."""
    # Being told to end is like Ctrl-C: the database of the run is stopped in order.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    asked = _arguments()
    chosen = [named(name) for name in asked.fault] or list(FAULTS)
    seed = random.randrange(1_000_000) if asked.seed is None else asked.seed
    echo(f"The seed is {seed}; --seed {seed} strikes in the same order again.")
    results = []
    for fault in chosen:
        if (reason := fault.why_not()) is not None:
            echo(f"{fault.name} was not tried. {reason}")
            continue
        order = Order(cycles=asked.cycles or fault.cycles, seconds=asked.seconds or fault.seconds, seed=seed)
        results.append(_run(fault, order, anew=asked.anew))
        echo("\n".join([report.line(results[-1]), *results[-1].unseen]))
        if not results[-1].passed:
            echo("\n".join(results[-1].verdict.wrong))
    echo(f"\n{report.tables(results)}")
    if at_full_size := [one for fault in FAULTS if (one := report.kept(fault.name)) is not None]:
        report.write(at_full_size)
    return 0 if all(one.passed for one in results) else 1


def _run(fault: Fault, order: Order, *, anew: bool) -> Result:
    """Run a fault at full size unless it was run with this very code before; smaller ones are not kept."""
    code = _code()
    full = order.cycles >= fault.cycles
    before = report.kept(fault.name)
    if full and before is not None and before.code == code and before.passed and not anew:
        echo(f"{fault.name} was run with this code before; --anew runs it again.")
        return before
    with fault.open() as stack:
        result = fault.run(stack, order)
    if full:
        report.keep(msgspec.structs.replace(result, code=code))
    return result


def _code() -> str:
    """Return a digest of the product and of these tests: a result holds for the code that it was made with."""
    digest = hashlib.sha256()
    for folder in ("qa_platform", "migrations", "tests/faults"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    parser.add_argument("--fault", action="append", default=[], choices=[fault.name for fault in FAULTS])
    parser.add_argument("--cycles", type=int, help="how often to strike; as many as the fault says, if left out")
    parser.add_argument("--seconds", type=float, help="of load before each strike, on average")
    parser.add_argument("--seed", type=int, help="which strikes, and when; printed if left out")
    parser.add_argument("--anew", action="store_true", help="also what was run with this very code before")
    return parser.parse_args()


if __name__ == "__main__":
    began = time.monotonic()
    code = main()
    echo(f"\nIt took {(time.monotonic() - began) / 60:.0f} minutes.")
    sys.exit(code)
