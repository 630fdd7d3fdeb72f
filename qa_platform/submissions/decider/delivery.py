"""Languages, people, places and access: how a course reaches its learners."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from qa_platform.kernel.rejected import Fault
from qa_platform.submissions.decider.codes import COUNTRIES, LANGUAGES
from qa_platform.submissions.decider.required import unsaid
from qa_platform.submissions.decider.volume import WHOLE
from qa_platform.submissions.events import CourseContent
from qa_platform.submissions.events.parts import Contact, TeachingPerson
from qa_platform.submissions.events.words import AccessibilityLevel, DeliveryMode

ONLINE = frozenset({DeliveryMode.ONLINE_SYNCHRONOUS, DeliveryMode.ONLINE_ASYNCHRONOUS})
LONGEST_ANSWER_HOURS = 72
FEWEST_ASSESSORS = 2
FEWEST_SHARES = 2

_EXCLUDED = {
    "foundation_studies": "foundation studies",
    "practical_training": "an internship or practical training",
    "final_project": "a final-year project",
    "research": "research",
}
_PERSON = {
    "role": "Say what this person's role is.",
    "qualification": "Give this person's highest relevant qualification.",
    "level": "Give the MQF level of that qualification.",
    "years_practice": "Give this person's years of relevant practice.",
    "teaching_training": "Say whether this person is trained to teach or to assess.",
}
_LOCATION = {"name": "Name this place.", "country": "Say in which country this place is."}
_PLATFORM = {
    "name": "Name the platform.",
    "owner": "Say which organisation runs the platform.",
    "url": "Give the address of the platform.",
    "hosting_country": "Say in which country the platform is hosted.",
}


def delivery_faults(content: CourseContent, named_subjects: Collection[str]) -> Iterator[Fault]:
    """Say what is wrong in how the course reaches its learners, and who in it has no name yet."""
    yield from _excluded(content)
    yield from _languages(content)
    yield from _modes(content)
    yield from _places(content)
    yield from _people(content)
    yield from _access(content)
    yield from _unnamed(content, named_subjects)


def subjects_of(content: CourseContent) -> dict[str, str]:
    """Return where people stand in the course: path to pseudonym."""
    found: dict[str, str | None] = {}
    for field in ("instructors", "assessors", "partners"):
        found |= {f"{field}.{index}": row.subject for index, row in enumerate(getattr(content, field) or ())}
    for field in ("external_moderator", "support_contact", "qa_contact"):
        person: TeachingPerson | Contact | None = getattr(content, field)
        found[field] = person.subject if person else None
    return {path: subject for path, subject in found.items() if subject}


def _excluded(content: CourseContent) -> Iterator[Fault]:
    declared = content.exclusion_declaration
    if declared is None:
        return
    for field, name in _EXCLUDED.items():
        answer = getattr(declared, field)
        if answer is None:
            yield Fault(f"exclusion_declaration.{field}", f"Declare whether the course is {name}.")
        elif answer:
            yield Fault(
                f"exclusion_declaration.{field}",
                f"A course that is {name} is not eligible: the scheme does not take it. Withdraw the submission.",
            )


def _languages(content: CourseContent) -> Iterator[Fault]:
    for field in ("language_of_instruction", "language_of_assessment"):
        for index, code in enumerate(getattr(content, field) or ()):
            if code not in LANGUAGES:
                yield Fault(f"{field}.{index}", f"“{code}” is no language of ISO 639-1, such as “ms” or “en”.")


def _is_online_only(content: CourseContent) -> bool:
    if content.delivery_mode is DeliveryMode.BLENDED and content.delivery_shares:
        return all(share.mode in ONLINE for share in content.delivery_shares)
    return content.delivery_mode in ONLINE


def _modes(content: CourseContent) -> Iterator[Fault]:
    shares = content.delivery_shares or ()
    if content.delivery_mode is not DeliveryMode.BLENDED:
        if shares and content.delivery_mode is not None:
            yield Fault("delivery_shares", "Only a blended course has shares of modes; take them out.")
        return
    if len({share.mode for share in shares}) < FEWEST_SHARES or len({share.mode for share in shares}) < len(shares):
        yield Fault("delivery_shares", "Say how a blended course is split: two or more modes, each once.")
    if any(share.mode is DeliveryMode.BLENDED for share in shares):
        yield Fault("delivery_shares", "“Blended” is no share of a blended course; name the modes it is made of.")
    total = sum(share.share_pct or 0 for share in shares)
    if shares and total != WHOLE:
        yield Fault("delivery_shares", f"The shares of the modes come to {total} per cent; they must come to 100.")


def _places(content: CourseContent) -> Iterator[Fault]:
    locations = content.delivery_locations or ()
    if content.delivery_mode and not locations and not _is_online_only(content):
        yield Fault("delivery_locations", "Say where the course is held: approval is per location.")
    for index, location in enumerate(locations):
        path = f"delivery_locations.{index}"
        yield from unsaid(location, path, _LOCATION)
        yield from _country(f"{path}.country", location.country)
    uses_platform = content.delivery_mode in {*ONLINE, DeliveryMode.BLENDED}
    if uses_platform and content.platform is None:
        yield Fault("platform", "Say on which platform the course runs, and whose it is.")
    if uses_platform and not content.technical_needs:
        yield Fault("technical_needs", "Say what learners need technically.")
    if content.platform is not None:
        yield from unsaid(content.platform, "platform", _PLATFORM)
        yield from _country("platform.hosting_country", content.platform.hosting_country)


def _country(path: str, code: str | None) -> Iterator[Fault]:
    if code and code not in COUNTRIES:
        yield Fault(path, f"“{code}” is no country of ISO 3166-1, such as “MY”.")


def _people(content: CourseContent) -> Iterator[Fault]:
    for field in ("instructors", "assessors"):
        people: tuple[TeachingPerson, ...] = getattr(content, field) or ()
        seen: set[str] = set()
        for index, person in enumerate(people):
            yield from unsaid(person, f"{field}.{index}", _PERSON)
            if person.subject in seen:
                yield Fault(f"{field}.{index}.subject", "This person is listed twice; keep one of the two.")
            seen.add(person.subject)
    if len(content.assessors or ()) < FEWEST_ASSESSORS and content.external_moderator is None:
        yield Fault("assessors", "Name at least two assessors, or a moderator from outside.")
    if content.external_moderator is not None:
        yield from unsaid(content.external_moderator, "external_moderator", _PERSON)


def _access(content: CourseContent) -> Iterator[Fault]:
    if content.response_time_hours is not None and content.response_time_hours > LONGEST_ANSWER_HOURS:
        yield Fault(
            "response_time_hours",
            f"{content.response_time_hours} hours is too long: learners must be answered within 72 hours.",
        )
    claimed = content.accessibility_level
    if claimed not in {None, AccessibilityLevel.NONE} and content.accessibility_report_file is None:
        yield Fault("accessibility_report_file", "Attach the report that shows the accessibility that is claimed.")


def _unnamed(content: CourseContent, named_subjects: Collection[str]) -> Iterator[Fault]:
    for path, subject in subjects_of(content).items():
        if subject not in named_subjects:
            yield Fault(f"{path}.subject", "This person has no name yet; give it under people.")
