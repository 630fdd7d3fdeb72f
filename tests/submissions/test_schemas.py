from __future__ import annotations

import json
from decimal import Decimal

import marshmallow as ma
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from qa_platform.kernel.rejected import Fault
from qa_platform.kernel.sealed import FORGOTTEN, Sealed, seal
from qa_platform.submissions.events import Capacity, CourseContent, CoursePatch, Route
from qa_platform.submissions.schemas import (
    CourseSchema,
    DraftSchema,
    LodgementSchema,
    PersonDetailsSchema,
    PersonSchema,
    ReturnSchema,
    faults_of,
)
from tests.submissions.factories import COMPLETE, TEACHER, patch_of


def faults(schema: type[ma.Schema], body: object) -> list[tuple[str, str]]:
    with pytest.raises(ma.ValidationError) as caught:
        schema().load(body)
    return [(fault.field, fault.message) for fault in faults_of(caught.value)]


def said(body: dict) -> dict:
    patch = CourseSchema().load(body)
    return {name: value for name, value in msgspec.structs.asdict(patch).items() if value is not UNSET}


def test_every_field_of_a_course_is_on_the_wire():
    assert set(CourseSchema().fields) == set(CourseContent.__struct_fields__)


@given(st.sets(st.sampled_from(CourseContent.__struct_fields__)))
def test_a_course_comes_back_from_the_wire_as_it_went(names):
    shown = CourseSchema().dump(COMPLETE)
    sent = json.loads(json.dumps({name: shown[name] for name in names}))

    loaded = CourseSchema().load(sent)

    assert loaded == CoursePatch(**{name: getattr(COMPLETE, name) for name in names})


def test_the_whole_of_a_course_loads_as_its_patch():
    shown = {name: value for name, value in CourseSchema().dump(COMPLETE).items() if value is not None}

    assert CourseSchema().load(shown) == patch_of(COMPLETE)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ({"title_en": "  Solar\u0301  "}, {"title_en": "Sola\u0155"}),
        ({"synopsis": "   "}, {"synopsis": None}),
        ({"synopsis": "one\r\ntwo"}, {"synopsis": "one\ntwo"}),
        ({"notional_hours": "60"}, {"notional_hours": 60}),
        ({"credits_claimed": "1.50"}, {"credits_claimed": Decimal("1.5")}),
        ({"credits_claimed": 2}, {"credits_claimed": Decimal(2)}),
        ({"credits_claimed": 1.5}, {"credits_claimed": Decimal("1.5")}),
        ({"skills": []}, {"skills": ()}),
        ({"skills": None}, {"skills": None}),
        ({"fee_includes_tax": "true"}, {"fee_includes_tax": True}),
    ],
)
def test_a_form_and_a_program_may_say_the_same_in_their_own_way(body, expected):
    assert said(body) == expected


def test_equal_numbers_are_written_alike():
    assert str(said({"credits_claimed": "2.0"})["credits_claimed"]) == "2"
    assert str(said({"credits_claimed": "10"})["credits_claimed"]) == "10"
    assert str(said({"credits_claimed": "1.50"})["credits_claimed"]) == "1.5"


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"title_en": "abc"}, "title_en", "Write 5 to 120 characters here."),
        ({"title_en": "x" * 121}, "title_en", "Write 5 to 120 characters here."),
        ({"title_en": 7}, "title_en", "Write text here."),
        ({"title_en": "Sola\0r panels"}, "title_en", "This holds a character that cannot be stored; type it again."),
        ({"title_en": "Solar\ud800 sun"}, "title_en", "This holds a character that cannot be stored; type it again."),
        ({"colour": "green"}, "colour", "There is no such field."),
        ({"notional_hours": 5.5}, "notional_hours", "Write a whole number here."),
        ({"notional_hours": True}, "notional_hours", "Write a whole number here."),
        ({"notional_hours": 0}, "notional_hours", "Write a number from 1 to 10000."),
        ({"credits_claimed": "1.55"}, "credits_claimed", "Write at most one digit after the point."),
        ({"credits_claimed": "NaN"}, "credits_claimed", "Write a number here, such as 12.5."),
        ({"credits_claimed": "1e3"}, "credits_claimed", "Write a number here, such as 12.5."),
        ({"pace": "slow"}, "pace", "Choose one of: self_paced, cohort."),
        ({"fee_includes_tax": "maybe"}, "fee_includes_tax", "Answer true or false."),
        ({"review_date_planned": "24/11/2026"}, "review_date_planned", "Write a day as 2026-11-24."),
        ({"course_page_url": "example.edu.my"}, "course_page_url",
         "Write a whole address, beginning with https:// or http://."),
        ({"course_page_url": "javascript:alert(1)"}, "course_page_url",
         "Write a whole address, beginning with https:// or http://."),
        ({"partners": {}}, "partners", "Give a list here."),
        ({"skills": ["x"] * 201}, "skills", "Give at most 200 here."),
        ({"qa_contact": 3}, "qa_contact", "Give an object with named fields here."),
        ({"outcomes": [{"code": "A"}, {}]}, "outcomes.1.code", "This is needed."),
        ({"outcomes": [{"code": ""}]}, "outcomes.0.code", "Write 1 to 20 characters here."),
        ({"outcomes": [{"code": "A", "skill_uris": ["no"]}]}, "outcomes.0.skill_uris.0",
         "Write a whole address, beginning with https:// or http://."),
        ({"instructors": [{"subject": "Aisyah"}]}, "instructors.0.subject",
         "This does not look right: Pseudonym of a person; the name is told under people."),
        ({"language_of_instruction": ["english"]}, "language_of_instruction.0", "Write exactly 2 characters here."),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_in_a_sentence_at_its_place(body, field, message):
    assert faults(CourseSchema, body) == [(field, message)]


