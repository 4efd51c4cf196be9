"""Specs of the official tables: one YAML file per table in publish/report/tables, and the reading of them.

Belongs here: shape and checks of a spec. A spec says which facts a table reads (one SELECT on the marts each), its rows
and columns, and which part of the facts each of them speaks of; rows × columns make the figures (table.py).
Does not belong here: numbers, cells, paper (sheet.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

SPECS = Path(__file__).parent / "tables"
FORMATS = ("million", "count", "number", "percent", "mark", "text", "date")
STYLES = ("total", "section", "item", "detail", "footer")
SCOPES = ("province", "unit", "both")

Part = TypeVar("Part", "FactSpec", "ColumnSpec", "RowSpec")


class BadReportSpec(ValueError):
    """A spec cannot be read; the message names its file."""


@dataclass(frozen=True)
class FactSpec:
    """Rows that figures are made of.

    `select` may name $period, $year … (words.py); `keys` find the same rows in `mart` by equality, for `ntm trace`;
    `trace` are further columns of the mart that rows and columns divide by; `is_row_by_row` is false where a row of
    the SELECT is made of several of the mart.
    """

    select: str
    mart: str = ""
    keys: Mapping[str, str] | None = None
    trace: tuple[str, ...] = ()
    is_row_by_row: bool = True


@dataclass(frozen=True)
class ColumnSpec:
    """A column, a heading over `columns`, or one per row of the list or fact `each`.

    It either `shows` what its row says of itself (stt, label, a field of `each`), or sums `measure` over the rows of
    the fact `source` that meet `only`; with `of` that sum is divided by the sum of `of` and taken `times`; where no
    row has the measure, `otherwise` is taken. A value of `only` that begins with = is a field of the row of `each`.
    `labels` names the code list whose labels stand for the codes shown.
    """

    header: str
    shows: str | None = None
    measure: str | None = None
    of: str | None = None
    times: int = 1
    otherwise: str | None = None
    format: str = "count"
    width: float = 10
    only: Mapping[str, Any] | None = None
    source: str | None = None
    each: str | None = None
    labels: str | None = None
    columns: tuple[ColumnSpec, ...] = ()


@dataclass(frozen=True)
class RowSpec:
    """A row, or one per row of the list or fact `each`; `rows` stand below it and speak of what it speaks of.

    `stt` is a text, or roman, number or letter: counted among its brothers. `measure`, `of`, `times` and `format` stand
    in place of those of every column that names no fact of its own; what such columns show stays blank. `says` are
    fields beside those of `each`. A row with `when_any` is left out where it has no figure.
    """

    label: str = "{label}"
    stt: str = ""
    style: str = "item"
    only: Mapping[str, Any] | None = None
    source: str | None = None
    measure: str | None = None
    of: str | None = None
    times: int = 1
    format: str | None = None
    is_heading: bool = False
    when_any: bool = False
    says: Mapping[str, str] | None = None
    each: str | None = None
    rows: tuple[RowSpec, ...] = ()


@dataclass(frozen=True)
class ReportForm:
    """One official table, of the years from `years[0]` to `years[1]`.

    `scope`: printed for the province, for one reporting unit, or for both; `per_unit` makes one sheet per unit for the
    province. `forms` are what units fill that it is made of, `words` further words of its texts, `checks` SELECTs of
    texts that are told below the table. A file that says `like` is another file but for what it says itself.
    """

    code: str
    number_vi: str
    title_vi: str
    years: tuple[int, int]
    facts: Mapping[str, FactSpec]
    columns: tuple[ColumnSpec, ...]
    rows: tuple[RowSpec, ...]
    scope: str = "province"
    per_unit: bool = False
    model_vi: str = ""
    unit_vi: str = ""
    forms: tuple[str, ...] = ()
    lists: Mapping[str, str] | None = None
    notes_vi: tuple[str, ...] = ()
    words: Mapping[str, Any] | None = None
    checks: tuple[str, ...] = ()
    empty_vi: str = "Không có số liệu trong kỳ này."
    source: str = ""


@cache
def report_forms() -> tuple[ReportForm, ...]:
    """Every table, in the order of its file names. Raises BadReportSpec."""
    return tuple(read_form(path) for path in sorted(SPECS.glob("*.yml")))


def read_form(path: Path) -> ReportForm:
    """The table of one file. Raises BadReportSpec."""
    import yaml

    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if "like" in content:
        alike = yaml.safe_load((path.parent / f"{content.pop('like')}.yml").read_text(encoding="utf-8"))
        content = {**alike, **content}
    try:
        content["years"] = tuple(content["years"])
        content["facts"] = {name: _part(FactSpec, fact) for name, fact in content["facts"].items()}
        content["columns"] = tuple(_column(column) for column in content["columns"])
        content["rows"] = tuple(_row(row) for row in content["rows"])
        content["forms"] = tuple(content.get("forms", ()))
        content["notes_vi"] = tuple(content.get("notes_vi", ()))
        content["checks"] = tuple(content.get("checks", ()))
        form = ReportForm(code=path.stem, **content)
        _check(form)
    except (KeyError, TypeError, ValueError) as error:
        raise BadReportSpec(f"{path.name}: {error}") from error
    return form


def leaves(columns: tuple[ColumnSpec, ...]) -> list[ColumnSpec]:
    """The columns that hold cells, from left to right."""
    return [leaf for column in columns for leaf in (leaves(column.columns) if column.columns else [column])]


def _column(content: Mapping[str, Any]) -> ColumnSpec:
    return _part(ColumnSpec, {**content, "columns": tuple(_column(child) for child in content.get("columns", ()))})


def _row(content: Mapping[str, Any]) -> RowSpec:
    return _part(RowSpec, {**content, "rows": tuple(_row(child) for child in content.get("rows", ()))})


def _part(kind: type[Part], content: Mapping[str, Any]) -> Part:
    known = {field.name for field in fields(kind)}
    if unknown := set(content) - known:
        raise ValueError(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {name: tuple(value) if name == "trace" else value for name, value in content.items()}
    return kind(**values)


def _check(form: ReportForm) -> None:
    if form.scope not in SCOPES:
        raise ValueError(f"scope {form.scope!r} is none of {', '.join(SCOPES)}")
    named = {*form.facts, *(form.lists or {})}
    for fact in form.facts.values():
        if "--" in fact.select:
            raise ValueError("a SELECT is printed on one line: it may hold no comment")
    for column in leaves(form.columns):
        if column.format not in FORMATS:
            raise ValueError(f"format {column.format!r} is none of {', '.join(FORMATS)}")
        if (column.shows is None) == (column.measure is None):
            raise ValueError(f"column {column.header!r} must either show something or have a measure")
        _check_names(named, form, column.each, column.source)
    pending = [*form.rows]
    while pending:
        row = pending.pop()
        pending.extend(row.rows)
        if row.style not in STYLES:
            raise ValueError(f"style {row.style!r} is none of {', '.join(STYLES)}")
        _check_names(named, form, row.each, row.source)


def _check_names(named: set[str], form: ReportForm, each: str | None, source: str | None) -> None:
    if each is not None and each not in named:
        raise ValueError(f"each {each!r} is neither a list nor a fact")
    if source is not None and source not in form.facts:
        raise ValueError(f"source {source!r} is no fact")
