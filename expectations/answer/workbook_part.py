"""The workbook's own part: which sheets it has, in which order, and what counts sheets by their place.

Belongs here: putting a sheet first and taking sheets out without leaving a name, view or calculation order that
points at the wrong one. Does not belong here: what is on the sheets.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from expectations.answer.package import NotEditable, Package, parse
from expectations.answer.worksheet import MAIN, RELATION_ID, place_in_order

if TYPE_CHECKING:
    from lxml.etree import _Element

ORDER = re.findall(
    r"\w+",
    "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups externalReferences "
    "definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr smartTagTypes webPublishing "
    "fileRecoveryPr webPublishObjects extLst",
)
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
SELECTED = re.compile(rb"\s+tabSelected\s*=\s*([\"'])(?:1|true)\1")


@dataclass(frozen=True)
class SheetEntry:
    """A sheet of the workbook and its part; chart and dialog sheets are there too."""

    name: str
    part: str
    state: str  # visible, hidden or veryHidden
    sheet_id: str


class WorkbookPart:
    """The workbook part of a package, to be changed in place."""

    def __init__(self, package: Package) -> None:
        """Raises NotEditable for a workbook in strict form, or one that says nowhere what its sheets are."""
        name = package.target("", "officeDocument")
        if name is None:
            raise NotEditable("no workbook in transitional form")
        self.package, self.name = package, name
        self._root = parse(package.read(name), name)
        if self._root.tag != f"{{{MAIN}}}workbook" or self._root.find(f"{{{MAIN}}}sheets") is None:
            raise NotEditable("no workbook in transitional form")

    @property
    def sheets(self) -> list[SheetEntry]:
        """The sheets in the order of their tabs."""
        targets = {tie.relation_id: tie.target for tie in self.package.relationships(self.name)}
        return [
            SheetEntry(
                entry.get("name") or "",
                targets.get(entry.get(RELATION_ID) or "", ""),
                entry.get("state") or "visible",
                entry.get("sheetId") or "",
            )
            for entry in self._entries()
        ]

    def insert_first(self, name: str, data: bytes, print_titles: str | None = None) -> str:
        """Add a sheet in front of all others and show it on opening; returns its part.

        print_titles: rows repeated on each printed page, such as `'Sheet'!$6:$6`.
        """
        root = self._editable()
        part = self.package.free_name("xl/worksheets/sheet{}.xml")
        self.package.write(part, data, SHEET_TYPE)
        relation_id = self.package.tie(self.name, "worksheet", part)
        number = 1 + max((int(entry.sheet_id) for entry in self.sheets if entry.sheet_id.isdecimal()), default=0)
        sheets = self._list("sheets")
        attributes = {"name": name, "sheetId": str(number), RELATION_ID: relation_id}
        sheets.insert(0, root.makeelement(f"{{{MAIN}}}sheet", attributes))
        self._renumber(lambda index: index + 1)
        if print_titles is not None:
            title = root.makeelement(f"{{{MAIN}}}definedName", {"name": "_xlnm.Print_Titles", "localSheetId": "0"})
            title.text = print_titles
            self._list("definedNames").insert(0, title)
        for view in root.iterfind(f"{{{MAIN}}}bookViews/{{{MAIN}}}workbookView"):
            view.set("firstSheet", "0")
            view.set("activeTab", "0")
        self._unselect_all_but(part)
        return part

    def remove(self, names: Iterable[str]) -> None:
        """Take sheets out, with the names and calculation order that belong to them alone."""
        gone = set(names)
        indexes = [index for index, entry in enumerate(self.sheets) if entry.name in gone]
        if not indexes:
            return
        if len(indexes) == len(self.sheets):
            raise NotEditable("nothing but a list of findings")
        self._editable()
        entries, doomed = self._entries(), [entry for entry in self.sheets if entry.name in gone]
        for index in indexes:
            self._list("sheets").remove(entries[index])
            self.package.untie(self.name, entries[index].get(RELATION_ID) or "")
        for entry in doomed:
            self._remove_part(entry.part)
        self._renumber(lambda index: None if index in indexes else index - sum(one < index for one in indexes))
        for view in self._root.iterfind(f"{{{MAIN}}}bookViews/{{{MAIN}}}workbookView"):
            for attribute in ("activeTab", "firstSheet"):
                index = int(view.get(attribute) or 0)
                view.set(attribute, str(max(0, index - sum(one <= index for one in indexes))))
        self._forget_calculation({entry.sheet_id for entry in doomed})

    def _remove_part(self, part: str) -> None:
        """A sheet goes with what hangs on it and on nothing else: its settings, drawings and comments."""
        hanging = [tie.target for tie in self.package.relationships(part) if not tie.is_external]
        self.package.remove(part)
        for target in hanging:
            if target in self.package and not self._is_wanted(target):
                self._remove_part(target)

    def _is_wanted(self, part: str) -> bool:
        sources = [name for name in self.package.names if not name.endswith(".rels")]
        return any(tie.target == part for name in ["", *sources] for tie in self.package.relationships(name))

    def _forget_calculation(self, sheet_ids: set[str]) -> None:
        """Excel builds the order of calculation anew where it is missing, and repairs a file where it is wrong."""
        name = self.package.target(self.name, "calcChain")
        if name is None:
            return
        chain = parse(self.package.read(name), name)
        if any(cell.get("i") in sheet_ids for cell in chain):
            for tie in self.package.relationships(self.name):
                if tie.target == name:
                    self.package.untie(self.name, tie.relation_id)
            self.package.remove(name)

    def _renumber(self, place_of: Callable[[int], int | None]) -> None:
        names = self._root.find(f"{{{MAIN}}}definedNames")
        for entry in list(names) if names is not None else ():
            if entry.get("localSheetId") is None:
                continue
            index = place_of(int(entry.get("localSheetId") or 0))
            if index is None:
                entry.getparent().remove(entry)  # type: ignore[union-attr]
            else:
                entry.set("localSheetId", str(index))
        if names is not None and len(names) == 0:
            self._root.remove(names)

    def _unselect_all_but(self, part: str) -> None:
        """Two selected tabs are a group: what is typed on one would be typed on the other too."""
        for entry in self.sheets:
            if entry.part == part or entry.part not in self.package:
                continue
            data = self.package.read(entry.part)
            head = data[: 1 << 16]
            if SELECTED.search(head):
                self.package.write(entry.part, SELECTED.sub(b"", head) + data[1 << 16 :])

    def _entries(self) -> list[_Element]:
        return self._root.findall(f"{{{MAIN}}}sheets/{{{MAIN}}}sheet")

    def _list(self, tag: str) -> _Element:
        found = self._root.find(f"{{{MAIN}}}{tag}")
        if found is None:
            found = self._root.makeelement(f"{{{MAIN}}}{tag}", {})
            place_in_order(self._root, found, ORDER)
        return found

    def _editable(self) -> _Element:
        self._root = self.package.tree(self.name)
        return self._root
