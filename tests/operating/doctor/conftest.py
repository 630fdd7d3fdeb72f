from __future__ import annotations

from collections.abc import Callable

import msgspec
import pytest

from qa_platform import app
from qa_platform.config import Settings, load_settings, shipped_folder
from qa_platform.operating.doctor import Finding, Limits, Verdict, examine

Diagnosis = dict[str, Finding]


def diagnose(settings: Settings, database_url: str | None, **limits: float) -> Diagnosis:
    """Return what the doctor finds that is not well, by check."""
    codes = {projection.name: projection.code for projection in app.ALL_PROJECTIONS}
    found = examine(
        settings,
        database_url=database_url,
        migrations=shipped_folder("migrations"),
        codes=codes,
        limits=Limits(**limits),
    )
    return {one.check: one for one in found if one.verdict is not Verdict.WELL}


@pytest.fixture
def settings(tmp_path, monkeypatch) -> Settings:
    """Give settings with a key file of their own and a fresh backup on record."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))
    monkeypatch.setenv("KEK_FILE", str(tmp_path / "kek"))
    (tmp_path / "kek").write_text(bytes(range(32)).hex(), "ascii")
    (tmp_path / "kek").chmod(0o600)
    (tmp_path / "last-backup").write_text(f"{app.utc_now().isoformat()}\n", "ascii")
    return load_settings()


@pytest.fixture
def doctor(database, settings) -> Callable[..., Diagnosis]:
    """Ask the doctor about a database of the tests' own server, which flushes nothing: that much is known."""

    def ask(**limits: float) -> Diagnosis:
        return without_flushing(diagnose(settings, database.application_url, **limits))

    return ask


def without_flushing(found: Diagnosis) -> Diagnosis:
    known = {"fsync", "full_page_writes", "synchronous_commit"}
    assert known <= found.keys()
    return {check: one for check, one in found.items() if check not in known}


def changed(settings: Settings, **to: object) -> Settings:
    return msgspec.structs.replace(settings, **to)
