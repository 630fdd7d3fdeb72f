"""The tables on the door of the room say what the rules do."""

from __future__ import annotations

import re
from datetime import date
from typing import get_args

import pytest

from qa_platform import providers
from qa_platform.kernel.rejected import Rejected
from qa_platform.providers.commands import ProviderCommand, RegisterProvider
from qa_platform.providers.decider import provider_decider
from tests.providers import factories as f

ON = date(2028, 12, 1)
REGISTERED = (f.ProviderRegisteredFactory(),)
RECOGNISED = (*REGISTERED, f.ProviderRecognisedFactory())
APPLIED = (*REGISTERED, f.ProviderAppliedFactory())
COMPLETE = (*APPLIED, f.ProviderApplicationFoundCompleteFactory())
RETURNED = (*APPLIED, f.ProviderInformationRequestedFactory())
HISTORIES = {
    "unknown": (),
    "registered": REGISTERED,
    "recognised": RECOGNISED,
    "suspended": (*RECOGNISED, f.ProviderSuspendedFactory()),
    "expired": (*RECOGNISED, f.ProviderRecognitionExpiredFactory()),
    "ceased": (*RECOGNISED, f.ProviderCeasedFactory()),
    "submitted": APPLIED,
    "returned": RETURNED,
    "complete": COMPLETE,
    "granted": (*COMPLETE, f.ProviderApplicationGrantedFactory(), f.ProviderRecognisedFactory()),
    "refused": (*COMPLETE, f.ProviderRefusedFactory()),
    "withdrawn": (*APPLIED, f.ProviderApplicationWithdrawnFactory()),
    "lapsed": (*RETURNED, f.ProviderApplicationLapsedFactory()),
}
# Whatever can be done in a state is done on one of these ways.
ASKED = [
    f.RegisterProviderFactory(),
    f.ChangeDetailsFactory(legal_name="Another"),
    f.NameContactFactory(),
    f.RecogniseProviderFactory(valid_from=date(2028, 2, 1)),
    f.SuspendProviderFactory(),
    f.ReinstateProviderFactory(),
    f.AnnulSuspensionFactory(),
    f.CeaseProviderFactory(),
    f.ExpireRecognitionFactory(),
    f.WithdrawRecognitionFactory(),
    f.ApplyForRecognitionFactory(on=ON),
    f.RequestInformationFactory(),
    f.WithdrawInformationRequestFactory(),
    f.SupplyInformationFactory(),
    f.FindCompleteFactory(),
    f.GrantApplicationFactory(),
    f.RefuseApplicationFactory(),
    f.ReopenRefusalFactory(),
    f.WithdrawApplicationFactory(),
    f.LapseApplicationFactory(),
]
STANDINGS = ("unknown", "registered", "recognised", "suspended", "expired", "ceased")
OF_APPLICATIONS = {"ReopenRefusal", "WithdrawRecognition"} | {
    type(one).__name__ for one in ASKED if hasattr(one, "application_id")
} - {"ApplyForRecognition"}


def told(state: str) -> set[str]:
    """Return the commands that stand in the rows of a state."""
    found, here = set(), False
    for line in providers.__doc__.splitlines():
        first = line.split("|")[1].strip() if line.startswith("|") else ""
        here = first == state or (here and not first and line.startswith("|"))
        if here:
            found |= set(re.findall(r"\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\b", line))
    return found


def possible(state: str) -> set[str]:
    """Return the commands that make something happen in a state."""
    provider = provider_decider.initial
    for event in HISTORIES[state]:
        provider = provider_decider.evolve(provider, event)
    found = set()
    for command in ASKED:
        try:
            happened = provider_decider.decide(command, provider)
        except Rejected:
            continue
        if happened:
            found.add(type(command).__name__)
    return found


def test_every_command_is_tried():
    assert {type(command) for command in ASKED} == set(get_args(ProviderCommand))
    assert RegisterProvider in {type(command) for command in ASKED}


@pytest.mark.parametrize("state", STANDINGS)
def test_the_table_of_standings_is_true(state):
    assert told(state) == possible(state)


@pytest.mark.parametrize("state", [state for state in HISTORIES if state not in STANDINGS])
def test_the_table_of_applications_is_true(state):
    assert told(state) == possible(state) & OF_APPLICATIONS
