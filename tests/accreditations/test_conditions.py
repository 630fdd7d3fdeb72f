"""The rules of a condition: evidence in time, a check apart, one extension, verdicts that can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from qa_platform.accreditations.decider import condition_decider
from qa_platform.accreditations.decider.conditions import Condition, refusals
from qa_platform.accreditations.events import ConditionExtended, ConditionMet
from qa_platform.kernel.personal_data import PersonalDataInText
from qa_platform.kernel.rejected import Rejected
from tests.accreditations.factories import (
    BeginCheckFactory,
    ConditionCheckBegunFactory,
    ConditionCheckHandedOverFactory,
    ConditionEvidenceFiledFactory,
    ConditionExtendedFactory,
    ConditionLapsedFactory,
    ConditionMetFactory,
    ConditionNotMetFactory,
    ConditionSetFactory,
    ConditionVerdictReversedFactory,
    EvidenceDocumentFactory,
    FileEvidenceFactory,
    HandOverCheckFactory,
    LapseConditionFactory,
    OpenConditionFactory,
    ReverseVerdictFactory,
    RuleOnConditionFactory,
    RulerFactory,
)
from tests.specification import Specification

condition = Specification(condition_decider)
standing = condition.given(ConditionSetFactory())
filed = standing.given(ConditionEvidenceFiledFactory())
checked = filed.given(ConditionCheckBegunFactory())
lapsed = standing.given(ConditionLapsedFactory())
extended = checked.given(ConditionExtendedFactory())

MEMBER = RulerFactory(person_id="reviewer-1", officer=False)
OTHER = RulerFactory(person_id="officer-2")


def of_panel() -> Specification:
    return condition.given(ConditionSetFactory(checked_by="panel"), ConditionEvidenceFiledFactory())


# --- setting


def test_a_condition_is_set_once():
    condition.when(OpenConditionFactory()).then(ConditionSetFactory())
    standing.when(OpenConditionFactory()).then_nothing()
    standing.when(OpenConditionFactory(text="Another")).then_rejected(refusals.ConditionAlreadySet)


def test_nothing_happens_to_a_condition_that_was_never_set():
    for command in (FileEvidenceFactory(), LapseConditionFactory(), RuleOnConditionFactory()):
        condition.when(command).then_rejected(refusals.NoSuchCondition)


# --- evidence


def test_evidence_is_filed_several_times_until_the_check_is_begun():
    standing.when(FileEvidenceFactory()).then(ConditionEvidenceFiledFactory())
    filed.when(FileEvidenceFactory()).then(ConditionEvidenceFiledFactory(filing=2))
    checked.when(FileEvidenceFactory()).then_rejected(refusals.EvidenceNotAwaited, match="being checked")


def test_evidence_on_the_last_day_is_in_time_and_on_the_next_it_is_not():
    standing.when(FileEvidenceFactory(on=date(2027, 5, 20))).then(
        ConditionEvidenceFiledFactory(filed_on=date(2027, 5, 20))
    )
    for before in (standing, filed):
        before.when(FileEvidenceFactory(on=date(2027, 5, 21))).then_rejected(
            refusals.EvidenceNotAwaited, match="over on 2027-05-20"
        )


@pytest.mark.parametrize(
    ("over", "why"),
    [
        (lapsed, "its time was over"),
        (checked.given(ConditionMetFactory()), "it is met"),
        (checked.given(ConditionNotMetFactory()), "not to be met"),
    ],
)
def test_nothing_is_filed_for_what_is_over(over, why):
    over.when(FileEvidenceFactory()).then_rejected(refusals.EvidenceNotAwaited, match=why)


def test_a_filing_holds_documents_and_what_they_show():
    twice = (EvidenceDocumentFactory(), EvidenceDocumentFactory(title="Again"))

    standing.when(FileEvidenceFactory(documents=())).then_rejected(refusals.EvidenceMissing, match="no document")
    standing.when(FileEvidenceFactory(documents=twice)).then_rejected(refusals.EvidenceMissing, match="twice")
    standing.when(FileEvidenceFactory(statement=" ")).then_rejected(refusals.EvidenceMissing, match="in a sentence")


@pytest.mark.parametrize(
    "command",
    [
        FileEvidenceFactory(statement="Ask aminah@example.org."),
        FileEvidenceFactory(documents=(EvidenceDocumentFactory(title="Sample of 900101-14-5678"),)),
    ],
)
def test_no_evidence_names_a_person(command):
    standing.when(command).then_rejected(PersonalDataInText)


# --- lapsing


def test_a_condition_lapses_after_its_day_and_due_today_is_not_overdue():
    standing.when(LapseConditionFactory()).then(ConditionLapsedFactory())
    standing.when(LapseConditionFactory(on=date(2027, 5, 20))).then_rejected(refusals.ConditionNotOverdue)
    lapsed.when(LapseConditionFactory(on=date(2027, 5, 22))).then_nothing()


@pytest.mark.parametrize("before", [filed, checked, checked.given(ConditionMetFactory())])
def test_what_has_evidence_does_not_lapse(before):
    before.when(LapseConditionFactory(on=date(2028, 1, 1))).then_rejected(refusals.ConditionNotOverdue)


def test_an_extended_condition_lapses_by_its_new_day():
    extended.when(LapseConditionFactory(on=date(2027, 8, 20))).then_rejected(refusals.ConditionNotOverdue)
    extended.when(LapseConditionFactory(on=date(2027, 8, 21))).then(
        ConditionLapsedFactory(due_on=date(2027, 8, 20), lapsed_on=date(2027, 8, 21))
    )


def test_a_lapse_is_not_yet_a_failure_and_an_officer_rules_on_it():
    lapsed.when(RuleOnConditionFactory(verdict="not_met")).then(ConditionNotMetFactory())
    lapsed.when(RuleOnConditionFactory(verdict="partly_met", due_on=date(2027, 8, 20))).then(ConditionExtendedFactory())
    lapsed.when(RuleOnConditionFactory()).then_rejected(refusals.MetWithoutEvidence, match="without evidence")
    lapsed.when(RuleOnConditionFactory(ruler=MEMBER, verdict="not_met")).then_rejected(refusals.CheckNotYours)
    lapsed.when(RuleOnConditionFactory(ruler=RulerFactory(providers=("provider-1",)), verdict="not_met")).then_rejected(
        refusals.CheckerNotApart
    )


# --- checking


def test_an_officer_checks_what_is_for_an_officer():
    filed.when(BeginCheckFactory()).then(ConditionCheckBegunFactory())
    filed.when(BeginCheckFactory(ruler=MEMBER)).then_rejected(refusals.CheckNotYours, match="register officer")


def test_a_member_of_the_panel_checks_what_is_for_the_panel():
    of_panel().when(BeginCheckFactory(ruler=MEMBER)).then(ConditionCheckBegunFactory(checker_id="reviewer-1"))
    of_panel().when(BeginCheckFactory()).then_rejected(refusals.CheckNotYours, match="panel")
    stranger = RulerFactory(person_id="reviewer-9", officer=False)
    of_panel().when(BeginCheckFactory(ruler=stranger)).then_rejected(refusals.CheckNotYours)


def test_nobody_checks_for_a_provider_for_which_he_acts_or_acted():
    ruler = RulerFactory(providers=("provider-0", "provider-1"))

    filed.when(BeginCheckFactory(ruler=ruler)).then_rejected(refusals.CheckerNotApart, match="apart")
    checked.when(RuleOnConditionFactory(ruler=ruler)).then_rejected(refusals.CheckerNotApart)


def test_one_person_has_a_check_in_hand():
    checked.when(BeginCheckFactory()).then_nothing()
    checked.when(BeginCheckFactory(ruler=OTHER)).then_rejected(refusals.CheckNotYours, match="somebody else")
    checked.when(RuleOnConditionFactory(ruler=OTHER)).then_rejected(refusals.CheckNotYours, match="somebody else")


def test_without_evidence_there_is_nothing_to_check():
    standing.when(BeginCheckFactory()).then_rejected(refusals.NothingToCheck)
    lapsed.when(BeginCheckFactory()).then_rejected(refusals.NothingToCheck)


def test_a_check_is_handed_over_and_begins_anew():
    panel = of_panel().given(ConditionCheckBegunFactory(checker_id="reviewer-1"))

    panel.when(HandOverCheckFactory()).then(ConditionCheckHandedOverFactory())
    handed = panel.given(ConditionCheckHandedOverFactory())
    handed.when(BeginCheckFactory(ruler=OTHER)).then(ConditionCheckBegunFactory(checker_id="officer-2"))
    handed.when(RuleOnConditionFactory(ruler=MEMBER)).then_rejected(refusals.CheckNotYours)
    standing.when(HandOverCheckFactory()).then_nothing()
    checked.given(ConditionMetFactory()).when(HandOverCheckFactory()).then_rejected(refusals.CheckClosed)


# --- verdicts


def test_a_check_ends_in_one_of_three_verdicts():
    checked.when(RuleOnConditionFactory()).then(ConditionMetFactory())
    checked.when(RuleOnConditionFactory(verdict="not_met")).then(ConditionNotMetFactory())
    checked.when(RuleOnConditionFactory(verdict="partly_met", due_on=date(2027, 8, 20))).then(
        ConditionExtendedFactory()
    )


@pytest.mark.parametrize("before", [standing, filed, checked.given(ConditionMetFactory())])
def test_only_what_is_checked_is_ruled_on(before):
    before.when(RuleOnConditionFactory(verdict="not_met")).then_rejected(refusals.NotUnderCheck, match="Begin")


def test_the_same_verdict_twice_is_one():
    checked.given(ConditionMetFactory()).when(RuleOnConditionFactory()).then_nothing()


def test_a_condition_is_extended_once():
    again = extended.given(ConditionEvidenceFiledFactory(filing=2), ConditionCheckBegunFactory(filings=2))
    partly = RuleOnConditionFactory(verdict="partly_met", due_on=date(2027, 10, 1))

    again.when(partly).then_rejected(refusals.ExtendedBefore, match="done once", at=["verdict"])
    again.when(RuleOnConditionFactory()).then(ConditionMetFactory())
    standing.given(ConditionExtendedFactory(), ConditionLapsedFactory()).when(partly).then_rejected(
        refusals.ExtendedBefore
    )


@pytest.mark.parametrize("due_on", [None, date(2027, 3, 10), date(2027, 5, 20), date(2027, 11, 21)])
def test_an_extension_is_ahead_later_than_before_and_never_beyond_a_year(due_on):
    checked.when(RuleOnConditionFactory(verdict="partly_met", due_on=due_on)).then_rejected(
        refusals.ExtensionImproper, at=["due_on"]
    )


def test_what_lapsed_is_extended_beyond_today():
    today = date(2027, 6, 1)
    partly = RuleOnConditionFactory(verdict="partly_met", on=today, due_on=today)

    lapsed.when(partly).then_rejected(refusals.ExtensionImproper, match="after today", at=["due_on"])


def test_an_extension_may_end_on_the_last_day_of_the_year():
    day = date(2027, 11, 20)

    checked.when(RuleOnConditionFactory(verdict="partly_met", due_on=day)).then(ConditionExtendedFactory(due_on=day))


def test_only_what_is_met_in_part_has_a_new_day():
    checked.when(RuleOnConditionFactory(due_on=date(2027, 8, 20))).then_rejected(
        refusals.ExtensionImproper, at=["due_on"]
    )


@pytest.mark.parametrize("command", [RuleOnConditionFactory, HandOverCheckFactory, ReverseVerdictFactory])
def test_no_reason_names_a_person(command):
    before = checked.given(ConditionMetFactory()) if command is ReverseVerdictFactory else checked

    before.when(command(reason="So says aminah@example.org.")).then_rejected(PersonalDataInText)


# --- taking back


def test_a_verdict_that_was_recorded_in_error_is_taken_back():
    met = checked.given(ConditionMetFactory())

    met.when(ReverseVerdictFactory()).then(ConditionVerdictReversedFactory())
    back = met.given(ConditionVerdictReversedFactory())
    back.when(RuleOnConditionFactory(verdict="not_met")).then(ConditionNotMetFactory())
    back.when(ReverseVerdictFactory()).then_rejected(refusals.NoVerdict)
    # Nor does a second delivery of the first verdict stand for it again without being asked.
    back.when(RuleOnConditionFactory()).then(ConditionMetFactory())


def test_after_the_closing_document_a_verdict_is_corrected_and_not_taken_back():
    checked.given(ConditionMetFactory()).when(ReverseVerdictFactory(closed=True)).then_rejected(
        refusals.AlreadyClosed, match="correction notice"
    )


def test_an_extension_that_was_taken_back_can_be_given_again():
    back = extended.given(ConditionVerdictReversedFactory(verdict="COND-EXT"))

    back.when(RuleOnConditionFactory(verdict="partly_met", due_on=date(2027, 8, 20))).then(ConditionExtendedFactory())


def test_a_verdict_upon_which_something_was_built_stays():
    for after in (ConditionEvidenceFiledFactory(filing=2), ConditionLapsedFactory()):
        extended.given(after).when(ReverseVerdictFactory()).then_rejected(refusals.NoVerdict, match="built")


def test_a_member_takes_back_his_own_verdict_and_an_officer_any():
    met = of_panel().given(ConditionCheckBegunFactory(checker_id="reviewer-1"), ConditionMetFactory())

    met.when(ReverseVerdictFactory(ruler=MEMBER)).then(ConditionVerdictReversedFactory())
    met.when(ReverseVerdictFactory()).then(ConditionVerdictReversedFactory())
    met.when(ReverseVerdictFactory(ruler=RulerFactory(person_id="reviewer-2", officer=False))).then_rejected(
        refusals.CheckNotYours
    )


DAYS = st.dates(date(2026, 11, 24), date(2028, 2, 1))
RULERS = st.sampled_from([RulerFactory(), OTHER, MEMBER, RulerFactory(providers=("provider-1",))])
COMMANDS = st.one_of(
    st.builds(lambda on: FileEvidenceFactory(on=on), DAYS),
    st.builds(lambda ruler, on: BeginCheckFactory(ruler=ruler, on=on), RULERS, DAYS),
    st.builds(lambda by, on: HandOverCheckFactory(checked_by=by, on=on), st.sampled_from(["panel", "officer"]), DAYS),
    st.builds(
        lambda ruler, verdict, on, due_on: RuleOnConditionFactory(ruler=ruler, verdict=verdict, on=on, due_on=due_on),
        RULERS,
        st.sampled_from(["met", "partly_met", "not_met"]),
        DAYS,
        st.none() | DAYS,
    ),
    st.builds(lambda on: LapseConditionFactory(on=on), DAYS),
    st.builds(lambda ruler, on: ReverseVerdictFactory(ruler=ruler, on=on), RULERS, DAYS),
)


def answer(state, command) -> list:
    """Return what follows from a command; a refusal is a sentence, and nothing follows."""
    try:
        return condition_decider.decide(command, state)
    except Rejected as refusal:
        assert refusal.message.endswith(".")  # noqa: PT017 -- any refusal will do, or none
        return []


@for_all(st.lists(COMMANDS, max_size=25))
def test_whatever_is_asked_a_condition_is_extended_once_and_met_only_after_a_check(commands):
    state = condition_decider.evolve(Condition(), ConditionSetFactory())
    extensions = 0
    for command in commands:
        for event in answer(state, command):
            if isinstance(event, ConditionMet):
                assert state.checker_id is not None
            extensions += isinstance(event, ConditionExtended)
            extensions -= getattr(event, "verdict", None) == "COND-EXT"
            state = condition_decider.evolve(state, event)
            assert extensions <= 1
            assert state.due_on <= date(2027, 11, 20)
