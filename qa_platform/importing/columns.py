"""Which columns of a sheet are used, and whether their cells stand where they belong."""

from __future__ import annotations

from qa_platform.importing.damage import examine
from qa_platform.importing.neighbours import check_neighbours
from qa_platform.importing.profile import PROVIDER, TITLES, Profile, kind_of
from qa_platform.importing.reading import FileRefused, Sheet
from qa_platform.importing.rows import Use
from qa_platform.importing.slips import Doubts, check_rows
from qa_platform.importing.torn import Expected


def columns_in_use(sheet: Sheet, profile: Profile) -> tuple[list[Use], list[str]]:
    """Return the columns that are used; raises FileRefused where title or provider have none."""
    uses, notes = [], []
    for name, column in profile.columns.items():
        if column.field is None:
            continue
        places = [place for place, told in enumerate(sheet.columns) if _same(told, name)]
        if len(places) > 1:
            raise FileRefused(
                f"The file was not imported: {len(places)} columns are named “{name}”. Rename one, or take it out."
            )
        if places:
            uses.append(Use(place=places[0], label=name.strip(), field=column.field, column=column))
        else:
            notes.append(f"The profile speaks of a column “{name}”, which the file has not.")
    filled = {use.field for use in uses} | set(profile.constants)
    for fields, what in ((TITLES, "title"), ((PROVIDER,), "provider")):
        if not filled.intersection(fields):
            names = ", ".join(f"“{name.strip()}”" for name in sheet.columns if name.strip())
            raise FileRefused(
                f"The file was not imported: no column holds the {what}. Line {sheet.header_line} names {names}. "
                f"Name one “{what}”, or give a profile that says which it is."
            )
    return uses, notes


def find_doubts(sheet: Sheet, profile: Profile, uses: list[Use]) -> Doubts:
    """Return what cannot be trusted in the sheet; raises FileRefused where all of it cannot."""
    declared = {name.strip().casefold(): kind_of(column) for name, column in profile.columns.items()}
    named = {place: declared.get(name.strip().casefold()) for place, name in enumerate(sheet.columns)}
    kinds = {place: kind for place, kind in named.items() if kind is not None}
    titles = [use.place for use in uses if use.field in TITLES]
    required = {use.place for use in uses if use.field == PROVIDER} | (set(titles) if len(titles) == 1 else set())
    doubts = check_rows(sheet, Expected(kinds=kinds, required=frozenset(required)))
    address = next((use.place for use in uses if use.field == "course_page_url"), None)
    if titles and address is not None:
        whole = [line for line in sheet.lines if len(line.cells) > max(titles[0], address)]
        check_neighbours([(line.number, line.cells[titles[0]], line.cells[address]) for line in whole])
    return doubts


def intact_providers(sheet: Sheet, uses: list[Use]) -> set[str]:
    """Return the providers whose names came through undamaged; they may restore the damaged ones."""
    place = next((use.place for use in uses if use.field == PROVIDER), None)
    names = {line.cells[place].strip() for line in sheet.lines if place is not None and place < len(line.cells)}
    return {name for name in names if name and examine(name) is None}


def _same(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()
