"""The bodies that steer and assist the programme in each district and commune: posts, people, heads.

Belongs here: what form apparatus carries, and its truth. In two districts the chairman changes in May 2023; posts are
not all filled, and training goes on through the year.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

from simulate.assistance import FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES
from simulate.planted import Report, report_of_row
from simulate.topic import Rows, Topic, Truth
from simulate.world import District, chance, districts, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "apparatus"
PERIOD_SHARE = {"2022Y": 1.0, "2023M06": 0.5, "2023Y": 1.0}  # periods in which the form is owed; share of the year gone
NEW_CHAIRMAN = {"845": date(2023, 5, 15), "850": date(2023, 5, 22)}
OFFICE, COMMITTEE, PEOPLE, OFFICER, BOARD = (
    "coordination_office", "steering_committee", "people_committee", "standing_officer", "village_board",
)  # fmt: skip
HEAD_POSTS = {
    (PEOPLE, "district"): "Chủ tịch UBND huyện",
    (COMMITTEE, "district"): "Bí thư Huyện ủy, Trưởng ban",
    (OFFICE, "district"): "Chánh Văn phòng",
    (COMMITTEE, "commune"): "Bí thư Đảng ủy xã, Trưởng ban",
    (OFFICER, "commune"): "Công chức địa chính - nông nghiệp",
}


@dataclass(frozen=True)
class Body:
    """One kind of body of a place as a year goes on; counts of people by year, in the order of COUNTS."""

    reporting_unit_id: str
    body_code: str
    place_code: str
    level: str
    body_count: int
    decision_no: str | None
    decision_date: date | None
    term: str | None
    head_name: str | None
    head_post: str | None
    head_since: date | None
    next_head: tuple[str, date] | None
    posts: int
    filled: dict[int, int]
    trained: dict[int, int]
    changed: dict[int, int]
    meetings: dict[int, int]


@cache
def bodies(seed: int) -> tuple[Body, ...]:
    """Every body of the province."""
    found = []
    for district in districts(seed):
        code = district.reporting_unit_id
        for body in (PEOPLE, COMMITTEE, OFFICE):
            found.append(_body(seed, district, body, code, "district", 1))
        for commune in district.communes:
            found.append(_body(seed, district, COMMITTEE, commune.unit_code, "commune", 1))
            found.append(_body(seed, district, OFFICER, commune.unit_code, "commune", 1))
            found.append(_body(seed, district, BOARD, commune.unit_code, "hamlet", commune.hamlets))
    return tuple(found)


def _body(seed: int, district: District, body: str, place: str, level: str, count: int) -> Body:
    draw = chance(seed, "apparatus", body, place)
    posts = {PEOPLE: 4, COMMITTEE: draw.randint(19, 29), OFFICE: draw.randint(4, 7), OFFICER: 1, BOARD: 5 * count}[body]
    vacant = 0 if body in (PEOPLE, OFFICER) else draw.randint(0, 2)
    filled = {2022: posts - vacant, 2023: posts - draw.randint(0, vacant)}
    early = round(filled[2022] * draw.uniform(0.4, 0.7))
    post = HEAD_POSTS.get((body, level))
    is_city = district.unit_type != "huyen"
    decided = body in (COMMITTEE, OFFICE, BOARD)
    return Body(
        reporting_unit_id=district.reporting_unit_id,
        body_code=body,
        place_code=place,
        level=level,
        body_count=count,
        decision_no=f"{draw.randint(110, 980)}/QĐ-UBND" if decided else None,
        decision_date=date(2021, 9, 1) + timedelta(days=draw.randint(0, 200)) if decided else None,
        term={PEOPLE: "2021-2026", COMMITTEE: "2021-2025"}.get(body),
        head_name=_name(draw) if post else None,
        head_post=post.replace("huyện", "thành phố, thị xã") if post and is_city else post,
        head_since=date(2021, 6, 25) + timedelta(days=draw.randint(0, 300)) if post else None,
        next_head=(_name(draw), NEW_CHAIRMAN[place]) if body == PEOPLE and place in NEW_CHAIRMAN else None,
        posts=posts,
        filled=filled,
        trained={2022: early, 2023: min(filled[2023], early + draw.randint(0, max(1, posts // 4)))},
        changed={year: draw.randint(0, 2) if body != OFFICER else 0 for year in (2022, 2023)},
        meetings={year: draw.randint(3, 8) if body in (COMMITTEE, OFFICE) else 0 for year in (2022, 2023)},
    )


def _name(draw: random.Random) -> str:
    return f"{draw.choice(FAMILY_NAMES)} {draw.choice(MIDDLE_NAMES)} {draw.choice(GIVEN_NAMES)}"


def rows_of(seed: int, name: str) -> Rows:
    """The rows of every unit for a period, as truth has them: a row of form apparatus with its unit and level."""
    about = period(name)
    return [_row(body, name, about["year"], about["data_to"]) for body in bodies(seed)] if name in PERIOD_SHARE else []


def _row(body: Body, name: str, year: int, closing: date) -> dict[str, Any]:
    gone = PERIOD_SHARE[name]
    filled, trained = body.filled[year], body.trained[2022 if gone < 1 else year]
    head, since = body.head_name, body.head_since
    if body.next_head is not None and body.next_head[1] <= closing:
        head, since = body.next_head
    is_board, is_office = body.body_code == BOARD, body.body_code in (OFFICE, OFFICER)
    return {
        "reporting_period_id": name,
        "reporting_unit_id": body.reporting_unit_id,
        "body_code": body.body_code,
        "place_code": body.place_code,
        "body_level": body.level,
        "body_count": body.body_count,
        "decision_no": body.decision_no,
        "decision_date": body.decision_date,
        "term": body.term,
        "head_name": head,
        "head_post": body.head_post,
        "head_since": since,
        "post_count": body.posts,
        "filled_count": filled,
        "full_time_count": (filled + 1) // 2 if is_office else 0,
        "female_count": filled // 4,
        "trained_count": min(trained, filled),
        "assigned_count": None if is_board else max(0, filled - 1),
        "changed_count": round(body.changed[year] * gone),
        "meeting_count": None if is_board else round(body.meetings[year] * gone),
    }


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    """The rows of form apparatus that a unit sends."""
    own = [dict(row) for row in rows_of(world.seed, name) if row["reporting_unit_id"] == unit]
    for row in own:
        del row["reporting_period_id"], row["reporting_unit_id"], row["body_level"]
    return {FORM: [row | {"explanation": None} for row in own]}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    found = []
    for name in names:
        for row in rows_of(world.seed, name):
            place = unit_id_on(row["place_code"], period(name)["data_to"])
            found.append({**{column: row[column] for column in row if column != "place_code"}, "unit_id": place})
    return {"apparatus": found}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    return {"fct_apparatus": [row for row in truth["apparatus"] if report_of_row(row) in sent]}


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_apparatus": ("reporting_period_id", "reporting_unit_id", "body_code", "unit_id")},
)
