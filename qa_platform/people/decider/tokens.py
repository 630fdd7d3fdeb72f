"""The rules about API tokens: what they open, for how long, and who may pass that on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import seal
from qa_platform.people.commands import IssueToken, RevokeToken
from qa_platform.people.decider.account import Account, require_known, require_open, words
from qa_platform.people.decider.refusals import RoleNotHeld, TokenUnacceptable, TokenUnknown
from qa_platform.people.events import PeopleEvent, PersonTokenIssued, PersonTokenRevoked

# A token that nobody renews for a year is one that nobody looks after.
LONGEST_TOKEN_LIFE = timedelta(days=366)


def issue(command: IssueToken, account: Account) -> list[PeopleEvent]:
    """Return the token that is issued; raise TokenUnacceptable or RoleNotHeld."""
    require_open(command.person_id, account)
    if command.token_id in account.tokens:
        raise TokenUnacceptable("No token was issued: its id is in use already. Ask again for a new one.")
    if not command.scopes:
        raise TokenUnacceptable("No token was issued: it would have no scope. Choose “read”, “write” or both.")
    if not command.issued_at < command.expires_at <= command.issued_at + LONGEST_TOKEN_LIFE:
        raise TokenUnacceptable(
            f"No token was issued: it must expire later than now, and within {LONGEST_TOKEN_LIFE.days} days. "
            "Choose another expiry."
        )
    _require_held(command.roles, account)
    _require_passable(command, account)

    return [
        PersonTokenIssued(
            person_id=command.person_id,
            token_id=command.token_id,
            digest=command.digest,
            label=seal(command.person_id, command.label),
            scopes=tuple(sorted(set(command.scopes))),
            roles=tuple(sorted(set(command.roles))),
            expires_at=command.expires_at,
        )
    ]


def revoke(command: RevokeToken, account: Account) -> list[PeopleEvent]:
    """Return the token that is revoked; raise TokenUnknown."""
    require_known(command.person_id, account)
    if command.token_id not in account.tokens:
        raise TokenUnknown(
            f"No token was revoked: this person has none with the id “{command.token_id}”. "
            "Look at the tokens of the account."
        )

    if command.token_id in account.revoked:
        return []
    return [PersonTokenRevoked(person_id=command.person_id, token_id=command.token_id, reason=command.reason)]


def _require_held(roles: Iterable[Role], account: Account) -> None:
    for role in sorted(set(roles) - account.roles):
        raise RoleNotHeld(
            f"No token was issued: this person does not hold the role “{words(role)}”. "
            "Grant it first, or leave it out of the token."
        )


def _require_passable(command: IssueToken, account: Account) -> None:
    # Otherwise a token limited to one role, to reading or to a month could make itself one that is not.
    within = command.within
    if within is None:
        return
    if not set(command.roles or account.roles) <= set(within.roles):
        raise TokenUnacceptable(
            "No token was issued: it would open more roles than the token you ask with. "
            f"Limit it to {', '.join(f'“{words(role)}”' for role in sorted(within.roles))}."
        )
    if not set(command.scopes) <= set(within.scopes):
        raise TokenUnacceptable(
            "No token was issued: it would have more scopes than the token you ask with. "
            f"Choose from {', '.join(f'“{scope}”' for scope in sorted(within.scopes))}."
        )
    if within.expires_at is not None and command.expires_at > within.expires_at:
        raise TokenUnacceptable(
            "No token was issued: it would last longer than the token you ask with. "
            f"Choose {within.expires_at.isoformat(timespec='seconds')} or earlier, or ask an administrator."
        )
