"""Small town districts that send real workbooks for the first quarter of 2023, and a look at what was published."""

import os
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest import reference
from ingest.settings import Settings, load_settings
from ingest.template import write_workbook
from ingest.template_rows import indicator_rows
from publish.build import current_build

PERIOD, CLOSES = "2023Q1", date(2023, 3, 14)
BASE_SET, ADVANCED_SET, TOWN_SET = "NTM_XA_2021", "NTM_XA_NC_2021", "NTM_TXTP_2021"
NIL_FORMS = ("recognitions", "helper_assignments", "helper_activities")
NOW = "2023-04-12T08:00:00+07:00"

Rows = list[tuple[Any, ...]]
Tables = dict[str, Rows]


@pytest.fixture(scope="session", autouse=True)
def own_data_dir(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Loading the definitions writes a manifest below NTM_DATA_DIR: never into the checkout."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NTM_DATA_DIR", str(tmp_path_factory.mktemp("ntm")))
        yield


@pytest.fixture(scope="session")
def settings_in() -> Callable[[Path], Settings]:
    """Settings of a province that keeps its data in a folder, on 12 April 2023."""
    return lambda data_dir: load_settings({"NTM_DATA_DIR": str(data_dir), "NTM_NOW": NOW})


@pytest.fixture(scope="session")
def send() -> Callable[..., Path]:
    """Write a report into an inbox; `funding` maps communes to đồng disbursed, none = declared nil."""
    return _send


@pytest.fixture(scope="session")
def published() -> Callable[[Settings], Tables]:
    """Every published table with its rows, in order."""
    return _published


def _send(settings: Settings, name: str, received: str, **report: Any) -> Path:
    path = Path(settings.inbox) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_report(path, **report)
    moment = datetime.fromisoformat(received).timestamp()
    os.utime(path, (moment, moment))
    return path


def _write_report(
    path: Path, *, unit: str, funding: dict[str, int] | None = None, period: str = PERIOD, **cover: Any
) -> None:
    communes = [row for row in reference.communes_of(unit, CLOSES) if row["unit_type"] == "xa"]
    nil = (*NIL_FORMS, *(() if funding else ("funding_sources",)))
    write_workbook(
        path,
        reporting_unit_id=unit,
        reporting_period_id=period,
        cover={
            "report_number": "12/BC-UBND",
            "report_date": date(2023, 3, 20),
            "data_as_of": CLOSES,
            "preparer_name": "Nguyễn Văn A",
            "approver_name": "Trần Thị B",
            "signed_date": date(2023, 3, 20),
            **{f"nil_{form}": True for form in nil},
            **cover,
        },
        filled={
            "criteria_summary": [*_marks(BASE_SET, communes), *_marks(ADVANCED_SET, communes[:1])],
            "unit_criteria": [
                {**row, "criteria_set_code": TOWN_SET, "verdict": "CD", "planned_date": date(2024, 12, 1)}
                for row in indicator_rows(TOWN_SET)
            ],
            "funding_sources": [
                _funding_row(place, disbursed, int(period[:4])) for place, disbursed in (funding or {}).items()
            ],
        },
    )


def _funding_row(place: str, disbursed: int, plan_year: int) -> dict[str, Any]:
    return {
        "place_code": place,
        "programme_code": "NTM",
        "content_code": "ND01",
        "source_code": "NSTW",
        "nature_code": "DTPT",
        "plan_year": plan_year,
        "planned_vnd": Decimal(900_000_000),
        "assigned_vnd": Decimal(900_000_000),
        "disbursed_vnd": Decimal(disbursed),
    }


def _marks(set_code: str, communes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    criteria = [str(row["criterion_no"]) for row in reference.rows("criteria") if row["set_code"] == set_code]
    return [
        {
            "criteria_set_code": set_code,
            "commune_code": commune["unit_code"],
            "commune_name": commune["name_vi"],
            "criterion_no": criterion,
            "mark": "D",
            "criteria_met": len(criteria),
            "criteria_change": 0,
        }
        for commune in communes
        for criterion in criteria
    ]


def _published(settings: Settings) -> Tables:
    build = current_build(settings)
    assert build is not None
    with duckdb.connect(str(build.database), read_only=True) as con:
        return {table: con.execute(f'from "{table}" order by all').fetchall() for table in build.row_counts}
