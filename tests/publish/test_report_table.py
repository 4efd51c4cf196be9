"""Tables of a report spec: what a cell speaks of, when it is blank, and the query and keys that stand beside it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import duckdb
import openpyxl
import pytest
import xlsxwriter

from publish.report.sheet import Paper, SheetWriter
from publish.report.spec import BadReportSpec, leaves, read_form, report_forms
from publish.report.table import Table, TableMaker
from publish.report.words import Words

SPEC = """
number_vi: Biểu 99
title_vi: THỬ {{unit_name}}
years: [2021, 2030]
facts:
  money:
    mart: fct_money
    keys: {{reporting_period_id: "{{period}}"}}
    trace: [source, unit]
    select: >
      select source, unit, planned_vnd, done_vnd from fct_money
      where reporting_period_id = $period and $in_scope
lists:
  units: select distinct unit, 'Xã ' || unit as label, unit || '.' as area from fct_money order by 1
  villages: select area, name as label from (values ('a.', 'Ấp 1'), ('b.', 'Ấp 2')) as t (area, name)
columns:
  - {{header: STT, shows: stt}}
  - {{header: Nội dung, shows: label}}
  - {{header: Kế hoạch, measure: planned_vnd, format: million}}
  - header: Thực hiện
    columns:
      - {{header: "Nguồn {{source}}", each: sources, measure: done_vnd, format: million, only: {{source: =source}}}}
      - {{header: Tỷ lệ, measure: done_vnd, of: planned_vnd, times: 100, format: percent}}
