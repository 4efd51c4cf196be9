"""The wide marts in one Excel workbook, for whoever works with tables: a sheet per rpt_* mart, in Vietnamese.

Belongs here: headings, formats, filters, and what keeps a text from being taken for a formula. Does not belong here:
the marts (dbt_project), their words (dictionary.py), tables laid out like the paper (report/).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ingest.settings import OFFICE_TIME_ZONE, Settings
from publish.build import Build, current_build
from publish.dictionary import Mart, mart

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook

MOST_ROWS = 1_048_576  # of a sheet, its headings among them
MOST_LETTERS = 32_767  # of a cell
LONGEST_NAME = 31
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n")
VIETNAMESE = "[$-42A]"
ABOUT = "Giới thiệu"
# Codes of the wide marts as people say them; a code that is not here is written as it is.
LABELS = {
    "standing": {
        "recognised": "Đã được công nhận",
        "completed_not_recognised": "Đủ tiêu chí, chờ công nhận",
        "in_progress": "Đang thực hiện",
        "withdrawn": "Bị thu hồi",
        "to_be_reassessed": "Chờ đánh giá lại",
        "no_report": "Chưa có báo cáo",
    },
    "punctuality": {"on_time": "Đúng hạn", "late": "Trễ hạn", "returned": "Bị trả lại", "missing": "Chưa nộp"},
    "status": {
        "accepted": "Chấp nhận",
        "accepted_with_warnings": "Chấp nhận, có lưu ý",
        "accepted_with_quarantine": "Chấp nhận, có dòng bị giữ lại",
        "rejected": "Không chấp nhận",
        "unreadable": "Không đọc được",
        "missing": "Chưa nộp",
    },
    "area_level": {"province": "Tỉnh", "unit": "Đơn vị báo cáo", "commune": "Xã"},
    "criterion": {"D": "Đạt", "CD": "Chưa đạt", "KAD": "Không áp dụng"},
}


class ExtractFailed(RuntimeError):
    """The workbook cannot be written; the message says why."""


@dataclass(frozen=True)
class WrittenExtract:
    """`row_counts` by mart."""

    path: Path
    build_id: str
    row_counts: dict[str, int]


def write_extract(settings: Settings, path: Path) -> WrittenExtract:
    """Write the rpt_* marts of the current build into one workbook.

    Raises ExtractFailed where nothing is published, or a mart has more rows or longer texts than Excel holds.
    """
    import duckdb
    import xlsxwriter

    build = current_build(settings)
    if build is None:
        raise ExtractFailed("Nothing is published yet. Run `uv run ntm run` (or `uv run ntm demo`) first.")
    named = [mart(table) for table in sorted(build.row_counts) if table.startswith("rpt_")]
    for one in named:
        if build.row_counts[one.name] >= MOST_ROWS:
            raise ExtractFailed(
                f"{one.name} has {build.row_counts[one.name]} rows; a sheet of Excel holds {MOST_ROWS - 1} below its "
                "headings. Read it from marts.duckdb or PostgreSQL."
            )
    path.parent.mkdir(parents=True, exist_ok=True)
    growing = path.with_name(f".{path.name}.tmp")
    with duckdb.connect(str(build.database), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        book = xlsxwriter.Workbook(str(growing), {"strings_to_formulas": False, "strings_to_urls": False})
        book.set_properties(
            {"title": "Số liệu nông thôn mới", "created": _naive(datetime.fromisoformat(build.made_at))}
        )
        _write_about(book, build, named)
        for one in named:
            _Sheet(book, con, one).write()
        book.close()
    growing.replace(path)
    return WrittenExtract(path, build.build_id, {one.name: build.row_counts[one.name] for one in named})


class _Sheet:
    def __init__(self, book: Workbook, con: DuckDBPyConnection, of: Mart) -> None:
        self._sheet = book.add_worksheet(sheet_name(of))
        self._con, self._mart = con, of
        self._heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#DDEBF7"})
        self._quoted = book.add_format({"quote_prefix": True})
        numbers = {"whole": "#,##0", "decimals": "#,##0.0###"}
        self._formats = {name: book.add_format({"num_format": VIETNAMESE + form}) for name, form in numbers.items()}
        self._formats["day"] = book.add_format({"num_format": "dd/mm/yyyy"})
        self._formats["moment"] = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})

    def write(self) -> None:
        found = self._con.execute(f'select * from "{self._mart.name}" order by all')
        columns = [name for name, *_ in found.description or []]
        widths = []
        for number, name in enumerate(columns):
            label = self._mart.column(name).label_vi
            self._sheet.write_string(0, number, label, self._heading)
            widths.append(min(max(len(label) * 0.6, 11), 26))
        count = 0
        while rows := found.fetchmany(10_000):
            for row in rows:
                count += 1
                for number, (name, value) in enumerate(zip(columns, row, strict=True)):
                    shown = labelled(name, value)
                    self._write(count, number, shown)
                    widths[number] = max(widths[number], min(len(str(shown)) + 2, 40) if shown is not None else 0)
        for number, width in enumerate(widths):
            self._sheet.set_column(number, number, width)
        self._sheet.set_row(0, 48)
        self._sheet.freeze_panes(1, self._frozen(columns))
        self._sheet.autofilter(0, 0, max(count, 1), len(columns) - 1)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.repeat_rows(0)
        self._sheet.fit_to_pages(1, 0)

    def _write(self, row: int, number: int, value: Any) -> None:
        sheet, formats = self._sheet, self._formats
        match value:
            case None:
                return
            case bool():
                sheet.write_string(row, number, "Có" if value else "Không")
            case int():
                sheet.write_number(row, number, value, formats["whole"])
            case Decimal():
                is_whole = value == value.to_integral_value()
                is_money = -int(value.as_tuple().exponent) <= 0
                sheet.write_number(row, number, float(value), formats["whole" if is_whole and is_money else "decimals"])
            case datetime():
                sheet.write_datetime(row, number, _naive(value), formats["moment"])
            case date():
                sheet.write_datetime(row, number, value, formats["day"])
            case _:
                self._write_text(row, number, str(value))

    def _write_text(self, row: int, number: int, text: str) -> None:
        if len(text) > MOST_LETTERS:
            raise ExtractFailed(
                f"{self._mart.name}, row {row}: a text of {len(text)} letters; a cell of Excel holds {MOST_LETTERS}."
            )
        # A text is stored as a text; the prefix keeps it one when a person edits the cell.
        self._sheet.write_string(row, number, text, self._quoted if is_risky(text) else None)

    def _frozen(self, columns: Sequence[str]) -> int:
        """The columns that stay in sight: up to the first name of a place."""
        named = [number for number, name in enumerate(columns) if name.endswith("name_vi")]
        return named[0] + 1 if named else 1


def labelled(column: str, value: Any) -> Any:
    """A code as people say it; every other value as it is."""
    name = "criterion" if column.startswith("criterion_") else column
    return LABELS[name].get(value, value) if name in LABELS else value


def is_risky(text: str) -> bool:
    """Whether a spreadsheet might take the text for a formula when it is typed again or carried on as CSV."""
    return text.startswith(RISKY)


def sheet_name(of: Mart) -> str:
    """The name of a mart's sheet: what it is called, as far as Excel allows."""
    return of.label_vi.translate(str.maketrans("", "", "[]:*?/\\'"))[:LONGEST_NAME].strip()


