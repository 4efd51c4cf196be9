"""The file of a delivery: the report that an office sends, with its slips, in the cells that it types.

Belongs here: from the rows of the world to the bytes in the inbox. Does not belong here: which files are sent
(channel.py), what the slips are (faults.py) and how sheets are typed messily (mess.py).
"""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from ingest.template import WrittenCells, write_workbook
from simulate.channel import CORRECTED, SHORT_NAMES, Content, Delivery
from simulate.faults import REJECTED, Draft, Fault, plant_all, plant_unknown_period, undo_correction
from simulate.later import HANDED_OVER, LAST_OF_DISTRICTS
from simulate.mess import MESSES, join
from simulate.mess_scan import write_scan
from simulate.planted import NONE
from simulate.reports import Rows, World, nothing_to_report, report_of
from simulate.world import SAMPLE_PERIODS, chance, period

PREPARERS = ("Thạch Thị Ngọc", "Nguyễn Văn Phúc", "Trần Thanh Tùng", "Lâm Thị Hồng", "Kim Minh Sang")
APPROVERS = ("Huỳnh Quốc Việt", "Lê Minh Trí", "Phạm Hữu Nghĩa")


@dataclass(frozen=True)
class Written:
    """What stands in a file: the faults of its report, and the cells they are in."""

    faults: tuple[Fault, ...]
    cells: WrittenCells


def write_file(path: Path, world: World, reports: Sequence[Delivery], seed: int) -> Written:
    """Write the file that holds these reports, the first of them first; several share one workbook, and have no faults.

    The same reports make the same bytes.
    """
    first = reports[0]
    unit, name = first.reporting_unit_id, first.reporting_period_id
    if first.content is Content.SCAN:
        write_scan(path, f"BAO CAO NONG THON MOI {SHORT_NAMES[name][0]} - {unit}")
        return Written((_is_scan(unit, name),), WrittenCells())
    mess = MESSES.get((unit, name))
    if mess is None and len(reports) == 1:
        return _write_clean(path, world, first, seed)
    with tempfile.TemporaryDirectory() as scratch:
        clean = [Path(scratch) / f"{number}.xlsx" for number in range(len(reports))]
        written = [_write_clean(to, world, report, seed) for to, report in zip(clean, reports, strict=True)]
        assert not any(one.faults for one in written), f"{unit} {name}: cells of faults would move"
        if mess is None:
            join(clean, path, period(name)["opens_on"])
            return Written((), WrittenCells())
        path.parent.mkdir(parents=True, exist_ok=True)
        left = mess(clean[0], path, period(name)["opens_on"], chance(seed, "mess", unit, name))
    cells = WrittenCells(
        {(str(fault.form), fault.cell_key or (), str(fault.column_name)): place for fault, place in left}
    )
    return Written(tuple(fault for fault, _ in left), cells)


def _write_clean(path: Path, world: World, delivery: Delivery, seed: int) -> Written:
    """The template of the office, filled in."""
    unit, name = delivery.reporting_unit_id, delivery.reporting_period_id
    district = world.unit(unit, name)
    rows = copy.deepcopy(report_of(world, unit, name))
    draft = Draft(rows, [commune.unit_code for commune in district.communes], cover=_cover(unit, name, delivery, seed))
    if delivery.content is Content.UNKNOWN_PERIOD:
        plant_unknown_period(draft)
    else:
        plant_all(draft, unit, name, seed)
    if delivery.content is Content.FIRST:
        undo_correction(draft, seed)
    draft.cover |= nothing_to_report(draft.rows, name)
    if name == LAST_OF_DISTRICTS:
        draft.faults += _handed_over(unit, name, report_of(world, unit, SAMPLE_PERIODS[-1]))
    cells = write_workbook(
        path,
        reporting_unit_id=unit,
        reporting_period_id=name,
        filled=draft.rows,
        cover=draft.cover,
        printed_totals=draft.printed_totals,
        communes=draft.communes,
    )
    return Written(tuple(draft.faults), cells)


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
    }


def _handed_over(unit: str, name: str, before: Mapping[str, Rows]) -> list[Fault]:
    """Registers that held rows before cannot be nil; the office remarks on each."""
    return [
        Fault(
            unit,
            name,
            "cover",
            "nil_but_reported_before",
            "warning",
            f"nil_{form}",
            {},
            (unit,),
            None,
            "Có",
            True,
            NONE,
        )
        for form in HANDED_OVER
        if before.get(form)
    ]


def _is_scan(unit: str, name: str) -> Fault:
    """A picture of a report is returned: nobody types it in for its sender."""
    return Fault(unit, name, None, "file_is_pdf_or_image", "blocking", None, {}, None, None, None, None, REJECTED)
