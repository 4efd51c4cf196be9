"""The child process that opens workbooks: reads requests from its input, writes what it found to its output.

Belongs here: the protocol, the limit on memory, which format's reader opens a file. Does not belong here: judging what
was found; a crash of this process is expected, and reader_process.py turns it into a finding about the file.

Protocol: each message is a length (8 bytes, big endian) and a pickle. The child says "ready" once. Request: (path,
Limits). Answer: ("ok", RawWorkbook) or ("error", rule_id, value).
"""

from __future__ import annotations

import gc
import os
import pickle
import struct
import sys
from typing import Any, BinaryIO

from ingest.reader_kind import container_of, kind_of_package, open_compound_file
from ingest.reader_limits import Limits, UnreadableWorkbook
from ingest.reader_sheet import RawWorkbook

LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, message: object) -> None:
    data = pickle.dumps(message, protocol=5)
    stream.write(LENGTH.pack(len(data)))
    stream.write(data)
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


def read_raw(data: bytes, limits: Limits) -> RawWorkbook:
    """Every worksheet of a file; raises UnreadableWorkbook, and whatever the readers of formats raise."""
    container = container_of(data)
    if container == "text":
        from ingest.reader_csv import read_csv

        return read_csv(data, limits)
    if container == "ole":
        from ingest.reader_biff import read_xls

        raw = read_xls(data, open_compound_file(data), limits)
    else:
        raw = _read_package(data, limits)
    from ingest.reader_notices import of_hidden_sheets

    raw.notices += of_hidden_sheets(raw)
    return raw


def _read_package(data: bytes, limits: Limits) -> RawWorkbook:
    from ingest.reader_package import Package

    package = Package(data, limits)
    kind = kind_of_package(package.names, package.part("[Content_Types].xml"), package.part("mimetype"))
    package.check_xml()
    if kind == "ods":
        from ingest.reader_ods import read_ods

        return read_ods(package, limits)
    if kind == "xlsb":
        from ingest.reader_xlsb import read_xlsb

        return read_xlsb(package, limits)
    from ingest.reader_xlsx import read_xlsx

    return read_xlsx(package, kind, limits)


def answer(path: str, limits: Limits) -> tuple[Any, ...]:
    from python_calamine import CalamineError, PasswordError

    try:
        with open(path, "rb") as handle:
            data = handle.read()
        return ("ok", read_raw(data, limits))
    except UnreadableWorkbook as error:
        return ("error", error.rule_id, error.value)
    except PasswordError:
        return ("error", "workbook_encrypted", "mật khẩu")
    except MemoryError:
        return ("error", "workbook_too_large", f"> {limits.address_space >> 20} MB")
    except CalamineError as error:
        return ("error", "workbook_damaged", str(error)[:200])
    except BaseException as error:  # a panic of the Rust reader does not derive from Exception
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        return ("error", "workbook_unreadable", f"{type(error).__name__}: {error}"[:200])


def main(address_space: int) -> None:
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (address_space, address_space))
    except (ImportError, ValueError, OSError):
        pass  # no such limit on this system; time and size limits still hold
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not reach the answers
    send(answers, "ready")
    gc.disable()  # a million cells make no rubbish, and looking for it would take most of the time
    while True:
        try:
            path, limits = receive(sys.stdin.buffer)
        except EOFError:
            return
        gc.collect()
        found = answer(path, limits)
        try:
            send(answers, found)
        except MemoryError:
            send(answers, ("error", "workbook_too_large", f"> {limits.address_space >> 20} MB"))


if __name__ == "__main__":
    main(int(sys.argv[1]))
