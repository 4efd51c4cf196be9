"""Colouring wrong cells: conditional formats over the sender's own, with a formula that names them as ours.

A cell's style is never changed. Belongs here: adding those formats to a sheet and taking them off again, also after a
spreadsheet program has renumbered or split them. Does not belong here: which cell is wrong (lines.py).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from expectations.answer.words import COLOURS
from expectations.answer.worksheet import MAIN, Block, Worksheet, block_of
from expectations.catalogue import Severity
from ingest.fix_list import shorten_cells
from ingest.reader import cell_address

if TYPE_CHECKING:
    from lxml.etree import _Element

    from expectations.answer.styles import Styles

OURS = re.compile(r"N\(\s*\"NTM:\w+\"\s*\)\s*=\s*0")  # N of a text is 0 everywhere, so the format always applies
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
RANGES_PER_FORMAT = 400  # Excel calls a sheet damaged whose format lists some thousands


def colour_cells(sheet: Worksheet, styles: Styles, cells: Mapping[Block, Severity]) -> None:
    """One rule per severity, above whatever formats the sheet has: a cell keeps its look when the mark goes."""
    rules = [
        (severity, chunk)
        for severity in Severity
        for chunk in _chunks([block for block, its in cells.items() if its is severity])
    ]
    _make_room(sheet, len(rules))
    for priority, (severity, ranges) in enumerate(rules, start=1):
        formatting = sheet.make("conditionalFormatting", sqref=" ".join(ranges))
        rule = formatting.makeelement(
            f"{{{MAIN}}}cfRule",
            {"type": "expression", "dxfId": str(styles.dxf(_format(severity))), "priority": str(priority)},
        )
        formula = rule.makeelement(f"{{{MAIN}}}formula", {})
        formula.text = f'N("NTM:{severity.value}")=0'
        rule.append(formula)
        formatting.append(rule)
        sheet.add(formatting)


def remove_colours(sheet: Worksheet) -> int:
    """Take our formats off a sheet and return their count."""
    removed = 0
    for formatting in [*sheet.root.iter(f"{{{MAIN}}}conditionalFormatting", f"{{{X14}}}conditionalFormatting")]:
        for rule in [*formatting.iter(f"{{{MAIN}}}cfRule", f"{{{X14}}}cfRule")]:
            formulas = rule.iter(f"{{{MAIN}}}formula", f"{{{XM}}}f")
            if any(OURS.search(formula.text or "") for formula in formulas):
                formatting.remove(rule)
                removed += 1
        if not any(True for _ in formatting.iter(f"{{{MAIN}}}cfRule", f"{{{X14}}}cfRule")):
            _drop_with_empty_parents(formatting)
    return removed


def _drop_with_empty_parents(element: _Element) -> None:
    """Nor may an extension list be left that holds an empty list of formats."""
    parent = element.getparent()
    while parent is not None:
        parent.remove(element)
        if len(parent) or parent.tag == f"{{{MAIN}}}worksheet":
            return
        element, parent = parent, parent.getparent()


def _make_room(sheet: Worksheet, count: int) -> None:
    """Lower the sheet's own rules below ours: of two fills the first one shows."""
    own = [rule for rule in sheet.root.iter(f"{{{MAIN}}}cfRule", f"{{{X14}}}cfRule") if rule.get("priority")]
    priorities = [int(rule.get("priority") or 0) for rule in own]
    if priorities and min(priorities) <= count:
        shift = count + 1 - min(priorities)
        for rule, priority in zip(own, priorities, strict=True):
            rule.set("priority", str(priority + shift))


def _chunks(blocks: list[Block]) -> list[list[str]]:
    singles = {cell_address(block[0], block[1]) for block in blocks if block[:2] == block[2:]}
    ranges = [f"{cell_address(*block[:2])}:{cell_address(*block[2:])}" for block in blocks if block[:2] != block[2:]]
    tokens = shorten_cells(singles) + sorted(ranges, key=lambda text: block_of(text) or (0, 0, 0, 0))
    return [tokens[first : first + RANGES_PER_FORMAT] for first in range(0, len(tokens), RANGES_PER_FORMAT)]


def _format(severity: Severity) -> str:
    fill, font = COLOURS[severity]
    sides = "".join(
        f'<{side} style="thin"><color rgb="FF{font}"/></{side}>' for side in ("left", "right", "top", "bottom")
    )
    return (
        f'<font><color rgb="FF{font}"/></font>'
        f'<fill><patternFill patternType="solid"><fgColor rgb="FF{fill}"/><bgColor rgb="FF{fill}"/></patternFill>'
        "</fill>"
        f"<border>{sides}</border>"
    )
