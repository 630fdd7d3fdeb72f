"""What a built package of the product carries: all that it needs to run, and nothing that only builds it."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def names(tmp_path_factory) -> list[str]:
    """Build the package, and give the names of its files."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


@pytest.mark.parametrize(
    "start",
    [
        "qa_platform/_shipped/migrations/versions/",
        "qa_platform/_shipped/rubrics/nmcs/",
        "qa_platform/web/static/built/main-",
        "qa_platform/web/static/built/manifest.json",
        "qa_platform/web/static/built/licences/govuk-frontend.txt",
        "qa_platform/web/translations/ms.po",
        "qa_platform/register/templates/register/entry.html",
    ],
)
def test_it_carries_what_it_needs(names, start):
    assert any(name.startswith(start) for name in names)


def test_it_carries_nothing_that_only_builds_it(names):
    assert not [name for name in names if "node_modules" in name]
