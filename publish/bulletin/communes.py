"""Communes of the period: a tile for each by its standing, and how many of each unit's do not meet each criterion.

Belongs here: the classes of standing with their letters and shapes, the criteria of the base set. Does not belong here:
drawing (plots.py, bulletin.html.j2), the standing itself (fct_unit_standing).
"""

from __future__ import annotations

from dataclasses import dataclass

from publish.bulletin.numbers import Number, Numbers
from publish.bulletin.periods import Period

MODEL_RANK, ADVANCED_RANK = 3, 2
UNMET = "CD"


@dataclass(frozen=True)
class Standing:
    """A class of communes on the tile grid. Letter and shape tell it without its colour."""

    code: str
    letter: str
    shape: str
    label_vi: str


STANDINGS = (
    Standing("model", "K", "star", "Đạt chuẩn kiểu mẫu"),
    Standing("advanced", "N", "shield", "Đạt chuẩn nâng cao"),
    Standing("recognised", "Đ", "square", "Đạt chuẩn nông thôn mới"),
    Standing("completed_not_recognised", "H", "circle", "Đủ tiêu chí, chờ công nhận"),
    Standing("in_progress", "P", "diamond", "Đang phấn đấu"),
    Standing("to_be_reassessed", "R", "hexagon", "Xã mới sáp nhập, chờ rà soát lại"),
    Standing("withdrawn", "T", "triangle", "Bị thu hồi danh hiệu"),
    Standing("no_report", "?", "dashed", "Chưa có báo cáo"),
)
BY_CODE = {standing.code: standing for standing in STANDINGS}


@dataclass(frozen=True)
class Tile:
    """A commune: its class, and criteria met of all (as declared)."""

    unit_id: str
    name_vi: str
    standing: Standing
    met: Number
    total: Number


@dataclass(frozen=True)
class TileGroup:
    """The communes of one reporting unit; where communes report for themselves, all of them (`name_vi` None)."""

    name_vi: str | None
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class TileGrid:
    set_name_vi: str
    groups: tuple[TileGroup, ...]
    legend: tuple[tuple[Standing, Number], ...]  # classes that there are, with how many communes


@dataclass(frozen=True)
class Criterion:
    number: int
    name_vi: str


@dataclass(frozen=True)
class HeatMap:
    """Communes that do not meet a criterion, by unit and criterion; unknown where a unit has not reported."""

    criteria: tuple[Criterion, ...]
    units: tuple[str, ...]
    unmet: tuple[tuple[Number, ...], ...]  # by unit, then criterion
    totals: tuple[Number, ...]  # by criterion


def tile_grid(numbers: Numbers, period: Period) -> TileGrid | None:
    """Every rural commune of the closing day; None where nobody has reported on criteria."""
    if period.base_set is None:
        return None
    found = numbers.con.execute(
        """
        select
            standings.unit_id, units.short_name_vi, standings.standing, coalesce(titles.rank, 0) as rank,
            reporters.name_vi, reporters.unit_id = standings.unit_id as reports_itself
        from marts.fct_unit_standing as standings
        inner join marts.dim_administrative_unit as units on standings.unit_id = units.unit_id
        left join marts.dim_reporting_unit as reporters on standings.reporting_unit_id = reporters.reporting_unit_id
        left join marts.dim_title as titles on standings.title_code = titles.title_code
        where standings.reporting_period_id = ? and standings.criteria_set_code = ?
        order by reports_itself, standings.reporting_unit_id, units.short_name_vi
        """,
        [period.period_id, period.base_set],
    ).fetchall()
    groups: dict[str | None, list[Tile]] = {}
    members: dict[str, list[str]] = {}
    for unit_id, name_vi, standing, rank, reporter, reports_itself in found:
        code = _class_of(standing, rank)
        where = {
            "reporting_period_id": period.period_id,
            "criteria_set_code": period.base_set,
            "unit_id": unit_id,
        }
        tile = Tile(
            unit_id,
            name_vi,
            BY_CODE[code],
            numbers.value("fct_unit_standing", "criteria_met_declared", where),
            numbers.value("fct_unit_standing", "criteria_total", where),
        )
        groups.setdefault(None if reports_itself else reporter, []).append(tile)
        members.setdefault(code, []).append(unit_id)
    legend = tuple(
        (
            standing,
            numbers.count(
                "fct_unit_standing",
                {
                    "reporting_period_id": period.period_id,
                    "criteria_set_code": period.base_set,
                    "standing": "recognised" if standing.code in ("model", "advanced") else standing.code,
                    **_title_of(numbers, standing),
                },
            ),
        )
        for standing in STANDINGS
        if standing.code in members
    )
    return TileGrid(
        _set_name(numbers, period.base_set),
        tuple(TileGroup(name, tuple(tiles)) for name, tiles in groups.items()),
        legend,
    )


def heat_map(numbers: Numbers, period: Period) -> HeatMap | None:
    """Unmet criteria of the base set, by reporting unit; None where nobody has reported on criteria."""
    if period.base_set is None:
        return None
    criteria = tuple(
        Criterion(*row)
        for row in numbers.con.execute(
            "select criterion_no, criterion_name_vi from marts.dim_criterion where set_code = ? order by 1",
            [period.base_set],
        ).fetchall()
    )
    units = numbers.con.execute(
        """
        select standings.reporting_unit_id, any_value(units.name_vi), count(standings.criteria_met_declared) > 0
        from marts.fct_unit_standing as standings
        left join marts.dim_reporting_unit as units on standings.reporting_unit_id = units.reporting_unit_id
        where standings.reporting_period_id = ? and standings.criteria_set_code = ?
        group by 1 order by 1
        """,
        [period.period_id, period.base_set],
    ).fetchall()

    def unmet(criterion: Criterion, **of_unit: str) -> Number:
        where = {
            "reporting_period_id": period.period_id,
            **of_unit,
            "criteria_set_code": period.base_set,
            "criterion_no": criterion.number,
            "declared_mark": UNMET,
        }
        return numbers.count("fct_criterion_status", where)

    def of_unit(unit_id: str, has_reported: bool) -> tuple[Number, ...]:
        told = (unmet(criterion, reporting_unit_id=unit_id) for criterion in criteria)
        return tuple(number if has_reported else Number(number.key, None) for number in told)

    return HeatMap(
        criteria=criteria,
        units=tuple(name for _, name, _ in units),
        unmet=tuple(of_unit(unit_id, has_reported) for unit_id, _, has_reported in units),
        totals=tuple(unmet(criterion) for criterion in criteria),
    )


def _class_of(standing: str, rank: int) -> str:
    if standing != "recognised":
        return standing
    return "model" if rank >= MODEL_RANK else "advanced" if rank >= ADVANCED_RANK else "recognised"


def _title_of(numbers: Numbers, standing: Standing) -> dict[str, object]:
    """The titles by which a recognised commune is of a class; nothing for the other classes."""
    ranks = {"model": (MODEL_RANK, 99), "advanced": (ADVANCED_RANK, MODEL_RANK), "recognised": (0, ADVANCED_RANK)}
    if standing.code not in ranks:
        return {}
    codes = numbers.con.execute(
        "select title_code from marts.dim_title where subject_kind = 'commune' and rank >= ? and rank < ? order by 1",
        ranks[standing.code],
    ).fetchall()
    return {"title_code": tuple(code for (code,) in codes)}


def _set_name(numbers: Numbers, set_code: str) -> str:
    row = numbers.con.execute(
        "select set_name_vi from marts.dim_criteria_set where set_code = ?", [set_code]
    ).fetchone()
    return row[0] if row else set_code
