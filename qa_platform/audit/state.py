"""The whole state of a case, folded from the events that a viewer sees, and from nothing else.

What is not among the seen events cannot get in: that is how a state stays as blind as its
timeline. The outcome is computed, and only for who sees every score that it is made of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec

from qa_platform.accreditations.decider import Act, order, standing_of
from qa_platform.audit.sight import Seen
from qa_platform.scoring.outcome import Outcome, Score, Sheet, explain, outcome
from qa_platform.scoring.rubric import Rubric
from qa_platform.submissions.decider import INTAKE_CODES, Status


class CaseState(msgspec.Struct, frozen=True, kw_only=True):
    """What a viewer knows of a case at an instant; parts he knows nothing of are empty."""

    case_id: str
    position: int | None
    at: datetime
    events: int
    submission: dict[str, Any]
    component: dict[str, Any]
    content: dict[str, Any]
    people: dict[str, Any]
    panel: dict[str, Any]
    reviews: dict[str, Any]
    queries: dict[str, Any]
    outcome: dict[str, Any] | None
    decision: dict[str, Any]
    accreditation: dict[str, Any]
    conditions: dict[str, Any]
    history: dict[str, Any]


_PARTS = (
    *("submission", "component", "content", "people", "panel", "reviews", "queries"),
    *("decision", "accreditation", "conditions", "history"),
)


def state_of(case_id: str, seen: Sequence[Seen], rubric: Rubric | None) -> CaseState:
    """Return the state after these events, of which there is at least one."""
    parts: dict[str, dict[str, Any]] = {name: {} for name in _PARTS}
    for event in seen:
        if (fold := _FOLDS.get(event.name)) is not None:
            fold(parts, event)
    return CaseState(
        case_id=case_id,
        position=seen[-1].position,
        at=seen[-1].at,
        events=len(seen),
        outcome=_outcome(parts, rubric),
        **parts,
    )


Parts = dict[str, dict[str, Any]]


def _told(event: Seen, *without: str) -> dict[str, Any]:
    return {name: value for name, value in event.data.items() if name not in {"submission_id", *without}}


def _submission(status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        parts["submission"] |= {"status": status, **_told(event)}
        _typed(parts["submission"])

    return fold


def _typed(submission: dict[str, Any]) -> None:
    # Each intake outcome carries its type; what goes on carries none.
    submission.pop("decision_code", None)
    if (code := INTAKE_CODES.get(Status(submission["status"]))) is not None:
        submission["decision_code"] = code.value


def _taken_back(parts: Parts, event: Seen) -> None:
    parts["submission"] |= {"status": event.data["status"], "due_on": event.data["due_on"]}
    parts["submission"] |= {"taken_back": {name: event.data[name] for name in ("step", "reason")}}
    _typed(parts["submission"])


def _component(status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        standing = "full_route" if event.data.get("drawn") else status
        parts["component"] |= {**_told(event), "status": standing}

    return fold


def _component_again(parts: Parts, event: Seen) -> None:
    again = {"refusal": "notified", "ending": "listed"}[event.data["undone"]]
    number = event.data["number"] or parts["component"].get("number")
    parts["component"] |= {**_told(event), "status": again, "number": number}
    parts["component"] |= {"decision_code": "LIST" if again == "listed" else None}


def _linked(parts: Parts, event: Seen) -> None:
    parts["submission"] |= _told(event)


def _cosigner(parts: Parts, event: Seen) -> None:
    parts["submission"] |= {"cosigner_id": event.data["centre_id"]}


def _cosigned(parts: Parts, event: Seen) -> None:
    parts["decision"] |= {"cosigned": _told(event)}


def _centre(parts: Parts, event: Seen) -> None:
    given = event.data.get("centre_id", event.data.get("to_centre_id"))
    parts["submission"] |= {"centre_id": given}


def _content(parts: Parts, event: Seen) -> None:
    parts["content"] |= event.data["content"]


def _person_named(parts: Parts, event: Seen) -> None:
    parts["people"][event.data["subject"]] = _told(event, "subject")


def _person_removed(parts: Parts, event: Seen) -> None:
    parts["people"].pop(event.data["subject"], None)


def _panel(parts: Parts, event: Seen) -> None:
    parts["panel"] |= {"opened": True, "held": {}, "settled": {}, **_told(event)}


def _seat(status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        seats = parts["panel"].setdefault("held", {})
        seats[str(event.data["seat"])] = {"status": status, **_told(event, "seat")}

    return fold


def _proposal(status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        told = _told(event, "seat", "instead_of", "reason")
        parts["panel"]["proposal"] = {**parts["panel"].get("proposal", {}), "status": status, **told}

    return fold


def _objection(parts: Parts, event: Seen) -> None:
    parts["panel"]["objection"] = {**parts["panel"].get("objection", {}), **_told(event)}


def _reminded(parts: Parts, event: Seen) -> None:
    held = parts["panel"].setdefault("held", {})
    held[str(event.data["seat"])] = {**held.get(str(event.data["seat"]), {}), "reminded": True}


def _lead(parts: Parts, event: Seen) -> None:
    parts["panel"]["lead"] = event.data["lead_id"]


def _scoring_closed(parts: Parts, event: Seen) -> None:
    parts["panel"] |= {"scoring_closed": True, "locked_reviews": event.data.get("reviews")}


def _settled(parts: Parts, event: Seen) -> None:
    settled = parts["panel"].setdefault("settled", {})
    settled[event.data["criterion"]] = _told(event, "criterion")


def _moderation_closed(parts: Parts, _event: Seen) -> None:
    parts["panel"]["moderation_closed"] = True


def _reopened(parts: Parts, event: Seen) -> None:
    parts["panel"].setdefault("settled", {}).pop(event.data["criterion"], None)


def _proposed(parts: Parts, event: Seen) -> None:
    parts["panel"].setdefault("proposed", {})[event.data["criterion"]] = _told(event, "criterion")


def _not_proposed(parts: Parts, event: Seen) -> None:
    parts["panel"].get("proposed", {}).pop(event.data["criterion"], None)


def _answered(answer: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        proposed = parts["panel"].setdefault("proposed", {}).setdefault(event.data["criterion"], {})
        proposed.setdefault("answers", {})[event.data["reviewer_id"]] = {"answer": answer, **_told(event)}

    return fold


def _moderation_reopened(parts: Parts, _event: Seen) -> None:
    parts["panel"] |= {"moderation_closed": False}


def _differences_left(parts: Parts, event: Seen) -> None:
    parts["panel"] |= {"left_apart": event.data["differences"]}


def _third(status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        # Nothing is compared while a third review is under way.
        third = {"third_review": {**_told(event), "status": status}}
        parts["panel"] |= third | {"scoring_closed": status != "requested"}

    return fold


def _median(parts: Parts, event: Seen) -> None:
    parts["panel"] |= {"settled_by_median": event.data["criteria"]}


def _report(status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        report = parts["panel"].setdefault("report", {"claims": {}})
        report |= {"status": status, **_told(event)}

    return fold


def _claim(parts: Parts, event: Seen) -> None:
    report = parts["panel"].setdefault("report", {"claims": {}})
    claim = report["claims"].setdefault(event.data["claim_id"], {})
    claim |= _told(event, "claim_id")


def _claim_withdrawn(parts: Parts, event: Seen) -> None:
    parts["panel"].get("report", {"claims": {}})["claims"].pop(event.data["claim_id"], None)


def _review(status: str | None) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        review = parts["reviews"].setdefault(event.review or "Review", {"scores": {}})
        review |= _told(event, "review_id")
        if status is not None:
            review["status"] = status

    return fold


def _scored(parts: Parts, event: Seen) -> None:
    review = parts["reviews"].setdefault(event.review or "Review", {"scores": {}})
    review["scores"][event.data["criterion"]] = _told(event, "criterion", "reviewer_id", "review_id")


def _late(parts: Parts, event: Seen) -> None:
    review = parts["reviews"].setdefault(event.review or "Review", {"scores": {}})
    review.setdefault("late", []).append(_told(event, "reviewer_id", "review_id"))


def _question(parts: Parts, event: Seen) -> None:
    review = parts["reviews"].setdefault(event.review or "Review", {"scores": {}})
    questions = review.setdefault("questions", {})
    known = questions.setdefault(event.data["question_id"], {"taken_back": False})
    known |= _told(event, "question_id", "reviewer_id", "review_id")
    known["taken_back"] = event.name == "review.question_taken_back.v1"


def _query(status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        query = parts["queries"].setdefault(event.data["query_id"], {})
        told = _told(event, "query_id", "provider_id")
        if status == "answered":
            told["answer"] = told.pop("text")
        query |= {"status": status, **told}

    return fold


def _into(part: str, **marks: Any) -> Callable[[Parts, Seen], None]:  # noqa: ANN401 -- what JSON can hold
    def fold(parts: Parts, event: Seen) -> None:
        parts[part] |= {**_told(event), **marks}

    return fold


def _recused(parts: Parts, event: Seen) -> None:
    parts["decision"].setdefault("recused", []).append(_told(event))


def _taken_part(parts: Parts, event: Seen) -> None:
    recused = parts["decision"].setdefault("recused", [])
    parts["decision"]["recused"] = [one for one in recused if one["member_id"] != event.data["member_id"]]


def _tabled(parts: Parts, event: Seen) -> None:
    # A meeting that is moved takes its items along, each with whoever chairs it.
    item = parts["decision"].get("item", {})
    chair = {name: item[name] for name in ("chair_id",) if name in item}
    parts["decision"]["item"] = {**chair, **_told(event)}


def _off(parts: Parts, _event: Seen) -> None:
    parts["decision"].pop("item", None)


def _itemised(parts: Parts, event: Seen) -> None:
    item = parts["decision"].setdefault("item", {})
    fields: dict[str, dict[str, Any]] = {
        "decision.chair_named.v1": {"chair_id": event.data.get("member_id")},
        "decision.motion_put.v1": {"code": event.data.get("code"), "votes": {}, "casting_vote": None},
        "decision.casting_vote_given.v1": {"casting_vote": event.data.get("vote")},
    }
    item |= fields[event.name]


def _voted(parts: Parts, event: Seen) -> None:
    votes = parts["decision"].setdefault("item", {}).setdefault("votes", {})
    votes.pop(event.data["member_id"], None)
    if "vote" in event.data:
        votes[event.data["member_id"]] = event.data["vote"]


def _under(name: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        known = parts["decision"].setdefault(name, {})
        known |= _told(event)

    return fold


def _variation_gone(parts: Parts, _event: Seen) -> None:
    parts["decision"].pop("variation", None)


def _listed(name: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        parts["decision"][name] = [*parts["decision"].get(name, ()), _told(event)]

    return fold


def _rescinded(parts: Parts, event: Seen) -> None:
    before = parts["decision"]
    kept: dict[str, Any] = {
        name: before[name] for name in ("recused", "item", "variation", "corrections") if name in before
    }
    rescinded = [*before.get("rescinded", ()), _told(event)]
    parts["decision"] = kept | {"rescinded": rescinded}


def _released(parts: Parts, event: Seen) -> None:
    parts["decision"].pop("item", None)
    parts["decision"] |= {**_told(event), "released": True}


def _condition(status: str | None) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        condition = parts["conditions"].setdefault(event.data["condition_id"], {"filings": [], "rulings": []})
        condition |= _told(event, "condition_id", "documents", "statement", "filing", "filings")
        if status is not None:
            condition["status"] = status
        if "filing" in event.data:
            condition["filings"].append(_told(event, "condition_id"))

    return fold


def _handed_over(parts: Parts, event: Seen) -> None:
    condition = parts["conditions"][event.data["condition_id"]]
    condition |= _told(event, "condition_id")
    condition["status"] = "filed" if condition["status"] == "under_check" else condition["status"]


def _ruled(code: str, status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        condition = parts["conditions"][event.data["condition_id"]]
        # How it stood before, should the verdict be taken back.
        stood = {name: condition.get(name) for name in ("status", "due_on", "extended")}
        condition["rulings"].append({"verdict": code, **_told(event, "condition_id"), "before": stood})
        condition |= {"status": status}
        if code == "COND-EXT":
            condition |= {"due_on": event.data["due_on"], "extended": True}

    return fold


def _reversed(parts: Parts, event: Seen) -> None:
    condition = parts["conditions"][event.data["condition_id"]]
    ruling = condition["rulings"][-1]
    ruling |= _told(event, "condition_id", "verdict", "reason") | {"reversed_because": event.data["reason"]}
    condition |= ruling["before"]


def _closing(status: str) -> Callable[[Parts, Seen], None]:
    def fold(parts: Parts, event: Seen) -> None:
        entry = parts["accreditation"]
        # The first document is kept beside those that follow it.
        entry["documents"] = [*entry.get("documents", ()), _told(event, "accreditation_id", "number")]
        entry["status"] = status

    return fold


def _history(parts: Parts, event: Seen) -> None:
    history = parts["history"]
    history |= {"history_id": event.data["history_id"], "subject": event.data["subject"]}
    acts = [*history.get("actions", ()), _told(event, "history_id", "subject") | {"recorded_at": event.at.isoformat()}]
    # By their own time: what came to us late is told where it belongs.
    history["actions"] = [act for _, act in sorted(((_act(act), act) for act in acts), key=lambda pair: order(pair[0]))]
    standing = standing_of(sorted(map(_act, acts), key=order))
    history |= msgspec.to_builtins(standing) | {"in_force": standing.in_force}


def _act(act: dict[str, Any]) -> Act:
    return msgspec.convert(act | {"row": act["source"]["row"]}, Act)


_FOLDS: dict[str, Callable[[Parts, Seen], None]] = {
    "submission.drafted.v1": _submission("draft"),
    "submission.content_changed.v1": _content,
    "submission.person_named.v1": _person_named,
    "submission.person_removed.v1": _person_removed,
    "submission.lodged.v1": _submission("lodged"),
    "submission.accepted.v1": _submission("accepted"),
    "submission.returned.v1": _submission("returned"),
    "submission.return_extended.v1": _submission("returned"),
    "submission.closed_at_intake.v1": _submission("closed"),
    "submission.withdrawn.v1": _submission("withdrawn"),
    "submission.lapsed.v1": _submission("lapsed"),
    "submission.step_taken_back.v1": _taken_back,
    "component.notified.v1": _component("notified"),
    "component.listed.v1": _component("listed"),
    "component.refused.v1": _component("refused"),
    "component.withdrawn.v1": _component("withdrawn"),
    "component.entered.v1": _component("listed"),
    "component.listing_ended.v1": _component("ended"),
    "component.step_undone.v1": _component_again,
    "submission.refiled.v1": _linked,
    "submission.filed_again.v1": _linked,
    "panel.opened.v1": _panel,
    "panel.reviewer_assigned.v1": _seat("assigned"),
    "panel.reviewer_stood_down.v1": _seat("stood_down"),
    "panel.proposed.v1": _proposal("pending"),
    "panel.proposal_changed.v1": _proposal("changed"),
    "panel.seat_change_undone.v1": _proposal("change_undone"),
    "panel.proposal_withdrawn.v1": _proposal("withdrawn"),
    "panel.proposal_confirmed.v1": _proposal("confirmed"),
    "panel.reviewer_reminded.v1": _reminded,
    "panel.objected.v1": _objection,
    "panel.objection_ruled.v1": _objection,
    "panel.lead_assigned.v1": _lead,
    "panel.scoring_closed.v1": _scoring_closed,
    "panel.criterion_settled.v1": _settled,
    "panel.moderation_closed.v1": _moderation_closed,
    "panel.moderation_reopened.v1": _moderation_reopened,
    "panel.criterion_reopened.v1": _reopened,
    "panel.score_proposed.v1": _proposed,
    "panel.score_agreed.v1": _answered("agreed"),
    "panel.score_objected.v1": _answered("objected"),
    "panel.score_carried.v1": _not_proposed,
    "panel.score_proposal_withdrawn.v1": _not_proposed,
    "panel.differences_left.v1": _differences_left,
    "panel.third_review_requested.v1": _third("requested"),
    "panel.third_review_withdrawn.v1": _third("withdrawn"),
    "panel.third_review_completed.v1": _third("completed"),
    "panel.median_settled.v1": _median,
    "panel.draft_report_issued.v1": _report("draft"),
    "panel.draft_report_withdrawn.v1": _report("withdrawn"),
    "panel.factual_error_claimed.v1": _claim,
    "panel.factual_claim_withdrawn.v1": _claim_withdrawn,
    "panel.factual_claim_resolved.v1": _claim,
    "panel.factual_check_closed.v1": _report("checked"),
    "panel.final_report_issued.v1": _report("final"),
    "review.invited.v1": _review("invited"),
    "review.interests_declared.v1": _review("interests_declared"),
    "review.ties_known.v1": _review(None),
    "review.conflict_ruled.v1": _review("conflict_ruled"),
    "review.ruling_reversed.v1": _review("ruling_reversed"),
    "review.declined.v1": _review("declined"),
    "review.ended.v1": _review("ended"),
    "review.criterion_scored.v1": _scored,
    "review.question_asked.v1": _question,
    "review.question_taken_back.v1": _question,
    "review.overdue.v1": _late,
    "review.locked.v1": _review("locked"),
    "query.forwarded.v1": _query("open"),
    "query.answered.v1": _query("answered"),
    "query.unanswered.v1": _query("unanswered"),
    "query.withdrawn.v1": _query("withdrawn"),
    "decision.member_recused.v1": _recused,
    "decision.recusal_withdrawn.v1": _taken_part,
    "decision.tabled.v1": _tabled,
    "decision.taken_off.v1": _off,
    "decision.chair_named.v1": _itemised,
    "decision.motion_put.v1": _itemised,
    "decision.vote_cast.v1": _voted,
    "decision.vote_withdrawn.v1": _voted,
    "decision.casting_vote_given.v1": _itemised,
    "decision.taken.v1": _into("decision", taken=True),
    "decision.minuted.v1": _under("minutes"),
    "decision.countersigned.v1": _under("signature"),
    "decision.dissent_recorded.v1": _listed("dissents"),
    "decision.rescinded.v1": _rescinded,
    "decision.released.v1": _released,
    "decision.notified.v1": _under("rights"),
    "decision.corrected.v1": _listed("corrections"),
    "decision.evidence_awaited.v1": _under("evidence"),
    "decision.evidence_supplied.v1": _under("evidence"),
    "decision.variation_proposed.v1": _under("variation"),
    "decision.variation_answered.v1": _under("variation"),
    "decision.variation_withdrawn.v1": _variation_gone,
    "register_number.issued.v1": _into("accreditation"),
    "accreditation.opened.v1": _into("accreditation", opened=True),
    "accreditation.conditions_met.v1": _closing("listed"),
    "accreditation.closing_corrected.v1": _closing("conditional"),
    "condition.set.v1": _condition("set"),
    "condition.evidence_filed.v1": _condition("filed"),
    "condition.check_begun.v1": _condition("under_check"),
    "condition.check_handed_over.v1": _handed_over,
    "condition.met.v1": _ruled("COND-MET", "met"),
    "condition.extended.v1": _ruled("COND-EXT", "extended"),
    "condition.not_met.v1": _ruled("COND-FAIL", "not_met"),
    "condition.lapsed.v1": _condition("lapsed"),
    "condition.verdict_reversed.v1": _reversed,
    "accreditation.action_imported.v1": _history,
    "centre.case_assigned.v1": _centre,
    "centre.case_moved.v1": _centre,
    "centre.cosigner_named.v1": _cosigner,
    "centre.decision_cosigned.v1": _cosigned,
}
KNOWN_EVENTS = frozenset(_FOLDS)


def _outcome(parts: Parts, rubric: Rubric | None) -> dict[str, Any] | None:
    panel = parts["panel"]
    sheets = [_sheet(label, review) for label, review in parts["reviews"].items() if review["scores"]]
    ended = [label for label, one in parts["reviews"].items() if one.get("status") in {"declined", "ended"}]
    sheets = [sheet for sheet in sheets if sheet.review_id not in ended]
    if rubric is None or not panel.get("scoring_closed") or len(sheets) < panel.get("seats", len(sheets) + 1):
        return None
    settled = {criterion: one["score"] for criterion, one in panel.get("settled", {}).items()}
    told = _outcome_told(outcome(rubric, panel["route"], sheets, settled))
    if not all("confidence" in one for review in parts["reviews"].values() for one in review["scores"].values()):
        # What called for moderation may rest on what this viewer does not see.
        del told["triggers"]
    return told


def _sheet(label: str, review: dict[str, Any]) -> Sheet:
    # Whoever may not see how sure a reviewer was gets the outcome all the same: it moves no index.
    scores = {
        criterion: Score(score=one["score"], confidence=one.get("confidence", "high"))
        for criterion, one in review["scores"].items()
    }
    return Sheet(review_id=label, scores=scores)


def _outcome_told(found: Outcome) -> dict[str, Any]:
    return {
        "band": found.band,
        "index": str(found.index),
        "areas": {area: str(index) for area, index in found.area_indices.items()},
        "must_pass_faults": list(found.must_pass_faults),
        "triggers": [msgspec.to_builtins(trigger) for trigger in found.triggers],
        "findings": [msgspec.to_builtins(finding) for finding in found.findings],
        "explained": {language: list(explain(found, language)) for language in ("en", "ms")},
    }


def changes(before: Any, after: Any, path: tuple[str, ...] = ()) -> list[dict[str, Any]]:  # noqa: ANN401 -- builtins
    """Return what differs between two states as `{path, before, after}`; None stands for absent."""
    if isinstance(before, dict) and isinstance(after, dict):
        return [
            change
            for key in _keys(before, after)
            for change in changes(before.get(key), after.get(key), (*path, str(key)))
        ]
    return [] if before == after else [{"path": ".".join(path), "before": before, "after": after}]


def _keys(before: dict[str, Any], after: dict[str, Any]) -> Iterable[str]:
    return [*before, *(key for key in after if key not in before)]
