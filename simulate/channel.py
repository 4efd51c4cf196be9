"""How the reports reach the office: when, under which name, how often.

Most arrive in the last days before the due date. The exceptions are told by unit and period below: one late, one sent
twice, one corrected, one with an unknown period that is sent again, one that never comes, one that comes with the next
period's in the same workbook, one put into another unit's folder first, one sent as a scan first. What is typed messily
is declared in mess.py.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from ingest.settings import OFFICE_TIME_ZONE
from simulate.world import District, chance, period

LATE = ("847", "2023M06")
SENT_TWICE = ("846", "2023Q1")
CORRECTED = ("844", "2023M06")
UNKNOWN_PERIOD = ("845", "2023M09")
MISSING = ("851", "2023M09")
WITH_NEXT = ("847", "2022Y")
WITH_NEXT_IN = ("847", "2023Q1")
OTHER_FOLDER = ("849", "2022Y")
FOLDER_OF_OTHER = "848"
SCANNED = ("851", "2022Y")
DAYS_LATE = 3
SHORT_NAMES = {
    "2022Y": ("Nam 2022", "2022"),
    "2023Q1": ("Quy I-2023", "Q1.2023"),
    "2023M06": ("6 thang 2023", "6T.2023"),
    "2023M09": ("9 thang 2023", "9T.2023"),
    "2023Y": ("Nam 2023", "2023 (chinh thuc)"),
    "2025M06": ("6 thang 2025", "6T.2025"),
    "2025M09": ("9 thang 2025", "9T.2025"),
    "2026Q1": ("Quy I-2026", "Q1.2026"),
}


class Content(StrEnum):
    """What a file holds."""

    FINAL = "final"
    SAME = "same"  # the bytes of the final one under another name
    FIRST = "first"  # the version that a correction replaces
    UNKNOWN_PERIOD = "unknown_period"
    MISPLACED = "misplaced"  # the bytes of the final one in the folder of another unit
    SCAN = "scan"  # a picture of the report, no workbook


COPIES = (Content.SAME, Content.MISPLACED)  # no files of their own: another delivery has the same bytes
UNIDENTIFIED = (Content.UNKNOWN_PERIOD, Content.SCAN)  # of no report, as far as the office can tell


@dataclass(frozen=True)
class Delivery:
    """One report in a file of the inbox; the further reports of a file have part numbers from 2."""

    reporting_unit_id: str
    reporting_period_id: str
    file_name: str
    received_at: datetime
    content: Content
    folder: str
    part_no: int = 1


def deliveries(districts: Iterable[District], name: str, seed: int) -> list[Delivery]:
    """The files of a period in order of unit and arrival; none for a unit that does not report."""
    due = period(name)["due_date"]
    found: list[Delivery] = []
    for district in districts:
        unit = district.reporting_unit_id
        draw = chance(seed, "channel", unit, name)

        def moment(days: int, unit: str = unit) -> datetime:
            clock = chance(seed, "clock", unit, name, days)
            at = time(clock.randint(7, 16), clock.randint(0, 59), clock.randint(0, 59))
            return datetime.combine(due + timedelta(days=days), at, OFFICE_TIME_ZONE)

        def send(
            file_name: str,
            at: datetime,
            content: Content,
            folder: str = "",
            period_id: str = name,
            unit: str = unit,
        ) -> None:
            part_no = 1 if period_id == name else 2
            found.append(Delivery(unit, period_id, file_name, at, content, folder or unit, part_no))

        base = _file_name(district, name, draw.randrange(4))
        usual = moment(-draw.randint(0, 5))
        match (unit, name):
            case key if key in (MISSING, WITH_NEXT):
                continue
            case key if key == LATE:
                send(f"{base}.xlsx", moment(DAYS_LATE), Content.FINAL)
            case key if key == SENT_TWICE:
                send(f"{base}.xlsx", moment(-4), Content.FINAL)
                send(f"{base} (2).xlsx", moment(-3), Content.SAME)
            case key if key == CORRECTED:
                send(f"{base}.xlsx", moment(-2), Content.FIRST)
                send(f"{base} (sua lan 2) final.xlsx", moment(10), Content.FINAL)
            case key if key == UNKNOWN_PERIOD:
                send(f"{base}.xlsx", moment(-5), Content.UNKNOWN_PERIOD)
                send(f"{base} (gui lai).xlsx", moment(-1), Content.FINAL)
            case key if key == WITH_NEXT_IN:
                send(f"{base}.xlsx", usual, Content.FINAL)
                send(f"{base}.xlsx", usual, Content.FINAL, period_id=WITH_NEXT[1])
            case key if key == OTHER_FOLDER:
                send(f"{base}.xlsx", moment(-4), Content.MISPLACED, FOLDER_OF_OTHER)
                send(f"{base}.xlsx", moment(-2), Content.FINAL)
            case key if key == SCANNED:
                send(f"{base}.pdf", moment(-3), Content.SCAN)
                send(f"{base}.xlsx", moment(-1), Content.FINAL)
            case _:
                send(f"{base}.xlsx", usual, Content.FINAL)
    return found


def _file_name(district: District, name: str, style: int) -> str:
    long, short = SHORT_NAMES[name]
    place = district.short_name
    return (
        f"Bao cao NTM {_plain(place)} {long}",
        f"Biểu NTM {short} {district.name_vi}",
        f"BC_NTM_{_plain(place).replace(' ', '_')}_{short.replace(' ', '_')}",
        f"{_plain(place)} - bieu mau NTM {long}",
    )[style]


def _plain(text: str) -> str:
    """Without tone marks, as people name files; Đ does not decompose."""
    decomposed = unicodedata.normalize("NFD", text.replace("Đ", "D").replace("đ", "d"))
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign))
