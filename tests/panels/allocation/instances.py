"""Instances of allocations, small ones of every kind."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from qa_platform.panels.events.allocation import (
    CaseInput,
    Expertise,
    Instance,
    KnownTie,
    Policy,
    ReviewerInput,
)

TODAY = date(2026, 11, 24)
CATEGORIES = ("academic", "employer", "learner")
FIELDS = ("0611", "0612", "0613", "0411", "041", "06")


def case(number: int = 1, **different) -> CaseInput:
    usual = {
        "submission_id": f"submission-{number}",
        "provider_id": f"provider-{number}",
        "field": "0613",
        "level": 4,
        "languages": ("en",),
        "waiting_days": 3,
        "seats": (1, 2),
    }
    return CaseInput(**{**usual, **different})


def reviewer(number: int = 1, **different) -> ReviewerInput:
    usual = {
        "reviewer_id": f"reviewer-{number}",
        "category": "academic",
        "expertise": (Expertise(field="0613", level=8),),
        "languages": ("en", "ms"),
        "available": True,
        "open_cases": 0,
        "cap": 4,
    }
    return ReviewerInput(**{**usual, **different})


def instance(*parts: CaseInput | ReviewerInput, seed: str = "a", policy: Policy | None = None) -> Instance:
    return Instance(
        on=TODAY,
        seed=seed,
        policy=policy or Policy(),
        cases=tuple(part for part in parts if isinstance(part, CaseInput)),
        reviewers=tuple(part for part in parts if isinstance(part, ReviewerInput)),
    )


@st.composite
def instances(draw, cases: int = 3, reviewers: int = 4) -> Instance:
    many = draw(st.integers(1, cases))
    people = draw(st.integers(0, reviewers))
    ids = [f"reviewer-{number}" for number in range(people)]
    return Instance(
        on=TODAY,
        seed=draw(st.sampled_from(("a", "b"))),
        policy=Policy(),
        cases=tuple(
            CaseInput(
                submission_id=f"submission-{number}",
                provider_id=draw(st.sampled_from(("provider-1", "provider-2"))),
                field=draw(st.sampled_from((*FIELDS, None))),
                level=draw(st.sampled_from((None, 3, 5))),
                languages=draw(st.sampled_from(((), ("en",), ("en", "ms")))),
                waiting_days=draw(st.integers(0, 3)),
                seats=draw(st.sampled_from(((1,), (2,), (1, 2)))),
                held=draw(st.sampled_from(((), (), ("academic",)))),
                excluded=tuple(draw(st.lists(st.sampled_from(ids), max_size=1))) if ids else (),
            )
            for number in range(many)
        ),
        reviewers=tuple(
            ReviewerInput(
                reviewer_id=one,
                category=draw(st.sampled_from(CATEGORIES)),
                expertise=tuple(
                    Expertise(field=field, level=draw(st.sampled_from((3, 6))))
                    for field in draw(st.lists(st.sampled_from(FIELDS), min_size=1, max_size=3, unique=True))
                ),
                languages=draw(st.sampled_from((None, ("en",), ("en", "ms")))),
                available=draw(st.sampled_from((True, True, True, False))),
                open_cases=draw(st.integers(0, 2)),
                cap=draw(st.integers(1, 3)),
                ties=tuple(
                    KnownTie(submission_id=f"submission-{number}", code="EMP", bars=draw(st.booleans()))
                    for number in draw(st.lists(st.integers(0, many - 1), max_size=1))
                ),
            )
            for one in ids
        ),
    )
