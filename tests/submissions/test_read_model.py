from __future__ import annotations

from datetime import date, timedelta

import msgspec
import pytest
from uuid_utils import uuid7

from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import Actor, Role
from qa_platform.providers.commands import (
    AnnulSuspension,
    CeaseProvider,
    ExpireRecognition,
    RecogniseProvider,
    ReinstateProvider,
    SuspendProvider,
    WithdrawRecognition,
)
from qa_platform.standards.commands import RetireRubric
from qa_platform.submissions import read_model
from qa_platform.submissions.decider.refusals import NoStandardInForce
from qa_platform.submissions.events import Capacity, CoursePatch
from qa_platform.submissions.read_model import SUBMISSIONS, StandingRow
from tests.submissions import factories as f
from tests.submissions.conftest import OTHER_PROVIDER, publish

OFFICER = Actor(
    person_id="o",
    roles=frozenset({Role.PROVIDER_OFFICER}),
    acting_as=Role.PROVIDER_OFFICER,
    providers=frozenset({f.PROVIDER}),
)


def acting(role: Role) -> Actor:
    return Actor(person_id="x", roles=frozenset({role}), acting_as=role)


def ask(ledger, *commands):
    return ledger.execute_together(list(commands), actor="system:tests")


@pytest.fixture
def lodged(ledger) -> str:
    """Lodge a submission."""
    people = [f.NamePersonFactory(subject=subject, capacity=Capacity.ASSESSOR) for subject in sorted(f.PEOPLE)]
    ask(
        ledger,
        f.DraftSubmissionFactory(),
        f.ChangeContentFactory(content=f.patch_of(f.COMPLETE)),
        *people,
        f.LodgeSubmissionFactory(),
    )
    return f.SUBMISSION


def row(ledger, viewer=OFFICER):
    with ledger.reading() as connection:
        return read_model.get_submission(connection, f.SUBMISSION, viewer)


def test_a_row_holds_the_folded_content(ledger, lodged):
    found = row(ledger)

    assert found.content == f.COMPLETE
    assert (found.version, found.title_en, found.level) == (8, "Solar Panel Maintenance", 4)
    assert (found.credits, found.hours) == (f.COMPLETE.credits_claimed, 60)
    assert found.named == tuple(sorted(f.PEOPLE))


def test_each_step_shows(ledger, lodged):
    ask(ledger, f.ReturnSubmissionFactory())
    assert (row(ledger).status, row(ledger).due_on) == ("returned", date(2026, 12, 8))

    ask(ledger, f.ChangeContentFactory(content=CoursePatch(title_ms=None)), f.RemovePersonFactory())
    assert (row(ledger).title_ms, f.TEACHER in row(ledger).named) == (None, False)

    ask(ledger, f.LapseSubmissionFactory())
    assert row(ledger).status == "lapsed"


def test_a_rebuilt_row_equals_the_kept_one(ledger, lodged):
    ask(ledger, f.AcceptSubmissionFactory())
    rebuilt = None
    for recorded in ledger.read_stream(f"submission-{f.SUBMISSION}"):
        rebuilt = SUBMISSIONS.fold(rebuilt, recorded)

    assert rebuilt is not None
    assert msgspec.to_builtins(rebuilt) == msgspec.to_builtins(row(ledger))


@pytest.mark.parametrize("role", [*sorted(read_model.AGENCY_ROLES), Role.AUDITOR])
def test_the_agency_sees_what_was_lodged(ledger, lodged, role):
    assert row(ledger, acting(role)).submission_id == f.SUBMISSION


@pytest.mark.parametrize(
    "viewer",
    [
        msgspec.structs.replace(OFFICER, providers=frozenset({OTHER_PROVIDER})),
        msgspec.structs.replace(OFFICER, providers=frozenset()),
        *(acting(role) for role in (Role.REVIEWER, Role.LEAD_REVIEWER, Role.ADMINISTRATOR, Role.PUBLIC)),
    ],
)
def test_everybody_else_is_told_that_there_is_none(ledger, lodged, viewer):
    with pytest.raises(Missing, match="There is no submission"):
        row(ledger, viewer)


def test_what_was_never_lodged_stays_the_provider_s_even_when_withdrawn(ledger):
    ask(ledger, f.DraftSubmissionFactory(), f.WithdrawSubmissionFactory())

    assert row(ledger).status == "withdrawn"
    with pytest.raises(Missing):
        row(ledger, acting(Role.INTAKE_OFFICER))


