"""The Excel extract: what stands in the marts stands in the workbook, and no text in it can become a formula."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingest.settings import Settings, load_settings
from publish import extract
from publish.build import POINTER, Build, PublishedTable
from publish.extract import ExtractFailed, is_risky, write_extract
from publish.inputs import write_json

RISKY = ["=1+1", "+84", "-2", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x","y")']


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """One published mart, written by hand: places whose names begin as formulas do."""
    settings = load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2023-04-12T08:00:00+07:00"})
    folder = settings.published_dir / "20230412T010000Z-00000000"
    folder.mkdir(parents=True)
    with duckdb.connect(str(folder / "marts.duckdb")) as con:
        con.execute(
            "create table rpt_submissions (reporting_unit_name_vi varchar, first_received_at timestamptz, "
            "due_date date, punctuality varchar, rows_sent int, forms_accepted_pct decimal(18, 4), is_approved boolean)"
        )
        rows = [(name, datetime(2023, 3, 20, 2, 30, tzinfo=UTC), None, "late", 0, 12.5, True) for name in RISKY]
        con.executemany("insert into rpt_submissions values (?, ?, ?, ?, ?, ?, ?)", rows)
    tables = (PublishedTable("rpt_submissions", len(RISKY), "0"),)
    build = Build(folder.name, "0", "2023-04-12T01:00:00+00:00", "84", tables, folder)
    write_json(folder / "build.json", build.as_json())
    write_json(settings.published_dir / POINTER, build.as_json())
    return settings


def test_texts_that_begin_as_formulas_do_stay_texts(settings: Settings, tmp_path: Path) -> None:
    written = write_extract(settings, tmp_path / "x.xlsx")
    with zipfile.ZipFile(written.path) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        assert all(not re.search(rb"<f[ >]", package.read(name)) for name in sheets)
        assert b'quotePrefix="1"' in package.read("xl/styles.xml")
    sheet = openpyxl.load_workbook(written.path).worksheets[1]
    cells = [row[0] for row in sheet.iter_rows(min_row=2)]
    # The format writes a carriage return as _x000D_, which this reader leaves as it is.
    assert sorted(str(cell.value).replace("_x000D_", "\r") for cell in cells) == sorted(RISKY)
    assert all(is_risky(text) for text in RISKY)
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


def test_a_person_reads_vietnamese_headings_office_time_and_words_for_codes(settings: Settings, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(write_extract(settings, tmp_path / "x.xlsx").path)
    sheet = book.worksheets[1]
    headings, first = [[cell.value for cell in row] for row in sheet.iter_rows(max_row=2)]
    assert headings[0] == "Đơn vị báo cáo"
    assert first[1:] == [datetime(2023, 3, 20, 9, 30), None, "Trễ hạn", 0, 12.5, "Có"]
    assert sheet.freeze_panes == "B2"
    assert sheet.auto_filter.ref == f"A1:G{len(RISKY) + 1}"
    assert "20230412T010000Z-00000000" in [row[1].value for row in book.worksheets[0].iter_rows()]


def test_a_mart_that_excel_cannot_hold_is_refused_by_name(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extract, "MOST_ROWS", len(RISKY))
    with pytest.raises(ExtractFailed, match="rpt_submissions has 7 rows"):
        write_extract(settings, tmp_path / "x.xlsx")
    assert not (tmp_path / "x.xlsx").exists()


def test_without_a_build_nothing_is_written(tmp_path: Path) -> None:
    nothing = load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2023-04-12T08:00:00+07:00"})
    with pytest.raises(ExtractFailed, match="Nothing is published yet"):
        write_extract(nothing, tmp_path / "x.xlsx")
