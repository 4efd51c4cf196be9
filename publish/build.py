"""A build: one published, immutable edition of the marts, and the pointer that says which one is current.

Belongs here: reading `current.json` and `build.json`. Does not belong here: making a build (publication.py).
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from ingest.settings import Settings

POINTER = "current.json"
BUILD_FILE = "build.json"
DATABASE = "marts.duckdb"
PARQUET = "parquet"
DATA = "data.parquet"
LINKS = (DATABASE, PARQUET)


@dataclass(frozen=True)
class PublishedTable:
    """One mart: its rows, and the sha256 of its Parquet file (rows in a fixed order, so equal rows are equal bytes)."""

    table: str
    row_count: int
    sha256: str


@dataclass(frozen=True)
class Build:
    """`folder` is where the build lies; open files there, never through the links, while a new build may appear."""

    build_id: str
    inputs_digest: str
    made_at: str  # ISO instant, UTC
    province_code: str
    tables: tuple[PublishedTable, ...]
    folder: Path

    @property
    def database(self) -> Path:
        return self.folder / DATABASE

    @property
    def row_counts(self) -> dict[str, int]:
        return {table.table: table.row_count for table in self.tables}

    def parquet(self, table: str) -> Path:
        return self.folder / PARQUET / table / DATA

    def is_whole(self) -> bool:
        """Whether every file that the build promises is there."""
        return self.database.exists() and all(self.parquet(table.table).exists() for table in self.tables)

    def is_linked(self) -> bool:
        """Whether the links beside the build's folder, which people open, lead into it."""
        return all((self.folder.parent / link).resolve() == (self.folder / link).resolve() for link in LINKS)

    def as_json(self) -> dict[str, Any]:
        return {name: value for name, value in asdict(self).items() if name != "folder"}


def read_build(folder: Path) -> Build | None:
    """The build that lies in a folder; None where there is none."""
    try:
        content = json.loads((folder / BUILD_FILE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    content["tables"] = tuple(PublishedTable(**table) for table in content["tables"])
    return Build(**content, folder=folder)


def current_build(settings: Settings) -> Build | None:
    """The build that `published/current.json` names; None before the first one, or when its folder is gone."""
    try:
        pointer = json.loads((settings.published_dir / POINTER).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return read_build(settings.published_dir / pointer["build_id"])
