"""Projects of the sample province: works, production models and equipment, from decision to closing of the books.

Belongs here: the world of projects and the rows a unit sends of them. A project is drawn once; what a report says of
it follows from its closing day. Some volumes run ahead of the money assigned, which is debt. Does not belong here: what
the marts say (truth_projects.py).
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from simulate.world import District, chance, districts, period

THOUSAND = 1_000
BUDGETS = ("central_vnd", "province_vnd", "district_vnd", "commune_vnd")
SOURCES = (*BUDGETS, "integrated_vnd", "enterprise_vnd", "community_vnd", "other_vnd")
DEBTS = ("debt_central_vnd", "debt_province_vnd", "debt_district_vnd", "debt_commune_vnd")
VOLUME = Decimal("0.97")  # of the investment, once all is built
SHORT_OF = Decimal("0.8")  # share of the investment that is assigned to projects in debt
# kind, programme, part, content, name, least and most of the investment in million đồng
MODELS = (
    ("works", "NTM", None, "ND02", "Nâng cấp đường liên ấp {}", 1800, 9500),
    ("works", "NTM", None, "ND02", "Xây dựng nhà văn hóa xã {}", 1200, 4200),
    ("works", "NTM", "NTM-MT", "ND07", "Hệ thống cấp nước tập trung {}", 2500, 8000),
    ("works", "DTTS", "DTTS-DA4", "ND00", "Cầu và đường vào ấp {}", 1500, 5200),
    ("works", "NTM", None, "ND02", "Sửa chữa trường tiểu học {}", 900, 3600),
    ("production", "NTM", "NTM-OCOP", "ND03", "Mô hình sản phẩm OCOP {}", 250, 900),
    ("production", "GNBV", "GNBV-DA2", "ND00", "Mô hình chăn nuôi giảm nghèo {}", 200, 800),
    ("production", "GNBV", "GNBV-DA3", "ND00", "Hỗ trợ trồng màu xen canh {}", 180, 700),
    ("equipment", "NTM", "NTM-CDS", "ND08", "Thiết bị một cửa điện tử {}", 150, 480),
)  # fmt: skip
TWIN_VILLAGE = "Ấp Chợ"
GROUPS = ("Tổ hợp tác {}", "Hợp tác xã nông nghiệp {}", "Nhóm hộ nghèo và cận nghèo {}", "Chi hội nông dân {}")
VILLAGES = ("Ấp Giồng", "Ấp Sóc Mới", "Ấp Cà Hom", None)


@dataclass(frozen=True)
class Project:
    """A project as it goes; amounts in thousand đồng. The real dates of what is still to come lie in the future."""

    reporting_unit_id: str
    project_code: str
    project_name: str
    kind_code: str
    programme_code: str
    programme_part_code: str | None
    content_code: str
    places: tuple[str, ...]
    village: str | None
    beneficiary: str | None
    household_count: int | None
    decision_no: str
    decision_date: date
    planned_start: date
    planned_finish: date
    start: date
    finish: date
    sources: tuple[int, ...]  # in the order of SOURCES
    is_in_debt: bool = False
    debt_cleared_in: int | None = None  # report year from whose beginning all is assigned

    @property
    def investment(self) -> int:
        return sum(self.sources)

    def built(self, day: date) -> Decimal:
        """The share that is built."""
        return min(Decimal(1), max(Decimal(0), Decimal((day - self.start).days) / (self.finish - self.start).days))

    def accepted(self, day: date) -> int:
        return round(self.investment * VOLUME * self.built(day))

    def assigned_by(self, year: int) -> int:
        """All that was assigned up to a report year, known from its January."""
        if year < self.planned_start.year:
            return 0
        is_short = self.is_in_debt and (self.debt_cleared_in is None or year < self.debt_cleared_in)
        share = min(Decimal(1), self.built(date(year, 12, 14)) + Decimal("0.3")) * (SHORT_OF if is_short else 1)
        return round(self.investment * share)

    def closed_on(self) -> date | None:
        """The books are closed a quarter of a year after all is built and paid."""
        if not self.is_in_debt:
            return self.finish + timedelta(days=90)
        return date(self.debt_cleared_in, 3, 1) if self.debt_cleared_in is not None else None

    def disbursed(self, day: date, year: int) -> int:
        closed = self.closed_on()
        volume = self.accepted(day)
        paid = volume if closed is not None and closed <= day else round(volume * Decimal("0.95"))
        return min(paid, self.assigned_by(year))

    def debt_since(self) -> date:
        """The day on which the volume passed the money that was assigned in the end."""
        days = (self.finish - self.start).days
        return self.start + timedelta(days=int(days * SHORT_OF / VOLUME) + 1)


@cache
def projects(seed: int) -> tuple[Project, ...]:
    """Every project of the province, in order of its code."""
    found = [project for district in districts(seed) for project in _of_district(district, seed)]
    return tuple(sorted(found, key=lambda project: project.project_code))


def _of_district(district: District, seed: int) -> list[Project]:
    draw = chance(seed, "projects", district.reporting_unit_id)
    communes = [(commune.unit_code, commune.name_vi.removeprefix("Xã ")) for commune in district.communes]
    chosen = draw.sample(communes, min(len(communes), 6))
    found = []
    for number, (kind, programme, part, content, name, low, high) in enumerate(MODELS, start=1):
        if len(communes) == 1 and number > 4:
            break
        place, place_name = chosen[number % len(chosen)]
        others = [code for code, _ in chosen if code != place][:2] if number == 3 else []
        found.append(
            _project(
                draw,
                district.reporting_unit_id,
                number,
                (kind, programme, part, content),
                name.format(place_name),
                (place, *others),
                draw.randint(low, high) * THOUSAND,
            )
        )
    return found + _twins(district, seed)


def _project(
    draw: random.Random,
    unit: str,
    number: int,
    about: tuple[str, str, str | None, str],
    name: str,
    places: tuple[str, ...],
    investment: int,
) -> Project:
    kind, programme, part, content = about
    decided = date(draw.choice((2021, 2022, 2022)), draw.randint(1, 9), draw.randint(1, 28))
    planned = decided + timedelta(days=draw.randint(20, 90))
    due = planned + timedelta(days=draw.randint(150, 480) if kind == "works" else draw.randint(90, 240))
    start = planned + timedelta(days=draw.choice((0, 0, 5, 25, 160)))
    finish = start + (due - planned) + timedelta(days=draw.choice((-20, 0, 0, 40, 120)))
    is_works = kind == "works"
    is_in_debt = is_works and number in (1, 5)
    shares = _shares(draw, is_works, programme)
    rest = investment - sum(round(investment * share) for share in shares[1:])
    return Project(
        reporting_unit_id=unit,
        project_code=f"{unit}{decided:%y}{number:03d}",
        project_name=name,
        kind_code=kind,
        programme_code=programme,
        programme_part_code=part,
        content_code=content,
        places=places,
        village=draw.choice(VILLAGES),
        beneficiary=draw.choice(GROUPS).format(name.rpartition(" ")[2]) if kind == "production" else None,
        household_count=draw.randint(12, 60) if kind == "production" else draw.randint(150, 900) if is_works else None,
        decision_no=f"{draw.randint(300, 2900)}/QĐ-UBND",
        decision_date=decided,
        planned_start=planned,
        planned_finish=due,
        start=start,
        finish=finish,
        sources=(rest, *(round(investment * share) for share in shares[1:])),
        is_in_debt=is_in_debt,
        debt_cleared_in=2023 if is_in_debt and number == 5 and finish < date(2022, 12, 1) else None,
    )


def _shares(draw: random.Random, is_works: bool, programme: str) -> tuple[float, ...]:
    if programme == "NTM" and is_works:
        return (0.62, 0.12, 0.1, 0.04, 0.0, 0.02, draw.choice((0.05, 0.1)), 0.0)
    return (0.8, 0.08, 0.05, 0.0, 0.0, 0.0, 0.07, 0.0)


def _twins(district: District, seed: int) -> list[Project]:
    """The same work or the same group paid by two programmes: told as integrated, allowed by decision, and neither."""
    found = TWINS.get(district.reporting_unit_id)
    if found is None:
        return []
    draw = chance(seed, "twins", district.reporting_unit_id)
    name, kind, group, decided, other, is_integrated = found
    commune = district.communes[2]
    own = _project(draw, district.reporting_unit_id, 21, (kind, "NTM", None, "ND03" if group else "ND02"),
                   name.format(commune.name_vi.removeprefix("Xã ")), (commune.unit_code,), 900 * THOUSAND)  # fmt: skip
    own = _decided(own, decided, 21, group)
    twin = _decided(own, decided, 22, group)
    direct = sum(own.sources[:4])
    integrated_in_own = (*own.sources[:4], direct if is_integrated else 0, *own.sources[5:])
    return [
        replace(own, sources=integrated_in_own),
        replace(
            twin,
            programme_code=other,
            programme_part_code=f"{other}-DA{4 if other == 'DTTS' else 2}",
            content_code="ND00",
            project_name=own.project_name.lower(),
        ),
    ]


def _decided(project: Project, day: date, number: int, group: str | None) -> Project:
    shift = day - project.decision_date
    return replace(
        project,
        project_code=f"{project.reporting_unit_id}{day:%y}{number:03d}",
        village=TWIN_VILLAGE,
        beneficiary=group,
        is_in_debt=False,
        decision_date=day,
        planned_start=project.planned_start + shift,
        planned_finish=project.planned_finish + shift,
        start=project.start + shift,
        finish=project.finish + shift,
    )


# name, kind, group, decided, the other programme, whether the first project tells the other's money as integrated
TWINS: dict[str, tuple[str, str, str | None, date, str, bool]] = {
    "845": ("Cống hở và mặt đường ấp {}", "works", None, date(2022, 3, 10), "DTTS", True),
    "850": ("Đường vào khu sản xuất {}", "works", None, date(2022, 5, 12), "DTTS", False),
    "849": ("Mô hình nuôi bò sinh sản {}", "production", "Tổ hợp tác chăn nuôi ấp Chợ", date(2023, 10, 2), "GNBV",
            False),
}  # fmt: skip


def project_rows(listed: Sequence[Project], unit: str, name: str) -> list[dict[str, Any]]:
    """The rows of form projects a unit sends: what is decided, to the end of the report year that closes its books."""
    about = period(name)
    rows = []
    for project in listed:
        closed = project.closed_on()
        is_gone = closed is not None and closed < about["data_from"]
        if project.reporting_unit_id == unit and project.decision_date <= about["data_to"] and not is_gone:
            rows.append(_row(project, about["data_to"], about["year"]))
    return rows


def _row(project: Project, day: date, year: int) -> dict[str, Any]:
    def known(moment: date | None) -> date | None:
        return moment if moment is not None and moment <= day else None

    assigned, before = project.assigned_by(year), project.assigned_by(year - 1)
    closing_before = date(year - 1, 12, 14)
    disbursed, paid_before = project.disbursed(day, year), project.disbursed(closing_before, year - 1)
    carried = before - paid_before
    from_carried = min(disbursed - paid_before, carried)
    accepted = project.accepted(day)
    is_settled = project.finish + timedelta(days=60) <= day
    debt = max(0, accepted - assigned) if project.kind_code == "works" else None
    parts = None if debt is None else (0, 0, debt - round(debt * 0.4), round(debt * 0.4))
    second, third = (*project.places[1:], None, None)[:2]
    return {
        "project_code": project.project_code,
        "project_name": project.project_name,
        "kind_code": project.kind_code,
        "programme_code": project.programme_code,
        "programme_part_code": project.programme_part_code,
        "content_code": project.content_code,
        "place_code": project.places[0],
        "second_place_code": second,
        "third_place_code": third,
        "village": project.village,
        "beneficiary": project.beneficiary,
        "household_count": project.household_count,
        "decision_no": project.decision_no,
        "decision_date": project.decision_date,
        "planned_start": project.planned_start,
        "planned_finish": project.planned_finish,
        "actual_start": known(project.start),
        "actual_finish": known(project.finish),
        "investment_vnd": _dong(project.investment),
        **{source: _dong(amount) for source, amount in zip(SOURCES, project.sources, strict=True)},
        "assigned_total_vnd": _dong(assigned),
        "assigned_year_vnd": _dong(assigned - before),
        "carried_over_vnd": _dong(carried),
        "accepted_vnd": _dong(accepted),
        "disbursed_total_vnd": _dong(disbursed),
        "disbursed_year_vnd": _dong(disbursed - paid_before - from_carried),
        "disbursed_carried_vnd": _dong(from_carried),
        "settled_vnd": _dong(accepted) if is_settled else None,
        "closed_on": known(project.closed_on()),
        "debt_vnd": _dong(debt),
        **{name: None if parts is None else _dong(part) for name, part in zip(DEBTS, parts or (0,) * 4, strict=True)},
        "debt_since": project.debt_since() if debt else None,
        "debt_source_code": "NSH" if debt else None,
        "debt_clear_by": project.debt_since() + timedelta(days=365) if debt else None,
        "explanation": _reason(project, day),
    }


def _reason(project: Project, day: date) -> str | None:
    """What the office says of a project that is not finished although it should be."""
    if project.finish <= day or project.planned_finish >= day:
        return None
    return "Chậm giải phóng mặt bằng" if project.kind_code == "works" else "Chậm lựa chọn nhà cung ứng"


def _dong(thousands: int | None) -> Decimal | None:
    return None if thousands is None else Decimal(thousands) * THOUSAND
