"""Local policies, plans and guidance documents in the sample.

The register grows from year to year; what is only planned has neither number nor day of issue.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

from simulate.half_years import half_years
from simulate.planted import Report
from simulate.registers import latest_reported
from simulate.topic import Row, Rows, Topic, Truth
from simulate.truth_help import event_period_of
from simulate.world import District, chance, districts, period, unit_id_on

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "policies"
MILLION = Decimal(1_000_000)
TRA_CU = "849"
WITHOUT_PLAN = ("846", "850")  # district-level units that have planned no document of their own for 2023
REWARDING = ("842", "844", "847", "849", "851")
PROMISED_REWARD = "848"  # planned for 2023 and not issued
SUPPORTING = {"842": "Hỗ trợ xi măng làm đường ngõ xóm", "845": "Hỗ trợ lãi suất hợp tác xã",
              "849": "Hỗ trợ chuyển đổi cây trồng", "850": "Hỗ trợ thu gom rác thải"}  # fmt: skip
GUIDANCE = (
    "Hướng dẫn hoàn thiện hồ sơ tiêu chí", "Hướng dẫn thanh quyết toán vốn sự nghiệp", "Hướng dẫn lấy ý kiến hài lòng",
    "Hướng dẫn xây dựng khu dân cư", "Chỉ đạo phòng ngừa tiêu cực, lãng phí", "Hướng dẫn công khai tài chính",
)  # fmt: skip


@cache
def policies(seed: int) -> tuple[Row, ...]:
    """Every document of the register with the day of its issue, or None; the rows are shared."""
    found: list[Row] = []
    for district in districts(seed):
        unit = district.reporting_unit_id
        own = sorted(_of_district(district, seed), key=lambda row: row["year_known"])
        found += [
            row | {"reporting_unit_id": unit, "policy_no": f"{unit}-VB-{number:03d}", "place_code": unit}
            for number, row in enumerate(own, 1)
        ]
    return tuple(found)


def _of_district(district: District, seed: int) -> list[Row]:
    unit, name = district.reporting_unit_id, district.short_name
    draw = chance(seed, FORM, unit)
    council, office = f"Hội đồng nhân dân {name}", f"Ủy ban nhân dân {name}"

    def amount(fewest: int, most: int) -> Decimal:
        return MILLION * draw.randint(fewest, most)

    own = [
        _row("programme", "resolution", council, "Đề án xây dựng nông thôn mới giai đoạn 2021-2025", 2022,
             issued_on=date(2021, 8, draw.randint(1, 28)), document_no=f"{draw.randint(10, 60)}/NQ-HĐND",
             years=(2021, 2025), budget_vnd=amount(20_000, 90_000), covers_residential_areas=draw.random() < 0.7),
        _row("funding_ground", "resolution", council, "Mức vận động đóng góp tự nguyện", 2022, source_code="DC",
             issued_on=date(2021, 12, 20), document_no=f"{draw.randint(61, 90)}/NQ-HĐND", years=(2022, 2025)),
        _row("funding_ground", "agreement", office, "Thỏa thuận tài trợ làm đường liên ấp", 2023, source_code="DN",
             issued_on=date(2023, 2, draw.randint(1, 28)), document_no=f"{draw.randint(1, 9)}/TT",
             years=(2023, 2023), budget_vnd=amount(300, 2_000)),
    ]  # fmt: skip
    for year in (2022, 2023):
        if year == 2022 or unit not in WITHOUT_PLAN:
            own.append(
                _row("annual_plan", "plan", office, f"Kế hoạch xây dựng nông thôn mới năm {year}", year,
                     planned_on=date(year, 1, 31), issued_on=date(year, 1, 20) + timedelta(draw.randint(0, 30)),
                     document_no=f"{draw.randint(5, 30)}/KH-UBND", years=(year, year),
                     budget_vnd=amount(5_000, 30_000), covers_residential_areas=draw.random() < 0.6)
            )  # fmt: skip
        for subject in draw.sample(GUIDANCE, 3 if year == 2022 else 5):
            planned = date(year, draw.randint(2, 11), 15)
            issued = planned + timedelta(draw.randint(-20, 40)) if draw.random() < 0.8 else None
            own.append(
                _row("guidance", "official_letter", office, subject, year, planned_on=planned, issued_on=issued,
                     document_no=f"{draw.randint(100, 999)}/UBND-NN", years=(year, year))
            )  # fmt: skip
    if unit in REWARDING or unit == PROMISED_REWARD:
        own.append(_row("reward", "resolution", council, "Chính sách thưởng khu dân cư được công nhận", 2023,
                        planned_on=date(2023, 5, 31), document_no=f"{draw.randint(2, 9)}/NQ-HĐND", years=(2023, 2025),
                        issued_on=None if unit == PROMISED_REWARD else date(2023, 4, draw.randint(1, 28)),
                        covers_residential_areas=True, source_code="NSH", budget_vnd=amount(600, 1_500),
                        reward_per_area_vnd=MILLION * draw.choice((30, 50, 100))))  # fmt: skip
    if unit in SUPPORTING:
        own.append(_row("special_policy", "resolution", council, SUPPORTING[unit], 2022, source_code="NSH",
                        issued_on=date(2022, 7, draw.randint(1, 28)), document_no=f"{draw.randint(10, 30)}/NQ-HĐND",
                        years=(2022, 2025), budget_vnd=amount(1_000, 8_000)))  # fmt: skip
    return own + (_of_tra_cu() if unit == TRA_CU else [])


def _of_tra_cu() -> list[Row]:
    """The two documents of the district's Party committee that are known."""
    committee = "Huyện ủy Trà Cú"
    return [
        _row("programme", "resolution", committee, "Xây dựng nông thôn mới huyện Trà Cú giai đoạn 2021-2025", 2022,
             issued_on=date(2021, 10, 20), document_no="03-NQ/HU", years=(2021, 2025)),
        _row("guidance", "official_letter", committee, "Xây dựng nông thôn mới huyện Trà Cú năm 2023", 2023,
             issued_on=date(2023, 4, 12), document_no="815-CV/HU", years=(2023, 2023)),
    ]  # fmt: skip


