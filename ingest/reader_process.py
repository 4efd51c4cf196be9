"""The child process seen from outside: started when needed, asked one file at a time, ended when it hangs or swells.

Belongs here: its life and the clock. Does not belong here: what it does (reader_worker.py).
"""

from __future__ import annotations

import atexit
import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, cast

from ingest import reader_worker
from ingest.reader_limits import Limits, UnreadableWorkbook, too_large
from ingest.reader_sheet import RawWorkbook
from ingest.settings import PROJECT_ROOT


class ReaderProcess:
    """One child process and its pipes; asked by one thread at a time."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    @property
    def pid(self) -> int | None:
        """Id of the child process; None while none runs."""
        return None if self._process is None else self._process.pid

    def ask(self, path: Path) -> RawWorkbook:
        """What the child found in a file. Raises UnreadableWorkbook: a hang, or two deaths, are the file's fault."""
        with self._lock:
            deadline = monotonic() + self._limits.seconds
            try:
                message = self._exchange(path, deadline)
            except EOFError:
                message = self._exchange_again(path, deadline)
            if message[0] == "error":
                if message[1] == "workbook_too_large":
                    self._end()  # a process that swelled would fail the next file too
                raise UnreadableWorkbook(message[1], message[2])
            return cast(RawWorkbook, message[1])

    def _exchange_again(self, path: Path, deadline: float) -> tuple[Any, ...]:
        """Ask a new process: the first may have been ended from outside."""
        try:
            return self._exchange(path, deadline)
        except EOFError as error:
            raise UnreadableWorkbook("workbook_unreadable", "crash") from error

    def _exchange(self, path: Path, deadline: float) -> tuple[Any, ...]:
        """The child's answer. Raises EOFError when it dies, UnreadableWorkbook when time is up."""
        process = self._running()
        timed_out = threading.Event()

        def give_up() -> None:
            timed_out.set()
            process.kill()

        timer = threading.Timer(max(deadline - monotonic(), 0.0), give_up)
        timer.daemon = True
        timer.start()
        try:
            reader_worker.send(cast(BinaryIO, process.stdin), (str(path.resolve()), self._limits))
            return cast(tuple[Any, ...], reader_worker.receive(cast(BinaryIO, process.stdout)))
        except (EOFError, OSError) as error:
            self._end()
            if timed_out.is_set():
                raise too_large(f"> {self._limits.seconds:g} giây") from error
            raise EOFError from error
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


_readers: dict[Limits, ReaderProcess] = {}
_readers_lock = threading.Lock()


def reader_for(limits: Limits) -> ReaderProcess:
    """The process that reads under these limits; it lives on between calls."""
    with _readers_lock:
        if limits not in _readers:
            _readers[limits] = ReaderProcess(limits)
        return _readers[limits]


def close_readers() -> None:
    """End the child processes; the next read starts a new one."""
    with _readers_lock:
        for reader in _readers.values():
            reader.close()
        _readers.clear()


atexit.register(close_readers)
