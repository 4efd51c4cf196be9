"""One official table in numbers: the rows and columns of its spec, and a figure where they cross.

Belongs here: reading the facts once, adding up the part of them that a cell speaks of, and beside every figure the
query that gives it and the keys that trace it. Does not belong here: how it looks on paper (sheet.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import TYPE_CHECKING, Any

from publish.report.spec import ColumnSpec, FactSpec, ReportForm, RowSpec
from publish.report.words import Words, literal

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

Only = Mapping[str, tuple[Any, ...]]
MOST_TRACES = 6
LIMIT_OF_TRACE = 20  # of rows, where ntm trace is not told another


@dataclass(frozen=True)
class Figure:
    """`value`: Decimal, int, or text; None: nobody reported it. Money in đồng. Blank cells and texts have no query."""

    value: Any
    format: str
    query: str | None = None
    traces: tuple[str, ...] = ()


@dataclass(frozen=True)
class Leaf:
    """A column that holds cells; `path` are the headings above it, its own last."""

    path: tuple[str, ...]
    spec: ColumnSpec
    only: Only


@dataclass(frozen=True)
class TableRow:
    stt: str
    label: str
    style: str
    cells: tuple[Figure, ...]


@dataclass(frozen=True)
class Table:
    """What stands on one sheet: rows × leaves."""

    form: ReportForm
    words: Words
    leaves: tuple[Leaf, ...]
    rows: tuple[TableRow, ...]
    told: tuple[str, ...]  # what the checks of the form found


@dataclass
class _Fact:
    spec: FactSpec
    name: str
    select: str
    rows: list[dict[str, Any]]
    keys: dict[str, str]
    index: dict[tuple[str, ...], dict[tuple[Any, ...], list[dict[str, Any]]]] = field(default_factory=dict)

    def meeting(self, only: Only) -> list[dict[str, Any]]:
        names = tuple(sorted(only))
        if names not in self.index:
            index: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
            for row in self.rows:
                index.setdefault(tuple(row[name] for name in names), []).append(row)
            self.index[names] = index
        found = self.index[names]
        return [row for values in product(*(only[name] for name in names)) for row in found.get(values, ())]


class TableMaker:
    """Makes the tables of one snapshot's database for one period and scope; what several read is read once."""

    def __init__(self, con: DuckDBPyConnection, words: Words) -> None:
        self._con = con
        self._words = words
        self._counts: dict[tuple[Any, ...], int] = {}

    def make(self, form: ReportForm) -> Table:
        """The table; a row per row of its spec, a figure per cell."""
        self._words = Words({**self._words.values, **(form.words or {})})
        self._facts = {name: self._fact(name, spec) for name, spec in form.facts.items()}
        self._lists = {name: self._rows_of(select) for name, select in (form.lists or {}).items()}
        self._default = next(iter(self._facts))
        leaves = tuple(leaf for column in form.columns for leaf in self._leaves(column, (), {}, {}))
        rows = tuple(self._made(form.rows, leaves, {}, {}))
        checks = tuple(
            text for check in form.checks for (text,) in self._con.execute(self._words.sql(check)).fetchall()
        )
        return Table(form, self._words, leaves, rows, tuple(filter(None, checks)))

    def _fact(self, name: str, spec: FactSpec) -> _Fact:
        select = self._words.sql(spec.select)
        keys = {key: self._words.text(str(value)) for key, value in (spec.keys or {}).items()}
        if self._words.values["unit"] is not None:
            keys["reporting_unit_id"] = self._words.values["unit"]
        return _Fact(spec, name, select, self._rows_of(spec.select), keys)

    def _rows_of(self, select: str) -> list[dict[str, Any]]:
        found = self._con.execute(self._words.sql(select))
        names = [name for name, *_ in found.description or []]
        return [dict(zip(names, row, strict=True)) for row in found.fetchall()]

    def _each(self, name: str) -> list[dict[str, Any]]:
        return self._lists[name] if name in self._lists else self._facts[name].rows

    def _leaves(
        self, column: ColumnSpec, path: tuple[str, ...], only: Only, fields: Mapping[str, Any]
    ) -> Iterator[Leaf]:
        for item in self._each(column.each) if column.each else [{}]:
            known = {**fields, **item}
            here = (*path, self._words.text(column.header, known))
            wanted = _both(only, self._values(column.only, known))
            if column.columns:
                for child in column.columns:
                    yield from self._leaves(child, here, wanted, known)
            else:
                yield Leaf(here, column, wanted)

    def _made(
        self, specs: Sequence[RowSpec], leaves: tuple[Leaf, ...], only: Only, fields: Mapping[str, Any]
    ) -> Iterator[TableRow]:
        for spec in specs:
            items = self._each(spec.each) if spec.each else [{}]
            count = 0
            for item in items:
                # Below a row that speaks of one district stand the communes of that district.
                if any(item[name] not in only[name] for name in only if name in item):
                    continue
                known = {**fields, **(spec.says or {}), **item}
                wanted = _both(only, self._values(spec.only, known))
                known["stt"] = _numbered(spec.stt, count + 1)
                known["label"] = self._words.text(spec.label, known)
                cells = tuple(self._cell(spec, leaf, wanted, known) for leaf in leaves)
                if spec.when_any and all(cell.query is None for cell in cells):
                    continue
                count += 1
                yield TableRow(known["stt"], known["label"], spec.style, cells)
                yield from self._made(spec.rows, leaves, wanted, known)

    def _cell(self, row: RowSpec, leaf: Leaf, only: Only, fields: Mapping[str, Any]) -> Figure:
        column = leaf.spec
        if column.shows is not None:
            value = fields.get(column.shows, self._words.values.get(column.shows))
            value = _label(column.labels, value) if column.labels and value else value
            return Figure(value, column.format if column.format != "count" else "text")
        if row.is_heading or (row.measure and column.source):
            return Figure(None, "text")
        fact = self._facts[row.source or column.source or self._default]
        wanted = _both(only, leaf.only)
        rows = fact.meeting(wanted)
        own = row if row.measure else column
        measure, form = own.measure or "", row.format or column.format
        value = _told(rows, measure, form)
        if value is None and own is column and column.otherwise:
            measure, form = column.otherwise, "text"
            value = _told(rows, measure, form)
        what = f"max({measure})" if form in ("text", "date") else f"sum({measure})"
        if own.of is not None:
            whole = _told(rows, own.of, form)
            value = None if value is None or not whole else own.times * value / whole
            what = f"{own.times} * {what} / sum({own.of})" if own.times != 1 else f"{what} / sum({own.of})"
        if value is None:
            return Figure(None, form)
        query = f"with {fact.name} as ({fact.select}) select {what} from {fact.name}{_where(wanted)}"
        return Figure(value, form, query, self._traces(fact, wanted, len(rows)))

    def _traces(self, fact: _Fact, only: Only, row_count: int) -> tuple[str, ...]:
        """What follows `ntm trace`: one line per combination of values, by the columns that the mart itself has."""
        if not fact.spec.mart:
            return ()
        named = {name: only[name] for name in only if name in fact.spec.trace and None not in only[name]}
        while prod(len(values) for values in named.values()) > MOST_TRACES:
            named.pop(max(named, key=lambda name: len(named[name])))
        several = list(product(*named.values()))
        is_exact = len(named) == len(only) and len(several) == 1 and row_count <= LIMIT_OF_TRACE
        is_exact = is_exact and fact.spec.is_row_by_row
        told = []
        for values in several:
            keys = {**fact.keys, **{name: str(value) for name, value in zip(named, values, strict=True)}}
            count = row_count if is_exact else self._counted(fact.spec.mart, keys)
            if count:
                limit = [f"--limit {count}"] if count > LIMIT_OF_TRACE else []
                told.append(" ".join([fact.spec.mart, *(_pair(*pair) for pair in keys.items()), *limit]))
        return tuple(told)

    def _counted(self, mart: str, keys: Mapping[str, str]) -> int:
        """Rows of a mart that `ntm trace` finds by these keys."""
        wanted = (mart, *keys.items())
        if wanted not in self._counts:
            condition = " and ".join(f"cast({name} as varchar) = ?" for name in keys)
            found = self._con.execute(f"select count(*) from {mart} where {condition or 'true'}", [*keys.values()])
            self._counts[wanted] = found.fetchall()[0][0]
        return self._counts[wanted]

    def _values(self, only: Mapping[str, Any] | None, fields: Mapping[str, Any]) -> Only:
        found = {}
        for name, value in (only or {}).items():
            values = value if isinstance(value, list) else [value]
            found[name] = tuple(self._value(one, fields) for one in values)
        return found

    def _value(self, value: Any, fields: Mapping[str, Any]) -> Any:
        if not isinstance(value, str):
            return value
        return fields[value[1:]] if value[:1] == "=" else self._words.text(value)


