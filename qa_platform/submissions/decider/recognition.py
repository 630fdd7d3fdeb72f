"""Need, partners, recognition, money, quality and results: why anyone should want the course."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from qa_platform.kernel.months import months_after
from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.decider.codes import CURRENCIES
from qa_platform.submissions.decider.required import is_component, unsaid
from qa_platform.submissions.events import CourseContent, Route
from qa_platform.submissions.events.parts import Cohort, StackTarget
from qa_platform.submissions.events.words import CreditBasis

RECENT_MONTHS = 24
TRANSFER_LIMIT_PCT, EXPERIENCE_LIMIT_PCT = 70, 30
WHOLE_AWARD = 100
INDEPENDENT_SOURCES = 2

_NEED = {
    "type": "Say what kind of evidence this is.",
    "source": "Say where this evidence comes from.",
    "date": "Say when this evidence was made.",
    "finding": "Say what this evidence shows.",
}
_PARTNER = {
    "organisation": "Name this partner.",
    "role": "Say what this partner does for the course.",
    "subject": "Say who signed for this partner.",
    "date": "Say when this partner signed.",
    "conflict_tie": "Say whether this partner is tied to the provider.",
    "letter_file": "Attach this partner's letter.",
}
_TARGET = {
    "receiver_id": "Say which institution grants credit.",
    "award_title": "Name the award.",
    "credits_transferable": "Say how many credits are granted.",
    "limit_pct": "Say which share of the award may come from such credits.",
    "signed_on": "Say when the receiving institution signed.",
}
_COST = {"name": "Say what this cost is for.", "amount": "Give the amount of this cost."}
_COHORT = {
    "start": "Give the first day of this cohort.",
    "end": "Give the last day of this cohort.",
    "enrolled": "Say how many enrolled.",
    "started": "Say how many started.",
    "completed": "Say how many completed.",
    "passed": "Say how many passed.",
}
# Each of these can be no more than the next.
_FUNNEL = ("passed", "completed", "started", "enrolled")


def recognition_faults(content: CourseContent, on: date, route: Route, longest_validity_months: int) -> Iterator[Fault]:
    """Say what is wrong in need, partners, recognition, money, quality and results."""
    yield from _need(content, on)
    yield from _partners(content, on)
    yield from _stacking(content, on, route)
    yield from _money(content)
    yield from _review(content, on, longest_validity_months)
    yield from _cohorts(content, on, route)
    yield from _indicators(content)


def recognition_warnings(content: CourseContent, on: date) -> Iterator[Fault]:
    """Say what reviewers are likely to ask about in need and partners."""
    evidence = content.need_evidence or ()
    sources = {" ".join(row.source.split()).casefold() for row in evidence if row.source}
    if evidence and len(sources) < INDEPENDENT_SOURCES:
        yield Fault("need_evidence", "One source of evidence is weak; two or more independent ones are expected.")
    for index, row in enumerate(evidence):
        if row.date and row.date < months_after(on, -RECENT_MONTHS):
            yield Fault(f"need_evidence.{index}.date", f"This evidence is more than {RECENT_MONTHS} months old.")


def _need(content: CourseContent, on: date) -> Iterator[Fault]:
    for index, row in enumerate(content.need_evidence or ()):
        yield from unsaid(row, f"need_evidence.{index}", _NEED)
        if row.date and row.date > on:
            yield Fault(f"need_evidence.{index}.date", f"{row.date} is still to come; give the date it was made.")


def _partners(content: CourseContent, on: date) -> Iterator[Fault]:
    partners = content.partners or ()
    for index, partner in enumerate(partners):
        path = f"partners.{index}"
        yield from unsaid(partner, path, _PARTNER)
        if partner.date and not months_after(on, -RECENT_MONTHS) <= partner.date <= on:
            yield Fault(
                f"{path}.date",
                f"{partner.date} is not within the last {RECENT_MONTHS} months; get a new letter from this partner.",
            )
        if partner.expiry and partner.expiry < on:
            yield Fault(f"{path}.expiry", f"This partner's word expired on {partner.expiry}; get a new letter.")
    if partners and all(partner.conflict_tie for partner in partners):
        yield Fault("partners", "Every partner is tied to the provider; add at least one that is not.")


def _stacking(content: CourseContent, on: date, route: Route) -> Iterator[Fault]:
    targets = content.stack_targets or ()
    if content.stackable and content.non_credit:
        yield Fault("stackable", "A course without credit cannot count towards a larger award.")
    if content.stackable and not targets:
        yield Fault("stack_targets", "Name at least one award that the credits count towards.")
    if content.stackable is False and targets:
        yield Fault("stack_targets", "The credits are said to count towards nothing, yet awards are listed.")
    for index, target in enumerate(targets):
        path = f"stack_targets.{index}"
        yield from unsaid(target, path, _TARGET)
        yield from _target_limits(content, target, path, is_component(content, route))
        if target.valid_until and target.valid_until < on:
            yield Fault(
                f"{path}.valid_until", f"Credit is granted only until {target.valid_until}; renew it, or drop it."
            )
        if target.signed_on and target.signed_on > on:
            yield Fault(f"{path}.signed_on", f"{target.signed_on} is still to come; give the date of the signature.")


def _target_limits(content: CourseContent, target: StackTarget, path: str, component: bool) -> Iterator[Fault]:  # noqa: FBT001 -- a private rule, called once
    claimed, granted = content.credits_claimed, target.credits_transferable
    if claimed is not None and granted is not None and granted > claimed:
        yield Fault(
            f"{path}.credits_transferable", f"{granted} credits are granted, but the course has only {claimed}."
        )
    limit = WHOLE_AWARD if component else TRANSFER_LIMIT_PCT
    if target.basis is CreditBasis.EXPERIENCE:
        limit = EXPERIENCE_LIMIT_PCT
    if target.limit_pct is not None and target.limit_pct > limit:
        yield Fault(f"{path}.limit_pct", f"{target.limit_pct} per cent is above the limit of {limit} per cent.")


def _money(content: CourseContent) -> Iterator[Fault]:
    costs = content.other_costs or ()
    for index, cost in enumerate(costs):
        yield from unsaid(cost, f"other_costs.{index}", _COST)
    if content.fee_currency and content.fee_currency not in CURRENCIES:
        yield Fault("fee_currency", f"“{content.fee_currency}” is no currency of ISO 4217, such as “MYR”.")
    if content.fee_amount is None or content.total_price is None:
        return
    total = content.fee_amount + sum(cost.amount or 0 for cost in costs)
    if content.total_price != total:
        yield Fault(
            "total_price",
            f"Fee and other costs come to {_amount(total)}, but the total price says {_amount(content.total_price)}.",
        )


def _amount(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02}"


def _review(content: CourseContent, on: date, longest_validity_months: int) -> Iterator[Fault]:
    planned, latest = content.review_date_planned, months_after(on, longest_validity_months)
    if planned and not on < planned <= latest:
        yield Fault(
            "review_date_planned",
            f"{planned} is outside the time for which the course can be valid; choose a day up to {latest}.",
        )


def _cohorts(content: CourseContent, on: date, route: Route) -> Iterator[Fault]:
    cohorts = content.cohorts or ()
    for index, cohort in enumerate(cohorts):
        path = f"cohorts.{index}"
        yield from unsaid(cohort, path, _COHORT)
        yield from _counts(cohort, path)
        if cohort.start and cohort.end and cohort.end < cohort.start:
            yield Fault(f"{path}.end", f"This cohort ends on {cohort.end}, before it starts on {cohort.start}.")
        if cohort.end and cohort.end > on:
            yield Fault(f"{path}.end", f"This cohort ends on {cohort.end}, which is still to come; leave it out.")
    if cohorts and not is_component(content, route) and not any(cohort.completed for cohort in cohorts):
        yield Fault("cohorts", "Nobody has completed the course yet; one completed cohort is needed.")


def _counts(cohort: Cohort, path: str) -> Iterator[Fault]:
    for fewer, more in pairwise(_FUNNEL):
        low, high = getattr(cohort, fewer), getattr(cohort, more)
        if low is not None and high is not None and low > high:
            yield Fault(f"{path}.{fewer}", f"{low} {fewer}, but only {high} {more}; correct one of them.")
    if cohort.withdrawn is not None and cohort.enrolled is not None and cohort.withdrawn > cohort.enrolled:
        yield Fault(f"{path}.withdrawn", f"{cohort.withdrawn} withdrew, but only {cohort.enrolled} enrolled.")


def _indicators(content: CourseContent) -> Iterator[Fault]:
    for index, row in enumerate(content.outcome_indicators or ()):
        path = f"outcome_indicators.{index}"
        if row.n_responded is not None and row.n_eligible is not None and row.n_responded > row.n_eligible:
            yield Fault(f"{path}.n_responded", f"{row.n_responded} answered, but only {row.n_eligible} were asked.")
        if row.window_from and row.window_to and row.window_to < row.window_from:
            yield Fault(f"{path}.window_to", "This window ends before it begins.")
