"""Worksheets that are not written in the plain way, written anew: other prefixes, comments, order, implied addresses.

Belongs here: a streaming rewrite of one part into the form that reader_marks.py scans and calamine reads, with blank
stretches left out, so that one stray cell at XFD1048576 costs nothing. Does not belong here: what cells mean.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from ingest.reader_limits import damaged, too_large
from ingest.reader_sheet import MAX_COLUMN, MAX_ROW, Address, cell_address, column_of

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CELL_ATTRIBUTES = frozenset(["r", "s", "t", "cm", "vm", "ph"])  # one more is one misspelt: text would pass for a number
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})")


@dataclass(frozen=True)
class Canonical:
    """A rewritten part, and where its rows and columns stand in the sender's sheet."""

    part: bytes
    row_of: list[int]
    column_of: list[int]


@dataclass(frozen=True)
class _Cell:
    place: Address
    style: str | None
    kind: str | None
    formula: str | None  # None: the cell holds no formula
    formula_type: str | None
    value: str | None


def rewrite(name: str, content: bytes, max_cells: int) -> Canonical:
    """The plain form of a worksheet; cells that hold nothing are left out. Raises UnreadableWorkbook.

    A cell outside its row, or two cells at one address, are damage: nobody can say which value counts.
    """
    from lxml import etree

    cells: dict[Address, _Cell] = {}
    heads: list[str] = []
    merges: list[str] = []
    hidden: set[int] = set()
    row, column = -1, -1
    parser = etree.iterparse(
        BytesIO(content), events=("start", "end"), resolve_entities=False, no_network=True, huge_tree=False,
        remove_comments=True,
    )  # fmt: skip
    try:
        for event, element in parser:
            tag = element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""
            if event == "start":
                if tag == "row":
                    row, column = _row_number(element.get("r"), row), -1
                    if element.get("hidden") in ("1", "true"):
                        hidden.add(row)
                continue
            if tag == "c" and _parent(element) == "row":
                place = _place(element.get("r"), row, column)
                column = place[1]
                if place[0] != row or place in cells:
                    raise damaged(f"ô {cell_address(*place)}")
                cell = _cell(element, place)
                if cell is not None:
                    cells[place] = cell
                    if len(cells) > max_cells:
                        raise too_large(f"> {max_cells} ô")
            elif tag == "row":
                _forget(element)
            elif tag == "col":
                heads.append(_tag("col", {key: element.get(key) for key in ("min", "max", "width", "hidden")}))
            elif tag == "mergeCell":
                merges.append(_tag("mergeCell", {"ref": (element.get("ref") or "").replace("$", "")}))
    except etree.XMLSyntaxError as error:
        raise damaged(name) from error
    rows = sorted({place[0] for place in cells})
    columns = sorted({place[1] for place in cells})
    return Canonical(_part(cells, rows, columns, hidden, heads, merges), rows, columns)


def _row_number(text: str | None, previous: int) -> int:
    if text is None:
        return previous + 1
    if not text.isdecimal() or not 1 <= int(text) <= MAX_ROW:
        raise damaged(f"hàng {text[:12]}")
    return int(text) - 1


def _place(reference: str | None, row: int, column: int) -> Address:
    if reference is None:
        return row, column + 1
    match = REFERENCE.fullmatch(reference)
    place = (int(match.group(2)) - 1, column_of(match.group(1))) if match else (MAX_ROW, 0)
    if place[0] >= MAX_ROW or place[1] >= MAX_COLUMN:
        raise damaged(f"ô {reference[:12]}")
    return place


def _cell(element: Any, place: Address) -> _Cell | None:
    formula = value = formula_type = None
    kind = element.get("t")
    if any(key not in CELL_ATTRIBUTES and not key.startswith("{") for key in element.attrib):
        raise damaged(f"ô {cell_address(*place)}")
    for child in element:
        tag = child.tag.rsplit("}", 1)[-1] if isinstance(child.tag, str) else ""
        if tag == "f":
            formula, formula_type = "".join(child.itertext()), child.get("t")
        elif tag == "v":
            value = "".join(child.itertext())
        elif tag == "is":
            value = "".join(text.text or "" for text in child.iter("{*}t") if _parent(text) != "rPh")
    if formula is None and value is None:
        return None
    return _Cell(place, element.get("s"), kind, formula, formula_type, value)


def _part(
    cells: dict[Address, _Cell], rows: list[int], columns: list[int], hidden: set[int], heads: list[str],
    merges: list[str],
) -> bytes:  # fmt: skip
    new_row = {row: index for index, row in enumerate(rows)}
    new_column = {column: index for index, column in enumerate(columns)}
    lines = [f'<worksheet xmlns="{MAIN}">', *(["<cols>", *heads, "</cols>"] if heads else []), "<sheetData>"]
    current = -1
    for place in sorted(cells):
        if place[0] != current:
            if current >= 0:
                lines.append("</row>")
            current = place[0]
            mark = ' hidden="1"' if current in hidden else ""
            lines.append(f'<row r="{new_row[current] + 1}"{mark}>')
        lines.append(_written(cells[place], cell_address(new_row[place[0]], new_column[place[1]])))
    lines.append("</row></sheetData>" if current >= 0 else "</sheetData>")
    lines += [f'<mergeCells count="{len(merges)}">', *merges, "</mergeCells>"] if merges else []
    return "".join([*lines, "</worksheet>"]).encode()


def _written(cell: _Cell, address: str) -> str:
    style = f' s="{escape(cell.style)}"' if cell.style else ""
    kind = f' t="{escape(cell.kind)}"' if cell.kind else ""
    kept_type = ' t="array"' if cell.formula_type == "array" else ""
    formula = "" if cell.formula is None else f"<f{kept_type}>{escape(cell.formula)}</f>"
    if cell.kind == "inlineStr":
        value = f'<is><t xml:space="preserve">{escape(cell.value or "")}</t></is>'
    else:
        value = "" if cell.value is None else f"<v>{escape(cell.value)}</v>"
    return f'<c r="{address}"{style}{kind}>{formula}{value}</c>'


def _tag(name: str, values: dict[str, str | None]) -> str:
    written = "".join(f' {key}="{escape(value, {chr(34): "&quot;"})}"' for key, value in values.items() if value)
    return f"<{name}{written}/>"


def _parent(element: Any) -> str:
    parent = element.getparent()
    return "" if parent is None else parent.tag.rsplit("}", 1)[-1]


def _forget(row: Any) -> None:
    """Free a row that was read; what stands before it too."""
    row.clear()
    while row.getprevious() is not None:
        del row.getparent()[0]
