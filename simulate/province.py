"""The simulator: nine district offices of one province send the reports of five periods.

Belongs here: writing the workbooks of an inbox with their moments of receipt, and the truth beside them. The same seed
writes the same bytes, so that sending a sample again is no new submission.
"""

from __future__ import annotations

import copy
import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from ingest.progress import track
from ingest.template import WrittenCells, write_workbook
from simulate.channel import CORRECTED, NIL_ACTIVITIES, Content, Delivery, deliveries
from simulate.faults import Draft, Fault, plant_all, plant_unknown_period, undo_correction
from simulate.reports import World, build_world, report_of
from simulate.submissions import submission_rows
from simulate.truth import truth_tables, write_tables
from simulate.world import DEFAULT_SEED, SAMPLE_PERIODS, chance, period

FORMS_WITH_NIL = ("recognitions", "funding_sources", "helper_assignments", "helper_activities")
PREPARERS = ("Thạch Thị Ngọc", "Nguyễn Văn Phúc", "Trần Thanh Tùng", "Lâm Thị Hồng", "Kim Minh Sang")
APPROVERS = ("Huỳnh Quốc Việt", "Lê Minh Trí", "Phạm Hữu Nghĩa")


@dataclass(frozen=True)
class SimulationSummary:
    """What was written, for a person to read."""

    out_dir: Path
    periods: tuple[str, ...]
    seed: int
    unit_count: int
    workbook_count: int
    fault_count: int


def simulate(out_dir: Path, periods: Sequence[str] = SAMPLE_PERIODS, seed: int = DEFAULT_SEED) -> SimulationSummary:
    """Write out_dir/inbox/<unit>/<file>.xlsx and out_dir/truth/*.parquet for some periods of the sample.

    A workbook's modification time is the moment the office received it. Raises ValueError for a period that is not of
    the sample, before anything is written.
    """
    names = [name for name in SAMPLE_PERIODS if name in {period(wanted)["reporting_period_id"] for wanted in periods}]
    world = build_world(seed)
    sent = [delivery for name in names for delivery in deliveries(world.districts, name, seed)]
    inbox = out_dir / "inbox"
    faults: list[dict[str, Any]] = []
    shas: dict[Delivery, str] = {}
    for delivery in track(sent, "Writing workbooks"):
        path = inbox / delivery.reporting_unit_id / delivery.file_name
        draft, cells = _write(path, world, delivery, seed)
        shas[delivery] = hashlib.sha256(path.read_bytes()).hexdigest()
        moment = delivery.received_at.timestamp()
        os.utime(path, (moment, moment))
        if delivery.content in (Content.FINAL, Content.UNKNOWN_PERIOD):
            faults += [_fault_row(fault, delivery, shas[delivery], cells) for fault in draft.faults]
    tables = truth_tables(world, names)
    tables["submission"] = submission_rows(world.districts, names, sent, faults)
    tables["submission_version"] = [_version_row(delivery, sha) for delivery, sha in shas.items()]
    tables["faults"] = faults
    write_tables(out_dir / "truth", tables)
    return SimulationSummary(out_dir, tuple(names), seed, len(world.districts), len(sent), len(faults))


def _write(path: Path, world: World, delivery: Delivery, seed: int) -> tuple[Draft, WrittenCells]:
    unit, name = delivery.reporting_unit_id, delivery.reporting_period_id
    district = next(place for place in world.districts if place.reporting_unit_id == unit)
    rows = copy.deepcopy(report_of(world, unit, name))
    draft = Draft(rows, [commune.unit_code for commune in district.communes], cover=_cover(unit, name, delivery, seed))
    if delivery.content is Content.UNKNOWN_PERIOD:
        plant_unknown_period(draft)
    else:
        plant_all(draft, unit, name, seed)
    if delivery.content is Content.FIRST:
        undo_correction(draft, seed)
    cells = write_workbook(
        path,
        reporting_unit_id=unit,
        reporting_period_id=name,
        filled=draft.rows,
        cover=draft.cover,
        printed_totals=draft.printed_totals,
        communes=draft.communes,
    )
    return draft, cells


def _cover(unit: str, name: str, delivery: Delivery, seed: int) -> dict[str, object]:
    about = period(name)
    draw = chance(seed, "cover", unit, name)
    # a copy of a file bears the day of the file it copies, so that its bytes are the same
    day: date = max(about["data_to"], about["due_date"] - timedelta(days=draw.randint(5, 9)))
    is_correction = (unit, name) == CORRECTED and delivery.content is Content.FINAL
    return {
        "report_number": f"{draw.randint(40, 480)}/BC-UBND",
        "report_date": day,
        "data_as_of": about["data_to"],
        "preparer_name": chance(seed, "preparer", unit).choice(PREPARERS),
        "preparer_phone": f"0294 {chance(seed, 'phone', unit).randint(3_800_000, 3_899_999)}",
        "approver_name": chance(seed, "approver", unit).choice(APPROVERS),
        "signed_date": day,
        "correction_reason": "Rà soát, sửa số giải ngân; bỏ một dòng ghi nhầm nội dung" if is_correction else None,
        "nil_helper_activities": True if (unit, name) == NIL_ACTIVITIES else None,
    }


def _fault_row(fault: Fault, delivery: Delivery, sha: str, cells: WrittenCells) -> dict[str, Any]:
    sheet = cell = None
    if fault.cell_key is not None and fault.column_name is not None:
        sheet, cell = cells.at(fault.form, fault.cell_key, fault.column_name)
    return {
        "file_name": delivery.file_name,
        "sha256": sha,
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
        "file_name": delivery.file_name,
        "sha256": sha,
        "received_at": delivery.received_at,
        "content": str(delivery.content),
    }
