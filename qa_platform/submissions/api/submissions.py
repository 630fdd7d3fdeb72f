"""The API of submissions."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask.views import MethodView
from flask_smorest import Blueprint

from qa_platform.kernel.roles import Role
from qa_platform.submissions import read_model
from qa_platform.submissions.commands import (
    AcceptSubmission,
    ChangeContent,
    CloseAtIntake,
    DraftSubmission,
    ExtendReturn,
    LodgeSubmission,
    NamePerson,
    RemovePerson,
    ReturnSubmission,
    TakeBackStep,
    WithdrawSubmission,
)
from qa_platform.submissions.events import Declaration, Step
from qa_platform.submissions.read_model import SUBMISSIONS, SubmissionRow, SubmissionShown
from qa_platform.submissions.schemas import (
    AcceptanceSchema,
    ClosureSchema,
    CourseSchema,
    DraftSchema,
    ExtensionSchema,
    LodgementSchema,
    PersonDetailsSchema,
    PersonSchema,
    RefilingSchema,
    ReturnSchema,
    ReversalSchema,
    StepReversalSchema,
    SubmissionQuerySchema,
    SubmissionSchema,
    SubmissionSummarySchema,
    WithdrawalSchema,
)
from qa_platform.web.context import actor, deadlines, ledger, new_id, platform, reading, release_reading, today
from qa_platform.web.paging import page, paged
from qa_platform.web.preconditions import etag
from qa_platform.web.receipts import Answer, ReceiptSchema, run

submissions_api = Blueprint(
    "submissions", __name__, url_prefix="/api/v1/submissions", description="Courses put forward, up to intake"
)


def _visible(submission_id: str) -> SubmissionRow:
    return read_model.get_submission(reading(), submission_id, actor())


@submissions_api.route("")
class Submissions(MethodView):
    """All submissions."""

    @submissions_api.arguments(SubmissionQuerySchema, location="query")
    @submissions_api.response(200, paged(SubmissionSummarySchema))
    def get(self, query: dict[str, Any]) -> dict[str, Any]:
        """List submissions, the newest first: a provider's own, or what was ever lodged."""
        found = page(
            reading(),
            SUBMISSIONS,
            read_model.select_submissions(actor(), **query),
            order_by=(SUBMISSIONS.table.c.created_at.desc(), SUBMISSIONS.table.c.submission_id.desc()),
        )
        months = deadlines().longest_validity_months
        return found | {"items": [read_model.counted(row, today(), months) for row in found["items"]]}

    @submissions_api.arguments(DraftSchema)
    @submissions_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any]) -> Answer:
        """Draft a submission; what is known of the course may be told at once."""
        submission_id = new_id("submission")
        course_id = body.pop("course_id", None) or new_id("course")
        content = [
            ChangeContent(submission_id=submission_id, content=patch) for patch in (body.pop("content", None),) if patch
        ]
        standing = read_model.standing_of(reading(), body["provider_id"], actor())
        read_model.refuse_foreign_course(reading(), course_id, body["provider_id"])
        simulated = standing.simulated or actor().simulated
        draft = DraftSubmission(
            submission_id=submission_id,
            course_id=course_id,
            simulated=simulated,
            provider_has_ceased=standing.has_ceased(today()),
            **body,
        )
        return run([draft, *content], id=submission_id, location=f"/api/v1/submissions/{submission_id}", status=201)


@submissions_api.route("/<submission_id>")
class Submission(MethodView):
    """One submission."""

    @submissions_api.response(200, SubmissionSchema)
    def get(self, submission_id: str) -> tuple[SubmissionShown, int, dict[str, str]]:
        """Show a submission, with what is missing and what is unusual."""
        months = deadlines().longest_validity_months
        row = read_model.shown(reading(), _visible(submission_id), today(), months, actor())
        # Never 304: what is missing or unusual changes with the day and with other courses.
        return row, 200, {"ETag": etag(row.version)}


@submissions_api.route("/<submission_id>/content")
class SubmissionContent(MethodView):
    """The content of a submission."""

    @submissions_api.arguments(CourseSchema)
    @submissions_api.response(200, ReceiptSchema)
    def patch(self, content: Any, submission_id: str) -> Answer:  # noqa: ANN401 -- a CoursePatch, made by its schema
        """Change the course: what is absent stays, what is null is emptied; a list is replaced as a whole."""
        _visible(submission_id)
        return run(ChangeContent(submission_id=submission_id, content=content), id=submission_id)


@submissions_api.route("/<submission_id>/people")
class SubmissionPeople(MethodView):
    """The people in a submission."""

    @submissions_api.response(200, PersonSchema(many=True))
    def get(self, submission_id: str) -> list[Any]:
        """List the people in the course."""
        _visible(submission_id)
        people = read_model.people_of(reading(), submission_id)
        # Opening takes a connection of its own, and a request never holds two.
        release_reading()
        return read_model.opened_for(actor(), ledger(), people)


@submissions_api.route("/<submission_id>/people/<subject>")
class SubmissionPerson(MethodView):
    """Somebody in a submission."""

    @submissions_api.arguments(PersonDetailsSchema)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str, subject: str) -> Answer:
        """Say who this is; the pseudonym is a random UUID that the course uses for this person."""
        _visible(submission_id)
        return run(NamePerson(submission_id=submission_id, subject=subject, **body), id=submission_id)

    @submissions_api.response(200, ReceiptSchema)
    def delete(self, submission_id: str, subject: str) -> Answer:
        """Say that this person has nothing to do with the course any more."""
        _visible(submission_id)
        return run(RemovePerson(submission_id=submission_id, subject=subject), id=submission_id)