def test_people_are_stored_closed_and_removed_for_good(ledger):
    ask(ledger, f.DraftSubmissionFactory(), f.NamePersonFactory())
    with ledger.reading() as connection:
        (closed,) = read_model.people_of(connection, f.SUBMISSION)
    assert closed.name.value is None

    (opened,) = read_model.opened_for(OFFICER, ledger, [closed])
    assert (opened.name.value, opened.email.value) == ("Aisyah binti Rahman", "aisyah@example.edu.my")

    ask(ledger, f.RemovePersonFactory())
    with ledger.reading() as connection:
        assert read_model.people_of(connection, f.SUBMISSION) == []


def test_a_name_given_again_replaces_the_first(ledger):
    ask(
        ledger, f.DraftSubmissionFactory(), f.NamePersonFactory(), f.NamePersonFactory(name="Aisyah Rahman", email=None)
    )
    with ledger.reading() as connection:
        (person,) = read_model.opened_for(OFFICER, ledger, read_model.people_of(connection, f.SUBMISSION))

    assert (person.name.value, person.email) == ("Aisyah Rahman", None)


def test_the_overdue_are_those_whose_last_day_is_past(ledger, lodged):
    ask(ledger, f.ReturnSubmissionFactory())
    with ledger.reading() as connection:
        assert read_model.list_overdue(connection, date(2026, 12, 8)) == []
        assert [one.submission_id for one in read_model.list_overdue(connection, date(2026, 12, 9))] == [f.SUBMISSION]


def test_what_was_given_more_time_is_overdue_later(ledger, lodged):
    ask(ledger, f.ReturnSubmissionFactory(), f.ExtendReturnFactory())
    with ledger.reading() as connection:
        assert read_model.list_overdue(connection, date(2026, 12, 22)) == []
        assert [one.submission_id for one in read_model.list_overdue(connection, date(2026, 12, 23))] == [f.SUBMISSION]


def test_a_lodging_rests_on_how_its_provider_stands(ledger, recognised):
    with ledger.reading() as connection:
        standing = read_model.standing_of(connection, f.PROVIDER, OFFICER)
        with pytest.raises(Missing, match="for which you act"):
            read_model.standing_of(connection, OTHER_PROVIDER, OFFICER)

    assert standing.stream_version == StreamVersion(stream=f"provider-{f.PROVIDER}", version=2)
    assert standing.is_recognised(f.TODAY)
    assert not standing.is_recognised(date(2025, 12, 31))


def test_a_suspension_and_its_lifting_count_and_so_does_the_end(ledger, recognised):
    def recognised_today() -> bool:
        with ledger.reading() as connection:
            return read_model.standing_of(connection, f.PROVIDER, OFFICER).is_recognised(f.TODAY)

    ask(ledger, SuspendProvider(provider_id=f.PROVIDER, suspended_from=f.TODAY, reason="Records were not kept."))
    assert not recognised_today()
    ask(ledger, ReinstateProvider(provider_id=f.PROVIDER, reinstated_from=f.TODAY, reason="They are now."))
    assert recognised_today()
    ask(ledger, RecogniseProvider(provider_id=f.PROVIDER, valid_from=date(2026, 6, 1), recognition_months=36))
    assert recognised_today()
    ask(ledger, CeaseProvider(provider_id=f.PROVIDER, ceased_on=f.TODAY, custodian="Archive", reason="It closed."))
    assert not recognised_today()


def standing(ledger) -> StandingRow:
    with ledger.reading() as connection:
        return read_model.standing_of(connection, f.PROVIDER, OFFICER)


def test_a_renewal_told_before_the_term_ends_takes_nothing_from_the_days_till_then(ledger, recognised):
    ask(ledger, RecogniseProvider(provider_id=f.PROVIDER, valid_from=date(2029, 1, 1), recognition_months=36))

    found = standing(ledger)
    assert found.is_recognised(f.TODAY)
    assert found.is_recognised(date(2031, 12, 31))
    assert not found.is_recognised(date(2032, 1, 1))


def test_a_suspension_holds_from_its_first_day_to_the_day_before_it_is_lifted(ledger, recognised):
    first, lifted = f.TODAY + timedelta(3), f.TODAY + timedelta(9)
    ask(ledger, SuspendProvider(provider_id=f.PROVIDER, suspended_from=first, reason="Records were not kept."))
    ask(ledger, ReinstateProvider(provider_id=f.PROVIDER, reinstated_from=lifted, reason="They will be."))

    found = standing(ledger)
    assert [found.is_recognised(first + timedelta(days)) for days in (-1, 0, 5, 6)] == [True, False, False, True]


