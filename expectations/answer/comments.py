"""A comment at each wrong cell, beside whatever comments the sheet has.

Belongs here: the comments part of a sheet, adding ours and taking them out again. A comment of the sender's keeps its
words, and ours follow below. Does not belong here: the boxes they are shown in (note_boxes.py), what they say
(lines.py).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from expectations.answer.note_boxes import NoteBoxes
from expectations.answer.package import NotEditable, Package, plain
from expectations.answer.words import OFFICE
from expectations.answer.worksheet import MAIN, Worksheet, block_of
from ingest.reader import cell_address

if TYPE_CHECKING:
    from lxml.etree import _Element

COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
HEADER = f"▶ {OFFICE}:"  # begins our words in every comment, so that they are found whoever saved the file last
RULE = "\n――――――――――\n"
THREADED = "tc="  # author of the copy that a modern program keeps of a discussion; what is written there is lost
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FACE = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'


def annotate(package: Package, part: str, sheet: Worksheet, notes: Mapping[tuple[int, int], str]) -> None:
    """Comment cells of a sheet, addressed (row, column) from zero. A discussion in threads is left alone."""
    if not notes:
        return
    name = package.target(part, "comments")
    if name is None:
        name = package.free_name("xl/comments{}.xml")
        empty = f'<comments xmlns="{MAIN}"><authors/><commentList/></comments>'
        package.write(name, empty.encode(), COMMENTS_TYPE)
        package.tie(part, "comments", name)
    root = package.tree(name)
    authors, entries = _lists(root)
    ours = _author_id(authors)
    known = {entry.get("ref"): entry for entry in entries.iterfind(f"{{{MAIN}}}comment")}
    names = [str(author.text or "") for author in authors]
    boxes = NoteBoxes(package, part, sheet)
    for (row, column), text in sorted(notes.items()):
        address = cell_address(row, column)
        entry, text = known.get(address), plain(text, 8_000)
        if entry is None:
            entry = entries.makeelement(f"{{{MAIN}}}comment", {"ref": address, "authorId": str(ours), "shapeId": "0"})
            entry.append(_words(entry, ""))
            entries.append(entry)
            _append_run(entry[0], f"{HEADER}\n", is_bold=True)
            _append_run(entry[0], text)
            boxes.add(row, column, _text_of(entry))
        elif not _author_of(entry, names).startswith(THREADED):
            said = _as_runs(entry)
            _append_run(said, f"{RULE}{HEADER}\n", is_bold=True)
            _append_run(said, text)
            boxes.grow(row, column, _text_of(entry))
    boxes.save()


def remove_notes(package: Package, part: str, sheet: Worksheet) -> int:
    """Take our words out of a sheet's comments, and the comments that hold no others; returns how many held some."""
    name = package.target(part, "comments")
    if name is None or HEADER.encode() not in package.read(name):
        return 0
    _, entries = _lists(package.tree(name))
    emptied, touched = [], 0
    for entry in entries.findall(f"{{{MAIN}}}comment"):
        if HEADER not in _text_of(entry):
            continue
        touched += 1
        if not _cut(entry):
            entries.remove(entry)
            if (block := block_of(entry.get("ref") or "")) is not None:
                emptied.append(block[:2])
    boxes = NoteBoxes(package, part, sheet)
    boxes.remove(emptied)
    boxes.save()
    if not entries.findall(f"{{{MAIN}}}comment"):
        for tie in package.relationships(part):
            if tie.target == name:
                package.untie(part, tie.relation_id)
        package.remove(name)
    return touched


def _lists(root: _Element) -> tuple[_Element, _Element]:
    authors, entries = root.find(f"{{{MAIN}}}authors"), root.find(f"{{{MAIN}}}commentList")
    if authors is None or entries is None:
        raise NotEditable("comments not in transitional form")
    return authors, entries


def _author_id(authors: _Element) -> int:
    for index, author in enumerate(authors):
        if author.text == OFFICE:
            return index
    author = authors.makeelement(f"{{{MAIN}}}author", {})
    author.text = OFFICE
    authors.append(author)
    return len(authors) - 1


def _author_of(entry: _Element, names: list[str]) -> str:
    number = entry.get("authorId") or ""
    return names[int(number)] if number.isdecimal() and int(number) < len(names) else ""


def _words(parent: _Element, text: str) -> _Element:
    element = parent.makeelement(f"{{{MAIN}}}text", {})
    element.text = text or None
    return element


def _as_runs(entry: _Element) -> _Element:
    """The text element of a comment, with plain words made a run: the two do not go together."""
    said = entry.find(f"{{{MAIN}}}text")
    if said is None:
        said = _words(entry, "")
        entry.insert(0, said)
    bare = said.find(f"{{{MAIN}}}t")
    if bare is not None:
        run = said.makeelement(f"{{{MAIN}}}r", {})
        said.replace(bare, run)
        run.append(bare)
    return said


def _append_run(said: _Element, text: str, *, is_bold: bool = False) -> None:
    from lxml import etree

    run = said.makeelement(f"{{{MAIN}}}r", {})
    face = etree.fromstring(f'<rPr xmlns="{MAIN}">{"<b/>" if is_bold else ""}{FACE}</rPr>')
    words = said.makeelement(f"{{{MAIN}}}t", {SPACE: "preserve"})
    words.text = text
    run.append(face)
    run.append(words)
    last = said.findall(f"{{{MAIN}}}r")
    said.insert(said.index(last[-1]) + 1 if last else 0, run)


def _text_of(entry: _Element) -> str:
    return "".join(words.text or "" for words in entry.iter(f"{{{MAIN}}}t"))


def _cut(entry: _Element) -> bool:
    """Cut our words off the end of a comment; whether any are left."""
    before = _text_of(entry).partition(HEADER)[0]
    # A program may have saved other line ends than it was given.
    own = before.removesuffix(RULE) if before.endswith(RULE) else before.rstrip().removesuffix(RULE.strip()).rstrip()
    if not own.strip():
        return False
    keep = len(own)
    for words in entry.iter(f"{{{MAIN}}}t"):
        text = words.text or ""
        words.text, keep = text[:keep], max(0, keep - len(text))
    for run in entry.findall(f"{{{MAIN}}}text/{{{MAIN}}}r"):
        if not "".join(words.text or "" for words in run.iter(f"{{{MAIN}}}t")):
            run.getparent().remove(run)  # type: ignore[union-attr]
    return True
