"""What keeps a course from being lodged, and what is only unusual."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from qa_platform.submissions.decider import faults, warnings
from qa_platform.submissions.decider.required import ALWAYS, STAND_ALONE
from qa_platform.submissions.decider.titles import reserved_words
from qa_platform.submissions.events import CourseContent, Route
from qa_platform.submissions.events import parts as p
from qa_platform.submissions.events import words as w
from tests.submissions.factories import COMPLETE, PEOPLE, TEACHER, TODAY, course, person, with_part


def fields(content: CourseContent, route: Route = Route.SAMC) -> list[str]:
    return [fault.field for fault in faults(content, PEOPLE, TODAY, route, longest_validity_months=36)]


def test_a_complete_course_has_no_faults_and_no_warnings():
    assert faults(COMPLETE, PEOPLE, TODAY, longest_validity_months=36) == ()
    assert warnings(COMPLETE, TODAY) == ()


def test_an_empty_course_is_told_everything_that_it_must_say():
    missing = set(fields(CourseContent()))

    assert missing >= {"title_en", "credits_claimed", *ALWAYS, *STAND_ALONE}


@pytest.mark.parametrize("field", [*ALWAYS, *STAND_ALONE, "credits_claimed"])
def test_each_required_field_is_missed(field):
    assert field in fields(course(**{field: None}))


def test_every_fault_is_a_sentence():
    found = faults(CourseContent(), PEOPLE, TODAY, longest_validity_months=36)

    assert all(fault.message[0].isupper() and fault.message.endswith(".") for fault in found)


@pytest.mark.parametrize("only", ["title_en", "title_ms"])
def test_one_title_is_enough(only):
    other = "title_ms" if only == "title_en" else "title_en"

    assert fields(course(**{other: None})) == []


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("National Welding Standards", ("national",)),
        ("Bachelor's Preparation", ("bachelor",)),
        ("Ijazah Sarjana Muda Perakaunan", ("ijazah", "sarjana muda")),
        ("POST-GRADUATE Mathematics", ("post graduate",)),
        ("Postgraduate Mathematics", ("postgraduate",)),
        ("Pasca\u2010siswazah Pertanian", ("pasca siswazah",)),
        ("Ph.D. Writing", ("phd",)),
        ("Diplōma in Welding", ("diploma",)),
        ("Malaysia, Its Law", ("malaysia",)),
        ("Kerja Kimpalan Kebangsaan", ("kebangsaan",)),
        ("Professional  Certificate in Baking", ("professional certificate",)),
        ("Doktor, Degree & Master", ("doktor", "degree", "master")),
    ],
)
def test_reserved_words_are_found_in_both_languages_whatever_their_dress(title, words):
    assert reserved_words(title) == words
    assert fields(course(title_ms=title)) == ["title_ms"] * len(words)
    assert fields(course(title_ms=title, title_exception_reason="It is the name of a law.")) == []


@pytest.mark.parametrize(
    "title", ["Mastering Excel", "International Trade", "Masterclass in Batik", "Doctored Images", "Web 2.0.1 Design"]
)
def test_reserved_words_within_other_words_are_fine(title):
    assert reserved_words(title) == ()


@pytest.mark.parametrize(("count", "fits"), [(29, False), (30, True), (60, True), (61, False)])
def test_a_short_description_has_30_to_60_words(count, fits):
    assert fields(course(short_description=" ".join(["word"] * count))) == ([] if fits else ["short_description"])


def test_a_synopsis_has_at_most_300_words():
    assert fields(course(synopsis=" ".join(["word"] * 300))) == []
    assert fields(course(synopsis=" ".join(["word"] * 301))) == ["synopsis"]


def sized(hours: int, credit: str) -> CourseContent:
    row = p.LearningTimeRow(topic="All", independent=Decimal(hours - 10))
    return course(
        notional_hours=hours,
        credits_claimed=Decimal(credit),
        learning_time_rows=(row,),
        stackable=False,
        stack_targets=None,
    )


@pytest.mark.parametrize(
    ("hours", "credit", "wrong"),
    [
        (40, "1.0", []),
        (60, "1.5", []),
        (120, "3", []),
        (50, "1.25", ["notional_hours", "credits_claimed"]),
        (20, "0.5", ["notional_hours", "credits_claimed"]),
        (80, "1.5", ["credits_claimed"]),
        (60, "1.3", ["credits_claimed", "credits_claimed"]),
    ],
)
def test_hours_and_credits_say_one_thing(hours, credit, wrong):
    assert [field for field in fields(sized(hours, credit)) if field != "outcomes"] == wrong


@given(st.integers(0, 40))
def test_every_step_of_20_hours_is_half_a_credit(steps):
    hours = 40 + 20 * steps

    assert fields(sized(hours, str(Decimal(hours) / 40))) == []


def test_learning_time_comes_to_the_hours_exactly():
    short = with_part(COMPLETE, "learning_time_rows", 0, independent=Decimal(12))

    found = faults(short, PEOPLE, TODAY, longest_validity_months=36)

    assert [fault.field for fault in found] == ["learning_time_rows"]
    assert "59.5" in found[0].message


def test_the_hours_of_assessment_count():
    assert fields(with_part(COMPLETE, "assessments", 1, independent_h=Decimal(7))) == ["learning_time_rows"]


def test_a_course_without_credit_may_be_short_but_claims_and_stacks_nothing():
    row = p.LearningTimeRow(topic="All", independent=Decimal(2))
    small = course(
        non_credit=True,
        credits_claimed=None,
        notional_hours=12,
        learning_time_rows=(row,),
        stackable=False,
        stack_targets=None,
    )

    assert fields(small) == []
    assert fields(course(non_credit=True)) == ["credits_claimed", "stackable"]


def test_a_component_has_the_credits_that_its_programme_gives_it():
    component = course(
        parent_programme_mqr_ref="MQA/FA1234",
        parent_course_codes=("EET1013",),
        parent_credits=Decimal("1.5"),
        cohorts=None,
        assessment_samples=None,
    )

    assert fields(component, Route.APMC) == []
    assert fields(component, Route.RENEWAL) == []
    assert fields(course(parent_credits=Decimal(2)), Route.APMC) == [
        "parent_programme_mqr_ref",
        "parent_course_codes",
        "credits_claimed",
    ]
    assert fields(component) == ["assessment_samples", "cohorts"]


FEWER = course(level_justification=COMPLETE.level_justification[:1] if COMPLETE.level_justification else None)
LO1, LO2 = COMPLETE.outcomes or ()
A1, A2 = COMPLETE.assessments or ()


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        # Level and field
        (FEWER, ["level_justification"]),
        (with_part(COMPLETE, "level_justification", 0, text=None), ["level_justification.0.text"]),
        (course(level_shares=(p.LevelShare(level=4, share_pct=60),)), ["level_shares"]),
        (course(level_shares=(p.LevelShare(level=3, share_pct=100),)), ["level_shares"]),
        (
            course(level_shares=(p.LevelShare(level=4, share_pct=50), p.LevelShare(level=4, share_pct=50))),
            ["level_shares"],
        ),
        (course(level_shares=(p.LevelShare(level=4, share_pct=70), p.LevelShare(level=5, share_pct=30))), []),
        (course(field_nec2020="1113"), ["field_nec2020"]),
        (course(field_nec2020="07"), ["field_nec2020"]),
        (course(field_iscedf="99"), ["field_iscedf"]),
        (course(field_iscedf="07"), []),
        # Outcomes
        (with_part(COMPLETE, "outcomes", 0, statement_en=None), ["outcomes.0.statement_en"]),
        (with_part(COMPLETE, "outcomes", 0, verb=None), ["outcomes.0.verb"]),
        (with_part(COMPLETE, "outcomes", 0, taxonomy_level=8), ["outcomes.0.taxonomy_level"]),
        (
            with_part(COMPLETE, "outcomes", 0, taxonomy=w.Taxonomy.AFFECTIVE, taxonomy_level=6),
            ["outcomes.0.taxonomy_level"],
        ),
        (
            with_part(COMPLETE, "outcomes", 1, statement_en=" measure the  output of a STRING"),
            ["outcomes.1.statement_en"],
        ),
        (course(outcomes=(LO1, LO2, LO2)), ["outcomes.2.code", "outcomes.2.statement_en"]),
        (course(outcomes=(LO1,)), ["assessments.0.outcome_codes.1", "assessments.1.outcome_codes.0"]),
        # Assessments
        (with_part(COMPLETE, "assessments", 0, outcome_codes=("LO2",)), ["outcomes.0"]),
        (with_part(COMPLETE, "assessments", 1, outcome_codes=()), ["assessments.1.outcome_codes"]),
        (with_part(COMPLETE, "assessments", 1, weight_pct=39), ["assessments"]),
        (
            with_part(COMPLETE, "assessments", 1, code="a1"),
            ["assessments.1.code", "assessment_samples.1.assessment_code", "assessment_samples"],
        ),
        (with_part(COMPLETE, "assessments", 1, type=w.AssessmentType.ORAL), []),
        (
            course(grading_scale=p.GradingScale(name="Two", grades=("Yes", "No"), pass_grade="Maybe")),
            ["grading_scale.pass_grade"],
        ),
        (course(pass_rule=p.PassRule(text="See handbook")), ["pass_rule.basis"]),
        (course(reassessment=p.Reassessment(attempts=0, fee=0, days=10)), ["reassessment.attempts"]),
        (course(assessment_samples=(COMPLETE.assessment_samples or ())[:1]), ["assessment_samples"]),
        (with_part(COMPLETE, "assessment_samples", 0, anonymised=False), ["assessment_samples.0.anonymised"]),
        (with_part(COMPLETE, "assessment_samples", 0, file=None), ["assessment_samples.0.file"]),
        # Identity
        (
            course(
                exclusion_declaration=p.ExclusionDeclaration(
                    foundation_studies=False, practical_training=True, final_project=False
                )
            ),
            ["exclusion_declaration.practical_training", "exclusion_declaration.research"],
        ),
        (course(language_of_instruction=("en", "xx")), ["language_of_instruction.1"]),
        # Delivery
        (course(delivery_locations=None), ["delivery_locations"]),
        (course(delivery_mode=w.DeliveryMode.WORKPLACE, delivery_locations=None), ["delivery_locations"]),
        (
            course(delivery_mode=w.DeliveryMode.ONLINE_SYNCHRONOUS, delivery_locations=None),
            ["platform", "technical_needs"],
        ),
        (with_part(COMPLETE, "delivery_locations", 0, country="XX"), ["delivery_locations.0.country"]),
        (course(delivery_shares=(p.DeliveryShare(mode=w.DeliveryMode.ON_SITE, share_pct=100),)), ["delivery_shares"]),
        # People
        (course(assessors=(person(TEACHER),)), ["assessors"]),
        (course(assessors=(person(TEACHER),), external_moderator=person(TEACHER)), []),
        (course(instructors=(person(TEACHER), person(TEACHER))), ["instructors.1.subject"]),
        (with_part(COMPLETE, "instructors", 0, qualification=None), ["instructors.0.qualification"]),
        (course(response_time_hours=73), ["response_time_hours"]),
        (course(accessibility_level=w.AccessibilityLevel.WCAG_2_1_AA), ["accessibility_report_file"]),
        (course(qa_contact=p.Contact(subject="01930000-0000-7000-8000-0000000000ff")), ["qa_contact.subject"]),
        # Need and partners
        (with_part(COMPLETE, "need_evidence", 0, date=TODAY + timedelta(1)), ["need_evidence.0.date"]),
        (with_part(COMPLETE, "partners", 0, conflict_tie=True), ["partners"]),
        (with_part(COMPLETE, "partners", 0, date=date(2024, 11, 23)), ["partners.0.date"]),
        (with_part(COMPLETE, "partners", 0, date=date(2024, 11, 24)), []),
        (with_part(COMPLETE, "partners", 0, date=TODAY + timedelta(1)), ["partners.0.date"]),
        (with_part(COMPLETE, "partners", 0, expiry=TODAY - timedelta(1)), ["partners.0.expiry"]),
        (with_part(COMPLETE, "partners", 0, subject=None), ["partners.0.subject"]),
        # Stacking
        (course(stackable=True, stack_targets=None), ["stack_targets"]),
        (course(stackable=False), ["stack_targets"]),
        (
            with_part(COMPLETE, "stack_targets", 0, credits_transferable=Decimal(2)),
            ["stack_targets.0.credits_transferable"],
        ),
        (with_part(COMPLETE, "stack_targets", 0, limit_pct=70), []),
        (with_part(COMPLETE, "stack_targets", 0, limit_pct=71), ["stack_targets.0.limit_pct"]),
        (
            with_part(COMPLETE, "stack_targets", 0, limit_pct=31, basis=w.CreditBasis.EXPERIENCE),
            ["stack_targets.0.limit_pct"],
        ),
        (with_part(COMPLETE, "stack_targets", 0, valid_until=TODAY - timedelta(1)), ["stack_targets.0.valid_until"]),
        (with_part(COMPLETE, "stack_targets", 0, signed_on=TODAY + timedelta(1)), ["stack_targets.0.signed_on"]),
        # Money and quality
        (course(total_price=80000), ["total_price"]),
        (course(fee_currency="RM "), ["fee_currency"]),
        (with_part(COMPLETE, "other_costs", 0, name=None), ["other_costs.0.name"]),
        (course(review_date_planned=TODAY), ["review_date_planned"]),
        (course(review_date_planned=date(2029, 11, 24)), []),
        (course(review_date_planned=date(2029, 11, 25)), ["review_date_planned"]),
        # Results
        (with_part(COMPLETE, "cohorts", 0, passed=18), ["cohorts.0.passed"]),
        (with_part(COMPLETE, "cohorts", 0, completed=20), ["cohorts.0.completed"]),
        (with_part(COMPLETE, "cohorts", 0, started=21), ["cohorts.0.started"]),
        (with_part(COMPLETE, "cohorts", 0, withdrawn=21), ["cohorts.0.withdrawn"]),
        (with_part(COMPLETE, "cohorts", 0, end=TODAY), []),
        (with_part(COMPLETE, "cohorts", 0, end=TODAY + timedelta(1)), ["cohorts.0.end"]),
        (with_part(COMPLETE, "cohorts", 0, end=date(2026, 1, 1)), ["cohorts.0.end"]),
        (with_part(COMPLETE, "cohorts", 0, completed=0, passed=0), ["cohorts"]),
        (
            course(outcome_indicators=(p.OutcomeIndicator(n_eligible=5, n_responded=6),)),
            ["outcome_indicators.0.n_responded"],
        ),
        (
            course(outcome_indicators=(p.OutcomeIndicator(window_from=TODAY, window_to=date(2026, 1, 1)),)),
            ["outcome_indicators.0.window_to"],
        ),
        # What is just in time, or just enough
        (with_part(COMPLETE, "outcomes", 0, taxonomy_level=1), []),
        (with_part(COMPLETE, "outcomes", 0, taxonomy=w.Taxonomy.AFFECTIVE, taxonomy_level=5), []),
        (course(field_iscedf="071"), []),
        (course(response_time_hours=72), []),
        (with_part(COMPLETE, "need_evidence", 0, date=TODAY), []),
        (with_part(COMPLETE, "partners", 0, date=TODAY), []),
        (with_part(COMPLETE, "partners", 0, expiry=TODAY), []),
        (with_part(COMPLETE, "stack_targets", 0, valid_until=TODAY), []),
        (with_part(COMPLETE, "stack_targets", 0, signed_on=TODAY), []),
        (with_part(COMPLETE, "cohorts", 0, start=TODAY, end=TODAY), []),
        (with_part(COMPLETE, "cohorts", 0, withdrawn=20), []),
        (course(outcome_indicators=(p.OutcomeIndicator(n_eligible=5, n_responded=5),)), []),
        (course(outcome_indicators=(p.OutcomeIndicator(n_responded=5),)), []),
        (course(outcome_indicators=(p.OutcomeIndicator(window_from=TODAY, window_to=TODAY),)), []),
        (course(outcome_indicators=(p.OutcomeIndicator(window_from=TODAY),)), []),
        # What a part does not say
        (
            with_part(COMPLETE, "instructors", 0, subject="01930000-0000-7000-8000-0000000000ff"),
            ["instructors.0.subject"],
        ),
        (course(grading_scale=p.GradingScale(grades=("Yes", "No"), pass_grade="Yes")), ["grading_scale.name"]),
        (course(reassessment=p.Reassessment(fee=0, days=10)), ["reassessment.attempts"]),
        (
            course(external_moderator=replace(person(TEACHER), qualification=None)),
            ["external_moderator.qualification"],
        ),
        (with_part(COMPLETE, "delivery_locations", 0, name=None), ["delivery_locations.0.name"]),
        (
            course(platform=p.Platform(owner="Suria", url="https://example.edu.my", hosting_country="XX")),
            ["platform.name", "platform.hosting_country"],
        ),
        (with_part(COMPLETE, "cohorts", 0, start=None), ["cohorts.0.start"]),
        (with_part(COMPLETE, "stack_targets", 0, award_title=None), ["stack_targets.0.award_title"]),
        (
            replace(with_part(COMPLETE, "other_costs", 0, amount=None), total_price=COMPLETE.fee_amount),
            ["other_costs.0.amount"],
        ),
        (
            with_part(with_part(COMPLETE, "assessments", 0, weight_pct=99), "assessments", 1, weight_pct=None),
            ["assessments.1.weight_pct", "assessments"],
        ),
        (
            course(
                delivery_locations=None,
                delivery_shares=(p.DeliveryShare(mode=w.DeliveryMode.ONLINE_SYNCHRONOUS, share_pct=100),),
            ),
            ["delivery_shares", "delivery_locations"],
        ),
        # Personal data
        (course(technical_needs="Ring 012-345 6789"), ["technical_needs"]),
    ],
)
def test_what_does_not_fit_together_is_told_by_field(content, wrong):
    assert fields(content) == wrong


def blended(*shares: tuple[w.DeliveryMode, int]) -> CourseContent:
    return course(
        delivery_mode=w.DeliveryMode.BLENDED,
        delivery_shares=tuple(p.DeliveryShare(mode=mode, share_pct=share) for mode, share in shares),
        delivery_locations=None,
        technical_needs="A browser",
        platform=p.Platform(name="Kelas", owner="Suria Works", url="https://example.edu.my", hosting_country="MY"),
    )


def test_a_blended_course_says_how_it_is_split():
    on_site, live, alone = w.DeliveryMode.ON_SITE, w.DeliveryMode.ONLINE_SYNCHRONOUS, w.DeliveryMode.ONLINE_ASYNCHRONOUS

    assert fields(blended((live, 40), (alone, 60))) == []
    assert fields(blended((live, 40), (on_site, 60))) == ["delivery_locations"]
    assert fields(blended((live, 40), (alone, 50))) == ["delivery_shares"]
    assert fields(blended((live, 100))) == ["delivery_shares"]
    assert fields(blended((live, 40), (w.DeliveryMode.BLENDED, 60))) == ["delivery_shares", "delivery_locations"]


def test_a_component_shows_no_samples_and_no_cohort_and_may_be_all_of_an_award():
    component = course(
        parent_programme_mqr_ref="MQA/FA1234",
        parent_course_codes=("EET1013",),
        parent_credits=Decimal("1.5"),
        assessment_samples=(COMPLETE.assessment_samples or ())[:1],
    )
    young = with_part(component, "cohorts", 0, completed=0, passed=0)
    whole = with_part(young, "stack_targets", 0, limit_pct=100)

    for route in (Route.APMC, Route.RENEWAL):
        assert fields(whole, route) == []


@pytest.mark.parametrize(("hours", "count", "fits"), [(12, 2, True), (12, 3, False), (80, 4, True), (80, 5, False)])
def test_what_carries_no_credit_has_two_outcomes_for_each_40_hours_begun(hours, count, fits):
    outcomes = tuple(p.Outcome(code=f"LO{number}") for number in range(count))
    content = course(non_credit=True, credits_claimed=None, notional_hours=hours, outcomes=outcomes)

    assert ("outcomes" not in fields(content)) is fits


def test_a_cluster_without_its_justification_is_named():
    found = faults(FEWER, PEOPLE, TODAY, longest_validity_months=36)

    assert "“functional work skills”" in found[0].message


def test_there_are_at_most_two_outcomes_a_credit():
    outcomes = tuple(p.Outcome(code=f"LO{number}") for number in range(4))

    assert "outcomes" in fields(course(outcomes=outcomes))
    assert "outcomes" not in fields(course(outcomes=outcomes[:3]))


def halves(**first: object) -> CourseContent:
    even = with_part(with_part(COMPLETE, "assessments", 0, weight_pct=50), "assessments", 1, weight_pct=50)
    return with_part(even, "assessments", 0, **first)


@pytest.mark.parametrize(
    ("content", "unusual"),
    [
        (with_part(COMPLETE, "outcomes", 0, statement_en="Understand strings"), ["outcomes.0.statement_en"]),
        (with_part(COMPLETE, "outcomes", 0, statement_ms="Memahami rentetan"), ["outcomes.0.statement_ms"]),
        (with_part(COMPLETE, "outcomes", 0, statement_en="Know: all the strings"), ["outcomes.0.statement_en"]),
        (course(mqf_level_claimed=6), []),
        (
            with_part(course(mqf_level_claimed=6), "outcomes", 1, taxonomy=w.Taxonomy.PSYCHOMOTOR),
            ["mqf_level_claimed"],
        ),
        (halves(individual_or_group=w.Grouping.GROUP), []),
        (halves(supervision=1), ["assessments"]),
        (with_part(COMPLETE, "assessments", 0, supervision=3), []),
        (with_part(COMPLETE, "assessments", 0, supervision=None), []),
        (course(credits_other=p.OtherCredits(ects=Decimal("2.4"))), []),
        (with_part(course(mqf_level_claimed=6), "outcomes", 1, taxonomy_level=3), ["mqf_level_claimed"]),
        (with_part(COMPLETE, "assessments", 0, individual_or_group=w.Grouping.GROUP), ["assessments"]),
        (with_part(COMPLETE, "assessments", 0, supervision=1), ["assessments", "assessments"]),
        (with_part(COMPLETE, "assessments", 0, supervision=2), ["assessments"]),
        (course(pass_rule=p.PassRule(basis=w.PassBasis.TOTAL)), ["pass_rule.basis"]),
        (course(duration_weeks=1, notional_hours=60), []),
        (course(duration_weeks=1, notional_hours=80), ["duration_weeks"]),
        (course(credits_other=p.OtherCredits(ects=Decimal(2))), []),
        (course(credits_other=p.OtherCredits(ects=Decimal(3))), ["credits_other.ects"]),
        (course(field_iscedf="0413"), ["field_iscedf"]),
        (course(need_evidence=(COMPLETE.need_evidence or ())[:1]), ["need_evidence"]),
        (with_part(COMPLETE, "need_evidence", 1, source=" installers\u2019 survey"), []),
        (with_part(COMPLETE, "need_evidence", 1, source=" installers' SURVEY"), ["need_evidence"]),
        (with_part(COMPLETE, "need_evidence", 0, date=date(2024, 11, 23)), ["need_evidence.0.date"]),
    ],
)
def test_what_is_unusual_is_a_warning(content, unusual):
    assert [warning.field for warning in warnings(content, TODAY)] == unusual
