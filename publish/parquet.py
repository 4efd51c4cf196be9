"""One published table as a Parquet file that says what its columns mean, to whoever opens it with no database at hand.

The file bears the words of the mart (label, meaning, key; by column too) and nothing of the build it belongs to: equal
rows under equal words are equal bytes, and which build it is stands in the file beside it, `build/data.parquet`.
Belongs here: the file and its metadata. Does not belong here: words (dictionary.py), where it lies (publication.py).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from publish.dictionary import Mart, MartColumn, mart

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

ROWS_IN_GROUP = 122_880


def write_parquet(con: DuckDBPyConnection, relation: str, target: Path, table: str) -> None:
    """Write the rows of a relation, in its order, as `target`; instants are UTC, whatever the session's time zone."""
    import pyarrow.parquet as pq

    con.execute("set TimeZone = 'UTC'")
    reader = con.sql(f"from {relation}").to_arrow_reader(ROWS_IN_GROUP)
    schema = described(reader.schema, words_of(table), table)
    # decimals of up to 18 digits as integers: a third smaller than as bytes, and what DuckDB writes itself
    with pq.ParquetWriter(target, schema, compression="zstd", store_decimal_as_integer=True) as writer:
        for batch in reader:
            writer.write_batch(batch.replace_schema_metadata(schema.metadata).cast(schema))


def words_of(table: str) -> Mart | None:
    """What the dictionary says of a table; None of one that it does not know."""
    try:
        return mart(table)
    except KeyError:
        return None


def described(schema: pa.Schema, words: Mart | None, table: str) -> pa.Schema:
    """The schema with the words of the mart: on each field, and on the file for readers that know no fields."""
    if words is None:
        return schema.with_metadata({"table": table})
    columns = {column.name: _of_column(column) for column in words.columns}
    for position, field in enumerate(schema):
        if field.name in columns:
            schema = schema.set(position, field.with_metadata(columns[field.name]))
    return schema.with_metadata(
        {
            "table": table,
            "label_vi": words.label_vi,
            "description": words.description,
            "key": ", ".join(words.key),
            "columns": json.dumps(columns, ensure_ascii=False, sort_keys=True),
        }
    )


def _of_column(column: MartColumn) -> dict[str, str]:
    said = {
        "label_vi": column.label_vi,
        "description": column.description,
        "additivity": column.additivity or "",
        "personal": "true" if column.is_personal else "",
    }
    return {name: text for name, text in said.items() if text}
