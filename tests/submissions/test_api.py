from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from qa_platform.kernel.roles import Role
from qa_platform.providers.commands import CeaseProvider, RecogniseProvider, SuspendProvider
from qa_platform.submissions.commands.components import EnterComponent
from qa_platform.submissions.decider import content_digest
from qa_platform.submissions.events import Route
from qa_platform.submissions.schemas import CourseSchema
from tests.submissions import components
from tests.submissions.conftest import OTHER_PROVIDER, publish
from tests.submissions.factories import (
    ASSESSOR,
    COMPLETE,
    PROVIDER,
    QA_DESK,
    SIGNATORY,
    SUBMISSION,
    SUPPORT,
    TEACHER,
    TODAY,
    DraftSubmissionFactory,
)

DRAFT = {"provider_id": PROVIDER, "route": "SAMC"}
CAPACITIES = {
    TEACHER: "instructor",
    ASSESSOR: "assessor",
    SIGNATORY: "partner_signatory",
    QA_DESK: "qa_contact",
    SUPPORT: "support_contact",
}


def body_of(content) -> dict:
    return {name: value for name, value in CourseSchema().dump(content).items() if value is not None}


@pytest.fixture
def officer(visitor):
    return visitor(Role.PROVIDER_OFFICER)


@pytest.fixture
def accountable(visitor):
    return visitor(Role.ACCOUNTABLE_OFFICER, person_id="officer")


@pytest.fixture
def intake(visitor):
    return visitor(Role.INTAKE_OFFICER)


@pytest.fixture
def draft(officer) -> str:
    """Draft a course with a title."""
    answer = officer.ask("POST", "", DRAFT | {"content": {"title_en": "Solar Panel Maintenance"}})
    assert answer.status_code == 201, answer.text
    return f"/{answer.json['id']}"


@pytest.fixture
def complete(officer) -> str:
    """Draft a course that lacks nothing."""
    answer = officer.ask("POST", "", DRAFT | {"content": body_of(COMPLETE)})
    assert answer.status_code == 201, answer.text
    path = f"/{answer.json['id']}"
    for subject, capacity in CAPACITIES.items():
        named = {"capacity": capacity, "name": "Aisyah binti Rahman", "email": "aisyah@example.edu.my"}
        assert officer.ask("PUT", f"{path}/people/{subject}", named).status_code == 200
    return path


@pytest.fixture
def lodged(accountable, complete, recognised) -> str:
    answer = accountable.ask("PUT", f"{complete}/lodgement", {"text_version": "2026-1"})
    assert answer.status_code == 200, answer.text
    return complete


def test_a_draft_is_answered_with_a_receipt_and_a_place(officer):
    answer = officer.ask("POST", "", DRAFT | {"content": {"title_en": "Solar Panel Maintenance"}})

    assert answer.status_code == 201
    assert answer.json["events"] == ["submission.drafted.v1", "submission.content_changed.v1"]
    assert answer.headers["Location"].endswith(answer.json["id"])
    assert answer.headers["ETag"] == '"2"'


def test_a_draft_says_what_is_missing_and_what_is_unusual(officer, draft):
    officer.ask("PATCH", f"{draft}/content", {"pass_rule": {"basis": "total"}, "synopsis": ""})

    shown = officer.ask("GET", draft)

    assert shown.status_code == 200
    assert shown.headers["ETag"] == '"3"'
    assert {"field": "synopsis", "message": "Give a synopsis of at most 300 words."} in shown.json["missing"]
    assert shown.json["missing_count"] == len(shown.json["missing"]) > 30
    assert [warning["field"] for warning in shown.json["warnings"]] == ["pass_rule.basis"]
    assert shown.json["content"]["pass_rule"]["basis"] == "total"


def test_an_idempotent_draft_is_made_once(officer):
    first = officer.ask("POST", "", DRAFT, Idempotency_Key="k1")
    again = officer.ask("POST", "", DRAFT, Idempotency_Key="k1")

    assert first.json == again.json
    assert len(officer.ask("GET").json["items"]) == 1


def test_a_change_can_insist_on_what_was_seen(officer, draft):
    assert officer.ask("PATCH", f"{draft}/content", {"fee_amount": 5}, If_Match='"2"').status_code == 200
    assert officer.ask("PATCH", f"{draft}/content", {"fee_amount": 6}, If_Match='"2"').status_code == 412