def test_what_was_an_error_counts_no_more(ledger, recognised):
    ask(ledger, SuspendProvider(provider_id=f.PROVIDER, suspended_from=f.TODAY, reason="Records were not kept."))
    ask(ledger, AnnulSuspension(provider_id=f.PROVIDER, on=f.TODAY, reason="They were."))
    assert standing(ledger).is_recognised(f.TODAY)

    ask(ledger, WithdrawRecognition(provider_id=f.PROVIDER, on=f.TODAY, reason="It was another's.", lodged=0))
    assert not standing(ledger).is_recognised(f.TODAY)


def test_a_suspension_ends_with_the_term_and_not_in_the_next(ledger, recognised):
    over = date(2029, 1, 1)
    ask(ledger, SuspendProvider(provider_id=f.PROVIDER, suspended_from=f.TODAY, reason="Records were not kept."))
    ask(ledger, ExpireRecognition(provider_id=f.PROVIDER, on=over))
    ask(ledger, RecogniseProvider(provider_id=f.PROVIDER, valid_from=over, recognition_months=36))

    assert [standing(ledger).is_recognised(day) for day in (over - timedelta(1), over)] == [False, True]


def test_a_provider_is_recognised_until_the_day_before_it_ceases(ledger, recognised):
    end = f.TODAY + timedelta(30)
    ask(ledger, CeaseProvider(provider_id=f.PROVIDER, ceased_on=end, custodian="Archive", reason="It closes."))

    assert standing(ledger).is_recognised(end - timedelta(1))
    assert not standing(ledger).is_recognised(end)


def test_who_was_never_recognised_is_not():
    assert not StandingRow(provider_id="p", version=1).is_recognised(f.TODAY)


def test_an_acceptance_rests_on_the_version_in_force_and_on_all_that_happened_to_its_standard(ledger, in_force):
    with ledger.reading() as connection:
        rubric = read_model.rubric_in_force(connection, "nmcs", f.TODAY)
        with pytest.raises(NoStandardInForce):
            read_model.rubric_in_force(connection, "nmcs", f.TODAY - timedelta(1))

    assert (rubric.rubric_version, rubric.rubric_hash) == ("0.1.0", "sha256:0.1.0")
    assert rubric.stream_version == StreamVersion(stream="standard-nmcs", version=3)


def test_a_version_of_another_standard_is_not_in_force(ledger, in_force):
    publish(ledger, "9.0.0", f.TODAY, standard_id="other")

    with ledger.reading() as connection:
        assert read_model.rubric_in_force(connection, "nmcs", f.TODAY).rubric_version == "0.1.0"
        assert read_model.rubric_in_force(connection, "other", f.TODAY).rubric_version == "9.0.0"
        with pytest.raises(NoStandardInForce, match="“third”"):
            read_model.rubric_in_force(connection, "third", f.TODAY)


def test_the_newest_version_that_is_not_retired_is_in_force(ledger, in_force):
    publish(ledger, "0.3.0", f.TODAY + timedelta(10))

    def version(days: int) -> str:
        with ledger.reading() as connection:
            return read_model.rubric_in_force(connection, "nmcs", f.TODAY + timedelta(days)).rubric_version

    assert (version(9), version(10)) == ("0.1.0", "0.3.0")
    retired = RetireRubric(
        standard_id="nmcs", version="0.3.0", retired_from=f.TODAY + timedelta(20), on=f.TODAY + timedelta(15)
    )
    ask(ledger, retired)
    assert (version(19), version(20)) == ("0.3.0", "0.1.0")


def test_a_search_takes_its_text_at_its_word(ledger):
    for title in ("50% more panels", "500 more panels"):
        submission_id = str(uuid7())
        ask(
            ledger,
            f.DraftSubmissionFactory(submission_id=submission_id),
            f.ChangeContentFactory(submission_id=submission_id, content=CoursePatch(title_en=title)),
        )
    with ledger.reading() as connection:
        found = SUBMISSIONS.rows(connection, read_model.select_submissions(OFFICER, q="50% MORE"))

    assert [one.title_en for one in found] == ["50% more panels"]
