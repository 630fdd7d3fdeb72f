"""Who learns what of a decision, and what a decision rests on, asked of the queries themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from qa_platform.decisions import read_model
from qa_platform.decisions.decider import AlreadyDecided
from qa_platform.decisions.read_model import DECISIONS, case_file
from qa_platform.kernel.event import StreamVersion
from qa_platform.kernel.rejected import Missing
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor, Role
from qa_platform.panels.commands import CloseModeration, SettleCriterion, StandReviewerDown
from qa_platform.scoring.outcome import outcome
from qa_platform.submissions.commands import WithdrawSubmission
from tests.decisions.factories import APPEAL_UNTIL, TODAY, RecuseMemberFactory
from tests.processes.casework import FIRST, HASH, LEAD, SECOND, Agency
from tests.scoring.national import national
from tests.submissions.factories import PROVIDER


def viewer(role: Role, person_id: str = "somebody", provider_id: str = PROVIDER) -> Actor:
    providers = frozenset({provider_id} if role in PROVIDER_ROLES else ())
    return Actor(person_id=person_id, roles=frozenset({role}), acting_as=role, providers=providers)


def seen_by(agency: Agency, case: str, person_id: str = "somebody", provider_id: str = PROVIDER):
    """Return what each role sees of a decision, for those who see any of it."""
    with agency.ledger.reading() as connection:
        found = {role: read_model.get_decision(connection, case, viewer(role, person_id, provider_id)) for role in Role}
    return {role: row for role, row in found.items() if row is not None}


def scored(agency: Agency, **scores: int | None) -> str:
    case = agency.accept()
    agency.lead(case)
    agency.review(case, FIRST, 1, **scores)
    agency.review(case, SECOND, 2)
    return case


COMMITTEE = {Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.AUDITOR}
AFTER_RELEASE = COMMITTEE | PROVIDER_ROLES | {Role.INTAKE_OFFICER, Role.REGISTER_OFFICER}


def test_a_decision_comes_into_sight_step_by_step(agency):
    case = agency.accept()
    agency.lead(case)
    assert set(seen_by(agency, case, LEAD)) == COMMITTEE

    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)
    assert set(seen_by(agency, case, LEAD)) == COMMITTEE | {Role.LEAD_REVIEWER}

    agency.decide(case)
    taken = seen_by(agency, case, LEAD)
    assert set(taken) == COMMITTEE | {Role.LEAD_REVIEWER}
    assert {role for role, row in taken.items() if row.verdict is not None} == COMMITTEE

    agency.release(case)
    released = seen_by(agency, case, LEAD)
    assert set(released) == AFTER_RELEASE | {Role.LEAD_REVIEWER}
    assert {row.verdict.code for row in released.values()} == {"APP"}
    assert {role for role, row in released.items() if row.verdict.members} == COMMITTEE
    assert {role for role, row in released.items() if row.reviewers or row.lead_id} == COMMITTEE


def test_another_provider_sees_no_decision_and_a_reviewer_none_before_release(agency):
    case = scored(agency)
    assert seen_by(agency, case, FIRST) == {}

    agency.decide(case)
    agency.release(case)

    assert not PROVIDER_ROLES & set(seen_by(agency, case, provider_id="provider-2"))


def test_decisions_are_found_by_stage(agency):
    def stages() -> list[str]:
        with agency.ledger.reading() as connection:
            return [
                stage
                for stage in ("scoring", "scored", "decided", "released")
                if DECISIONS.rows(connection, read_model.select_decisions(viewer(Role.AUDITOR), stage=stage))
            ]

    case = agency.accept()
    assert stages() == ["scoring"]
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)
    assert stages() == ["scored"]
    agency.decide(case)
    assert stages() == ["decided"]
    agency.release(case)
    assert stages() == ["released"]

    row = seen_by(agency, case)[Role.AUDITOR]
    assert (row.stage, row.released_on, row.appeal_until, row.version) == ("released", TODAY, APPEAL_UNTIL, 10)


def test_a_recusal_is_the_committee_s_own_business(agency):
    case = scored(agency)
    agency.ask(RecuseMemberFactory(submission_id=case, member_id="member-9"))
    agency.decide(case)
    agency.release(case)

    found = seen_by(agency, case)

    assert {role for role, row in found.items() if row.recusals} == COMMITTEE


# --- the dossier


def dossier_of(agency: Agency, case: str):
    file = case_file(agency.ledger.read_case(case))
    with agency.ledger.reading() as connection:
        return file, file.dossier(*read_model.rubric_under(connection, HASH))


def test_a_dossier_names_the_exact_events_a_decision_rests_on(agency):
    case = scored(agency)
    last = {recorded.stream: recorded for recorded in agency.ledger.read_case(case)}
    last["standard-nmcs"] = agency.ledger.read_stream("standard-nmcs")[0]

    file, dossier = dossier_of(agency, case)

    assert [(one.stream, one.version, one.digest) for one in dossier.basis] == [
        (stream, last[stream].version, last[stream].digest)
        for stream in (f"submission-{case}", f"panel-{case}", "review-review-1", "review-review-2", "standard-nmcs")
    ]
    assert file.depends_on == tuple(StreamVersion(stream=one.stream, version=one.version) for one in dossier.basis[:-1])
    assert (dossier.level_claimed, dossier.credits_claimed, dossier.hours_claimed) == (4, Decimal("1.5"), Decimal(60))
    assert dossier.scored_by == (LEAD, FIRST, SECOND)
    assert outcome(dossier.rubric, dossier.route, dossier.sheets).band == "approve"


def test_a_dossier_holds_what_moderation_settled(agency):
    case = scored(agency, A1=1)
    _file, dossier = dossier_of(agency, case)
    scores = {"submission_id": case, "rubric": national(), "route": "SAMC", "sheets": dossier.sheets}
    agency.ask(SettleCriterion(settled_by=LEAD, criterion="A1", score=3, reason="It was in the annex.", **scores))
    agency.ask(CloseModeration(closed_by=LEAD, **scores))

    _file, dossier = dossier_of(agency, case)

    assert (dossier.settled, dossier.scoring_closed, dossier.moderation_closed) == ({"A1": 3}, True, True)
    agency.decide(case)


def test_whoever_scored_and_left_does_not_count_but_does_not_decide_either(agency):
    case = agency.accept()
    gone = agency.review(case, "reviewer-3", 1, given=1)
    agency.ask(StandReviewerDown(submission_id=case, review_id=gone, ground="conflict"))
    agency.review(case, FIRST, 1)
    agency.review(case, SECOND, 2)

    _file, dossier = dossier_of(agency, case)

    assert [sheet.review_id for sheet in dossier.sheets] == ["review-2", "review-3"]
    assert "reviewer-3" in dossier.scored_by


def test_a_case_without_a_panel_has_no_dossier(agency):
    file = case_file([])

    assert file.depends_on == ()
    assert dossier_of(agency, "nothing")[1] is None


def test_a_withdrawn_submission_says_so(agency):
    case = agency.accept()
    agency.ask(WithdrawSubmission(submission_id=case, decided=False))

    file, dossier = dossier_of(agency, case)

    assert dossier.submission_status == "withdrawn"
    # Bound as it was accepted; checked as it stands.
    assert dossier.basis[0].version + 1 == file.depends_on[0].version


def test_a_decision_is_not_taken_twice_from_the_same_dossier(agency):
    case = scored(agency)
    agency.decide(case)

    with pytest.raises(AlreadyDecided):
        agency.decide(case, decision_id="decision-2")


def test_an_outcome_goes_outside_without_what_called_for_moderation(agency):
    case = scored(agency, A1=1)
    _file, dossier = dossier_of(agency, case)
    found = outcome(dossier.rubric, dossier.route, dossier.sheets)

    assert read_model.outcome_as_seen_by(viewer(Role.COMMITTEE_MEMBER), found) == found
    assert read_model.outcome_as_seen_by(viewer(Role.PROVIDER_OFFICER), found) == replace(found, triggers=())


def test_a_decision_names_the_event_that_published_the_standard(agency):
    with agency.ledger.reading() as connection:
        rubric, basis = read_model.rubric_under(connection, HASH)
        with pytest.raises(Missing, match="not published here"):
            read_model.rubric_under(connection, "sha256:bb")

    assert rubric == national()
    assert (basis.stream, basis.version) == ("standard-nmcs", 1)
