"""Parsing: a sheet that carries a form becomes rows of its landing schema, each field with typed value, text, cell
and problem, and what its sender should know of the sheet.

Belongs here: records, and the order of steps for tables and matrices. Does not belong here: the rows of one block
(parse_rows.py) or one cell (parse_fields.py), which unit and period a workbook is for, and writing rows (landing.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.code_list import CodeList
from ingest.codes import CodeBook
from ingest.layout_cells import Context, constants_of, title_of, under_own_titles
from ingest.layout_checks import problems_of_sheet
from ingest.layout_headers import Fit
from ingest.layout_labels import read_labels
from ingest.layout_rows import NUMERIC, Line, Lines, RowKind, lines_of_blocks
from ingest.layout_sheets import carries_by_name, hand_made_on
from ingest.layout_tables import Table, locate_tables
from ingest.layout_units import unit_above
from ingest.locate import Label, locate_labelled
from ingest.parse_fields import (
    Row,
    Setting,
    axis_value,
    new_row,
    put,
    read_field,
    tell_damage,
    tell_repair,
    with_original,
)
from ingest.parse_rows import Block
from ingest.period_names import Period
from ingest.problem import Problem
from ingest.reader import Sheet, cell_address
from ingest.spec import Column, ColumnType, FormSpec, Layout, Position, SheetSpec
from ingest.values import FieldValue, text_of
from ingest.wording import fold_header

UNKNOWN_COLUMN = "column_not_recognised"

__all__ = ["Context", "ParsedForm", "Row", "parse_record", "parse_sheet"]


@dataclass(frozen=True)
class ParsedForm:
    """Rows of one form without the keys of submission and reading; problems the sender must mend."""

    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def parse_record(spec: FormSpec, sheet: Sheet, codes: CodeBook | None = None) -> ParsedForm:
    """The single row of a record form: labels, and the values beside or below them. Missing ones are column_missing."""
    labels = locate_labelled(sheet, spec.columns)
    setting = Setting(spec, spec.sheets[0], codes, None)
    first = min((label.row for label in labels.values()), default=0)
    row = new_row(setting, sheet, f"{sheet.name}!record", Line(first, RowKind.DATA))
    for column in spec.columns:
        label = labels.get(column.name)
        if label is None:
            if column.required:
                setting.problems.append(_column_missing(spec, sheet, column))
            put(row, column, FieldValue(), None)
            continue
        if label.is_close:
            setting.problems.append(_header_repaired(spec, sheet, (label.row, label.index), label.text, column))
        put(row, column, _labelled(setting, sheet, label, column), cell_address(*label.place))
    return ParsedForm([row], setting.problems)


def parse_sheet(
    spec: FormSpec,
    part: SheetSpec,
    sheet: Sheet,
    codes: CodeBook,
    *,
    is_optional: bool = False,
    context: Context | None = None,
    is_template: bool = False,
) -> ParsedForm:
    """Rows of a form that one sheet carries: one per sheet row, in a matrix one per sheet row and group of columns.

    Blank rows are none. On an optional sheet, what its sender left wholly blank (a commune that is not judged on the
    set) is none either. A sheet in a hand-made layout needs the `context` of its report. `is_template`: the workbook
    says it is our template, whose totals are formulas. Problems: table_not_found, column_missing (error of a required
    column; its values are null), and what else its sender should know of how the sheet was read.
    """
    if spec.layout is Layout.RECORD:
        return parse_record(spec, sheet, codes)
    if not carries_by_name(sheet) and (rows := _parse_hand_made(spec, sheet, codes, context)) is not None:
        return rows
    axis_list = _axis_list(spec, part, codes)
    tables = locate_tables(sheet, spec, lambda text: axis_value(text, axis_list).typed)
    if not tables or (spec.axis is not None and not tables[0].groups and not is_optional):
        rows = _parse_hand_made(spec, sheet, codes, context)
        return rows if rows is not None else ParsedForm(problems=[_table_not_found(spec, part, sheet)])
    setting = Setting(spec, part, codes, axis_list)
    setting.problems += [
        _column_missing(spec, sheet, column)
        for column in spec.columns
        if column.required
        and not any(column.name in table.found for table in tables)
        and (column.position is Position.ROW or (column.position is Position.CELL and tables[0].groups))
    ]
    found = _rows(setting, tables, spec, is_template=is_template)
    setting.problems += [_column_missing(spec, sheet, column) for column in _called_otherwise(setting, tables)]
    if is_optional:
        found = _only_judged(spec, found)
    return ParsedForm(_with_own_row_ids(found), setting.problems)


def not_in_use(spec: FormSpec, sheet: Sheet, period: Period) -> Problem:
    """A sheet of the form that reports of the period do not carry."""
    return Problem("sheet_not_in_use", spec.form, sheet.name, expected=period["label_vi"])


def _called_otherwise(setting: Setting, tables: Sequence[Table]) -> list[Column]:
    """Columns of figures that no heading names, where a heading that names none has their words: "Kế hoạch 2023"."""
    strange = [
        fold_header(problem.value)
        for problem in setting.problems
        if problem.rule_id == UNKNOWN_COLUMN and problem.value
    ]
    return [
        column
        for column in setting.spec.columns_at(Position.ROW)
        if column.type in NUMERIC
        and not column.required
        and not any(column.name in table.found for table in tables)
        and any(
            f" {one} " in f" {fold_header(header)} " or f" {fold_header(header)} " in f" {one} "
            for header in column.headers
            for one in strange
        )
    ]


def _parse_hand_made(spec: FormSpec, sheet: Sheet, codes: CodeBook, context: Context | None) -> ParsedForm | None:
    """Rows of a sheet in a hand-made layout of the form, their form_version its name; None if it is in no such."""
    hand_made = hand_made_on(sheet) if context is not None else None
    if context is None or hand_made is None or hand_made.spec is not spec:
        return None
    layout = hand_made.layout
    laid_out = layout.as_spec(spec)
    rows: list[Row] = []
    found: list[Problem] = []
    for title_row, tables in under_own_titles(layout, hand_made.tables):
        title = title_of(sheet, tables[0].header_row, title_row)
        part = layout.sheet_of(spec.sheets_in(context.period), title, context.unit["unit_type"])
        if part is None:
            found.append(not_in_use(spec, sheet, context.period))
            continue
        setting = Setting(spec, part, codes, _axis_list(spec, part, codes), layout)
        setting.constants, problems = constants_of(layout, spec, tables[0], context, title_row)
        setting.problems += problems
        setting.problems += [
            _column_missing(spec, sheet, column)
            for column in laid_out.columns
            if column.required and column.position is Position.ROW and column.name not in tables[0].found
        ]
        rows += _rows(setting, tables, laid_out)
        found += setting.problems
    return ParsedForm(_with_own_row_ids(rows), found)


def _rows(setting: Setting, tables: Sequence[Table], laid_out: FormSpec, *, is_template: bool = False) -> list[Row]:
    """The rows of every block of a sheet, and what is to be told of the sheet."""
    spec, layout, sheet = setting.spec, setting.layout, tables[0].sheet
    _set_money_unit(setting, tables[0])
    blocks = [Block(setting, table) for table in tables]
    by_table = {id(table): block for table, block in zip(tables, blocks, strict=True)}
    if layout is not None and layout.rows:
        found, codes = _labelled_lines(setting, blocks)
    else:
        found = lines_of_blocks(tables, laid_out, lambda table, row: by_table[id(table)].is_entry(row))
        codes = [{} for _ in blocks]
    rows: list[Row] = []
    for block, lines, coded in zip(blocks, found, codes, strict=True):
        rows += block.rows(lines.lines, coded)
        for located in block.table.fields:
            if located.fit is Fit.CLOSE:
                place = (block.table.header_row, located.index)
                header = spec.column(located.column.name) if layout is None else located.column
                setting.problems.append(_header_repaired(spec, sheet, place, located.heading, header))
    ignored = layout.ignored if layout is not None else ()
    setting.problems += problems_of_sheet(spec, tables, found, rows, ignored=ignored, is_template=is_template)
    return rows


def _labelled_lines(setting: Setting, blocks: Sequence[Block]) -> tuple[list[Lines], list[dict[int, dict[str, str]]]]:
    """The rows of blocks whose rows are known by their labels, and the codes that the labels stand for."""
    assert setting.layout is not None
    found: list[Lines] = []
    codes: list[dict[int, dict[str, str]]] = []
    for block in blocks:
        label = block.row_fields["row_label"]
        lines = lines_of_blocks([block.table], setting.spec, lambda table, row: True)[0]
        texts = {
            line.row: text
            for line in lines.lines
            if (text := text_of(block.sheet.value(line.row, label.index))) is not None
        }
        figures = {f.index for f in block.table.fields if f.column.type is ColumnType.MONEY}
        figured = frozenset(
            row for row in texts if any(text_of(block.sheet.value(row, index)) is not None for index in figures)
        )
        labelled = read_labels(setting.layout.rows, texts, figured)
        for row in labelled.unknown:
            block.tell("row_not_recognised", (row, label.index), texts[row])
        found.append(Lines([one.line for one in labelled.rows]))
        codes.append({one.line.row: dict(one.codes) for one in labelled.rows})
    return found, codes


def _set_money_unit(setting: Setting, table: Table) -> None:
    """The unit of money printed above the table counts; one that is needed and missing, or is doubtful, is asked."""
    money = [column for column in setting.spec.columns if column.type is ColumnType.MONEY]
    if not money:
        return
    printed = unit_above(table)
    own = money[0].unit
    if printed is None:
        setting.is_money_doubtful = setting.layout is not None and setting.layout.needs_printed_unit
        if setting.is_money_doubtful:
            setting.problems.append(Problem("money_unit_missing", setting.spec.form, table.sheet.name, expected=own))
    elif len(printed.units) > 1:
        setting.is_money_doubtful = True
        setting.problems.append(
            Problem("money_unit_missing", setting.spec.form, table.sheet.name, printed.cell, printed.text, own)
        )
    else:
        setting.money_unit = printed.units[0]
        if printed.units[0] != own:
            setting.problems.append(
                Problem("money_unit_printed", setting.spec.form, table.sheet.name, printed.cell, printed.text, own)
            )


def _labelled(setting: Setting, sheet: Sheet, label: Label, column: Column) -> FieldValue:
    code_list = setting.codes.get(column.code_list) if column.code_list and setting.codes else None
    cell = label.rest if label.rest is not None else sheet.value(*label.place)
    value = with_original(sheet, label.place, read_field(cell, column, code_list, None))
    if value.repair is not None:
        tell_repair(setting, sheet, label.place, value, column, code_list)
    tell_damage(setting, sheet, label.place, value, column)
    return value


def _axis_list(spec: FormSpec, part: SheetSpec, codes: CodeBook) -> CodeList | None:
    if spec.axis_list is None:
        return None
    return (
        codes.criteria_of(part.criteria_set_code) if spec.axis_list == "criteria_of_set" else codes.get(spec.axis_list)
    )


def _only_judged(spec: FormSpec, rows: list[Row]) -> list[Row]:
    """Rows of the communes for which the sender typed anything at all."""
    entered = [column.name for column in spec.columns if not column.prefilled and column.position is not Position.AXIS]
    subject = "row_number"
    if spec.axis is not None and spec.rows == "indicators":
        entered = [column.name for column in spec.columns_at(Position.CELL)]
        subject = f"{spec.axis.name}__cell"
    judged = {
        row[subject]
        for row in rows
        if row["row_kind"] == RowKind.DATA and any(row[f"{name}__text"] is not None for name in entered)
    }
    return [row for row in rows if row[subject] in judged or (judged and row["row_kind"] == RowKind.TOTAL)]


def _with_own_row_ids(rows: list[Row]) -> list[Row]:
    """Give the rows of an axis value that stands twice in the header identities of their own."""
    seen: Counter[str] = Counter()
    for row in rows:
        row_id = row["row_id"]
        seen[row_id] += 1
        if seen[row_id] > 1:
            row["row_id"] = f"{row_id}#{seen[row_id]}"
    return rows


def _column_missing(spec: FormSpec, sheet: Sheet, column: Column) -> Problem:
    return Problem("column_missing", spec.form, sheet.name, expected=column.header)


def _header_repaired(spec: FormSpec, sheet: Sheet, place: tuple[int, int], heading: str, column: Column) -> Problem:
    origin = sheet.merge_origin.get(place, place)
    return Problem("header_repaired", spec.form, sheet.name, cell_address(*origin), heading, column.header)


def _table_not_found(spec: FormSpec, part: SheetSpec, sheet: Sheet) -> Problem:
    headers: Sequence[str] = [column.header for column in spec.columns if column.required or column.prefilled]
    return Problem("table_not_found", spec.form, sheet.name, value=part.anchor, expected=", ".join(headers))
