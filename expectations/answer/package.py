"""A workbook's package opened for editing: its parts, their relationships and content types.

Belongs here: zip and OPC. What is not touched is copied as it stands, compressed bytes and all. Does not belong here:
what the parts say (workbook_part.py, worksheet.py, styles.py), deciding what to change.
"""

from __future__ import annotations

import posixpath
import re
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO
from urllib.parse import unquote

if TYPE_CHECKING:
    from lxml.etree import _Element

CONTENT_TYPES = "[Content_Types].xml"
TYPES_NS = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS_NS = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
LOCAL_HEADER = struct.Struct("<26xHH")  # lengths of name and extra field
SIGNED = re.compile(r"digital-signature|_xmlsignatures/", re.IGNORECASE)
SHARED = re.compile(r"^xl/revisions/", re.IGNORECASE)
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


class NotEditable(Exception):
    """The workbook cannot be given back marked; the message says why. Its findings go into a workbook of their own."""


@dataclass(frozen=True)
class Relationship:
    """A part's tie to another; `target` is the other's name in the package, or an address outside it."""

    relation_id: str
    kind: str
    target: str
    is_external: bool


class Package:
    """The parts of one workbook. Changes are kept until `save`; the file itself is never written to."""

    def __init__(self, path: Path) -> None:
        """Raises NotEditable for what is no plain package: damaged, signed, shared, or with one name twice."""
        try:
            with zipfile.ZipFile(path) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise NotEditable(f"no readable package: {error}") from error
        self._path = path
        self._entries = {_part_name(entry): entry for entry in entries if not entry.is_dir()}
        if len({name.lower() for name in self._entries}) != sum(not entry.is_dir() for entry in entries):
            raise NotEditable("two parts of one name")
        if any(SIGNED.search(name) for name in self._entries):
            raise NotEditable("digitally signed: any mark would break the signature")
        if any(SHARED.search(name) for name in self._entries):
            raise NotEditable("a shared workbook with tracked changes")
        if CONTENT_TYPES not in self._entries:
            raise NotEditable("no content types")
        self._changed: dict[str, bytes] = {}
        self._removed: set[str] = set()
        self._trees: dict[str, _Element] = {}

    def __contains__(self, name: str) -> bool:
        return name not in self._removed and (name in self._entries or name in self._changed or name in self._trees)

    @property
    def names(self) -> list[str]:
        """Parts in the order of the file, new ones last."""
        known = dict.fromkeys([*self._entries, *self._changed, *self._trees])
        return [name for name in known if name not in self._removed]

    def read(self, name: str) -> bytes:
        """The bytes of a part as they now stand. Raises NotEditable where it is missing or damaged."""
        if name in self._trees:
            return to_bytes(self._trees[name])
        if name in self._changed:
            return self._changed[name]
        if name not in self:
            raise NotEditable(f"part {name} is missing")
        try:
            with zipfile.ZipFile(self._path) as archive:
                return archive.read(self._entries[name])
        except (zipfile.BadZipFile, OSError, NotImplementedError, RuntimeError, EOFError) as error:
            raise NotEditable(f"part {name} is damaged: {error}") from error

    def write(self, name: str, data: bytes, content_type: str | None = None) -> None:
        """Give a part new bytes, or add it under its content type."""
        self._removed.discard(name)
        self._trees.pop(name, None)
        self._changed[name] = data
        if content_type is not None:
            types = self.tree(CONTENT_TYPES)
            self._forget_type(name)
            _append(types, TYPES_NS, "Override", PartName=f"/{name}", ContentType=content_type)

    def tree(self, name: str) -> _Element:
        """The root of a part that is about to be changed: whatever is done to it is saved."""
        if name not in self._trees:
            self._trees[name] = parse(self.read(name), name)
            self._changed.pop(name, None)
        return self._trees[name]

    def remove(self, name: str) -> None:
        """Drop a part with its relationships and content type."""
        for gone in (name, relations_of(name)):
            if gone in self:
                self._removed.add(gone)
                self._changed.pop(gone, None)
                self._trees.pop(gone, None)
        self._forget_type(name)

    def default_type(self, extension: str, content_type: str) -> None:
        """Make sure that parts of an extension have a content type."""
        types = self.tree(CONTENT_TYPES)
        known = {(entry.get("Extension") or "").lower() for entry in types.iterfind(f"{{{TYPES_NS}}}Default")}
        if extension not in known:
            element = types.makeelement(f"{{{TYPES_NS}}}Default", {"Extension": extension, "ContentType": content_type})
            types.insert(0, element)

    def free_name(self, pattern: str) -> str:
        """The first name of a pattern such as `xl/worksheets/sheet{}.xml` that no part has or had."""
        taken = {name.lower() for name in [*self._entries, *self._changed, *self._trees]}
        number = 1
        while pattern.format(number).lower() in taken:
            number += 1
        return pattern.format(number)

    def relationships(self, part: str) -> list[Relationship]:
        """What a part is tied to; the package's own with an empty name."""
        name = relations_of(part)
        if name not in self:
            return []
        root = self._trees[name] if name in self._trees else parse(self.read(name), name)
        return [_relationship(part, entry) for entry in root.iterfind(f"{{{RELATIONS_NS}}}Relationship")]

    def target(self, part: str, kind: str) -> str | None:
        """The part tied to another by a kind of relationship, named by the end of its type; None where none is."""
        found = (tie for tie in self.relationships(part) if tie.kind.endswith(f"/{kind}") and not tie.is_external)
        return next((tie.target for tie in found if tie.target in self), None)

    def tie(self, part: str, kind: str, target: str) -> str:
        """Add a relationship of an office type; returns its id."""
        name = relations_of(part)
        if name not in self:
            self._removed.discard(name)
            self._trees[name] = parse(f'<Relationships xmlns="{RELATIONS_NS}"/>'.encode(), name)
            self.default_type("rels", RELATIONS_TYPE)
        taken = {tie.relation_id.lower() for tie in self.relationships(part)}
        number = len(taken) + 1
        while f"rid{number}" in taken:
            number += 1
        where = posixpath.relpath(target, posixpath.dirname(part) or ".")
        _append(self.tree(name), RELATIONS_NS, "Relationship", Id=f"rId{number}", Type=f"{OFFICE}/{kind}", Target=where)
        return f"rId{number}"

    def untie(self, part: str, relation_id: str) -> None:
        """Remove a relationship; the last one takes its part along."""
        name = relations_of(part)
        root = self.tree(name)
        for entry in root.findall(f"{{{RELATIONS_NS}}}Relationship"):
            if entry.get("Id") == relation_id:
                root.remove(entry)
        if len(root) == 0:
            self._removed.add(name)
            self._trees.pop(name)

    def save(self, path: Path) -> None:
        """Write the package: content types and untouched parts in their old order and compression, new parts last."""
        with self._path.open("rb") as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in self.names:
                entry = self._entries.get(name)
                if entry is not None and name not in self._changed and name not in self._trees:
                    _copy_raw(source, archive, entry)
                    continue
                moment = entry.date_time if entry is not None else (1980, 1, 1, 0, 0, 0)
                info = zipfile.ZipInfo(entry.filename if entry is not None else name, moment)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, self.read(name))

    def _forget_type(self, name: str) -> None:
        types = self.tree(CONTENT_TYPES)
        for entry in types.findall(f"{{{TYPES_NS}}}Override"):
            if (entry.get("PartName") or "").lower() == f"/{name}".lower():
                types.remove(entry)


