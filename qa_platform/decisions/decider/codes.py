"""The kinds of decision: on which route, with which band, and what each asks for."""

from __future__ import annotations

import msgspec

from qa_platform.decisions.events import Code, DecisionClass

APPROVE, CONDITIONS, REFUSE = "approve", "approve_with_conditions", "refuse"


class Kind(msgspec.Struct, frozen=True, kw_only=True):
    """One kind of decision.

    `follows` are the bands it may follow without a reason; empty means that no band suggests it,
    and any may stand behind it. `grants`: something is awarded. `conditional` and `critical`: it
    carries conditions, one of them critical. `varies`: it may award another level or credit than
    was claimed. `grounded`: it has to say its grounds.
    """

    decision_class: DecisionClass
    routes: frozenset[str]
    follows: frozenset[str]
    grants: bool = False
    conditional: bool = False
    critical: bool = False
    varies: bool = False
    grounded: bool = False


def _on(*names: str) -> frozenset[str]:
    return frozenset(names)


KINDS: dict[Code, Kind] = {
    "APP": Kind(decision_class="positive", routes=_on("SAMC"), follows=_on(APPROVE), grants=True),
    "APP-V": Kind(decision_class="positive", routes=_on("SAMC"), follows=_on(APPROVE), grants=True, varies=True),
    "APP-C": Kind(
        decision_class="positive_with_conditions",
        routes=_on("SAMC", "APMC"),
        follows=_on(CONDITIONS),
        grants=True,
        conditional=True,
    ),
    "APP-CX": Kind(
        decision_class="positive_with_restrictions",
        routes=_on("SAMC", "APMC"),
        follows=_on(CONDITIONS),
        grants=True,
        conditional=True,
        critical=True,
    ),
    "LIST": Kind(decision_class="positive", routes=_on("APMC"), follows=_on(APPROVE), grants=True),
    "REF": Kind(decision_class="negative", routes=_on("SAMC", "APMC"), follows=_on(REFUSE), grounded=True),
    "DEFER": Kind(
        decision_class="not_applicable",
        routes=_on("SAMC", "APMC", "RENEWAL", "CHANGE"),
        follows=frozenset(),
        grounded=True,
    ),
    "REN": Kind(decision_class="positive", routes=_on("RENEWAL"), follows=_on(APPROVE), grants=True),
    "REN-C": Kind(
        decision_class="positive_with_conditions",
        routes=_on("RENEWAL"),
        follows=_on(CONDITIONS),
        grants=True,
        conditional=True,
    ),
    "REN-NO": Kind(decision_class="negative", routes=_on("RENEWAL"), follows=_on(REFUSE), grounded=True),
    "CHG-OK": Kind(decision_class="positive", routes=_on("CHANGE"), follows=_on(APPROVE), grants=True, varies=True),
    "CHG-NO": Kind(decision_class="negative", routes=_on("CHANGE"), follows=_on(REFUSE), grounded=True),
}


def codes_for(route: str) -> tuple[Code, ...]:
    """Return the codes that a decision on a route may have."""
    return tuple(code for code, kind in KINDS.items() if route in kind.routes)
