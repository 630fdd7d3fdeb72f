"""A clock that can be set while a program runs, for that program alone (libfaketime)."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path


class FalseClock:
    """The wall clock of every program that is started with `environment`.

    Only what a person could set is false: CLOCK_MONOTONIC goes on, as it does on a machine whose
    clock is set.
    """

    def __init__(self, folder: Path) -> None:
        """Take a folder that the program may read."""
        self._file = folder / "faketime"
        self.set_seconds(0)

    @property
    def environment(self) -> dict[str, str]:
        """Return the variables under which a program goes by this clock."""
        return {
            "LD_PRELOAD": str(_library()),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            # Looked at anew for each question, so that it can be set while a program runs.
            "FAKETIME_NO_CACHE": "1",
            # Otherwise patience would end, or never end, in every wait that is under way.
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "DONT_FAKE_MONOTONIC": "1",
        }

    def set_seconds(self, offset: int) -> None:
        """Set the clock to be so many seconds ahead of the true time, or behind it."""
        # Moved into place whole: a program may read it at any instant.
        new = self._file.with_suffix(".new")
        new.write_text(f"{offset:+d}s\n", "ascii")
        new.replace(self._file)


def why_no_clock() -> str | None:
    """Return in a sentence why no clock can be falsified here; None where it can."""
    try:
        there = _library().is_file()
    except ModuleNotFoundError:
        there = False
    if there:
        return None
    return "A clock cannot be set back: libfaketime has no library for this system. Install the “dev” extras on Linux."


def _library() -> Path:
    package = find_spec("libfaketime")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("libfaketime")
    return Path(package.origin).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"
