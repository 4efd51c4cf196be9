"""What else the register of helpers holds: requests for a change of leader, and helpers from the district itself.

Belongs here: what is added to the arrangement of the province (assistance.py). Requests are decided with the January
decision, months later, or not at all; the register keeps the day asked and the day decided.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from simulate.assistance import (
    DECISIONS,
    FAMILY_NAMES,
    GAP_COMMUNE,
    GAP_DECISION,
    GIVEN_NAMES,
    MIDDLE_NAMES,
    Assignment,
)
from simulate.world import District, chance

PENDING, REFUSED = 3, 2  # requests of 2023 that nobody has decided, and those decided against
DISTRICT_BODIES = ("PHONG_NN", "PHONG_TCKH", "PHONG_LDTBXH", "PHONG_TNMT", "PHONG_VHTT", "VP_HUYEN_UY")
COMMUNES_HELPED = 3
DISTRICT_TASKS = (
    "Thành viên Ban Chỉ đạo huyện phụ trách xã: hồ sơ tiêu chí",
    "Phụ trách xã: thu nhập, hộ nghèo, bảo hiểm y tế",
    "Phụ trách xã: môi trường, cảnh quan",
)


def with_requests(register: Sequence[Assignment], seed: int) -> list[Assignment]:
    """The register with the requests for a change of leader."""
    draw = chance(seed, "requests")
    decided = DECISIONS[2023][1]
    running = [row for row in register if row.valid_to is None and row.role_code == "main"]
    asked = {
        (row.agency_code, row.unit_code): number for number, row in enumerate(draw.sample(running, PENDING + REFUSED))
    }
    found = []
    for row in register:
        name = f"{draw.choice(FAMILY_NAMES)} {draw.choice(MIDDLE_NAMES)} {draw.choice(GIVEN_NAMES)}"
        is_handed_over = row.valid_to is not None and row.valid_to > DECISIONS[2023][2]
        number = asked.get((row.agency_code, row.unit_code)) if row.valid_to is None else None
        if row.unit_code == GAP_COMMUNE and row.valid_to is not None:
            row = _asked(row, date(2023, 1, 5), "leader_moved", name, GAP_DECISION[1])
        elif is_handed_over:
            row = _asked(row, decided - timedelta(days=draw.randint(40, 90)), "leader_moved", name, decided)
        elif number is not None:
            day = date(2023, 6, 20) + timedelta(days=draw.randint(0, 120))
            row = _asked(row, day, "leader_retired", name, day + timedelta(days=35) if number < REFUSED else None)
        found.append(row)
    return found


def _asked(row: Assignment, day: date, reason: str, name: str, decided: date | None) -> Assignment:
    return replace(row, change_requested_on=day, change_reason=reason, proposed_leader=name, change_decided_on=decided)


def district_helpers(districts: Sequence[District], seed: int) -> list[Assignment]:
    """Members of district steering committees who look after a commune; none where a district has few communes."""
    found = []
    for district in districts:
        draw = chance(seed, "district helpers", district.reporting_unit_id)
        if len(district.communes) < COMMUNES_HELPED:
            continue
        for commune in draw.sample(district.communes, COMMUNES_HELPED):
            name = f"{draw.choice(FAMILY_NAMES)} {draw.choice(MIDDLE_NAMES)} {draw.choice(GIVEN_NAMES)}"
            found.append(
                Assignment(
                    reporting_unit_id=district.reporting_unit_id,
                    agency_code=draw.choice(DISTRICT_BODIES),
                    unit_code=commune.unit_code,
                    role_code="main",
                    leader_name=name,
                    leader_post="Trưởng phòng, thành viên Ban Chỉ đạo",
                    decision_no=f"{draw.randint(20, 95)}/QĐ-BCĐ",
                    decision_date=date(2023, 1, 9),
                    valid_from=date(2023, 1, 10),
                    helper_level="district",
                    task_content=draw.choice(DISTRICT_TASKS),
                )
            )
    return sorted(found, key=lambda row: (row.unit_code, row.agency_code))
