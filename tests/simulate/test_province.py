"""The sample province: what its workbooks, its truth and its faults promise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.settings import OFFICE_TIME_ZONE
from simulate import simulate
from simulate.channel import MISSING, SENT_TWICE, WITH_NEXT, Content, deliveries
from simulate.expected import expected_marts, read_truth
from simulate.indicators import parts_of, threshold_of
from simulate.recognitions import WAITING, held_on, recognitions
from simulate.reports import build_world, report_of
from simulate.world import SAMPLE_PERIODS, all_communes, districts, period

SEED = 7
PERIODS = ("2022Y", "2023Q1")
TRA_CU = "849"


@pytest.fixture(scope="module")
def out_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    simulate(folder, PERIODS, SEED)
    return folder


def names_and_bytes(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.xlsx"))}


def test_the_same_seed_writes_the_same_bytes(out_dir: Path, tmp_path: Path) -> None:
    simulate(tmp_path, ("2023Q1",), SEED)
    again = names_and_bytes(tmp_path)
    first = names_and_bytes(out_dir)
    assert len(again) == 10  # nine units, one of which sends its file twice
    # one of them sends the report of the period before in the same workbook, where that is asked for
    other = {name for name, content in again.items() if first[name] != content}
    assert {Path(name).parts[1] for name in other} == {WITH_NEXT[0]}


def test_a_workbook_bears_the_moment_it_was_received(out_dir: Path) -> None:
    for row in read_truth(out_dir / "truth", "submission_version"):
        path = out_dir / "inbox" / row["folder"] / row["file_name"]
        assert datetime.fromtimestamp(path.stat().st_mtime, OFFICE_TIME_ZONE) == row["received_at"]


def test_a_period_outside_the_sample_is_refused_before_writing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="2024Q1 is not simulated"):
        simulate(tmp_path, ("2023Q1", "2024Q1"), SEED)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(("denominator", "least"), [(3, 50), (4, 70), (None, 70)])
def test_three_schools_or_fewer_are_held_to_an_easier_threshold(denominator: int | None, least: int) -> None:
    (part,) = (part for part in parts_of("NTM_XA_2021") if (part.indicator_no, part.part_code) == ("5", "a"))
    assert threshold_of(part, "2023Y", denominator) == least


def test_the_province_has_communes_that_only_the_easier_threshold_lets_pass() -> None:
    results = build_world(SEED).results["2022Y"]
    schools = [result for result in results if (result.set_code, result.indicator_no) == ("NTM_XA_2021", "5")]
    eased = [result for result in schools if result.denominator is not None and result.denominator <= 3]
    assert {(result.threshold, result.verdict) for result in eased} >= {(50, "D")}
    assert any(result.value is not None and 50 <= result.value < 70 and result.verdict == "D" for result in eased)


@pytest.mark.parametrize("seed", [1, SEED, 20230412])
def test_recognitions_keep_the_published_counts(seed: int) -> None:
    places = districts(seed)
    events = recognitions(places, seed)
    communes = {commune.unit_code for commune in all_communes(places)}
    assert len(communes) == 85

    def counts(day: date) -> list[int]:
        return [len(held_on(events, title, day) & communes) for title in ("NTM", "NTM_NC", "NTM_KM")]

    assert counts(date(2022, 4, 7)) == [80, 27, 0]
    assert counts(date(2022, 5, 9))[0] == 82
    assert counts(date(2024, 3, 31)) == [85, 40, 4]
    titles = held_on(events, "HUYEN_NTM", date(2023, 4, 12)) | held_on(events, "TXTP_HTNV", date(2023, 4, 12))
    assert len(titles) == 6
    for higher, lower in (("NTM_NC", "NTM"), ("NTM_KM", "NTM_NC")):
        for event in events:
            if event.title_code == higher:
                assert event.unit_code in held_on(events, lower, event.decision_date)


def test_tra_cu_stands_as_its_own_letter_says(out_dir: Path) -> None:
    marts = expected_marts(out_dir / "truth")
    standing = marts["fct_unit_standing"]
    own = standing[(standing.reporting_unit_id == TRA_CU) & (standing.reporting_period_id == "2023Q1")]
    communes = own[own.criteria_set_code == "NTM_XA_2021"]
    assert communes.standing.value_counts().to_dict() == {"recognised": 12, "completed_not_recognised": 3}
    assert sorted(communes[communes.title_code == "NTM_NC"].unit_id) == ["29491.1", "29503.1"]
    waiting = communes[communes.standing == "completed_not_recognised"]
    assert sorted(code.partition(".")[0] for code in waiting.unit_id) == sorted(WAITING)
    district = own[own.criteria_set_code == "NTM_HUYEN_2021"].iloc[0]
    assert (district.criteria_met_declared, district.criteria_total) == (4, 9)
    assert district.standing == "in_progress"


def test_figures_agree_with_their_verdicts() -> None:
    world = build_world(SEED)
    for results in world.results.values():
        for result in results:
            if result.value is None or result.threshold is None:
                continue
            is_met = {
                ">=": result.value >= result.threshold,
                "<=": result.value <= result.threshold,
                "=": result.value == result.threshold,
            }[result.direction]
            assert result.verdict == ("D" if is_met else "CD"), result
            if result.denominator is not None:
                assert result.numerator is not None
                assert abs(100 * result.numerator / result.denominator - float(result.value)) < 0.0051


def test_totals_by_sex_add_up() -> None:
    results = build_world(SEED).results["2023M06"]
    parts = {(row.unit_code, row.set_code, row.indicator_no, row.part_code): row for row in results}
    by_sex = [key for key in parts if key[3] == "male"]
    assert by_sex
    for code, set_code, number, _ in by_sex:
        total, men, women = (parts[code, set_code, number, part] for part in ("total", "male", "female"))
        assert total.numerator == (men.numerator or 0) + (women.numerator or 0)
        assert total.denominator == (men.denominator or 0) + (women.denominator or 0)


def test_some_communes_lose_health_insurance_and_income() -> None:
    world = build_world(SEED)
    before, after = world.marks("2022Y"), world.marks("2023M06")
    lost = {key[2] for key, mark in after.items() if mark == "CD" and before[key] == "D"}
    assert {"10", "15"} <= lost


def test_disbursement_only_rises_within_a_year_and_stays_within_what_was_assigned() -> None:
    world = build_world(SEED)
    key_names = ("place_code", "programme_code", "content_code", "source_code", "nature_code", "plan_year")
    for unit in ("844", TRA_CU):
        earlier: dict[tuple[Any, ...], Any] = {}
        for name in SAMPLE_PERIODS[1:]:
            rows = world.funding[unit, name]
            keys = [tuple(row[column] for column in key_names) for row in rows]
            assert len(set(keys)) == len(keys)
            for key, row in zip(keys, rows, strict=True):
                if row["disbursed_vnd"] is None:
                    continue
                assert earlier.get(key, 0) <= row["disbursed_vnd"] <= row["assigned_vnd"] <= row["planned_vnd"]
                assert row["disbursed_vnd"] % 1000 == 0
                earlier[key] = row["disbursed_vnd"]
        assert any(row["plan_year"] == 2022 for row in world.funding[unit, "2023Y"])


def test_activities_belong_to_an_assignment_of_their_day() -> None:
    world = build_world(SEED)
    numbers = [activity.activity_no for activity in world.activities]
    assert len(set(numbers)) == len(numbers)
    for activity in world.activities:
        assert any(
            row.holds_on(activity.activity_date)
            for row in world.assignments
            if (row.agency_code, row.unit_code) == (activity.agency_code, activity.unit_code)
        )


def test_one_commune_has_nobody_for_a_while_and_some_have_two() -> None:
    mains = [row for row in build_world(SEED).assignments if (row.role_code, row.helper_level) == ("main", "province")]
    helped = {row.unit_code for row in mains}

    def helpers(code: str, day: date) -> int:
        return sum(1 for row in mains if row.unit_code == code and row.holds_on(day))

    assert sum(1 for code in helped if helpers(code, date(2023, 3, 1)) == 0) == 1
    assert sum(1 for code in helped if helpers(code, date(2023, 2, 1)) == 2) == 5
    assert all(helpers(code, date(2023, 6, 1)) == 1 for code in helped)


def test_registers_repeat_what_they_held_before() -> None:
    world = build_world(SEED)
    for form, key in (
        ("recognitions", ("subject_code", "title_code", "decision_date")),
        ("helper_activities", ("activity_no",)),
    ):
        reports = [report_of(world, "847", name)[form] for name in SAMPLE_PERIODS[1:]]
        seen = [{tuple(row[name] for name in key) for row in rows} for rows in reports]
        assert all(earlier <= later for earlier, later in pairwise(seen))
        assert len(seen[0]) < len(seen[-1])


def test_every_report_reaches_the_office_as_told() -> None:
    places = districts(SEED)
    sent = [delivery for name in SAMPLE_PERIODS for delivery in deliveries(places, name, SEED)]
    reports = {(delivery.reporting_unit_id, delivery.reporting_period_id) for delivery in sent}
    assert len(reports) == 9 * 5 - 1
    assert MISSING not in reports
    late = [row for row in sent if row.received_at.date() > period(row.reporting_period_id)["due_date"]]
    assert {(row.reporting_unit_id, row.content) for row in late} == {("847", Content.FINAL), ("844", Content.FINAL)}


def test_a_file_sent_twice_has_equal_bytes(out_dir: Path) -> None:
    versions = read_truth(out_dir / "truth", "submission_version")
    twice = [row for row in versions if (row["reporting_unit_id"], row["reporting_period_id"]) == SENT_TWICE]
    assert len(twice) == 2
    assert len({row["sha256"] for row in twice}) == 1


def test_truth_parses_and_has_the_columns_of_the_marts(out_dir: Path) -> None:
    results = read_truth(out_dir / "truth", "indicator_result")
    assert {"unit_id", "criteria_set_code", "indicator_no", "computed_verdict", "distance"} <= set(results[0])
    assert {row["reporting_period_id"] for row in results if row["subject_level"] == "commune"} == {"2022Y"}
    funding = read_truth(out_dir / "truth", "funding")
    assert all(row["disbursed_in_period_vnd"] is None for row in funding if row["reporting_period_id"] == "2022Y")


def shown_in(folder: Path, fault: Mapping[str, Any]) -> object:
    book = openpyxl.load_workbook(folder / "inbox" / fault["reporting_unit_id"] / fault["file_name"])
    return book[fault["sheet"]][fault["cell"]].value


def test_every_fault_stands_on_its_cell(out_dir: Path) -> None:
    faults = [fault for fault in read_truth(out_dir / "truth", "faults") if fault["cell"] is not None]
    assert len(faults) >= 6
    for fault in faults:
        found, planted = shown_in(out_dir, fault), fault["planted"]
        if planted is None:
            assert found is None, fault
        elif isinstance(found, int | float):
            assert found == float(planted), fault
        else:
            assert planted in str(found), fault


def test_quarantined_rows_are_expected_nowhere(out_dir: Path) -> None:
    funding = expected_marts(out_dir / "truth")["fct_funding"]
    faults = read_truth(out_dir / "truth", "faults")
    planted = [fault for fault in faults if (fault["form"], fault["effect"]) == ("funding_sources", "quarantined_row")]
    assert planted
    for fault in planted:
        key = json.loads(fault["row_key"])
        rows = funding[(funding.reporting_period_id == fault["reporting_period_id"])]
        rows = rows[rows.reporting_unit_id == fault["reporting_unit_id"]]
        for column in ("programme_code", "content_code", "source_code", "nature_code", "plan_year"):
            rows = rows[rows[column] == key[column]]
        assert not len(rows[rows.unit_id.str.startswith(f"{key['place_code']}.")])


def test_a_commune_left_out_still_stands_in_the_base_set(out_dir: Path) -> None:
    standing = expected_marts(out_dir / "truth")["fct_unit_standing"]
    base = standing[(standing.criteria_set_code == "NTM_XA_2021") & (standing.reporting_period_id == "2023Q1")]
    assert len(base) == 85
    unreported = base[base.criteria_met_declared.isna()]
    assert list(unreported.reporting_unit_id) == ["845"]


def test_losses_follow_from_one_reported_period_to_the_next(out_dir: Path) -> None:
    statuses = expected_marts(out_dir / "truth")["fct_criterion_status"]
    lost = statuses[statuses.is_lost == True]  # noqa: E712
    assert len(lost)
    assert set(lost.reporting_period_id) == {"2023Q1"}
    assert set(lost.previous_period_id) == {"2022Y"}