def test_null_empties_and_absence_keeps(officer, draft):
    officer.ask("PATCH", f"{draft}/content", {"title_ms": "Panel Suria", "fee_amount": 5})
    officer.ask("PATCH", f"{draft}/content", {"title_ms": None})

    content = officer.ask("GET", draft).json["content"]

    assert (content["title_en"], content["title_ms"], content["fee_amount"]) == ("Solar Panel Maintenance", None, 5)


def test_what_is_wrong_in_shape_is_told_by_dotted_path(officer, draft):
    answer = officer.ask("PATCH", f"{draft}/content", {"outcomes": [{"code": "A"}, {"colour": 1}], "credits": "x"})

    assert answer.status_code == 422
    assert {error["field"] for error in answer.json["errors"]} == {
        "outcomes.1.code",
        "outcomes.1.colour",
        "credits",
    }


def test_personal_data_is_refused_and_nothing_is_saved(officer, draft, ledger):
    answer = officer.ask("PATCH", f"{draft}/content", {"synopsis": "Ask 900131-14-5678"})

    assert answer.status_code == 409
    assert [error["field"] for error in answer.json["errors"]] == ["synopsis"]
    assert len(ledger.read_stream(f"submission-{draft[1:]}")) == 2


def test_people_are_named_sealed_and_shown_opened(officer, draft, ledger):
    named = {"capacity": "instructor", "name": "Aisyah binti Rahman", "telephone": "+60 12-345 6789"}
    assert officer.ask("PUT", f"{draft}/people/{TEACHER}", named).status_code == 200

    (person,) = officer.ask("GET", f"{draft}/people").json

    assert person == named | {"subject": TEACHER, "email": None, "cv_sha256": None}
    with ledger.reading() as connection:
        stored = connection.exec_driver_sql("SELECT record::text FROM ledger.events").scalars()
        assert not any("Aisyah" in record for record in stored)


def test_the_provider_and_intake_see_the_names_of_people(lodged, officer, accountable, intake):
    for reader in (officer, accountable, intake):
        people = reader.ask("GET", f"{lodged}/people").json
        assert {(person["name"], person["email"]) for person in people} == {
            ("Aisyah binti Rahman", "aisyah@example.edu.my")
        }


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.COMMITTEE_MEMBER, Role.COMMITTEE_SECRETARY, Role.REGISTER_OFFICER])
def test_everybody_else_in_the_agency_sees_pseudonyms_and_capacities(lodged, visitor, role):
    answer = visitor(role).ask("GET", f"{lodged}/people")

    assert {person["subject"]: person["capacity"] for person in answer.json} == CAPACITIES
    assert {person[field] for person in answer.json for field in ("name", "email", "telephone", "cv_sha256")} == {None}


def test_a_person_can_be_removed(officer, draft):
    officer.ask("PUT", f"{draft}/people/{TEACHER}", {"capacity": "instructor", "name": "Aisyah binti Rahman"})

    assert officer.ask("DELETE", f"{draft}/people/{TEACHER}").status_code == 200
    assert officer.ask("GET", f"{draft}/people").json == []


def test_a_complete_draft_lacks_nothing(officer, complete):
    shown = officer.ask("GET", complete).json

    assert (shown["missing"], shown["warnings"]) == ([], [])
    assert json.dumps(shown["content"]["credits_claimed"]) == '"1.5"'


def test_the_accountable_officer_lodges(officer, lodged):
    shown = officer.ask("GET", lodged).json

    assert (shown["status"], shown["round"], shown["lodged_on"]) == ("lodged", 1, str(TODAY))
    assert shown["content_digest"] == content_digest(COMPLETE)


def test_another_officer_does_not_lodge(officer, complete, recognised):
    answer = officer.ask("PUT", f"{complete}/lodgement", {"text_version": "2026-1"})

    assert answer.status_code == 409
    assert "accountable officer" in answer.json["detail"]


def test_a_provider_that_is_not_recognised_does_not_lodge(accountable, complete):
    answer = accountable.ask("PUT", f"{complete}/lodgement", {"text_version": "2026-1"})

    assert answer.status_code == 409
    assert answer.json["type"].endswith("provider-not-recognised")


