"""Applications for recognition: how far each is, who holds it, and until when."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any, get_args

import sqlalchemy as sa
from msgspec.structs import replace
from sqlalchemy import Connection

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.rejected import Fault, Missing
from qa_platform.kernel.roles import PROVIDER_ROLES, Actor
from qa_platform.ledger.projection import Projection, Row
from qa_platform.providers.decider import OPEN, Stage
from qa_platform.providers.events import (
    ApplicationEvent,
    Particulars,
    ProviderApplicationFoundComplete,
    ProviderApplicationGranted,
    ProviderApplicationLapsed,
    ProviderApplicationWithdrawn,
    ProviderApplied,
    ProviderInformationRequested,
    ProviderInformationRequestWithdrawn,
    ProviderInformationSupplied,
    ProviderRecognitionWithdrawn,
    ProviderRefusalReopened,
    ProviderRefused,
    Purpose,
    RefusalGround,
)

_Event = ApplicationEvent | ProviderRecognitionWithdrawn


class Holder(StrEnum):
    """Who has to do something for an application to go on."""

    INTAKE = "intake_officer"
    PROVIDER = "provider"
    REGISTER = "register_officer"


class ApplicationRow(Row, frozen=True, kw_only=True):
    """An application; `due_on` is until when its holder has it, `answer_due_on` what the agency means to keep."""

    application_id: str
    provider_id: str
    version: int
    legal_name: str
    purpose: Purpose
    stage: Stage
    holder: Holder | None
    applied_on: date
    due_on: date | None
    answer_due_on: date
    held_since: datetime
    particulars: Particulars
    requests: int = 0
    request_faults: tuple[Fault, ...] = ()
    request_remark: str | None = None
    stage_before: Stage = Stage.SUBMITTED
    answer: str | None = None
    ended_on: date | None = None
    grounds: tuple[RefusalGround, ...] = ()
    reasons: str | None = None


def keys(recorded: Recorded[_Event]) -> tuple[str, ...]:
    """Return the application that an event is about; a recognition that was taken back may rest on none."""
    application_id = recorded.event.application_id
    return () if application_id is None else (application_id,)


def fold(row: ApplicationRow | None, recorded: Recorded[_Event]) -> ApplicationRow | None:
    """Return the application after one event."""
    event = recorded.event
    if isinstance(event, ProviderApplied):
        return _applied(event, recorded)
    if row is None:
        return None
    after = replace(_after(row, event), version=recorded.version)
    return after if after.holder is row.holder else replace(after, held_since=recorded.at)


def _applied(event: ProviderApplied, recorded: Recorded[_Event]) -> ApplicationRow:
    return ApplicationRow(
        application_id=event.application_id,
        provider_id=event.provider_id,
        version=recorded.version,
        legal_name=event.particulars.legal_name,
        purpose=event.purpose,
        stage=Stage.SUBMITTED,
        holder=Holder.INTAKE,
        applied_on=event.applied_on,
        due_on=event.answer_due_on,
        answer_due_on=event.answer_due_on,
        held_since=recorded.at,
        particulars=event.particulars,
    )


def _after(row: ApplicationRow, event: _Event) -> ApplicationRow:
    match event:
        case ProviderInformationRequested():
            return _requested(row, event)
        case ProviderInformationRequestWithdrawn():
            return _held(row, row.stage_before, event.answer_due_on)
        case ProviderInformationSupplied():
            name = event.particulars.legal_name
            supplied = replace(row, answer=event.answer, particulars=event.particulars, legal_name=name)
            return _held(supplied, Stage.SUBMITTED, event.answer_due_on)
        case ProviderApplicationFoundComplete():
            return _held(row, Stage.COMPLETE, row.answer_due_on)
        case ProviderRefusalReopened():
            reopened = replace(row, grounds=(), reasons=None)
            return _held(reopened, Stage.COMPLETE, event.answer_due_on)
        case ProviderRecognitionWithdrawn():
            return _held(row, Stage.COMPLETE, row.answer_due_on)
        case ProviderApplicationGranted():
            return _ended(row, Stage.GRANTED, event.granted_on)
        case ProviderRefused():
            refused = replace(row, grounds=event.grounds, reasons=event.reasons)
            return _ended(refused, Stage.REFUSED, event.refused_on)
        case ProviderApplicationWithdrawn():
            return replace(_ended(row, Stage.WITHDRAWN, None), reasons=event.reason)
        case ProviderApplicationLapsed():
            return _ended(row, Stage.LAPSED, event.due_on)
        case _:
            return row


def _requested(row: ApplicationRow, event: ProviderInformationRequested) -> ApplicationRow:
    return replace(
        row,
        stage=Stage.RETURNED,
        stage_before=row.stage,
        holder=Holder.PROVIDER,
        due_on=event.due_on,
        requests=event.request,
        request_faults=event.faults,
        request_remark=event.remark,
    )


def _held(row: ApplicationRow, stage: Stage, due_on: date) -> ApplicationRow:
    holder = Holder.REGISTER if stage is Stage.COMPLETE else Holder.INTAKE
    return replace(
        row,
        stage=stage,
        holder=holder,
        due_on=due_on,
        answer_due_on=due_on,
        request_faults=(),
        request_remark=None,
        ended_on=None,
    )


def _ended(row: ApplicationRow, stage: Stage, on: date | None) -> ApplicationRow:
    return replace(row, stage=stage, holder=None, due_on=None, ended_on=on, request_faults=(), request_remark=None)


APPLICATIONS: Projection[ApplicationRow] = Projection(
    name="provider_applications",
    row=ApplicationRow,
    key="application_id",
    events=(*get_args(ApplicationEvent), ProviderRecognitionWithdrawn),
    keys=keys,
    fold=fold,
    indexes=(("due_on",), ("provider_id",), ("holder", "due_on"), ("stage", "due_on")),
)


def select_applications(
    viewer: Actor,
    *,
    stage: Stage | None = None,
    holder: Holder | None = None,
    provider_id: str | None = None,
    waiting: bool | None = None,
    due_before: date | None = None,
) -> sa.Select[Any]:
    """Return the query for the applications that a viewer may see: a provider its own, officers all."""
    column = APPLICATIONS.table.c
    query = sa.select(APPLICATIONS.table)
    if viewer.acting_as in PROVIDER_ROLES:
        query = query.where(column.provider_id.in_(sorted(viewer.providers)))
    if stage is not None:
        query = query.where(column.stage == stage.value)
    if holder is not None:
        query = query.where(column.holder == holder.value)
    if provider_id is not None:
        query = query.where(column.provider_id == provider_id)
    if waiting is not None:
        is_open = column.stage.in_(sorted(OPEN))
        query = query.where(is_open if waiting else sa.not_(is_open))
    if due_before is not None:
        query = query.where(column.due_on < due_before)
    return query


def get_application(connection: Connection, application_id: str, viewer: Actor) -> ApplicationRow:
    """Return an application. Raises Missing if there is none that the viewer may see."""
    query = select_applications(viewer).where(APPLICATIONS.table.c.application_id == application_id)
    found = APPLICATIONS.rows(connection, query)
    if not found:
        raise Missing(f"There is no application “{application_id}”. Check the address.")
    return found[0]


def list_unanswered(connection: Connection, on: date) -> list[ApplicationRow]:
    """Return the applications whose request for information was not answered in time, the longest overdue first."""
    column = APPLICATIONS.table.c
    query = sa.select(APPLICATIONS.table).where(column.stage == Stage.RETURNED.value, column.due_on < on)
    return APPLICATIONS.rows(connection, query.order_by(column.due_on, column.application_id))
