"""`ntm COMMAND` that ends itself with SIGKILL right before one step, once per line `COMMAND EVENT PATTERN` of input.

Every step of the way ends by moving a file into place, so a step is named by an audit event of Python and by the path,
below NTM_DATA_DIR, that it is about. The product knows nothing of it. Each run is a process of its own, forked from
this one, which has imported what they need; the answer to a line is the code with which its run ended.
"""

import fnmatch
import os
import signal
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path

DATA_DIR = Path(os.environ["NTM_DATA_DIR"])


def subject(event: str, arguments: Sequence[object]) -> str:
    """What an event is about: the target of a rename, the path that is opened or made, the command that is started."""
    if event == "subprocess.Popen":
        command = arguments[1]
        return " ".join(str(word) for word in command) if isinstance(command, Sequence) else ""
    path = arguments[1 if event == "os.rename" else 0]
    return os.path.relpath(os.fspath(path), DATA_DIR) if isinstance(path, str | Path) else ""


def kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def kill_once_it_stands(path: Path) -> None:
    while not path.exists():
        time.sleep(0.005)
    kill()


def run_until(command: str, wanted: str, pattern: str) -> int:
    """The exit code of a command that is killed before the step; 0 or more where it never came to it."""

    def hook(event: str, arguments: Sequence[object]) -> None:
        if event == wanted and fnmatch.fnmatchcase(subject(event, arguments), pattern):
            kill()

    if wanted == "stands":
        threading.Thread(target=kill_once_it_stands, args=(DATA_DIR / pattern,), daemon=True).start()
    else:
        sys.addaudithook(hook)
    from orchestration.cli import run_command

    return run_command([command])


def main() -> None:
    import duckdb  # noqa: F401
    import great_expectations.expectations  # noqa: F401
    import pandas  # noqa: F401
    import pyarrow.compute
    import pyarrow.parquet  # noqa: F401

    import expectations.batch
    import expectations.data_docs  # noqa: F401
    from orchestration.definitions import defs

    defs()
    for line in sys.stdin:
        command, event, pattern = line.rstrip("\n").split(" ", 2)
        child = os.fork()
        if child == 0:
            os.dup2(2, 1)  # what the command prints is no answer
            os._exit(run_until(command, event, pattern))
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
