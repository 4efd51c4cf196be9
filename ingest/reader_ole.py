"""Compound files (OLE2), the container of .xls: which streams they hold, and the bytes of one stream.

Belongs here: sectors, their chains, and the proof that none is missing at the end. Does not belong here: records of
the workbook stream (reader_biff.py).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from ingest.reader_limits import damaged

FREE, END_OF_CHAIN = 0xFFFFFFFF, 0xFFFFFFFE
LAST_SECTOR = 0xFFFFFFFA
HEADER_SECTORS = 109
ROOT = 5


@dataclass(frozen=True)
class _Entry:
    kind: int
    start: int
    size: int


class OleFile:
    """One compound file. Raises UnreadableWorkbook (workbook_damaged) where its sectors do not hang together."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._open()
        except (struct.error, IndexError) as error:
            raise damaged("OLE2") from error

    @property
    def names(self) -> set[str]:
        return set(self._entries)

    @property
    def workbook_stream(self) -> str | None:
        """Name of the stream with the sheets: Workbook since Excel 97, Book before."""
        return next((name for name in ("Workbook", "Book") if name in self._entries), None)

    def stream(self, name: str) -> bytes:
        """The bytes of a stream. Raises UnreadableWorkbook where its chain is broken."""
        entry = self._entries[name]
        try:
            if entry.size < self._cutoff:
                chain = _chain(self._mini_table, entry.start)
                size = self._mini_size
                content = b"".join(self._mini[sector * size : (sector + 1) * size] for sector in chain)
            else:
                content = self._sectors(entry.start)
        except (struct.error, IndexError) as error:
            raise damaged(f"OLE2: {name}") from error
        if len(content) < entry.size:
            raise damaged(f"OLE2: {name}")
        return content[: entry.size]

    def _open(self) -> None:
        header = self._data[:512]
        shift, mini_shift = struct.unpack_from("<HH", header, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise damaged("OLE2")
        self._size, self._mini_size = 1 << shift, 1 << mini_shift
        tables, directory, self._cutoff, mini_start, difat = _header_fields(header)
        self._table = self._read_table(tables, difat)
        self._check_whole()
        self._entries = self._read_directory(self._sectors(directory))
        root = next((entry for entry in self._entries.values() if entry.kind == ROOT), None)
        self._mini = self._sectors(root.start) if root is not None and root.size else b""
        mini_table = self._sectors(mini_start) if mini_start <= LAST_SECTOR else b""
        self._mini_table = struct.unpack(f"<{len(mini_table) // 4}I", mini_table)

    def _read_table(self, count: int, difat: int) -> tuple[int, ...]:
        sectors = list(struct.unpack_from(f"<{HEADER_SECTORS}I", self._data, 76))
        per_sector = self._size // 4
        seen = 0
        while difat <= LAST_SECTOR and seen * self._size < len(self._data):
            numbers = struct.unpack(f"<{per_sector}I", self._sector(difat))
            sectors += numbers[:-1]
            difat = numbers[-1]
            seen += 1
        used = [sector for sector in sectors if sector <= LAST_SECTOR]
        if len(used) != count or not used:
            raise damaged("OLE2")
        table = b"".join(self._sector(sector) for sector in used)
        return struct.unpack(f"<{len(table) // 4}I", table)

    def _check_whole(self) -> None:
        """Every sector that is in use lies inside the file; else its end was cut off."""
        last = max((index for index, follower in enumerate(self._table) if follower != FREE), default=0)
        if (last + 2) * self._size > len(self._data):
            raise damaged("OLE2: thiếu phần cuối tệp")

    def _read_directory(self, content: bytes) -> dict[str, _Entry]:
        entries: dict[str, _Entry] = {}
        for offset in range(0, len(content) - 127, 128):
            (length,) = struct.unpack_from("<H", content, offset + 64)
            kind = content[offset + 66]
            if kind and 2 <= length <= 64:
                name = content[offset : offset + length - 2].decode("utf-16-le", "replace")
                start, size = struct.unpack_from("<IQ", content, offset + 116)
                # Version 3 leaves rubbish in the upper half of the size.
                entries.setdefault(name, _Entry(kind, start, size & 0xFFFFFFFF if self._size == 512 else size))
        return entries

    def _sectors(self, start: int) -> bytes:
        return b"".join(self._sector(sector) for sector in _chain(self._table, start))

    def _sector(self, number: int) -> bytes:
        offset = (number + 1) * self._size
        content = self._data[offset : offset + self._size]
        if len(content) < self._size:
            raise damaged("OLE2: thiếu phần cuối tệp")
        return content


def _header_fields(header: bytes) -> tuple[int, int, int, int, int]:
    """Count of table sectors, first directory sector, size from which streams are not mini, first mini table, DIFAT."""
    count, directory = struct.unpack_from("<II", header, 44)
    cutoff, mini_start = struct.unpack_from("<II", header, 56)
    (difat,) = struct.unpack_from("<I", header, 68)
    return count, directory, cutoff, mini_start, difat


def _chain(table: tuple[int, ...], start: int) -> list[int]:
    chain = []
    sector = start
    while sector <= LAST_SECTOR:
        chain.append(sector)
        if len(chain) > len(table):
            raise damaged("OLE2")
        sector = table[sector]
    if sector != END_OF_CHAIN:
        raise damaged("OLE2")
    return chain
