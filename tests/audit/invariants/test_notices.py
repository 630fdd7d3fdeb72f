from __future__ import annotations

import msgspec

from qa_platform.notices.decider import notice_id_of
from qa_platform.people.events import PersonDeactivated
from tests.notices.factories import (
    NoticeDraftedFactory,
    NoticeHeldBackFactory,
    NoticeIssuedFactory,
    NoticeMailedFactory,
    NoticeReleasedFactory,
)

SOMEBODY = "0193fac0-0000-7000-8000-000000000e03"


def issued(cause: str, person: str = SOMEBODY, **fields):
    """Return a notice as it is made, under the id that follows from its event."""
    kind = fields.pop("kind", "submission_returned")
    notice_id = fields.pop("notice_id", notice_id_of(cause, kind, person))
    factory = NoticeDraftedFactory if kind == "submission_closed" else NoticeIssuedFactory
    return factory(notice_id=notice_id, kind=kind, cause_id=cause, person_id=person, **fields)


def plant(demo, event) -> str:
    stream = f"notice-{event.notice_id}"
    demo.append(stream, event)
    return stream


def test_who_is_told_twice_of_one_event_is_found(demo):
    plant(demo, issued("event-1"))
    plant(demo, issued("event-1", notice_id="another"))

    demo.finds("notices.once-per-event-and-person", version=1)


def test_two_events_or_two_people_are_no_second_time(demo):
    for one in (issued("event-1"), issued("event-2"), issued("event-1", "somebody else")):
        plant(demo, one)
    plant(demo, issued("event-1", kind="overdue"))

    (finding,) = demo.check("notices.once-per-event-and-person").findings
    assert not finding.violations


def test_an_id_that_somebody_made_up_is_found(demo):
    stream = plant(demo, issued("event-1", notice_id="made-up"))

    demo.finds("notices.ids-follow-from-events", stream=stream, version=1)


def test_what_is_sent_while_it_waits_is_found(demo):
    event = issued("event-1", kind="submission_closed")
    stream = plant(demo, event)
    version = demo.append(stream, NoticeMailedFactory(notice_id=event.notice_id))

    demo.finds("notices.nothing-sent-that-waits", stream=stream, version=version)


def test_what_is_sent_after_it_was_held_back_is_found(demo):
    event = issued("event-1", kind="submission_closed")
    stream = plant(demo, event)
    demo.append(stream, NoticeHeldBackFactory(notice_id=event.notice_id))
    version = demo.append(stream, NoticeMailedFactory(notice_id=event.notice_id))

    demo.finds("notices.nothing-sent-that-waits", stream=stream, version=version)


def test_what_is_sent_after_its_release_is_well(demo):
    event = issued("event-1", kind="submission_closed")
    stream = plant(demo, event)
    demo.append(stream, NoticeReleasedFactory(notice_id=event.notice_id))
    demo.append(stream, NoticeMailedFactory(notice_id=event.notice_id))

    (finding,) = demo.check("notices.nothing-sent-that-waits").findings
    assert not finding.violations


def test_a_refusal_that_went_out_by_itself_is_found(demo):
    unread = NoticeIssuedFactory(notice_id="n1", kind="submission_closed")
    stream = plant(demo, unread)

    demo.finds("notices.nothing-sent-that-waits", stream=stream, version=1)


def test_somebody_who_is_told_after_he_was_erased_is_found(demo):
    gone = demo.one("person.registered.v1")
    person = msgspec.json.decode(gone.record)["data"]["person_id"]
    demo.do("DELETE FROM ledger.events WHERE name = 'person.deactivated.v1'")
    closed = demo.append(
        f"person-{person}",
        PersonDeactivated(person_id=person, reason="erased", remark=None),
    )
    demo.do(
        "UPDATE ledger.events SET recorded_at = recorded_at - interval '2 hours' WHERE stream = :s AND version = :v",
        s=f"person-{person}",
        v=closed,
    )
    stream = plant(demo, issued("event-1", person))

    demo.finds("notices.nobody-told-who-is-gone", stream=stream, version=1)
