"""The API of notices: one's own inbox and wishes, the outbox, and what has gone about a case."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from flask import Response
from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import PROVIDER_ROLES, Role
from qa_platform.notices import read_model
from qa_platform.notices.commands import HoldNotice, ReadNotice, ReleaseNotice, SetPreferences
from qa_platform.notices.decider import KINDS, letter_id_of
from qa_platform.notices.events import Language
from qa_platform.notices.read_model import CORRECTION, NOTICES, Held, NoticeRow, PreferencesRow, deliveries
from qa_platform.notices.schemas import (
    CorrectionSchema,
    DeliverySchema,
    HoldSchema,
    InboxQuerySchema,
    KindSchema,
    LanguageQuerySchema,
    LetterSchema,
    NoticeSchema,
    PreferencesSchema,
    PreferencesShownSchema,
    SentAgainSchema,
    UnreadSchema,
)
from qa_platform.web.auth import asking_with
from qa_platform.web.context import actor, ledger, new_id, now, platform, reading, release_reading
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import tagged
from qa_platform.web.reach import is_recused
from qa_platform.web.receipts import Answer, ReceiptSchema, run

notices_api = Blueprint("notices", __name__, url_prefix="/api/v1/notices", description="What people are told")


@notices_api.route("")
class Notices(MethodView):
    """Your inbox."""

    @notices_api.arguments(InboxQuerySchema, location="query")
    @notices_api.response(200, paged(NoticeSchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List what you were told, the newest first, in your language."""
        language = _language(query.pop("language", None))
        column = NOTICES.table.c
        select = read_model.select_inbox(actor(), _held(), **query)
        found = page(reading(), NOTICES, select, order_by=(column.told_at.desc(), column.notice_id.desc()))
        return found | {"items": [_shown(row, language) for row in found["items"]]}


@notices_api.route("/unread")
class Unread(MethodView):
    """What you have not read."""

    @notices_api.response(200, UnreadSchema)
    def get(self) -> dict[str, int]:
        """Count what you have not read."""
        return {"unread": read_model.count_unread(reading(), actor(), _held())}


@notices_api.route("/kinds")
class Kinds(MethodView):
    """The kinds of notices."""

    @notices_api.response(200, KindSchema(many=True))
    def get(self) -> list[dict[str, Any]]:
        """List the kinds of notices: which must reach you, and which you may leave out of your mail."""
        names = ("required", "urgent", "releaser")
        return [{"kind": kind} | {name: getattr(KINDS[kind], name) for name in names} for kind in sorted(KINDS)]


@notices_api.route("/preferences")
class Preferences(MethodView):
    """What you want of notices."""

    @notices_api.response(200, PreferencesShownSchema)
    def get(self) -> tuple[PreferencesRow, int, dict[str, str]] | Response:
        """Show your language, when you get mail, and what you left out of it."""
        return tagged(_preferences())

    @notices_api.arguments(PreferencesSchema)
    @notices_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any]) -> Answer:
        """Say in which language you read, and what is mailed to you when."""
        person = actor().person_id
        unsubscribed = tuple(body.pop("unsubscribed"))
        return run(SetPreferences(person_id=person, unsubscribed=unsubscribed, **body), id=person)


@notices_api.route("/outbox")
class Outbox(MethodView):
    """Letters that wait until somebody has read them."""

    @notices_api.response(200, paged(LetterSchema))
    def get(self) -> dict[str, Any]:
        """List the letters that wait for your release, the oldest first."""
        column = NOTICES.table.c
        select = read_model.select_waiting(actor())
        found = page(reading(), NOTICES, select, order_by=(column.composed_at, column.notice_id))
        rows = read_model.readers_of(reading(), [row.letter_id for row in found["items"]])
        return found | {"items": [read_model.letter_of(rows[row.letter_id]) for row in found["items"]]}


@notices_api.route("/letters/<letter_id>")
class Letter(MethodView):
    """One letter of the outbox."""

    @notices_api.response(200, LetterSchema)
    def get(self, letter_id: str) -> read_model.Letter:
        """Show a letter that is yours to release, in both languages."""
        return read_model.letter_of(_letter(letter_id))


@notices_api.route("/letters/<letter_id>/release")
class LetterRelease(MethodView):
    """The release of a letter."""

    @notices_api.response(200, ReceiptSchema)
    def put(self, letter_id: str) -> Answer:
        """Let a letter go to everybody whom it is for, after you have read it."""
        return run([ReleaseNotice(notice_id=row.notice_id) for row in _letter(letter_id)], id=letter_id)


@notices_api.route("/letters/<letter_id>/hold")
class LetterHold(MethodView):
    """The holding back of a letter."""

    @notices_api.arguments(HoldSchema)
    @notices_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], letter_id: str) -> Answer:
        """Hold a waiting letter back for good, with the reason."""
        return run([HoldNotice(notice_id=row.notice_id, **body) for row in _letter(letter_id)], id=letter_id)


