"""A year that spans two maps: two districts report six months, what their communes became reports nine.

Real workbooks through the whole pipeline; the figures on either map are worked out by hand below.
"""

import json
import os
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingest import reference
from ingest.settings import Settings, load_settings
from ingest.template import write_workbook
from orchestration.cli import run_command
from orchestration.decisions import close
from orchestration.pipeline import run_pipeline
from publish.build import current_build
from publish.figure import ask
from publish.figure_question import NOT_DIVIDED_VI, Figure, FigureRefused, Question

pytestmark = pytest.mark.slow

OLD_MAP, NEW_MAP = date(2025, 1, 1), date(2025, 7, 1)
DISTRICT, TOWN = "850", "851"
YEAR, HALF, NINE = "2024Y", "2025M06", "2025M09"
CLOSES = {YEAR: date(2024, 12, 14), HALF: date(2025, 6, 14), NINE: date(2025, 9, 14)}
NIL_FORMS = (
    *("criteria_summary", "unit_criteria", "recognitions", "helper_assignments", "helper_activities"),
    *("funding_sources", "commune_profile"),
)

# đồng disbursed: by places of a district, and of the district itself
OF_DISTRICT = {"29497": 1_000_001, "29500": 2_000_000, "29530": 4_000_000, "29533": 5_000_000, "850": 7_000_001}
OF_TOWN = {"29515": 300_000, "29524": 500_000}
# and what the new units say three months later
OF_NEW = {"29497": 4_000_004, "29533": 6_000_000, "29512": 1_000_000}
# people of the old places: those of a new unit stand together
PEOPLE = {
    **{"29497": 3_000, "29500": 5_000, "29513": 6_000, "29521": 2_000, "29530": 7_000, "29533": 4_000, "29536": 1_000},
    **{"29512": 1_000, "29515": 2_000, "29516": 3_000, "29518": 4_000, "29524": 5_000, "29527": 6_000, "29539": 7_000},
}
POOR = {"29497": 60, "29500": 10}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    place = tmp_path_factory.mktemp("two_maps")
    settings = load_settings({"NTM_DATA_DIR": str(place / "data"), "NTM_NOW": "2025-10-10T08:00:00+07:00"})
    for unit, funding in ((DISTRICT, OF_DISTRICT), (TOWN, OF_TOWN)):
        send(settings, unit, YEAR, {})  # commune profiles come once a year
        send(settings, unit, HALF, funding)
    for unit, disbursed in OF_NEW.items():
        send(settings, unit, NINE, {unit: disbursed})
    run_pipeline(settings)
    close(settings, HALF, "Chánh Văn phòng", "Chốt số liệu 6 tháng")
    run_pipeline(settings)
    return settings


@pytest.fixture(scope="module")
def figure(office: Settings) -> Callable[..., Figure]:
    def asked(name: str, *periods: str, **more: Any) -> Figure:
        return ask(office, Question(name, periods, **more))

    return asked


def send(settings: Settings, unit: str, period: str, funding: dict[str, int]) -> None:
    path = Path(settings.inbox) / unit / f"{period}.xlsx"
    path.parent.mkdir(parents=True, exist_ok=True)
    closes = CLOSES[period]
    filled: dict[str, list[dict[str, Any]]] = {}
    if funding:
        filled["funding_sources"] = [funding_row(place, disbursed) for place, disbursed in funding.items()]
    if period == YEAR:
        codes = [row["unit_code"] for row in reference.communes_of(unit, closes)]
        filled["commune_profile"] = [profile_row(code) for code in codes]
    nil = {f"nil_{form}": True for form in NIL_FORMS if form not in filled}
    write_workbook(
        path,
        reporting_unit_id=unit,
        reporting_period_id=period,
        cover={
            "report_number": "12/BC-UBND",
            "report_date": closes,
            "data_as_of": closes,
            "preparer_name": "Nguyễn Văn A",
            "approver_name": "Trần Thị B",
            "signed_date": closes,
            **nil,
        },
        filled=filled,
    )
    days_later = 2 if unit == TOWN else 1
    moment = datetime.fromisoformat(f"{closes}T09:00:00+07:00").timestamp() + days_later * 86_400
    os.utime(path, (moment, moment))


def funding_row(place: str, disbursed: int) -> dict[str, Any]:
    return {
        "place_code": place,
        "programme_code": "NTM",
        "content_code": "ND01",
        "source_code": "NSTW",
        "nature_code": "DTPT",
        "plan_year": 2025,
        "planned_vnd": Decimal(900_000_000),
        "assigned_vnd": Decimal(900_000_000),
        "disbursed_vnd": Decimal(disbursed),
    }


def profile_row(code: str) -> dict[str, Any]:
    return {
        "commune_code": code,
        "household_count": 1_000,
        "people_count": PEOPLE[code],
        "poor_household_count": POOR.get(code, 20),
        "near_poor_household_count": 0,
    }


