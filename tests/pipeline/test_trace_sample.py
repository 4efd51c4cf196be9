"""Any typed figure that is published can be followed to its cell, and the archived workbook says the same there."""

from __future__ import annotations

import random
import re
import unicodedata
from collections import Counter
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import duckdb
import pytest

from ingest import reference
from ingest.codes import CodeBook
from ingest.spec import Column, ColumnType, FormSpec, load_specs
from publish.trace import ORIGIN, TracedRow, Tracer
from simulate.mess import RETYPED

pytestmark = pytest.mark.slow

SEED, SAMPLE_SIZE = 20230412, 500
MILLION = 1_000_000
# mart column -> column of the form, where they are called differently; all others bear the name they have in the form
TYPED_AS = {
    "unit_id": ("commune_code", "place_code", "subject_code"),
    "second_unit_id": ("second_place_code",),
    "third_unit_id": ("third_place_code",),
    "declared_mark": ("mark",),
    "declared_verdict": ("verdict",),
}
DERIVED = {("fct_evaluation", "unit_id")}  # the district itself, where no commune was typed
PART_CALLED = {"chung": "total", "nam": "male", "nữ": "female"}
# a row of these is counted from several that were typed, or is one of several made from one, or tells what is wrong
NOT_TYPED = {
    "fct_unit_standing",
    "fct_helper_period",
    "fct_matching_funds",
    "fct_discrete_amount",
    "fct_evaluation_part",
    "fct_printed_total",
    "fct_target_result",
    "fct_submission_finding",
}


class Figure(NamedTuple):
    """A published value, by the mart column it stands in and the column of the form it was typed in."""

    table: str
    origin: tuple[str, ...]  # as ORIGIN
    mart_column: str
    form_column: str
    value: Any


@pytest.fixture(scope="module")
def marts(sample: Any) -> Any:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        yield con


@pytest.fixture(scope="module")
def figures(marts: duckdb.DuckDBPyConnection) -> list[Figure]:
    """Every typed, published, non-null figure of every fact that can be traced to a cell."""
    return [figure for table in traceable(marts) for figure in figures_of(marts, table)]


@pytest.fixture(scope="module")
def drawn(figures: list[Figure]) -> list[Figure]:
    """Drawn column by column, so that rare ones (sums lent, model fields) are followed as well as common ones."""
    draw = random.Random(SEED)
    columns: dict[tuple[str, str], list[Figure]] = {}
    for figure in figures:
        columns.setdefault((figure.table, figure.mart_column), []).append(figure)
    for found in columns.values():
        draw.shuffle(found)
    turns = [found.pop() for _ in range(SAMPLE_SIZE) for found in columns.values() if found]
    return turns[: max(SAMPLE_SIZE, len(columns))]  # the first turn has each column once


@pytest.fixture(scope="module")
def traced(sample: Any, drawn: list[Figure]) -> dict[Figure, TracedRow]:
    tracer = Tracer(sample.settings)
    found: dict[Figure, TracedRow] = {}
    for figure in drawn:
        (found[figure],) = tracer.trace(figure.table, dict(zip(ORIGIN, figure.origin, strict=True)))
    return found


def traceable(marts: duckdb.DuckDBPyConnection) -> list[str]:
    tables = [name for (name,) in marts.execute("select table_name from duckdb_tables() order by 1").fetchall()]
    return [table for table in tables if set(ORIGIN) <= set(columns_of(marts, table)) and table not in NOT_TYPED]


def columns_of(marts: duckdb.DuckDBPyConnection, table: str) -> list[str]:
    return [name for name, *_ in marts.execute(f'describe "{table}"').fetchall()]


def figures_of(marts: duckdb.DuckDBPyConnection, table: str) -> list[Figure]:
    columns = columns_of(marts, table)
    places = [columns.index(name) for name in ORIGIN]
    found = []
    for row in marts.execute(f'from "{table}" where row_id is not null order by all').fetchall():
        origin = tuple(row[place] for place in places)
        spec = load_specs()[origin[ORIGIN.index("form")]]
        for mart_column, value in zip(columns, row, strict=True):
            form_column = typed_as(spec, mart_column)
            if form_column is not None and value is not None and (current_of(table), mart_column) not in DERIVED:
                found.append(Figure(table, origin, mart_column, form_column, value))
    return found


def current_of(table: str) -> str:
    return table.removesuffix("__history")


def typed_as(spec: FormSpec, mart_column: str) -> str | None:
    """The column of the form in which a mart column was typed; None where it was derived."""
    names = TYPED_AS.get(mart_column, (mart_column,))
    return next((column.name for column in spec.columns if column.name in names), None)