@notices_api.route("/letters/<letter_id>/correction")
class LetterCorrection(MethodView):
    """The correction of a letter."""

    @notices_api.arguments(CorrectionSchema)
    @notices_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], letter_id: str) -> Answer:
        """Propose a correction to everybody who had the letter; it waits in your outbox."""
        rows = read_model.get_letter(reading(), letter_id, actor(), own=False)
        _refuse_apart(rows[0].about)
        cause_id = new_id("correction")
        commands = read_model.correcting(
            rows, cause_id=cause_id, reason=body["reason"], releaser=actor().acting_as, zone=platform().zone
        )
        draft = letter_id_of(cause_id, CORRECTION, letter_id)
        return run(commands, id=draft, location=f"/api/v1/notices/letters/{draft}", status=201)


@notices_api.route("/deliveries")
class Deliveries(MethodView):
    """Mails that did not leave."""

    @notices_api.response(200, DeliverySchema(many=True))
    def get(self) -> list[deliveries.TroubledMail]:
        """List the mails that were given up, then those that are tried again, the latest first."""
        return deliveries.troubled_mails(reading())


@notices_api.route("/deliveries/<mail_id>/again")
class DeliveryAgain(MethodView):
    """That a mail is sent again."""

    @notices_api.response(200, SentAgainSchema)
    def put(self, mail_id: str) -> dict[str, list[str]]:
        """Let the worker send a mail again that was given up; what it holds is in the inbox all the while."""
        release_reading()
        # A plan is no history: what left is in the ledger, once it has.
        with ledger().engine.begin() as connection:
            mails = deliveries.send_again(connection, now(), mail_id)
        if not mails:
            raise Missing(f"Nothing is sent again: there is no mail “{mail_id}” that was given up. Look at the list.")
        return {"mails": mails}


@notices_api.route("/about/<case_id>")
class NoticesAbout(MethodView):
    """What has gone, or waits, about a case."""

    @notices_api.response(200, LetterSchema(many=True))
    def get(self, case_id: str) -> list[read_model.Letter]:
        """List the letters about a case: what was told to which roles and when, read or not, and what waits."""
        _refuse_apart(case_id)
        rows = read_model.notices_about(reading(), case_id)
        return read_model.letters_of(read_model.known_to(actor().acting_as, rows))


@notices_api.route("/<notice_id>")
class Notice(MethodView):
    """One notice of your own."""

    @notices_api.arguments(LanguageQuerySchema, location="query")
    @notices_api.response(200, NoticeSchema)
    def get(self, query: dict[str, Any], notice_id: str) -> dict[str, Any]:
        """Show a notice in your language, or in another."""
        return _shown(_own(notice_id), _language(query.get("language")))


@notices_api.route("/<notice_id>/reading")
class NoticeReading(MethodView):
    """That a notice was read."""

    @notices_api.response(200, ReceiptSchema)
    def put(self, notice_id: str) -> Answer:
        """Mark a notice of your own as read."""
        _own(notice_id)
        return run(ReadNotice(notice_id=notice_id), id=notice_id)


def _held() -> Held:
    # A token that is limited to some roles shows what was told in those.
    holder = asking_with()
    return {
        role: holder.providers.get(role, frozenset()) if role in PROVIDER_ROLES else None
        for role in sorted(holder.roles)
    }


def _own(notice_id: str) -> NoticeRow:
    return read_model.get_own(reading(), notice_id, actor(), _held())


def _letter(letter_id: str) -> Sequence[NoticeRow]:
    return read_model.get_letter(reading(), letter_id, actor())


def _preferences() -> PreferencesRow:
    person = actor().person_id
    usual = read_model.usual_preferences(person, cast("Language", platform().language), platform().digest_hour)
    return read_model.preferences_of(reading(), [person]).get(person, usual)


def _language(wanted: str | None) -> Language:
    return cast("Language", wanted) if wanted is not None else _preferences().language


def _shown(row: NoticeRow, language: Language) -> dict[str, Any]:
    words = read_model.words_of(row, language)
    kept = {name: getattr(row, name) for name in NOTICE_FIELDS}
    urgent = KINDS[row.kind].urgent
    return kept | {
        "urgent": urgent,
        "language": language,
        "subject": words.subject,
        "text": words.text,
        "now": words.now,
    }


NOTICE_FIELDS = (
    "notice_id",
    "version",
    "kind",
    "role",
    "provider_id",
    "about",
    "due_on",
    "corrects",
    "told_at",
    "read_at",
)


def _refuse_apart(case_id: str | None) -> None:
    if _knows_as_reviewer(case_id) or is_recused(reading(), actor(), case_id):
        raise Missing("There is nothing to show: no letter about such a case is known to you. Check its id.")


def _knows_as_reviewer(case_id: str | None) -> bool:
    # Whoever was asked to review learns of the case as its reviewer only, whatever else he is.
    if Role.REVIEWER not in actor().roles or case_id is None:
        return False
    return read_model.is_reviewer_of(reading(), actor().person_id, case_id)