def _told(rows: Sequence[Mapping[str, Any]], measure: str, form: str) -> Any:
    """The sum of what was told, of texts and days the last; None where nothing was."""
    told = [row[measure] for row in rows if row[measure] is not None]
    if not told:
        return None
    return max(told) if form in ("text", "date") else sum(told[1:], told[0])


def _label(list_code: str, code: str) -> str:
    from ingest.reference import code_list

    return next((str(entry["label_vi"]) for entry in code_list(list_code) if entry["code"] == code), code)


def _both(first: Only, second: Only) -> Only:
    """What meets both; a name that both speak of keeps the values that both allow."""
    both = dict(first)
    for name, values in second.items():
        both[name] = tuple(value for value in values if value in both[name]) if name in both else values
    return both


def _where(only: Only) -> str:
    conditions = []
    for name, values in only.items():
        told = [literal(value) for value in values if value is not None]
        either = [f"{name} in ({', '.join(told)})"] if len(told) > 1 else [f"{name} = {one}" for one in told]
        if None in values:
            either.append(f"{name} is null")
        conditions.append(" or ".join(either) if len(either) == 1 else f"({' or '.join(either)})")
    return f" where {' and '.join(conditions)}" if conditions else ""


def _pair(name: str, value: str) -> str:
    pair = f"{name}={value}"
    return "'" + pair.replace("'", "'\\''") + "'" if set(pair) & set(" !'\"()&;|<>*?$`\\#") else pair


def _numbered(stt: str, count: int) -> str:
    if stt == "number":
        return str(count)
    if stt == "roman":
        return _roman(count)
    if stt == "letter":
        return chr(ord("A") + count - 1)
    return stt


def _roman(number: int) -> str:
    signs = ((50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
    text = ""
    for value, sign in signs:
        while number >= value:
            text, number = text + sign, number - value
    return text
