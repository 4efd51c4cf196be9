"""The data dictionary as pages: one HTML file that searches without a network, and the same as Markdown.

Belongs here: what a page shows of a mart, and in which words; both pages are made from the same entries. Does not
belong here: reading the YAML (dictionary.py), the graph (lineage.py), how it looks (templates/dictionary.*).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from publish import dictionary
from publish.dictionary import Mart, MartColumn
from publish.lineage import Lineage, lineage

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from publish.build import Build

TEMPLATES = Path(__file__).with_name("templates")
HTML, MARKDOWN = "index.html", "dictionary.md"

TYPES = {
    "string": ("chữ", "text"),
    "int": ("số nguyên", "whole number"),
    "date": ("ngày", "date"),
    "timestamptz": ("thời điểm", "instant"),
    "boolean": ("có / không", "yes / no"),
}
KINDS = {
    "report": ("bảng tổng hợp cho Excel và BI", "wide table for Excel and BI"),
    "fact": ("bảng số liệu", "fact"),
    "dimension": ("danh mục", "dimension"),
    "history": ("lịch sử mọi lần báo cáo", "every accepted report"),
}
ADDITIVITY = {
    "cumulative": (
        "lũy kế từ đầu năm báo cáo; trong năm chỉ lấy kỳ mới nhất",
        "since the start of the report year; of a year only its latest period counts",
    ),
    "yearly": ("số của cả năm, kỳ nào cũng nêu lại", "of the whole year, stated again in every period"),
    "discrete": ("phát sinh, cộng được mọi chiều", "adds over everything"),
    "stock": ("số cuối kỳ, không cộng qua các kỳ", "state on the closing day; never added over periods"),
    "none": ("không cộng", "never added"),
}


@dataclass(frozen=True)
class Entry:
    """One mart with all that its page says; `row_count` is None where no build is published."""

    mart: Mart
    lineage: Lineage
    row_count: int | None

    @property
    def grain_vi(self) -> str:
        """What a row is, in the labels of the key."""
        return " × ".join(self.mart.column(name).label_vi for name in self.mart.key)


@dataclass(frozen=True)
class Function:
    """A table function of the published DuckDB file."""

    name: str
    parameters: tuple[str, ...]
    comment: str


def write_dictionary(out: Path, manifest: Path, build: Build | None) -> tuple[Path, ...]:
    """Write the HTML page and the Markdown page into `out`; the paths of both.

    `manifest`: dbt's manifest.json of the project. With a build, its rows, table functions and id are told too.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    out.mkdir(parents=True, exist_ok=True)
    content = _content(manifest, build)
    written = []
    for name, template in ((HTML, "dictionary.html.j2"), (MARKDOWN, "dictionary.md.j2")):
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=name == HTML,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        environment.filters.update(cell=_cell, count=shown_count)
        unfinished = out / f".{name}.tmp"
        unfinished.write_text(environment.get_template(template).render(content), encoding="utf-8")
        written.append(unfinished.replace(out / name))
    return tuple(written)


def type_words(data_type: str) -> tuple[str, str]:
    """A type in Vietnamese and English words."""
    if data_type.startswith("decimal"):
        places = int(data_type.rstrip(")").split(",")[1])
        if places == 0:
            return "số nguyên lớn", "large whole number"
        return f"số thập phân, {places} chữ số lẻ", f"decimal, {places} places"
    return TYPES[data_type]


def shown_count(number: int) -> str:
    """A count as Vietnamese readers write it: 1.234."""
    return f"{number:,}".replace(",", ".")


def _content(manifest: Path, build: Build | None) -> dict[str, Any]:
    from ingest.spec import load_specs

    graph = lineage(manifest)
    counts = build.row_counts if build else {}
    entries = [Entry(mart, graph[mart.name], counts.get(mart.name)) for mart in dictionary.marts()]
    return {
        "build": build,
        "groups": [
            (group, label.split(": ", 1)[-1], _in_order([entry for entry in entries if entry.mart.group == group]))
            for group, label in dictionary.group_labels().items()
        ],
        "metrics": dictionary.metrics(),
        "functions": _functions(build) if build else (),
        "forms": {form: spec.title_vi for form, spec in load_specs().items()},
        "table_count": len(entries),
        "column_count": sum(len(entry.mart.columns) for entry in entries),
        "kinds": KINDS,
        "additivity": ADDITIVITY,
        "type_words": type_words,
        "notes": _notes,
    }


def _in_order(entries: Sequence[Entry]) -> list[Entry]:
    """What is read first stands first: report tables, facts, dimensions, histories."""
    kinds = list(KINDS)
    return sorted(entries, key=lambda entry: (kinds.index(entry.mart.kind), entry.mart.name))


def _notes(column: MartColumn) -> list[tuple[str, str]]:
    """What must be known of a column beside its type: Vietnamese, English."""
    notes = []
    if column.additivity:
        vi, en = ADDITIVITY[column.additivity]
        within = ", ".join(column.within)
        notes.append((f"{vi}{f'; chỉ cộng trong cùng {within}' if within else ''}", f"{column.additivity}: {en}"))
    if column.values:
        listed = ", ".join(column.values)
        notes.append((f"một trong: {listed}", f"one of: {listed}"))
    if column.is_required:
        notes.append(("luôn có giá trị", "never empty"))
    return notes


def _functions(build: Build) -> tuple[Function, ...]:
    import duckdb

    with duckdb.connect(str(build.database), read_only=True) as con:
        return tuple(_macros(con))


def _macros(con: DuckDBPyConnection) -> list[Function]:
    found = con.execute(
        "select function_name, parameters, comment from duckdb_functions() "
        "where function_type = 'table_macro' and not internal order by 1"
    ).fetchall()
    return [Function(name, tuple(parameters), comment or "") for name, parameters, comment in found]


def _cell(text: str) -> str:
    """Text of a cell of a Markdown table."""
    return re.sub(r"\s+", " ", text).replace("|", "\\|")
