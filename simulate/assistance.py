"""Who helps which commune, and what the helper teams do there.

Every January a decision renews the arrangement. In a few communes outgoing and incoming agency overlap for a month; one
commune is without anybody until May 2023; an agency may help several communes.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from ingest import reference
from simulate.world import PROVINCE_CODE, SAMPLE_PERIODS, District, all_communes, chance, period

DECISIONS = {
    2022: ("112/QĐ-UBND", date(2022, 1, 14), date(2022, 1, 20)),
    2023: ("61/QĐ-UBND", date(2023, 1, 12), date(2023, 1, 16)),
}
GAP_DECISION = ("815/QĐ-UBND", date(2023, 4, 28), date(2023, 5, 4))
GAP_COMMUNE = "29434"  # nobody from 16/01/2023 to 04/05/2023
HAND_OVERS = 5
SUPPORTING = 14
FAMILY_NAMES = ("Nguyễn", "Trần", "Lê", "Phạm", "Thạch", "Kim", "Sơn", "Huỳnh", "Võ", "Lâm", "Kiên", "Dương")
MIDDLE_NAMES = ("Văn", "Thị", "Hữu", "Minh", "Thanh", "Ngọc", "Quốc", "Thị Mỹ", "Hoàng")
GIVEN_NAMES = ("Dũng", "Hạnh", "Phương", "Tuấn", "Sang", "Hiền", "Khánh", "Lan", "Phúc", "Thảo", "Nghĩa", "Trung")
POSTS = ("Giám đốc", "Phó Giám đốc", "Chánh Văn phòng", "Phó Chủ tịch", "Trưởng ban")
KINDS = (("visit", 9), ("meeting", 4), ("briefing", 2), ("training", 1), ("communication", 1), ("party_support", 1))
LEVELS = {"visit": ("hamlet", "commune"), "meeting": ("hamlet", "party_cell", "agency", "commune")}
RESULTS = (
    "Khảo sát tuyến đường liên ấp, thống nhất phương án nâng cấp",
    "Hướng dẫn xã hoàn thiện hồ sơ tiêu chí môi trường",
    "Vận động người dân tham gia bảo hiểm y tế",
    "Góp ý phương án phát triển hợp tác xã",
    "Tuyên truyền phân loại rác tại nguồn",
)
NO_ACTIVITY_UNIT = "842"  # its only commune has no helper activity to report in the first quarter of 2023


@dataclass(frozen=True)
class Assignment:
    """An agency helps a commune from a day until a day (exclusive). `ended_by` is the day its end was decided."""

    reporting_unit_id: str
    agency_code: str
    unit_code: str
    role_code: str
    leader_name: str
    leader_post: str
    decision_no: str
    decision_date: date
    valid_from: date
    valid_to: date | None = None
    end_reason: str | None = None
    ended_by: date | None = None
    helper_level: str = "province"
    task_content: str | None = None
    change_requested_on: date | None = None
    change_reason: str | None = None
    proposed_leader: str | None = None
    change_decided_on: date | None = None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@dataclass(frozen=True)
class Activity:
    """One event of a helper team in a commune."""

    reporting_unit_id: str
    activity_no: str
    agency_code: str
    unit_code: str
    kind_code: str
    activity_date: date
    level_code: str | None
    place_text: str | None
    is_leader_present: bool
    participant_count: int
    has_content_prepared: bool
    notified_on: date | None
    focus_content: str | None
    result: str


def assignments(districts: Sequence[District], seed: int) -> list[Assignment]:
    """The register of both years, in order of commune and start."""
    draw = chance(seed, "assignments")
    agencies = [row["agency_code"] for row in reference.rows("agencies") if _helps(row)]
    communes = all_communes(districts)
    hand_over = set(
        draw.sample([commune.unit_code for commune in communes if commune.unit_code != GAP_COMMUNE], HAND_OVERS)
    )
    found = []
    pool: list[str] = []
    for commune in communes:
        if not pool:
            pool = draw.sample(agencies, len(agencies))
        before = pool.pop()
        stays = draw.random() < 0.7 and commune.unit_code not in hand_over and commune.unit_code != GAP_COMMUNE
        after = before if stays else draw.choice([agency for agency in agencies if agency != before])
        number, decided, starts = DECISIONS[2023] if commune.unit_code != GAP_COMMUNE else GAP_DECISION
        first = _assignment(draw, commune.reporting_unit_id, commune.unit_code, before, "main", *DECISIONS[2022])
        ends = DECISIONS[2023][2] + timedelta(days=30 if commune.unit_code in hand_over else 0)
        reason = "leader_moved" if commune.unit_code == GAP_COMMUNE else "new_decision"
        found.append(replace(first, valid_to=ends, end_reason=reason, ended_by=DECISIONS[2023][1]))
        second = _assignment(draw, commune.reporting_unit_id, commune.unit_code, after, "main", number, decided, starts)
        if stays:
            second = replace(second, leader_name=first.leader_name, leader_post=first.leader_post)
        found.append(second)
    for commune in draw.sample(communes, SUPPORTING):
        mains = {row.agency_code for row in found if row.unit_code == commune.unit_code}
        agency = draw.choice([code for code in agencies if code not in mains])
        found.append(
            _assignment(draw, commune.reporting_unit_id, commune.unit_code, agency, "support", *DECISIONS[2023])
        )
    return sorted(found, key=lambda row: (row.unit_code, row.valid_from, row.role_code, row.agency_code))


def _helps(row: dict[str, Any]) -> bool:
    begin, end = DECISIONS[2022][2], period(SAMPLE_PERIODS[-1])["data_to"]
    is_of_province = (row["province_code"], row["level"]) == (PROVINCE_CODE, "province")
    return is_of_province and reference.is_valid(row, begin) and reference.is_valid(row, end)


def _assignment(
    draw: random.Random, unit: str, commune: str, agency: str, role: str, number: str, decided: date, starts: date
) -> Assignment:
    name = f"{draw.choice(FAMILY_NAMES)} {draw.choice(MIDDLE_NAMES)} {draw.choice(GIVEN_NAMES)}"
    return Assignment(unit, agency, commune, role, name, draw.choice(POSTS), number, decided, starts)


def activities(districts: Sequence[District], seed: int, register: Sequence[Assignment]) -> list[Activity]:
    """Every activity of both report years, numbered in each unit and year in order of date."""
    found: list[Activity] = []
    for assignment in register:
        if (assignment.role_code, assignment.helper_level) != ("main", "province"):
            continue
        for name in SAMPLE_PERIODS:
            about = period(name)
            begin = about["discrete_from"] if about["year"] == 2023 else about["data_from"]
            if assignment.reporting_unit_id == NO_ACTIVITY_UNIT and name == "2023Q1":
                continue
            draw = chance(seed, "activities", assignment.unit_code, assignment.agency_code, assignment.valid_from, name)
            weights = (1, 2, 4, 3, 2) if about["year"] == 2022 else (3, 4, 2, 1, 0)
            for _ in range(draw.choices(range(5), weights)[0]):
                day = begin + timedelta(days=draw.randint(0, (about["data_to"] - begin).days))
                if assignment.holds_on(day):
                    found.append(_activity(draw, assignment, day))
    return _numbered(found)


def _activity(draw: random.Random, assignment: Assignment, day: date) -> Activity:
    kind = draw.choices([kind for kind, _ in KINDS], [weight for _, weight in KINDS])[0]
    notice = draw.random()
    notified = day - timedelta(days=draw.randint(1, 6)) if notice < 0.6 else day if notice < 0.75 else None
    return Activity(
        reporting_unit_id=assignment.reporting_unit_id,
        activity_no="",
        agency_code=assignment.agency_code,
        unit_code=assignment.unit_code,
        kind_code=kind,
        activity_date=day,
        level_code=draw.choice(LEVELS.get(kind, ("commune", "agency"))),
        place_text=draw.choice(("Nhà văn hóa ấp", "UBND xã", "Hội trường xã", None)),
        is_leader_present=draw.random() < 0.6,
        participant_count=draw.randint(4, 80),
        has_content_prepared=draw.random() < 0.8,
        notified_on=notified,
        focus_content=draw.choice(("1", "2", "3", "4", None)),
        result=draw.choice(RESULTS),
    )


def _numbered(found: list[Activity]) -> list[Activity]:
    ordered = sorted(found, key=lambda row: (row.reporting_unit_id, row.activity_date, row.unit_code, row.agency_code))
    counts: dict[tuple[str, int], int] = {}
    numbered = []
    for activity in ordered:
        year = report_year_of(activity.activity_date)
        serial = counts[activity.reporting_unit_id, year] = counts.get((activity.reporting_unit_id, year), 0) + 1
        numbered.append(replace(activity, activity_no=f"{activity.reporting_unit_id}-{year}-{serial:03d}"))
    return numbered


def report_year_of(day: date) -> int:
    """The report year runs from 15 December to 14 December."""
    return day.year + 1 if (day.month, day.day) >= (12, 15) else day.year


def assignment_rows(register: Sequence[Assignment], unit: str, name: str) -> list[dict[str, Any]]:
    """The rows of form helper_assignments a unit sends: what was known on the closing day and held in the window."""
    about = period(name)
    rows = []
    for row in register:
        if row.reporting_unit_id != unit or row.decision_date > about["data_to"] or row.valid_from > about["data_to"]:
            continue
        if row.valid_to is not None and row.valid_to <= about["data_from"]:
            continue
        is_ended = row.ended_by is not None and row.ended_by <= about["data_to"]
        rows.append(
            {
                "agency_code": row.agency_code,
                "leader_name": row.leader_name,
                "leader_post": row.leader_post,
                "commune_code": row.unit_code,
                "helper_level": row.helper_level,
                "role_code": row.role_code,
                "decision_no": row.decision_no,
                "decision_date": row.decision_date,
                "valid_from": row.valid_from,
                "valid_to": row.valid_to if is_ended else None,
                "end_reason": row.end_reason if is_ended else None,
                "task_content": row.task_content,
                **request_by(row, about["data_to"]),
                "explanation": None,
            }
        )
    return rows


def request_by(row: Assignment, closing: date) -> dict[str, Any]:
    """The request for a change of leader as it was known on a day."""
    is_asked = row.change_requested_on is not None and row.change_requested_on <= closing
    is_decided = is_asked and row.change_decided_on is not None and row.change_decided_on <= closing
    return {
        "change_requested_on": row.change_requested_on if is_asked else None,
        "change_reason": row.change_reason if is_asked else None,
        "proposed_leader": row.proposed_leader if is_asked else None,
        "change_decided_on": row.change_decided_on if is_decided else None,
    }


def activity_rows(events: Sequence[Activity], unit: str, name: str) -> list[dict[str, Any]]:
    """The rows of form helper_activities a unit sends: its events since the start of the report year."""
    about = period(name)
    rows = []
    for event in events:
        if event.reporting_unit_id == unit and about["data_from"] <= event.activity_date <= about["data_to"]:
            row = {**event.__dict__, "commune_code": event.unit_code, "explanation": None}
            del row["reporting_unit_id"], row["unit_code"]
            rows.append(row)
    return rows
