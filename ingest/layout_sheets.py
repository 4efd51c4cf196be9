"""Sheets of a workbook by the form they carry, and which of several that carry the same form is read.

Belongs here: printed form numbers, names of sheets, copies, drafts and continuations. Does not belong here: which
report a sheet belongs to (identity.py), tables on it (layout_tables.py).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache

from ingest import reference
from ingest.fix_list import SHEET_NAME, is_fix_list
from ingest.layout import LayoutVersion
from ingest.layout_cells import title_of
from ingest.layout_headers import remember
from ingest.layout_tables import ORDINALS, Table, locate_tables
from ingest.own_sheets import OWN_SHEET_PREFIX, is_contents
from ingest.problem import Problem
from ingest.reader import Sheet, Workbook
from ingest.spec import FormSpec, SheetSpec, load_specs
from ingest.wording import fold, fold_header

ANCHOR_ROWS = 15
LONGEST_ANCHOR = 40  # letters of a line further down that is the number of a form; a longer one mentions it
FORM = fold("Biểu")
SHORTEST_BEGINNING = 5  # letters by which the name of a criterion is known: "Nhà ở", "Thủy lợi"
LONGEST_NAME = 60  # letters of the heading that names a commune
PART_MARK = "#"
CONTINUED = re.compile(  # not the "trực tiếp" of a heading
    rf"\(\s*{fold('tiếp')}(?:\s+{fold('theo')})?\s*\)|(?<!\w){fold('tiếp theo')}(?!\w)|"
    rf"(?<!\w)(?<!{fold('trực')} ){fold('tiếp')}\s*$|\(\s*{fold('phần')}\s+\d+\s*\)"
)
OLD = re.compile(rf"(?<!\w){fold('cũ')}(?!\w)|\bold\b|{fold('năm trước')}|{fold('nháp')}|backup")
NAMED_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class HandMade:
    """A sheet in a hand-made layout of a form."""

    spec: FormSpec
    layout: LayoutVersion
    tables: list[Table]


@dataclass(frozen=True)
class Carriers:
    """The sheets that a form is read from, and what its sender should know of the others."""

    sheets: tuple[Sheet, ...]
    problems: list[Problem] = field(default_factory=list)


def assign_sheets(workbook: Workbook) -> dict[str, Sheet]:
    """The worksheet of each sheet spec (by its name, unique over all forms) that the workbook has.

    The form number printed on a sheet decides; then its name; then a hand-made layout that it is in. Visible sheets
    come before hidden ones. Further sheets of the same form have the keys `name#2`, `name#3` and so on.
    """
    specs = [sheet for form in load_specs().values() for sheet in form.sheets]
    candidates = [
        sheet for sheet in sorted(workbook.sheets, key=lambda sheet: not sheet.is_visible) if _may_carry(sheet)
    ]
    found: dict[str, Sheet] = {}
    taken: set[int] = set()
    matches: tuple[Callable[[SheetSpec, Sheet], bool], ...] = (
        lambda spec, sheet: _anchors_on(sheet) == {spec.name} and fold(sheet.name) == fold(spec.name),
        lambda spec, sheet: _anchors_on(sheet) == {spec.name},
        lambda spec, sheet: fold(sheet.name) == fold(spec.name) and len(_anchors_on(sheet)) != 1,
    )
    for fits in matches:
        for spec in specs:
            for sheet in candidates:
                if id(sheet) not in taken and fits(spec, sheet):
                    found[_free_key(found, spec.name)] = sheet
                    taken.add(id(sheet))
    for sheet in candidates:
        if id(sheet) in taken:
            continue
        if len(printed := sorted(_anchors_on(sheet))) > 1:
            found |= {_free_key(found, name): sheet for name in printed}
        elif (hand_made := hand_made_on(sheet)) is not None:
            title = title_of(sheet, hand_made.tables[0].header_row)
            part = hand_made.layout.sheet_of(hand_made.spec.sheets, title)
            if part is not None:
                found[_free_key(found, part.name)] = sheet
    return found


def carriers_of(
    name: str, sheets: Mapping[str, Sheet], form: str, year: int | None, prints_period: Callable[[Sheet], bool]
) -> Carriers:
    """Which of the sheets assigned to a sheet spec are read.

    A copy is read once; hidden sheets and such as are named like an old year lose to others; sheets that all print
    the period, or call themselves a continuation, are parts of one form; else the sender is asked and none is read.
    """
    own = [sheet for key, sheet in sheets.items() if key.partition(PART_MARK)[0] == name]
    problems: list[Problem] = []
    kept: list[Sheet] = []
    for sheet in own:
        twin = next((other for other in kept if other.cells == sheet.cells), None)
        if twin is None:
            kept.append(sheet)
        else:
            problems.append(Problem("sheet_copied", form, sheet.name, value=twin.name))
    for loses in (lambda sheet: not sheet.is_visible, lambda sheet: _is_named_old(sheet, year)):
        losing = [sheet for sheet in kept if loses(sheet)]
        if losing and len(losing) < len(kept):
            kept = [sheet for sheet in kept if not loses(sheet)]
            problems += [Problem("sheet_left_aside", form, sheet.name, value=kept[0].name) for sheet in losing]
    if len(kept) > 1 and not (all(map(prints_period, kept)) or all(_is_continued(sheet) for sheet in kept[1:])):
        names = ", ".join(f"“{sheet.name}”" for sheet in kept)
        problems.append(Problem("sheet_repeated", form, kept[0].name, value=names, expected=name))
        kept = []
    problems += [Problem("hidden_sheet_read", form, sheet.name) for sheet in kept if not sheet.is_visible]
    return Carriers(tuple(kept), problems)


def unrecognised_sheets(workbook: Workbook, assigned: Mapping[str, Sheet]) -> list[Sheet]:
    """Visible sheets with content that carry no form we know."""
    known = {id(sheet) for sheet in assigned.values()}
    return [sheet for sheet in workbook.sheets if sheet.is_visible and id(sheet) not in known and _may_carry(sheet)]


def derived_note(sheet: Sheet) -> str | None:
    """The form that a sheet only sums up, or None for a sheet of which that is not known."""
    rows = [row for row in sheet.rows if row < ANCHOR_ROWS]
    title = title_of(sheet, ANCHOR_ROWS)
    for spec in load_specs().values():
        for kind in spec.derived:
            wanted = {fold_header(header) for header in kind.headers}
            heads = (
                {fold_header(value) for value in sheet.rows[row].values() if isinstance(value, str)} for row in rows
            )
            if any(fold(words) in title for words in kind.titles) or any(len(wanted & found) >= 2 for found in heads):
                return kind.note
    return None


def carries_by_name(sheet: Sheet) -> bool:
    """Whether a form number or the name of a form's sheet says what a sheet carries."""
    names = {fold(part.name) for form in load_specs().values() for part in form.sheets}
    return bool(_anchors_on(sheet)) or fold(sheet.name) in names


