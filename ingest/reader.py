"""Reading workbooks: a file of any spreadsheet format becomes sheets of cells, or a reason why it cannot be read.

Belongs here: what kind of file it is, by its first bytes; the child process that opens it; limits. Does not belong
here: what the cells mean (locate.py, parse.py).
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO, cast

from ingest import reader_worker
from ingest.problem import Problem
from ingest.settings import PROJECT_ROOT

ZIP_MAGIC = b"PK\x03\x04"
EMPTY_ZIP_MAGIC = b"PK\x05\x06"
OLE_MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")


class UnreadableWorkbook(Exception):
    """The file yields no cells. `rule_id` says why: workbook_unreadable, workbook_encrypted or workbook_empty."""

    def __init__(self, rule_id: str, value: str) -> None:
        super().__init__(f"{rule_id}: {value}")
        self.rule_id = rule_id
        self.value = value


@dataclass(frozen=True)
class Limits:
    """What one file may cost. No report of a district comes near them."""

    seconds: float = 20.0
    address_space: int = 1536 << 20  # bytes of the child process
    file_size: int = 100 << 20
    unpacked_size: int = 400 << 20
    cells: int = 5_000_000


@dataclass(frozen=True)
class Percent:
    """A number in a cell that shows it as a percentage: 0.925 is seen as 92.5%."""

    value: float


CellValue = str | int | float | bool | datetime | date | time | timedelta | Percent
Range = tuple[tuple[int, int], tuple[int, int]]  # first and last cell, both inside


@dataclass(frozen=True)
class Sheet:
    """One worksheet. Cells are addressed (row, column) from zero; blank cells are absent."""

    name: str
    is_visible: bool
    cells: dict[tuple[int, int], CellValue]
    merged: tuple[Range, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: frozenset[tuple[int, int]] = frozenset()
    originals: Mapping[tuple[int, int], str] = field(default_factory=dict)  # text in the file of each decoded cell

    def value(self, row: int, column: int) -> CellValue | None:
        return self.cells.get((row, column))

    @cached_property
    def rows(self) -> dict[int, dict[int, CellValue]]:
        """Non-blank cells by row and column, both in ascending order."""
        by_row: dict[int, dict[int, CellValue]] = {}
        for (row, column), value in sorted(self.cells.items(), key=lambda item: item[0]):
            by_row.setdefault(row, {})[column] = value
        return by_row

    @cached_property
    def merge_origin(self) -> dict[tuple[int, int], tuple[int, int]]:
        """For each cell inside a merged range of sane size, the range's first cell."""
        origin = {}
        for (top, left), (bottom, right) in self.merged:
            if (bottom - top + 1) * (right - left + 1) <= 20_000:
                for row in range(top, bottom + 1):
                    for column in range(left, right + 1):
                        origin[row, column] = (top, left)
        return origin

    def shown(self, row: int, column: int) -> CellValue | None:
        """The value a person sees at a place: that of the merged range that covers it, if one does."""
        return self.cells.get(self.merge_origin.get((row, column), (row, column)))


@dataclass(frozen=True)
class Workbook:
    """The worksheets of one file, in its order."""

    sheets: tuple[Sheet, ...] = field(default_factory=tuple)
    kind: str = "xlsx"  # xlsx, xlsm, xls, xlsb, ods or csv, by content
    notices: tuple[Problem, ...] = ()  # what was seen on opening and its sender should know


