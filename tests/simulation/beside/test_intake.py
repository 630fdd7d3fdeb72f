from __future__ import annotations

from types import SimpleNamespace

import pytest

from qa_platform.batches.commands import RecordBatch, TakeBackBatch
from qa_platform.centres.commands import AssignCase, MoveCase
from qa_platform.simulation.beside.intake import at_the_desk
from qa_platform.submissions.commands import NamePerson, RemovePerson, ReturnSubmission, TakeBackStep


@pytest.fixture
def of(scene):
    def read(_stream: str) -> list[SimpleNamespace]:
        return [SimpleNamespace(version=7)]

    commands = [one for act in at_the_desk(scene) for one in act.asked(read)]
    return lambda kind: [one for one in commands if isinstance(one, kind)]


def test_what_is_returned_as_one_act_is_taken_back_as_one(of):
    (done,), (taken_back,) = of(RecordBatch), of(TakeBackBatch)

    assert [item.subject for item in done.items] == list(taken_back.subjects)
    assert {item.version for item in done.items} == {8}
    assert {one.submission_id for one in of(ReturnSubmission)} == set(taken_back.subjects)
    assert {one.submission_id for one in of(TakeBackStep)} == set(taken_back.subjects)


def test_who_is_named_and_has_no_time_is_removed(scene, of):
    named = {one.subject: one.submission_id for one in of(NamePerson)}
    removed = of(RemovePerson)

    assert len(removed) == len(scene.courses)
    assert all(named[one.subject] == one.submission_id for one in removed)


def test_a_case_moves_from_one_centre_to_another(scene, of):
    (given,), (moved,) = of(AssignCase), of(MoveCase)

    assert given.submission_id == moved.submission_id
    assert (given.centre_id, moved.to_centre_id) == scene.company.centres
