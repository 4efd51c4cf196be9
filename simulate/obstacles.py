"""Obstacles and proposals of the sample: from raised over escalated and answered to resolved, one register per unit.

Belongs here: the register, the rows each report carries, its truth. What the marts make of it is in
expected_obstacles.py. Obstacles within a unit's authority are resolved without an answer from above; some, of both
sorts, stay open, and an office that is late says why.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from simulate.assistance import report_year_of
from simulate.district_criteria import SET_OF
from simulate.expected_obstacles import KEYS, QUERIES, expected_obstacles
from simulate.indicators import STANDS
from simulate.topic import Row, Rows, Topic
from simulate.unmet import BASE_SET
from simulate.world import SAMPLE_PERIODS, District, chance, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "obstacles"
TITLE_OF_SET = {"NTM_XA_2021": "NTM", "NTM_HUYEN_2021": "HUYEN_NTM", "NTM_TXTP_2021": "TXTP_HTNV"}
FIRST_RAISED, LAST_RAISED = date(2022, 5, 4), date(2023, 12, 8)
AGENCIES = ("SO_NNPTNT", "SO_TNMT", "SO_GTVT", "SO_KHDT", "SO_TC", "SO_GDDT", "SO_YT", "VPDP")
WORDS = {
    ("obstacle", "policy"): "Chưa có hướng dẫn cơ chế lồng ghép vốn của ba chương trình",
    ("obstacle", "capital"): "Vốn đối ứng của xã chưa bố trí đủ",
    ("obstacle", "land"): "Chưa giải phóng xong mặt bằng tuyến đường liên ấp",
    ("obstacle", "procedure"): "Hồ sơ minh chứng tiêu chí còn thiếu văn bản xác nhận",
    ("obstacle", "staff"): "Cán bộ phụ trách nông thôn mới kiêm nhiệm nhiều việc",
    ("proposal", "policy"): "Đề nghị ban hành mức hỗ trợ nhà tiêu hợp vệ sinh cho hộ khó khăn",
    ("proposal", "capital"): "Đề nghị bổ sung vốn nâng cấp trường học",
    ("proposal", "procedure"): "Đề nghị hướng dẫn thống nhất cách tính tỷ lệ cây xanh",
    ("proposal", "staff"): "Đề nghị tăng thời gian tập huấn cho cán bộ ấp",
}
LATE = "Đang chờ cấp có thẩm quyền xử lý, đơn vị đã có văn bản đôn đốc"
DONE = "Đã xử lý xong, xã tiếp tục thực hiện"


@dataclass(frozen=True)
class Obstacle:
    """One entry of the register as it ends up; a report shows what had happened by its closing day."""

    reporting_unit_id: str
    obstacle_no: str
    kind_code: str
    place_code: str
    programme_code: str
    programme_part_code: str | None
    content_code: str | None
    project_no: str | None
    topic_code: str
    content: str
    title_code: str | None
    criterion_no: int | None
    raised_by_code: str
    agency_code: str | None
    raised_on: date
    is_within_authority: bool
    addressee_code: str
    addressee_agency_code: str | None
    escalated_on: date | None
    due_on: date | None
    answered_on: date | None
    answer_document: str | None
    resolved_on: date | None
    result: str | None

    def is_in(self, about: Mapping[str, Any]) -> bool:
        """Whether a report carries it: raised by the closing day, and not resolved before the report year began."""
        has_left = self.resolved_on is not None and self.resolved_on < about["data_from"]
        return self.raised_on <= about["data_to"] and not has_left

    def by(self, closing: date) -> Obstacle:
        """As it was known on a day."""

        def known(day: date | None) -> date | None:
            return day if day is not None and day <= closing else None

        answered, resolved = known(self.answered_on), known(self.resolved_on)
        return replace(
            self,
            escalated_on=known(self.escalated_on),
            answered_on=answered,
            answer_document=self.answer_document if answered else None,
            resolved_on=resolved,
            result=self.result if resolved else None,
        )


# Trà Cú's own letter of 12/04/2023 says that the dossiers under decision 1306/QĐ-UBND lag behind the criteria
TRA_CU_DOSSIERS = Obstacle(
    "849", "", "obstacle", "849", "NTM", None, "ND11", None, "procedure",
    "Hồ sơ minh chứng các tiêu chí theo Quyết định 1306/QĐ-UBND ngày 13/07/2022 hoàn thiện còn chậm",
    "HUYEN_NTM", 9, "district", None, date(2023, 4, 12), True, "district", None, None, date(2023, 6, 30), None, None,
    date(2023, 10, 20), "Đã hoàn thiện hồ sơ từng tiêu chí, trình thẩm tra",
)  # fmt: skip


@cache
def register(seed: int) -> tuple[Obstacle, ...]:
    """Every obstacle and proposal of the sample, numbered in each unit and report year in order of the day raised."""
    from simulate.reports import build_world  # the world asks the topics for their reports

    world = build_world(seed)
    found = [TRA_CU_DOSSIERS]
    for district in world.districts:
        draw = chance(seed, "obstacles", district.reporting_unit_id)
        found += [_drawn(draw, world, district) for _ in range(draw.randint(4, 6) + len(district.communes))]
    counts: dict[tuple[str, int], int] = {}
    numbered = []
    for one in sorted(found, key=lambda one: (one.reporting_unit_id, one.raised_on, one.place_code, one.content)):
        group = (one.reporting_unit_id, report_year_of(one.raised_on))
        counts[group] = counts.get(group, 0) + 1
        numbered.append(replace(one, obstacle_no=f"{group[0]}-{group[1]}-V{counts[group]:02d}"))
    return tuple(numbered)


def _drawn(draw: random.Random, world: World, district: District) -> Obstacle:
    raised = FIRST_RAISED + timedelta(days=draw.randint(0, (LAST_RAISED - FIRST_RAISED).days))
    commune = draw.choice(district.communes) if draw.random() < 0.85 else None
    place = commune.unit_code if commune else district.reporting_unit_id
    title, criterion = _criterion(draw, world, district, place, raised) if draw.random() < 0.75 else (None, None)
    kind, topic = draw.choice(sorted(WORDS))
    helpers = [row.agency_code for row in world.assignments if row.unit_code == place and row.holds_on(raised)]
    raiser = draw.choice(("commune", "community", "helper_team", "helper_team", "district"))
    if raiser == "helper_team" and not helpers:
        raiser = "district"
    own = kind == "obstacle" and draw.random() < 0.55
    addressee = draw.choice(("commune", "district") if own else ("department", "department", "province_sc",
                                                                 "province_pc", "central"))  # fmt: skip
    escalated = None if own else raised + timedelta(days=draw.randint(0, 18))
    answered = None if own or draw.random() < 0.25 else raised + timedelta(days=draw.randint(20, 95))
    resolved = (answered or raised) + timedelta(days=draw.randint(8, 120)) if own or answered else None
    if draw.random() < 0.2:
        resolved = None
    programme = draw.choice(("NTM", "NTM", "NTM", "GNBV", "DTTS"))
    return Obstacle(
        reporting_unit_id=district.reporting_unit_id,
        obstacle_no="",
        kind_code=kind,
        place_code=place,
        programme_code=programme,
        programme_part_code=None if programme == "NTM" else f"{programme}-DA{draw.randint(1, 6)}",
        content_code=draw.choice(("ND02", "ND03", "ND07", None)) if programme == "NTM" else None,
        project_no=None,
        topic_code=topic,
        content=WORDS[kind, topic],
        title_code=title,
        criterion_no=criterion,
        raised_by_code=raiser,
        agency_code=draw.choice(helpers) if raiser == "helper_team" else None,
        raised_on=raised,
        is_within_authority=own,
        addressee_code=addressee,
        addressee_agency_code=draw.choice(AGENCIES) if addressee == "department" else None,
        escalated_on=escalated,
        due_on=raised + timedelta(days=draw.choice((15, 30, 45, 60))) if draw.random() < 0.6 else None,
        answered_on=answered,
        answer_document=f"{draw.randint(100, 2900)}/UBND-KT" if answered else None,
        resolved_on=resolved,
        result=DONE if resolved else None,
    )


def _criterion(
    draw: random.Random, world: World, district: District, place: str, raised: date
) -> tuple[str | None, int | None]:
    """A criterion that the place does not meet in the period in which the obstacle is raised, where there is one."""
    name = next(name for name in SAMPLE_PERIODS if raised <= period(name)["data_to"])
    wanted = SET_OF[district.unit_type] if place == district.reporting_unit_id else BASE_SET
    unmet = _unmet(world.seed, name).get((place, wanted))
    return (TITLE_OF_SET[wanted], draw.choice(sorted(unmet))) if unmet else (None, None)


@cache
def _unmet(seed: int, name: str) -> dict[tuple[str, str], set[int]]:
    """(place, set) -> criteria not met in a period."""
    from simulate.reports import build_world

    world = build_world(seed)
    found: dict[tuple[str, str], set[int]] = {}
    for (code, set_code, number), mark in world.marks(name).items():
        if mark not in STANDS:
            found.setdefault((code, set_code), set()).add(int(number))
    for row in world.district_results[name]:
        if row.verdict not in STANDS:
            found.setdefault((row.reporting_unit_id, row.set_code), set()).add(int(row.criterion_no))
    return found


def report_rows(world: World, unit: str, name: str) -> dict[str, Rows]:
    """What a unit reports of its register: open entries and those resolved since the report year began."""
    about = period(name)
    closing = about["data_to"]
    rows: Rows = []
    for one in register(world.seed):
        if one.reporting_unit_id != unit or not one.is_in(about):
            continue
        row = asdict(one.by(closing))
        del row["reporting_unit_id"]
        is_late = row["resolved_on"] is None and row["due_on"] is not None and row["due_on"] < closing
        rows.append(row | {"explanation": LATE if is_late else None})
    return {FORM: rows}


def truth_rows(world: World, names: Sequence[str]) -> dict[str, Rows]:
    """One row per report and entry that it carries, with the columns of the mart."""
    rows: Rows = []
    for name in names:
        closing = period(name)["data_to"]
        for one in register(world.seed):
            if one.is_in(period(name)):
                row: Row = asdict(one.by(closing))
                row["unit_id"] = unit_id_on(row.pop("place_code"), closing)
                rows.append({"reporting_period_id": name, **row})
    return {"obstacle": rows}


TOPIC = Topic(
    truth=truth_rows,
    expected=expected_obstacles,
    keys=KEYS,
    reports=report_rows,
    queries=QUERIES,
    unspoken=frozenset({"obstacle_id"}),
)
