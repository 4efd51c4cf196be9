"""The template workbook: made from the form specs for one reporting unit and period, blank or filled.

Belongs here: which sheets a unit receives. Its parts: template_book.py (cover, lists, fields), template_contents.py
(list of contents), template_sheet.py (a form's sheet), template_held.py (what the office holds), template_rows.py
(contents), template_layout.py (looks). Reading a workbook back is parse.py's work.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, time
from pathlib import Path

from ingest.own_sheets import CONTENTS_SHEET
from ingest.spec import FormSpec, load_specs
from ingest.template_book import MILLION, AsTyped, Book, CellKey, WrittenCells
from ingest.template_contents import ended_entry, entry_of, write_contents
from ingest.template_held import Held
from ingest.template_rows import Unit, load_unit
from ingest.template_sheet import FormSheet

__all__ = ["MILLION", "AsTyped", "CellKey", "WrittenCells", "write_workbook"]

COVER = "cover"


def write_workbook(
    path: Path,
    *,
    reporting_unit_id: str,
    reporting_period_id: str,
    forms: Collection[str] | None = None,
    filled: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    cover: Mapping[str, object] | None = None,
    omit_sheets: Collection[str] = (),
    printed_totals: Mapping[CellKey, object] | None = None,
    communes: Sequence[str] | None = None,
    held: Held | None = None,
) -> WrittenCells:
    """Write the workbook of a unit and period and say where each field stands.

    `filled`: per form, rows of spec column name -> Python value; codes as codes, money as Decimal in đồng, dates as
    date, AsTyped for a text to stand as it is. A row of a matrix holds the row key, the axis value and fields of both;
    rows of a form with one sheet per criteria set also hold criteria_set_code. Without `filled` the workbook is blank
    but for what the office knows. `forms` narrows what the period owes, `omit_sheets` leaves sheets out by name.
    `printed_totals` replaces computed totals, by the key of WrittenCells; `communes` (codes) replaces the unit's own
    communes where a sheet lists them. `held`: what the office holds of earlier reports; a blank workbook shows it
    locked beside the entry cells, and its registers begin with the rows that still stand.
    The same arguments make the same bytes.
    Raises UnknownReference where unit or period is unknown.
    """
    import xlsxwriter

    unit = load_unit(reporting_unit_id, reporting_period_id, communes)
    specs = load_specs()
    path.parent.mkdir(parents=True, exist_ok=True)
    # in_memory: only then every part of the zip carries a fixed time, so that equal content is equal bytes
    workbook = xlsxwriter.Workbook(str(path), {"in_memory": True, "default_date_format": "dd/mm/yyyy"})
    workbook.set_properties(
        {
            "title": f"{unit.name_vi} - {unit.period['label_vi']}",
            "author": "Văn phòng Điều phối nông thôn mới",
            "created": datetime.combine(unit.period["opens_on"], time()),
        }
    )
    book = Book(workbook, unit, printed_totals or {}, held if filled is None else None)
    owed = [spec for spec in specs.values() if _is_owed(spec, unit, forms)]
    book.write_cover(specs[COVER], cover or {}, {spec.form for spec in owed})
    contents = book.workbook.add_worksheet(CONTENTS_SHEET) if filled is None else None
    entries = []
    for spec in owed:
        for part in spec.sheets_for(unit.unit_type, unit.period):
            if part.name not in omit_sheets:
                written = FormSheet(book, spec, part, None if filled is None else filled.get(spec.form, ()))
                written.write(has_contents=contents is not None)
                entries.append(entry_of(written))
    if contents is not None:
        entries += [ended_entry(spec) for spec in specs.values() if _has_ended(spec, unit, forms)]
        write_contents(contents, book.styles, entries)
    book.write_lists()
    workbook.close()
    return book.written


def _is_owed(spec: FormSpec, unit: Unit, forms: Collection[str] | None) -> bool:
    if spec.form == COVER or (forms is not None and spec.form not in forms):
        return False
    return spec.is_owed(unit.unit_kind, unit.unit_type, unit.period)


def _has_ended(spec: FormSpec, unit: Unit, forms: Collection[str] | None) -> bool:
    """Whether the unit would owe a form, did the period have a sheet of it."""
    if forms is not None or unit.period["period_type"] not in spec.due_in or unit.unit_kind not in spec.sent_by:
        return False
    is_sender = any(sheet.is_for(unit.unit_type) for sheet in spec.sheets)
    return bool(spec.note_vi) and is_sender and not spec.sheets_in(unit.period)
