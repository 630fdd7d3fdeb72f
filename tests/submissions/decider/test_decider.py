"""Who may do what to a submission, and when."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from qa_platform.kernel.rejected import Fault, Rejected
from qa_platform.kernel.sealed import seal
from qa_platform.submissions.decider import (
    INTAKE_CODES,
    TURN_TO,
    Submission,
    class_of,
    content_digest,
    decide,
    evolve,
    refusals,
    submission_decider,
)
from qa_platform.submissions.events import (
    Capacity,
    ClosureGround,
    CourseContent,
    CoursePatch,
    Declaration,
    Route,
    Source,
    SubmissionContentChanged,
    SubmissionLodged,
    SubmissionPersonNamed,
    SubmissionReturned,
)
from qa_platform.submissions.events.parts import LearningTimeRow, Outcome, Partner
from tests.specification import Specification
from tests.submissions import factories as f

submission = Specification(submission_decider)
LODGED = (*f.draft_of(), f.SubmissionLodgedFactory())
RETURNED = (*LODGED, f.SubmissionReturnedFactory())
EXTENDED = (*RETURNED, f.SubmissionReturnExtendedFactory())
ACCEPTED = (*LODGED, f.SubmissionAcceptedFactory())
CLOSED = (*LODGED, f.SubmissionClosedAtIntakeFactory())
WITHDRAWN = (*LODGED, f.SubmissionWithdrawnFactory())
LAPSED = (*RETURNED, f.SubmissionLapsedFactory())


def test_a_submission_begins_as_a_draft_without_content():
    submission.when(f.DraftSubmissionFactory()).then(f.SubmissionDraftedFactory())


def test_drafting_the_same_again_changes_nothing():
    submission.given(f.SubmissionDraftedFactory()).when(f.DraftSubmissionFactory()).then_nothing()


def test_another_submission_of_the_same_id_is_refused():
    (
        submission.given(f.SubmissionDraftedFactory())
        .when(f.DraftSubmissionFactory(course_id="course-2"))
        .then_rejected(refusals.SubmissionAlreadyDrafted, match="under a new id")
    )


def test_nothing_is_drafted_for_a_provider_that_has_ended_its_work():
    draft = f.DraftSubmissionFactory(provider_has_ceased=True)

    submission.when(draft).then_rejected(refusals.ProviderHasCeased, match="goes on with the course")


@pytest.mark.parametrize("route", [Route.RENEWAL, Route.CHANGE])
def test_a_renewal_or_change_names_the_accreditation_it_follows(route):
    draft = f.DraftSubmissionFactory(route=route)

    submission.when(draft).then_rejected(refusals.PriorAccreditationNeeded, match="Say which one")
    named = f.DraftSubmissionFactory(route=route, prior_accreditation_id="a")
    submission.when(named).then(f.SubmissionDraftedFactory(route=route, prior_accreditation_id="a"))


def test_an_address_of_a_person_is_no_source():
    source = Source(kind="catalogue", reference="mailto:aisyah@example.edu.my")

    submission.when(f.DraftSubmissionFactory(source=source)).then_rejected(refusals.PersonalDataInText)


@pytest.mark.parametrize(
    "command",
    [
        f.ChangeContentFactory(),
        f.NamePersonFactory(),
        f.RemovePersonFactory(),
        f.LodgeSubmissionFactory(),
        f.AcceptSubmissionFactory(),
        f.ReturnSubmissionFactory(),
        f.ExtendReturnFactory(),
        f.CloseAtIntakeFactory(),
        f.WithdrawSubmissionFactory(),
        f.LapseSubmissionFactory(),
        f.FileAgainFactory(),
    ],
)
def test_nothing_can_be_done_to_a_submission_that_there_is_not(command):
    submission.when(command).then_rejected(refusals.SubmissionUnknown, match="There is no submission")


def test_only_what_really_changes_is_stored():
    content = CoursePatch(title_en="Solar Panel Maintenance", notional_hours=80, credits_claimed=Decimal("1.50"))

    (
        submission.given(*f.draft_of())
        .when(f.ChangeContentFactory(content=content))
        .then(f.SubmissionContentChangedFactory(content=CoursePatch(notional_hours=80)))
    )


def test_a_change_that_changes_nothing_is_no_event():
    content = CoursePatch(title_en="Solar Panel Maintenance", professional_body=None)

    submission.given(*f.draft_of()).when(f.ChangeContentFactory(content=content)).then_nothing()


@pytest.mark.parametrize("nothing", [None, ""])
def test_a_field_can_be_emptied(nothing):
    (
        submission.given(*f.draft_of())
        .when(f.ChangeContentFactory(content=CoursePatch(synopsis=nothing)))
        .then(f.SubmissionContentChangedFactory(content=CoursePatch(synopsis=None)))
    )


@pytest.mark.parametrize("history", [LODGED, ACCEPTED, CLOSED, WITHDRAWN, LAPSED])
@pytest.mark.parametrize(
    "command",
    [
        f.ChangeContentFactory(content=CoursePatch(title_en="Another title")),
        f.NamePersonFactory(),
        f.RemovePersonFactory(),
    ],
)
def test_only_a_draft_or_what_was_returned_can_be_changed(history, command):
    submission.given(*history).when(command).then_rejected(refusals.SubmissionNotOpen, match="was not changed: it is")


def test_what_was_returned_can_be_changed():
    (
        submission.given(*RETURNED)
        .when(f.ChangeContentFactory(content=CoursePatch(title_en="Another title")))
        .then(f.SubmissionContentChangedFactory(content=CoursePatch(title_en="Another title")))
    )


@pytest.mark.parametrize(
    ("patch", "path"),
    [
        (CoursePatch(synopsis="Ask Aisyah, 900131-14-5678."), "synopsis"),
        (CoursePatch(title_en="Write to aisyah@example.edu.my"), "title_en"),
        (CoursePatch(learning_time_rows=(LearningTimeRow(topic="Call 012-345 6789"),)), "learning_time_rows.0.topic"),
        (CoursePatch(outcomes=(Outcome(code="900131-14-5678"),)), "outcomes.0.code"),
        (CoursePatch(skills=("welding", "+60 12-345 6789")), "skills.1"),
        (CoursePatch(course_page_url="https://example.edu.my/?ask=a@example.edu.my"), "course_page_url"),
        (CoursePatch(credential_specimen_pdf=f.file("900131-14-5678.pdf")), "credential_specimen_pdf.name"),
        (CoursePatch(instructors=(f.person("Aisyah binti Rahman"),)), "instructors.0.subject"),
    ],
)
def test_personal_data_is_refused_on_saving_whatever_field_it_stands_in(patch, path):
    refused = (
        submission.given(*f.draft_of(CourseContent()))
        .when(f.ChangeContentFactory(content=patch))
        .then_rejected(refusals.PersonalDataInText, match="Take it out")
    )

    assert [fault.field for fault in refused.faults] == [path]


def test_a_registration_number_may_look_like_an_identity_card():
    patch = CoursePatch(partners=(Partner(organisation="Suria Works", reg_no="200101012345"),))

    submission.given(f.SubmissionDraftedFactory()).when(f.ChangeContentFactory(content=patch)).then(
        f.SubmissionContentChangedFactory(content=patch)
    )


def test_a_person_is_named_under_a_pseudonym_with_everything_personal_sealed():
    (
        submission.given(f.SubmissionDraftedFactory())
        .when(f.NamePersonFactory(telephone="+60123456789", cv_sha256="ab" * 32))
        .then(
            SubmissionPersonNamed(
                submission_id=f.SUBMISSION,
                subject=f.TEACHER,
                capacity=Capacity.INSTRUCTOR,
                name=seal(f.TEACHER, "Aisyah binti Rahman"),
                email=seal(f.TEACHER, "aisyah@example.edu.my"),
                telephone=seal(f.TEACHER, "+60123456789"),
                cv_sha256=seal(f.TEACHER, "ab" * 32),
            )
        )
    )


def test_a_name_under_no_pseudonym_is_refused():
    command = f.NamePersonFactory(subject="Aisyah binti Rahman")

    submission.given(*f.draft_of()).when(command).then_rejected(
        refusals.PersonNotPseudonymous, match="random pseudonym"
    )


def test_a_person_can_be_removed_once():
    event = f.events.SubmissionPersonRemoved(submission_id=f.SUBMISSION, subject=f.TEACHER)

    submission.given(*f.draft_of()).when(f.RemovePersonFactory()).then(event)
    submission.given(*f.draft_of(), event).when(f.RemovePersonFactory()).then_nothing()


def test_a_course_that_lacks_nothing_is_lodged_with_the_digest_of_what_was_declared():
    (
        submission.given(*f.draft_of())
        .when(f.LodgeSubmissionFactory())
        .then(f.SubmissionLodgedFactory(content_digest=content_digest(f.COMPLETE)))
    )


def test_lodging_again_after_a_return_is_another_round():
    (
        submission.given(*RETURNED)
        .when(f.LodgeSubmissionFactory())
        .then(f.SubmissionLodgedFactory(round=2, content_digest=content_digest(f.COMPLETE)))
    )


@pytest.mark.parametrize("history", [LODGED, ACCEPTED, CLOSED, WITHDRAWN, LAPSED])
def test_nothing_is_lodged_twice(history):
    submission.given(*history).when(f.LodgeSubmissionFactory()).then_rejected(refusals.SubmissionNotLodgeable)


def test_a_provider_that_is_not_recognised_lodges_nothing():
    command = f.LodgeSubmissionFactory(provider_is_recognised=False)

    submission.given(*f.draft_of()).when(command).then_rejected(refusals.ProviderNotRecognised, match="on 2026-11-24")


def test_what_follows_a_unit_that_is_listed_no_more_is_not_lodged():
    command = f.LodgeSubmissionFactory(prior_has_ended=True)

    submission.given(*f.draft_of()).when(command).then_rejected(
        refusals.PriorListingEnded, match="notify the unit anew"
    )


def test_only_the_accountable_officer_declares():
    command = f.LodgeSubmissionFactory(officer_is_accountable=False)

    submission.given(*f.draft_of()).when(command).then_rejected(refusals.DeclarationNotAuthorised)


def test_a_declaration_text_that_there_is_not_is_refused():
    command = f.LodgeSubmissionFactory(declaration=Declaration(officer_id=f.OFFICER, text_version="0", on=f.TODAY))

    submission.given(*f.draft_of()).when(command).then_rejected(refusals.DeclarationTextUnknown, match="“2026-1”")


def test_a_declaration_of_another_day_is_refused():
    yesterday = Declaration(officer_id=f.OFFICER, text_version="2026-1", on=date(2026, 11, 23))
    command = f.LodgeSubmissionFactory(declaration=yesterday)

    submission.given(*f.draft_of()).when(command).then_rejected(refusals.DeclarationNotToday, match="Declare it again")


def test_an_incomplete_course_is_not_lodged_and_says_all_that_is_missing():
    draft = f.draft_of(f.course(title_en=None, title_ms=None, fee_amount=None, notional_hours=50))

    refused = submission.given(*draft).when(f.LodgeSubmissionFactory()).then_rejected(refusals.SubmissionIncomplete)

    assert {fault.field for fault in refused.faults} >= {"title_en", "fee_amount", "notional_hours", "credits_claimed"}


def test_a_person_without_a_name_keeps_a_course_from_being_lodged():
    removed = f.events.SubmissionPersonRemoved(submission_id=f.SUBMISSION, subject=f.QA_DESK)

    refused = (
        submission.given(*f.draft_of(), removed)
        .when(f.LodgeSubmissionFactory())
        .then_rejected(refusals.SubmissionIncomplete, match="one thing is missing or wrong")
    )

    assert [fault.field for fault in refused.faults] == ["qa_contact.subject"]


def test_intake_accepts_under_the_version_in_force():
    submission.given(*LODGED).when(f.AcceptSubmissionFactory()).then(f.SubmissionAcceptedFactory())


def test_accepting_again_under_the_same_version_changes_nothing():
    submission.given(*ACCEPTED).when(f.AcceptSubmissionFactory(on=date(2026, 11, 30))).then_nothing()


def test_the_version_a_submission_was_accepted_under_holds_for_ever():
    command = f.AcceptSubmissionFactory(rubric_version="0.2.0")

    submission.given(*ACCEPTED).when(command).then_rejected(refusals.AcceptedOtherwise, match="“0.1.0”.*for ever")


@pytest.mark.parametrize("history", [f.draft_of(), RETURNED, CLOSED, WITHDRAWN, LAPSED])
@pytest.mark.parametrize(
    "command", [f.AcceptSubmissionFactory(), f.ReturnSubmissionFactory(), f.CloseAtIntakeFactory()]
)
def test_intake_checks_what_is_lodged_and_nothing_else(history, command):
    submission.given(*history).when(command).then_rejected(refusals.SubmissionNotAtIntake, match="Only what is lodged")


def test_intake_returns_what_is_to_be_completed():
    wrong = (Fault("assessment_samples.1.file", "The file cannot be opened."), Fault("", "See the guide."))

    (
        submission.given(*LODGED)
        .when(f.ReturnSubmissionFactory(faults=wrong))
        .then(f.SubmissionReturnedFactory(faults=wrong))
    )


def test_a_return_without_a_reason_is_refused():
    command = f.ReturnSubmissionFactory(remark=None)

    submission.given(*LODGED).when(command).then_rejected(refusals.ReturnWithoutReason, match="write a remark")


def test_a_return_leaves_time():
    command = f.ReturnSubmissionFactory(due_on=f.TODAY)

    submission.given(*LODGED).when(command).then_rejected(refusals.ReturnDateNotAhead, match="Choose a later day")


def test_a_return_points_at_fields_that_a_course_has():
    command = f.ReturnSubmissionFactory(faults=(Fault("colour", "Too green."),))

    submission.given(*LODGED).when(command).then_rejected(refusals.ReturnFieldUnknown)


def test_a_return_is_extended_until_a_later_day():
    submission.given(*RETURNED).when(f.ExtendReturnFactory()).then(f.SubmissionReturnExtendedFactory())


def test_a_return_is_extended_on_its_last_day_and_not_after_it():
    last = f.SubmissionReturnedFactory().due_on

    submission.given(*RETURNED).when(f.ExtendReturnFactory(on=last)).then(f.SubmissionReturnExtendedFactory())
    after = f.ExtendReturnFactory(on=last + timedelta(days=1))
    submission.given(*RETURNED).when(after).then_rejected(refusals.ReturnOverdue, match="put the course forward anew")


def test_a_return_is_extended_once():
    again = f.ExtendReturnFactory(due_on=date(2027, 1, 5))

    submission.given(*EXTENDED).when(f.ExtendReturnFactory()).then_nothing()
    submission.given(*EXTENDED).when(again).then_rejected(refusals.ReturnExtendedBefore, match="until 2026-12-22")


def test_what_is_returned_again_can_be_extended_again():
    again = (*EXTENDED, f.SubmissionLodgedFactory(round=2), f.SubmissionReturnedFactory())

    submission.given(*again).when(f.ExtendReturnFactory()).then(f.SubmissionReturnExtendedFactory())


def test_an_extension_takes_no_time_away():
    same = f.ExtendReturnFactory(due_on=f.SubmissionReturnedFactory().due_on)

    submission.given(*RETURNED).when(same).then_rejected(refusals.ReturnDateNotAhead, match="Choose a later day")


@pytest.mark.parametrize("history", [f.draft_of(), LODGED, ACCEPTED, CLOSED, WITHDRAWN, LAPSED])
def test_only_what_was_returned_is_given_more_time(history):
    command = f.ExtendReturnFactory()

    submission.given(*history).when(command).then_rejected(refusals.SubmissionNotReturned, match="given no more time")


def test_what_was_given_more_time_lapses_after_it():
    between = f.LapseSubmissionFactory(on=date(2026, 12, 22))
    after = f.LapseSubmissionFactory(on=date(2026, 12, 23))

    submission.given(*EXTENDED).when(between).then_rejected(refusals.SubmissionNotOverdue, match="2026-12-22")
    submission.given(*EXTENDED).when(after).then(f.SubmissionLapsedFactory(due_on=date(2026, 12, 22)))


@pytest.mark.parametrize(
    ("history", "command"),
    [
        (RETURNED, f.ExtendReturnFactory(reason="Ask a@example.org")),
        (LODGED, f.ReturnSubmissionFactory(remark="Call 012-345 6789.")),
        (LODGED, f.ReturnSubmissionFactory(faults=(Fault("synopsis", "Write to a@example.org"),))),
        (LODGED, f.CloseAtIntakeFactory(remark="See 900131-14-5678.")),
        (LODGED, f.WithdrawSubmissionFactory(reason="Ask a@example.org")),
    ],
)
def test_remarks_are_about_courses_and_not_about_people(history, command):
    submission.given(*history).when(command).then_rejected(refusals.PersonalDataInText)


def test_intake_closes_what_the_scheme_does_not_take():
    submission.given(*LODGED).when(f.CloseAtIntakeFactory()).then(f.SubmissionClosedAtIntakeFactory())


def test_what_is_closed_on_no_listed_ground_says_why():
    other = f.CloseAtIntakeFactory(ground=ClosureGround.OTHER)
    said = f.CloseAtIntakeFactory(ground=ClosureGround.OTHER, remark="It is a first aid course of a day.")

    submission.given(*LODGED).when(other).then_rejected(refusals.ClosureWithoutReason, match="where the provider can")
    submission.given(*LODGED).when(said).then(
        f.SubmissionClosedAtIntakeFactory(ground=ClosureGround.OTHER, remark="It is a first aid course of a day.")
    )


def test_every_intake_outcome_has_its_type_and_every_ground_says_where_to_turn():
    assert {status: code.value for status, code in INTAKE_CODES.items()} == {
        "returned": "RET",
        "closed": "ELIG-NO",
        "withdrawn": "WD-P",
        "lapsed": "LAPSE",
    }
    assert [class_of(code) for code in INTAKE_CODES.values()] == [None, "not_applicable", None, None]
    assert set(TURN_TO) == set(ClosureGround)


def test_what_ended_is_filed_again_under_a_case_of_its_own():
    drafted = f.SubmissionDraftedFactory(submission_id=f.LATER)

    submission.when(f.RefileSubmissionFactory()).then(drafted, f.SubmissionRefiledFactory())
    (submission.given(drafted, f.SubmissionRefiledFactory()).when(f.RefileSubmissionFactory()).then_nothing())


def test_nothing_is_filed_again_under_an_id_that_is_taken():
    taken = f.SubmissionDraftedFactory(submission_id=f.LATER)
    another = (taken, f.SubmissionRefiledFactory(earlier_id="another"))

    for history in ((taken,), another):
        refused = submission.given(*history).when(f.RefileSubmissionFactory())
        refused.then_rejected(refusals.SubmissionAlreadyDrafted, match="new id")


def test_who_has_ended_its_work_files_nothing_again():
    command = f.RefileSubmissionFactory(provider_has_ceased=True)

    submission.when(command).then_rejected(refusals.ProviderHasCeased)


@pytest.mark.parametrize("history", [LAPSED, CLOSED, WITHDRAWN])
def test_what_ended_says_as_what_it_is_filed_again_and_only_once(history):
    again = (*history, f.SubmissionFiledAgainFactory())

    submission.given(*history).when(f.FileAgainFactory()).then(f.SubmissionFiledAgainFactory())
    submission.given(*again).when(f.FileAgainFactory()).then_nothing()
    third = submission.given(*again).when(f.FileAgainFactory(later_id="a third one"))
    third.then_rejected(refusals.SubmissionFiledBefore, match="Go on with that one")


@pytest.mark.parametrize("history", [f.draft_of(), LODGED, RETURNED, ACCEPTED])
def test_what_is_not_over_is_not_filed_again(history):
    submission.given(*history).when(f.FileAgainFactory()).then_rejected(refusals.SubmissionNotOver)


@pytest.mark.parametrize("history", [f.draft_of(), LODGED, RETURNED, ACCEPTED])
def test_a_provider_may_withdraw_before_it_is_over(history):
    submission.given(*history).when(f.WithdrawSubmissionFactory()).then(f.SubmissionWithdrawnFactory())


def test_withdrawing_twice_changes_nothing():
    submission.given(*WITHDRAWN).when(f.WithdrawSubmissionFactory()).then_nothing()


@pytest.mark.parametrize("history", [CLOSED, LAPSED])
def test_what_is_over_cannot_be_withdrawn(history):
    submission.given(*history).when(f.WithdrawSubmissionFactory()).then_rejected(refusals.SubmissionEnded)


def test_what_the_committee_decided_on_cannot_be_withdrawn():
    command = f.WithdrawSubmissionFactory(decided=True)

    submission.given(*ACCEPTED).when(command).then_rejected(refusals.SubmissionDecided, match="appeal")
    submission.given(*WITHDRAWN).when(command).then_nothing()


def test_what_was_returned_lapses_after_its_last_day():
    submission.given(*RETURNED).when(f.LapseSubmissionFactory()).then(f.SubmissionLapsedFactory())


def test_the_last_day_is_the_provider_s():
    command = f.LapseSubmissionFactory(on=date(2026, 12, 8))

    submission.given(*RETURNED).when(command).then_rejected(refusals.SubmissionNotOverdue, match="2026-12-08")


def test_lapsing_twice_changes_nothing():
    submission.given(*LAPSED).when(f.LapseSubmissionFactory()).then_nothing()


@pytest.mark.parametrize("history", [f.draft_of(), LODGED, ACCEPTED, CLOSED, WITHDRAWN])
def test_only_what_was_returned_lapses(history):
    submission.given(*history).when(f.LapseSubmissionFactory()).then_rejected(refusals.SubmissionNotReturned)


def test_the_digest_knows_what_is_said_and_not_how_it_came_to_be():
    in_two = evolve(evolve(Submission(), _changed(title_en="A title")), _changed(fee_amount=5))
    at_once = evolve(Submission(), _changed(title_en="A title", fee_amount=5))
    emptied = evolve(in_two, _changed(fee_amount=None))

    assert content_digest(in_two.content) == content_digest(at_once.content)
    assert content_digest(emptied.content) != content_digest(at_once.content)


def test_what_is_empty_is_not_in_the_digest():
    """A field that is added to the scheme later changes no digest of what was lodged before."""
    empty = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"  # of {}

    assert content_digest(CourseContent()) == empty


def _changed(**fields) -> SubmissionContentChanged:
    return SubmissionContentChanged(submission_id=f.SUBMISSION, content=CoursePatch(**fields))


COMMANDS = st.sampled_from(
    [
        f.DraftSubmissionFactory(),
        f.ChangeContentFactory(content=f.patch_of(f.COMPLETE)),
        f.ChangeContentFactory(content=CoursePatch(synopsis=None)),
        *(f.NamePersonFactory(subject=subject) for subject in sorted(f.PEOPLE)),
        f.LodgeSubmissionFactory(),
        f.ReturnSubmissionFactory(),
        f.ExtendReturnFactory(),
        f.AcceptSubmissionFactory(),
        f.CloseAtIntakeFactory(),
        f.WithdrawSubmissionFactory(),
        f.LapseSubmissionFactory(),
        f.FileAgainFactory(),
    ]
)


@given(st.lists(COMMANDS, max_size=25))
def test_whatever_is_asked_nothing_is_lodged_twice_without_a_return(commands):
    history = list(f.draft_of())
    state = Submission()
    for event in history:
        state = evolve(state, event)
    for command in commands:
        try:
            answered = decide(command, state)
        except Rejected:
            continue
        for event in answered:
            state = evolve(state, event)
            history.append(event)

    turns = [type(event) for event in history if isinstance(event, SubmissionLodged | SubmissionReturned)]
    assert turns == [(SubmissionLodged, SubmissionReturned)[index % 2] for index in range(len(turns))]
    rounds = [event.round for event in history if isinstance(event, SubmissionLodged)]
    assert rounds == list(range(1, len(rounds) + 1))


CANARIES = ("900131-14-5678", "900131145678", "a.b@example.org", "+60 12-345 6789", "0123456789", "012\u2013345 6789")
TEXT_FIELDS = ("title_en", "title_ms", "short_description", "synopsis", "technical_needs", "prior_knowledge")


@given(
    st.sampled_from(TEXT_FIELDS),
    st.sampled_from(CANARIES),
    st.text(st.characters(categories=["L"]), max_size=8),
    st.text(st.characters(categories=["L"]), max_size=8),
)
def test_no_personal_pattern_survives_into_an_event(field, canary, before, after):
    command = f.ChangeContentFactory(content=CoursePatch(**{field: f"{before} {canary}, {after}"}))

    submission.given(f.SubmissionDraftedFactory()).when(command).then_rejected(refusals.PersonalDataInText)


@given(st.sets(st.sampled_from(CourseContent.__struct_fields__)))
def test_a_change_comes_back_from_json_as_it_went(names):
    said = {name: getattr(f.COMPLETE, name) for name in names}
    event = f.SubmissionContentChangedFactory(content=CoursePatch(**said))

    decoded = msgspec.json.decode(msgspec.json.encode(event), type=SubmissionContentChanged)

    assert decoded == event
    assert all(
        (getattr(decoded.content, name) is UNSET) == (name not in names) for name in f.COMPLETE.__struct_fields__
    )


# --- what a refusal says


@pytest.mark.parametrize(
    ("command", "done"),
    [
        (f.AcceptSubmissionFactory(), "accepted"),
        (f.ReturnSubmissionFactory(), "returned"),
        (f.CloseAtIntakeFactory(), "closed"),
    ],
)
@pytest.mark.parametrize(
    ("history", "state"), [(f.draft_of(), "a draft"), (CLOSED, "closed"), (WITHDRAWN, "withdrawn")]
)
def test_a_refusal_at_intake_says_what_was_not_done_and_why(history, state, command, done):
    submission.given(*history).when(command).then_rejected(
        refusals.SubmissionNotAtIntake, match=f"was not {done}: it is {state}[.]"
    )


def test_what_was_withdrawn_after_its_acceptance_is_not_accepted_again():
    withdrawn = submission.given(*ACCEPTED, f.SubmissionWithdrawnFactory())

    withdrawn.when(f.AcceptSubmissionFactory()).then_rejected(refusals.SubmissionNotAtIntake, match="it is withdrawn")


@pytest.mark.parametrize(
    ("history", "command", "refusal", "field"),
    [
        (
            (),
            f.DraftSubmissionFactory(route=Route.RENEWAL),
            refusals.PriorAccreditationNeeded,
            "prior_accreditation_id",
        ),
        (LODGED, f.ReturnSubmissionFactory(due_on=f.TODAY), refusals.ReturnDateNotAhead, "due_on"),
        (
            LODGED,
            f.ReturnSubmissionFactory(faults=(Fault("colour", "Say which."),)),
            refusals.ReturnFieldUnknown,
            "faults.0.field",
        ),
        (RETURNED, f.ExtendReturnFactory(due_on=date(2026, 12, 8)), refusals.ReturnDateNotAhead, "due_on"),
        (LODGED, f.CloseAtIntakeFactory(ground=ClosureGround.OTHER), refusals.ClosureWithoutReason, "remark"),
    ],
)
def test_a_refusal_stands_at_the_field_that_was_wrong(history, command, refusal, field):
    submission.given(*history).when(command).then_rejected(refusal, at=[field])


def test_everything_that_is_missing_is_counted():
    content = f.course(synopsis=None, title_en=None, title_ms=None)

    submission.given(*f.draft_of(content)).when(f.LodgeSubmissionFactory()).then_rejected(
        Rejected, match="2 things are"
    )


def test_a_reason_to_withdraw_is_kept():
    why = "The course is given up."

    submission.given(*LODGED).when(f.WithdrawSubmissionFactory(reason=why)).then(
        f.SubmissionWithdrawnFactory(reason=why)
    )


def test_filing_again_keeps_what_the_draft_says():
    said = {"route": Route.RENEWAL, "prior_accreditation_id": "accreditation-1", "simulated": True}

    submission.when(f.RefileSubmissionFactory(**said)).then(
        f.SubmissionDraftedFactory(submission_id=f.LATER, **said), f.SubmissionRefiledFactory()
    )
