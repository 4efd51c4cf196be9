"""The workbook of official tables of one period: filled from a snapshot, every figure with its query and trace key.

Belongs here: which tables a period and a unit have, and the sheets around them (contents, sources). Does not belong
here: one table (table.py, sheet.py), finding the snapshot (orchestration/snapshots.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish.report.sheet import MARKS, Paper, Placed, SheetWriter
from publish.report.spec import ReportForm, report_forms
from publish.report.table import Table, TableMaker
from publish.report.words import NotReportable, Words, words_of
from publish.snapshot import DRAFT_VI, Snapshot

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

SOURCES, CONTENTS = "Nguồn số liệu", "Danh mục biểu"
LONGEST_NAME = 31  # Excel's limit of a sheet's name
FORBIDDEN_IN_NAMES = str.maketrans("", "", "[]:*?/\\'")
UNITS_VI = {
    "million": "đồng",
    "percent": "%",
    "mark": "1 = đạt, 0 = chưa đạt",
    "count": "",
    "number": "",
    "text": "",
    "date": "",
}


@dataclass(frozen=True)
class WrittenReport:
    """What was written: the file, the codes of its tables, and where every figure stands."""

    path: Path
    snapshot_id: str
    tables: tuple[str, ...]
    figures: tuple[Placed, ...]


def write_report(
    snapshot: Snapshot, out: Path, *, form: str | None = None, unit_id: str | None = None
) -> WrittenReport:
    """Write the tables of the snapshot's period, for the province or one reporting unit, into a workbook in `out`.

    `form` names one table by its code or number. Raises NotReportable where the period or unit has no such table.
    """
    import duckdb
    import xlsxwriter

    with duckdb.connect(str(snapshot.build.database), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        words = words_of(con, snapshot.period_id, unit_id)
        forms = forms_of(words, form)
        out.mkdir(parents=True, exist_ok=True)
        path = out / f"NTM_{snapshot.period_id}_{unit_id or 'tinh'}{'_' + forms[0].code if form else ''}.xlsx"
        growing = path.with_name(f".{path.name}.tmp")  # nobody opens a workbook that is half written
        book = xlsxwriter.Workbook(str(growing), {"strings_to_formulas": False, "strings_to_urls": False})
        made_at = datetime.fromisoformat(snapshot.build.made_at).replace(tzinfo=None)
        book.set_properties({"title": f"Biểu báo cáo {words.values['period_label']}", "created": made_at})
        writer = SheetWriter(book, _paper(snapshot, words))
        contents = book.add_worksheet(CONTENTS)
        figures: list[Placed] = []
        listed: list[tuple[str, str, str]] = []
        for of_form in forms:
            for name, table in _tables(con, of_form, words):
                coverage = _coverage(con, of_form, table.words)
                notes = [*(table.words.text(note) for note in of_form.notes_vi), *table.told, coverage]
                figures += writer.write(name, table, notes)
                listed.append((name, table.words.text(of_form.title_vi), coverage))
        _write_contents(writer, contents, snapshot, words, listed)
        _write_sources(writer, book.add_worksheet(SOURCES), snapshot, figures)
        book.close()
        growing.replace(path)
    return WrittenReport(path, snapshot.snapshot_id, tuple(of.code for of in forms), tuple(figures))


def forms_of(words: Words, named: str | None = None) -> list[ReportForm]:
    """The tables of a period and scope, or the one named. Raises NotReportable."""
    year, scope = words.values["year"], "province" if words.values["unit"] is None else "unit"
    found = [of for of in report_forms() if of.years[0] <= year <= of.years[1] and of.scope in (scope, "both")]
    if named is not None:
        wanted = named.casefold().removeprefix("biểu").removeprefix("bieu").strip(" _")
        chosen = [of for of in found if wanted in (of.code, of.code.partition("_")[2])]
        if not chosen:
            known = ", ".join(of.code for of in found)
            raise NotReportable(f"There is no table {named!r} of {words.values['period']} for this scope: {known}.")
        return chosen
    if not found:
        raise NotReportable(f"There is no official table of {words.values['period']}.")
    return found


def _tables(con: DuckDBPyConnection, form: ReportForm, words: Words) -> list[tuple[str, Table]]:
    """A table, or one per reporting unit of the period, with the names of their sheets."""
    if not form.per_unit or words.values["unit"] is not None:
        return [(form.number_vi, TableMaker(con, words).make(form))]
    units = con.execute(
        "select reporting_unit_id, name_vi from fct_submission inner join dim_reporting_unit using (reporting_unit_id) "
        "where reporting_period_id = ? order by 1",
        [words.values["period"]],
    ).fetchall()
    tables = []
    for unit_id, name in units:
        of_unit = Words({**words.values, "unit": unit_id, "unit_name": name})
        table = TableMaker(con, of_unit).make(form)
        if table.rows:
            tables.append((f"{form.number_vi} {name}".translate(FORBIDDEN_IN_NAMES)[:LONGEST_NAME], table))
    return tables


def _paper(snapshot: Snapshot, words: Words) -> Paper:
    province, unit = f"UBND {words.values['province'].upper()}", words.values["unit_name"]
    state = DRAFT_VI if snapshot.closed_at is None else f"Ảnh chụp khóa sổ lúc {_office_time(snapshot.closed_at)}"
    line = f"{state} · kỳ {words.values['period']} · mã ảnh chụp {snapshot.snapshot_id}"
    if unit is None:
        return Paper((province, "VĂN PHÒNG ĐIỀU PHỐI NÔNG THÔN MỚI"), "THỦ TRƯỞNG CƠ QUAN", line, snapshot.is_draft)
    return Paper((province, f"UBND {unit.upper()}"), f"TM. UBND {unit.upper()}", line, snapshot.is_draft)


def _office_time(moment: datetime) -> str:
    from ingest.settings import OFFICE_TIME_ZONE

    return f"{moment.astimezone(OFFICE_TIME_ZONE):%H:%M ngày %d/%m/%Y}"


def _coverage(con: DuckDBPyConnection, form: ReportForm, words: Words) -> str:
    """Of how many units a table speaks, and what the forms that it is made of say of nothing."""
    from ingest.spec import load_specs

    period, scope = words.values["period"], words.sql("$in_scope")
    expected, accepted = con.execute(
        f"select count(*), count(accepted_submission_id) from fct_submission where reporting_period_id = ? and {scope}",
        [period],
    ).fetchall()[0]
    told = [f"Nguồn: báo cáo được chấp nhận của {accepted}/{expected} đơn vị"]
    for name in form.forms:
        present, nil = con.execute(
            "select count(*) filter (state = 'present'), count(*) filter (state = 'nil') from fct_submission_part "
            f"where is_current and reporting_period_id = ? and form = ? and {scope}",
            [period, name],
        ).fetchall()[0]
        told.append(f"{load_specs()[name].title_vi}: {present} đơn vị có số liệu, {nil} đơn vị báo không phát sinh")
    return "; ".join(told) + ". Ô trống: chưa có số liệu; số 0: đã báo cáo bằng không."


def _write_contents(
    writer: SheetWriter, sheet: Any, snapshot: Snapshot, words: Words, listed: Sequence[tuple[str, str, str]]
) -> None:
    bold, plain = writer.format(bold=True, border=1, bg_color="#DDEBF7"), writer.format(border=1, text_wrap=True)
    place = str(words.values["unit_name"] or words.values["province"])
    title = f"BIỂU BÁO CÁO {words.values['PERIOD_LABEL']} – {place.upper()}"
    sheet.write_string(0, 0, title, writer.format(bold=True, font_size=14))
    state = DRAFT_VI if snapshot.closed_at is None else f"Khóa sổ lúc {_office_time(snapshot.closed_at)}"
    sheet.write_string(1, 0, state, writer.format(bold=True, font_color="#C00000" if snapshot.is_draft else "#000000"))
    build = snapshot.build
    made = f"dựng lúc {_office_time(datetime.fromisoformat(build.made_at))}, dấu đầu vào {build.inputs_digest}"
    sheet.write_string(2, 0, f"Mã ảnh chụp (bản dựng kho dữ liệu): {snapshot.snapshot_id}, {made}", writer.format())
    for number, heading in enumerate(("Biểu", "Tên biểu", "Phạm vi số liệu")):
        sheet.write_string(4, number, heading, bold)
    for row, line in enumerate(listed, start=5):
        for number, text in enumerate(line):
            sheet.write_string(row, number, text, plain)
        sheet.set_row(row, 15 * max(-(-len(line[1]) // 50), -(-len(line[2]) // 80)))
    for number, width in enumerate((24, 70, 90)):
        sheet.set_column(number, number, width)
    _landscape(sheet)


def _write_sources(writer: SheetWriter, sheet: Any, snapshot: Snapshot, figures: Sequence[Placed]) -> None:
    """Every figure's cell, exact value, query and trace key."""
    where = "" if snapshot.is_draft else f" --snapshot {snapshot.period_id}"
    head = (
        f"Mã ảnh chụp {snapshot.snapshot_id}. Truy vấn chạy trên tệp marts.duckdb của bản dựng này; "
        "khóa truy vết dùng với lệnh ntm trace, tìm đến ô trong tệp đơn vị gửi."
    )
    sheet.write_string(0, 0, head, writer.format(italic=True))
    if snapshot.is_draft:
        sheet.write_string(1, 0, DRAFT_VI, writer.format(bold=True, font_color="#C00000"))
    headings = ("TT", "Biểu", "Ô", "Dòng", "Cột", "Giá trị chính xác", "Đơn vị", "Truy vấn", "Khóa truy vết")
    bold, plain = writer.format(bold=True, border=1, bg_color="#DDEBF7"), writer.format(border=1)
    exact = writer.format(border=1, num_format="[$-42A]#,##0.########")
    for number, heading in enumerate(headings):
        sheet.write_string(2, number, heading, bold)
    for count, placed in enumerate(figures, start=1):
        figure, row = placed.figure, count + 2
        sheet.write_number(row, 0, count, plain)
        for number, text in enumerate((placed.sheet, placed.cell, placed.row, placed.column), start=1):
            sheet.write_string(row, number, text, plain)
        if isinstance(figure.value, date):
            sheet.write_datetime(row, 5, figure.value, writer.format(border=1, num_format="dd/mm/yyyy"))
        elif isinstance(figure.value, str):
            sheet.write_string(row, 5, figure.value, plain)
        else:
            sheet.write_number(row, 5, float(figure.value), exact)
        sheet.write_string(row, 6, UNITS_VI[figure.format], plain)
        sheet.write_string(row, 7, figure.query or "", plain)
        sheet.write_string(row, 8, "; ".join(f"ntm trace {keys}{where}" for keys in figure.traces), plain)
    for number, width in enumerate((7, 16, 8, 34, 40, 22, 20, 60, 60)):
        sheet.set_column(number, number, width)
    sheet.freeze_panes(3, 3)
    sheet.autofilter(2, 0, max(len(figures) + 2, 3), len(headings) - 1)
    _landscape(sheet)


def _landscape(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.hide_gridlines(2)


__all__ = ["MARKS", "WrittenReport", "forms_of", "write_report"]
