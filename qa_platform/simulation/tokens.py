"""The tokens of the demo: one for an invented person in each role, and the file that tells them."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from qa_platform.kernel.roles import Role
from qa_platform.people.commands import IssueToken
from qa_platform.people.schemas import new_token, token_digest
from qa_platform.simulation.acts import Act
from qa_platform.simulation.office import start_of

if TYPE_CHECKING:
    from qa_platform.simulation.agency import Simulation

_LIFE: Final = timedelta(days=180)
_OWNER_ONLY: Final = 0o600


class DemoToken(msgspec.Struct, frozen=True, kw_only=True):
    """A token that is told: the only kind that is ever written down."""

    role: Role
    token: str
    name: str

    @property
    def line(self) -> str:
        """Return the token as a line of the file."""
        return f"{self.role.value}\t{self.token}\t{self.name}\n"


def issuing(simulation: Simulation, new_id: Callable[[], str]) -> tuple[Act, tuple[DemoToken, ...]]:
    """Return the act that issues a token for each role, and the tokens."""
    at = start_of(simulation.plan.until)
    told, asked = [], []
    for player in simulation.spokespeople():
        token = DemoToken(role=player.role, token=new_token(), name=player.person.name)
        told.append(token)
        asked.append(
            IssueToken(
                person_id=player.person_id,
                token_id=new_id(),
                digest=token_digest(token.token) or "",
                label="Demo (simulated)",
                scopes=("read", "write"),
                issued_at=at,
                expires_at=at + _LIFE,
            )
        )
    return Act(at=at, actor=simulation.players.one(Role.ADMINISTRATOR).actor, commands=tuple(asked)), tuple(told)


def write_tokens(path: Path, tokens: Iterable[DemoToken]) -> None:
    """Write the tokens into a file that only its owner can read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY), "w", encoding="utf-8") as file:
        file.writelines(token.line for token in tokens)
