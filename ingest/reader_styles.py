"""Cell formats of an .xlsx: which show a percentage, and which are in a legacy font.

Belongs here: xl/styles.xml, and the fonts of pieces of shared strings. Does not belong here: decoding text
(legacy_fonts.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ingest.reader_limits import damaged
from ingest.reader_package import parse_xml
from ingest.reader_sheet import Runs

PERCENT_FORMATS = frozenset({9, 10})  # built-in: 0% and 0.00%
FORMAT_ATTRIBUTES = frozenset(["numFmtId", "fontId", "fillId", "borderId", "xfId", "quotePrefix", "pivotButton"])
LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
LEGACY_FONT = re.compile(r"\.vn|vn[a-z]*[ -]?(?:time|arial|book|aristote|avant)|vni[- ]", re.IGNORECASE)
LEGACY_FONT_BYTES = re.compile(rb'val="(?:\.?vn|vni)', re.IGNORECASE)


@dataclass(frozen=True)
class CellFormats:
    """Of the cell formats, by index: how many there are, which show percentages, the legacy font of some."""

    count: int = 0
    percent: frozenset[int] = frozenset()
    legacy_fonts: dict[int, str] = field(default_factory=dict)


def is_legacy_font(name: str) -> bool:
    """Whether a font draws Vietnamese in the places of Western letters: .Vn… (TCVN3) and VNI-…."""
    return LEGACY_FONT.match(name.strip()) is not None


def shows_percent(format_code: str) -> bool:
    return "%" in LITERAL.sub("", format_code)


def read_formats(content: bytes | None) -> CellFormats:
    """The cell formats of xl/styles.xml; none where the part is missing."""
    if content is None:
        return CellFormats()
    root = parse_xml("xl/styles.xml", content)
    custom = {
        int(entry.get("numFmtId", "0"))
        for entry in _children(root, "numFmts")
        if entry.get("numFmtId", "0").isdecimal() and shows_percent(entry.get("formatCode", ""))
    }
    fonts = [_font_name(entry, "name") for entry in _children(root, "fonts")]
    percent: set[int] = set()
    legacy: dict[int, str] = {}
    entries = _children(root, "cellXfs")
    for index, entry in enumerate(entries):
        if any(key not in FORMAT_ATTRIBUTES and not key.startswith("apply") for key in entry.attrib):
            raise damaged("xl/styles.xml")
        number_format, font = entry.get("numFmtId", "0"), entry.get("fontId", "0")
        if number_format.isdecimal() and int(number_format) in PERCENT_FORMATS | custom:
            percent.add(index)
        name = fonts[int(font)] if font.isdecimal() and int(font) < len(fonts) else None
        if name and is_legacy_font(name):
            legacy[index] = name
    return CellFormats(len(entries), frozenset(percent), legacy)


def runs_in_legacy_fonts(content: bytes | None, *, has_legacy_cells: bool = False) -> dict[int, Runs]:
    """Shared strings whose pieces have fonts, where those or the fonts of cells are legacy ones, by index.

    The font of a piece, also one that is no legacy font, counts before that of its cell; None leaves it to the cell.
    """
    if content is None or not (has_legacy_cells or LEGACY_FONT_BYTES.search(content)):
        return {}
    found: dict[int, Runs] = {}
    strings = [entry for entry in parse_xml("xl/sharedStrings.xml", content) if _local(entry) == "si"]
    for index, entry in enumerate(strings):
        runs = [run for run in entry if _local(run) == "r"]
        if not runs:
            continue
        pieces = tuple((_text(run), _font_name(_child(run, "rPr"), "rFont")) for run in runs)
        if has_legacy_cells or any(font and is_legacy_font(font) for _, font in pieces):
            found[index] = pieces
    return found


def _text(run: Any) -> str:
    return "".join(entry.text or "" for entry in run if _local(entry) == "t")


def _font_name(entry: Any, tag: str) -> str | None:
    name = None if entry is None else _child(entry, tag)
    return None if name is None else name.get("val")


def _child(entry: Any, tag: str) -> Any:
    return next((child for child in entry if _local(child) == tag), None)


def _children(root: Any, tag: str) -> list[Any]:
    parent = _child(root, tag)
    return [] if parent is None else [child for child in parent if isinstance(child.tag, str)]


def _local(entry: Any) -> str:
    return entry.tag.rsplit("}", 1)[-1] if isinstance(entry.tag, str) else ""
