"""The numbered tasks of the year in the sample: the nine groups, what communes and associations took on, targets.

A report shows each task as it stood on the closing day; what is late by then says why.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from simulate.half_years import half_years
from simulate.planted import Report, report_of_row
from simulate.residential_areas import standing_area
from simulate.topic import Row, Rows, Topic, Truth
from simulate.world import District, chance, districts, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "tasks"
YEARS = (2022, 2023)
GROUPS = {
    "1": ("Người đứng đầu chịu trách nhiệm kết quả nông thôn mới", "party", "Huyện ủy"),
    "2": ("Ban hành văn bản hướng dẫn, chính sách đặc thù", "district_division", "Văn phòng Điều phối huyện"),
    "3": ("Mở lớp tập huấn, đợt truyền thông nông thôn mới", "district_division", "Phòng Văn hóa và Thông tin"),
    "4": ("Triển khai sáu chương trình chuyên đề", "district_division", "Phòng Kinh tế"),
    "5": ("Kiện toàn Ban Chỉ đạo và bộ máy giúp việc", "steering_committee", "Ban Chỉ đạo huyện"),
    "6": ("Huy động, phân bổ nguồn lực cho địa bàn khó khăn", "district_division", "Phòng Tài chính - Kế hoạch"),
    "7": ("Xây dựng mô hình ứng dụng khoa học, công nghệ", "district_division", "Phòng Kinh tế"),
    "8": ("Kiểm tra, giám sát việc thực hiện Chương trình", "steering_committee", "Ban Chỉ đạo huyện"),
    "9": ("Hoàn thành chỉ tiêu xã nông thôn mới, nâng cao", "district_division", "Văn phòng Điều phối huyện"),
}
CONTINUOUS = ("1",)
TARGETS = {
    "2": ("văn bản", 4),
    "3": ("lớp", 9),
    "4": ("mô hình", 6),
    "7": ("mô hình", 3),
    "8": ("cuộc", 8),
    "9": ("xã", 2),
}
PRIORITIES = (
    ("department", "Sở Nông nghiệp và Phát triển nông thôn", "Hướng dẫn phát triển vùng nguyên liệu", "vùng", 2),
    ("mass_organisation", "Hội Nông dân huyện", "Hỗ trợ nông dân khởi nghiệp", "mô hình", 5),
    ("mass_organisation", "Hội Liên hiệp Phụ nữ huyện", "Xây dựng gia đình 5 không, 3 sạch", "hộ", 300),
    ("district_division", "Phòng Tài nguyên và Môi trường", "Thu gom, xử lý rác thải sinh hoạt", "xã", 6),
)
OF_AREA = "Xây dựng khu dân cư nông thôn mới"
OF_COMMUNES = (
    ("mass_organisation", "Hội Cựu chiến binh xã", "Nhận chăm sóc tuyến đường hoa", "tuyến", 2),
    ("mass_organisation", "Đoàn Thanh niên xã", "Thắp sáng đường quê", "tuyến", 2),
    ("commune", "Ủy ban nhân dân xã", OF_AREA, "khu", 2),
    ("commune", "Ủy ban nhân dân xã", "Vận động tham gia bảo hiểm y tế", "%", 95),
)
PERSONS = ("Thạch Sa Rinh", "Nguyễn Thị Hồng", "Trần Văn Lợi", "Kim Thị Sa Phia", "Lê Hoàng Anh", "Sơn Minh Tâm")
LATE = "Chờ cấp trên bố trí kinh phí, đã đề nghị điều chỉnh thời hạn"


@cache
def tasks(seed: int) -> tuple[Row, ...]:
    """Every task of both years with the day on which it was completed, or None; the rows are shared."""
    found: list[Row] = []
    for district in districts(seed):
        for year in YEARS:
            found += _tasks_of(district, year, seed)
    return tuple(found)


def _tasks_of(district: District, year: int, seed: int) -> list[Row]:
    draw = chance(seed, FORM, district.reporting_unit_id, year)
    unit = district.reporting_unit_id
    own = []
    for group, (content, kind, name) in GROUPS.items():
        measure, target = TARGETS.get(group, (None, None))
        own.append(_task(draw, year, unit, group, content, kind, name, measure, target))
    for kind, name, content, measure, target in PRIORITIES:
        own.append(_task(draw, year, unit, "4", content, kind, name, measure, target, is_priority=True))
    for commune in district.communes:
        for kind, name, content, measure, target in draw.sample(OF_COMMUNES, 1 if year == 2022 else 2):
            own.append(_task(draw, year, commune.unit_code, "9", content, kind, name, measure, target))
    return [
        row
        | {"reporting_unit_id": unit, "year": year, "task_no": f"{unit}-NV{year}-{number:02d}"}
        | ({"area_code": standing_area(seed, row["place_code"], FORM, year)} if row["content"] == OF_AREA else {})
        for number, row in enumerate(own, 1)
    ]


def _task(
    draw: random.Random, year: int, place: str, group: str, content: str, kind: str, name: str, measure: str | None,
    target: int | None, *, is_priority: bool = False,
) -> Row:  # fmt: skip
    assigned = date(year - 1, 12, 20) + timedelta(days=draw.randint(0, 75))
    due = date(year, draw.choice((4, 5, 6, 9, 10, 11)), draw.randint(1, 28))
    is_continuous = group in CONTINUOUS
    slips = draw.random() < 0.25
    done: date | None = due + timedelta(days=draw.randint(5, 60) if slips else -draw.randint(0, 40))
    if draw.random() < 0.12 or is_continuous:
        done = None
    return {
        "group_code": group,
        "content": content,
        "assigning_document": f"{draw.randint(3, 40)}/KH-UBND",
        "place_code": place,
        "area_code": None,
        "owner_kind": kind,
        "owner_name": name,
        "support_names": draw.choice((None, "Các phòng, ban liên quan", "Ủy ban Mặt trận Tổ quốc và đoàn thể")),
        "person_name": draw.choice((None, *PERSONS)),
        "is_continuous": is_continuous,
        "is_priority": is_priority,
        "assigned_on": assigned,
        "due_on": None if is_continuous else due,
        "revised_due_on": due + timedelta(days=60) if slips and draw.random() < 0.5 and not is_continuous else None,
        "target_unit": measure,
        "target_value": None if target is None else Decimal(target),
        "share_reached": draw.choice((70, 90, 100, 100, 110)),
        "done_on": done,
    }


def reported(task: Row, name: str) -> Row | None:
    """A task as the report of a period has it; None where it belongs to another year."""
    about = period(name)
    closing = about["data_to"]
    if task["year"] != about["year"] or task["assigned_on"] > closing:
        return None
    done, target = task["done_on"], task["target_value"]
    is_done = done is not None and done <= closing
    share = task["share_reached"] if is_done else 40 if closing - task["assigned_on"] > timedelta(days=120) else 0
    row = {name: value for name, value in task.items() if name not in ("share_reached", "done_on", "year")}
    # a later date is asked for once the first one has passed
    if row["revised_due_on"] is not None and row["due_on"] > closing:
        row["revised_due_on"] = None
    is_late = not is_done and is_overdue(row, closing)
    return row | {
        "result_value": None if target is None else (target * share / 100).to_integral_value(),
        "status_code": "completed" if is_done else "in_progress" if share or task["is_continuous"] else "not_started",
        "completed_on": done if is_done else None,
        "evidence": f"Báo cáo số {10 + len(task['content'])}/BC" if is_done else None,
        "explanation": LATE if is_late else None,
    }


def deadline(row: Row) -> date | None:
    return row["revised_due_on"] or row["due_on"]


def is_overdue(row: Row, closing: date) -> bool:
    """Whether a task that is not completed should have been by the closing day."""
    due = deadline(row)
    return due is not None and due < closing


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    rows = [reported(task, name) for task in tasks(world.seed) if task["reporting_unit_id"] == unit]
    return {FORM: [{key: value for key, value in row.items() if key != "reporting_unit_id"} for row in rows if row]}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    rows: Rows = []
    for name in half_years(names):
        closing = period(name)["data_to"]
        for task in tasks(world.seed):
            if (row := reported(task, name)) is not None:
                is_late = row["status_code"] != "completed" and is_overdue(row, closing)
                due = deadline(row)
                unit_id = unit_id_on(row.pop("place_code"), closing)
                rows.append({
                    "reporting_period_id": name, **row, "unit_id": unit_id, "deadline_on": due, "is_overdue": is_late,
                    "overdue_days": (closing - due).days if is_late and due else None,
                })  # fmt: skip
    return {"task_progress": rows}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    return {"fct_task_progress": [row for row in truth["task_progress"] if report_of_row(row) in sent]}


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_task_progress": ("reporting_period_id", "reporting_unit_id", "task_no")},
    unspoken=frozenset({"task_id"}),
)
