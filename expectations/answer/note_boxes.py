"""The boxes of a sheet's comments: its legacy VML drawing.

Programs write VML that is no well-formed XML, under prefixes of their own, so it is edited as text: shapes are added,
resized or cut out, and all else stays as it stands. Belongs here: that, and how large a box its
text needs. Does not belong here: the text (comments.py).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import accumulate, islice
from math import ceil

from expectations.answer.package import NotEditable, Package
from expectations.answer.worksheet import MAIN, RELATION_ID, Worksheet

VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
TEXT_BOX = (
    '<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
NAMESPACES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
EMPTY = f'<xml {NAMESPACES}><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data=""/></o:shapelayout>{TEXT_BOX}</xml>'
SHAPE = re.compile(r"<(\w+:)shape\s.*?</\1shape>\s*", re.DOTALL)
ID_MAP = re.compile(r"(<\w+:idmap\b[^>]*?\bdata=[\"'])([^\"']*)([\"'])")
SHAPE_ID = re.compile(r"_x0000_[si](\d+)")
ANCHOR = re.compile(r"(<\w+:Anchor>)(.*?)(</\w+:Anchor>)", re.DOTALL)
IDS_PER_BLOCK = 1024  # a drawing owns whole blocks of shape numbers, and no two drawings share one
WIDTH, MOST_WIDTH, LINE, CHARACTER, MOST_HEIGHT = 320, 480, 15, 6.2, 460  # pixels, of Tahoma in 9 points
LAST_ROW, LAST_COLUMN = 1_048_575, 16_383


class NoteBoxes:
    """The drawing of one sheet that holds its comments' boxes. Nothing is written before `save`."""

    def __init__(self, package: Package, part: str, sheet: Worksheet) -> None:
        self._package, self._part, self._sheet = package, part, sheet
        link = sheet.root.find(f"{{{MAIN}}}legacyDrawing")
        self._relation = link.get(RELATION_ID) if link is not None else None
        ties = {tie.relation_id: tie.target for tie in package.relationships(part)}
        self._name = ties.get(self._relation) if self._relation else None
        if self._name is not None and self._name not in package:
            raise NotEditable(f"drawing {self._name} is missing")
        self._text = package.read(self._name).decode("utf-8", "surrogateescape") if self._name else EMPTY
        if not self._text.rstrip().endswith("</xml>"):
            raise NotEditable(f"drawing {self._name} is written in an unknown way")
        self._added: list[str] = []
        self._ids: Iterator[int] = iter(())
        self._columns: list[int] = []

    def add(self, row: int, column: int, text: str) -> None:
        """A hidden box beside a cell, large enough for a text."""
        width, height = _size(text)
        left, top = sum(self._widths(column + 1)) + 15, self._top(row)
        self._added.append(
            f'<v:shape {NAMESPACES} id="_x0000_s{self._next_id()}" type="#_x0000_t202" style="position:absolute;'
            f"margin-left:{left * 0.75:.2f}pt;margin-top:{top * 0.75:.2f}pt;width:{width * 0.75:.2f}pt;"
            f'height:{height * 0.75:.2f}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
            '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/>'
            f"<x:Anchor>{self._anchor(row, column, width, height)}</x:Anchor><x:AutoFill>False</x:AutoFill>"
            f"<x:Row>{row}</x:Row><x:Column>{column}</x:Column></x:ClientData></v:shape>"
        )

    def grow(self, row: int, column: int, text: str) -> None:
        """Give the box of a comment that is there already the size of a longer text; a missing box is added."""
        shapes = (match[0] for match in SHAPE.finditer(self._text))
        shape = next((shape for shape in shapes if _place_of(shape) == (row, column)), None)
        if shape is None:
            self.add(row, column, text)
            return
        width, height = _size(text)
        anchor = self._anchor(row, column, width, height)
        larger = ANCHOR.sub(lambda match: f"{match[1]}{anchor}{match[3]}", shape)
        larger = re.sub(r"(?<![-\w])width:[\d.]+(pt|px)", f"width:{width * 0.75:.2f}pt", larger, count=1)
        larger = re.sub(r"(?<![-\w])height:[\d.]+(pt|px)", f"height:{height * 0.75:.2f}pt", larger, count=1)
        self._text = self._text.replace(shape, larger)

    def remove(self, places: Iterable[tuple[int, int]]) -> None:
        """Cut out the boxes of comments that are gone."""
        gone = set(places)
        self._text = SHAPE.sub(lambda match: "" if _place_of(match[0]) in gone else match[0], self._text)

    def save(self) -> None:
        """Write the drawing, tie it to its sheet, or drop it where no shape is left."""
        if self._added:
            if 'id="_x0000_t202"' not in self._text:
                self._added.insert(0, TEXT_BOX.replace("<v:shapetype", f"<v:shapetype {NAMESPACES}"))
            head, _, tail = self._text.rpartition("</xml>")
            self._text = head + "".join(self._added) + "</xml>" + tail
        if self._name is not None and SHAPE.search(self._text) is None:
            self._drop()
        elif self._name is not None:
            self._write(self._name)
        elif self._added:
            name = self._package.free_name("xl/drawings/vmlDrawing{}.vml")
            self._package.default_type("vml", VML_TYPE)
            self._write(name)
            link = self._sheet.make("legacyDrawing", **{RELATION_ID: self._package.tie(self._part, "vmlDrawing", name)})
            self._sheet.add(link)

    def _write(self, name: str) -> None:
        self._package.write(name, self._text.encode("utf-8", "surrogateescape"))

    def _drop(self) -> None:
        link = self._sheet.root.find(f"{{{MAIN}}}legacyDrawing")
        if link is not None and self._name is not None and self._relation is not None:
            self._sheet.root.remove(link)
            self._package.untie(self._part, self._relation)
            self._package.remove(self._name)

    def _next_id(self) -> int:
        number = next(self._ids, None)
        if number is None:
            block = 1 + max((int(text) for text in self._owned_blocks()), default=0)
            self._text = ID_MAP.sub(lambda match: match[1] + ",".join(_listed(match[2], block)) + match[3], self._text)
            self._ids = iter(range(block * IDS_PER_BLOCK + 1, (block + 1) * IDS_PER_BLOCK))
            number = next(self._ids)
        return number

    def _owned_blocks(self) -> Iterable[int]:
        names = [name for name in self._package.names if name.lower().endswith(".vml") and name != self._name]
        for text in [self._text, *(self._package.read(name).decode("utf-8", "ignore") for name in names)]:
            for match in ID_MAP.finditer(text):
                yield from (int(number) for number in match[2].split(",") if number.strip().isdecimal())
            yield from (int(number) // IDS_PER_BLOCK for number in SHAPE_ID.findall(text) if len(number) < 9)

    def _widths(self, count: int) -> list[int]:
        if len(self._columns) < count:
            self._columns = list(islice(self._sheet.column_widths(), count + 60))
        return self._columns[:count]

    def _top(self, row: int) -> int:
        above = max(row - 1, 0)
        rows, sums = self._taller_rows
        return self._sheet.default_height * above + sums[bisect_left(rows, above)] + 10

    @cached_property
    def _taller_rows(self) -> tuple[list[int], list[int]]:
        """The rows that say their height, and before each what those above it differ from the default in sum."""
        heights, default = self._sheet.row_heights, self._sheet.default_height
        rows = sorted(heights)
        return rows, [0, *accumulate(heights[row] - default for row in rows)]

    def _anchor(self, row: int, column: int, width: int, height: int) -> str:
        """First column and row with the offset into them, then the last ones, in pixels."""
        left = min(column + 1, LAST_COLUMN)
        right, right_offset = left, width + 15
        while right < LAST_COLUMN and right_offset > self._widths(right + 1)[-1]:
            right_offset -= self._widths(right + 1)[-1]
            right += 1
        top = max(row - 1, 0)
        bottom, bottom_offset = top, height + 10
        heights, default = self._sheet.row_heights, self._sheet.default_height
        while bottom < LAST_ROW and bottom_offset > heights.get(bottom, default):
            bottom_offset -= heights.get(bottom, default)
            bottom += 1
        return f"{left}, 15, {top}, 10, {right}, {right_offset}, {bottom}, {bottom_offset}"


def _listed(data: str, block: int) -> list[str]:
    return [*(number.strip() for number in data.split(",") if number.strip()), str(block)]


def _place_of(shape: str) -> tuple[int, int] | None:
    if not re.search(r"ObjectType=[\"']Note[\"']", shape):
        return None
    row, column = re.search(r"<\w+:Row>\s*(\d+)", shape), re.search(r"<\w+:Column>\s*(\d+)", shape)
    return (int(row[1]), int(column[1])) if row and column else None


def _size(text: str) -> tuple[int, int]:
    """Width and height in pixels that show a text whole, as far as a screen does."""
    for width in (WIDTH, MOST_WIDTH):
        per_line = int((width - 12) / CHARACTER)
        lines = sum(max(1, ceil(len(line) / per_line)) for line in text.split("\n"))
        if lines * LINE + 12 <= MOST_HEIGHT:
            return width, lines * LINE + 12
    return MOST_WIDTH, min(lines * LINE + 12, 2 * MOST_HEIGHT)
