from __future__ import annotations

from datetime import timedelta

from msgspec.structs import replace

from qa_platform.providers.commands import (
    AnnulSuspension,
    ExpireRecognition,
    LapseApplication,
    RecogniseProvider,
    RefuseApplication,
    RequestInformation,
    SuspendProvider,
    WithdrawInformationRequest,
)
from qa_platform.simulation.beside.providers import unrecognised


def commands(scene, number: int) -> list[object]:
    return [command for act in list(unrecognised(scene))[number] for command in act.commands]


def of(asked: list[object], kind: type) -> list[object]:
    return [one for one in asked if isinstance(one, kind)]


def test_a_refusal_that_was_an_error_is_taken_back_and_another_follows_on_another_ground(scene):
    first, second = of(commands(scene, 0), RefuseApplication)

    assert first.application_id == second.application_id
    assert first.grounds != second.grounds


def test_an_application_lapses_on_the_day_after_the_last_to_answer_the_request_that_stands(scene):
    asked = commands(scene, 1)
    (taken_back,), (lapsed,) = of(asked, WithdrawInformationRequest), of(asked, LapseApplication)
    first, second = of(asked, RequestInformation)

    assert first.on < taken_back.on < second.on
    assert lapsed.on == second.due_on + timedelta(days=1)


def test_a_recognition_expires_on_the_day_after_its_last(scene):
    asked = commands(scene, 3)
    (recognised,), (expired,) = of(asked, RecogniseProvider), of(asked, ExpireRecognition)
    (suspended,), (annulled,) = of(asked, SuspendProvider), of(asked, AnnulSuspension)

    assert expired.on == recognised.valid_to + timedelta(days=1)
    assert recognised.valid_from < suspended.suspended_from < annulled.on < recognised.valid_to


def test_nobody_is_suspended_where_a_recognition_is_short(scene):
    brief = replace(scene, deadlines=replace(scene.deadlines, recognition_months=2))
    asked = commands(brief, 3)

    assert not of(asked, SuspendProvider)
    assert of(asked, ExpireRecognition)


def test_every_story_goes_forward_in_time(scene):
    for story in unrecognised(scene):
        times = [act.at for act in story]
        assert times == sorted(times)