def by_unit(answer: Figure) -> dict[str, Decimal | None]:
    return {line.keys[0].partition(" ")[0]: line.value for line in answer.lines}


def test_each_report_is_right_on_its_own_map(figure: Callable[..., Figure]) -> None:
    half = figure("fct_funding.disbursed_vnd", HALF, by=("unit",))
    assert by_unit(half) == {f"{place}.1": vnd for place, vnd in {**OF_DISTRICT, **OF_TOWN}.items()}
    nine = figure("fct_funding.disbursed_vnd", NINE, by=("unit",))
    assert by_unit(nine) == {f"{place}.2": vnd for place, vnd in OF_NEW.items()}
    assert (half.map_date, nine.map_date) == (OLD_MAP, NEW_MAP)
    assert [(covered.reported, covered.expected) for covered in nine.coverage] == [(3, 41)]


def test_six_months_on_the_new_map_are_the_sums_of_what_was_merged(figure: Callable[..., Figure]) -> None:
    half = figure("fct_funding.disbursed_vnd", HALF, on_map=NEW_MAP, split="none", by=("unit",))
    assert by_unit(half) == {
        "29497.2": 3_000_001,
        "29530.2": 4_000_000,
        "29533.2": 5_000_000,
        "29512.2": 800_000,
        NOT_DIVIDED_VI.partition(" ")[0]: 7_000_001,
    }
    assert half.not_divided == 7_000_001
    assert half.total == sum({**OF_DISTRICT, **OF_TOWN}.values())


def test_money_of_an_ended_district_is_divided_by_the_people_of_its_communes(figure: Callable[..., Figure]) -> None:
    half = figure(
        "fct_funding.disbursed_vnd", HALF, on_map=NEW_MAP, split="population", by=("unit",), only={"unit_id": "850.1"}
    )
    # 7,000,001 đồng over 28,000 people; the odd đồng goes to the first of the largest remainders
    assert by_unit(half) == {
        "29497.2": 2_000_001,
        "29513.2": 2_000_000,
        "29530.2": 1_750_000,
        "29533.2": 1_000_000,
        "29536.2": 250_000,
    }
    assert half.total == OF_DISTRICT["850"]
    assert (half.people_periods, half.is_exact, half.not_divided) == ((YEAR,), False, None)


def test_nine_months_on_the_old_map_are_what_was_told_there_and_a_share_of_what_came_later(
    figure: Callable[..., Figure],
) -> None:
    nine = figure("fct_funding.disbursed_vnd", NINE, on_map=OLD_MAP, split="population", by=("unit",))
    assert by_unit(nine) == {
        # told by June, and of what came later (1,000,003 and 200,000) the share of each by people
        "29497.1": 1_000_001 + 375_001,
        "29500.1": 2_000_000 + 625_002,
        "29533.1": 6_000_000,  # is the same unit
        "29512.1": 25_000,
        "29515.1": 300_000 + 50_000,
        "29524.1": 500_000 + 125_000,
    }
    assert nine.told_before == 3_800_001
    assert nine.people_periods == (YEAR,)
    undivided = figure("fct_funding.disbursed_vnd", NINE, on_map=OLD_MAP, split="none", by=("unit",))
    assert by_unit(undivided) == {"29533.1": 6_000_000, NOT_DIVIDED_VI.partition(" ")[0]: 5_000_004}


@pytest.mark.parametrize("period", [HALF, NINE])
@pytest.mark.parametrize("split", ["none", "population"])
def test_the_total_is_the_same_on_every_map(figure: Callable[..., Figure], period: str, split: str) -> None:
    own = figure("fct_funding.disbursed_vnd", period).total
    for day in ("2016-01-01", "2023-03-01", "2025-01-01", "2026-01-01"):
        asked = figure(
            "fct_funding.disbursed_vnd", period, on_map=date.fromisoformat(day), split=split, by=("unit", "programme")
        )
        assert asked.total == own
        assert sum(line.value or 0 for line in asked.lines) == own


def test_a_ratio_on_the_new_map_is_made_of_its_parts(figure: Callable[..., Figure]) -> None:
    poor = {
        line.keys[0].partition(" ")[0]: line
        for line in figure("poor_households", YEAR, on_map=NEW_MAP, by=("unit",)).lines
    }
    assert (poor["29497.2"].value, poor["29497.2"].numerator, poor["29497.2"].denominator) == (
        Decimal("3.5"),
        70,
        2_000,
    )
    assert (poor["29533.2"].value, poor["29533.2"].parts, poor["29533.2"].parts_of) == (Decimal(2), 1, 1)
    # one of the communes that became Ngũ Lạc lies in a district that did not report
    assert (poor["29530.2"].parts, poor["29530.2"].parts_of) == (1, 2)


