"""Official tables of the sample: read back out of the workbooks they equal the marts, and lead to the cells sent."""

from __future__ import annotations

import random
import re
import shlex
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from ingest.settings import OFFICE_TIME_ZONE
from publish.build import current_build
from publish.report.book import CONTENTS, SOURCES, WrittenReport, write_report
from publish.report.words import NotReportable
from publish.snapshot import DRAFT_VI, Snapshot
from publish.trace import Tracer

pytestmark = pytest.mark.slow

MILLION = 1_000_000

MARKS = {"Đ": 1, "CĐ": 0}
PRINTED = [("2023Y", None), ("2023Q1", "849"), ("2025M09", None), ("2026Q1", None), ("2026Q1", "29302")]


@pytest.fixture(scope="module")
def marts(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        yield con


@pytest.fixture(scope="module", params=PRINTED, ids=lambda param: "-".join(filter(None, param)))
def written(request: pytest.FixtureRequest, sample: Any, tmp_path_factory: pytest.TempPathFactory) -> WrittenReport:
    period, unit = request.param
    build = current_build(sample.settings)
    assert build is not None
    return write_report(Snapshot(period, build, None), tmp_path_factory.mktemp("reports"), unit_id=unit)


@pytest.fixture(scope="module")
def book(written: WrittenReport) -> Any:
    return openpyxl.load_workbook(written.path)


def sources(book: Any) -> list[tuple[Any, ...]]:
    return [row for row in book[SOURCES].iter_rows(min_row=4, values_only=True) if row[0] is not None]


def as_counted(cell: Any, unit: str | None) -> Any:
    """What a cell says, in the unit of its query."""
    if unit == "đồng":
        return Decimal(str(round(cell * MILLION)))
    if unit and unit.startswith("1 = đạt"):
        return MARKS[cell]
    return cell.date() if isinstance(cell, datetime) else cell


def equal(found: Any, told: Any) -> bool:
    if isinstance(told, date | str):
        return bool(found == told)
    return float(found) == pytest.approx(float(told), rel=1e-12, abs=1e-9)


def test_every_figure_read_out_of_the_workbook_is_what_its_query_finds_in_the_marts(
    book: Any, marts: duckdb.DuckDBPyConnection
) -> None:
    rows, answers, wrong = sources(book), {}, []
    for _, sheet, cell, _, _, exact, unit, query, _ in rows:
        if query not in answers:
            answers[query] = marts.execute(query).fetchall()[0][0]
        found = as_counted(book[sheet][cell].value, unit)
        told = exact.date() if isinstance(exact, datetime) else exact
        if not equal(found, answers[query]) or not equal(told, answers[query]):
            wrong.append((sheet, cell, found, told, answers[query]))
    assert len(rows) > 40
    assert wrong == []


def test_no_number_stands_in_a_table_without_its_source(book: Any) -> None:
    named = {(sheet, cell) for _, sheet, cell, *_ in sources(book)}
    lost = [
        (sheet.title, cell.coordinate, cell.value)
        for sheet in book.worksheets
        if sheet.title not in (CONTENTS, SOURCES)
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, int | float | datetime) and (sheet.title, cell.coordinate) not in named
    ]
    assert lost == []


