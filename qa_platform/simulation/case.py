"""One case of the simulation: what is put forward, by whom, and at what pace it goes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from qa_platform.kernel.months import months_after
from qa_platform.scoring.outcome import Outcome, Score, Sheet, outcome
from qa_platform.simulation import content, scoring_model
from qa_platform.simulation.chance import chance
from qa_platform.simulation.names import person
from qa_platform.simulation.office import in_office_hours, working_days_after
from qa_platform.simulation.standing import Cast
from qa_platform.simulation.titles import topic
from qa_platform.submissions.events import Capacity, CourseContent, Route

if TYPE_CHECKING:
    from qa_platform.decisions.events import Condition
    from qa_platform.scoring.rubric import Rubric
    from qa_platform.simulation.fates import Ending, Fate
    from qa_platform.simulation.players import Provider, Reviewer
    from qa_platform.web.deadlines import Deadlines

# Working days that each step takes, from the shortest to the longest; the agency's own limits are the longest.
PACE: Final = {
    "drafting": (3, 9),
    "intake": (1, 5),
    "correcting": (3, 9),
    "seating": (1, 2),
    "gate": (1, 2),
    "scoring": (4, 10),
    "moderation": (1, 5),
    "committee": (3, 7),
    "release": (1, 2),
}
# From the end of moderation to the final report, where the provider confirms the draft.
REPORT_PACE: Final = (3, 7)
# The steps that are over when a case stands at an ending; the next one has just begun.
_BEFORE: Final[dict[Ending, tuple[str, ...]]] = {
    "draft": (),
    "lodged": ("drafting",),
    "returned": ("drafting", "intake"),
    "accepted": ("drafting", "intake"),
    "invited": ("drafting", "intake", "seating"),
    "scoring": ("drafting", "intake", "seating", "gate", "half"),
    "moderation": ("drafting", "intake", "seating", "gate", "scoring"),
    "awaiting": ("drafting", "intake", "seating", "gate", "scoring", "moderation", "report"),
    "decided": ("drafting", "intake", "seating", "gate", "scoring", "moderation", "report", "committee"),
    "conditional": ("drafting", "intake", "seating", "gate", "scoring", "moderation", "report", "committee", "release"),
}
_COMPONENTS: Final = 0.1  # the share of courses that are part of an accredited programme
# After the day on which the case begins: the longest way there is, with every detour.
LONGEST_WAY: Final = 100


class Case:
    """One case while it is played."""

    def __init__(
        self,
        *,
        seed: int,
        number: int,
        fate: Fate,
        provider: Provider,
        rubric: Rubric,
        eligible_from: date,
        deadlines: Deadlines,
        new_id: Callable[[], str],
    ) -> None:
        """Invent the course and its people, and draw the pace."""
        self.seed, self.number, self.fate, self.provider, self.rubric = seed, number, fate, provider, rubric
        self.chance = chance(seed, "case", number)
        self.submission_id, self.course_id, self.decision_id = new_id(), new_id(), new_id()
        self.topic = topic(seed, number)
        listed = self.chance.random() < _COMPONENTS
        # Only what stands alone has a level of its own to vary, and conditions.
        alone = fate.twist == "variation" or fate.ending == "conditional"
        self.route = Route.APMC if listed and not alone else Route.SAMC
        self.days = {step: self.chance.randint(*limits) for step, limits in PACE.items()}
        self.days["report"] = chance(seed, "days of the report", number).randint(*REPORT_PACE)
        self.cast = Cast(
            instructors=tuple(new_id() for _ in range(self.chance.choice((1, 2)))),
            assessors=(new_id(), new_id()),
            support=new_id(),
            quality=new_id(),
            signatory=new_id(),
        )
        self.reviewing: dict[int, tuple[str, Reviewer]] = {}
        self.gone: set[int] = set()
        """Who sat on the panel, and does not any more."""
        self.settled: dict[str, int | None] = {}
        self.conditions: tuple[Condition, ...] = ()
        self.new_id, self.eligible_from, self.deadlines = new_id, eligible_from, deadlines
        self._judged: dict[int, tuple[scoring_model.Judgement, ...]] = {}
        self._last = datetime.min.replace(tzinfo=UTC)

    def days_until(self, ending: Ending) -> int:
        """Return how many working days before the end a case begins that then stands there."""
        days = self.days | {"half": self.days["scoring"] // 2 + 1}
        return sum(days[step] for step in _BEFORE[ending])

    def content(self, on: date) -> CourseContent:
        """Return the course as its provider describes it on a day."""
        course = content.course(self.seed, self.number, self.topic, self.cast, on)
        if course.review_date_planned is not None:
            latest = months_after(on, self.deadlines.longest_validity_months)
            course = replace(course, review_date_planned=min(course.review_date_planned, latest))
        if self.route is not Route.APMC:
            return course
        return replace(
            course,
            parent_programme_mqr_ref=f"SIM-PROGRAMME-{self.number % 40 + 1}",
            parent_course_codes=(f"SIM{self.number + 1:04d}",),
            parent_credits=course.credits_claimed,
        )

    def people(self) -> list[tuple[str, Capacity, str, str]]:
        """Return the people in the course: pseudonym, capacity, invented name and address."""
        parts = [
            *((subject, Capacity.INSTRUCTOR) for subject in self.cast.instructors),
            *((subject, Capacity.ASSESSOR) for subject in self.cast.assessors),
            (self.cast.support, Capacity.SUPPORT_CONTACT),
            (self.cast.quality, Capacity.QA_CONTACT),
            (self.cast.signatory, Capacity.PARTNER_SIGNATORY),
        ]
        found = []
        for place, (subject, capacity) in enumerate(parts):
            # Numbers far above those of the players, so that addresses differ.
            invented = person(self.seed, 1_000_000 + self.number * 10 + place)
            found.append((subject, capacity, invented.name, invented.email))
        return found

    def at(self, day: date) -> datetime:
        """Return an instant in the office hours of a day, later than the one before."""
        earliest = self._last + timedelta(minutes=self.chance.randrange(2, 40))
        self._last = max(in_office_hours(self.chance, day), earliest)
        return self._last

    def follow(self, instant: datetime) -> None:
        """Let nothing happen here before an instant: others of the same meeting had their turn."""
        self._last = max(self._last, instant)

    def later(self, day: date, step: str) -> date:
        """Return the day on which a step is done that began on a day."""
        return working_days_after(day, self.days[step])

    def judgements(self, reviewer: Reviewer) -> tuple[scoring_model.Judgement, ...]:
        """Return what a reviewer says of the case."""
        if reviewer.number not in self._judged:
            self._judged[reviewer.number] = scoring_model.sheet(
                self.seed, self.number, reviewer.number, self.rubric, self.route
            )
        return self._judged[reviewer.number]

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the sheets of those who hold the seats."""
        return tuple(
            Sheet(
                review_id=review_id,
                scores={
                    each.criterion: Score(score=each.score, confidence=each.confidence)
                    for each in self.judgements(reviewer)
                },
            )
            for _, (review_id, reviewer) in sorted(self.reviewing.items())
        )

    def outcome(self) -> Outcome:
        """Return what the sheets mean, with what is settled so far."""
        return outcome(self.rubric, self.route, self.sheets(), self.settled)
