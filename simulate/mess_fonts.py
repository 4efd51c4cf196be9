"""Workbooks typed in the fonts of the 1990s: the same package, its texts in TCVN3 (.VnTime) or VNI (VNI-Times).

Belongs here: changing the strings and fonts of a finished package. Does not belong here: the encodings
(mangled/legacy_encodings.py). Everything else in the package stays as it is, byte for byte.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from html import escape, unescape
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from simulate.mangled.legacy_encodings import tcvn3, tcvn3_capitals, vni

STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
UNICODE_FONT, TCVN3_FONT, TCVN3_CAPITALS_FONT, VNI_FONT = "Times New Roman", ".VnTime", ".VnTimeH", "VNI-Times"
OWN_CAPITALS = frozenset("ĂÂÊÔƠƯĐ")  # the code of .VnTime has these, and none with a tone
STRING = re.compile(r"<si><t(?P<kept> xml:space=\"preserve\")?>(?P<text>[^<]*)</t></si>")
FONT_NAME = re.compile(r'<name val="[^"]*"/>')


def write_in_tcvn3(clean: Path, target: Path) -> None:
    """Write a workbook again as typed in .VnTime: titles in .VnTimeH, names that the code cannot hold in Unicode."""
    _retype(clean, target, TCVN3_FONT, _tcvn3_string)


def write_in_vni(clean: Path, target: Path) -> None:
    """Write a workbook again as typed in VNI-Times."""
    _retype(clean, target, VNI_FONT, lambda text: (vni(text), VNI_FONT))


def _tcvn3_string(text: str) -> tuple[str, str]:
    text = unicodedata.normalize("NFC", text)
    lost = [letter for letter in text if letter.isupper() and not letter.isascii() and letter not in OWN_CAPITALS]
    if not lost:
        return tcvn3(text), TCVN3_FONT
    if text.upper() == text:
        return tcvn3_capitals(text), TCVN3_CAPITALS_FONT
    return text, UNICODE_FONT


def _retype(clean: Path, target: Path, font: str, encode: Callable[[str], tuple[str, str]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with ZipFile(clean) as source, ZipFile(target, "w", ZIP_DEFLATED) as made:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == STRINGS:
                content = STRING.sub(lambda found: _string(found, font, encode), content.decode()).encode()
            elif entry.filename == STYLES:
                content = FONT_NAME.sub(f'<name val="{font}"/>', content.decode()).encode()
            made.writestr(entry, content)


def _string(found: re.Match[str], font: str, encode: Callable[[str], tuple[str, str]]) -> str:
    """A shared string in the font of the workbook, or as a run in a font of its own."""
    text, own_font = encode(unescape(found["text"]))
    written = f'<t xml:space="preserve">{escape(text, quote=False)}</t>'
    if own_font == font:
        return f"<si>{written}</si>"
    return f'<si><r><rPr><sz val="11"/><rFont val="{own_font}"/></rPr>{written}</r></si>'
