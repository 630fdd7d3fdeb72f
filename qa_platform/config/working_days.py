"""Which days the agency works: weekends and public holidays as its country has them, and exceptions."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import holidays
from environs import Env

from qa_platform.config.refusal import SettingInvalid
from qa_platform.kernel.calendar import Calendar

_DAYS_OF_WEEK = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read_calendar(env: Env) -> Calendar:
    """Return the calendar that settings describe. Raises SettingInvalid.

    Public holidays come from the library “holidays”; those that follow the moon are estimates
    until they are proclaimed, and `HOLIDAYS` and `WORKED_DAYS` correct them.
    """
    return Calendar(
        # The country, and after a hyphen the state, whose public holidays count.
        public=_public_holidays(env.str("HOLIDAYS_OF", "MY")),
        # Further days on which the agency does not work, and days on which it works in spite of all.
        closed=_days(env, "HOLIDAYS"),
        open=_days(env, "WORKED_DAYS"),
        weekend=_weekend(env.str("WEEKEND", "saturday sunday")),
    )


@dataclass(frozen=True)
class PublicHolidays(Container[date]):
    """The public holidays of a country, or of one of its states: “MY”, “MY-SGR”."""

    of: str

    def __contains__(self, day: object) -> bool:
        """Return whether a day is one of them."""
        return day in self._known

    @cached_property
    def _known(self) -> Container[object]:
        country, _, state = self.of.partition("-")
        # It works out each year when it is first asked about a day of it.
        return holidays.country_holidays(country, subdiv=state or None)


def _public_holidays(of: str) -> Container[date]:
    if of == "none":
        return ()
    found = PublicHolidays(of)
    try:
        date(2026, 1, 1) in found  # noqa: B015 -- whether the place is known shows when it is asked
    except NotImplementedError:
        raise SettingInvalid(
            f"The setting HOLIDAYS_OF cannot be “{of}”: the public holidays of that place are not known. Write a "
            "country such as MY, with a state such as MY-SGR, or none, and list the days in HOLIDAYS."
        ) from None
    return found


def _weekend(text: str) -> frozenset[int]:
    names = text.replace(",", " ").lower().split()
    if unknown := [name for name in names if name not in _DAYS_OF_WEEK]:
        raise SettingInvalid(
            f"The setting WEEKEND cannot be used: “{unknown[0]}” is no day of the week. "
            "Write such as “friday saturday”."
        )
    if len(set(names)) == len(_DAYS_OF_WEEK):
        raise SettingInvalid(
            "The setting WEEKEND cannot be used: no day of the week is left to work on. Leave one out."
        )
    return frozenset(map(_DAYS_OF_WEEK.index, names))


def _days(env: Env, name: str) -> frozenset[date]:
    found = set()
    for text in env.str(name, "").replace(",", " ").split():
        try:
            found.add(date.fromisoformat(text))
        except ValueError:
            raise SettingInvalid(
                f"The setting {name} cannot be used: “{text}” is no day. "
                "Write days such as 2026-12-25, with commas between them."
            ) from None
    return frozenset(found)
