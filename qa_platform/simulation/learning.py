"""What is learned in a simulated course, in how many hours, and how it is assessed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Final

import msgspec

from qa_platform.simulation.wording import in_sentence, topics
from qa_platform.submissions.events.parts import Assessment, FileReference, LearningTimeRow, Outcome
from qa_platform.submissions.events.words import (
    AiUse,
    AssessmentType,
    Cluster,
    DeliveryMode,
    Grouping,
    Phase,
    Subdomain,
    TaskComplexity,
    Taxonomy,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from random import Random

    from qa_platform.simulation.titles import Topic

HOURS_A_CREDIT: Final = 40
OUTCOMES_A_CREDIT: Final = 2
_MOST_OUTCOMES: Final = 4
_UNITS: Final = 5
_FACE_TO_FACE: Final = frozenset({DeliveryMode.ON_SITE, DeliveryMode.BLENDED, DeliveryMode.WORKPLACE})


class Verb(msgspec.Struct, frozen=True):
    """A kind of outcome: its depth in the revised taxonomy, and how it is said."""

    depth: int
    verb: str
    cluster: Cluster
    en: str
    ms: str


_VERBS: Final = {
    verb.depth: verb
    for verb in (
        Verb(
            2,
            "explain",
            Cluster.KNOWLEDGE,
            "Explain how {subject} serves {context}, with an example from own work",
            "Menerangkan bagaimana {subject} membantu {context}, dengan contoh daripada kerja sendiri",
        ),
        Verb(
            3,
            "apply",
            Cluster.FUNCTIONAL,
            "Apply {subject} to a routine task of {context}, following a checklist without errors",
            "Mengaplikasikan {subject} dalam tugasan rutin {context} mengikut senarai semak tanpa ralat",
        ),
        Verb(
            4,
            "analyse",
            Cluster.COGNITIVE,
            "Analyse a case from {context} with the methods of {subject} and name its causes",
            "Menganalisis satu kes daripada {context} dengan kaedah {subject} dan menamakan puncanya",
        ),
        Verb(
            5,
            "evaluate",
            Cluster.COGNITIVE,
            "Evaluate two ways of using {subject} for {context} against stated criteria",
            "Menilai dua cara menggunakan {subject} untuk {context} berdasarkan kriteria yang dinyatakan",
        ),
        Verb(
            6,
            "design",
            Cluster.PERSONAL,
            "Design an improvement of {subject} for {context} and defend it before an assessor",
            "Mereka bentuk penambahbaikan {subject} untuk {context} dan mempertahankannya di hadapan penilai",
        ),
    )
}
# How deep the outcomes of a course go, by its level: the first ones are the ones every course has.
_DEPTHS: Final = {3: (3, 2, 4, 5), 4: (3, 4, 2, 5), 5: (4, 3, 5, 2), 6: (4, 5, 6, 3)}


def outcomes(topic: Topic, hours: int) -> tuple[Outcome, ...]:
    """Return the learning outcomes: at most two a credit, four in all, fit for the level."""
    how_many = min(_MOST_OUTCOMES, OUTCOMES_A_CREDIT * hours // HOURS_A_CREDIT)
    depths = _DEPTHS[topic.level][:how_many]
    return tuple(_outcome(topic, number, _VERBS[depth]) for number, depth in enumerate(sorted(depths), start=1))


def _outcome(topic: Topic, number: int, verb: Verb) -> Outcome:
    words_en = {"subject": in_sentence(topic.subject_en), "context": in_sentence(topic.context_en)}
    words_ms = {"subject": in_sentence(topic.subject_ms), "context": in_sentence(topic.context_ms)}
    return Outcome(
        code=f"LO{number}",
        statement_en=f"{verb.en.format(**words_en)}.",
        statement_ms=f"{verb.ms.format(**words_ms)}.",
        verb=verb.verb,
        mqf_cluster=verb.cluster,
        mqf_subdomain=Subdomain.PRACTICAL if verb.cluster is Cluster.FUNCTIONAL else None,
        taxonomy=Taxonomy.COGNITIVE,
        taxonomy_level=verb.depth,
    )


def assessments(
    source: Random, outcome_codes: tuple[str, ...], file: Callable[[str], FileReference]
) -> tuple[Assessment, ...]:
    """Return two or three assessments that together weigh 100 and leave no outcome out."""
    final = source.choice((AssessmentType.PROJECT, AssessmentType.CASE, AssessmentType.PERFORMANCE))
    plan = [(AssessmentType.ASSIGNMENT, Phase.CONTINUOUS, 40, outcome_codes[:-1] or outcome_codes)]
    if len(outcome_codes) > OUTCOMES_A_CREDIT:
        plan = [(AssessmentType.QUIZ, Phase.CONTINUOUS, 20, outcome_codes[:1]), *plan]
    plan.append((final, Phase.FINAL, 100 - sum(weight for _, _, weight, _ in plan), outcome_codes[1:]))
    supervision = source.choice((3, 3, 4, 5))
    return tuple(
        _assessment(number, kind, phase, weight, codes, supervision, file)
        for number, (kind, phase, weight, codes) in enumerate(plan, start=1)
    )


def _assessment(  # noqa: PLR0917 -- a row of the plan
    number: int,
    kind: AssessmentType,
    phase: Phase,
    weight: int,
    codes: tuple[str, ...],
    supervision: int,
    file: Callable[[str], FileReference],
) -> Assessment:
    final = phase is Phase.FINAL
    return Assessment(
        code=f"A{number}",
        title=f"{kind.value.replace('_', ' ').capitalize()} {number}",
        type=kind,
        phase=phase,
        weight_pct=weight,
        guided_h=Decimal(2) if final else Decimal(1),
        independent_h=Decimal(6) if final else Decimal(3),
        outcome_codes=codes,
        supervision=supervision if final else 2,
        individual_or_group=Grouping.INDIVIDUAL,
        task_complexity=TaskComplexity.SEVERAL_COMPLEX if final else TaskComplexity.SINGLE_ROUTINE,
        ai_use_rule=AiUse.WITH_STATEMENT,
        ai_use_text="Say which tool was used, for what, and what was changed afterwards.",
        pass_rule="At least 50 of 100 points for each outcome.",  # noqa: S106 -- when a learner passes
        instrument_file=file(f"instrument-a{number}.pdf"),
        rubric_file=file(f"marking-scheme-a{number}.pdf"),
    )


def learning_time(
    topic: Topic, mode: DeliveryMode, hours: int, assessed: tuple[Assessment, ...]
) -> tuple[LearningTimeRow, ...]:
    """Return the hours by topic; with those of the assessments they sum to the whole."""
    spent = sum(int(each.guided_h or 0) + int(each.independent_h or 0) for each in assessed)
    share, more = divmod(hours - spent, _UNITS)
    return tuple(
        _row(name, mode, share + (1 if number < more else 0)) for number, name in enumerate(topics(topic, _UNITS))
    )


def _row(name: str, mode: DeliveryMode, hours: int) -> LearningTimeRow:
    independent = hours // 2
    guided = hours - independent
    if mode not in _FACE_TO_FACE:
        return LearningTimeRow(topic=name, guided_nf2f=Decimal(guided), independent=Decimal(independent))
    practical = guided // 2
    return LearningTimeRow(
        topic=name,
        f2f_presentation=Decimal(1),
        f2f_practical=Decimal(practical),
        f2f_tutorial=Decimal(guided - practical - 1),
        independent=Decimal(independent),
    )