def hand_made_on(sheet: Sheet) -> HandMade | None:
    """The hand-made layout that a sheet is in; None for none, or where several fit."""
    return remember(sheet, "_hand_made", lambda: _hand_made(sheet))


def _hand_made(sheet: Sheet) -> HandMade | None:
    if derived_note(sheet) is not None:
        return None
    found = []
    for spec in load_specs().values():
        for layout in spec.layouts:
            tables = _tables_in(sheet, spec, layout)
            if tables:
                found.append(HandMade(spec, layout, tables))
    best = max((len(one.tables[0].found) for one in found), default=0)
    fitting = [one for one in found if len(one.tables[0].found) == best]
    return fitting[0] if len(fitting) == 1 else None


def _tables_in(sheet: Sheet, spec: FormSpec, layout: LayoutVersion) -> list[Table]:
    """The blocks of a sheet that have what a layout needs, under one of its titles."""
    laid_out = layout.as_spec(spec)
    tables = locate_tables(sheet, laid_out, axis_names(spec))
    if not tables or not set(layout.needed) <= tables[0].found or len(tables[0].groups) < layout.minimum_groups:
        return []
    title = title_of(sheet, tables[0].header_row) + " " + fold(sheet.name)
    return tables if not layout.titles or any(fold(words) in title for words in layout.titles) else []


def axis_names(spec: FormSpec) -> Callable[[str], str | None]:
    """What a heading of a matrix may name before unit and period are known: any criterion, any commune."""
    if spec.axis_list != "criteria_of_set":
        return lambda text: text if len(text) <= LONGEST_NAME and fold_header(text) not in _known_headings() else None
    numbered = re.compile(rf"(?:tc|{fold('tiêu chí')}(?: {fold('số')})?)?\s*(\d{{1,2}})(?!\d)")
    names = {fold(row["criterion_name_vi"]) for row in reference.rows("criteria")}

    def may_name(text: str) -> str | None:
        heading = fold_header(text)
        begins_one = len(heading) >= SHORTEST_BEGINNING and any(name.startswith(f"{heading} ") for name in names)
        return text if numbered.match(fold(text)) or heading in names or begins_one else None

    return may_name


@cache
def _known_headings() -> frozenset[str]:
    """Headings of any form and layout: none of them names a commune."""
    specs = load_specs().values()
    own = [header for spec in specs for column in spec.columns for header in column.headers]
    layouts = [layout for spec in specs for layout in spec.layouts]
    laid = [header for layout in layouts for column in layout.columns for header in column.headers]
    ignored = [header for layout in layouts for header in layout.ignored]
    return frozenset(fold_header(header) for header in (*own, *laid, *ignored)) | ORDINALS


def _may_carry(sheet: Sheet) -> bool:
    is_ours = sheet.name.startswith(OWN_SHEET_PREFIX) or fold(sheet.name).startswith(fold(SHEET_NAME))
    return bool(sheet.cells) and not is_ours and not is_contents(sheet.name) and not is_fix_list(sheet)


def _anchors_on(sheet: Sheet) -> set[str]:
    """Names of the sheet specs whose form number stands on a sheet: in its first rows, or on a line of its own."""
    return remember(sheet, "_anchors", lambda: _find_anchors(sheet))


def _find_anchors(sheet: Sheet) -> set[str]:
    anchors = {fold(spec.anchor): spec.name for form in load_specs().values() for spec in form.sheets}
    found: set[str] = set()
    for row, cells in sheet.rows.items():
        for value in cells.values():
            text = fold(value) if isinstance(value, str) else ""
            if not text or (row >= ANCHOR_ROWS and FORM not in text):
                continue
            for anchor, name in anchors.items():
                if anchor in text and (row < ANCHOR_ROWS or len(text) <= LONGEST_ANCHOR):
                    found.add(name)
    covers = {sheet.name for sheet in load_specs()["cover"].sheets}
    return found - covers or found


def _free_key(found: Mapping[str, Sheet], name: str) -> str:
    number = 1 + sum(key.partition(PART_MARK)[0] == name for key in found)
    return name if number == 1 else f"{name}{PART_MARK}{number}"


def _is_named_old(sheet: Sheet, year: int | None) -> bool:
    years = [int(found) for found in NAMED_YEAR.findall(sheet.name)]
    return bool(OLD.search(fold(sheet.name))) or (year is not None and bool(years) and max(years) < year)


def _is_continued(sheet: Sheet) -> bool:
    return bool(CONTINUED.search(fold(sheet.name)) or CONTINUED.search(title_of(sheet, ANCHOR_ROWS)))