def _write_about(book: Workbook, build: Build, named: Sequence[Mart]) -> None:
    sheet = book.add_worksheet(ABOUT)
    bold: Format = book.add_format({"bold": True})
    wrapped: Format = book.add_format({"text_wrap": True, "valign": "top"})
    moment = _naive(datetime.fromisoformat(build.made_at))
    lines = (
        ("Bản dựng kho dữ liệu", build.build_id),
        ("Dựng lúc", f"{moment:%H:%M %d/%m/%Y}"),
        ("Dấu đầu vào", build.inputs_digest),
        ("Cách đọc", "Ô trống: chưa có số liệu, không phải số 0. Tiền tính bằng đồng. Tỷ lệ tính bằng %."),
    )
    for row, (name, text) in enumerate(lines):
        sheet.write_string(row, 0, name, bold)
        sheet.write_string(row, 1, text, wrapped)
    for number, heading in enumerate(("Trang tính", "Bảng trong kho", "Số dòng")):
        sheet.write_string(len(lines) + 1, number, heading, bold)
    for row, one in enumerate(named, start=len(lines) + 2):
        sheet.write_url(row, 0, f"internal:'{sheet_name(one)}'!A1", string=sheet_name(one))
        sheet.write_string(row, 1, one.name)
        sheet.write_number(row, 2, build.row_counts[one.name])
    for number, width in enumerate((32, 60, 10)):
        sheet.set_column(number, number, width)


def _naive(moment: datetime) -> datetime:
    """An instant on the office's clock, as Excel keeps it: without a zone."""
    return moment.astimezone(OFFICE_TIME_ZONE).replace(tzinfo=None)
