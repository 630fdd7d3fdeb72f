from __future__ import annotations

from datetime import date

import msgspec
import pytest

from tests.providers import factories as f


def provider_of(event) -> str:
    return msgspec.json.decode(event.record)["data"]["provider_id"]


def test_an_application_beside_one_that_is_under_way_is_found(demo):
    event = demo.one("provider.recognised.v1")
    demo.append(event.stream, f.ProviderAppliedFactory(provider_id=provider_of(event)))
    again = f.ProviderAppliedFactory(provider_id=provider_of(event), application_id="another")

    demo.finds("providers.applied-in-turn", stream=event.stream, version=demo.append(event.stream, again))


@pytest.mark.parametrize(
    "planted",
    [
        f.ProviderApplicationGrantedFactory,
        f.ProviderRefusedFactory,
        f.ProviderInformationSuppliedFactory,
        f.ProviderRefusalReopenedFactory,
    ],
)
def test_a_step_out_of_turn_is_found(demo, planted):
    event = demo.one("provider.recognised.v1")
    demo.append(event.stream, f.ProviderAppliedFactory(provider_id=provider_of(event)))
    version = demo.append(event.stream, planted(provider_id=provider_of(event)))

    demo.finds("providers.applied-in-turn", stream=event.stream, version=version)


def test_a_lapse_before_its_day_is_found(demo):
    event = demo.one("provider.recognised.v1")
    far = date(2199, 12, 31)
    demo.append(event.stream, f.ProviderAppliedFactory(provider_id=provider_of(event)))
    demo.append(event.stream, f.ProviderInformationRequestedFactory(provider_id=provider_of(event), due_on=far))
    lapsed = f.ProviderApplicationLapsedFactory(provider_id=provider_of(event), due_on=far)

    demo.finds("providers.applied-in-turn", stream=event.stream, version=demo.append(event.stream, lapsed))


def test_a_recognition_of_who_has_ceased_is_found(demo):
    event = demo.one("provider.recognised.v1")
    demo.append(event.stream, f.ProviderCeasedFactory(provider_id=provider_of(event)))
    version = demo.again(event)

    demo.finds("providers.recognised-in-turn", stream=event.stream, version=version)


def test_a_recognition_that_expires_twice_is_found(demo):
    event = demo.one("provider.recognised.v1")
    (last,) = demo.ask(
        "SELECT record->'data'->>'valid_to' AS day FROM ledger.events "
        "WHERE stream = :s AND name = 'provider.recognised.v1' ORDER BY version DESC LIMIT 1",
        s=event.stream,
    )
    expired = f.ProviderRecognitionExpiredFactory(provider_id=provider_of(event), valid_to=date.fromisoformat(last.day))
    demo.append(event.stream, expired)

    demo.finds("providers.recognised-in-turn", stream=event.stream, version=demo.append(event.stream, expired))


def test_a_lodging_by_who_was_not_recognised_that_day_is_found(demo):
    lodged = demo.one("submission.lodged.v1")
    (drafted,) = demo.ask(
        "SELECT record->'data'->>'provider_id' AS provider FROM ledger.events "
        "WHERE stream = :s AND name = 'submission.drafted.v1'",
        s=lodged.stream,
    )
    recognised = demo.one("provider.recognised.v1", "e.stream = :s", s=f"provider-{drafted.provider}")
    demo.reword(recognised, valid_from="1999-01-01", valid_to="1999-12-31")

    demo.finds("providers.lodged-while-recognised", position=lodged.position)
