"""What `qa run` says once everything runs: where it is, and what to try."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

from qa_platform.config import Settings


def welcome(settings: Settings, case_id: str | None) -> str:
    """Return the words of the welcome; `case_id` is a case that has been decided, where there is one."""
    host = reachable_host(settings.host)
    address = f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"
    tokens = settings.demo_tokens_file
    lines = [f"\nThe platform runs at {address}"]
    if tokens.exists():
        lines.append(f"Tokens of the demo's people, one for each role: {tokens}")
    lines.append("\nThree things to try (the second and third in another terminal):")
    lines += [
        f"  {number}. {what}\n     {how}" for number, (what, how) in enumerate(_tries(settings, address, case_id), 1)
    ]
    lines.append(f"\nCtrl-C stops all of it; what is there is kept in {settings.data_folder}")
    return "\n".join(lines)


def reachable_host(host: str) -> str:
    """Return the host by which this machine reaches itself, for one that stands for all its addresses."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 -- asked, not listened on


def _command(settings: Settings) -> str:
    """Return how another terminal in this folder calls `qa` with the same data."""
    qa = Path(sys.executable).parent / "qa"
    short = qa.relative_to(Path.cwd()) if qa.is_relative_to(Path.cwd()) else qa
    usual = settings.data_folder == Path("var").absolute()
    return str(short) if usual else f"DATA_FOLDER={shlex.quote(str(settings.data_folder))} {short}"


def _tries(settings: Settings, address: str, case_id: str | None) -> list[tuple[str, str]]:
    qa = _command(settings)
    if case_id is None:
        return [
            ("Look at the API, and call it from the page", f"{address}/api/"),
            ("Make the first administrator, who lets others in", f"{qa} people --help"),
            ("Publish the standard by which courses are judged", f"{qa} standard --help"),
        ]
    token = f"$(awk '$1 == \"auditor\" {{print $2}}' {shlex.quote(str(settings.demo_tokens_file))})"
    return [
        ("Look a course up in the register, as everybody can", f"{address}/register"),
        ("Replay a case: who did what, and how it came to its decision", f"{qa} replay {case_id}"),
        ("Ask as the auditor", f'curl -H "Authorization: Bearer {token}" {address}/api/v1/submissions?limit=3'),
    ]
