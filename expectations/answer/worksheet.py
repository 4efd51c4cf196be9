"""One worksheet's part without its cells: those stay the bytes they are while everything around them is edited.

Belongs here: taking sheetData out and putting it back, the order the schema asks for, what a drawing must know of
columns and rows. Does not belong here: what is added (marks.py, comments.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from expectations.answer.package import NotEditable, parse, to_bytes
from ingest.fix_list import column_number

if TYPE_CHECKING:
    from lxml.etree import _Element

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# CT_Worksheet: a program that reads by the schema calls a file damaged when these stand in another order.
ORDER = re.findall(
    r"\w+",
    "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios "
    "autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations "
    "hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches "
    "ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls "
    "webPublishItems tableParts extLst",
)
BEGIN = re.compile(rb"<((?:[A-Za-z_][\w.\-]*:)?)sheetData\s*(/?)>")
ENCODING = re.compile(rb"<\?xml[^>]*encoding\s*=\s*[\"']([\w.\-]+)[\"']")
ROW = re.compile(rb"<(?:[A-Za-z_][\w.\-]*:)?row\s([^>]*)>")
ATTRIBUTE = re.compile(rb"\b(r|ht|hidden)\s*=\s*[\"']([^\"']*)[\"']")
RANGE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?")

Block = tuple[int, int, int, int]  # first row, first column, last row, last column, from zero, both ends inside


class Worksheet:
    """A worksheet: `root` holds all but the cells and may be changed."""

    def __init__(self, data: bytes) -> None:
        """Raises NotEditable for what is no transitional worksheet in UTF-8."""
        said = ENCODING.match(data.lstrip(b"\xef\xbb\xbf"))
        if said is not None and said[1].lower() not in (b"utf-8", b"us-ascii", b"ascii"):
            raise NotEditable(f"a sheet written in {said[1].decode()}")
        begin = BEGIN.search(data)
        if begin is None:
            raise NotEditable("a sheet without cells, or not in UTF-8")
        prefix, end = begin[1], begin.end()
        if not begin[2]:
            closing = b"</" + prefix + b"sheetData"
            end = data.find(b">", data.rfind(closing)) + 1
            if end <= begin.end():
                raise NotEditable("a sheet whose cells do not end")
        self._cells = data[begin.start() : end]
        self.root = parse(data[: begin.start()] + b"<" + prefix + b"sheetData/>" + data[end:], "worksheet")
        if self.root.tag != f"{{{MAIN}}}worksheet" or len(self.root.findall(f"{{{MAIN}}}sheetData")) != 1:
            raise NotEditable("no worksheet in transitional form")

    def to_bytes(self) -> bytes:
        data = to_bytes(self.root)
        begin = BEGIN.search(data)
        if begin is None or not begin[2]:
            raise NotEditable("the place of the cells was lost")
        return data[: begin.start()] + self._cells + data[begin.end() :]

    def add(self, element: _Element) -> None:
        """Put an element behind the last of its kind, where the schema wants it."""
        place_in_order(self.root, element, ORDER)

    def make(self, tag: str, **attributes: str) -> _Element:
        return self.root.makeelement(f"{{{MAIN}}}{tag}", attributes)

    @cached_property
    def merged(self) -> tuple[Block, ...]:
        ranges = (entry.get("ref") or "" for entry in self.root.iter(f"{{{MAIN}}}mergeCell"))
        return tuple(block for text in ranges if (block := block_of(text)) is not None)

    def whole(self, block: Block) -> Block:
        """The merged range that a block begins in, else the block."""
        row, column = block[:2]
        covering = (one for one in self.merged if one[0] <= row <= one[2] and one[1] <= column <= one[3])
        return next(covering, block)

    def column_widths(self) -> Iterator[int]:
        """Widths in pixels of the columns from A on, without end."""
        layout = self.root.find(f"{{{MAIN}}}sheetFormatPr")
        default = _number(layout.get("defaultColWidth") if layout is not None else None)
        spans = [
            (int(_number(entry.get("min"))), int(_number(entry.get("max"))), entry)
            for entry in self.root.iter(f"{{{MAIN}}}col")
        ]
        column = 0
        while True:
            column += 1
            entry = next((entry for first, last, entry in spans if first <= column <= last), None)
            if entry is not None and entry.get("hidden") in ("1", "true"):
                yield 0
                continue
            width = _number(entry.get("width") if entry is not None else None) or default
            yield int(width * 7 + 0.5) if width else 64

    @cached_property
    def row_heights(self) -> dict[int, int]:
        """Heights in pixels of the rows that say one, from zero; the others have `default_height`."""
        heights = {}
        for match in ROW.finditer(self._cells):
            said = {name: text.decode() for name, text in ATTRIBUTE.findall(match[1])}
            if b"r" in said and (b"ht" in said or said.get(b"hidden") in ("1", "true")):
                is_hidden = said.get(b"hidden") in ("1", "true")
                heights[int(_number(said[b"r"])) - 1] = 0 if is_hidden else round(_number(said.get(b"ht")) * 4 / 3)
        return heights

    @property
    def default_height(self) -> int:
        layout = self.root.find(f"{{{MAIN}}}sheetFormatPr")
        return round((_number(layout.get("defaultRowHeight") if layout is not None else None) or 15) * 4 / 3)


def place_in_order(root: _Element, element: _Element, order: list[str]) -> None:
    """Insert a child where a schema's sequence wants it: behind its like and all that comes before."""
    from lxml import etree

    rank = {name: number for number, name in enumerate(order)}
    own = rank[etree.QName(element).localname]
    position = 0
    for number, child in enumerate(root, start=1):
        if isinstance(child.tag, str) and rank.get(etree.QName(child).localname, len(order)) <= own:
            position = number
    root.insert(position, element)


def block_of(text: str) -> Block | None:
    """The cells of a text such as `C5` or `$C$5:D9`; None where it is no such text."""
    match = RANGE.fullmatch(text.replace("$", "").upper())
    if match is None:
        return None
    top, bottom = sorted((int(match[2]), int(match[4] or match[2])))
    left, right = sorted((column_number(match[1]), column_number(match[3] or match[1])))
    return (top - 1, left, bottom - 1, right)


def _number(text: str | None) -> float:
    try:
        return float(text or 0)
    except ValueError:
        return 0.0
