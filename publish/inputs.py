"""What a build is made from, as one digest: ledger, reference data, dbt project, province, what is expected by now.

Belongs here: the digests by which a build is known to be current, and the record of what the warehouse was built from.
Does not belong here: deciding to build (orchestration/pipeline.py), making the publication (publication.py).
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ingest import ledger, reference
from ingest.expected import expected_digest
from ingest.settings import PROJECT_ROOT, Settings

LAYOUT = "2"  # raise it when published files would be laid out otherwise from the same marts

DBT_PROJECT_DIR = PROJECT_ROOT / "dbt_project"

_MADE_BY_DBT = {"target", "logs", "dbt_packages", ".user.yml"}
_ASKED_OF_MARTS = "analyses"  # a question is no part of what it is asked of


@dataclass(frozen=True)
class WarehouseRecord:
    """What the warehouse file was last built from; written only once dbt has succeeded."""

    inputs_digest: str
    basis_digest: str
    ledger_files: tuple[str, ...] = ()
    expected: Mapping[str, str] = field(default_factory=dict)  # digest of what was expected, by period


def dbt_project_digest() -> str:
    """Changes whenever a file of the dbt project changes; but for questions and what dbt itself makes."""
    digest = hashlib.sha256()
    for path in sorted(DBT_PROJECT_DIR.rglob("*")):
        below = path.relative_to(DBT_PROJECT_DIR)
        if below.parts[0] == _ASKED_OF_MARTS:
            continue
        if path.is_file() and not _MADE_BY_DBT.intersection(below.parts) and "__pycache__" not in below.parts:
            digest.update(below.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def basis_digest(settings: Settings) -> str:
    """Changes whenever rows that a history already holds would be made otherwise today.

    Histories are appended to; under another project, reference data, province, parser or rule book they are begun anew.
    """
    from expectations.catalogue import rules_id
    from ingest.reading import parse_id

    parts = (dbt_project_digest(), reference.digest(), settings.province_code, parse_id(), rules_id())
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def ledger_digest(settings: Settings) -> str:
    """Changes with every row that the ledger takes in.

    It is append-only and its files are named once and for ever, so names and sizes speak for the content.
    """
    digest = hashlib.sha256()
    for table in sorted(ledger.TABLES):
        for path in sorted((settings.ledger_dir / table).glob("*.parquet")):
            if not path.name.startswith(("_", ".")):
                digest.update(f"{table}/{path.name}:{path.stat().st_size}\n".encode())
    return digest.hexdigest()


def inputs_digest(settings: Settings) -> str:
    """Changes whenever a build would read something else than before; with time alone, as a period opens."""
    digest = hashlib.sha256(ledger_digest(settings).encode())
    asked_by = (dbt_project_digest(), _macros_digest(), LAYOUT, settings.province_code)
    for part in (reference.digest(), *asked_by, expected_digest(settings)):
        digest.update(part.encode() + b"\n")
    return digest.hexdigest()


def record_warehouse(settings: Settings, record: WarehouseRecord) -> None:
    """Remember what the warehouse file was built from, in one atomic step."""
    write_json(_record_file(settings), asdict(record))


def recorded_warehouse(settings: Settings) -> WarehouseRecord | None:
    """What the warehouse file was last built from; None when it is missing or its record is."""
    if not settings.warehouse_file.exists():
        return None
    try:
        content = json.loads(_record_file(settings).read_text(encoding="utf-8"))
        return WarehouseRecord(**{**content, "ledger_files": tuple(content["ledger_files"])})
    except (FileNotFoundError, ValueError, TypeError, KeyError):
        return None


def forget_warehouse(settings: Settings) -> None:
    """Call before the warehouse is changed: a killed dbt leaves a file that nobody vouches for."""
    _record_file(settings).unlink(missing_ok=True)


def write_json(target: Path, content: object) -> None:
    """Write a JSON file under a dot-name, force it to disk, then rename it into place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_name(f".{target.name}.tmp")
    with unfinished.open("w", encoding="utf-8") as handle:
        json.dump(content, handle, ensure_ascii=False, indent=2)
        handle.write("\n")
        handle.flush()
        os.fsync(handle.fileno())
    unfinished.replace(target)


def _macros_digest() -> str:
    """Changes with the macros that a published file offers: they are part of a build, though not of the dbt project."""
    modules = sorted(Path(__file__).parent.glob("macros*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in modules)).hexdigest()


def _record_file(settings: Settings) -> Path:
    return settings.warehouse_dir / "built_from.json"
