"""Change each rule a little, and see whether some test fails: `make mutation`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from mutmut.mutation.file_mutation import mutate_file_contents
from mutmut.utils.format_utils import get_mutant_name

from tests.mutation.changes import change_of, matters
from tests.mutation.report import LEAST, Result, document, found, remember, unmeasured

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "qa_platform"
COPY = ROOT / "var" / "mutation"
DOCUMENT = ROOT / "docs" / "mutation.md"
NEEDED = ("qa_platform", "tests", "rubrics", "migrations", "docs", "pyproject.toml", "wsgi.py")


def main(asked: list[str]) -> int:
    """Change the rules of some rooms, or of all, tell what no test noticed, and whether it was too much."""
    rooms = sorted({path.relative_to(PACKAGE).parts[0] for path in _rules()})
    if unknown := sorted(set(asked) - set(rooms)):
        sys.exit(f"Nothing was measured: “{unknown[0]}” has no rules. Choose among {', '.join(rooms)}.")
    results = {room: one for room, one in found().items() if room in rooms}
    measured = asked or rooms
    for room in measured:
        sys.stderr.write(f"\n{room}\n")
        results[room] = _measure(room)
        # After each room, so that whoever stops half-way keeps what was measured.
        remember(results)
        DOCUMENT.write_text(document(results, unmeasured(results)), encoding="utf-8")
    sys.stdout.write(document({room: results[room] for room in measured}))
    return int(any(results[room].share < LEAST for room in measured))


def _measure(room: str) -> Result:
    commit = _commit()
    _copy()
    made = [mutant for path in _rules() if path.relative_to(PACKAGE).parts[0] == room for mutant in _change(path)]
    mutants = [mutant for mutant in made if matters(mutant, COPY)]
    survivors = [change_of(mutant, COPY) for mutant in _meet(mutants)]
    return Result(len(mutants), survivors, datetime.now(UTC).date(), commit)


def _commit() -> str:
    """Return the commit whose rules and tests are measured, with a plus where something was changed since."""
    git = shutil.which("git")
    said = git and subprocess.run(
        [git, "describe", "--always", "--dirty=+", "--exclude=*"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return (said.stdout.strip() if said else "") or "unknown"


def _copy() -> None:
    shutil.rmtree(COPY, ignore_errors=True)
    COPY.mkdir(parents=True)
    for name in NEEDED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, COPY / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, COPY / name)


def _rules() -> list[Path]:
    found_there = [*PACKAGE.glob("*/decider.py"), *PACKAGE.glob("*/decider/**/*.py")]
    return sorted(path for path in found_there if path.relative_to(PACKAGE).parts[0] != "kernel")


def _change(path: Path) -> list[str]:
    """Write a file with all its mutants into the copy, and return their names."""
    relative = path.relative_to(ROOT)
    mutated = mutate_file_contents(str(relative), path.read_text(encoding="utf-8"))
    (COPY / relative).write_text(mutated.code, encoding="utf-8")
    return [get_mutant_name(relative, name) for name in mutated.mutant_names]


def _meet(mutants: list[str]) -> list[str]:
    """Return the mutants that no test noticed."""
    workers = os.cpu_count() or 1
    running = []
    for number in range(workers):
        asked, answers = COPY / f"mutants-{number}.json", COPY / f"survivors-{number}.json"
        asked.write_text(json.dumps(mutants[number::workers]), encoding="utf-8")
        command = [sys.executable, "-m", "tests.mutation.meeting", str(asked), str(answers)]
        running.append((answers, subprocess.Popen(command, cwd=COPY, env=os.environ | {"PYTHONPATH": _path()})))
    for answers, process in running:
        process.wait()
        if not answers.exists():
            sys.exit("Nothing was measured: the tests of the rules do not pass.")
    return sorted(name for answers, _process in running for name in json.loads(answers.read_text(encoding="utf-8")))


def _path() -> str:
    return os.pathsep.join([str(COPY), *filter(None, [os.environ.get("PYTHONPATH")])])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
