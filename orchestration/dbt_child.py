"""dbt in a process that ends when the one that started it ends, however that happens.

Belongs here: nothing else. Without it a killed run would leave dbt writing into the warehouse, without the run's lock.
"""

from __future__ import annotations

import os
import threading


def _end_with_starter() -> None:
    # The starter holds the other end and writes nothing: the end of input is the end of the starter.
    # Read past Python's buffer: a thread that holds its lock makes the interpreter die at its ordinary end.
    os.read(0, 1)
    os._exit(1)


def main() -> None:
    """Run the dbt command line with this process's arguments."""
    threading.Thread(target=_end_with_starter, daemon=True).start()
    from dbt.cli.main import cli

    cli()


if __name__ == "__main__":
    main()