def test_what_follows_a_unit_that_is_listed_no_more_does_not_lodge(accountable, recognised, ledger):
    unit = components.COMPONENT
    for command in (
        components.NotifyComponentFactory(),
        components.ListComponentFactory(),
        EnterComponent(component_id=unit, number=components.NUMBER),
        components.EndListingFactory(),
        DraftSubmissionFactory(route=Route.CHANGE, prior_accreditation_id=unit),
    ):
        ledger.execute(command, actor="system:tests")

    answer = accountable.ask("PUT", f"/{SUBMISSION}/lodgement", {"text_version": "2026-1"})

    assert (answer.status_code, answer.json["type"].rpartition(":")[2]) == (409, "prior-listing-ended")


def test_a_suspended_provider_does_not_lodge(accountable, complete, recognised, ledger):
    suspended = SuspendProvider(provider_id=PROVIDER, suspended_from=TODAY, reason="Records were not kept.")
    ledger.execute(suspended, actor="system:tests")

    answer = accountable.ask("PUT", f"{complete}/lodgement", {"text_version": "2026-1"})

    assert answer.json["type"].endswith("provider-not-recognised")


UNRECOGNISED = {
    "suspended": SuspendProvider(provider_id=PROVIDER, suspended_from=TODAY, reason="Records were not kept."),
    "ceased": CeaseProvider(provider_id=PROVIDER, ceased_on=TODAY, custodian="Archive", reason="It closed."),
    "expired": RecogniseProvider(
        provider_id=PROVIDER,
        valid_from=date(2026, 1, 1),
        valid_to=TODAY - timedelta(days=1),
        recognition_months=36,
    ),
}


@pytest.mark.parametrize("since", list(UNRECOGNISED))
def test_what_came_back_is_not_lodged_again_by_a_provider_that_is_no_longer_recognised(
    intake, accountable, lodged, ledger, since
):
    intake.ask("PUT", f"{lodged}/return", {"remark": "Say more."})
    ledger.execute(UNRECOGNISED[since], actor="system:tests")

    answer = accountable.ask("PUT", f"{lodged}/lodgement", {"text_version": "2026-1"})

    assert (answer.status_code, answer.json["type"].rpartition(":")[2]) == (409, "provider-not-recognised")
    assert intake.ask("GET", lodged).json["status"] == "returned"


def test_a_case_goes_on_that_was_lodged_before_its_provider_was_suspended(intake, officer, lodged, in_force, ledger):
    ledger.execute(UNRECOGNISED["suspended"], actor="system:tests")

    assert intake.ask("PUT", f"{lodged}/acceptance", {}).status_code == 200
    assert officer.ask("POST", "", DRAFT).status_code == 201


def test_a_provider_that_has_ceased_begins_nothing_new(officer, draft, ledger):
    ledger.execute(UNRECOGNISED["ceased"], actor="system:tests")

    answer = officer.ask("POST", "", DRAFT)

    assert (answer.status_code, answer.json["type"].rpartition(":")[2]) == (409, "provider-has-ceased")
    assert officer.ask("PUT", f"{draft}/withdrawal", {}).status_code == 200


def test_an_incomplete_draft_is_not_lodged_and_says_why(accountable, draft, recognised):
    answer = accountable.ask("PUT", f"{draft}/lodgement", {"text_version": "2026-1"})

    assert answer.status_code == 409
    assert len(answer.json["errors"]) > 30


def test_intake_accepts_under_the_version_in_force_today(intake, lodged, in_force):
    answer = intake.ask("PUT", f"{lodged}/acceptance", {})

    assert answer.status_code == 200, answer.text
    shown = intake.ask("GET", lodged).json
    assert (shown["status"], shown["rubric_version"], shown["rubric_hash"]) == ("accepted", "0.1.0", "sha256:0.1.0")


def test_nothing_is_accepted_while_no_version_is_in_force(intake, lodged):
    answer = intake.ask("PUT", f"{lodged}/acceptance", {})

    assert answer.status_code == 409
    assert answer.json["type"].endswith("no-standard-in-force")


def test_what_intake_returns_is_lodged_again(intake, accountable, officer, lodged):
    wrong = {
        "faults": [{"field": "assessment_samples.0.file", "message": "It cannot be opened."}],
        "due_on": "2026-12-08",
    }
    assert intake.ask("PUT", f"{lodged}/return", wrong).status_code == 200

    shown = officer.ask("GET", lodged).json
    assert (shown["status"], shown["due_on"], shown["return_faults"]) == ("returned", "2026-12-08", wrong["faults"])
    assert accountable.ask("PUT", f"{lodged}/lodgement", {"text_version": "2026-1"}).status_code == 200
    assert officer.ask("GET", lodged).json["round"] == 2


