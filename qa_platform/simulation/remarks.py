"""What simulated people write: sentences composed by rule from the standard's own anchors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

    from qa_platform.scoring.rubric import Criterion

_OPENINGS: Final = {
    1: ("Not met.", "This is missing.", "I could not find what this asks for."),
    2: ("Partly met.", "Begun, but not complete.", "Half of this is there."),
    3: ("Met.", "This is in order.", "The submission shows what this asks for."),
    4: ("Exceeds.", "More than is asked for.", "A good example for others."),
}
_CLOSINGS: Final = {
    1: (
        "The provider has to start here.",
        "Nothing else in the submission makes up for it.",
        "It cannot stay like this.",
    ),
    2: ("A revised page with dates would close the gap.", "The missing part is easy to name and can be added.", ""),
    3: ("", "I checked it against the samples.", "The dates and the numbers agree with the rest.", ""),
    4: ("", "The committee may want to commend it.", "The evidence is dated and can be checked."),
}
_NOTES: Final = (
    "I looked at this twice and would like to hear how others read it.",
    "Close to the border; the samples decided it for me.",
    "The wording of the anchor is hard to apply here.",
)
_EVIDENCE_WORDS: Final = ("read in full", "compared with the samples", "checked against the dates", "taken as given")


def comment(source: Random, criterion: Criterion, score: int) -> str:
    """Return a reviewer's comment on a criterion: what he found, in the words of the anchor."""
    parts = (source.choice(_OPENINGS[score]), _sentence(criterion.anchors[score].en), source.choice(_CLOSINGS[score]))
    return " ".join(part for part in parts if part)


def private_note(source: Random) -> str:
    """Return a note that a reviewer keeps to himself."""
    return source.choice(_NOTES)


def pointers(source: Random, criterion: Criterion) -> tuple[tuple[str, str], ...]:
    """Return where in the submission a reviewer looked: fields, each with a word about it."""
    fields = EVIDENCE_FIELDS.get(criterion.id, ())
    return tuple((field, source.choice(_EVIDENCE_WORDS)) for field in fields)


def settlement(criterion: Criterion, score: int, before: tuple[int | None, ...]) -> str:
    """Return why a lead reviewer settles a criterion on a score."""
    given = " and ".join("not applicable" if each is None else str(each) for each in before)
    found = _sentence(criterion.anchors[score].en)
    return f"The reviewers gave {given}. Read side by side, the evidence fits {score}: {found}"


def _sentence(anchor: str) -> str:
    return anchor if anchor.endswith(".") else f"{anchor}."


# Where in a submission the evidence for each criterion is.
EVIDENCE_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "A1": ("qa_statement_url",),
    "A2": ("qa_statement_url", "qa_contact"),
    "A3": ("refund_policy_url",),
    "A4": ("course_page_url", "total_price"),
    "A5": ("qa_contact",),
    "B1": ("need_evidence",),
    "B2": ("entry_requirements", "target_learners"),
    "B3": ("partners",),
    "B4": ("partners",),
    "B5": ("synopsis", "review_date_planned"),
    "C1": ("outcomes",),
    "C2": ("mqf_level_claimed", "level_justification"),
    "C3": ("learning_time_rows", "notional_hours"),
    "C4": ("outcomes", "assessments"),
    "C5": ("title_en", "title_ms"),
    "D1": ("assessments", "assessment_samples"),
    "D2": ("assessments", "grading_scale"),
    "D3": ("assessments",),
    "D4": ("assessors",),
    "D5": ("reassessment",),
    "E1": ("learning_time_rows", "synopsis"),
    "E2": ("instructors", "instructor_ratio"),
    "E3": ("platform", "technical_needs"),
    "E4": ("accessibility_level", "accessibility_report_file"),
    "E5": ("support_contact", "response_time_hours"),
    "F1": ("stackable", "stack_targets"),
    "F2": ("credential_specimen_pdf", "credential_specimen_json"),
    "F3": ("credential_format",),
    "F4": ("qa_statement_url",),
    "G1": ("cohorts",),
    "G2": ("outcome_indicators",),
    "G3": ("outcome_indicators",),
    "G4": ("review_date_planned",),
}
