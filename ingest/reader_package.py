"""Zip packages (.xlsx, .xlsm, .xlsb, .ods): unpacked under limits, proven whole, and free of document types.

Belongs here: the container, and what makes any XML part unsafe or broken. Does not belong here: what parts mean.
Nothing after this module sees the sender's zip: parts that passed are packed anew, so that no two readers can differ.
"""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections.abc import Mapping
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import Any
from xml.parsers import expat

from ingest.reader_limits import Limits, UnreadableWorkbook, damaged, too_large

CHUNK = 1 << 20
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
NOT_KEPT = (
    "/media/",
    "/embeddings/",
    "pictures/",
    "thumbnails/",
    "docprops/",
    "customxml/",
    "/printersettings/",
    "basic/",
    "object ",
)
XML_ENDINGS = (".xml", ".rels")
DOCUMENT_TYPE = (b"<!DOCTYPE", b"<!ENTITY", b"<!doctype", b"<!entity")


class Package:
    """The parts of a package by name; pictures and embedded objects are proven whole and not kept."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._limits = limits
        self._unpacked = 0
        self.parts: dict[str, bytes] = {}
        try:
            with zipfile.ZipFile(BytesIO(data)) as archive:
                entries = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError, struct.error) as error:
            raise damaged("ZIP") from error
        self._check_directory(entries, len(data))
        self.names = {entry.filename for entry in entries}
        for entry in entries:
            content = self._unpack(data, entry)
            if not _is_dropped(entry.filename):
                self.parts[entry.filename] = content
        self._check_overlap(entries)
        self._by_folded = {name.lower(): name for name in self.parts}

    def part(self, name: str) -> bytes | None:
        """A part by its name, letter case aside; None where there is none."""
        found = self._by_folded.get(name.lower())
        return None if found is None else self.parts[found]

    def require(self, name: str) -> bytes:
        """A part that must be there. Raises UnreadableWorkbook (workbook_damaged)."""
        content = self.part(name)
        if content is None:
            raise damaged(name)
        return content

    def xml(self, name: str) -> Any:
        """The root element of a part that must be there."""
        return parse_xml(name, self.require(name))

    def relations(self, name: str) -> dict[str, tuple[str, str, bool]]:
        """Of the part `name` ("" for the package), by id: last word of the type, target, whether it is outside."""
        path = join(dirname(name), "_rels", name.rsplit("/", 1)[-1] + ".rels") if name else "_rels/.rels"
        content = self.part(path)
        if content is None:
            return {}
        found = {}
        for entry in parse_xml(path, content):
            if isinstance(entry.tag, str) and entry.tag.endswith("}Relationship"):
                target, is_external = entry.get("Target", ""), entry.get("TargetMode") == "External"
                if not is_external:
                    target = target.lstrip("/") if target.startswith("/") else normpath(join(dirname(name), target))
                found[entry.get("Id", "")] = (entry.get("Type", "").rsplit("/", 1)[-1], target, is_external)
        return found

    def check_xml(self) -> None:
        """Every XML part is well-formed and declares no document type. Raises UnreadableWorkbook."""
        for name, content in self.parts.items():
            if name.lower().endswith(XML_ENDINGS):
                check_xml(name, content)

    def _check_directory(self, entries: list[zipfile.ZipInfo], size: int) -> None:
        if len(entries) > self._limits.entries:
            raise too_large(f"{len(entries)} phần")
        if any(entry.flag_bits & 0x1 for entry in entries):
            raise UnreadableWorkbook("workbook_encrypted", "mật khẩu")
        if len({entry.filename.replace("\\", "/").lower() for entry in entries}) < len(entries):
            raise damaged("ZIP: hai phần cùng tên")
        if (declared := sum(entry.file_size for entry in entries)) > self._limits.unpacked_size:
            raise too_large(f"{declared >> 20} MB")
        self._most = self._limits.unpacked_size
        if size * self._limits.unpacked_ratio < self._most:
            self._most = max(size * self._limits.unpacked_ratio, self._limits.ratio_counts_from)

    def _check_overlap(self, entries: list[zipfile.ZipInfo]) -> None:
        """No two parts share bytes of the file: whole parts that do were built to swell."""
        end = 0
        for entry in sorted(entries, key=lambda entry: entry.header_offset):
            if entry.header_offset < end:
                raise UnreadableWorkbook("workbook_unsafe", "ZIP")
            end = entry.header_offset + LOCAL_HEADER.size + entry.compress_size

    def _unpack(self, data: bytes, entry: zipfile.ZipInfo) -> bytes:
        """The bytes of an entry, whose size and checksum are as declared; counted while they come."""
        name = entry.filename
        if not 0 <= entry.header_offset <= len(data) - LOCAL_HEADER.size:
            raise damaged(name)
        header = LOCAL_HEADER.unpack_from(data, entry.header_offset)
        if header[0] != b"PK\x03\x04":
            raise damaged(name)
        start = entry.header_offset + LOCAL_HEADER.size
        if data[start : start + header[9]] != entry.orig_filename.encode(
            "utf-8" if entry.flag_bits & 0x800 else "cp437"
        ):
            raise damaged(name)
        start += header[9] + header[10]
        packed = memoryview(data)[start : start + entry.compress_size]
        if len(packed) < entry.compress_size or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise damaged(name)
        content = bytes(packed) if entry.compress_type == zipfile.ZIP_STORED else self._inflate(packed, name)
        if entry.compress_type == zipfile.ZIP_STORED:
            self._count(len(content))
        if len(content) != entry.file_size or zlib.crc32(content) != entry.CRC:
            raise damaged(name)
        return content

    def _inflate(self, packed: memoryview, name: str) -> bytes:
        inflater = zlib.decompressobj(-15)
        pieces = []
        try:
            piece = inflater.decompress(packed, CHUNK)
            while piece:
                self._count(len(piece))
                pieces.append(piece)
                piece = inflater.decompress(inflater.unconsumed_tail, CHUNK)
        except zlib.error as error:
            raise damaged(name) from error
        if not inflater.eof or inflater.unused_data:
            raise damaged(name)
        return b"".join(pieces)

    def _count(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > self._most:
            raise too_large(f"> {self._most >> 20} MB")


def pack(parts: Mapping[str, bytes]) -> bytes:
    """A new package of these parts, stored."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return target.getvalue()


def check_xml(name: str, content: bytes) -> None:
    """Raises UnreadableWorkbook: workbook_unsafe for a document type, workbook_damaged for what is not well-formed."""
    if any(mark in content for mark in DOCUMENT_TYPE):
        raise UnreadableWorkbook("workbook_unsafe", name)
    head = content[:200].lower()
    if b"\0" in head or (b"encoding=" in head and b"utf-8" not in head and b"us-ascii" not in head):
        raise damaged(f"{name}: không phải UTF-8")
    try:
        parser = expat.ParserCreate()
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise damaged(name) from error


def parse_xml(name: str, content: bytes) -> Any:
    """The root element. No entity is expanded, nothing is fetched. Raises UnreadableWorkbook (workbook_damaged)."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise damaged(name) from error
    if root is None:
        raise damaged(name)
    return root


def _is_dropped(name: str) -> bool:
    folded = "/" + name.lower()
    return any(mark in folded for mark in NOT_KEPT) or not folded.endswith((*XML_ENDINGS, ".bin", "/mimetype"))