def test_a_return_without_a_day_is_due_after_the_usual_working_days(intake, lodged):
    assert intake.ask("PUT", f"{lodged}/return", {"remark": "Say more."}).status_code == 200

    assert intake.ask("GET", lodged).json["due_on"] == "2026-12-08"


def test_a_return_is_given_more_time_once(intake, officer, accountable, lodged):
    intake.ask("PUT", f"{lodged}/return", {"remark": "Say more."})
    assert officer.ask("GET", lodged).json["return_extended"] is False

    extension = {"reason": "The partner's letter comes by post."}
    assert intake.ask("PUT", f"{lodged}/return/extension", extension).status_code == 200

    shown = officer.ask("GET", lodged).json
    assert (shown["status"], shown["due_on"], shown["return_extended"]) == ("returned", "2026-12-22", True)
    again = intake.ask("PUT", f"{lodged}/return/extension", extension)
    assert (again.status_code, again.json["type"].rpartition(":")[2]) == (409, "return-extended-before")
    assert accountable.ask("PUT", f"{lodged}/lodgement", {"text_version": "2026-1"}).status_code == 200
    shown = officer.ask("GET", lodged).json
    assert (shown["due_on"], shown["return_extended"]) == (None, False)


def test_intake_takes_a_return_back_and_reads_no_more_of_it(intake, officer, lodged):
    intake.ask("PUT", f"{lodged}/return", {"remark": "Say more."})
    taken_back = {"step": "return", "reason": "It was another course."}

    assert officer.ask("PUT", f"{lodged}/reversal", taken_back).status_code == 403
    answer = intake.ask("PUT", f"{lodged}/reversal", taken_back)

    assert answer.json["events"] == ["submission.step_taken_back.v1"]
    shown = officer.ask("GET", lodged).json
    assert (shown["status"], shown["return_remark"], shown["due_on"]) == ("lodged", None, None)


def test_an_extension_a_closing_and_a_withdrawal_are_taken_back_each_by_whoever_made_it(intake, officer, lodged):
    reason = {"reason": "It was a mistake."}
    intake.ask("PUT", f"{lodged}/return", {"remark": "Say more.", "due_on": "2026-12-08"})
    intake.ask("PUT", f"{lodged}/return/extension", {"reason": "Post is slow."})
    assert intake.ask("PUT", f"{lodged}/reversal", reason | {"step": "extension"}).status_code == 200
    shown = officer.ask("GET", lodged).json
    assert (shown["due_on"], shown["return_extended"]) == ("2026-12-08", False)

    officer.ask("PUT", f"{lodged}/withdrawal", {"reason": "By mistake."})
    assert intake.ask("PUT", f"{lodged}/reversal", reason | {"step": "withdrawal"}).status_code == 422
    assert officer.ask("PUT", f"{lodged}/withdrawal/reversal", reason).status_code == 200
    shown = officer.ask("GET", lodged).json
    assert (shown["status"], shown["due_on"], shown["withdrawal_reason"]) == ("returned", "2026-12-08", None)

    assert intake.ask("PUT", f"{lodged}/reversal", reason | {"step": "return"}).status_code == 200
    intake.ask("PUT", f"{lodged}/closure", {"ground": "other", "remark": "Closed."})
    assert intake.ask("PUT", f"{lodged}/reversal", reason | {"step": "closure"}).status_code == 200
    shown = officer.ask("GET", lodged).json
    assert (shown["status"], shown["closure_ground"], shown["closure_remark"]) == ("lodged", None, None)


def test_what_was_put_forward_anew_does_not_come_back(intake, officer, lodged):
    course = officer.ask("GET", lodged).json["course_id"]
    intake.ask("PUT", f"{lodged}/closure", {"ground": "other", "remark": "Closed."})
    officer.ask("POST", "", DRAFT | {"course_id": course})

    answer = intake.ask("PUT", f"{lodged}/reversal", {"step": "closure", "reason": "It was a mistake."})

    assert (answer.status_code, "put the course forward anew" in answer.text) == (409, True)


def test_a_provider_gives_itself_no_more_time(intake, officer, accountable, lodged):
    intake.ask("PUT", f"{lodged}/return", {"remark": "Say more."})

    for one in (officer, accountable):
        assert one.ask("PUT", f"{lodged}/return/extension", {"reason": "Busy."}).status_code == 403


