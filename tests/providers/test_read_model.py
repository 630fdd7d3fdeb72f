from __future__ import annotations

from datetime import date

import pytest

from qa_platform.kernel.roles import Actor, Role
from qa_platform.providers import read_model
from qa_platform.providers.decider import Status
from qa_platform.providers.read_model import PROVIDERS
from tests.providers.factories import (
    CeaseProviderFactory,
    ChangeDetailsFactory,
    RecogniseProviderFactory,
    RegisterProviderFactory,
    ReinstateProviderFactory,
    SuspendProviderFactory,
)


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
