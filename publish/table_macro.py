"""What a table macro of the published file is; macros.py makes them, map_macros.py and others say which there are."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class TableMacro:
    """One macro: called as `select * from marts.<name>(<parameters>)`; `query` is a select over tables of marts."""

    name: str
    parameters: tuple[str, ...]
    query: str
    comment: str
