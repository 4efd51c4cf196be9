"""Formats added to a workbook's styles: only appended, so that every index the sender's cells hold means what it meant.

Belongs here: styles.xml. Does not belong here: which cell gets which format.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from expectations.answer.package import NotEditable, Package, parse
from expectations.answer.worksheet import MAIN, place_in_order

if TYPE_CHECKING:
    from lxml.etree import _Element

ORDER = re.findall(r"\w+", "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst")
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
EMPTY = f"""<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
<cellXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs></styleSheet>"""


class Styles:
    """The styles of a package. What is asked for twice, or stood there already, is there once."""

    def __init__(self, package: Package, workbook: str) -> None:
        name = package.target(workbook, "styles")
        if name is None:
            name = package.free_name("xl/styles{}.xml")
            package.write(name, EMPTY.encode(), STYLES_TYPE)
            package.tie(workbook, "styles", name)
        self._root = package.tree(name)
        if self._root.tag != f"{{{MAIN}}}styleSheet":
            raise NotEditable("styles not in transitional form")

    def dxf(self, inner: str) -> int:
        """Index of a differential format, given as the XML inside `dxf`."""
        return self._index_of("dxfs", f"<dxf>{inner}</dxf>")

    def xf(
        self,
        *,
        font: str = '<sz val="11"/><name val="Times New Roman"/><family val="1"/>',
        fill: str | None = None,
        border: str = "<left/><right/><top/><bottom/><diagonal/>",
        alignment: str = "",
        is_locked: bool = True,
        is_literal: bool = True,
    ) -> int:
        """Index of a cell format; the parts are the XML inside `font`, `border` and `alignment`, fill an RGB.

        is_literal: what is typed over the cell's text and begins like a formula stays text.
        """
        font_id = self._index_of("fonts", f"<font>{font}</font>")
        border_id = self._index_of("borders", f"<border>{border}</border>")
        solid = f'<patternFill patternType="solid"><fgColor rgb="FF{fill}"/><bgColor indexed="64"/></patternFill>'
        fill_id = self._index_of("fills", f"<fill>{solid}</fill>") if fill is not None else 0
        attributes = (
            f'numFmtId="0" fontId="{font_id}" fillId="{fill_id}" borderId="{border_id}" xfId="0" applyFont="1" '
            f'applyFill="1" applyBorder="1" applyAlignment="1" applyProtection="1"'
        )
        literal = ' quotePrefix="1"' if is_literal else ""
        locked = "" if is_locked else '<protection locked="0"/>'
        return self._index_of("cellXfs", f"<xf {attributes}{literal}><alignment {alignment}/>{locked}</xf>")

    def _index_of(self, collection: str, xml: str) -> int:
        wanted = parse(f'<x xmlns="{MAIN}">{xml}</x>'.encode())[0]
        parent = self._root.find(f"{{{MAIN}}}{collection}")
        if parent is None:
            parent = self._root.makeelement(f"{{{MAIN}}}{collection}", {})
            place_in_order(self._root, parent, ORDER)
        form = _form_of(wanted)
        entries = parent.findall(f"{{{MAIN}}}{etree_name(wanted)}")
        for index, entry in enumerate(entries):
            if _form_of(entry) == form:
                return index
        parent.append(wanted)
        parent.set("count", str(len(entries) + 1))
        return len(entries)


def etree_name(element: _Element) -> str:
    from lxml import etree

    return etree.QName(element).localname


def _form_of(element: _Element) -> tuple[object, ...]:
    """What an element says, whatever its prefixes and the order of its attributes."""
    children = (child for child in element if isinstance(child.tag, str))
    return (element.tag, tuple(sorted(element.attrib.items())), tuple(_form_of(child) for child in children))
