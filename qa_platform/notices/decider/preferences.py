"""The rules of what a person wants of notices."""

from __future__ import annotations

from qa_platform.kernel.decider import Decider
from qa_platform.kernel.rejected import Fault
from qa_platform.notices.commands import PreferencesCommand, SetPreferences
from qa_platform.notices.decider.kinds import KINDS
from qa_platform.notices.decider.refusals import DigestHourImpossible, KindRequired, KindUnknown
from qa_platform.notices.events import NoticePreferencesSet, PreferencesEvent

_HOURS = range(24)
Preferences = NoticePreferencesSet | None


def decide(command: PreferencesCommand, preferences: Preferences) -> list[PreferencesEvent]:
    """Return what a person wants from now on, or raise Rejected."""
    if command.digest_hour not in _HOURS:
        raise DigestHourImpossible(
            f"Nothing was changed: a day has no hour {command.digest_hour}. Choose one from 0 to 23.",
            (Fault("digest_hour", "Choose an hour from 0 to 23."),),
        )
    unsubscribed = tuple(sorted(set(command.unsubscribed)))
    for kind in unsubscribed:
        _refuse_unless_free(kind)

    wanted = NoticePreferencesSet(
        person_id=command.person_id,
        language=command.language,
        mailing=command.mailing,
        digest_hour=command.digest_hour,
        unsubscribed=unsubscribed,
    )
    return [] if wanted == preferences else [wanted]


def evolve(_preferences: Preferences, event: PreferencesEvent) -> Preferences:
    """Return what the person wants after an event. Never refuses."""
    return event


def _refuse_unless_free(kind: str) -> None:
    if kind not in KINDS:
        raise KindUnknown(
            f"Nothing was changed: there is no kind of notice “{kind}”. Choose from the list of kinds.",
            (Fault("unsubscribed", f"There is no kind “{kind}”."),),
        )
    if KINDS[kind].required:
        raise KindRequired(
            f"Nothing was changed: notices of the kind “{kind}” must reach you, for something that is yours depends "
            "on them. Leave it out; the others can be left to the inbox.",
            (Fault("unsubscribed", f"“{kind}” cannot be left out."),),
        )


def _stream(command: PreferencesCommand) -> str:
    return f"notice_preferences-{command.person_id}"


preferences_decider: Decider[PreferencesCommand, Preferences, PreferencesEvent] = Decider(
    commands=(SetPreferences,),
    events=(NoticePreferencesSet,),
    stream=_stream,
    initial=None,
    decide=decide,
    evolve=evolve,
)
