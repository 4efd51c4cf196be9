"""The simulator: the offices of one province send their reports, on the map of districts and on the one after it.

Belongs here: writing the workbooks of an inbox with their moments of receipt, and the truth beside them. The same seed
writes the same bytes, so that sending a sample again is no new submission.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.progress import track
from ingest.template import WrittenCells
from simulate.channel import COPIES, UNIDENTIFIED, Content, Delivery, deliveries
from simulate.faults import Fault
from simulate.reports import build_world
from simulate.submissions import submission_rows
from simulate.truth import truth_tables, write_tables
from simulate.workbooks import Written, write_file
from simulate.world import DEFAULT_SEED, EVERY_PERIOD, period, units_in


@dataclass(frozen=True)
class SimulationSummary:
    """What was written, for a person to read."""

    out_dir: Path
    periods: tuple[str, ...]
    seed: int
    unit_count: int
    workbook_count: int
    fault_count: int


def simulate(out_dir: Path, periods: Sequence[str] = EVERY_PERIOD, seed: int = DEFAULT_SEED) -> SimulationSummary:
    """Write out_dir/inbox/<folder>/<file> and out_dir/truth/*.parquet for some periods of the sample.

    A file's modification time is the moment the office received it. A report that comes with the next period's in one
    workbook comes when that period is asked for too. Raises ValueError for a period that is not of
    the sample, before anything is written.
    """
    names = [name for name in EVERY_PERIOD if name in {period(wanted)["reporting_period_id"] for wanted in periods}]
    world = build_world(seed)
    sent = [
        delivery
        for name in names
        for delivery in deliveries(units_in(seed, name), name, seed)
        if delivery.reporting_period_id in names
    ]
    faults: list[dict[str, Any]] = []
    shas: dict[Delivery, str] = {}
    finals: dict[tuple[str, str], tuple[Path, Written]] = {}  # a copy has the same bytes
    for path, reports in track(list(_files(out_dir / "inbox", sent).items()), "Writing workbooks"):
        first = reports[0]
        report = (first.reporting_unit_id, first.reporting_period_id)
        is_final = first.content in (Content.FINAL, *COPIES)
        if is_final and report in finals:
            source, written = finals[report]
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, path)
        else:
            written = write_file(path, world, reports, seed)
        shas |= dict.fromkeys(reports, hashlib.sha256(path.read_bytes()).hexdigest())
        moment = first.received_at.timestamp()
        os.utime(path, (moment, moment))
        if is_final:
            finals[report] = path, written
        if first.content in (Content.FINAL, *UNIDENTIFIED):
            faults += [_fault_row(fault, first, shas[first], written.cells) for fault in written.faults]
    tables = truth_tables(world, names)
    tables["submission"] = submission_rows(seed, names, sent, faults)
    tables["submission_version"] = [_version_row(delivery, sha) for delivery, sha in shas.items()]
    tables["faults"] = faults
    write_tables(out_dir / "truth", tables)
    units = len({delivery.reporting_unit_id for delivery in sent})
    files = len({(delivery.folder, delivery.file_name) for delivery in sent})
    return SimulationSummary(out_dir, tuple(names), seed, units, files, len(faults))


def _files(inbox: Path, sent: Sequence[Delivery]) -> dict[Path, list[Delivery]]:
    """The files of the inbox with the reports in each, in order."""
    files: dict[Path, list[Delivery]] = {}
    for delivery in sent:
        files.setdefault(inbox / delivery.folder / delivery.file_name, []).append(delivery)
    return files


def _submission_id(delivery: Delivery, sha: str) -> str:
    return sha[:16] if delivery.part_no == 1 else f"{sha[:16]}-{delivery.part_no}"


def _fault_row(fault: Fault, delivery: Delivery, sha: str, cells: WrittenCells) -> dict[str, Any]:
    sheet = cell = None
    if fault.form is not None and fault.cell_key is not None and fault.column_name is not None:
        sheet, cell = cells.at(fault.form, fault.cell_key, fault.column_name)
    return {
        "file_name": delivery.file_name,
        "sha256": sha,
        "submission_id": _submission_id(delivery, sha),
        "reporting_unit_id": fault.reporting_unit_id,
        "reporting_period_id": fault.reporting_period_id,
        "form": fault.form,
        "sheet": sheet,
        "cell": cell,
        "row_key": fault.row_key,
        "column_name": fault.column_name,
        "rule_id": fault.rule_id,
        "severity": fault.severity,
        "original": fault.original,
        "planted": fault.planted,
        "planted_value": None if fault.planted_value is None else str(fault.planted_value),
        "effect": fault.effect,
    }


def _version_row(delivery: Delivery, sha: str) -> dict[str, Any]:
    return {
        "reporting_unit_id": delivery.reporting_unit_id,
        "reporting_period_id": delivery.reporting_period_id,
        "folder": delivery.folder,
        "file_name": delivery.file_name,
        "sha256": sha,
        "submission_id": _submission_id(delivery, sha),
        "received_at": delivery.received_at,
        "content": str(delivery.content),
    }
