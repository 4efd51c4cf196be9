"""Townships and wards on the civilised-urban set: what they meet, and when they registered for the title.

Who bears the title meets all nine criteria but for a lapse here and there; the second township of Trà Cú closes its
gaps until it is recognised in November 2023. The marks join the truth of criteria (truth_criteria.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.indicators import MET, UNMET
from simulate.planted import Report, Rows, report_of_row
from simulate.topic import Topic, Truth
from simulate.world import chance, period, unit_id_on, units_in

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "township_criteria"
TOWN_SET, TITLE = "DTVM_2022", "DTVM"
DUE_IN = ("6_months", "year")
LATE_TOWN = "29462"  # Định An, of Trà Cú
LATE_TOWN_MET = {"2022Y": 6, "2023M06": 7, "2023Y": 9, "2025M06": 9}
LATE_TOWN_REGISTERED = date(2021, 10, 15)
LAPSE_PERIOD, LAPSED_CRITERION = "2023M06", "3"
REMARK = "Tiêu chí {} chưa đạt: đang khắc phục theo kế hoạch của thị trấn, phường"

Marks = dict[tuple[str, str, str], str]  # (reporting unit, township, criterion) -> mark


def criteria_numbers() -> list[str]:
    """The criteria of the set in order."""
    numbers = sorted(row["criterion_no"] for row in reference.rows("criteria") if row["set_code"] == TOWN_SET)
    return [str(number) for number in numbers]


def town_marks(world: World, name: str) -> Marks:
    """Every mark of every township and ward in a period."""
    found: Marks = {}
    for district in units_in(world.seed, name):
        for code in district.towns:
            unmet = _unmet(world.seed, code, name)
            for number in criteria_numbers():
                found[district.reporting_unit_id, code, number] = UNMET if number in unmet else MET
    return found


def registered_on(seed: int, code: str) -> date:
    """The day on which a township registered for its first title, two years or more before it was given."""
    if code == LATE_TOWN:
        return LATE_TOWN_REGISTERED
    draw = chance(seed, "registered", code)
    return date(2020, draw.randint(3, 8), draw.randint(2, 27))


def _unmet(seed: int, code: str, name: str) -> set[str]:
    if code == LATE_TOWN:
        order = chance(seed, "town order", code).sample(criteria_numbers(), len(criteria_numbers()))
        return set(order[LATE_TOWN_MET[name] :])
    lapses = name == LAPSE_PERIOD and chance(seed, "town lapse", code).random() < 0.15
    return {LAPSED_CRITERION} if lapses else set()


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    """The rows of a unit's sheet."""
    if period(name)["period_type"] not in DUE_IN:
        return {}
    marks = {key: mark for key, mark in town_marks(world, name).items() if key[0] == unit}
    rows: Rows = []
    for (_, code, number), mark in marks.items():
        unmet = [other for (_, town, other), said in marks.items() if town == code and said == UNMET]
        rows.append(
            {
                "criteria_set_code": TOWN_SET,
                "commune_code": code,
                "registered_on": registered_on(world.seed, code),
                "criterion_no": number,
                "mark": mark,
                "criteria_met": len(criteria_numbers()) - len(unmet),
                "explanation": REMARK.format(", ".join(sorted(unmet, key=int))) if unmet else None,
            }
        )
    return {FORM: rows}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """Registrations by period."""
    rows: Rows = []
    for name in names:
        about = period(name)
        if about["period_type"] not in DUE_IN:
            continue
        for district in units_in(world.seed, name):
            for code in district.towns:
                rows.append(_registration(world.seed, district.reporting_unit_id, code, name, about["data_to"]))
    return {"township_registration": rows}


def _registration(seed: int, unit: str, code: str, name: str, closing: date) -> dict[str, Any]:
    return {
        "reporting_period_id": name,
        "reporting_unit_id": unit,
        "unit_id": unit_id_on(code, closing),
        "registered_on": registered_on(seed, code),
        "criteria_met": len(criteria_numbers()) - len(_unmet(seed, code, name)),
    }


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    """Registrations of the reports that were sent."""
    return {"fct_township_registration": [row for row in truth["township_registration"] if report_of_row(row) in sent]}


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    goes_on=True,
    keys={"fct_township_registration": ("reporting_period_id", "reporting_unit_id", "unit_id")},
)
