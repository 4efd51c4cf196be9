"""The child process that opens workbooks: reads requests from its input, writes the cells it found to its output.

Belongs here: calamine, and the limits the process sets on itself. Does not belong here: judging what was found; a
crash of this process is expected, and reader.py turns it into a finding about the file.

Protocol: each message is a length (8 bytes, big endian) and a pickle. The child says "ready" once. Request: (path,
max_cells). Answer: ("ok", sheets) or ("error", rule_id, text); a sheet is (name, is_visible, merged ranges,
{(row, column): value}), counted from zero.
"""

from __future__ import annotations

import os
import pickle
import struct
import sys
from typing import Any, BinaryIO

LENGTH = struct.Struct(">Q")


class TooLarge(Exception):
    """A sheet spans more cells than any report does."""


def send(stream: BinaryIO, message: object) -> None:
    data = pickle.dumps(message, protocol=5)
    stream.write(LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> Any:
    """The next message; raises EOFError when the other side is gone."""
    header = stream.read(LENGTH.size)
    if len(header) < LENGTH.size:
        raise EOFError
    (length,) = LENGTH.unpack(header)
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return pickle.loads(data)


def read_sheets(path: str, max_cells: int) -> list[tuple[str, bool, list[Any], dict[tuple[int, int], Any]]]:
    """Every worksheet of a workbook with its cells, addressed from zero; raises what calamine raises, and TooLarge."""
    from io import BytesIO

    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    from ingest.reader_marks import cells_in_their_clothes

    with open(path, "rb") as handle:
        data = handle.read()
    marks = cells_in_their_clothes(data)
    sheets = []
    seen = 0
    with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
        for metadata in workbook.sheets_metadata:
            if metadata.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_name(metadata.name)
            # total_height is one row short, and start is null where nothing was found.
            area = 0 if sheet.end is None else (sheet.end[0] + 1) * (sheet.end[1] + 1)
            seen += area
            if seen > max_cells:
                raise TooLarge(f"{metadata.name}: {area} cells")
            cells: dict[tuple[int, int], Any] = {}
            # With skip_empty_area the first cell with content would pass for A1.
            for row, values in enumerate(sheet.to_python(skip_empty_area=False) if area else []):
                for column, value in enumerate(values):
                    if not isinstance(value, str) or value.strip():
                        cells[row, column] = value
            for address, (kind, shown) in marks.get(metadata.name, {}).items():
                if kind == "error":
                    cells[address] = shown
                elif kind == "percent" and type(cells.get(address)) in (int, float):
                    cells[address] = ("percent", cells[address])
            merged = sheet.merged_cell_ranges or []
            sheets.append((metadata.name, metadata.visible is SheetVisibleEnum.Visible, merged, cells))
    return sheets


def answer(path: str, max_cells: int) -> tuple[Any, ...]:
    from python_calamine import PasswordError

    try:
        return ("ok", read_sheets(path, max_cells))
    except PasswordError as error:
        return ("error", "workbook_encrypted", str(error))
    except TooLarge as error:
        return ("error", "workbook_unreadable", f"too many cells: {error}")
    except MemoryError:
        return ("error", "workbook_unreadable", "needs more memory than any report does")
    except BaseException as error:  # a panic of the Rust reader does not derive from Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return ("error", "workbook_unreadable", f"{type(error).__name__}: {error}"[:300])


def main(address_space: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    except (ImportError, ValueError, OSError):
        pass  # no such limit on this system; time and size limits still hold
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not reach the answers
    send(answers, "ready")
    while True:
        try:
            path, max_cells = receive(sys.stdin.buffer)
        except EOFError:
            return
        send(answers, answer(path, max_cells))


if __name__ == "__main__":
    main(int(sys.argv[1]))