def cell_address(row: int, column: int) -> str:
    """The A1 address of a cell counted from zero."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"


def read_workbook(path: Path, limits: Limits | None = None) -> Workbook:
    """All cells of a workbook (xlsx, xlsm, xlsb, xls, ods), whatever its name. Raises UnreadableWorkbook.

    The file is opened in a child process that lives on between calls; its hang or death is the file's fault.
    """
    limits = limits or Limits()
    _check_kind(path, limits)
    message = _reader_for(limits).ask(path)
    if message[0] == "error":
        raise UnreadableWorkbook(message[1], message[2])
    sheets = tuple(
        Sheet(name, is_visible, {place: _value(raw) for place, raw in cells.items()}, tuple(merged))
        for name, is_visible, merged, cells in message[1]
    )
    if not any(sheet.cells for sheet in sheets):
        raise UnreadableWorkbook("workbook_empty", "no cell holds anything")
    return Workbook(sheets)


def close_readers() -> None:
    """End the child processes; the next read starts a new one."""
    with _readers_lock:
        for reader in _readers.values():
            reader.close()
        _readers.clear()


def _value(raw: Any) -> CellValue:
    return Percent(raw[1]) if type(raw) is tuple else cast(CellValue, raw)


def _check_kind(path: Path, limits: Limits) -> None:
    size = path.stat().st_size
    if size == 0:
        raise UnreadableWorkbook("workbook_empty", "0 bytes")
    if size > limits.file_size:
        raise UnreadableWorkbook("workbook_unreadable", f"{size} bytes")
    with path.open("rb") as handle:
        magic = handle.read(8)
        if magic == OLE_MAGIC:
            handle.seek(0)
            if ENCRYPTED_STREAM in handle.read():
                raise UnreadableWorkbook("workbook_encrypted", "protected by a password to open")
        elif magic.startswith((ZIP_MAGIC, EMPTY_ZIP_MAGIC)):
            _check_zip(handle, limits)
        else:
            raise UnreadableWorkbook("workbook_unreadable", _name_of_kind(magic))


def _check_zip(handle: BinaryIO, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(handle) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableWorkbook("workbook_unreadable", f"damaged: {error}") from error
    if any(entry.flag_bits & 0x1 for entry in entries):
        raise UnreadableWorkbook("workbook_encrypted", "protected by a password to open")
    if (unpacked := sum(entry.file_size for entry in entries)) > limits.unpacked_size:
        raise UnreadableWorkbook("workbook_unreadable", f"{unpacked} bytes when unpacked")


def _name_of_kind(magic: bytes) -> str:
    if magic.startswith(b"%PDF"):
        return "PDF"
    if magic.startswith((b"\xff\xd8\xff", b"\x89PNG")):
        return "image"
    if magic.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<"):
        return "HTML or XML"
    return "not a spreadsheet"


class _Reader:
    """One child process and its pipes; asked by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def ask(self, path: Path) -> Any:
        with self._lock:
            process = self._running()
            timed_out = threading.Event()

            def give_up() -> None:
                timed_out.set()
                process.kill()

            timer = threading.Timer(self._limits.seconds, give_up)
            timer.daemon = True
            timer.start()
            try:
                reader_worker.send(cast(BinaryIO, process.stdin), (str(path.resolve()), self._limits.cells))
                return reader_worker.receive(cast(BinaryIO, process.stdout))
            except (EOFError, BrokenPipeError, OSError) as error:
                self._end()
                what = (
                    f"not read within {self._limits.seconds:g} seconds" if timed_out.is_set() else "crashes the reader"
                )
                raise UnreadableWorkbook("workbook_unreadable", what) from error
            finally:
                timer.cancel()
                if timed_out.is_set():
                    self._end()

    def close(self) -> None:
        with self._lock:
            self._end()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", "ingest.reader_worker", str(self._limits.address_space)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=PROJECT_ROOT,
                env={**os.environ, "PYTHONPATH": str(PROJECT_ROOT)},
            )
            try:
                reader_worker.receive(cast(BinaryIO, self._process.stdout))
            except (EOFError, OSError) as error:
                self._end()
                raise RuntimeError("the reader process does not start: run `python -m ingest.reader_worker`") from error
        return self._process

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):  # bytes that never reached a dead child
                    stream.close()
        process.wait()


_readers: dict[Limits, _Reader] = {}
_readers_lock = threading.Lock()


def _reader_for(limits: Limits) -> _Reader:
    with _readers_lock:
        if limits not in _readers:
            _readers[limits] = _Reader(limits)
        return _readers[limits]


atexit.register(close_readers)
