from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest

from tests.servers import fast_folders


@pytest.fixture(scope="module")
def place():
    """Give a folder outside pytest's own, whose parents every new session of pytest closes to other users."""
    folder = Path(tempfile.mkdtemp(prefix="qa-embedded-", dir=fast_folders()[0]))
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def tmp_path(place):
    return Path(tempfile.mkdtemp(dir=place))
