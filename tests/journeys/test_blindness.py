"""What nobody may learn, whichever address he asks.

Each test lets somebody ask every GET route of the platform with every id there is, in each of
his roles, and looks for words that only others may read.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from itertools import product

import pytest
import sqlalchemy as sa

from qa_platform.audit.invariants import keeping
from qa_platform.audit.invariants.checking import Checked, Finding
from qa_platform.audit.invariants.invariant import Violation
from qa_platform.kernel.roles import Role
from qa_platform.notices.read_model import NOTICES
from qa_platform.panels.read_model import PROPOSALS
from qa_platform.reviews.events import QuestionAsked
from tests.journeys.agency import Case, Person, decide, lock, lodge_case, pass_gate, score, seat_panel, table, vote

NOT_TOLD = {401, 403, 404, 409}
DOCUMENT = "web.openapi_document"
STARTED_AT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC)


def everything_told(case: Case, viewer: Person, **headers: str) -> str:
    """Return all that a viewer is told by any GET route, with any id."""
    told = []
    for address in addresses(case):
        answer = viewer.ask("GET", address, None, None, headers)
        assert answer.status_code in {200, *NOT_TOLD}, (address, answer.text)
        if answer.status_code == 200:
            told.append(f"{address}\n{answer.text}\n{answer.headers.get('ETag')}")
    return "\n".join(told)


def addresses(case: Case) -> list[str]:
    administrator = case.agency.administrator
    known = {
        "submission_id": [case.submission_id],
        "component_id": [case.submission_id],
        "case_id": [case.submission_id],
        "review_id": case.reviews,
        "query_id": queries_of(case),
        "person_id": [person.id for person in (*case.reviewers, case.lead, case.officer, case.stranger)],
        "centre_id": [one["centre_id"] for one in administrator.get("/centres")["items"]] or ["nothing"],
        "provider_id": [one["provider_id"] for one in administrator.get("/providers")["items"]],
        "application_id": [one["application_id"] for one in administrator.get("/providers/applications")["items"]],
        "standard_id": ["nmcs"],
        "rubric_version": ["0.1.0"],
        "check_id": [str(kept_check(case))],
        "batch_id": ["nothing"],
        "mail_id": ["nothing"],
        **told(case),
        "allocation_id": allocations_of(case),
        "condition_id": [one["condition_id"] for one in case.auditor.get("/conditions")["items"]],
        "meeting_id": [one["meeting_id"] for one in case.secretary.get("/meetings")["items"]],
        "number": [one["number"] for one in case.agency.public.get("/accreditations")["items"]],
    }
    found = []
    for rule in case.agency.app.url_map.iter_rules():
        if rule.rule.startswith("/api/v1/") and "GET" in (rule.methods or ()) and rule.endpoint != DOCUMENT:
            names = re.findall(r"<(?:[^:<>]+:)?([^<>]+)>", rule.rule)
            path = rule.rule.removeprefix("/api/v1")
            for ids in product(*(known[name] for name in names)):
                given = iter(ids)
                found.append(re.sub(r"<[^>]+>", lambda _match, given=given: next(given), path))
    # What changed since before there was anything is all there is.
    return [f"{one}?from=2026-01-01T00:00:00Z" if one.endswith("/changes") else one for one in found]


def told(case: Case) -> dict[str, list[str]]:
    """Return the ids of all notices and letters there are."""
    with case.agency.ledger.reading() as connection:
        rows = NOTICES.rows(connection, sa.select(NOTICES.table))
    return {
        "notice_id": sorted(row.notice_id for row in rows),
        "letter_id": sorted({row.letter_id for row in rows}),
    }


def queries_of(case: Case) -> list[str]:
    """Return the ids of what the reviewers asked of the provider; one that nobody knows where they asked nothing."""
    events = case.agency.ledger.read_case(case.submission_id)
    return [one.event.question_id for one in events if isinstance(one.event, QuestionAsked)] or ["nothing"]


def allocations_of(case: Case) -> list[str]:
    """Return the ids of the allocations that proposals rest on; one that nobody knows where none was made."""
    with case.agency.ledger.reading() as connection:
        rows = PROPOSALS.rows(connection, sa.select(PROPOSALS.table))
    return sorted({row.allocation_id for row in rows if row.allocation_id}) or ["nothing"]


def kept_check(case: Case) -> int:
    """Return the id of a kept check that found fault with both reviews and their reviewers."""
    with case.agency.ledger.engine.begin() as connection:
        if keeping.latest(connection) is None:
            faults = [
                Violation(what=f"canary-check of {reviewer.id}", stream=f"review-{review}", version=1)
                for review, reviewer in zip(case.reviews, case.reviewers, strict=True)
            ]
            finding = Finding(name="reviews.some", holds="So.", violations=len(faults), shown=faults)
            checked = Checked(head=1, unsequenced=0, read=1, seconds=0.1, findings=[finding])
            keeping.keep(connection, checked, started_at=STARTED_AT, finished_at=STARTED_AT)
        kept = keeping.latest(connection)
    assert kept is not None
    return kept.check_id


def test_what_a_check_found_is_for_who_watches_over_the_ledger(half_scored):
    case = half_scored
    kept_check(case)

    for viewer in (*case.reviewers, case.lead, case.officer, case.stranger, case.agency.public, *case.members):
        assert_not_told(everything_told(case, viewer), "canary-check")
    assert "canary-check" in everything_told(case, case.agency.administrator)


def canaries(seat: int) -> list[str]:
    return [f"canary-comment-{seat}", f"canary-note-{seat}", f"canary-pointer-{seat}"]


def assert_not_told(told: str, *words: str) -> None:
    for word in words:
        assert word not in told, told[max(0, told.index(word) - 2000) : told.index(word) + 200]


@pytest.fixture
def half_scored(agency) -> Case:
    """Bring a case as far as one locked review and one that is being written."""
    case = lodge_case(agency)
    seat_panel(case)
    for seat in (0, 1):
        pass_gate(case, seat)
    score(case, 0, 4)
    lock(case, 0)
    score(case, 1, 2)
    agency.settle()
    return case


def moderate(case: Case) -> None:
    """Lock the second review, and let the lead settle what the reviewers were far apart on."""
    lock(case, 1)
    panel = f"/panels/{case.submission_id}"
    for trigger in case.lead.get(f"{panel}/moderation")["triggers"]:
        if trigger["criterion"]:
            settlement = {"score": 3, "reason": "Met, as the samples show."}
            case.lead.put(f"{panel}/settlements/{trigger['criterion']}", settlement)
    case.lead.put(f"{panel}/moderation")


@pytest.fixture
def released(half_scored) -> Case:
    """Bring a case to its end; the two reviewers were far apart and the lead settled it."""
    case = half_scored
    decision = f"/decisions/{case.submission_id}"
    moderate(case)
    decide(case, "APP", valid_months=36)
    case.secretary.put(f"{decision}/release", {})
    case.agency.settle()
    return case


@pytest.mark.parametrize("seat", [0, 1])
def test_a_reviewer_learns_nothing_of_the_other_review(half_scored, seat):
    case, other = half_scored, 1 - seat

    told = everything_told(case, case.reviewers[seat])

    assert canaries(seat)[0] in told
    assert_not_told(told, *canaries(other), case.reviewers[other].id, case.reviews[other])


def test_nothing_changes_for_others_while_a_reviewer_scores_and_locks(agency):
    """Neither a count, nor a version, nor a time tells how far the other one is."""
    case = lodge_case(agency)
    seat_panel(case)
    for seat in (0, 1):
        pass_gate(case, seat)
    agency.settle()
    others = (case.reviewers[1], case.officer, case.accountable, case.stranger, agency.public)
    before = [everything_told(case, viewer) for viewer in others]

    score(case, 0, 4)
    lock(case, 0)

    assert [everything_told(case, viewer) for viewer in others] == before


def test_a_reviewer_before_the_gate_reads_nothing_of_the_submission(agency):
    case = lodge_case(agency)
    seat_panel(case)
    title = case.officer.get(case.address)["title_en"]

    before = everything_told(case, case.reviewers[0])
    pass_gate(case, 0)
    after = everything_told(case, case.reviewers[0])

    assert case.reviews[0] in before
    assert_not_told(before, title, "photovoltaic", "Suria Works", case.reviewers[1].id)
    assert title in after
    assert_not_told(after, "Rahim bin Osman", case.reviewers[1].id)


def test_a_lead_learns_no_score_before_all_are_locked(half_scored):
    case = half_scored

    assert_not_told(everything_told(case, case.lead), *canaries(0), *canaries(1))
    case.lead.get(f"/panels/{case.submission_id}/moderation", status=404)


@pytest.mark.parametrize("who", ["intake", "secretary", "member", "lead"])
def test_no_officer_learns_a_score_or_a_total_before_all_are_locked(half_scored, who):
    case = half_scored
    viewer = case.members[0] if who == "member" else getattr(case, who)

    told = everything_told(case, viewer)

    assert_not_told(told, *canaries(0), *canaries(1), '"insufficient_evidence"', '"sheet_digest": "', '"index"')


def test_a_provider_learns_neither_reviewers_nor_scores_before_release(half_scored):
    case = half_scored
    hidden = [person.id for person in (*case.reviewers, case.lead)]

    for viewer in (case.officer, case.accountable):
        told = everything_told(case, viewer)
        assert case.submission_id in told
        assert_not_told(told, *hidden, *canaries(0), *canaries(1), *case.reviews)


def test_a_provider_never_learns_who_reviewed_or_what_was_noted_in_private(released):
    case = released
    hidden = [person.id for person in (*case.reviewers, case.lead, *case.members)]

    told = everything_told(case, case.officer)

    assert '"APP"' in told
    assert_not_told(told, *hidden, *case.reviews, "canary-note-0", "canary-note-1")


def test_another_provider_learns_nothing_of_a_case(released):
    case = released
    register = case.agency.public.get("/accreditations")["items"]
    told = everything_told(case, case.stranger)

    # What the register shows to everybody is shown to it too, and nothing else.
    assert len(register) == 1
    assert_not_told(
        told, "photovoltaic", "Suria Works", *canaries(0), *canaries(1), *case.reviews, case.reviewers[0].id
    )
    for address in (case.address, f"/decisions/{case.submission_id}"):
        case.stranger.get(address, status=404)
    seen = case.stranger.get(f"/cases/{case.submission_id}/events")["items"]
    assert {event["name"] for event in seen} == {"register_number.issued.v1", "accreditation.opened.v1"}


def test_the_public_learns_what_the_register_shows_and_nothing_of_a_case(released):
    case = released
    told = everything_told(case, case.agency.public)

    assert "MY-MC-2026-000001-" in told
    hidden = [person.id for person in (*case.reviewers, case.lead, *case.members, case.officer, case.accountable)]
    assert_not_told(told, "photovoltaic", "Suria Works", *canaries(0), *canaries(1), *case.reviews, *hidden)


def test_nobody_else_reads_a_private_note(released):
    case = released
    everybody = (case.intake, case.secretary, case.members[0], case.lead, case.auditor, case.officer)

    for viewer in (*everybody, case.reviewers[1], case.agency.administrator, case.agency.public):
        assert_not_told(everything_told(case, viewer), "canary-note-0")
    assert "canary-note-0" in everything_told(case, case.reviewers[0])


def test_names_of_people_in_a_course_are_for_its_provider_and_intake_alone(released):
    case = released
    registrar = case.agency.employ(Role.REGISTER_OFFICER)
    others = (*case.reviewers, case.lead, case.auditor, case.secretary, case.members[0], registrar, case.stranger)

    for viewer in (case.officer, case.accountable, case.intake):
        assert "Rahim bin Osman" in everything_told(case, viewer)
    for viewer in (*others, case.agency.public):
        assert_not_told(everything_told(case, viewer), "Rahim bin Osman", "rahim@example.org")
    seen = case.secretary.get(f"/cases/{case.submission_id}/events")["items"]
    (named, *_more) = [event["data"] for event in seen if event["name"] == "submission.person_named.v1"]
    assert set(named) == {"submission_id", "subject", "capacity"}


def test_who_asked_the_provider_is_told_to_nobody_but_who_asked(half_scored):
    """Question and answer are everybody's who scores, and the provider's; the asker is in none of them."""
    case = half_scored
    question = {"criterion": "A1", "text": "canary-question: show the certificate."}
    asked = case.reviewers[1].post(f"/reviews/{case.reviews[1]}/questions", question)["id"]
    for viewer in (case.reviewers[0], case.officer, case.stranger, case.members[0], case.agency.public):
        assert_not_told(everything_told(case, viewer), "canary-question")

    case.intake.put(f"/queries/{asked}", {"text": "canary-query: show the certificate."})
    case.officer.put(f"/queries/{asked}/answer", {"text": "canary-answer: see the annex."})
    case.agency.settle()

    for viewer in (case.reviewers[0], case.officer):
        told = everything_told(case, viewer)
        assert "canary-query" in told
        assert "canary-answer" in told
        assert_not_told(told, "canary-question", case.reviewers[1].id, case.reviews[1])
    for viewer in (case.stranger, case.members[0], case.agency.public):
        assert_not_told(everything_told(case, viewer), "canary-question", "canary-query", "canary-answer")


def test_whoever_is_recused_learns_of_an_item_that_it_is_there_and_nothing_else(half_scored):
    """Not from a list, a count, a search, the history at any instant, or a refusal."""
    case = half_scored
    lock(case, 1)
    table(case)
    title = case.officer.get(case.address)["title_en"]
    recused, other = case.members[2], case.members[1]
    assert case.submission_id in everything_told(case, recused)

    category = {"category": "COL"}
    case.secretary.put(f"/decisions/{case.submission_id}/recusals/{recused.id}", category)
    told = everything_told(case, recused)

    assert_not_told(told, case.submission_id, title, *case.reviews, *canaries(0), *canaries(1))
    (meeting,) = recused.get("/meetings")["items"]
    assert meeting["agenda"] == [{"number": 1}]
    for path in ("/submissions", "/submissions?q=solar", "/decisions", "/panels", "/reviews"):
        assert recused.get(path)["items"] == [], path
    earlier = "?at=2026-11-24T02:00:01Z"
    recused.get(f"/cases/{case.submission_id}/events{earlier}", status=404)
    assert case.submission_id in everything_told(case, other)


def test_a_recusal_hides_what_comes_after_it_and_in_every_other_capacity(half_scored):
    case = half_scored
    moderate(case)
    decide(case, "REF", departure_reason="It cannot be delivered.", grounds=[{"area": "A", "text": "No rooms."}])
    case.secretary.put(f"/decisions/{case.submission_id}/rescission", {"reason": "A member was recused too late."})
    both = case.agency.employ(Role.COMMITTEE_MEMBER, Role.AUDITOR, Role.INTAKE_OFFICER, Role.REGISTER_OFFICER)
    case.secretary.put(f"/decisions/{case.submission_id}/recusals/{both.id}", {"category": "COL"})

    for role in (Role.COMMITTEE_MEMBER, Role.AUDITOR, Role.INTAKE_OFFICER, Role.REGISTER_OFFICER):
        assert_not_told(everything_told(case, both, X_Acting_As=role), case.submission_id)


def test_a_refusal_tells_whoever_is_recused_no_more_than_one_about_nothing(half_scored):
    case = half_scored
    lock(case, 1)
    table(case)
    recused = case.members[2]
    case.secretary.put(f"/decisions/{case.submission_id}/recusals/{recused.id}", {"category": "COL"})

    for path, body in (
        (f"votes/{recused.id}", {"vote": "for"}),
        (f"casting-vote/{recused.id}", {"vote": "for"}),
        (f"dissents/{recused.id}", {"reason": "No."}),
        ("signature", None),
    ):
        here = recused.ask("PUT", f"/decisions/{case.submission_id}/{path}", body, 404, {}).json
        nowhere = recused.ask("PUT", f"/decisions/nothing/{path}", body, 404, {}).json
        assert here["detail"] == nowhere["detail"]


def test_a_provider_cannot_find_out_by_a_withdrawal_whether_it_was_decided(half_scored):
    case = half_scored
    moderate(case)
    withdrawal = f"{case.address}/withdrawal"

    def refusal() -> tuple[str, str]:
        answer = case.accountable.ask("PUT", withdrawal, {}, 409, {}).json
        return answer["type"], answer["detail"]

    meeting_id = table(case)
    before = refusal()
    vote(case, "APP")
    assert refusal() == before
    case.secretary.put(f"/decisions/{case.submission_id}", {"code": "APP"})
    assert refusal() == before
    case.secretary.put(f"/decisions/{case.submission_id}/rescission", {"reason": "The grounds are missing."})
    assert refusal() == before
    case.secretary.ask("DELETE", f"/meetings/{meeting_id}/items/{case.submission_id}?reason=Postponed.", None, 200, {})
    case.accountable.put(withdrawal, {})


def test_what_may_not_be_seen_is_not_there_and_cannot_be_changed(half_scored):
    case = half_scored
    scores = {"scores": [{"criterion": "A1", "score": 1, "comment": "x", "confidence": "low"}]}

    answers = [
        case.reviewers[0].ask("PATCH", f"/reviews/{case.reviews[1]}/scores", scores, None, {}),
        case.reviewers[0].ask("PUT", f"/reviews/{case.reviews[1]}/lock", None, None, {}),
        case.stranger.ask("PATCH", f"{case.address}/content", {"title_en": "Another title"}, None, {}),
        case.stranger.ask("PUT", f"{case.address}/withdrawal", {}, None, {}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404, 404, 404], [answer.text for answer in answers]
