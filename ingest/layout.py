"""Layout versions: how a form stands on the sheets that offices made by hand, as its spec says it.

Belongs here: the typed object of `layouts:` and `derived:` in ingest/forms/*.yml, and the spec by which a sheet in such
a layout is located. Does not belong here: reading its cells (layout_cells.py) or labelled rows (layout_labels.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from ingest.spec import Column, ColumnType, FormSpec, InvalidSpec, SheetSpec
from ingest.wording import fold

UNIT, YEAR, TITLE = "unit", "year", "title"


@dataclass(frozen=True, eq=False)
class LayoutColumn:
    """A worksheet column of a layout. It holds the spec column of its name, or what `by_content` or `split` say."""

    name: str
    headers: tuple[str, ...]
    by_content: tuple[str, ...] = ()  # the first of these spec columns that can hold the cell has it
    split: Mapping[str, re.Pattern[str]] = field(default_factory=dict)  # spec column -> its part of the cell's text

    @property
    def fills(self) -> tuple[str, ...]:
        """The spec columns that get their values from here."""
        return self.by_content or tuple(self.split) or (self.name,)


@dataclass(frozen=True, eq=False)
class Constant:
    """A value that every row of a sheet has: as the spec writes it, or from unit, year or title."""

    value: Any = None
    source: str | None = None
    choices: Mapping[str, str] = field(default_factory=dict)  # words of a title -> value


@dataclass(frozen=True, eq=False)
class RowLabel:
    """A row known by its label. Labels below it inherit its codes; the rows below a `whole` are parts of its figure."""

    name: str  # the first of its labels, as it is written
    labels: frozenset[str]
    codes: Mapping[str, str]
    is_whole: bool = False
    rows: tuple[RowLabel, ...] = ()


@dataclass(frozen=True, eq=False)
class LayoutVersion:
    """One hand-made layout of a form. `name` is the form_version of the rows that come from it."""

    name: str
    note: str
    titles: tuple[str, ...]  # one of them stands above the table; empty = any title
    sheets: Mapping[str, str]  # words of a title -> name of the sheet spec it stands for; else the first
    needed: tuple[str, ...]  # columns without which a sheet is not of this layout
    columns: tuple[LayoutColumn, ...]
    required: frozenset[str]
    ignored: tuple[str, ...] = ()  # headings known to hold nothing that the form asks
    constants: Mapping[str, Constant] = field(default_factory=dict)
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # column -> text -> code
    rows: tuple[RowLabel, ...] = ()
    needs_printed_unit: bool = False  # money without a printed unit of measure is asked
    minimum_groups: int = 0

    def column(self, name: str) -> LayoutColumn | None:
        """The worksheet column of a name, or None."""
        return next((column for column in self.columns if column.name == name), None)

    def as_spec(self, spec: FormSpec) -> FormSpec:
        """The form as this layout lays it out: its worksheet columns under their headings, and no others."""
        own = {column.name: column for column in spec.columns}
        columns: list[Column] = []
        for laid in self.columns:
            heading, *aliases = laid.headers
            known = own.get(laid.name) or Column(laid.name, heading, ColumnType.TEXT)
            columns.append(
                replace(
                    known,
                    header=heading,
                    aliases=tuple(aliases),
                    required=laid.name in self.needed,
                )
            )
        if spec.axis is not None:
            columns.append(spec.axis)
        return replace(spec, version=self.name, columns=tuple(columns), layouts=(), derived=())

    def sheet_of(self, sheets: Sequence[SheetSpec], title: str, unit_type: str | None = None) -> SheetSpec | None:
        """Which of the sheets of the form a worksheet under this title stands for; None where it is not among them."""
        for words, name in self.sheets.items():
            if fold(words) in title:
                return next((sheet for sheet in sheets if sheet.name == name), None)
        fitting = [sheet for sheet in sheets if unit_type is not None and sheet.is_for(unit_type)]
        return next(iter(fitting or sheets), None)


@dataclass(frozen=True, eq=False)
class DerivedSheet:
    """A kind of sheet that says nothing of its own: its figures follow from a form, or cannot stand in one."""

    name: str
    note: str
    titles: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()  # two of them in a row of the sheet mark it too


def layout_from(spec: FormSpec, raw: Mapping[str, Any]) -> LayoutVersion:
    """A layout version from its lines in the form's yml. Raises InvalidSpec where it contradicts the form."""
    name = f"form {spec.form}, layout {raw.get('name')!r}"
    try:
        columns = tuple(
            LayoutColumn(
                name=one["name"],
                headers=tuple(one["headers"]),
                by_content=tuple(one.get("by_content", ())),
                split={column: re.compile(pattern) for column, pattern in one.get("split", {}).items()},
            )
            for one in raw["columns"]
        )
        constants = {column: _constant(one) for column, one in raw.get("constants", {}).items()}
        rows = tuple(_row_label(one) for one in raw.get("rows", ()))
    except (KeyError, TypeError, re.error) as error:
        raise InvalidSpec(f"{name}: {error}") from error
    filled = {column for one in columns for column in one.fills if one.name != "row_label"}
    filled |= {*constants, *_coded(rows)}
    if spec.axis is not None:
        filled.add(spec.axis.name)
    known = {column.name for column in spec.columns}
    needed, optional = tuple(raw["needed"]), set(raw.get("optional", ()))
    if strange := sorted((filled | optional) - known) + [one for one in needed if one not in {c.name for c in columns}]:
        raise InvalidSpec(f"{name}: {strange} are no columns of it")
    one_of_two = {column for one in columns if one.by_content for column in one.by_content}
    return LayoutVersion(
        name=raw["name"],
        note=raw["note"],
        titles=tuple(raw.get("titles", ())),
        sheets=dict(raw.get("sheets", {})),
        needed=needed,
        columns=columns,
        required=frozenset(
            column.name for column in spec.columns if column.required and column.name in filled - one_of_two - optional
        ),
        ignored=tuple(raw.get("ignored", ())),
        constants=constants,
        codes={
            column: {str(text): code for code, texts in codes.items() for text in texts}
            for column, codes in raw.get("codes", {}).items()
        },
        rows=rows,
        needs_printed_unit=raw.get("needs_printed_unit", False),
        minimum_groups=raw.get("minimum_groups", 0),
    )


def derived_from(raw: Mapping[str, Any]) -> DerivedSheet:
    """A kind of derived sheet from its lines in the form's yml."""
    return DerivedSheet(raw["name"], raw["note"], tuple(raw.get("titles", ())), tuple(raw.get("headers", ())))


def _constant(raw: Any) -> Constant:
    if not isinstance(raw, Mapping):
        return Constant(value=raw)
    if raw["from"] not in (UNIT, YEAR, TITLE):
        raise KeyError(f"from: {raw['from']}")
    return Constant(raw.get("otherwise"), raw["from"], dict(raw.get("choices", {})))


def _row_label(raw: Mapping[str, Any]) -> RowLabel:
    return RowLabel(
        name=str(raw["labels"][0]),
        labels=frozenset(fold(str(label)) for label in raw["labels"]),
        codes=dict(raw.get("codes", {})),
        is_whole=raw.get("whole", False),
        rows=tuple(_row_label(one) for one in raw.get("rows", ())),
    )


def _coded(rows: tuple[RowLabel, ...]) -> set[str]:
    return {column for row in rows for column in (*row.codes, *_coded(row.rows))}