def test_nothing_is_accepted_under_another_standard_than_the_agency_s(intake, lodged, in_force, ledger):
    publish(ledger, "9.0.0", TODAY, standard_id="other")

    intake.ask("PUT", f"{lodged}/acceptance", {})

    shown = intake.ask("GET", lodged).json
    assert (shown["standard_id"], shown["rubric_version"]) == ("nmcs", "0.1.0")


def test_intake_closes_what_the_scheme_does_not_take(intake, lodged):
    assert intake.ask("PUT", f"{lodged}/closure", {"ground": "no_completed_cohort"}).status_code == 200
    assert intake.ask("GET", lodged).json["status"] == "closed"


def test_what_is_not_eligible_says_where_to_turn(intake, officer, lodged):
    assert intake.ask("PUT", f"{lodged}/closure", {"ground": "other"}).json["errors"] == [
        {"field": "remark", "message": "Say why, and where the provider can turn."}
    ]
    intake.ask("PUT", f"{lodged}/closure", {"ground": "parent_not_accredited"})

    shown = officer.ask("GET", lodged).json
    assert (shown["decision_code"], shown["turn_to"]) == ("ELIG-NO", "stand_alone_route")
    assert [(one["code"], one["decision_class"], one["round"]) for one in shown["intake_outcomes"]] == [
        ("ELIG-NO", "not_applicable", 1)
    ]


def test_every_return_keeps_its_type_when_the_case_goes_on(intake, accountable, officer, lodged):
    for _ in range(2):
        intake.ask("PUT", f"{lodged}/return", {"remark": "Say more."})
        assert officer.ask("GET", lodged).json["decision_code"] == "RET"
        accountable.ask("PUT", f"{lodged}/lodgement", {"text_version": "2026-1"})

    shown = officer.ask("GET", lodged).json
    assert shown["decision_code"] is None
    assert [(one["code"], one["round"]) for one in shown["intake_outcomes"]] == [("RET", 1), ("RET", 2)]


def test_what_ended_is_filed_again_with_all_that_was_entered(intake, officer, accountable, lodged):
    assert officer.ask("POST", f"{lodged}/refiling", {}).json["type"].endswith("submission-not-over")
    intake.ask("PUT", f"{lodged}/closure", {"ground": "parent_not_accredited"})

    answer = officer.ask("POST", f"{lodged}/refiling", {"course_version": "1.1.0"})
    assert answer.status_code == 201, answer.text
    later = f"/{answer.json['id']}"

    earlier, shown = officer.ask("GET", lodged).json, officer.ask("GET", later).json
    assert (shown["refiles"], earlier["filed_again_as"]) == (lodged[1:], later[1:])
    assert (shown["course_id"], shown["course_version"]) == (earlier["course_id"], "1.1.0")
    assert (shown["content"], shown["missing"]) == (earlier["content"], [])
    people = officer.ask("GET", f"{later}/people").json
    assert people == officer.ask("GET", f"{lodged}/people").json
    # A draft is its provider's own, and so is that there is one.
    assert intake.ask("GET", lodged).json["filed_again_as"] is None
    assert accountable.ask("PUT", f"{later}/lodgement", {"text_version": "2026-1"}).status_code == 200
    assert intake.ask("GET", lodged).json["filed_again_as"] == later[1:]
    again = officer.ask("POST", f"{lodged}/refiling", {})
    assert (again.status_code, again.json["type"].rpartition(":")[2]) == (409, "submission-filed-before")


def test_another_provider_files_nothing_again(visitor, officer, lodged):
    officer.ask("PUT", f"{lodged}/withdrawal", {})
    other = visitor(Role.PROVIDER_OFFICER, provider_id=OTHER_PROVIDER)

    assert other.ask("POST", f"{lodged}/refiling", {}).status_code == 404


def test_a_provider_withdraws(officer, lodged):
    assert officer.ask("PUT", f"{lodged}/withdrawal", {}).status_code == 200
    assert officer.ask("GET", lodged).json["status"] == "withdrawn"