rows:
  - {{label: TỔNG SỐ, style: total}}
  - each: units
    stt: roman
    only: {{unit: =unit}}
{rows}
"""


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(
            """
            create table fct_money as
            select period as reporting_period_id, unit, unit as reporting_unit_id, source,
                cast(planned as decimal(20, 0)) as planned_vnd, cast(done as decimal(20, 0)) as done_vnd
            from (values
                ('2026Q1', 'a', 'X', 400000000, 100000000), ('2026Q1', 'a', 'Y', null, 0),
                ('2026Q1', 'b', 'X', 100000001, null), ('2025Y', 'a', 'X', 9, 9)
            ) as t (period, unit, source, planned, done)
            """
        )
        yield con


def made(con: duckdb.DuckDBPyConnection, folder: Path, rows: str = "", unit: str | None = None) -> Table:
    path = folder / "2026_99.yml"
    lists = "  sources: select * from (values ('X'), ('Y')) as t (source)\n"
    path.write_text(SPEC.format(rows=rows).replace("lists:\n", "lists:\n" + lists), encoding="utf-8")
    words = Words({"period": "2026Q1", "unit": unit, "unit_name": unit})
    return TableMaker(con, words).make(read_form(path))


def values(table: Table) -> dict[str, list[object]]:
    return {row.label: [cell.value for cell in row.cells[2:]] for row in table.rows}


def test_a_cell_adds_the_rows_that_its_row_and_its_column_both_speak_of(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    found = values(made(con, tmp_path))
    assert found["TỔNG SỐ"][:3] == [Decimal(500000001), Decimal(100000000), Decimal(0)]
    assert found["Xã a"][:3] == [Decimal(400000000), Decimal(100000000), Decimal(0)]
    assert found["Xã a"][3] == Decimal(25)


def test_what_nobody_reported_is_blank_and_what_was_reported_as_nought_is_nought(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    found = values(made(con, tmp_path))
    assert found["Xã b"] == [Decimal(100000001), None, None, None]
    assert found["Xã a"][2] == 0


def test_every_figure_has_a_query_that_gives_it_and_a_blank_has_none(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    for row in made(con, tmp_path).rows:
        for cell in row.cells[2:]:
            assert (cell.query is None) == (cell.value is None)
            if cell.query is not None:
                assert float(con.execute(cell.query).fetchall()[0][0]) == pytest.approx(float(cell.value))


def test_keys_of_a_figure_find_its_rows_by_columns_of_the_mart(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    rows = made(con, tmp_path).rows
    assert rows[1].cells[3].traces == ("fct_money reporting_period_id=2026Q1 unit=a source=X",)
    assert rows[0].cells[2].traces == ("fct_money reporting_period_id=2026Q1",)


def test_rows_below_a_row_are_those_of_its_place_and_are_numbered_anew(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    below = "    rows:\n      - {each: own, stt: number, is_heading: true}\n"
    path = tmp_path / "2026_99.yml"
    text = SPEC.format(rows=below).replace(
        "lists:\n",
        "lists:\n  sources: select * from (values ('X'), ('Y')) as t (source)\n"
        "  own: select unit, unit || '1' as label from fct_money where reporting_period_id = $period order by 1\n",
    )
    path.write_text(text, encoding="utf-8")
    table = TableMaker(con, Words({"period": "2026Q1", "unit": None, "unit_name": None})).make(read_form(path))
    assert [(row.stt, row.label) for row in table.rows[1:]] == [
        ("I", "Xã a"),
        ("1", "a1"),
        ("2", "a1"),
        ("II", "Xã b"),
        ("1", "b1"),
    ]


def test_a_table_of_one_unit_holds_only_its_rows(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert values(made(con, tmp_path, unit="b"))["TỔNG SỐ"] == [Decimal(100000001), None, None, None]


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("style: total", "style: loud"),
        ("measure: planned_vnd, format: million", "measure: planned_vnd, colour: red"),
        ("shows: label", "shows: label, measure: done_vnd"),
        ("each: units", "each: nobody"),
    ],
)
def test_a_spec_that_cannot_be_meant_is_refused_by_the_name_of_its_file(tmp_path: Path, wrong: str, said: str) -> None:
    path = tmp_path / "2026_99.yml"
    path.write_text(SPEC.format(rows="").replace("each: sources, ", "").replace(wrong, said), encoding="utf-8")
    with pytest.raises(BadReportSpec, match=r"2026_99\.yml"):
        read_form(path)


def test_on_paper_money_is_in_millions_and_a_text_that_begins_as_a_formula_does_stays_a_text(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    con.execute("insert into fct_money select '2026Q1', '=1+1', '=1+1', 'X', 5, 1234567891")
    book = xlsxwriter.Workbook(str(tmp_path / "x.xlsx"), {"strings_to_formulas": False})
    writer = SheetWriter(book, Paper(("UBND TỈNH A", "VĂN PHÒNG"), "THỦ TRƯỞNG", "ảnh chụp 1", False))
    path = tmp_path / "2026_98.yml"
    lists = "lists:\n  sources: select * from (values ('X'), ('Y')) as t (source)\n"
    text = SPEC.format(rows="").replace("lists:\n", lists).replace("'Xã ' || unit", "unit")
    path.write_text(text, encoding="utf-8")
    table = TableMaker(con, Words({"period": "2026Q1", "unit": None, "unit_name": None})).make(read_form(path))
    placed = writer.write("Biểu 99", table, ["Ghi chú"])
    book.close()
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    risky = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert [(cell.data_type, cell.quotePrefix) for cell in risky] == [("s", True)]
    told = {(one.row, one.column): sheet[one.cell] for one in placed}
    cell = told["I =1+1", "Thực hiện / Nguồn X"]
    assert (cell.value, cell.number_format) == (1234.567891, "[$-42A]#,##0.0")
    assert told["TỔNG SỐ", "Kế hoạch"].value == 500.000006


def test_every_table_can_be_read_and_its_columns_fit_a_page() -> None:
    assert len(report_forms()) >= 20
    for form in report_forms():
        assert len(leaves(form.columns)) >= 3, form.code
        assert form.years[0] in (2021, 2026), form.code


def test_sections_of_the_tables_of_money_name_every_source_that_may_carry_an_amount() -> None:
    from ingest import reference

    sources = {row["source_code"] for row in reference.rows("funding_sources") if row["is_leaf"]}
    for form in report_forms():
        if form.number_vi in ("Biểu 07", "Biểu 11") and "funding" in form.facts:
            named: list[str] = []
            for row in form.rows:
                if row.stt.startswith(("I", "V")) and row.only:
                    codes = row.only["source_code"]
                    named += codes if isinstance(codes, list) else [codes]
            assert sorted(named) == sorted(sources), form.code
