"""Valid reports, as small as the office accepts them without a word: faults are planted into copies of these.

Belongs here: what a clean report of each base holds. The city has one rural commune and reports four periods in a row;
its first year, its June and its second year are bases. The district is recognised in its period; spring of 2025 and of
2026 show the end of agencies and of districts.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from ingest import reference
from ingest.settings import OFFICE_TIME_ZONE
from ingest.spec import load_specs
from ingest.template_rows import indicator_rows
from simulate.planting.report import Report, Row
from simulate.reports import build_world, nothing_to_report, report_of
from simulate.world import DEFAULT_SEED

CITY, COMMUNE, DISTRICT, NEW_COMMUNE = "842", "29263", "850", "28807"
PERIODS = ("2022Y", "2023Q1", "2023M06")
MILLION = Decimal(1_000_000)
TOWN_SET = "NTM_TXTP_2021"
# by kind of period: the share of money that is spent, of work that is done
PACE = {"2022Y": (Decimal("0.9"), Decimal("0.95")), "2023Q1": (Decimal("0.15"), Decimal("0.2")),
        "2023M06": (Decimal("0.4"), Decimal("0.45")), "2023Y": (Decimal("0.9"), Decimal("0.95"))}  # fmt: skip


@cache
def bases() -> dict[str, Report]:
    """Every base by its name; reports before it hang on `before`."""
    year, quarter, half = (_city(name) for name in PERIODS)
    half.before, quarter.before = quarter, year
    end = _city("2023Y")
    end.before = half
    return {
        "city": half,
        "city_year": _city("2022Y"),
        "city_end": end,
        "district": _district(),
        "spring_2025": _small(CITY, "2025Q1"),
        "spring_2026": _small(NEW_COMMUNE, "2026Q1"),
    }


def _city(name: str) -> Report:
    rows = report_of(build_world(DEFAULT_SEED), CITY, name)
    about = _period(name)
    report = Report(
        CITY, name, _moment(about["due_date"]), _cover(about), {form: list(own) for form, own in rows.items()}
    )
    report.rows["funding_sources"] = _money(name, about["year"])
    report.rows["helper_activities"] = _activities(about)
    _sum_up(report)
    report.cover |= nothing_to_report(report.rows, name)
    return report.copy()  # the world is shared: what is planted must not change it


def _district() -> Report:
    """A rural district recognised on 02/06/2023, all of whose communes were recognised before."""
    name = "2023M06"
    rows = report_of(build_world(DEFAULT_SEED), DISTRICT, name)
    report = Report(DISTRICT, name, _moment(_period(name)["due_date"]), _cover(_period(name)), rows).copy()
    report.rows["funding_sources"] = []
    report.rows["helper_activities"] = []
    report.cover |= nothing_to_report(report.rows, name)
    return report


def _small(unit: str, name: str) -> Report:
    """A first quarter in which all criteria are met and nothing else is reported."""
    about = _period(name)
    communes = [row["unit_code"] for row in reference.communes_of(unit, about["data_to"]) if row["unit_type"] == "xa"]
    sender = reference.reporting_unit(unit)
    assert sender is not None
    judging = load_specs()["criteria_summary"].sheets_for(sender["unit_type"], about)[0].criteria_set_code
    criteria = [row["criterion_no"] for row in reference.rows("criteria") if row["set_code"] == judging]
    marks = [
        {"criteria_set_code": judging, "commune_code": code, "criterion_no": str(number), "mark": "D",
         "criteria_met": len(criteria)}
        for code in communes
        for number in criteria
    ]  # fmt: skip
    own = [
        {**row, "criteria_set_code": TOWN_SET, "verdict": "CD", "planned_date": about["data_to"] + timedelta(days=90)}
        for row in (indicator_rows(TOWN_SET) if sender["unit_kind"] == "district" else ())
    ]
    rows: dict[str, list[Row]] = {form: [] for form in load_specs()} | {"criteria_summary": marks, "unit_criteria": own}
    cover = _cover(about) | nothing_to_report(rows, name)
    return Report(unit, name, _moment(about["due_date"]), cover, rows)


def _money(name: str, year: int) -> list[Row]:
    spent, done = PACE[name]

    def line(content: str, source: str, nature: str | None, millions: int, plan_year: int = year) -> Row:
        amount = millions * MILLION
        assigned_on = date(plan_year, 1, 16)
        return _row(content, source, nature, plan_year) | {
            "assigned_on": assigned_on, "assigning_decision": "15/QĐ-UBND", "planned_vnd": amount,
            "assigned_vnd": amount, "performed_vnd": amount * done, "disbursed_vnd": amount * spent,
            "estimated_year_end_vnd": amount,
        }  # fmt: skip

    works = [line("ND02", source, "DTPT", millions) for source, millions in
             (("NSTW", 2000), ("NST", 110), ("NSH", 420), ("NSX", 105))]  # fmt: skip
    others = [
        _row("ND02", source, nature, year)
        | {"planned_vnd": millions * MILLION, "performed_vnd": millions * MILLION * done}
        for source, nature, millions in (("LG", "DTPT", 800), ("DC", None, 200), ("DN", None, 90))
    ]
    credit = _row("ND03", "TDCS", None, year) | {
        "lent_vnd": 3000 * MILLION * spent, "outstanding_vnd": 5000 * MILLION + 100 * MILLION * spent,
        "borrower_count": 120,
    }  # fmt: skip
    carried_over = line("ND02", "NSTW", "DTPT", 300, year - 1) | {"returned_vnd": 5 * MILLION}
    return [*works, carried_over, *others, credit]


def _row(content: str, source: str, nature: str | None, plan_year: int) -> Row:
    return {
        "place_code": COMMUNE, "programme_code": "NTM", "content_code": content, "source_code": source,
        "nature_code": nature, "plan_year": plan_year, "explanation": None,
    }  # fmt: skip


def _activities(about: dict[str, Any]) -> list[Row]:
    agency = "SO_CT" if about["year"] == 2022 else "DN_CAPNUOC"
    days = {1: ("visit", date(about["year"], 2, 9)), 2: ("meeting", date(about["year"], 5, 11))}
    return [
        {
            "activity_no": f"{CITY}-{about['year']}-{number:03d}", "agency_code": agency, "commune_code": COMMUNE,
            "kind_code": kind, "activity_date": day, "level_code": "commune", "is_leader_present": True,
            "participant_count": 24, "has_content_prepared": True, "notified_on": day - timedelta(days=3),
            "focus_content": "2", "result": "Thống nhất phương án nâng cấp tuyến đường liên ấp", "explanation": None,
        }
        for number, (kind, day) in days.items()
        if day <= about["data_to"]
    ]  # fmt: skip


def _sum_up(report: Report) -> None:
    """The summary counts the activities of the same report."""
    for row in report.rows["helper_summary"]:
        kinds = [
            event["kind_code"]
            for event in report.rows["helper_activities"]
            if event["agency_code"] == row["agency_code"] and event["activity_date"] >= row["valid_from"]
        ]
        visits, meetings = kinds.count("visit"), kinds.count("meeting")
        row |= {"visit_count": visits, "visit_in_advance_count": visits, "meeting_count": meetings, "explanation": None}


def _cover(about: dict[str, Any]) -> dict[str, object]:
    day = about["due_date"] - timedelta(days=4)
    return {
        "report_number": "57/BC-UBND", "report_date": day, "data_as_of": about["data_to"],
        "preparer_name": "Thạch Thị Ngọc", "approver_name": "Huỳnh Quốc Việt", "signed_date": day,
    }  # fmt: skip


def _moment(due: date) -> datetime:
    return datetime.combine(due - timedelta(days=3), time(9, 30), OFFICE_TIME_ZONE)


def _period(name: str) -> dict[str, Any]:
    row = reference.period(name)
    assert row is not None
    return dict(row)
