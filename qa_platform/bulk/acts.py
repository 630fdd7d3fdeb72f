"""What can be done to many cases at once: one table, each with who may do it and how it is taken back.

An act asks its rooms in so many questions, however many cases it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from qa_platform.batches.events import Item
from qa_platform.bulk.asking import Act, Asking, Planned, submissions_of, unknown
from qa_platform.bulk.releasing import DECISIONS_STAND, LETTERS_GONE, release_decisions, release_letters
from qa_platform.kernel.event import Command
from qa_platform.kernel.roles import Actor, Role
from qa_platform.panels.commands import StandReviewerDown
from qa_platform.panels.read_model import PANELS, candidacy_of, know, select_panels, to_assign, within_caps
from qa_platform.submissions.commands import ExtendReturn, ReturnSubmission, TakeBackStep
from qa_platform.submissions.events import Step
from qa_platform.submissions.read_model import SubmissionRow


def _each(
    asking: Asking, items: Sequence[Mapping[str, Any]], command: Callable[[SubmissionRow], Command]
) -> list[Planned]:
    rows = submissions_of(asking, [item["id"] for item in items])
    return [
        Planned(about=one, subject=one, title=rows[one].title_en or rows[one].title_ms, commands=(command(rows[one]),))
        if one in rows
        else unknown(one)
        for one in (item["id"] for item in items)
    ]


def _return(asking: Asking, items: Sequence[Mapping[str, Any]]) -> list[Planned]:
    due_on = asking.said["due_on"] or asking.deadlines.answer_to_return(asking.on)
    return _each(
        asking,
        items,
        lambda row: ReturnSubmission(
            submission_id=row.submission_id, on=asking.on, due_on=due_on, remark=asking.said["remark"]
        ),
    )


def _extend(asking: Asking, items: Sequence[Mapping[str, Any]]) -> list[Planned]:
    return _each(
        asking,
        items,
        lambda row: ExtendReturn(
            submission_id=row.submission_id,
            on=asking.on,
            due_on=asking.said["due_on"] or asking.deadlines.extended_answer(row.due_on or asking.on),
            reason=asking.said["remark"] or "",
        ),
    )


def _taken_back(step: Step) -> Callable[[Asking, Sequence[Item]], list[Planned]]:
    def reverse(asking: Asking, items: Sequence[Item]) -> list[Planned]:
        return _each(
            asking,
            [{"id": item.about} for item in items],
            lambda row: TakeBackStep(
                submission_id=row.submission_id, on=asking.on, step=step, reason=asking.said["reason"]
            ),
        )

    return reverse


def _assign(asking: Asking, items: Sequence[Mapping[str, Any]]) -> list[Planned]:
    panels = {row.submission_id: row for row in _panels(asking, [item["id"] for item in items])}
    known = know(asking.connection, panels, rotation=asking.deadlines.rotation)
    planned: list[Planned] = []
    # Each seat of this act counts for the next one that goes to the same reviewer.
    given: Counter[str] = Counter()
    for number, item in enumerate(items):
        review_id, panel = asking.new_id(f"review-{number}"), panels.get(item["id"])
        if panel is None:
            planned.append(unknown(item["id"], review_id))
            continue
        candidate = candidacy_of(known, panel, item.get("reviewer_id") or "", asking.on)
        if candidate is None or item.get("seat") is None or candidate.outside:
            why = "Nobody was assigned: name a seat, and a reviewer from the candidates."
            planned.append(Planned(about=item["id"], subject=review_id, why=why))
        else:
            candidate = replace(candidate, open_cases=candidate.open_cases + given[candidate.reviewer_id])
            given[candidate.reviewer_id] += 1
            reasons = (asking.said["remark"],) if asking.said["remark"] else ()
            command = to_assign(candidate, item["id"], review_id, item["seat"], reasons=reasons, on=asking.on)
            planned.append(
                Planned(about=item["id"], subject=review_id, commands=(command,), depends_on=candidate.rests_on)
            )
    return planned


def _panels(asking: Asking, ids: Sequence[str]) -> list[Any]:
    query = select_panels(asking.actor).where(PANELS.table.c.submission_id.in_(sorted(set(ids))))
    return PANELS.rows(asking.connection, query)


def _stand_down(asking: Asking, items: Sequence[Item]) -> list[Planned]:
    known = {row.submission_id for row in _panels(asking, [item.about for item in items])}
    return [
        Planned(
            about=item.about,
            subject=item.subject,
            commands=(StandReviewerDown(submission_id=item.about, review_id=item.subject, ground="officer"),),
        )
        if item.about in known
        else unknown(item.about, item.subject)
        for item in items
    ]


ACTS: Mapping[str, Act] = {
    "return": Act(roles=(Role.INTAKE_OFFICER,), plan=_return, reverse=_taken_back(Step.RETURN), exact=True),
    "extend": Act(roles=(Role.INTAKE_OFFICER,), plan=_extend, reverse=_taken_back(Step.EXTENSION), exact=True),
    "assign": Act(
        roles=(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY), plan=_assign, reverse=_stand_down, check=within_caps
    ),
    "release_decisions": Act(roles=(Role.COMMITTEE_SECRETARY,), plan=release_decisions, final=DECISIONS_STAND),
    "release_letters": Act(
        roles=(Role.INTAKE_OFFICER, Role.COMMITTEE_SECRETARY, Role.REGISTER_OFFICER),
        plan=release_letters,
        final=LETTERS_GONE,
    ),
}


def acts_of(viewer: Actor) -> list[str]:
    """Return the acts that a viewer may do in the role he acts in; an auditor knows of all."""
    if viewer.acting_as is Role.AUDITOR:
        return sorted(ACTS)
    return sorted(name for name, act in ACTS.items() if viewer.acting_as in act.roles)