def test_every_sheet_is_marked_as_a_draft_bears_its_snapshot_and_prints_on_a4(
    book: Any, written: WrittenReport
) -> None:
    for sheet in book.worksheets:
        texts = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert any(DRAFT_VI in text for text in texts), sheet.title
        assert any(written.snapshot_id in text for text in texts), sheet.title
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        if sheet.title not in (CONTENTS, SOURCES):
            assert sheet.page_setup.paperSize == 9
            assert sheet.print_title_rows is not None
            assert written.snapshot_id in sheet.oddFooter.left.text
            assert DRAFT_VI in sheet.oddHeader.center.text
            assert {"NGƯỜI LẬP BIỂU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "(1)", "(2)"} <= set(texts)


def test_no_cell_is_a_formula(written: WrittenReport) -> None:
    with zipfile.ZipFile(written.path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/"):
                assert not re.search(rb"<f[ >]", package.read(name)), name


def test_keys_of_figures_lead_to_cells_of_the_workbooks_that_were_sent(book: Any, sample: Any) -> None:
    tracer, drawn = Tracer(sample.settings), random.Random(20260314)
    rows = [row for row in sources(book) if row[8]]
    for row in drawn.sample(rows, min(25, len(rows))):
        for command in row[8].split("; "):
            words = shlex.split(command)
            assert words[:2] == ["ntm", "trace"]
            limit = int(words[words.index("--limit") + 1]) if "--limit" in words else 20
            keys = dict(word.split("=", 1) for word in words[3:] if "=" in word)
            assert tracer.trace(words[2], keys, limit), command


def test_totals_of_tables_are_those_of_the_marts(book: Any, marts: duckdb.DuckDBPyConnection) -> None:
    """Not by the queries of the workbook: by the marts alone."""
    title = book[CONTENTS]["A1"].value
    if "QUÝ I NĂM 2026 – TỈNH" in title:
        met = marts.execute(
            "select criterion_no, count(*) filter (declared_mark = 'D') from fct_criterion_status "
            "where reporting_period_id = '2026Q1' and criteria_set_code = 'NTM_XA_2026' group by 1 order by 1"
        ).fetchall()
        sheet = book["Biểu 05"]
        body = [row for row in sheet.iter_rows(values_only=True) if str(row[0]).isdigit()]
        assert [(int(row[0]), sum(row[at] for at in (4, 7, 10))) for row in body] == met
        told = marts.execute(
            "select sum(planned_vnd), sum(performed_vnd) from fct_funding where reporting_period_id = '2026Q1' "
            "and not is_carried_over"
        ).fetchall()[0]
        total = next(row for row in book["Biểu 07"].iter_rows(values_only=True) if row[1] == "TỔNG SỐ")
        assert tuple(round(value * MILLION) for value in total[2:4]) == told
    if "NĂM 2023 – TỈNH" in title:
        bands = dict(
            marts.execute(
                "select band_code, count(*) from fct_unit_standing where reporting_period_id = '2023Y' "
                "and criteria_set_code = 'NTM_XA_2021' group by 1"
            ).fetchall()
        )
        total = next(row for row in book["Biểu 03"].iter_rows(values_only=True) if row[1] == "TỔNG SỐ")
        assert total[3:8] == tuple(bands.get(band, 0) for band in ("19", "15_18", "10_14", "5_9", "under_5"))
        lost = next(row for row in book["Biểu 04"].iter_rows(values_only=True) if row[0] == "17")
        assert (
            lost[3]
            == marts.execute(
                "select count(*) from fct_criterion_status where reporting_period_id = '2023Y' and criterion_no = 17 "
                "and criteria_set_code = 'NTM_XA_2021' and declared_mark = 'D'"
            ).fetchall()[0][0]
        )


def test_a_part_of_a_table_never_exceeds_the_whole_and_sections_add_up(book: Any) -> None:
    if "Biểu 07" not in book.sheetnames:
        pytest.skip("a commune has Biểu 11 instead")
    rows = [row for row in book["Biểu 07"].iter_rows(values_only=True) if row[1] is not None]
    total = next(row for row in rows if row[1] == "TỔNG SỐ")
    sections = [row for row in rows if row[0] and re.fullmatch(r"[IV]+", str(row[0]))]
    for column in (2, 3):
        assert sum(row[column] or 0 for row in sections) == pytest.approx(total[column])


def test_a_table_that_a_period_does_not_have_is_refused_by_name(sample: Any, tmp_path: Path) -> None:
    build = current_build(sample.settings)
    assert build is not None
    with pytest.raises(NotReportable, match=r"no table 'bieu_10' of 2026Q1.*2026_04"):
        write_report(Snapshot("2026Q1", build, None), tmp_path, form="bieu_10")
    with pytest.raises(NotReportable, match="2021-2025 has no official tables"):
        write_report(Snapshot("2021-2025", build, None), tmp_path)
    assert write_report(Snapshot("2026Q1", build, None), tmp_path, form="Biểu 07").tables == ("2026_07",)


def test_the_same_snapshot_makes_the_same_bytes(sample: Any, tmp_path: Path) -> None:
    build = current_build(sample.settings)
    assert build is not None
    first, second = (
        write_report(Snapshot("2026Q1", build, None), tmp_path / name).path.read_bytes() for name in ("a", "b")
    )
    assert first == second


def test_the_extract_holds_every_cell_of_the_wide_marts(
    sample: Any, marts: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    from publish.dictionary import mart
    from publish.extract import labelled, sheet_name, write_extract

    written = write_extract(sample.settings, tmp_path / "x.xlsx")
    book = openpyxl.load_workbook(written.path, read_only=True)
    assert set(written.row_counts) >= {"rpt_overview", "rpt_criteria", "rpt_funding", "rpt_submissions"}
    for table in written.row_counts:
        found = marts.execute(f"select * from {table} order by all")
        columns = [name for name, *_ in found.description]
        read = book[sheet_name(mart(table))].iter_rows(values_only=True)
        assert list(next(read)) == [mart(table).column(name).label_vi for name in columns]
        for told, cells in zip(found.fetchall(), read, strict=True):
            for name, value, cell in zip(columns, told, cells, strict=True):
                if isinstance(value, bool):
                    assert cell == ("Có" if value else "Không")
                elif isinstance(value, datetime):
                    assert (
                        abs(cell.timestamp() - value.astimezone(OFFICE_TIME_ZONE).replace(tzinfo=None).timestamp()) < 1
                    )
                elif isinstance(value, int | Decimal):
                    assert float(cell) == float(value), (table, name)
                elif isinstance(value, date):
                    assert cell.date() == value
                else:
                    assert cell == labelled(name, value)
