"""Notices on the wire: in the reader's words, never with a name."""

from __future__ import annotations

from typing import get_args

import marshmallow as ma

from qa_platform.kernel.roles import Role
from qa_platform.notices.decider import KINDS, Status
from qa_platform.notices.events import Language, Mailing

LONGEST_REASON = 1000
_LANGUAGES = ma.validate.OneOf(get_args(Language), error="Choose en or ms.")


class Reason(ma.fields.String):
    """Why, in plain words: needed, and not without end."""

    def __init__(self) -> None:
        """Take at most so many letters, and at least one that shows."""
        super().__init__(
            required=True,
            validate=[
                ma.validate.Length(1, LONGEST_REASON, error=f"Write 1 to {LONGEST_REASON} letters."),
                ma.validate.Regexp(r"(?s).*\S", error="Write why."),
            ],
        )


class InboxQuerySchema(ma.Schema):
    """Which notices of your own, and in which language."""

    unread = ma.fields.Boolean(metadata={"description": "true: what you have not read; false: what you have"})
    since = ma.fields.AwareDateTime(metadata={"description": "Told at this instant or later; with its offset"})
    language = ma.fields.String(validate=_LANGUAGES, metadata={"description": "Instead of the language you set"})


class LanguageQuerySchema(ma.Schema):
    """In which language."""

    language = ma.fields.String(validate=_LANGUAGES)


class WordsSchema(ma.Schema):
    """What a notice says in one language."""

    subject = ma.fields.String()
    text = ma.fields.String()
    now = ma.fields.String(metadata={"description": "What to do, and until when; empty where there is nothing to do"})


class NoticeSchema(WordsSchema):
    """A notice as its reader reads it."""

    notice_id = ma.fields.String()
    version = ma.fields.Integer()
    kind = ma.fields.String()
    language = ma.fields.String()
    role = ma.fields.Enum(Role, by_value=True, allow_none=True, metadata={"description": "In which role you are told"})
    provider_id = ma.fields.String(allow_none=True)
    about = ma.fields.String(allow_none=True, metadata={"description": "The case that it is about"})
    due_on = ma.fields.Date(allow_none=True)
    urgent = ma.fields.Boolean()
    corrects = ma.fields.String(allow_none=True, metadata={"description": "The letter that no longer holds"})
    told_at = ma.fields.AwareDateTime()
    read_at = ma.fields.AwareDateTime(allow_none=True)


class UnreadSchema(ma.Schema):
    """How many notices you have not read."""

    unread = ma.fields.Integer(required=True)


class KindSchema(ma.Schema):
    """A kind of notice."""

    kind = ma.fields.String()
    required = ma.fields.Boolean(metadata={"description": "Mailed to you whatever you leave out"})
    urgent = ma.fields.Boolean(metadata={"description": "Mailed alone and at once, not in the digest"})
    releaser = ma.fields.Enum(Role, by_value=True, allow_none=True)


class PreferencesSchema(ma.Schema):
    """What you want of notices."""

    language = ma.fields.String(required=True, validate=_LANGUAGES)
    mailing = ma.fields.String(
        load_default="digest",
        validate=ma.validate.OneOf(get_args(Mailing)),
        metadata={"description": "digest: one mail a working day, urgent ones apart; at_once: each by itself"},
    )
    digest_hour = ma.fields.Integer(load_default=8, validate=ma.validate.Range(0, 23, error="Choose 0 to 23."))
    unsubscribed = ma.fields.List(
        ma.fields.String(validate=ma.validate.Length(1, 64)),
        load_default=list,
        validate=ma.validate.Length(max=len(KINDS)),
        metadata={"description": "Kinds that are not mailed; they stay in the inbox"},
    )


class PreferencesShownSchema(PreferencesSchema):
    """What you want of notices, as it stands."""

    version = ma.fields.Integer()


class ReadersSchema(ma.Schema):
    """To how many a letter goes in one role, and how far it got."""

    role = ma.fields.Enum(Role, by_value=True, allow_none=True)
    provider_id = ma.fields.String(allow_none=True)
    people = ma.fields.Integer()
    waiting = ma.fields.Integer()
    told = ma.fields.Integer()
    held = ma.fields.Integer()
    mailed = ma.fields.Integer()
    read = ma.fields.Integer()


class LetterSchema(ma.Schema):
    """All that one event tells in one kind: to whom by role, and how far it got."""

    letter_id = ma.fields.String()
    kind = ma.fields.String()
    about = ma.fields.String(allow_none=True)
    corrects = ma.fields.String(allow_none=True)
    due_on = ma.fields.Date(allow_none=True)
    releaser = ma.fields.Enum(Role, by_value=True, allow_none=True)
    statuses = ma.fields.List(ma.fields.Enum(Status, by_value=True))
    composed_at = ma.fields.AwareDateTime()
    told_at = ma.fields.AwareDateTime(allow_none=True, metadata={"description": "When the first of them was told"})
    held_reason = ma.fields.String(allow_none=True)
    readers = ma.fields.List(ma.fields.Nested(ReadersSchema))
    en = ma.fields.Nested(WordsSchema)
    ms = ma.fields.Nested(WordsSchema)


class DeliverySchema(ma.Schema):
    """A mail that was given up, or is tried again."""

    mail_id = ma.fields.String()
    person_id = ma.fields.String(metadata={"description": "A pseudonym"})
    notices = ma.fields.Integer(metadata={"description": "How many notices it holds"})
    state = ma.fields.String(metadata={"description": "failed: given up; planned: tried again at next_at"})
    attempts = ma.fields.Integer()
    failure = ma.fields.String(allow_none=True, metadata={"description": "Of which kind the failure was"})
    next_at = ma.fields.AwareDateTime()
    changed_at = ma.fields.AwareDateTime()


class SentAgainSchema(ma.Schema):
    """Which mails the worker sends again."""

    mails = ma.fields.List(ma.fields.String())


class HoldSchema(ma.Schema):
    """Why a letter is held back."""

    reason = Reason()


class CorrectionSchema(ma.Schema):
    """Why a letter no longer holds; its readers are told this, in these words."""

    reason = Reason()
