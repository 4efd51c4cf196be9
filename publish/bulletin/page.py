"""The bulletin's page: everything read from one snapshot, put into the template; one file, nothing fetched.

Belongs here: gathering, rendering, writing. Does not belong here: which snapshot speaks (orchestration/snapshots.py).
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from ingest.settings import OFFICE_TIME_ZONE
from publish.bulletin.communes import heat_map, tile_grid
from publish.bulletin.funding import STEPS, funding_lines
from publish.bulletin.headlines import compared, headlines
from publish.bulletin.numbers import Numbers
from publish.bulletin.obstacles import open_obstacles
from publish.bulletin.periods import Period, read_period
from publish.bulletin.plots import funding_bars, unmet_heat
from publish.bulletin.punctuality import punctuality
from publish.snapshot import DRAFT_VI, Snapshot

TEMPLATE = "bulletin.html.j2"


def write_bulletin(snapshot: Snapshot, out: Path) -> Path:
    """Write the bulletin of the snapshot's period to a file, by rename. Raises UnknownPeriod."""
    page = render_bulletin(snapshot)
    out.parent.mkdir(parents=True, exist_ok=True)
    unfinished = out.with_name(f".{out.name}.tmp")
    unfinished.write_text(page, encoding="utf-8")
    return unfinished.replace(out)


def render_bulletin(snapshot: Snapshot) -> str:
    """The page; the same snapshot gives the same text. Raises UnknownPeriod."""
    import duckdb
    import jinja2

    with duckdb.connect(str(snapshot.build.database), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        shown = _gather(Numbers(con), snapshot)
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"day": _day, "moment": _moment}
    return environment.get_template(TEMPLATE).render(shown)


def _gather(numbers: Numbers, snapshot: Snapshot) -> dict[str, Any]:
    period = read_period(numbers.con, snapshot.period_id)
    against = compared(numbers, period)
    in_province = {"reporting_period_id": period.period_id, "area_level": "province"}
    lines = funding_lines(numbers, period)
    heat = heat_map(numbers, period)
    return {
        "province_vi": _province(numbers, snapshot.build.province_code, period),
        "draft_vi": DRAFT_VI if snapshot.is_draft else None,
        "snapshot": snapshot,
        "build": snapshot.build,
        "made_at": datetime.fromisoformat(snapshot.build.made_at),
        "period": period,
        "against": against,
        "reported": numbers.value("rpt_overview", "reported_unit_count", in_province),
        "expected": numbers.value("rpt_overview", "expected_unit_count", in_province),
        "headlines": headlines(numbers, period, against),
        "tiles": tile_grid(numbers, period),
        "steps": STEPS,
        "lines": lines,
        "bars": funding_bars(lines),
        "heat": heat,
        "heat_plot": unmet_heat(heat) if heat else None,
        "obstacles": open_obstacles(numbers, period),
        "punctuality": punctuality(numbers, period),
    }


def _province(numbers: Numbers, province_code: str, period: Period) -> str:
    """The office's province; where it has become part of another by then, its territory."""
    found = numbers.con.execute(
        "select name_vi, valid_to is not null and valid_to <= ? from marts.dim_administrative_unit "
        "where level = 'province' and unit_code = ? order by valid_from desc limit 1",
        [period.data_to, province_code],
    ).fetchone()
    if found is None:
        return ""
    name = str(found[0])
    return f"địa bàn {name[:1].lower()}{name[1:]} trước sắp xếp" if found[1] else name


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else "–"


def _moment(value: datetime | None) -> str:
    return f"{value.astimezone(OFFICE_TIME_ZONE):%d/%m/%Y %H:%M}" if value else "–"
