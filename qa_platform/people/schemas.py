"""The wire of people: accounts, roles and tokens, and what a token looks like.

A token is `qa_`, 256 random bits in base 62, and a CRC-32 of both, so that a typing error or a
token that leaked into a text is recognised without asking the database.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import unicodedata
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args

import marshmallow as ma

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Role
from qa_platform.kernel.sealed import Sealed
from qa_platform.people.events import DeactivationReason, RevocationReason, Scope, WithdrawalReason
from qa_platform.web.ids import Id

TOKEN_PREFIX = "qa_"  # noqa: S105 -- what every token begins with, and no secret
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SECRET_BITS = 256
_SECRET_LENGTH = 43  # 62 ** 43 > 2 ** 256
_CHECKSUM_LENGTH = 6  # 62 ** 6 > 2 ** 32
_TOKEN = re.compile(rf"{TOKEN_PREFIX}[0-9A-Za-z]{{{_SECRET_LENGTH + _CHECKSUM_LENGTH}}}", re.ASCII)

_GRANTABLE = tuple(role for role in Role if role not in (Role.PUBLIC, Role.SYSTEM))


def new_token() -> str:
    """Return a fresh token; whoever gets it is shown it once."""
    body = TOKEN_PREFIX + _base62(secrets.randbits(_SECRET_BITS), _SECRET_LENGTH)
    return body + _checksum(body)


def token_digest(token: str) -> str | None:
    """Return the SHA-256 of a token in hex, by which it is known; None if it is no token of ours."""
    if not _TOKEN.fullmatch(token) or _checksum(token[:-_CHECKSUM_LENGTH]) != token[-_CHECKSUM_LENGTH:]:
        return None
    return hashlib.sha256(token.encode()).hexdigest()


def _checksum(body: str) -> str:
    return _base62(zlib.crc32(body.encode()), _CHECKSUM_LENGTH)


def _base62(number: int, length: int) -> str:
    digits = ""
    for _ in range(length):
        number, digit = divmod(number, len(_DIGITS))
        digits = _DIGITS[digit] + digits
    return digits


def role_named(name: str) -> Role:
    """Return the role that stands in an address. Raises Missing."""
    if name not in _GRANTABLE:
        raise Missing(f"There is no role “{name}” that people hold. Choose one of {', '.join(_GRANTABLE)}.")
    return Role(name)


class Text(ma.fields.String):
    """Text without blanks around it, of one to so many characters."""

    def __init__(self, longest: int, **options: Any) -> None:  # noqa: ANN401 -- marshmallow's own options
        super().__init__(validate=ma.validate.Length(1, longest), **options)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:  # noqa: ANN401 -- as inherited
        return unicodedata.normalize("NFC", super()._deserialize(value, attr, data, **kwargs)).strip()


class Address(ma.fields.Email):
    """An e-mail address; its domain, which has no case, in small letters."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:  # noqa: ANN401 -- as inherited
        local, at, domain = super()._deserialize(value, attr, data, **kwargs).strip().rpartition("@")
        return local + at + domain.lower()


class Instant(ma.fields.AwareDateTime):
    """An instant, in UTC."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> datetime:  # noqa: ANN401 -- as inherited
        instant = super()._deserialize(value, attr, data, **kwargs)
        try:
            return instant.astimezone(UTC)
        except OverflowError as beyond:  # before year 1, or after 9999, in UTC
            raise self.make_error("invalid", input=value, obj_type=self.OBJ_TYPE) from beyond


class SealedText(ma.fields.String):
    """Something about a person; null once it is erased."""

    def _serialize(self, value: Any, attr: str | None, obj: Any, **kwargs: Any) -> str | None:  # noqa: ANN401 -- as inherited
        text = value.value if isinstance(value, Sealed) and isinstance(value.value, str) else None
        return super()._serialize(text, attr, obj, **kwargs)


class ContactSchema(ma.Schema):
    """How to reach a person."""

    name = Text(200, required=True, metadata={"description": "The name as its bearer writes it"})
    email = Address(required=True, validate=ma.validate.Length(max=254))
    telephone = ma.fields.String(
        allow_none=True,
        validate=ma.validate.Regexp(
            r"\+?[0-9](?:[ ()./-]{0,2}[0-9]){5,18}\Z", error="Write digits, with + and the country's number first."
        ),
    )


class HeldSchema(ma.Schema):
    """A role, and the provider or centre that it is held for; neither: the agency."""

    role = ma.fields.Enum(Role, by_value=True)
    provider_id = ma.fields.String(allow_none=True)
    centre_id = ma.fields.String(allow_none=True)


class AccountSchema(ma.Schema):
    """An account."""

    person_id = ma.fields.String()
    version = ma.fields.Integer()
    name = SealedText(allow_none=True)
    email = SealedText(allow_none=True)
    telephone = SealedText(allow_none=True)
    roles = ma.fields.List(ma.fields.Nested(HeldSchema))
    active = ma.fields.Boolean()
    erased = ma.fields.Boolean(metadata={"description": "The personal data are gone for good"})
    simulated = ma.fields.Boolean()


class AccountQuerySchema(ma.Schema):
    """Which accounts to list."""

    role = ma.fields.Enum(Role, by_value=True)
    active = ma.fields.Boolean()


class GrantRoleSchema(ma.Schema):
    """What a role is granted for."""

    provider_id = Id(metadata={"description": "For the roles of a provider, and only those"})
    centre_id = Id(metadata={"description": "For a role at a verification centre; absent: for the agency"})


class WithdrawRoleSchema(GrantRoleSchema):
    """Which role is withdrawn, and why."""

    reason = ma.fields.String(required=True, validate=ma.validate.OneOf(get_args(WithdrawalReason)))


class IssueTokenSchema(ma.Schema):
    """A token that is wanted."""

    label = Text(100, required=True, metadata={"description": "What it is for, to find it again"})
    scopes = ma.fields.List(
        ma.fields.String(validate=ma.validate.OneOf(get_args(Scope))),
        required=True,
        validate=ma.validate.Length(1, len(get_args(Scope))),
    )
    roles = ma.fields.List(
        ma.fields.Enum(Role, by_value=True),
        load_default=list,
        metadata={"description": "Limit it to some of the person's roles; empty: all of them"},
    )
    expires_at = Instant(required=True, metadata={"description": "With its offset; within 366 days"})


class TokenSchema(ma.Schema):
    """A token, without its text."""

    token_id = ma.fields.String()
    label = SealedText(allow_none=True)
    scopes = ma.fields.List(ma.fields.String())
    roles = ma.fields.List(ma.fields.Enum(Role, by_value=True))
    issued_at = ma.fields.AwareDateTime()
    expires_at = ma.fields.AwareDateTime()
    revoked = ma.fields.Boolean()


class RevokeTokenSchema(ma.Schema):
    """Why a token is revoked."""

    reason = ma.fields.String(load_default="no_longer_needed", validate=ma.validate.OneOf(get_args(RevocationReason)))


class DeactivateSchema(ma.Schema):
    """Why an account is closed."""

    reason = ma.fields.String(
        required=True, validate=ma.validate.OneOf([one for one in get_args(DeactivationReason) if one != "erased"])
    )
    remark = Text(1000, metadata={"description": "Sealed under the person's own key"})
