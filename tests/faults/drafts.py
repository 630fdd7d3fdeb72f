"""What a client of the load asks for: bodies in which each command can be told from every other."""

from __future__ import annotations

import json
import uuid

import msgspec

from tests.faults.journal import Ask
from tests.submissions.factories import COMPLETE, PEOPLE

_WHOLE_COURSE = json.dumps(msgspec.to_builtins(COMPLETE))
# Words made of letters only: digits in a row could be taken for somebody's number.
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


def fresh_word() -> str:
    """Return a word that nobody else ever writes."""
    return f"word{uuid.uuid4().hex.translate(_LETTERS)}"


def draft(provider_id: str) -> tuple[Ask, tuple[str, ...]]:
    """Return a new draft of a complete course, and the pseudonyms of the people in it, yet to be named."""
    word, text = fresh_word(), _WHOLE_COURSE
    people = []
    for known in sorted(PEOPLE):
        people.append(str(uuid.uuid4()))
        text = text.replace(known, people[-1])
    content = {**json.loads(text), "synopsis": word}
    body = {"provider_id": provider_id, "route": "SAMC", "content": content}
    return _ask("draft", "officer", "POST /submissions", body, effect=word), tuple(people)


def change(submission_id: str, if_match: int | None = None) -> Ask:
    """Return a change of a course that no other change makes."""
    word = fresh_word()
    route = f"PATCH /submissions/{submission_id}/content"
    return _ask("change", "officer", route, {"synopsis": word}, effect=word, if_match=if_match)


def name(submission_id: str, subject: str | None = None) -> Ask:
    """Return the naming of a person, sealed under a pseudonym; a new one unless it is told."""
    subject = subject or str(uuid.uuid4())
    body = {"capacity": "instructor", "name": "Rahim bin Osman", "email": "rahim@example.org"}
    return _ask("name", "officer", f"PUT /submissions/{submission_id}/people/{subject}", body, effect=subject)


def lodge(submission_id: str) -> Ask:
    """Return the lodging of a course, which happens once."""
    effect = f"submission-{submission_id} submission.lodged.v1"
    body = {"text_version": "2026-1"}
    return _ask("lodge", "accountable", f"PUT /submissions/{submission_id}/lodgement", body, effect=effect)


def accept(submission_id: str) -> Ask:
    """Return the acceptance of a lodged course, which happens once, and opens its panel."""
    effect = f"submission-{submission_id} submission.accepted.v1"
    return _ask("accept", "intake", f"PUT /submissions/{submission_id}/acceptance", {}, effect=effect)


def withdraw(submission_id: str) -> Ask:
    """Return the withdrawal of a course, which happens once."""
    word = fresh_word()
    route = f"PUT /submissions/{submission_id}/withdrawal"
    return _ask("withdraw", "officer", route, {"reason": word}, effect=word)


def renewed(ask: Ask) -> Ask:
    """Return the same wish under another key, as a careless client repeats it."""
    return msgspec.structs.replace(ask, id=str(uuid.uuid4()), key=str(uuid.uuid4()))


def _ask(kind: str, who: str, route: str, body: object, *, effect: str, if_match: int | None = None) -> Ask:
    method, path = route.split()
    return Ask(
        id=str(uuid.uuid4()),
        key=str(uuid.uuid4()),
        kind=kind,
        who=who,
        method=method,
        path=path,
        body=json.dumps(body).encode(),
        effect=effect,
        if_match=if_match,
    )