def test_what_is_no_object_is_told_so():
    assert faults(CourseSchema, [1])[0] == ("", "Give an object with named fields here.")


def test_a_draft_needs_a_provider_and_a_route():
    assert faults(DraftSchema, {}) == [("provider_id", "This is needed."), ("route", "This is needed.")]
    loaded = DraftSchema().load({"provider_id": "p", "route": "SAMC"})
    assert loaded == {
        "provider_id": "p",
        "route": Route.SAMC,
        "course_version": "1.0.0",
        "prior_accreditation_id": None,
    }


@pytest.mark.parametrize("version", ["1", "1.0", "01.0.0", "1.0.0-beta"])
def test_a_version_is_three_numbers(version):
    found = faults(DraftSchema, {"provider_id": "p", "route": "SAMC", "course_version": version})

    assert found == [("course_version", "Write three numbers with dots between them, such as 1.0.0.")]


def test_a_person_has_a_name_and_maybe_ways_to_be_reached():
    loaded = PersonDetailsSchema().load({"capacity": "assessor", "name": " Aisyah ", "email": ""})

    assert loaded == {
        "capacity": Capacity.ASSESSOR,
        "name": "Aisyah",
        "email": None,
        "telephone": None,
        "cv_sha256": None,
    }
    assert faults(PersonDetailsSchema, {"capacity": "friend", "name": "", "email": "aisyah", "telephone": "no"}) == [
        (
            "capacity",
            "Choose one of: instructor, assessor, external_moderator, qa_contact, support_contact, partner_signatory.",
        ),
        ("name", "Write 1 to 200 characters here."),
        ("email", "Write an e-mail address, such as name@example.org."),
        ("telephone", "Write digits, with + and the country's number first."),
    ]


def test_what_is_erased_or_closed_is_shown_as_null():
    erased = Sealed(subject=TEACHER, value=FORGOTTEN)
    person = {
        "subject": TEACHER,
        "capacity": Capacity.ASSESSOR,
        "name": erased,
        "email": Sealed(subject=TEACHER),
        "telephone": seal(TEACHER, "+60123456789"),
        "cv_sha256": None,
    }

    assert PersonSchema().dump(person) == {
        "subject": TEACHER,
        "capacity": "assessor",
        "name": None,
        "email": None,
        "telephone": "+60123456789",
        "cv_sha256": None,
    }


def test_a_return_loads_its_faults():
    loaded = ReturnSchema().load({"faults": [{"field": "synopsis", "message": "Too short."}], "due_on": "2026-12-08"})

    assert loaded["faults"] == (Fault("synopsis", "Too short."),)
    assert faults(ReturnSchema, {"faults": [{}]}) == [("faults.0.message", "This is needed.")]


def test_a_lodgement_names_the_declaration():
    assert faults(LodgementSchema, {}) == [("text_version", "This is needed.")]
