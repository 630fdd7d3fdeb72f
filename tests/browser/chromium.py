"""A Chromium for the browser tests: the machine's own, or one installed for them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from playwright.sync_api import sync_playwright

_NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
_ON_MACOS = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
_PATIENCE_SECONDS = 600


@cache
def find() -> str | None:
    """Return a Chromium that starts; None when there is none."""
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    found = [shutil.which(name) for name in _NAMES]
    return next((path for path in (*found, _ON_MACOS, downloaded) if path and _starts(path)), None)


def main() -> None:
    """Install a Chromium where there is none; say so when none can be had, for its tests are then skipped."""
    if find() is not None:
        return
    print("Installing Chromium for the browser tests")  # noqa: T201 -- a step of `make test`
    for attempt in _ways():
        _quietly(attempt)
        find.cache_clear()
        if find() is not None:
            return
    print("No Chromium was found or could be installed: the browser tests are skipped")  # noqa: T201


def _ways() -> list[list[list[str]]]:
    by_playwright = [[sys.executable, "-m", "playwright", "install", "chromium"]]
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return [by_playwright]
    apt = ["apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    return [
        [[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"]],
        [[sys.executable, "-m", "playwright", "install", "--with-deps", "chromium"]],
    ]


def _quietly(commands: list[list[str]]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in commands:
        try:
            subprocess.run(command, env=environment, capture_output=True, check=False, timeout=_PATIENCE_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as failure:
            print(f"“{' '.join(command)}” did not work: {failure}")  # noqa: T201 -- run by make


def _starts(path: str) -> bool:
    if not Path(path).is_file():
        return False
    try:
        # On some systems the name is there and only advises to install the browser otherwise.
        return subprocess.run([path, "--version"], capture_output=True, check=False, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    main()
