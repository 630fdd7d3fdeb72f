"""What an allocation is made from: everything that is known of reviewers on the day."""

from __future__ import annotations

from datetime import date

import pytest

from qa_platform.kernel.conflicts import Rotation, SeenEffect
from qa_platform.kernel.roles import Role
from qa_platform.panels.events.allocation import Expertise, KnownTie, ReviewerInput
from qa_platform.panels.read_model import allocate, gather, get_candidacy, get_panel, to_keep
from qa_platform.panels.read_model.assignable import OPEN_CASES
from qa_platform.reviewers.commands import (
    ChangeCap,
    ChangeCompetences,
    ChangeLanguages,
    DeclareUnavailable,
    RecordPost,
    WithdrawUnavailability,
)
from qa_platform.reviewers.decider import USUAL_CAP
from qa_platform.reviewers.events import Competence
from qa_platform.reviews.read_model import workload
from tests.panels.test_proposing_api import register
from tests.panels.test_read_model import interest, viewer
from tests.processes.casework import FIRST, SECOND, Agency
from tests.submissions.factories import PROVIDER
from tests.usual import DEADLINES

TODAY = date(2026, 11, 24)
ELSEWHERE = "0193fac0-0000-7000-8000-00000000eeee"


@pytest.fixture
def waiting(agency) -> Agency:
    """Have a case without reviewers, and one who might review it."""
    agency.accept()
    register(agency, FIRST)
    return agency


def known(
    agency: Agency, reviewer_id: str = FIRST, on: date = TODAY, rotation: Rotation = DEADLINES.rotation
) -> ReviewerInput:
    with agency.ledger.reading() as connection:
        instance = gather(connection, on, "a", ["submission-1"], rotation=rotation)
    return next(one for one in instance.reviewers if one.reviewer_id == reviewer_id)


def test_the_terms_of_a_reviewer_are_weighed(waiting):
    assert (known(waiting).languages, known(waiting).cap) == (None, OPEN_CASES)
    # Contexts do not import each other: each has its own, and all are one.
    assert OPEN_CASES == USUAL_CAP == workload.USUAL_CAP

    waiting.ask(
        ChangeLanguages(person_id=FIRST, languages=("en", "ms")),
        ChangeCap(person_id=FIRST, open_cases=2),
        ChangeCompetences(
            person_id=FIRST,
            competences=(Competence(field="0613", highest_level=6), Competence(field="04", highest_level=4)),
        ),
    )

    found = known(waiting)
    assert (found.languages, found.cap) == (("en", "ms"), 2)
    assert set(found.expertise) == {Expertise(field="0613", level=6), Expertise(field="04", level=4)}


def test_who_is_away_on_the_day_is_not_available(waiting):
    away = DeclareUnavailable(person_id=FIRST, period_id="away-1", first_day=TODAY, last_day=date(2026, 12, 1))
    waiting.ask(away)

    assert not known(waiting).available
    assert not known(waiting, on=date(2026, 12, 1)).available
    assert known(waiting, on=date(2026, 12, 2)).available

    waiting.ask(WithdrawUnavailability(person_id=FIRST, period_id="away-1"))
    assert known(waiting).available


def test_open_seats_count_and_those_in_a_proposal_elsewhere_too(waiting, desk):
    waiting.accept("submission-2")
    waiting.seat("submission-2", FIRST, 1)
    assert known(waiting).open_cases == 1

    waiting.accept("submission-3")
    assert desk.put("/panels/submission-3/proposal", {}, "intake_officer:intake-1").status_code == 200
    assert known(waiting).open_cases == 2


def test_his_own_employer_is_seen_and_the_same_provider_again_warns(waiting):
    register(waiting, SECOND)
    waiting.ask(RecordPost(person_id=FIRST, post_id="post-1", provider_id=PROVIDER, since=date(2020, 1, 1), on=TODAY))
    waiting.accept("submission-2")
    waiting.seat("submission-2", SECOND, 1)

    assert known(waiting).ties == (KnownTie(submission_id="submission-1", code="EMP", bars=True),)
    assert known(waiting, SECOND).ties == (KnownTie(submission_id="submission-1", code="ROT", bars=False),)


def test_where_rotation_bars_an_allocation_keeps_it_whatever_the_agency_asks_for_later(waiting):
    waiting.accept("submission-2")
    waiting.seat("submission-2", FIRST, 1)
    barred = Rotation(effect=SeenEffect.BAR)
    assert known(waiting, rotation=barred).ties == (KnownTie(submission_id="submission-1", code="ROT", bars=True),)

    with waiting.ledger.reading() as connection:
        before, after = (gather(connection, TODAY, "a", ["submission-1"], rotation=one) for one in (barred, Rotation()))
    kept = to_keep("allocation-1", before, allocate(before))
    assert kept.seats == ()
    assert to_keep("allocation-1", kept.instance, allocate(kept.instance)) == kept
    assert [seat.reviewer_id for seat in allocate(after).seats] == [FIRST]


def test_two_providers_do_not_review_each_other(waiting):
    register(waiting, SECOND)
    waiting.ask(
        RecordPost(person_id=FIRST, post_id="post-1", provider_id=ELSEWHERE, since=date(2020, 1, 1), on=TODAY),
        RecordPost(person_id=SECOND, post_id="post-2", provider_id=PROVIDER, since=date(2020, 1, 1), on=TODAY),
    )
    assert known(waiting).ties == ()

    # Somebody of this provider reviews a course of his employer.
    waiting.accept("submission-2", provider_id=ELSEWHERE)
    waiting.seat("submission-2", SECOND, 1)

    assert known(waiting).ties == (KnownTie(submission_id="submission-1", code="REC", bars=True),)


def test_what_is_declared_of_a_provider_ties_to_each_of_its_courses(waiting):
    waiting.ask(interest(FIRST, "COL"))

    assert known(waiting).ties == (KnownTie(submission_id="submission-1", code="COL", bars=False),)


def test_a_candidacy_says_who_employs_him_and_what_was_seen(waiting):
    waiting.ask(RecordPost(person_id=FIRST, post_id="post-1", provider_id=PROVIDER, since=date(2020, 1, 1), on=TODAY))

    with waiting.ledger.reading() as connection:
        panel = get_panel(connection, "submission-1", viewer(Role.INTAKE_OFFICER))
        candidacy = get_candidacy(connection, panel, FIRST, TODAY, rotation=DEADLINES.rotation)

    assert (candidacy.employers, candidacy.seen) == ((PROVIDER,), ("EMP",))
