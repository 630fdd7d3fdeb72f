from __future__ import annotations

from qa_platform.centres.commands import EndApproval
from qa_platform.people.commands import RegisterPerson
from qa_platform.simulation.beside import beside_the_cases
from qa_platform.simulation.names import MARK


def test_every_story_goes_forward_in_time_and_has_people_of_its_own(scene):
    known = {player.person_id for player in scene.company.everybody()}
    for story in beside_the_cases(scene):
        acts = list(story)
        times = [act.at for act in acts]
        people = [one for act in acts for one in act.commands if isinstance(one, RegisterPerson)]

        assert times == sorted(times)
        assert not known & {one.person_id for one in people}
        assert all(one.name.endswith(MARK) for one in people)
        known |= {one.person_id for one in people}


def test_a_centre_that_ends_has_a_successor_that_goes_on(scene):
    commands = [one for story in beside_the_cases(scene) for act in story for one in act.commands]
    (ended,) = [one for one in commands if isinstance(one, EndApproval)]

    assert ended.successor_id in scene.company.centres
    assert ended.centre_id not in scene.company.centres