def relations_of(part: str) -> str:
    """The name of the part that holds another's relationships."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def parse(data: bytes, name: str = "part") -> _Element:
    """The root of an XML part; entities are not resolved, nothing is fetched. Raises NotEditable."""
    from lxml import etree

    if b"<!DOCTYPE" in data or b"<!\0D\0O\0C" in data:
        raise NotEditable(f"part {name} declares a document type")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise NotEditable(f"part {name} is no XML: {error}") from error


def to_bytes(root: _Element) -> bytes:
    from lxml import etree

    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def plain(text: str, most: int = 32_000) -> str:
    """Text as a spreadsheet shows it literally: without what XML cannot hold, and no longer than a cell takes."""
    text = ESCAPE_LIKE.sub("_x005F_", NOT_XML.sub("", text))
    return text if len(text) <= most else text[: most - 1] + "…"


def _append(root: _Element, namespace: str, tag: str, **attributes: str) -> None:
    root.append(root.makeelement(f"{{{namespace}}}{tag}", attributes))


def _part_name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/")


def _relationship(part: str, entry: Any) -> Relationship:
    target, is_external = entry.get("Target") or "", entry.get("TargetMode") == "External"
    if not is_external:
        path = unquote(target.split("#", 1)[0])
        target = posixpath.normpath(posixpath.join("/", posixpath.dirname(part), path)).lstrip("/")
    return Relationship(entry.get("Id") or "", entry.get("Type") or "", target, is_external)


def _copy_raw(source: BinaryIO, archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Copy an entry's compressed bytes. zipfile has no call for it: this is what its own writing keeps up to date."""
    source.seek(entry.header_offset)
    lengths = LOCAL_HEADER.unpack(source.read(LOCAL_HEADER.size))
    source.seek(sum(lengths), 1)
    copy = zipfile.ZipInfo(entry.filename, entry.date_time)
    for field in ("compress_type", "comment", "create_system", "create_version", "extract_version", "external_attr"):
        setattr(copy, field, getattr(entry, field))
    copy.flag_bits = entry.flag_bits & ~0x08  # sizes stand in the header, so no descriptor follows
    copy.CRC, copy.compress_size, copy.file_size = entry.CRC, entry.compress_size, entry.file_size
    target: Any = archive
    copy.header_offset = target.fp.tell()
    target.fp.write(copy.FileHeader())
    for chunk in _chunks(source, entry.compress_size):
        target.fp.write(chunk)
    target.filelist.append(copy)
    target.NameToInfo[copy.filename] = copy
    target.start_dir = target.fp.tell()
    target._didModify = True


def _chunks(source: BinaryIO, size: int) -> Iterator[bytes]:
    while size > 0:
        chunk = source.read(min(size, 1 << 20))
        if not chunk:
            raise NotEditable("the file ends inside a part")
        size -= len(chunk)
        yield chunk
