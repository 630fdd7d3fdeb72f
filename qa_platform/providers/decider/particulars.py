"""Whether the particulars of form SAMC-01A can be as they are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from qa_platform.kernel.rejected import Fault
from qa_platform.providers.decider import refusals
from qa_platform.providers.events import CompletedCohort, Particulars


def refuse_faults(particulars: Particulars, on: date, what: str) -> None:
    """Refuse particulars that cannot be, and say where."""
    if found := tuple(_faults(particulars, on)):
        raise refusals.ApplicationIncomplete(
            f"“{particulars.legal_name}” {what}: its particulars cannot be as they are told. "
            "Put right what is listed, then send them again.",
            found,
        )


def _faults(particulars: Particulars, on: date) -> Iterator[Fault]:
    if particulars.kind == "unknown":
        yield Fault("particulars.kind", "Say what kind of body the provider is.")
    if particulars.established_on > on:
        yield Fault("particulars.established_on", f"{particulars.established_on} is still to come.")
    for name, fault in _cohort(particulars.cohort, on):
        yield Fault(f"particulars.cohort.{name}", fault)


def _cohort(cohort: CompletedCohort, on: date) -> Iterator[tuple[str, str]]:
    if cohort.ended_on >= on:
        yield "ended_on", "This cohort has not ended yet; one completed cohort is needed."
    if cohort.ended_on < cohort.started_on:
        yield "ended_on", "This cohort ends before it starts."
    if cohort.completed < 1:
        yield "completed", "Nobody has completed the course yet; one completed cohort is needed."
    if cohort.completed > cohort.enrolled:
        yield "completed", f"{cohort.completed} completed, but only {cohort.enrolled} enrolled; correct one of them."
    if not cohort.samples:
        yield "samples", "Give one marked sample of every type of assessment."
    kinds = [" ".join(one.assessment_type.split()).casefold() for one in cohort.samples]
    for index, kind in enumerate(kinds):
        if kind in kinds[:index]:
            yield f"samples.{index}.assessment_type", "There is a sample of this type already; one of each is enough."
