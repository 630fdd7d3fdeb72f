"""How a verification centre comes and goes: approved, renamed, suspended, reinstated, and ended."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from qa_platform.centres.commands import ApproveCentre, ChangeCentre, EndApproval, ReinstateCentre, SuspendCentre
from qa_platform.kernel.roles import Role
from qa_platform.people.commands import WithdrawRole
from qa_platform.simulation.opening import account

if TYPE_CHECKING:
    from qa_platform.simulation.acts import Act
    from qa_platform.simulation.beside.scene import Scene

_DESK: Final = 20  # the number of a person


def third_centre(scene: Scene) -> Iterator[Act]:
    """Give the life of a small centre, and of somebody's role at it; another centre succeeds it."""
    about = {"centre_id": scene.new_id()}
    register, administrator = scene.office(Role.REGISTER_OFFICER), scene.office(Role.ADMINISTRATOR)
    approved = ApproveCentre(
        **about, name="Pusat Verifikasi Timur (simulated)", approved_on=scene.day(20), simulated=True
    )
    yield scene.act(register, approved.approved_on, approved)
    desk = scene.player(_DESK, Role.INTAKE_OFFICER)
    yield scene.act(administrator, scene.day(22), *account(desk, about["centre_id"]))
    yield scene.act(register, scene.day(50), ChangeCentre(**about, name="Pusat Verifikasi Pantai Timur (simulated)"))
    suspend = SuspendCentre(
        **about, suspended_from=scene.day(105), reason="Two cases were overdue, and nobody answered for them."
    )
    yield scene.act(register, suspend.suspended_from, suspend)
    reinstate = ReinstateCentre(**about, reinstated_from=scene.day(125), reason="It has found a second officer.")
    yield scene.act(register, reinstate.reinstated_from, reinstate)
    end = EndApproval(
        **about,
        ended_on=scene.day(250),
        reason="The centre is too small to go on by itself.",
        successor_id=scene.company.centres[0],
    )
    yield scene.act(register, end.ended_on, end)
    withdraw = WithdrawRole(
        person_id=desk.person_id,
        role=desk.role,
        reason="duties_changed",
        asked_by=administrator.person_id,
        centre_id=about["centre_id"],
    )
    yield scene.act(administrator, scene.day(251), withdraw)
