"""Commands and events of reviewers, for what a test does not talk about."""

from __future__ import annotations

from datetime import date

import factory

from qa_platform.kernel.sealed import seal
from qa_platform.reviewers import commands, events

REVIEWER = "person-1"


class RegisterReviewerFactory(factory.Factory):
    class Meta:
        model = commands.RegisterReviewer

    person_id = REVIEWER
    fields = ("0613", "0414")
    highest_level = 7
    years_of_practice = 9
    category = "academic"
    simulated = False


class ChangeExpertiseFactory(factory.Factory):
    class Meta:
        model = commands.ChangeExpertise

    person_id = REVIEWER
    fields = ("0613",)
    highest_level = 8
    years_of_practice = 10
    category = "academic"


class DeclareEligibleFactory(factory.Factory):
    class Meta:
        model = commands.DeclareEligible

    person_id = REVIEWER
    eligible_from = date(2026, 1, 1)


class PauseReviewerFactory(factory.Factory):
    class Meta:
        model = commands.PauseReviewer

    person_id = REVIEWER
    paused_from = date(2026, 3, 1)
    reason = "own_request"


class ResumeReviewerFactory(factory.Factory):
    class Meta:
        model = commands.ResumeReviewer

    person_id = REVIEWER
    resumed_from = date(2026, 5, 1)
    asked_by = "own_request"


class DeclareInterestFactory(factory.Factory):
    class Meta:
        model = commands.DeclareInterest

    person_id = REVIEWER
    interest_id = "interest-1"
    provider_id = "provider-1"
    category = "EMP"
    since = date(2020, 1, 1)
    declared_on = date(2026, 1, 1)
    course_id = None
    until = None
    detail = None


class EndInterestFactory(factory.Factory):
    class Meta:
        model = commands.EndInterest

    person_id = REVIEWER
    interest_id = "interest-1"
    ended_on = date(2026, 2, 1)


class ReviewerRegisteredFactory(factory.Factory):
    class Meta:
        model = events.ReviewerRegistered

    person_id = REVIEWER
    fields = ("0613", "0414")
    highest_level = 7
    years_of_practice = 9
    category = "academic"
    simulated = False


class ReviewerExpertiseChangedFactory(factory.Factory):
    class Meta:
        model = events.ReviewerExpertiseChanged

    person_id = REVIEWER
    fields = ("0613",)
    highest_level = 8
    years_of_practice = 10
    category = "academic"


class ReviewerDeclaredEligibleFactory(factory.Factory):
    class Meta:
        model = events.ReviewerDeclaredEligible

    person_id = REVIEWER
    eligible_from = date(2026, 1, 1)


class ReviewerPausedFactory(factory.Factory):
    class Meta:
        model = events.ReviewerPaused

    person_id = REVIEWER
    paused_from = date(2026, 3, 1)
    reason = "own_request"


class ReviewerResumedFactory(factory.Factory):
    class Meta:
        model = events.ReviewerResumed

    person_id = REVIEWER
    resumed_from = date(2026, 5, 1)


class ReviewerInterestDeclaredFactory(factory.Factory):
    class Meta:
        model = events.ReviewerInterestDeclared

    person_id = REVIEWER
    interest_id = "interest-1"
    provider_id = "provider-1"
    course_id = None
    category = "EMP"
    since = date(2020, 1, 1)
    until = None
    detail = None

    class Params:
        told = factory.Trait(detail=seal(REVIEWER, "Dean until the merger", purpose="interests"))


class ReviewerInterestEndedFactory(factory.Factory):
    class Meta:
        model = events.ReviewerInterestEnded

    person_id = REVIEWER
    interest_id = "interest-1"
    ended_on = date(2026, 2, 1)
