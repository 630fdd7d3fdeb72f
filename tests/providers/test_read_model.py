from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
import pytest
import sqlalchemy as sa

from qa_platform.kernel.event import Recorded
from qa_platform.kernel.roles import Actor, Role
from qa_platform.providers import read_model
from qa_platform.providers.decider import Status
from qa_platform.providers.read_model import PROVIDERS, lodgings
from tests.providers import factories as f
from tests.providers.factories import (
    AnnulSuspensionFactory,
    CeaseProviderFactory,
    ChangeDetailsFactory,
    ExpireRecognitionFactory,
    RecogniseProviderFactory,
    RegisterProviderFactory,
    ReinstateProviderFactory,
    SuspendProviderFactory,
    WithdrawRecognitionFactory,
)
from tests.submissions.factories import SubmissionDraftedFactory, SubmissionLodgedFactory


def viewer(role: Role, *providers: str) -> Actor:
    return Actor(person_id="v", roles=frozenset({role}), acting_as=role, providers=frozenset(providers))


REGISTRAR = viewer(Role.REGISTER_OFFICER)


def test_a_row_tells_where_a_provider_stands(office):
    for command in (
        RegisterProviderFactory(),
        RecogniseProviderFactory(),
        SuspendProviderFactory(),
        ReinstateProviderFactory(),
        ChangeDetailsFactory(legal_name="AKADEMI  Baharu"),
        CeaseProviderFactory(),
    ):
        office.ledger.execute(command, actor="register_officer:r")
    with office.ledger.reading() as connection:
        row = read_model.get_provider(connection, "provider-1", REGISTRAR)
    assert (row.status, row.version, row.name_key) == (Status.CEASED, 6, "akademi baharu")
    assert (row.valid_from, row.valid_to) == (date(2026, 1, 1), date(2028, 12, 31))
    assert (row.ceased_on, row.custodian) == (date(2027, 12, 31), "Arkib Contoh")
    assert row.suspended_from is None


def test_a_name_is_found_however_it_is_written(office):
    office.ledger.execute(RegisterProviderFactory(legal_name="Kolej  Contoh"), actor="system:import")
    with office.ledger.reading() as connection:
        assert [row.provider_id for row in read_model.find_by_name(connection, "KOLEJ contoh ")] == ["provider-1"]
        assert read_model.find_by_name(connection, "Kolej") == []


@pytest.fixture
def three(office):
    office.ledger.execute(RegisterProviderFactory(provider_id="A", legal_name="Alpha"), actor="system:t")
    office.ledger.execute(RegisterProviderFactory(provider_id="B", legal_name="Beta"), actor="system:t")
    office.ledger.execute(RegisterProviderFactory(provider_id="C", legal_name="Gamma"), actor="system:t")
    office.ledger.execute(RecogniseProviderFactory(provider_id="C"), actor="system:t")
    return office


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        (viewer(Role.PUBLIC), {"C"}),
        (viewer(Role.PROVIDER_OFFICER, "A"), {"A", "C"}),
        (viewer(Role.ACCOUNTABLE_OFFICER, "B"), {"B", "C"}),
        (viewer(Role.INTAKE_OFFICER), {"A", "B", "C"}),
        (viewer(Role.REVIEWER), {"A", "B", "C"}),
    ],
)
def test_outside_the_agency_only_recognised_providers_and_ones_own_are_known(three, who, seen):
    with three.ledger.reading() as connection:
        found = PROVIDERS.rows(connection, read_model.select_providers(who))
        assert {row.provider_id for row in found} == seen
        assert {one for one in "ABC" if read_model.get_provider(connection, one, who)} == seen


def test_providers_are_found_by_status_and_by_a_part_of_the_name(three):
    def found(**filters):
        with three.ledger.reading() as connection:
            return [
                row.provider_id for row in PROVIDERS.rows(connection, read_model.select_providers(REGISTRAR, **filters))
            ]

    assert found(status=Status.RECOGNISED) == ["C"]
    assert found(name="  AMM") == ["C"]
    assert found(name="%") == []


def test_a_row_shows_what_is_recognised_without_a_gap_and_every_term(office):
    def row():
        with office.ledger.reading() as connection:
            return read_model.get_provider(connection, "provider-1", REGISTRAR)

    def do(command):
        office.ledger.execute(command, actor="register_officer:r")

    for command in (
        RegisterProviderFactory(),
        RecogniseProviderFactory(),
        RecogniseProviderFactory(valid_from=date(2029, 1, 1)),
    ):
        do(command)
    assert (row().valid_from, row().valid_to, len(row().terms)) == (date(2026, 1, 1), date(2031, 12, 31), 2)
    do(WithdrawRecognitionFactory())
    assert (row().status, row().valid_to) == (Status.RECOGNISED, date(2028, 12, 31))
    do(SuspendProviderFactory())
    do(AnnulSuspensionFactory())
    assert (row().status, row().suspended_from) == (Status.RECOGNISED, None)
    do(ExpireRecognitionFactory())
    assert (row().status, row().valid_to) == (Status.EXPIRED, date(2028, 12, 31))


def test_a_list_tells_who_holds_an_application_and_until_when(office):
    def held() -> tuple:
        with office.ledger.reading() as connection:
            row = read_model.get_application(connection, f.APPLICATION, REGISTRAR)
        return row.stage, row.holder, row.due_on

    office.ledger.execute(RegisterProviderFactory(), actor="system:t")
    steps = (
        (f.ApplyForRecognitionFactory(), ("submitted", "intake_officer", f.ANSWER_DUE)),
        (f.RequestInformationFactory(), ("returned", "provider", f.DUE)),
        (f.SupplyInformationFactory(), ("submitted", "intake_officer", f.ANSWER_DUE)),
        (f.FindCompleteFactory(), ("complete", "register_officer", f.ANSWER_DUE)),
        (f.RequestInformationFactory(), ("returned", "provider", f.DUE)),
        (f.WithdrawInformationRequestFactory(), ("complete", "register_officer", f.ANSWER_DUE)),
        (f.RefuseApplicationFactory(), ("refused", None, None)),
        (f.ReopenRefusalFactory(), ("complete", "register_officer", f.ANSWER_DUE)),
        (f.GrantApplicationFactory(), ("granted", None, None)),
        (WithdrawRecognitionFactory(), ("complete", "register_officer", f.ANSWER_DUE)),
        (f.WithdrawApplicationFactory(), ("withdrawn", None, None)),
    )
    for command, expected in steps:
        office.ledger.execute(command, actor="system:t")
        assert held() == expected, command


def test_a_lodging_counts_from_its_recognition_on(office):
    drafted = SubmissionDraftedFactory(provider_id="provider-1")
    row = lodgings.fold(None, recorded(drafted, day=1))
    assert row == lodgings.LodgingRow(submission_id=drafted.submission_id, provider_id="provider-1")
    row = lodgings.fold(row, recorded(SubmissionLodgedFactory(submission_id=drafted.submission_id), day=2))
    with office.ledger.engine.begin() as connection:
        connection.execute(sa.insert(read_model.LODGINGS.table).values(**msgspec.structs.asdict(row)))
        counted = [read_model.count_lodged(connection, "provider-1", at(day)) for day in (1, 2, 3)]
        assert counted == [1, 1, 0]
        assert read_model.count_lodged(connection, "provider-2", None) == 0


def at(day: int) -> datetime:
    return datetime(2026, 11, day, tzinfo=UTC)


def recorded(event, day: int) -> Recorded:
    return Recorded(
        id="e", stream="s", version=day, at=at(day), actor="a:b", case_id=None, cause=None, event=event, digest=""
    )
