"""What may not be done to a submission; the sentences are said where the rules are."""

from __future__ import annotations

from qa_platform.kernel.rejected import Missing, Rejected


class SubmissionUnknown(Missing):
    """There is no submission of that id."""


class SubmissionAlreadyDrafted(Rejected):
    """There is another submission of that id."""


class PriorAccreditationNeeded(Rejected):
    """A renewal or change does not say which accreditation it follows."""


class PriorListingEnded(Rejected):
    """The unit that a renewal or change follows is listed no more."""


class SubmissionNotOpen(Rejected):
    """The submission cannot be changed in the state that it is in."""


class PersonalDataInText(Rejected):
    """A text that others read holds personal data."""


class PersonNotPseudonymous(Rejected):
    """A person is named under what is no random pseudonym, and might be a name itself."""


class SubmissionNotLodgeable(Rejected):
    """The submission cannot be lodged in the state that it is in."""


class SubmissionIncomplete(Rejected):
    """Something is missing or wrong, so that nobody could review the course."""


class DeclarationNotAuthorised(Rejected):
    """Somebody declared who is not the provider's accountable officer."""


class DeclarationTextUnknown(Rejected):
    """The declaration refers to a text that there is not."""


class DeclarationNotToday(Rejected):
    """The declaration was made on another day than the lodging."""


class ProviderNotRecognised(Rejected):
    """The provider is not recognised on the day of lodging."""


class ProviderHasCeased(Rejected):
    """The provider has ended its work and begins nothing new."""


class SubmissionNotAtIntake(Rejected):
    """Intake has nothing to say about the submission in the state that it is in."""


class NoStandardInForce(Rejected):
    """No version of the standard is in force, under which a submission could be accepted."""


class AcceptedOtherwise(Rejected):
    """The submission was accepted under another version of the standard."""


class ReturnWithoutReason(Rejected):
    """A return does not say what is to be completed."""


class ReturnFieldUnknown(Rejected):
    """A return points at a field that no course has."""


class ReturnDateNotAhead(Rejected):
    """A return leaves no time to complete anything."""


class ReturnExtendedBefore(Rejected):
    """A return is extended once; this one was."""


class ReturnOverdue(Rejected):
    """The time of the return is over, so there is none left to extend."""


class SubmissionEnded(Rejected):
    """The submission is over, so it cannot be withdrawn."""


class SubmissionDecided(Rejected):
    """The submission is before the committee, or was decided, so it cannot be withdrawn."""


class ClosureWithoutReason(Rejected):
    """A closing on another ground than the listed ones does not say which."""


class SubmissionNotOver(Rejected):
    """Only what ended without a review is filed again."""


class SubmissionFiledBefore(Rejected):
    """The submission was filed again, and that one is to be gone on with."""


class SubmissionNotReturned(Rejected):
    """Only a returned submission can lapse, and only its return be extended."""


class StepNotLast(Rejected):
    """A step cannot be taken back upon which something else is built, or that was never made."""


class CoursePutForwardAnew(Rejected):
    """The course of an ended submission was put forward anew, so that it does not come back."""


class SubmissionNotOverdue(Rejected):
    """There is still time to complete the submission."""