def read_again(row: TracedRow, column: Column, shown: Any) -> Any:
    """What a cell of an archived workbook means, as the mart says it; figures without the help of the parser."""
    if (row.reporting_unit_id, row.reporting_period_id) == RETYPED and (said := by_hand(column, shown)) is not None:
        return said
    match column.type:
        case ColumnType.MONEY:
            return Decimal(str(shown)) * MILLION
        case ColumnType.DECIMAL | ColumnType.INTEGER:
            return Decimal(str(shown))
        case ColumnType.DATE:
            assert isinstance(shown, date)
            return shown
        case ColumnType.BOOLEAN:
            return {"Có": True, "Không": False}[unicodedata.normalize("NFC", shown)]
        case ColumnType.CODE:
            return code_of(row, column, str(shown))
        case _ if column.name == "criterion_no":
            return int(shown.partition(".")[0])  # its header says "1. Quy hoạch"
        case _ if column.name == "part_code":
            return PART_CALLED.get(shown, shown)
        case _:
            return shown


def by_hand(column: Column, shown: Any) -> Any:
    """What the one report typed by hand means by a text in a column of figures or days; None for any other cell."""
    if not isinstance(shown, str):
        return None
    match column.type:
        case ColumnType.MONEY:
            number, _, unit = shown.replace("\u00a0", "").partition(" ")
            billion = 1_000 * MILLION
            factor = {"đ": 1, "đồng": 1, "tỷ": billion, "tỉ": billion, "tỷ đồng": billion}.get(unit, MILLION)
            return Decimal(number.replace(".", "").replace(",", ".")) * factor
        case ColumnType.DECIMAL:
            return Decimal(shown.replace(",", "."))
        case ColumnType.DATE:
            day, month, year = (int(number) for number in re.findall(r"\d+", shown))
            return date(year, month, day)
        case ColumnType.CODE if column.code_list == "verdict":
            return {"Đạt": "D", "Chưa đạt": "CD"}.get(shown)
        case ColumnType.TEXT if column.name not in ("criterion_no", "part_code"):
            return unicodedata.normalize("NFC", shown)
        case _:
            return None


def code_of(row: TracedRow, column: Column, shown: str) -> str | None:
    unit, period = reference.reporting_unit(row.reporting_unit_id), reference.period(row.reporting_period_id)
    assert unit is not None
    assert period is not None
    return CodeBook(unit, period).get(str(column.code_list)).find(shown)


def as_typed(figure: Figure) -> Any:
    """The published value without the validity that a mart adds to the code of a unit."""
    return figure.value.partition(".")[0] if figure.mart_column.endswith("unit_id") else figure.value


def test_every_fact_that_was_typed_can_be_traced(marts: duckdb.DuckDBPyConnection) -> None:
    """What is typed has a history; the facts derived from one fact's rows can be traced besides."""
    names = {name for (name,) in marts.execute("select table_name from duckdb_tables()").fetchall()}
    histories = {name for name in names if name.endswith("__history")}
    assert histories
    assert histories | {name.removesuffix("__history") for name in histories} <= set(traceable(marts))


def test_the_sample_holds_every_typed_column_that_has_a_value(figures: list[Figure], drawn: list[Figure]) -> None:
    assert len(drawn) >= SAMPLE_SIZE
    every = {(figure.table, figure.mart_column) for figure in figures}
    assert {(figure.table, figure.mart_column) for figure in drawn} == every
    assert {"value", "numerator", "disbursed_vnd", "declared_mark", "activity_date"} <= {name for _, name in every}


def test_a_published_figure_leads_to_the_row_it_was_typed_in(traced: dict[Figure, TracedRow]) -> None:
    for figure, row in traced.items():
        assert row.archived_file.exists(), figure
        assert row.archived_file.name.startswith(row.submission_id.partition("-")[0]), figure
        assert (row.submission_id, row.form, row.sheet, row.row_id) == figure.origin


def test_the_archived_cell_says_what_is_published(traced: dict[Figure, TracedRow]) -> None:
    wrong = []
    for figure, row in traced.items():
        (field,) = [field for field in row.fields if field.column == figure.form_column]
        column = load_specs()[row.form].column(figure.form_column)
        said = read_again(row, column, field.in_workbook)
        if said != as_typed(figure):
            wrong.append((figure, field.cell, field.in_workbook, said))
    assert wrong == []


def test_money_is_typed_in_millions_and_published_in_dong(traced: dict[Figure, TracedRow]) -> None:
    units = Counter(
        load_specs()[figure.origin[ORIGIN.index("form")]].column(figure.form_column).unit
        for figure in traced
        if figure.mart_column.endswith("_vnd")
    )
    assert set(units) == {"triệu đồng"}
