"""What the doctor finds: a sentence about what is, and one about what to do."""

from __future__ import annotations

from enum import StrEnum

import msgspec


class Verdict(StrEnum):
    """How bad it is."""

    WELL = "well"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that was looked at; `do` is empty where nothing is to be done."""

    check: str
    verdict: Verdict
    says: str
    do: str = ""


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """From when on something is found wrong or doubtful."""

    server_version: int = 16
    clock_seconds: float = 2.0
    idle_seconds: float = 300.0
    waiting_seconds: float = 30.0
    transaction_age: int = 1_000_000_000
    free_bytes: int = 1_000_000_000
    backup_days: float = 2.0


def well(check: str, says: str) -> Finding:
    """Return that all is as it should be."""
    return Finding(check=check, verdict=Verdict.WELL, says=says)


def doubtful(check: str, says: str, do: str) -> Finding:
    """Return what works, but should be looked at."""
    return Finding(check=check, verdict=Verdict.DOUBTFUL, says=says, do=do)


def wrong(check: str, says: str, do: str) -> Finding:
    """Return what must be put right."""
    return Finding(check=check, verdict=Verdict.WRONG, says=says, do=do)


def either(check: str, trouble: str | None, otherwise: str, do: str) -> Finding:
    """Return trouble as wrong, and that there is none as well."""
    return well(check, otherwise) if trouble is None else wrong(check, trouble, do)
