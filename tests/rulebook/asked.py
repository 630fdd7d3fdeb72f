"""What the tests of the rules ask, and after which history: the one corpus from which the tables are made.

Whoever tests a new rule adds to it without knowing.
"""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from tests import specification
from tests.specification import Asked

TESTS = Path(__file__).resolve().parent.parent


class _Examples:
    """Leaves out what takes long and asks nothing new: properties, and tests with fixtures such as a database."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keep the examples."""
        items[:] = [
            item
            for item in items
            if isinstance(item, pytest.Function)
            and not getattr(item.obj, "is_hypothesis_test", False)
            and not any(is_fixture(name, item) for name in item.fixturenames)
        ]


def asked() -> list[Asked]:
    """Return what the examples among the tests of the rules ask, in their order; for a process of its own."""
    arguments = ["-q", "-p", "no:xdist", "-p", "no:cacheprovider", "--assert=plain", *files()]
    with specification.noting() as found, redirect_stdout(sys.stderr):
        code = pytest.main(arguments, plugins=[_Examples()])
    if code:
        sys.exit(int(code))
    return found


def files() -> list[str]:
    """Return the files that test rules, by their words."""
    return sorted(
        str(path.relative_to(TESTS.parent))
        for path in TESTS.rglob("test_*.py")
        if ".then_rejected(" in path.read_text(encoding="utf-8")
    )


def is_fixture(name: str, item: pytest.Function) -> bool:
    """Return whether a test asks for something that only pytest can give."""
    given = item.callspec.params if hasattr(item, "callspec") else {}
    # What plug-ins ask for in every test is not of this one.
    return name not in given and name != "request" and not name.startswith("_")