@submissions_api.route("/<submission_id>/lodgement")
class SubmissionLodgement(MethodView):
    """The lodging of a submission."""

    @submissions_api.arguments(LodgementSchema)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Lodge a complete submission, with the accountable officer's declaration."""
        row = _visible(submission_id)
        standing = read_model.standing_of(reading(), row.provider_id, actor())
        command = LodgeSubmission(
            submission_id=submission_id,
            on=today(),
            declaration=Declaration(officer_id=actor().person_id, on=today(), **body),
            officer_is_accountable=actor().acting_as is Role.ACCOUNTABLE_OFFICER,
            provider_is_recognised=standing.is_recognised(today()),
            longest_validity_months=deadlines().longest_validity_months,
            prior_has_ended=read_model.listing_has_ended(reading(), row.prior_accreditation_id),
        )
        return run(command, id=submission_id, depends_on=(standing.stream_version,))


@submissions_api.route("/<submission_id>/acceptance")
class SubmissionAcceptance(MethodView):
    """The acceptance of a submission."""

    @submissions_api.arguments(AcceptanceSchema, required=False)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, _body: dict[str, Any], submission_id: str) -> Answer:
        """Accept a lodged submission under the version of the standard that is in force today, for ever."""
        _visible(submission_id)
        rubric = read_model.rubric_in_force(reading(), platform().standard_id, today())
        command = AcceptSubmission(
            submission_id=submission_id,
            on=today(),
            standard_id=rubric.standard_id,
            rubric_version=rubric.rubric_version,
            rubric_hash=rubric.rubric_hash,
        )
        return run(command, id=submission_id, depends_on=(rubric.stream_version,))


@submissions_api.route("/<submission_id>/return")
class SubmissionReturn(MethodView):
    """The return of a submission."""

    @submissions_api.arguments(ReturnSchema)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Give a lodged submission back, to be completed by a date: after so many working days, unless it is said."""
        _visible(submission_id)
        said = {"due_on": deadlines().answer_to_return(today()), **body}
        return run(ReturnSubmission(submission_id=submission_id, on=today(), **said), id=submission_id)


@submissions_api.route("/<submission_id>/return/extension")
class SubmissionReturnExtension(MethodView):
    """More time for what was returned."""

    @submissions_api.arguments(ExtensionSchema)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Give the provider more time, once: so many working days after the day that was set, unless it is said."""
        due_on = _visible(submission_id).due_on
        said = {"due_on": deadlines().extended_answer(due_on or today()), **body}
        return run(ExtendReturn(submission_id=submission_id, on=today(), **said), id=submission_id)


@submissions_api.route("/<submission_id>/closure")
class SubmissionClosure(MethodView):
    """The closing of a submission at intake."""

    @submissions_api.arguments(ClosureSchema)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Close a lodged submission that the scheme does not take."""
        _visible(submission_id)
        return run(CloseAtIntake(submission_id=submission_id, **body), id=submission_id)


@submissions_api.route("/<submission_id>/withdrawal")
class SubmissionWithdrawal(MethodView):
    """The withdrawal of a submission."""

    @submissions_api.arguments(WithdrawalSchema)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take a submission back, at any time before it is on the committee's agenda."""
        _visible(submission_id)
        deciding = read_model.deciding_on(reading(), submission_id)
        command = WithdrawSubmission(submission_id=submission_id, decided=deciding.decided, **body)
        return run(command, id=submission_id, depends_on=(deciding.stream_version,))


@submissions_api.route("/<submission_id>/withdrawal/reversal")
class SubmissionWithdrawalReversal(MethodView):
    """That a submission was withdrawn by mistake."""

    @submissions_api.arguments(ReversalSchema)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take a withdrawal back, unless the submission had been accepted or its course was put forward anew."""
        return _take_back(submission_id, Step.WITHDRAWAL, body["reason"])


@submissions_api.route("/<submission_id>/reversal")
class SubmissionReversal(MethodView):
    """That the last step of intake was a mistake."""

    @submissions_api.arguments(StepReversalSchema)
    @submissions_api.response(200, ReceiptSchema)
    def put(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Take the last step back: a return, an extension, a closing or a lapse, while nothing is built upon it."""
        due_on = body["due_on"]
        if body["step"] is Step.LAPSE and due_on is None:
            due_on = deadlines().answer_to_return(today())
        return _take_back(submission_id, body["step"], body["reason"], due_on)


def _take_back(submission_id: str, step: Step, reason: str, due_on: date | None = None) -> Answer:
    anew = read_model.is_put_forward_anew(reading(), _visible(submission_id))
    command = TakeBackStep(
        submission_id=submission_id, on=today(), step=step, reason=reason, put_forward_anew=anew, due_on=due_on
    )
    return run(command, id=submission_id)


@submissions_api.route("/<submission_id>/refiling")
class SubmissionRefiling(MethodView):
    """The filing again of a submission that ended without a review."""

    @submissions_api.arguments(RefilingSchema)
    @submissions_api.response(201, ReceiptSchema)
    def post(self, body: dict[str, Any], submission_id: str) -> Answer:
        """Draft anew what lapsed, was withdrawn or closed: the course and its people are taken over."""
        earlier = _visible(submission_id)
        standing = read_model.standing_of(reading(), earlier.provider_id, actor())
        people = read_model.people_of(reading(), submission_id)
        # Opening takes a connection of its own, and a request never holds two.
        release_reading()
        commands = read_model.refiling(
            earlier,
            new_id("submission"),
            read_model.opened_for(actor(), ledger(), people),
            simulated=standing.simulated or actor().simulated,
            provider_has_ceased=standing.has_ceased(today()),
            **body,
        )
        later_id = commands[0].submission_id
        return run(commands, id=later_id, location=f"/api/v1/submissions/{later_id}", status=201)
