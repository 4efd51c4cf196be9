"""Recognitions of the sample province: the real ones known, and plausible ones where the press is silent.

The counts that the press gives are kept: on 07/04/2022 80 of 85 communes were recognised and 27 advanced, on
09/05/2022 82; early in 2024 85 of 85, 40 advanced and 4 model. Which communes fill them up is drawn, and so is every
decision number or date that reference data leaves open.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from ingest import reference
from simulate.world import MERGED_ON, District, all_communes, chance, unit_id_on

WAITING = ("29476", "29482", "29489")  # of Trà Cú: completed, not yet recognised in 2023; which three is assumed
ADVANCED_IN_2022 = {"842": 1, "844": 5, "845": 3, "846": 5, "847": 4, "848": 3, "849": 2, "850": 2, "851": 2}
APRIL_2022 = date(2022, 4, 7)
FIRST_DAY = date(2022, 12, 14)  # the first closing day of the sample; every earlier unit stands
# (decision date, year recognised) -> advanced communes by district; 31 by March 2023, 40 by the end of 2023
LATER_ADVANCED = {
    (date(2023, 2, 10), 2022): {"844": 1, "846": 1, "847": 1, "851": 1},
    (date(2023, 11, 15), 2023): {"845": 2, "844": 1, "846": 1, "847": 1},
    (date(2023, 12, 25), 2023): {"844": 1, "847": 1, "850": 1, "851": 1},
}
WAITING_RECOGNISED = (date(2023, 11, 28), date(2023, 11, 28), date(2023, 12, 22))
MODEL = {date(2023, 12, 5): ("846", "CDS"), date(2023, 12, 25): ("847", "VH"), date(2023, 12, 26): ("844", "MT")}
KNOWN_MODEL_DATE = date(2023, 12, 5)
# decisions that the press names without number or date, filled as an office would
DISTRICT_DECISIONS = {
    ("846", "HUYEN_NTM"): (2018, "2016-2020", "1131/QĐ-TTg", date(2019, 9, 6)),
    ("851", "TXTP_HTNV"): (2018, "2016-2020", "1132/QĐ-TTg", date(2019, 9, 6)),
    ("845", "HUYEN_NTM"): (2019, "2016-2020", "1560/QĐ-TTg", date(2020, 10, 14)),
    ("844", "HUYEN_NTM"): (2019, "2016-2020", "1561/QĐ-TTg", date(2020, 10, 14)),
    ("842", "TXTP_HTNV"): (2019, "2016-2020", "1820/QĐ-TTg", date(2020, 11, 13)),
}


@dataclass(frozen=True)
class Recognition:
    """One event of the register."""

    unit_code: str
    reporting_unit_id: str
    subject_level: str
    title_code: str
    stage_code: str
    act_code: str
    year_recognised: int
    decision_no: str
    decision_date: date
    model_field: str | None = None

    @property
    def unit_id(self) -> str:
        """The unit of the day of the decision; codes live on in units merged from others."""
        is_merged = self.decision_date >= MERGED_ON
        return unit_id_on(self.unit_code, MERGED_ON if is_merged else FIRST_DAY)


def recognitions(districts: Sequence[District], seed: int) -> list[Recognition]:
    """Every recognition of the province to the spring of 2024, in order of decision date."""
    draw = chance(seed, "recognitions")
    district_of = {commune.unit_code: commune.reporting_unit_id for commune in all_communes(districts)}
    known = [row for row in reference.rows("known_recognitions") if row["level"] == "commune"]
    events = _advanced(draw, district_of, {row["unit_code"] for row in known if row["title_code"] == "NTM_NC"})
    advanced = {event.unit_code for event in events}
    events += _ntm(draw, district_of, {row["unit_code"]: row for row in known if row["title_code"] == "NTM"}, advanced)
    events += _model(draw, district_of, events)
    events += _renewals(events)
    events += _towns(draw, districts)
    events += _districts()
    return sorted(events, key=lambda event: (event.decision_date, event.unit_code, event.title_code))


def held_on(events: Iterable[Recognition], title_code: str, day: date) -> set[str]:
    """Codes of the units that hold a title on a day; the sample has no withdrawal."""
    return {event.unit_code for event in events if event.title_code == title_code and event.decision_date <= day}


def assessed_from(events: Iterable[Recognition], title_code: str) -> dict[str, date]:
    """Code of a unit -> the day on which the title was first given or renewed to it on the set of 2021-2025."""
    found: dict[str, date] = {}
    for event in sorted(events, key=lambda event: event.decision_date):
        if event.title_code == title_code and event.stage_code == "2021-2025":
            found.setdefault(event.unit_code, event.decision_date)
    return found


def _ntm(
    draw: random.Random, district_of: dict[str, str], known: dict[str, dict[str, Any]], advanced: set[str]
) -> list[Recognition]:
    events = []
    for code, district in district_of.items():
        if code in WAITING:
            day = WAITING_RECOGNISED[WAITING.index(code)]
            events.append(_event(draw, code, district, "NTM", 2023, day, "2021-2025"))
        elif code in known:
            day = known[code]["decision_date"]
            number = known[code]["decision_no"]
            if number is not None:  # the press gives two numbers for two communes
                number = f"{834 if code == '29443' else 835}/QĐ-UBND"
            events.append(_event(draw, code, district, "NTM", 2021, day, "2016-2020", number))
        else:
            last = 2017 if code in advanced else 2020  # the advanced title comes at least two years later
            year = draw.randint(2014, last)
            stage = "2011-2015" if year <= 2015 else "2016-2020"
            day = date(year + 1, draw.choice((1, 2, 3)), draw.randint(3, 27))
            events.append(_event(draw, code, district, "NTM", year, day, stage))
    return events


def _advanced(draw: random.Random, district_of: dict[str, str], known: set[str]) -> list[Recognition]:
    """Advanced titles by district counts."""
    of_april = {"29284", "29296", "29305", "29536", "29491", "29503"}
    of_2023 = {"29329", "29311"}
    model = "29338"
    taken: set[str] = set()
    events: list[Recognition] = []

    def pick(district: str, count: int, among: Iterable[str]) -> list[str]:
        free = [code for code in among if district_of[code] == district and code not in taken | set(WAITING)]
        return draw.sample(sorted(free), count)

    blocked = {row["unit_code"] for row in reference.rows("known_recognitions") if row["title_code"] == "NTM"}
    open_to = [code for code in district_of if code not in blocked | of_2023]
    early: list[str] = []
    for district, count in ADVANCED_IN_2022.items():
        fixed = [code for code in district_of if district_of[code] == district and code in (known - of_2023) | {model}]
        taken |= set(fixed)
        drawn = pick(district, count - len(fixed), open_to)
        taken |= set(drawn)
        early += fixed + drawn
    april = of_april | set(draw.sample(sorted(set(early) - of_april - {model}), 5))
    for code in early:
        if code in april:
            year, day = 2021, APRIL_2022
        else:
            year = draw.choice((2019, 2020))
            day = date(year + 1, draw.choice((3, 4, 5)), draw.randint(3, 27))
        events.append(_event(draw, code, district_of[code], "NTM_NC", year, day, "2018-2020"))
    for (day, year), counts in LATER_ADVANCED.items():
        for district, count in counts.items():
            chosen = sorted(of_2023) if district == "845" else pick(district, count, open_to)
            taken |= set(chosen)
            for code in chosen:
                events.append(_event(draw, code, district_of[code], "NTM_NC", year, day, "2021-2025"))
    return events


def _model(draw: random.Random, district_of: dict[str, str], events: list[Recognition]) -> list[Recognition]:
    chosen = [("29338", KNOWN_MODEL_DATE, "SX")]
    for day, (district, field) in MODEL.items():
        early = sorted(held_on(events, "NTM_NC", APRIL_2022))
        chosen.append((draw.choice([code for code in early if district_of[code] == district]), day, field))
    return [
        _event(draw, code, district_of[code], "NTM_KM", 2023, day, "2021-2025", None, field)
        for code, day, field in chosen
    ]


def _renewals(events: list[Recognition]) -> list[Recognition]:
    """Two advanced titles of the earlier stage renewed on the sets of 2021-2025."""
    early = [event for event in events if event.title_code == "NTM_NC" and event.decision_date < APRIL_2022]
    day = date(2023, 8, 18)
    return [
        Recognition(
            event.unit_code, event.reporting_unit_id, "commune", "NTM_NC", "2021-2025", "renewal", 2023, number, day
        )
        for event, number in zip(early[:2], ("1215/QĐ-UBND", "1216/QĐ-UBND"), strict=True)
    ]


def _towns(draw: random.Random, districts: Sequence[District]) -> list[Recognition]:
    """Civilised-urban titles of wards and townships; the second township of Trà Cú follows in November 2023."""
    events = []
    for district in districts:
        for code in district.towns:
            day = date(2023, 11, 20) if code == "29462" else date(2022, draw.randint(9, 11), draw.randint(3, 27))
            event = _event(draw, code, district.reporting_unit_id, "DTVM", day.year, day, "2021-2025")
            events.append(event)
    return events


def _districts() -> list[Recognition]:
    events = []
    for row in reference.rows("known_recognitions"):
        if row["level"] != "district":
            continue
        code, title = row["unit_code"], row["title_code"]
        filled = DISTRICT_DECISIONS.get((code, title))
        year, stage, number, day = filled or (
            row["year_recognised"],
            row["stage"],
            str(row["decision_no"]).split(" hoặc ")[0],
            row["decision_date"],
        )
        if "/" not in number:
            number = f"{int(number) + (code == '846')}/QĐ-TTg"  # one of two numbers for two districts
        events.append(Recognition(code, code, "district", title, stage, "first", year, number, day))
    return events


def _event(
    draw: random.Random,
    code: str,
    district: str,
    title: str,
    year: int,
    day: date,
    stage: str,
    number: str | None = None,
    field: str | None = None,
) -> Recognition:
    while day.weekday() >= 5:  # decisions are signed on working days
        day += timedelta(days=1)
    drawn = f"{draw.randint(120, 2900)}/QĐ-UBND"
    return Recognition(code, district, "commune", title, stage, "first", year, number or drawn, day, field)
