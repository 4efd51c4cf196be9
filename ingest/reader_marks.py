"""What calamine leaves out of an .xlsx: formula errors, which it shows as blank, and percent formats.

A cell that shows #REF! is not blank, and a cell that shows 92,5% holds 0.925: both must reach values.py as the person
saw them. Belongs here: that, by a scan of the package's XML. Does not belong here: any other reading of cells.
"""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from posixpath import normpath

Address = tuple[int, int]
Mark = tuple[str, str]  # ("error", "#REF!") or ("percent", "")

MAX_PART = 200 << 20
PERCENT_FORMATS = frozenset({9, 10})  # built-in: 0% and 0.00%
CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
VALUE = re.compile(rb"<(?:\w+:)?v[^>]*>(.*?)</(?:\w+:)?v>", re.DOTALL)
NUMBER_FORMAT = re.compile(rb"<(?:\w+:)?numFmt\s([^>]*?)/?>")
CELL_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs\b.*?</(?:\w+:)?cellXfs>", re.DOTALL)
CELL_FORMAT = re.compile(rb"<(?:\w+:)?xf\s([^>]*?)/?>")
SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*?)/?>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*?)/?>")
ATTRIBUTE = re.compile(rb"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
REFERENCE = re.compile(r"([A-Z]+)(\d+)")


def cells_in_their_clothes(data: bytes) -> dict[str, dict[Address, Mark]]:
    """Per sheet name the cells that show an error or a percentage; empty for other formats and odd packages."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return _scan(package)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, NotImplementedError, RuntimeError):
        return {}  # what calamine makes of the file decides


def _scan(package: zipfile.ZipFile) -> dict[str, dict[Address, Mark]]:
    names = set(package.namelist())
    if "xl/workbook.xml" not in names:
        return {}
    targets = {
        entry["Id"]: entry.get("Target", "")
        for entry in _entries(RELATION, _part(package, "xl/_rels/workbook.xml.rels"))
    }
    percent_styles = _percent_styles(_part(package, "xl/styles.xml")) if "xl/styles.xml" in names else frozenset()
    found: dict[str, dict[Address, Mark]] = {}
    for entry in _entries(SHEET, _part(package, "xl/workbook.xml")):
        relation = next((value for key, value in entry.items() if key.endswith(":id")), "")
        target = targets.get(relation, "")
        path = target.lstrip("/") if target.startswith("/") else normpath(f"xl/{target}")
        if path in names:
            marks = _marks(_part(package, path), percent_styles)
            if marks:
                found[entry.get("name", "")] = marks
    return found


def _marks(sheet: bytes, percent_styles: frozenset[str]) -> dict[Address, Mark]:
    if not percent_styles and b't="e"' not in sheet:
        return {}
    marks: dict[Address, Mark] = {}
    for match in CELL.finditer(sheet):
        attributes = _attributes(match.group(1))
        is_error = attributes.get("t") == "e"
        if not is_error and attributes.get("s") not in percent_styles:
            continue
        address = _address(attributes.get("r", ""))
        if address is None:
            continue
        if is_error:
            shown = VALUE.search(match.group(2) or b"")
            marks[address] = ("error", unescape(shown.group(1).decode()) if shown else "#N/A")
        else:
            marks[address] = ("percent", "")
    return marks


def _percent_styles(styles: bytes) -> frozenset[str]:
    """Indexes, as written on cells, of the cell formats whose number format shows a percent sign."""
    custom = {
        int(entry["numFmtId"])
        for entry in _entries(NUMBER_FORMAT, styles)
        if "%" in re.sub(r'"[^"]*"|\\.', "", entry.get("formatCode", ""))
    }
    formats = CELL_FORMATS.search(styles)
    entries = _entries(CELL_FORMAT, formats.group(0)) if formats else []
    return frozenset(
        str(index) for index, entry in enumerate(entries) if int(entry.get("numFmtId", "0")) in PERCENT_FORMATS | custom
    )


def _part(package: zipfile.ZipFile, name: str) -> bytes:
    if package.getinfo(name).file_size > MAX_PART:
        raise ValueError(f"{name} is too large")
    return package.read(name)


def _entries(pattern: re.Pattern[bytes], part: bytes) -> list[dict[str, str]]:
    return [_attributes(match.group(1)) for match in pattern.finditer(part)]


def _attributes(text: bytes) -> dict[str, str]:
    return {
        match.group(1).decode(): unescape((match.group(2) or match.group(3) or b"").decode())
        for match in ATTRIBUTE.finditer(text)
    }


def _address(reference: str) -> Address | None:
    match = REFERENCE.fullmatch(reference)
    if match is None:
        return None
    column = 0
    for letter in match.group(1):
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match.group(2)) - 1, column - 1