def _row(
    kind: str, document: str, issuer: str, subject: str, year_known: int, *, years: tuple[int, int], **more: Any
) -> Row:
    row: Row = {
        "kind_code": kind, "document_type": document, "level_code": "district", "issuer_name": issuer,
        "subject": subject, "planned_on": None, "document_no": None, "issued_on": None, "year_from": years[0],
        "year_to": years[1], "objective": None, "content": f"{subject}; giao các xã, phòng, ban thực hiện",
        "covers_residential_areas": False, "source_code": None, "budget_vnd": None, "reward_per_area_vnd": None,
        "ended_on": None, "explanation": None, "year_known": year_known,
    }  # fmt: skip
    return row | more


def reported(policy: Row, name: str) -> Row | None:
    """A document as the report of a period has it; None where nobody knew of it yet."""
    about = period(name)
    issued = policy["issued_on"]
    is_issued = issued is not None and issued <= about["data_to"]
    if policy["year_known"] > about["year"] or not (is_issued or policy["planned_on"]):
        return None
    row = {key: value for key, value in policy.items() if key != "year_known"}
    return row if is_issued else row | {"document_no": None, "issued_on": None}


def reports(world: World, unit: str, name: str) -> dict[str, Rows]:
    rows = [reported(policy, name) for policy in policies(world.seed) if policy["reporting_unit_id"] == unit]
    return {FORM: [{key: value for key, value in row.items() if key != "reporting_unit_id"} for row in rows if row]}


def truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    rows: Rows = []
    for name in half_years(names):
        for policy in policies(world.seed):
            if (row := reported(policy, name)) is not None:
                place = row.pop("place_code")
                rows.append({"reporting_period_id": name, **row, "unit_id": unit_id_on(place, period(name)["data_to"])})
    return {"policy": rows}


def expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    latest = latest_reported(truth["policy"], ("reporting_unit_id", "policy_no"), sent)
    return {"fct_policy": [row | {"event_period_id": event_period_of(row["issued_on"])} for row in latest]}


TOPIC = Topic(
    reports=reports,
    truth=truth,
    expected=expected,
    keys={"fct_policy": ("reporting_unit_id", "policy_no")},
    unspoken=frozenset({"policy_id"}),
)
