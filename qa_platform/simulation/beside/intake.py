"""What the intake desk does to many courses at once, and takes back; and a case that goes to another centre."""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from qa_platform.batches.commands import RecordBatch, TakeBackBatch
from qa_platform.batches.events import Item
from qa_platform.centres.commands import AssignCase, MoveCase
from qa_platform.kernel.roles import Role
from qa_platform.simulation.acts import Act, ReadStream
from qa_platform.simulation.desk import Desk
from qa_platform.simulation.names import person
from qa_platform.simulation.office import working_days_after
from qa_platform.simulation.story import story
from qa_platform.submissions.commands import (
    NamePerson,
    RemovePerson,
    ReturnSubmission,
    TakeBackStep,
    WithdrawSubmission,
)
from qa_platform.submissions.events import Capacity, Step

if TYPE_CHECKING:
    from qa_platform.kernel.event import Command
    from qa_platform.kernel.roles import Actor
    from qa_platform.simulation.beside.scene import Scene
    from qa_platform.simulation.case import Case

_BEGINS: Final = 140  # working days after the agency's first
_LONGEST_DRAFT: Final = 9
_PEOPLE: Final = 3_000_900  # above the other people beside the cases


def at_the_desk(scene: Scene) -> Iterator[Act]:
    """Give what becomes of three courses of one provider, which are lodged together and become one in the end."""
    begins = scene.day(_BEGINS)
    yield from heapq.merge(*(_drafted(scene, case, begins) for case in scene.courses), key=attrgetter("at"))
    on = working_days_after(begins, _LONGEST_DRAFT + 1)
    desk = scene.office(Role.INTAKE_OFFICER)
    yield from _returned_in_error(scene, desk, on)
    yield from _given_away(scene, desk, working_days_after(on, 3))
    last = working_days_after(on, 8)
    reason = "The three courses become one, which is put forward later."
    withdrawals = [
        WithdrawSubmission(submission_id=case.submission_id, decided=False, reason=reason) for case in scene.courses
    ]
    yield scene.act(scene.courses[0].provider.accountable.actor, last, *withdrawals)


def _drafted(scene: Scene, case: Case, begins: date) -> Iterator[Act]:
    """Give the way of a course until it is lodged; somebody is named in it who then has no time."""
    acts = story(case, scene.company, Desk(()), "", begins)
    yield next(acts)
    officer, invented = case.provider.officer.actor, person(scene.seed, _PEOPLE + case.number)
    about = {"submission_id": case.submission_id, "subject": case.new_id()}
    named = NamePerson(**about, capacity=Capacity.INSTRUCTOR, name=invented.name, email=invented.email)
    yield Act(at=case.at(begins), actor=officer, commands=(named,))
    yield Act(at=case.at(working_days_after(begins, 1)), actor=officer, commands=(RemovePerson(**about),))
    yield from acts


def _returned_in_error(scene: Scene, desk: Actor, on: date) -> Iterator[Act]:
    batch_id, ids = scene.new_id(), tuple(case.submission_id for case in scene.courses)
    returns = [
        ReturnSubmission(
            submission_id=one,
            on=on,
            due_on=scene.deadlines.answer_to_return(on),
            remark="The samples of the final assessment are not legible.",
        )
        for one in ids
    ]

    def returning(read: ReadStream) -> tuple[Command, ...]:
        return (RecordBatch(batch_id=batch_id, act="return", items=tuple(_item(one, read) for one in ids)), *returns)

    yield Act(at=scene.act(desk, on, *returns).at, actor=desk, rests_on=returning)
    later, reason = working_days_after(on, 1), "The samples can be read: the desk had opened older copies."
    steps = (TakeBackStep(submission_id=one, on=later, step=Step.RETURN, reason=reason) for one in ids)
    yield scene.act(desk, later, TakeBackBatch(batch_id=batch_id, reason=reason, subjects=ids), *steps)


def _item(submission_id: str, read: ReadStream) -> Item:
    stream = f"submission-{submission_id}"
    return Item(about=submission_id, subject=submission_id, stream=stream, version=read(stream)[-1].version + 1)


def _given_away(scene: Scene, desk: Actor, on: date) -> Iterator[Act]:
    submission_id, (north, south) = scene.courses[0].submission_id, scene.company.centres
    assign = AssignCase(submission_id=submission_id, centre_id=north, on=on, lodged=True, centre_is_approved=True)
    yield scene.act(desk, on, assign)
    later = working_days_after(on, 2)
    move = MoveCase(
        submission_id=submission_id,
        to_centre_id=south,
        on=later,
        reason="The first centre has advised the provider on this course.",
        centre_is_approved=True,
    )
    yield scene.act(desk, later, move)
