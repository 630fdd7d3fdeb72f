"""The account of somebody who comes to the agency, and leaves it: contact, token, role, and the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from qa_platform.kernel.roles import Role
from qa_platform.people.commands import ChangeContact, DeactivatePerson, IssueToken, RevokeToken, WithdrawRole
from qa_platform.people.schemas import new_token, token_digest
from qa_platform.simulation.acts import Act
from qa_platform.simulation.names import MARK

if TYPE_CHECKING:
    from qa_platform.simulation.beside.scene import Scene

_TOKEN_LIFE: Final = timedelta(days=180)
_NUMBER: Final = 0


def leaving(scene: Scene) -> Iterator[Act]:
    """Give what becomes of the account of a second register officer, who leaves after a year."""
    administrator, officer = scene.office(Role.ADMINISTRATOR), scene.player(_NUMBER, Role.REGISTER_OFFICER)
    about = {"person_id": officer.person_id}
    yield scene.joining(officer, scene.day(15))
    moved = ChangeContact(**about, name=officer.person.name, email=f"moved.{officer.person.email}")
    yield scene.act(administrator, scene.day(60), moved)
    token_id = scene.new_id()
    at = scene.act(administrator, scene.day(90), moved).at
    issue = IssueToken(
        person_id=officer.person_id,
        token_id=token_id,
        # Told to nobody: it is lost before anybody uses it.
        digest=token_digest(new_token()) or "",
        label=f"Yearly report {MARK}",
        scopes=("read",),
        issued_at=at,
        expires_at=at + _TOKEN_LIFE,
    )
    yield Act(at=at, actor=administrator, commands=(issue,))
    yield scene.act(administrator, scene.day(110), RevokeToken(**about, token_id=token_id, reason="lost"))
    withdraw = WithdrawRole(**about, role=Role.REGISTER_OFFICER, reason="term_ended", asked_by=administrator.person_id)
    yield scene.act(administrator, scene.day(260), withdraw)
    close = DeactivatePerson(**about, reason="left", asked_by=administrator.person_id)
    yield scene.act(administrator, scene.day(261), close)
