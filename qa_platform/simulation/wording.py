"""Sentences about a course, composed from what it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from random import Random

    from qa_platform.simulation.titles import Topic

# Words that keep their capital inside a sentence.
_PROPER: Final = frozenset({"Python", "SQL", "Islamic", "Islam", "Takaful"})


def in_sentence(words: str) -> str:
    """Return words as they stand inside a sentence."""
    return " ".join(word if word in _PROPER else word.lower() for word in words.split())


def short_description(topic: Topic) -> str:
    """Return what the course is, in 30 to 60 words."""
    return (
        f"Learners use {in_sentence(topic.subject_en)} in the daily work of {in_sentence(topic.context_en)}. "
        "They practise on real cases, get feedback on each step, and show at the end, in front of an assessor, "
        "that they can do the work on their own and explain their choices."
    )


def synopsis(source: Random, topic: Topic) -> str:
    """Return what the course is about, in well under 300 words."""
    subject, context = in_sentence(topic.subject_en), in_sentence(topic.context_en)
    return " ".join(
        (
            source.choice(_BEGINNINGS).format(subject=subject, context=context),
            source.choice(_MIDDLES).format(subject=subject, context=context),
            source.choice(_ENDS).format(subject=subject, context=context),
        )
    )


def topics(topic: Topic, how_many: int) -> tuple[str, ...]:
    """Return the topics of the course's units, in teaching order."""
    subject, context = in_sentence(topic.subject_en), in_sentence(topic.context_en)
    return tuple(unit.format(subject=subject, context=context) for unit in _UNITS[:how_many])


_BEGINNINGS: Final = (
    "The course begins with what {subject} means for {context} and which mistakes cost them most.",
    "People who work with {context} told us where {subject} goes wrong; the course starts from their cases.",
    "Before any theory, learners look at a piece of {subject} from {context} and judge it.",
)
_MIDDLES: Final = (
    "Four short units build the skill step by step, each with practice, feedback and a worked example.",
    "Each unit joins a short explanation to a task of growing difficulty, with feedback within two working days.",
    "Learners keep a log of their own attempts, so that progress in {subject} can be seen and discussed.",
)
_ENDS: Final = (
    "At the end each learner solves a case on his own and answers questions about it.",
    "The last task is taken from {context} and is judged against criteria that learners know from the first day.",
    "Work from an earlier cohort, made anonymous, shows what a pass and a very good answer look like.",
)
_UNITS: Final = (
    "What {subject} is for",
    "The steps of {subject}",
    "Cases from {context}",
    "Checking and improving the result",
    "Explaining the result to others",
)
