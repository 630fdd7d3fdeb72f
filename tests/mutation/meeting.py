"""Every mutant meets the tests that reach it, in one process, and dies of the first that fails."""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from hypothesis import HealthCheck, Phase, settings
from mutmut.mutation.trampoline import set_mutant_under_test
from mutmut.state import state

from tests.rulebook.asked import TESTS, is_fixture

# Far more than any test of rules takes: what does not come back by then goes round in circles.
_PATIENCE_SECONDS = 5.0


class _Stuck(BaseException):
    """A mutant does not come back."""


class Meeting:
    """A pytest plug-in that lets mutants meet the collected tests, in the place of running them."""

    def __init__(self, mutants: list[str], answers: Path) -> None:
        self.mutants = mutants
        self.answers = answers
        self.tests: dict[str, Callable[[], object]] = {}
        self.seconds: dict[str, float] = {}
        self.reach: dict[str, set[str]] = defaultdict(set)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep what can be called without pytest: examples and properties of pure rules."""
        for item in items:
            if isinstance(item, pytest.Function) and not any(is_fixture(name, item) for name in item.fixturenames):
                self.tests[item.nodeid] = _call(item)

    def pytest_runtestloop(self) -> bool:
        """Let every mutant meet the tests that reach its function."""
        self._look()
        survivors = []
        for number, mutant in enumerate(self.mutants, 1):
            killer = self._meet(mutant)
            survivors += [] if killer else [mutant]
            if number % 100 == 0 or number == len(self.mutants):
                sys.stderr.write(f"\r{number} of {len(self.mutants)} changes, {len(survivors)} not noticed")
                sys.stderr.flush()
        self.answers.write_text(json.dumps(survivors), encoding="utf-8")
        return True

    def _look(self) -> None:
        """Find out which functions each test reaches, and how long it takes; all must pass."""
        set_mutant_under_test("stats")
        for name, test in self.tests.items():
            state()._stats.clear()
            _forget()
            before = time.perf_counter()
            test()
            self.seconds[name] = time.perf_counter() - before
            for function in state()._stats:
                self.reach[function].add(name)

    def _meet(self, mutant: str) -> str | None:
        """Return the test that a mutant dies of, None if it lives."""
        function, _, _ = mutant.rpartition("__mutmut_")
        set_mutant_under_test(mutant)
        _forget()
        for name in sorted(self.reach[function], key=self.seconds.__getitem__):
            try:
                with _patience():
                    self.tests[name]()
            except (Exception, pytest.fail.Exception, _Stuck):  # noqa: BLE001 -- whatever a mutant does, it was noticed
                return name
        return None


def _forget() -> None:
    """Forget what rules once worked out and kept, so that a change in them is met and leaves no trace."""
    for name, module in list(sys.modules.items()):
        if re.match(r"qa_platform\.\w+\.decider", name):
            for kept in vars(module).values():
                getattr(kept, "cache_clear", lambda: None)()


def _call(item: pytest.Function) -> Callable[[], object]:
    given = item.callspec.params if hasattr(item, "callspec") else {}
    return lambda: item.obj(**given)


@contextmanager
def _patience() -> Iterator[None]:
    def give_up(_signal: int, _frame: FrameType | None) -> None:
        raise _Stuck

    signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE_SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _files(rooms: set[str]) -> list[str]:
    """Return the files that test the rules of some rooms."""
    return [
        str(path.relative_to(TESTS.parent))
        for room in sorted(rooms)
        for path in sorted((TESTS / room).rglob("test_*.py"))
        if re.search(rf"qa_platform\.{room}\.decider|\.then_rejected\(", path.read_text(encoding="utf-8"))
    ]


def main(arguments: list[str]) -> int:
    """Let the mutants of a file meet the tests, and write down those that live."""
    mutants, answers = map(Path, arguments)
    settings.register_profile(
        "mutation",
        max_examples=30,
        derandomize=True,
        database=None,
        deadline=None,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutation")
    meeting = Meeting(json.loads(mutants.read_text(encoding="utf-8")), answers)
    rooms = {mutant.split(".")[1] for mutant in meeting.mutants}
    plugins = ["-p", "no:xdist", "-p", "no:cacheprovider", "--assert=plain", "-p", "no:unraisableexception"]
    return int(pytest.main(["-q", *plugins, *_files(rooms)], plugins=[meeting]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
