"""What each kind of activity of the sample looks like: who does it, for whom, and what comes of it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

Row = dict[str, Any]

MILLION = Decimal(1_000_000)
COUNTS = ("session_count", "participant_count", "women_count", "minority_count", "job_count", "household_count",
          "organisation_count")  # fmt: skip
FINDINGS = ("finding_count", "handled_count", "to_recover_vnd", "recovered_vnd", "follow_up_due_on")
OUTCOMES = (*COUNTS, *FINDINGS)
HELD_ONLY = ("activity_date", "result", *OUTCOMES)  # what is blank until the activity is held
RESULTS = (
    "Các xã thống nhất lộ trình khắc phục",
    "Nhân dân đồng thuận, đăng ký thực hiện",
    "Đã có văn bản kết luận gửi các xã",
    "Hoàn thành theo kế hoạch",
)
CONTENTS = {
    "inspection": ("Kiểm tra tiến độ thực hiện các tiêu chí", "Kiểm tra quản lý, sử dụng vốn Chương trình"),
    "supervision": ("Giám sát việc thực hiện nghị quyết về nông thôn mới", "Giám sát công trình giao thông liên ấp"),
    "guidance": ("Hướng dẫn hoàn thiện hồ sơ tiêu chí", "Hướng dẫn xây dựng khu dân cư nông thôn mới"),
    "coordination": ("Phối hợp xử lý tiêu chí chưa đạt",),
    "reminder": ("Văn bản đôn đốc tăng cường hoạt động giúp đỡ xã",),
    "communication": ("Tuyên truyền xây dựng nông thôn mới", "Tuyên truyền tham gia bảo hiểm y tế"),
    "training": ("Tập huấn nghiệp vụ nông thôn mới", "Dạy nghề cho lao động nông thôn"),
    "mobilisation": ("Vận động hiến đất làm đường", "Vận động giữ gìn vệ sinh môi trường"),
    "emulation": ("Đăng ký mỗi chi hội một tuyến đường sáng, xanh, sạch, đẹp",),
    "publication": ("Công khai kế hoạch vốn và danh mục công trình",),
    "community_meeting": ("Họp dân thống nhất mức đóng góp",),
    "community_works": ("Nhân dân tự làm đường ngõ xóm",),
    "prevention": ("Rà soát, chấn chỉnh việc phê duyệt dự toán",),
}
ACTORS = {
    "inspection": ("steering_committee", "peoples_committee", "department"),
    "supervision": ("peoples_council", "front", "community"),
    "guidance": ("department", "district_office", "department"),
    "coordination": ("department",),
    "reminder": ("department",),
    "communication": ("party_board", "front", "district_office"),
    "training": ("department", "district_office"),
    "mobilisation": ("front",),
    "emulation": ("front", "steering_committee"),
    "publication": ("peoples_committee",),
    "community_meeting": ("peoples_committee", "front"),
    "community_works": ("community",),
    "prevention": ("peoples_committee",),
}
SUBJECTS = {
    "training": ("capacity", "employment", "income", "digital"),
    "communication": ("general", "residential_area", "health_insurance", "environment", "food_safety"),
    "inspection": ("general", "capital", "residential_area", "environment"),
    "supervision": ("general", "capital", "residential_area"),
    "guidance": ("general", "residential_area", "capacity"),
    "prevention": ("capital",),
    "community_works": ("environment", "general"),
    "mobilisation": ("environment", "general", "poverty", "security"),
}
EVALUATORS = ("SO_NV", "SO_LDTBXH", "BAN_DT", "VPDP")  # bodies that remind the agencies that help
REMINDED = ("DN_DIENLUC", "DN_VNPT", "NHCSXH", "SO_CT", "SO_TP", "HND")


def shape_of(draw: random.Random, kind: str, in_charge: Mapping[int, tuple[str, ...]]) -> tuple[str, Row]:
    """Who acts, and the fields of the kind, as they are once the activity was held."""
    actor = draw.choice(ACTORS[kind])
    values: Row = {"subject_code": draw.choice(SUBJECTS.get(kind, ("general", "environment", "income")))}
    if actor == "department":
        number = draw.choice(tuple(in_charge))
        values |= {"agency_code": draw.choice(in_charge[number]), "criterion_no": number}
    if kind == "reminder":
        values |= {"agency_code": draw.choice(EVALUATORS), "criterion_no": None, "subject_code": "general",
                   "addressee_agency_code": draw.choice(REMINDED)}  # fmt: skip
    return actor, values | _outcome(draw, kind, values["subject_code"])


def _outcome(draw: random.Random, kind: str, subject: str) -> Row:
    if kind in ("inspection", "supervision"):
        return _findings(draw)
    if kind == "communication":
        channel = draw.choice(("radio", "press", "social", "meeting", "visual", "event"))
        reached = _people(draw, 60, 400) if channel in ("meeting", "event") else {}
        return {"channel_code": channel, "session_count": draw.randint(1, 12), **reached}
    if kind == "training":
        audience = {"capacity": ("commune_officers", "hamlet_officers"), "employment": ("households",)}
        people = _people(draw, 20, 60)
        jobs = draw.randint(0, people["participant_count"]) if subject == "employment" else None
        return {
            "audience_code": draw.choice(audience.get(subject, ("households", "cooperatives", "members"))),
            "session_count": draw.randint(1, 3), "job_count": jobs, **people,
        }  # fmt: skip
    if kind in ("mobilisation", "emulation"):
        movement = draw.choice(("chung_suc", "doan_ket", "nep_nghi", "nguoi_ngheo"))
        return {
            "movement_code": movement, "household_count": draw.randint(20, 300),
            "organisation_count": draw.randint(1, 9), **_people(draw, 40, 500),
        }  # fmt: skip
    if kind in ("community_meeting", "community_works"):
        return {"household_count": draw.randint(20, 120), "participant_count": draw.randint(20, 150)}
    return {"session_count": 1} if kind == "publication" else {}


def _people(draw: random.Random, fewest: int, most: int) -> Row:
    count = draw.randint(fewest, most)
    return {
        "participant_count": count,
        "women_count": draw.randint(count // 4, count // 2),
        "minority_count": draw.randint(0, count // 2),
    }


def _findings(draw: random.Random) -> Row:
    found = draw.choice((0, 0, 1, 2, 3))
    amount = MILLION * draw.randint(5, 90) if found and draw.random() < 0.3 else None
    return {
        "finding_count": found,
        "handled_count": draw.randint(0, found),
        "to_recover_vnd": amount,
        "recovered_vnd": None if amount is None else amount * draw.randint(0, 10) / 10,
    }
