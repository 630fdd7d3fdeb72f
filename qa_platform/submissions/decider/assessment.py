"""Outcomes, how they are assessed, and that neither stands without the other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.decider.required import is_blank, is_component, unsaid
from qa_platform.submissions.decider.volume import HOURS_PER_CREDIT, WHOLE
from qa_platform.submissions.events import CourseContent, Route
from qa_platform.submissions.events.parts import Assessment, Outcome
from qa_platform.submissions.events.words import Grouping, PassBasis, Phase, Taxonomy

OUTCOMES_PER_CREDIT = 2
HIGHEST = {Taxonomy.COGNITIVE: 6, Taxonomy.PSYCHOMOTOR: 7, Taxonomy.AFFECTIVE: 5, Taxonomy.SOLO: 5}
HALF = 50
# Supervision from which identity is checked well enough for a deciding assessment, and up to which it is not.
FIRM, LOOSE = 3, 1
# From this MQF level on, some outcome should reach this cognitive level.
DEMANDING_LEVEL, ANALYSE = 6, 4
# Verbs that nobody can observe, in English and Malay.
_VAGUE = ("know", "understand", "appreciate", "mengetahui", "memahami", "menghargai")

_OUTCOME = {
    "verb": "Name the verb of this outcome.",
    "mqf_cluster": "Say to which MQF cluster this outcome belongs.",
    "taxonomy": "Say in which taxonomy the depth of this outcome is told.",
    "taxonomy_level": "Say how deep this outcome goes in its taxonomy.",
}
_ASSESSMENT = {
    "type": "Say which type of assessment this is.",
    "phase": "Say whether this assessment is continuous or final.",
    "weight_pct": "Give the weight of this assessment in per cent.",
    "guided_h": "Give the guided hours of this assessment, 0 if there are none.",
    "independent_h": "Give the independent hours of this assessment, 0 if there are none.",
    "outcome_codes": "Say which outcomes this assessment shows.",
    "supervision": "Say how this assessment is supervised.",
    "individual_or_group": "Say whether learners are assessed one by one or together.",
    "ai_use_rule": "Say whether generative tools may be used in this assessment.",
}
_SCALE = {"name": "Name the grading scale.", "grades": "List the grades.", "pass_grade": "Say which grade passes."}
_PASS_RULE = {"basis": "Say whether a learner passes by each outcome or by the total."}
_REASSESSMENT = {
    "attempts": "Say how many further attempts there are.",
    "fee": "Give the fee for a further attempt, 0 if there is none.",
    "days": "Say within how many days a learner may try again.",
}
_SAMPLE = {"band": "Say how good the work in this sample is.", "file": "Attach the file of this sample."}


def assessment_faults(content: CourseContent, route: Route) -> Iterator[Fault]:
    """Say what does not fit together in outcomes and assessments."""
    yield from _outcomes(content)
    yield from _how_many(content)
    yield from _assessments(content)
    yield from _orphans(content)
    yield from _grading(content)
    yield from _samples(content, route)


def assessment_warnings(content: CourseContent) -> Iterator[Fault]:
    """Say what reviewers are likely to ask about in outcomes and assessments."""
    for index, outcome in enumerate(content.outcomes or ()):
        for field in ("statement_en", "statement_ms"):
            first = (getattr(outcome, field) or "").split(maxsplit=1)[:1]
            if first and first[0].casefold().strip(".,:;") in _VAGUE:
                yield Fault(f"outcomes.{index}.{field}", f"“{first[0]}” cannot be observed; say what learners can do.")
    yield from _shallow(content)
    assessments = content.assessments or ()
    if _weight(row for row in assessments if row.individual_or_group is Grouping.GROUP) > HALF:
        yield Fault("assessments", "More than half of the weight is group work; reviewers will ask about each learner.")
    if _weight(row for row in assessments if row.supervision is not None and row.supervision <= LOOSE) > HALF:
        yield Fault("assessments", "Nobody's identity is checked on more than half of the weight; D3 cannot be met so.")
    final = [row for row in assessments if row.phase is Phase.FINAL and row.supervision is not None]
    if final and all((row.supervision or 0) < FIRM for row in final):
        yield Fault("assessments", "No final assessment is supervised at 3 or more, as is recommended.")
    if content.pass_rule and content.pass_rule.basis is PassBasis.TOTAL:
        yield Fault("pass_rule.basis", "A learner can pass by the total and miss an outcome; by each is recommended.")


def _weight(assessments: Iterable[Assessment]) -> int:
    return sum(row.weight_pct or 0 for row in assessments)


def _shallow(content: CourseContent) -> Iterator[Fault]:
    told = [row for row in content.outcomes or () if row.taxonomy is Taxonomy.COGNITIVE and row.taxonomy_level]
    deepest = max((row.taxonomy_level or 0 for row in told), default=0)
    if content.outcomes and (content.mqf_level_claimed or 0) >= DEMANDING_LEVEL and deepest < ANALYSE:
        yield Fault(
            "mqf_level_claimed",
            f"Level {content.mqf_level_claimed} is claimed, but no outcome reaches cognitive level {ANALYSE}.",
        )


def _same(text: str) -> str:
    return " ".join(text.split()).casefold()


def _repeated(texts: Iterable[str | None]) -> Iterator[int]:
    """Yield the places of what stood before already, blanks and case aside."""
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if text and _same(text) in seen:
            yield index
        seen.add(_same(text or ""))


def _outcomes(content: CourseContent) -> Iterator[Fault]:
    outcomes = content.outcomes or ()
    for index, outcome in enumerate(outcomes):
        yield from _outcome(outcome, f"outcomes.{index}")
    for index in _repeated(row.code for row in outcomes):
        yield Fault(f"outcomes.{index}.code", f"“{outcomes[index].code}” is the code of another outcome already.")
    for field in ("statement_en", "statement_ms"):
        for index in _repeated(getattr(row, field) for row in outcomes):
            yield Fault(
                f"outcomes.{index}.{field}", "Another outcome says the same; say what is different, or drop it."
            )


def _outcome(outcome: Outcome, path: str) -> Iterator[Fault]:
    if not outcome.statement_en and not outcome.statement_ms:
        yield Fault(f"{path}.statement_en", f"Say in English or in Malay what “{outcome.code}” is.")
    yield from unsaid(outcome, path, _OUTCOME)
    if outcome.taxonomy and outcome.taxonomy_level and not 1 <= outcome.taxonomy_level <= HIGHEST[outcome.taxonomy]:
        yield Fault(
            f"{path}.taxonomy_level",
            f"{outcome.taxonomy_level} is no level of “{outcome.taxonomy.replace('_', ' ')}”, "
            f"which goes from 1 to {HIGHEST[outcome.taxonomy]}.",
        )


def _how_many(content: CourseContent) -> Iterator[Fault]:
    count = len(content.outcomes or ())
    if content.non_credit:
        # What carries no credit still takes time: two outcomes for each 40 hours begun.
        most = OUTCOMES_PER_CREDIT * max(1, math.ceil((content.notional_hours or 0) / HOURS_PER_CREDIT))
        size = f"{content.notional_hours or 0} hours"
    elif content.credits_claimed is not None:
        most = int(content.credits_claimed * Decimal(OUTCOMES_PER_CREDIT))
        size = f"{content.credits_claimed} credits"
    else:
        return
    if count > most:
        yield Fault("outcomes", f"{count} outcomes are too many for {size}: at most {most}. Merge or drop some.")


def _assessments(content: CourseContent) -> Iterator[Fault]:
    assessments = content.assessments or ()
    for index, row in enumerate(assessments):
        yield from unsaid(row, f"assessments.{index}", _ASSESSMENT)
    for index in _repeated(row.code for row in assessments):
        yield Fault(f"assessments.{index}.code", f"“{assessments[index].code}” is the code of another assessment.")
    total = _weight(assessments)
    if assessments and total != WHOLE:
        yield Fault("assessments", f"The weights of the assessments come to {total} per cent; they must come to 100.")


def _orphans(content: CourseContent) -> Iterator[Fault]:
    known = {row.code for row in content.outcomes or ()}
    assessed: set[str] = set()
    for index, row in enumerate(content.assessments or ()):
        assessed.update(row.outcome_codes)
        for place, code in enumerate(row.outcome_codes):
            if code not in known:
                yield Fault(
                    f"assessments.{index}.outcome_codes.{place}",
                    f"“{row.code}” assesses “{code}”, but there is no outcome of that code.",
                )
    for index, outcome in enumerate(content.outcomes or ()):
        if content.assessments and outcome.code not in assessed:
            yield Fault(f"outcomes.{index}", f"“{outcome.code}” is assessed nowhere; assess it, or drop it.")


def _grading(content: CourseContent) -> Iterator[Fault]:
    scale = content.grading_scale
    if scale is not None:
        yield from unsaid(scale, "grading_scale", _SCALE)
        if scale.pass_grade and scale.grades and scale.pass_grade not in scale.grades:
            yield Fault("grading_scale.pass_grade", f"“{scale.pass_grade}” is not one of the grades of the scale.")
    if content.pass_rule is not None:
        yield from unsaid(content.pass_rule, "pass_rule", _PASS_RULE)
    if content.reassessment is not None:
        yield from unsaid(content.reassessment, "reassessment", _REASSESSMENT)
        if content.reassessment.attempts == 0:
            yield Fault("reassessment.attempts", "A learner who failed must have at least one further attempt.")


def _samples(content: CourseContent, route: Route) -> Iterator[Fault]:
    samples = content.assessment_samples or ()
    types = {row.code: row.type for row in content.assessments or ()}
    for index, sample in enumerate(samples):
        path = f"assessment_samples.{index}"
        yield from unsaid(sample, path, _SAMPLE)
        if sample.anonymised is not True:
            yield Fault(f"{path}.anonymised", "Confirm that nothing in this sample tells whose work it is.")
        if sample.assessment_code not in types:
            yield Fault(f"{path}.assessment_code", f"There is no assessment “{sample.assessment_code}”.")
    if is_component(content, route) or is_blank(samples):
        return
    shown = Counter(types.get(sample.assessment_code) for sample in samples)
    for kind in sorted({kind for kind in types.values() if kind} - set(shown)):
        yield Fault("assessment_samples", f"There is no sample of a “{kind.replace('_', ' ')}”; attach at least one.")