def test_a_standing_is_not_passed_on(office: Settings) -> None:
    build = current_build(office)
    assert build is not None
    with duckdb.connect(str(build.database), read_only=True) as con:
        found = con.execute(
            "select unit_id, standing, origins from standing_on_map(date '2025-07-01') where reporting_period_id = ? "
            "and criteria_set_code = 'NTM_XA_2021' and unit_id in ('29497.2', '29533.2', '29512.2')",
            [HALF],
        ).fetchall()
        own = con.execute(
            "select standing from fct_unit_standing where unit_id = '29533.1' and reporting_period_id = ? "
            "and criteria_set_code = 'NTM_XA_2021'",
            [HALF],
        ).fetchall()
    standings = {unit: (standing, origins) for unit, standing, origins in found}
    assert standings["29497.2"][0] == "to_be_reassessed"
    assert standings["29497.2"][1].startswith("Xã Đôn Xuân: ")
    assert standings["29512.2"][0] == "out_of_scope"
    assert [(standings["29533.2"][0],)] == own


def test_a_figure_is_told_as_it_was_known_before_the_second_report_came(figure: Callable[..., Figure]) -> None:
    before = figure("fct_funding.disbursed_vnd", HALF, known_at=datetime.fromisoformat("2025-06-15T12:00:00+07:00"))
    assert before.total == sum(OF_DISTRICT.values())
    assert [(covered.reported, covered.expected) for covered in before.coverage] == [(1, 9)]


def test_a_closed_period_has_a_figure_at_its_lock(figure: Callable[..., Figure]) -> None:
    now, locked = (figure("fct_funding.disbursed_vnd", HALF, at_lock=at_lock) for at_lock in (False, True))
    assert now.total == now.at_lock_total == locked.total == sum({**OF_DISTRICT, **OF_TOWN}.values())
    assert [covered.closed for covered in locked.coverage] == [9]


def test_the_command_tells_one_document_or_refuses_as_wrong_usage(
    office: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NTM_DATA_DIR", str(office.data_dir))
    monkeypatch.setenv("NTM_NOW", office.now.isoformat())
    asked = ["figure", "fct_funding.disbursed_vnd", "--period", NINE, "--map", "2025-01-01"]
    assert run_command([*asked, "--split", "none", "--by", "unit", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["total"], document["not_divided"], document["map_date"]) == ("11000004", "5000004", "2025-01-01")
    assert run_command([*asked, "--by", "unit"]) == 2
    assert "needs a stated rule" in capsys.readouterr().err
    assert run_command([*asked, "--split", "population", "--by", "unit"]) == 0
    assert "1.375.002" in capsys.readouterr().out


REFUSALS: list[tuple[str, tuple[str, ...], dict[str, Any], str]] = [
    ("fct_commune_profile.people_count", (HALF, NINE), {"on_map": NEW_MAP}, "is a stock"),
    ("fct_funding.disbursed_vnd", ("2025Q1", HALF), {}, "2025M06 holds 2025Q1 already"),
    ("fct_funding.disbursed_vnd", ("2024M06", "2025M06"), {"on_map": NEW_MAP}, "2024M06 does not end its year"),
    ("fct_funding.disbursed_in_period_vnd", (HALF, NINE), {}, "stand on different maps"),
    ("fct_funding.disbursed_vnd", (NINE,), {"on_map": OLD_MAP, "by": ("unit",)}, "needs a stated rule"),
    ("fct_funding.disbursed_vnd", (NINE,), {"on_map": OLD_MAP, "split": "area"}, "divided by area"),
    ("fct_funding.disbursed_vnd", (NINE,), {"on_map": OLD_MAP, "by": ("reporting_unit",)}, "own map"),
    ("fct_funding.disbursed_vnd", (NINE,), {"by": ("district",)}, "no districts on that map"),
    ("fct_funding.disbursed_vnd", (NINE,), {"on_map": date(2010, 1, 1)}, "no map of 2010-01-01"),
    ("fct_funding.disbursed_vnd", (NINE,), {"at_lock": True}, "was never closed"),
    (
        "fct_funding.disbursed_vnd",
        (NINE,),
        {"known_at": datetime.fromisoformat("2025-08-01T00:00:00+07:00")},
        "by then",
    ),
    ("fct_funding.disbursed_vnd", ("2023Q1",), {}, "Nobody has reported this"),
    ("fct_metric.value", (HALF,), {}, "is never added"),
    ("poor_households", (HALF, NINE), {}, "is a ratio"),
    ("criteria_confirmed", (HALF,), {"on_map": NEW_MAP, "by": ("unit",)}, "no unit takes over"),
    ("fct_criterion_status.declared_mark", (HALF,), {}, "not an amount"),
    ("fct_health_insurance.insured_count", (HALF,), {}, "only within one title_code"),
    ("fct_funding.disbursed", (HALF,), {}, "Did you mean disbursed_vnd"),
]


@pytest.mark.parametrize(("name", "periods", "more", "because"), REFUSALS)
def test_what_may_not_be_added_is_refused_by_name(
    figure: Callable[..., Figure], name: str, periods: tuple[str, ...], more: dict[str, Any], because: str
) -> None:
    with pytest.raises(FigureRefused, match=because):
        figure(name, *periods, **more)
