"""Reference data keeps what schema.yml promises, and says what is known of the country."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from ingest import reference, thresholds

TABLES = reference.table_names()
END_OF_2022, REFORM = date(2022, 12, 31), date(2025, 7, 1)
CONFIDENCE = re.compile(r"(confirmed|recalled(-high|-medium|-low)?|partly|unverified|assumed)\b")


def keys_of(name: str, columns: list[str]) -> list[tuple]:
    return [tuple(row[column] for column in columns) for row in reference.rows(name)]


def units(day: date, level: str, **wanted: str) -> list[dict]:
    return [
        row
        for row in reference.rows("administrative_units")
        if row["level"] == level
        and reference.is_valid(row, day)
        and all(row[name] == value for name, value in wanted.items())
    ]


# --- what schema.yml promises


def test_every_csv_has_a_schema_and_every_schema_a_csv() -> None:
    assert {path.stem for path in reference.REFERENCE_DIR.glob("*.csv")} == set(TABLES)


@pytest.mark.parametrize("name", TABLES)
def test_types_parse_and_required_columns_are_filled(name: str) -> None:
    table = reference.load_table(name)
    assert table.num_rows > 0
    for column, about in reference.schema()[name]["columns"].items():
        if about.get("required"):
            assert table[column].null_count == 0, column


@pytest.mark.parametrize("name", TABLES)
def test_keys_are_unique(name: str) -> None:
    repeated = [key for key, n in Counter(keys_of(name, reference.schema()[name]["key"])).items() if n > 1]
    assert repeated == []


@pytest.mark.parametrize("name", TABLES)
def test_references_resolve(name: str) -> None:
    about = reference.schema()[name]
    wanted = [([column], *target.split(".")) for column, target in about.get("references", {}).items()]
    pairs = [(columns, table, [column]) for columns, table, column in wanted]
    pairs += [(item["columns"], item["table"], item["columns"]) for item in about.get("references_together", [])]
    for columns, target, target_columns in pairs:
        there = set(keys_of(target, target_columns))
        assert {key for key in keys_of(name, columns) if None not in key} <= there, (columns, target)


@pytest.mark.parametrize("name", [name for name in TABLES if "validity" in reference.schema()[name]])
def test_intervals_are_not_empty_and_do_not_overlap(name: str) -> None:
    about = reference.schema()[name]
    begin, end = about["validity"]
    for row in reference.rows(name):
        assert row[end] is None or row[begin] is None or row[begin] < row[end], row
    spans: dict[tuple, list] = {}
    for row in reference.rows(name) if "per" in about else ():
        spans.setdefault(tuple(row[column] for column in about["per"]), []).append((row[begin], row[end]))
    for key, held in spans.items():
        held.sort()
        for (_, first_end), (second_begin, _) in pairwise(held):
            assert first_end is not None, key
            assert first_end <= second_begin, key


@pytest.mark.parametrize("name", TABLES)
def test_text_is_clean_and_confidence_leads_with_a_known_word(name: str) -> None:
    content = (reference.REFERENCE_DIR / f"{name}.csv").read_bytes()
    text = content.decode("utf-8")
    assert b"\r" not in content
    assert not text.startswith("\ufeff")
    assert unicodedata.is_normalized("NFC", text)
    for row in csv.DictReader(text.splitlines()):
        assert all(value == value.strip() for value in row.values()), row
        if "confidence" in row:
            assert CONFIDENCE.match(row["confidence"]), row


def test_parts_of_an_indicator_are_its_part_rows() -> None:
    parts: dict[tuple, list[str]] = {}
    for row in reference.rows("indicator_parts"):
        parts.setdefault((row["set_code"], row["indicator_no"]), []).append(row["part_code"])
    for row in reference.rows("indicators"):
        assert row["parts"].split("|") == parts[row["set_code"], row["indicator_no"]], row
        assert row["by_sex"] == (row["parts"] == "total|male|female")


def test_a_threshold_has_a_number_or_a_text_and_never_both() -> None:
    kinds = {(r["set_code"], r["indicator_no"], r["part_code"]): r for r in reference.rows("indicator_parts")}
    for row in reference.rows("indicator_thresholds"):
        part = kinds[row["set_code"], row["indicator_no"], row["part_code"]]
        is_text = part["value_kind"] in ("bool", "level")
        assert (row["threshold_value"] is None) == is_text, row
        assert (row["threshold_text"] is not None) == is_text, row


def test_parents_and_successors_stand_on_the_right_side_of_the_change() -> None:
    by_id = {row["unit_id"]: row for row in reference.rows("administrative_units")}
    for row in by_id.values():
        if parent := by_id.get(row["parent_unit_id"]):
            assert parent["valid_from"] <= row["valid_from"], row
            assert parent["valid_to"] is None or (row["valid_to"] and row["valid_to"] <= parent["valid_to"]), row
    for row in reference.rows("unit_succession"):
        if row["kind"] != "boundary":
            assert by_id[row["predecessor_unit_id"]]["valid_to"] == row["effective_date"], row
            assert reference.is_valid(by_id[row["successor_unit_id"]], row["effective_date"]), row


def test_every_ended_commune_has_one_successor_to_use() -> None:
    defaults = Counter(
        row["predecessor_unit_id"]
        for row in reference.rows("unit_succession")
        if row["is_default"] and row["kind"] != "boundary"
    )
    ended = [row for row in reference.rows("administrative_units") if row["valid_to"] and row["level"] == "commune"]
    assert {row["unit_id"]: defaults[row["unit_id"]] for row in ended} == {row["unit_id"]: 1 for row in ended}


# --- the country and the sample province


@pytest.mark.parametrize(("day", "total"), [(END_OF_2022, 106), (date(2024, 12, 31), 106), (date(2025, 1, 1), 104)])
def test_tra_vinh_before_the_reform(day: date, total: int) -> None:
    assert len(units(day, "commune", province_code="84")) == total
    assert len(units(day, "commune", province_code="84", unit_type="xa")) == 85
    assert len(units(day, "district", province_code="84")) == 9


def test_tra_vinh_becomes_41_units_of_vinh_long() -> None:
    before = {row["unit_id"] for row in units(date(2025, 6, 30), "commune", province_code="84")}
    after = {r["successor_unit_id"] for r in reference.rows("unit_succession") if r["predecessor_unit_id"] in before}
    new = [row for row in units(REFORM, "commune", province_code="86") if row["unit_id"] in after]
    assert Counter(row["unit_type"] for row in new) == {"xa": 35, "phuong": 6}
    assert units(REFORM, "commune", province_code="84") == []


def test_the_country() -> None:
    before = date(2025, 6, 30)
    assert [len(units(before, level)) for level in ("province", "district", "commune")] == [63, 696, 10_035]
    assert [len(units(REFORM, level)) for level in ("province", "district", "commune")] == [34, 0, 3_321]


def test_29461_names_two_units_over_time() -> None:
    old, new = (reference.unit_on("29461", "commune", day) for day in (date(2025, 6, 30), REFORM))
    assert (old["unit_id"], old["name_vi"]) == ("29461.1", "Thị trấn Trà Cú")
    assert (new["unit_id"], new["name_vi"]) == ("29461.2", "Xã Trà Cú")
    assert reference.unit_on("29461", "commune", date(2010, 1, 1)) is None


def test_communes_of_a_reporting_unit() -> None:
    tra_cu = reference.communes_of("849", END_OF_2022)
    assert Counter(row["unit_type"] for row in tra_cu) == {"xa": 15, "thi_tran": 2}
    assert reference.communes_of("849", REFORM) == []
    assert [row["unit_id"] for row in reference.communes_of("29461", REFORM)] == ["29461.2"]
    assert reference.communes_of("29461", END_OF_2022) == []
    with pytest.raises(reference.UnknownReference, match="no reporting unit"):
        reference.communes_of("0849", REFORM)


def test_known_recognitions_stand_on_units_of_the_time() -> None:
    assert len(reference.rows("known_recognitions")) == 28
    for row in reference.rows("known_recognitions"):
        assert reference.unit_on(row["unit_code"], row["level"], END_OF_2022)["unit_id"] == row["unit_id"]


# --- criteria and thresholds


@pytest.mark.parametrize(("set_code", "total"), [("NTM_XA_2021", 57), ("NTM_XA_NC_2021", 75), ("NTM_HUYEN_2021", 36)])
def test_complete_sets(set_code: str, total: int) -> None:
    assert sum(row["set_code"] == set_code for row in reference.rows("indicators")) == total


def test_declared_counts_are_those_held() -> None:
    held = Counter(row["set_code"] for row in reference.rows("indicators"))
    partial = {"NTM_XA_2009"}
    for row in reference.rows("criteria_sets"):
        if held[row["set_code"]] and row["set_code"] not in partial:
            assert row["n_indicators"] == held[row["set_code"]], row["set_code"]


def test_indicators_by_sex() -> None:
    by_sex = {(row["set_code"], row["indicator_no"]) for row in reference.rows("indicators") if row["by_sex"]}
    assert by_sex == {("NTM_XA_2021", number) for number in ("12.1", "12.2", "14.2", "15.1")} | {
        ("NTM_XA_NC_2021", number) for number in ("12.1", "12.2", "14.1")
    }


@pytest.mark.parametrize("set_code", ["NTM_XA_2021", "NTM_XA_NC_2021", "NTM_HUYEN_2021", "NTM_TXTP_2021"])
def test_the_sample_province_can_be_judged(set_code: str) -> None:
    for part in reference.rows("indicator_parts"):
        if part["set_code"] != set_code:
            continue
        found = thresholds.threshold(set_code, part["indicator_no"], part["part_code"], "84", 2023)
        assert found is not None, part
        if part["value_kind"] == "bool":
            assert found["threshold_text"] == "Đạt"


def test_which_threshold_judges() -> None:
    income = thresholds.threshold("NTM_XA_2021", "10", "total", "84", 2023)
    assert (income["threshold_value"], income["scope_code"]) == (Decimal(56), "dbscl")
    assert isinstance(income["threshold_value"], Decimal)
    sample = thresholds.threshold("NTM_XA_2021", "2.1", "total", "84", 2023)
    assert (sample["scope_kind"], sample["confidence"]) == ("province", "assumed")
    assert thresholds.threshold("NTM_XA_2021", "2.1", "total", "86", 2023) is None
    assert thresholds.threshold("NTM_XA_2021", "3.1", "total", "01", 2023)["scope_kind"] == "common"
    assert thresholds.threshold("NTM_XA_2021", "9.1", "total", "84", 2023)["threshold_value"] == 0
    assert thresholds.threshold("NTM_XA_2021", "10", "total", "84", 2021) is None
    other = thresholds.threshold("NTM_XA_2021", "10", "total", "84", 2023, judging_code="tdmnpb")
    assert other["threshold_value"] == 42


def test_an_empty_regional_cell_is_unknown_not_the_common_value() -> None:
    # e-health records: only two regions are known; Kon Tum (Tây Nguyên) is not one of them
    assert thresholds.threshold("NTM_XA_2021", "15.4", "total", "25", 2023)["threshold_value"] == 50
    assert thresholds.threshold("NTM_XA_2021", "15.4", "total", "62", 2023) is None
    # stunting: every region differs, none takes a value of all
    assert thresholds.threshold("NTM_XA_2021", "15.3", "total", "84", 2023)["threshold_value"] == 19


def test_schools_have_a_share_and_a_condition() -> None:
    share = thresholds.threshold("NTM_XA_2021", "5", "a", "84", 2023)
    assert (share["threshold_value"], share["small_denominator_max"], share["small_denominator_value"]) == (70, 3, 50)
    assert thresholds.threshold("NTM_XA_2021", "5", "a", "01", 2023)["small_denominator_value"] is None
    assert thresholds.threshold("NTM_XA_2021", "5", "b", "84", 2023)["threshold_text"] == "Đạt"


def test_a_specially_difficult_commune_is_judged_on_the_uplands_while_it_is_one() -> None:
    june, before = date(2023, 6, 14), date(2022, 12, 14)
    assert thresholds.judging_code("29500", "NTM_XA_2021", june) == "tdmnpb"
    assert thresholds.judging_code("29500", "NTM_XA_NC_2021", june) is None
    assert thresholds.judging_code("29497", "NTM_XA_2021", june) is None
    assert thresholds.judging_code("29503", "NTM_XA_2021", before) == "tdmnpb"
    assert thresholds.judging_code("29503", "NTM_XA_2021", june) is None


def test_the_group_of_a_commune_judges_where_its_set_says_so() -> None:
    spring, before = date(2026, 3, 14), date(2025, 9, 14)
    assert thresholds.judging_code("29410", "NTM_XA_2026", spring) == "group_1"
    assert thresholds.judging_code("29263", "NTM_XA_2026", spring) is None
    assert thresholds.judging_code("29410", "NTM_XA_2026", before) is None
    assert thresholds.judging_code("29410", "NTM_XA_2021", spring) is None
    assert thresholds.threshold("NTM_XA_2026", "1", "total", "86", 2026, judging_code="group_1") is None


def test_every_commune_of_the_sample_is_in_one_group_and_it_is_said_that_this_is_assumed() -> None:
    day = date(2026, 3, 14)
    heirs = {row["successor_unit_id"] for row in reference.rows("unit_succession")
             if row["predecessor_unit_id"].startswith("29") and row["effective_date"] == date(2025, 7, 1)}  # fmt: skip
    units = {row["unit_id"]: row for row in reference.rows("administrative_units")}
    of_code = {row["unit_code"] for row in units.values() if row["province_code"] == "84" and row["level"] == "commune"}
    communes = {one for one in heirs if units[one]["unit_type"] == "xa" and units[one]["unit_code"] in of_code}
    grouped = [row for row in reference.rows("commune_groups") if reference.is_valid(row, day)]
    assert sorted(row["unit_id"] for row in grouped) == sorted(communes)
    assert len(grouped) == 35
    assert {row["confidence"] for row in grouped} == {"assumed"}
    assert {row["group_code"] for row in grouped} == {entry["code"] for entry in reference.code_list("commune_group")}


def test_another_region_goes_before_the_province_and_its_own_does_not() -> None:
    sewage = ("NTM_XA_2021", "17.1", "b", "84", 2023)
    assert thresholds.threshold(*sewage, judging_code="tdmnpb")["threshold_value"] == 15
    assert thresholds.threshold(*sewage, judging_code="dbscl")["threshold_value"] == 35
    assert thresholds.threshold(*sewage)["threshold_value"] == 35
    assert thresholds.threshold("NTM_XA_2021", "12.1", "total", "84", 2023, judging_code="tdmnpb") is None


def test_assumed_thresholds_are_of_the_sample_only() -> None:
    for row in reference.rows("indicator_thresholds"):
        assert row["confidence"].startswith("assumed") == (row["scope_kind"] == "province")
        assert row["scope_kind"] != "province" or "not law" in row["source"]


# --- departments, money, periods, lists


def test_one_department_answers_for_each_indicator_on_any_day() -> None:
    agencies = {row["agency_code"]: row for row in reference.rows("agencies")}
    for row in reference.rows("agency_assignments"):
        agency = agencies[row["agency_code"]]
        assert agency["province_code"] == row["province_code"]
        assert agency["valid_from"] <= row["valid_from"], row
        assert agency["valid_to"] is None or (row["valid_to"] and row["valid_to"] <= agency["valid_to"]), row
    for day, province in ((END_OF_2022, "84"), (date(2024, 1, 1), "84"), (date(2025, 4, 1), "84"), (REFORM, "86")):
        for set_code, total in (("NTM_XA_2021", 57), ("NTM_XA_NC_2021", 75)):
            held = [
                row
                for row in reference.rows("agency_assignments")
                if (row["set_code"], row["province_code"]) == (set_code, province) and reference.is_valid(row, day)
            ]
            assert len(held) == total, (day, set_code)


def test_departments_change_by_date() -> None:
    on = {
        day: [
            row["agency_code"]
            for row in reference.rows("agency_assignments")
            if (row["set_code"], row["indicator_no"], row["province_code"]) == ("NTM_XA_2021", "17.4", "84")
            and reference.is_valid(row, day)
        ]
        for day in (date(2023, 6, 30), date(2023, 7, 1))
    }
    assert on == {date(2023, 6, 30): ["SO_XD"], date(2023, 7, 1): ["SO_TNMT"]}


def test_a_matching_ratio_changes_by_date() -> None:
    def ratio(day: date) -> list[Decimal]:
        wanted = ("84", "NTM", "huyen", "district", "DTPT")
        names = ("province_code", "programme_code", "unit_type", "budget_level", "nature_code")
        return [
            row["ratio_pct"]
            for row in reference.rows("matching_rules")
            if tuple(row[name] for name in names) == wanted and reference.is_valid(row, day)
        ]

    assert (ratio(date(2023, 6, 30)), ratio(date(2023, 7, 1))) == ([10], [12])


def test_periods_follow_the_decree() -> None:
    assert reference.period("2023Q1")["data_to"] == date(2023, 3, 14)
    year = reference.period("2023Y")
    assert (year["data_from"], year["data_to"]) == (date(2022, 12, 15), date(2023, 12, 14))
    assert (year["discrete_from"], year["due_date"]) == (date(2023, 9, 15), date(2023, 12, 25))
    assert (year["previous_period_id"], year["same_period_last_year_id"]) == ("2023M09", "2022Y")
    assert reference.period("2023Q1")["previous_period_id"] is None
    assert reference.period("2023Q9") is None


def test_discrete_windows_fill_the_year_without_gap() -> None:
    for row in reference.rows("reporting_periods"):
        before = reference.period(row["previous_period_id"])
        assert row["discrete_from"] == (before["data_to"] + timedelta(days=1) if before else row["data_from"])
        assert row["opens_on"] <= row["data_to"] < row["due_date"]


def test_the_merged_programme_comes_first_and_money_carried_over_keeps_the_programme_it_was_planned_for() -> None:
    def offered(day: date) -> list[str]:
        return [entry["code"] for entry in reference.code_list("programmes", day)]

    assert offered(date(2025, 12, 14)) == ["NTM", "GNBV", "DTTS"]
    assert offered(date(2026, 3, 14)) == ["NTP-2026", "NTM", "GNBV", "DTTS"]
    assert offered(date(2027, 3, 14)) == ["NTP-2026"]
    merged = {row["programme_code"]: row["merged_into"] for row in reference.rows("programmes")}
    assert {code for code, into in merged.items() if into == "NTP-2026"} == {"NTM", "GNBV", "DTTS"}


def test_capital_is_called_otherwise_from_2026() -> None:
    def names(day: date) -> list[str]:
        return [entry["label_vi"] for entry in reference.code_list("capital_natures", day)]

    assert names(date(2025, 12, 14)) == ["Vốn đầu tư phát triển", "Vốn sự nghiệp"]
    assert names(date(2026, 3, 14)) == ["Vốn đầu tư công", "Kinh phí thường xuyên"]


def test_code_lists_have_one_shape() -> None:
    verdict = reference.code_list("verdict")
    assert [entry["code"] for entry in verdict] == ["D", "CD", "KAD"]
    assert "Đ" in verdict[0]["aliases"]
    assert not {"x", "+", "1"} & set(verdict[0]["aliases"])  # marks of some layouts only
    for name in (
        "programmes",
        "funding_contents",
        "funding_sources",
        "capital_natures",
        "titles",
        "agencies",
        "stages",
    ):
        for entry in reference.code_list(name):
            assert set(entry) == {"code", "label_vi", "label_en", "aliases"}
            assert entry["code"]
            assert entry["label_vi"]
            assert isinstance(entry["aliases"], list)
    assert [e["code"] for e in reference.code_list("programmes", date(2023, 1, 1))] == ["NTM", "GNBV", "DTTS"]
    assert "NSDP" not in {entry["code"] for entry in reference.code_list("funding_sources")}
    with pytest.raises(reference.UnknownReference, match="no code list"):
        reference.code_list("nothing")


def test_an_alias_or_label_names_one_entry_of_its_list() -> None:
    lists = {row["list_code"] for row in reference.rows("code_lists")} | {
        "programmes",
        "funding_contents",
        "funding_sources",
        "capital_natures",
        "titles",
    }
    for name in lists:
        names = Counter(
            text
            for entry in reference.code_list(name)
            for text in {t.casefold() for t in (entry["code"], entry["label_vi"], *entry["aliases"])}
        )
        assert [text for text, n in names.items() if n > 1] == [], name


# --- copies


def test_parquet_copies_are_typed_and_left_alone_when_nothing_changed(tmp_path: Path) -> None:
    reference.write_parquet(tmp_path)
    assert {path.stem for path in tmp_path.iterdir()} == set(TABLES)
    units_file = tmp_path / "administrative_units.parquet"
    assert pq.read_table(units_file).num_rows == len(reference.rows("administrative_units"))
    written = units_file.stat().st_mtime_ns
    reference.write_parquet(tmp_path)
    assert units_file.stat().st_mtime_ns == written
    assert re.fullmatch(r"[0-9a-f]{64}", reference.digest())