def test_a_draft_is_its_provider_s_own(draft, visitor):
    path = draft

    assert visitor(Role.AUDITOR).ask("GET", path).status_code == 200
    assert visitor(Role.INTAKE_OFFICER).ask("GET", path).status_code == 404
    assert visitor(Role.PROVIDER_OFFICER, provider_id=OTHER_PROVIDER).ask("GET", path).status_code == 404
    assert visitor(Role.REVIEWER).ask("GET", path).status_code == 403
    assert visitor(Role.INTAKE_OFFICER).ask("GET").json["items"] == []


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "", None),
        ("PATCH", "/content", {"title_en": "Another title"}),
        ("GET", "/people", None),
        ("PUT", f"/people/{TEACHER}", {"capacity": "instructor", "name": "Ali"}),
        ("DELETE", f"/people/{TEACHER}", None),
        ("PUT", "/lodgement", {"text_version": "2026-1"}),
        ("PUT", "/withdrawal", {}),
    ],
)
def test_one_provider_learns_nothing_of_another(visitor, lodged, method, path, body):
    other = visitor(Role.ACCOUNTABLE_OFFICER, provider_id=OTHER_PROVIDER)

    assert other.ask(method, lodged + path, body).status_code == 404


@pytest.mark.parametrize("path", ["/acceptance", "/return", "/closure"])
def test_intake_touches_no_draft(intake, draft, path, in_force):
    body = {"/return": {"due_on": "2026-12-08", "remark": "x"}, "/closure": {"ground": "other"}}.get(path, {})

    assert intake.ask("PUT", draft + path, body).status_code == 404


def test_nobody_drafts_for_a_provider_he_does_not_act_for(officer):
    assert officer.ask("POST", "", DRAFT | {"provider_id": OTHER_PROVIDER}).status_code == 404


def test_a_course_keeps_its_provider(officer, visitor):
    assert officer.ask("POST", "", DRAFT | {"course_id": "course-7"}).status_code == 201
    assert officer.ask("POST", "", DRAFT | {"course_id": "course-7", "course_version": "1.1.0"}).status_code == 201

    other = visitor(Role.PROVIDER_OFFICER, provider_id=OTHER_PROVIDER)
    taken = other.ask("POST", "", {"provider_id": OTHER_PROVIDER, "route": "SAMC", "course_id": "course-7"})

    assert taken.status_code == 404


def test_a_title_that_another_course_of_the_provider_has_is_a_warning(officer, draft):
    same = officer.ask("POST", "", DRAFT | {"content": {"title_en": "solar panel MAINTENANCE"}})

    shown = officer.ask("GET", f"/{same.json['id']}").json

    assert [warning["field"] for warning in shown["warnings"]] == ["title_en"]


def test_the_agency_is_not_warned_of_a_title_that_it_may_not_see(officer, intake, lodged, draft):
    lodged_title = officer.ask("GET", lodged).json["title_en"]
    officer.ask("PATCH", f"{draft}/content", {"title_en": lodged_title})

    assert [warning["field"] for warning in officer.ask("GET", lodged).json["warnings"]] == ["title_en"]
    assert intake.ask("GET", lodged).json["warnings"] == []


def test_what_is_missing_or_unusual_is_never_taken_for_known(officer, draft):
    tag = officer.ask("GET", draft).headers["ETag"]
    officer.ask("POST", "", DRAFT | {"content": {"title_en": "Solar Panel Maintenance"}})

    again = officer.ask("GET", draft, If_None_Match=tag)

    assert (again.status_code, again.headers["ETag"]) == (200, tag)
    assert [warning["field"] for warning in again.json["warnings"]] == ["title_en"]


def test_submissions_are_listed_by_status_and_title(officer, intake, lodged, draft):
    assert [row["status"] for row in officer.ask("GET").json["items"]] == ["draft", "lodged"]
    assert [row["status"] for row in officer.ask("GET", "?status=lodged").json["items"]] == ["lodged"]
    assert len(officer.ask("GET", "?q=PANEL").json["items"]) == 2
    assert officer.ask("GET", "?q=50%25").json["items"] == []
    (row,) = intake.ask("GET").json["items"]
    assert (row["missing_count"], row["credits"], row["hours"]) == (0, "1.5", 60)
    assert "content" not in row


def test_the_document_names_every_field_with_its_type_and_meaning(app):
    schemas = app.test_client().get("/api/v1/openapi.json").json["components"]["schemas"]

    course = schemas["Course"]["properties"]
    assert course["fee_amount"]["description"] == "Fee in minor units (sen)"
    assert "integer" in str(course["fee_amount"]["type"])
    assert set(course) == set(COMPLETE.__struct_fields__)
