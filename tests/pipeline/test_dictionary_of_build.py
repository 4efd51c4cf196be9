"""Claims about the dictionary beside a published build: it speaks of exactly the tables and columns that are there."""

from __future__ import annotations

from typing import Any

import duckdb

from publish import dictionary

NAMES = {"VARCHAR": "string", "INTEGER": "int", "TIMESTAMP WITH TIME ZONE": "timestamptz"}


def test_the_dictionary_speaks_of_every_published_column_in_its_order_and_type(sample: Any) -> None:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        found = con.execute(
            "select table_name, column_name, data_type from duckdb_columns() where not internal "
            "order by table_name, column_index"
        ).fetchall()
    published = [(table, column, NAMES.get(kind, kind.lower().replace(",", ", "))) for table, column, kind in found]
    said = [(column.mart, column.name, column.data_type) for column in dictionary.mart_columns()]
    assert [column for column in published if column[0] in {mart.name for mart in dictionary.marts()}] == said
