"""Amounts on another map: whole units of their kind, and never one more or less than there was."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.map_macros import map_macros

OLD, NEW = date(2020, 1, 1), date(2025, 7, 1)


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    """Unit A of the old map is three of the new, B is one, C is two of unknown people."""
    with duckdb.connect() as con:
        con.execute("attach ':memory:' as marts")
        con.execute("use marts")
        con.execute("create table dim_map (map_date date, valid_to date)")
        con.execute("insert into dim_map values ('2020-01-01', '2025-07-01'), ('2025-07-01', null)")
        con.execute(
            "create table dim_reporting_period as select '2024Y' as reporting_period_id, date '2024-12-14' as data_to"
        )
        con.execute(
            "create table bridge_unit_map (from_map_date date, from_unit_id varchar, to_map_date date, "
            "to_unit_id varchar, relation_code varchar, target_count integer, is_same_unit boolean, is_exact boolean, "
            "stated_share decimal(18, 4), people_count integer, people_period_id varchar)"
        )
        con.execute("create table weights (to_unit_id varchar, people integer)")
        con.execute(
            "create table amounts (reporting_period_id varchar, unit_id varchar, vnd decimal(20, 0), km decimal(24, 6))"
        )
        for macro in map_macros(con, frozenset({"bridge_unit_map", "dim_reporting_period"})):
            con.execute(f"create macro {macro.name}({', '.join(macro.parameters)}) as table {macro.query}")
        yield con


def way(con: duckdb.DuckDBPyConnection, unit: str, target: str, count: int, people: int | None) -> None:
    values = [OLD, unit, NEW, target, "part" if count > 1 else "whole", count, False, count == 1]
    share = Decimal(1) if count == 1 else None
    con.execute(
        "insert into bridge_unit_map values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", [*values, share, people, "2023Y"]
    )


@given(
    people=st.lists(st.integers(1, 10**6), min_size=2, max_size=6),
    vnd=st.integers(-(10**15), 10**15),
    km=st.decimals(Decimal(-(10**6)), Decimal(10**6), places=6),
)
def test_parts_are_whole_and_add_up_to_the_amount(
    con: duckdb.DuckDBPyConnection, people: list[int], vnd: int, km: Decimal
) -> None:
    con.execute("delete from bridge_unit_map")
    con.execute("delete from amounts")
    for number, count in enumerate(people):
        way(con, "A", f"A{number}", len(people), count)
    con.execute("insert into amounts values ('2024Y', 'A', ?, ?)", [vnd, km])
    money = parts(con, "vnd", "population")
    assert sum(money.values()) == vnd
    assert all(part == part.to_integral_value() for part in money.values())
    for number, count in enumerate(people):
        assert abs(money[f"A{number}"] * sum(people) - vnd * count) < sum(people)
    assert sum(parts(con, "km", "population").values()) == km


def parts(con: duckdb.DuckDBPyConnection, measure: str, rule: str) -> dict[str | None, Decimal]:
    found = con.execute(
        "select map_unit_id, sum(map_amount) "
        f"from figure_on_map('amounts', {measure}, date '2025-07-01', '{rule}') group by 1"
    ).fetchall()
    return dict(found)


@pytest.fixture
def three_units(con: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    con.execute("delete from bridge_unit_map")
    con.execute("delete from amounts")
    way(con, "A", "X", 2, 1)
    way(con, "A", "Y", 2, 3)
    way(con, "B", "X", 1, None)
    way(con, "C", "Y", 2, None)
    way(con, "C", "Z", 2, None)
    con.execute(
        "insert into amounts values ('2024Y', 'A', 100, null), ('2024Y', 'B', 7, null), ('2024Y', 'C', 9, null)"
    )
    con.execute("insert into amounts values ('2024Y', null, 1, null), ('2024Y', 'elsewhere', 2, null)")
    return con


def test_without_a_rule_a_divided_unit_keeps_its_amount_on_a_row_without_a_unit(
    three_units: duckdb.DuckDBPyConnection,
) -> None:
    assert parts(three_units, "vnd", "none") == {"X": 7, None: 100 + 9 + 1 + 2}


def test_where_people_are_not_known_nothing_is_divided(three_units: duckdb.DuckDBPyConnection) -> None:
    assert parts(three_units, "vnd", "population") == {"X": 7 + 25, "Y": 75, None: 9 + 1 + 2}


@pytest.mark.parametrize(
    ("query", "because"),
    [
        ("from unit_on_map(date '2025-07-01', 'area')", "areas of units are not in reference data"),
        ("from unit_on_map(date '2010-07-01', 'none')", "no map of that day"),
    ],
)
def test_an_unknown_rule_or_day_is_refused_by_name(
    three_units: duckdb.DuckDBPyConnection, query: str, because: str
) -> None:
    with pytest.raises(duckdb.Error, match=because):
        three_units.execute(query).fetchall()
