"""Identity: whose reports a workbook holds and for which periods, by its covers or by what is printed above its tables.

Belongs here: which sheets belong to which report, and the blocking rules of unit and period. Does not belong here: the
tables (tables.py), file names, folders and moments of receipt: those are admission (expectations/admission.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest import reference
from ingest.cover import name_period, name_unit
from ingest.fix_list import Justification, is_fix_list, read_justifications
from ingest.locate import assign_sheets, locate_labels
from ingest.own_sheets import is_contents
from ingest.parse import ParsedForm, parse_record
from ingest.period_names import REPORTED_PERIOD_TYPES, Period
from ingest.printed import Printed, PrintedPeriod, PrintedUnit, printed_on
from ingest.problem import Problem
from ingest.reader import Sheet, Workbook
from ingest.settings import Settings
from ingest.spec import load_specs
from ingest.unit_names import Unit, is_of_province, provinces_of, shown_unit

__all__ = ["COVER", "REPORTED_PERIOD_TYPES", "Identity", "identify", "identity_of", "is_of_province", "provinces_of"]

COVER = "cover"
OWN_LABELS = ("reporting_unit_code", "reporting_unit_name", "reporting_period_code")


@dataclass(frozen=True)
class Identity:
    """One report of a workbook. Unit and period are rows of the reference data, and both set if `problems` is empty."""

    sheets: Mapping[str, Sheet]  # by name of the sheet spec
    unit: Unit | None = None
    period: Period | None = None
    cover: ParsedForm = field(default_factory=ParsedForm)
    problems: tuple[Problem, ...] = ()  # blocking
    notes: tuple[Problem, ...] = ()  # what else was found while the sheets were sorted
    cover_sheet: str | None = None  # name of the worksheet; None without a cover
    part_no: int = 1  # among the reports of the file, in the order of its sheets
    workbook: Workbook = field(default_factory=Workbook)  # the sheets of this report
    justifications: tuple[Justification, ...] = ()

    @property
    def is_identified(self) -> bool:
        return not self.problems and self.unit is not None and self.period is not None

    @property
    def template_version(self) -> str | None:
        version: str | None = self.said("template_version")
        return version

    def said(self, column: str) -> Any:
        """The typed value of a field of the cover; None without a cover."""
        return self.cover.rows[0][column] if self.cover.rows else None


def identify(workbook: Workbook, settings: Settings) -> list[Identity]:
    """The reports of a workbook, one per cover, in sheet order; without a cover one, from what its sheets print.

    There is always at least one; a report that does not say whose it is has blocking problems.
    """
    said = read_justifications(workbook)
    workbook = replace(workbook, sheets=tuple(sheet for sheet in workbook.sheets if not _is_ours(sheet)))
    return _with_justifications(_reports_of(workbook, settings), said)


def _is_ours(sheet: Sheet) -> bool:
    """Whether a sheet only speaks of others."""
    return is_fix_list(sheet) or is_contents(sheet.name)


def _reports_of(workbook: Workbook, settings: Settings) -> list[Identity]:
    covers = _covers(workbook)
    if not covers:
        return [_without_cover(workbook, settings)]
    reports = [_read_cover(cover, settings) for cover in covers]
    forms = _form_sheets(workbook)
    printed = {id(sheet): printed_on(sheet, settings.province_code) for sheet in forms}
    shares = _shares(workbook, covers, reports, printed)
    parts = [
        _with_sheets(replace(report, part_no=number), workbook, share, printed)
        for number, (report, share) in enumerate(zip(reports, shares, strict=True), start=1)
    ]
    return _refuse_repeated(parts)


def identity_of(
    workbook: Workbook, settings: Settings, part_no: int, reporting_unit_id: str, reporting_period_id: str
) -> Identity:
    """A report that has been identified before, as it was identified then, whatever the settings say by now."""
    identity = identify(workbook, settings)[part_no - 1]
    unit, period = reference.reporting_unit(reporting_unit_id), reference.period(reporting_period_id)
    return replace(identity, unit=unit, period=period, problems=())


def _covers(workbook: Workbook) -> list[Sheet]:
    """The sheets that are covers, in order; hidden ones only where no other is."""
    spec = load_specs()[COVER]
    name = spec.sheets[0].name
    found = [sheet for sheet in workbook.sheets if name in assign_sheets(Workbook((sheet,)))]
    own = [column for column in spec.columns if column.name in OWN_LABELS]
    labelled = [sheet for sheet in found if locate_labels(sheet, own)]
    covers = labelled or ([] if _form_sheets(workbook) else found[:1])
    return [sheet for sheet in covers if sheet.is_visible] or covers


def _form_sheets(workbook: Workbook) -> list[Sheet]:
    """Sheets that carry a form other than the cover, in order."""
    cover = load_specs()[COVER].sheets[0].name
    return [sheet for sheet in workbook.sheets if set(assign_sheets(Workbook((sheet,)))) - {cover}]


def _read_cover(sheet: Sheet, settings: Settings) -> Identity:
    spec = load_specs()[COVER]
    if not locate_labels(sheet, spec.columns):
        return Identity({}, problems=(_not_a_report(Workbook((sheet,))),), workbook=Workbook((sheet,)))
    cover = parse_record(spec, sheet)
    problems: list[Problem] = []
    period = name_period(cover.rows[0], problems)
    unit = name_unit(cover.rows[0], problems, settings.province_code, period)
    return Identity({}, unit, period, cover, tuple(problems), cover_sheet=sheet.name)


def _not_a_report(workbook: Workbook) -> Problem:
    names = ", ".join(sheet.name for sheet in workbook.sheets)
    return Problem("not_a_report", COVER, value=names, expected=load_specs()[COVER].sheets[0].name)


def _shares(
    workbook: Workbook, covers: Sequence[Sheet], reports: Sequence[Identity], printed: Mapping[int, Printed]
) -> list[list[Sheet]]:
    """The sheets of each report: those that print its period and unit, and those that follow its cover."""
    shares: list[list[Sheet]] = [[] for _ in covers]
    numbers = {id(sheet): number for number, sheet in enumerate(covers)}
    hidden_covers = {id(sheet) for sheet in workbook.sheets if _is_cover_beside(sheet, numbers)}
    last = 0
    for sheet in workbook.sheets:
        last = numbers.get(id(sheet), last)
        if id(sheet) in numbers:
            shares[last].append(sheet)
        elif id(sheet) not in hidden_covers:
            shares[_owner(printed.get(id(sheet)), reports, last)].append(sheet)
    return shares


def _is_cover_beside(sheet: Sheet, covers: Mapping[int, int]) -> bool:
    """Whether a hidden sheet is a cover that is not counted beside the visible ones."""
    name = load_specs()[COVER].sheets[0].name
    return not sheet.is_visible and id(sheet) not in covers and name in assign_sheets(Workbook((sheet,)))


def _owner(said: Printed | None, reports: Sequence[Identity], last: int) -> int:
    """The report whose period, and where that leaves a choice whose unit, a sheet prints; else that of the last cover.

    A sheet that names a year only, or no period, stays where it stands.
    """
    if said is None or len(reports) == 1:
        return last
    strict = {one.period["reporting_period_id"] for one in said.periods if one.period and not one.is_loose}
    fitting = [n for n, one in enumerate(reports) if one.period and one.period["reporting_period_id"] in strict]
    fitting = fitting or [n for n, one in enumerate(reports) if not strict]
    units = {one.unit["reporting_unit_id"] for one in said.units}
    of_unit = [n for n in fitting if (unit := reports[n].unit) is not None and unit["reporting_unit_id"] in units]
    choice = of_unit or fitting
    return last if last in choice or not choice else max([n for n in choice if n < last], default=choice[0])


def _with_sheets(
    report: Identity, workbook: Workbook, share: Sequence[Sheet], printed: Mapping[int, Printed]
) -> Identity:
    """The report with the sheets it may read: without those that say they are of another period."""
    own, notes, period = list(share), list(report.notes), report.period
    if period is not None:
        other = {id(sheet): said for sheet in share if (said := printed.get(id(sheet), Printed()).contradicts(period))}
        kept = assign_sheets(replace(workbook, sheets=tuple(sheet for sheet in share if id(sheet) not in other)))
        if other and not report.problems and not set(kept) - {load_specs()[COVER].sheets[0].name}:
            problem = _contradicted_cover(report, [(sheet, other[id(sheet)]) for sheet in share if id(sheet) in other])
            report = replace(report, problems=(*report.problems, problem))
        else:
            notes += [_other_period(s, other[id(s)], period, kept) for s in share if id(s) in other]
        own = [sheet for sheet in share if id(sheet) not in other]
    if report.unit is not None and period is not None and not report.problems:
        report = replace(report, problems=_of_other_units(report.unit, period, own, printed))
    part = replace(workbook, sheets=tuple(own), notices=_notices_of(workbook, own, is_first=report.part_no == 1))
    return replace(report, sheets=assign_sheets(part), notes=tuple(notes), workbook=part)


def _of_other_units(
    unit: Unit, period: Period, own: Sequence[Sheet], printed: Mapping[int, Printed]
) -> tuple[Problem, ...]:
    """Sheets whose titles name other units of the kind and never the one on the cover: nobody reports for another."""
    found = []
    for sheet in own:
        named = [
            one
            for one in printed.get(id(sheet), Printed()).units
            if one.unit["unit_kind"] == unit["unit_kind"] and reference.is_valid(dict(one.unit), period["data_to"])
        ]
        if named and all(one.unit["reporting_unit_id"] != unit["reporting_unit_id"] for one in named):
            said = named[0]
            found.append(Problem("unit_contradictory", COVER, sheet.name, said.cell, said.text, shown_unit(unit)))
    return tuple(found)


def _other_period(sheet: Sheet, said: PrintedPeriod, period: Period, kept: Mapping[str, Sheet]) -> Problem:
    """An old sheet beside the one of this period is superfluous; one that stands in its place is wrong."""
    names = set(assign_sheets(Workbook((sheet,))))
    rule_id = "old_sheet_ignored" if names & set(kept) else "sheet_of_other_period"
    form = next((form for form, spec in load_specs().items() if names & {part.name for part in spec.sheets}), None)
    return Problem(rule_id, form, sheet.name, said.cell, said.text, period["label_vi"])


def _contradicted_cover(report: Identity, said: Sequence[tuple[Sheet, PrintedPeriod]]) -> Problem:
    """Not one table is of the period on the cover: which of the two is wrong only the sender knows."""
    row = report.cover.rows[0]
    place = (row["sheet"], row["reporting_period_code__cell"], row["reporting_period_code__text"])
    listed = "; ".join(dict.fromkeys(f"{one.text} ({sheet.name})" for sheet, one in said))
    return Problem("period_contradictory", COVER, *place, listed)


def _notices_of(workbook: Workbook, own: Sequence[Sheet], *, is_first: bool) -> tuple[Problem, ...]:
    """What the reader saw on these sheets; what it saw on none is told with the first report."""
    names, all_names = {sheet.name for sheet in own}, {sheet.name for sheet in workbook.sheets}
    return tuple(
        notice for notice in workbook.notices if notice.sheet in names or (is_first and notice.sheet not in all_names)
    )


def _with_justifications(parts: list[Identity], said: Sequence[Justification]) -> list[Identity]:
    """What the sender explained, with the report that has the sheet; what concerns no sheet of any, with the first."""
    owner = {sheet.name: part.part_no for part in reversed(parts) for sheet in part.workbook.sheets}
    return [
        replace(part, justifications=tuple(one for one in said if owner.get(one.sheet or "", 1) == part.part_no))
        for part in parts
    ]


def _refuse_repeated(parts: list[Identity]) -> list[Identity]:
    """Two covers of one unit and period contradict each other: neither is taken."""
    by_key: dict[tuple[str, str], list[Identity]] = {}
    for part in parts:
        if part.unit is not None and part.period is not None:
            key = (part.unit["reporting_unit_id"], part.period["reporting_period_id"])
            by_key.setdefault(key, []).append(part)
    refused: dict[int, Problem] = {}
    for same in by_key.values():
        for part in same if len(same) > 1 else ():
            assert part.unit is not None
            assert part.period is not None
            others = ", ".join(str(other.cover_sheet) for other in same if other is not part)
            said = f"{part.unit['name_vi']}, {part.period['label_vi']}"
            refused[part.part_no] = Problem("cover_repeated", COVER, part.cover_sheet, None, said, others)
    return [
        replace(part, problems=(*part.problems, refused[part.part_no])) if part.part_no in refused else part
        for part in parts
    ]


def _without_cover(workbook: Workbook, settings: Settings) -> Identity:
    """A hand-made workbook: unit and period as printed above its tables, when all that print them agree."""
    forms = _form_sheets(workbook)
    sheets = assign_sheets(workbook)
    if not forms:
        return Identity(sheets, problems=(_not_a_report(workbook),), workbook=workbook)
    printed = [(sheet, printed_on(sheet, settings.province_code)) for sheet in forms]
    problems: list[Problem] = []
    period = _printed_period(printed, problems)
    unit = _printed_unit(printed, period, problems)
    notes: tuple[Problem, ...] = ()
    if unit is not None and period is not None:
        notes = (Problem("identity_from_title", value=f"{shown_unit(unit)}, {period['label_vi']}"),)
    return Identity(sheets, unit, period, problems=tuple(problems), notes=notes, workbook=workbook)


def _printed_period(printed: Sequence[tuple[Sheet, Printed]], problems: list[Problem]) -> Period | None:
    said = [(sheet, one) for sheet, about in printed for one in about.periods]
    strict = {one.period["reporting_period_id"]: one.period for _, one in said if one.period and not one.is_loose}
    named = strict or {one.period["reporting_period_id"]: one.period for _, one in said if one.period}
    agreed = [period for period in named.values() if all(about.contradicts(period) is None for _, about in printed)]
    if len(agreed) == 1 and len(named) == 1:
        return agreed[0]
    header = load_specs()[COVER].column("reporting_period_code").header
    place = said[0][0].name if said else load_specs()[COVER].sheets[0].name
    cell = said[0][1].cell if said else None
    listed = "; ".join(dict.fromkeys(f"{one.text} ({sheet.name})" for sheet, one in said)) or None
    problems.append(Problem("period_missing", COVER, place, cell, listed, header))
    return None


def _printed_unit(
    printed: Sequence[tuple[Sheet, Printed]], period: Period | None, problems: list[Problem]
) -> Unit | None:
    said: list[tuple[Sheet, PrintedUnit]] = [(sheet, one) for sheet, about in printed for one in about.units]
    named = {one.unit["reporting_unit_id"]: one.unit for _, one in said}
    if period is not None:
        reporting = {key: unit for key, unit in named.items() if reference.is_valid(dict(unit), period["data_to"])}
        if named and not reporting:
            sheet, one = said[0]
            problems.append(Problem("unit_not_reporting", COVER, sheet.name, one.cell, shown_unit(one.unit)))
            return None
        named = reporting
    if len(named) == 1:
        return next(iter(named.values()))
    if named:
        sheet, one = said[0]
        listed = "; ".join(shown_unit(unit) for unit in named.values())
        problems.append(Problem("unit_ambiguous", COVER, sheet.name, one.cell, one.text, listed))
        return None
    spec = load_specs()[COVER]
    header = spec.column("reporting_unit_code").header
    problems.append(Problem("unit_missing", COVER, spec.sheets[0].name, expected=header))
    return None
