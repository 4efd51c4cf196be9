"""Claims about helping in the sample: bodies, summaries, evaluations, requests for a change of leader."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import Decimal

from ingest import reference
from simulate.apparatus import NEW_CHAIRMAN, PEOPLE
from simulate.apparatus import rows_of as bodies_of
from simulate.assistance import assignment_rows
from simulate.evaluations import rows_of as evaluations_of
from simulate.helper_coverage import expected as coverage
from simulate.helper_summaries import NOT_LISTED
from simulate.helper_summaries import rows_of as summaries_of
from simulate.reports import build_world, report_of
from simulate.truth import truth_tables
from simulate.world import DEFAULT_SEED as SEED
from simulate.world import SAMPLE_PERIODS

CUMULATIVE = ("visit_count", "meeting_count", "trained_people_count", "support_vnd", "labour_day_count")


def test_every_version_of_the_scale_sums_to_a_hundred_points() -> None:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    for row in reference.rows("evaluation_weights"):
        sums[row["version_code"], row["subject_kind"]] += row["weight_points"]
    assert set(sums.values()) == {Decimal(100)}
    assert len({version for version, _ in sums}) > 1


def test_points_stay_within_the_scale_of_their_year_and_make_up_the_total() -> None:
    for name in ("2022Y", "2023Y"):
        for row in evaluations_of(SEED, name):
            points = [row[column] for column in row if column.endswith("_points") and column != "total_points"]
            assert row["total_points"] == sum(point for point in points if point is not None) <= 100
    visits = max(row["visit_points"] or 0 for row in evaluations_of(SEED, "2023Y"))
    assert visits <= 25  # 30 the year before


def test_what_a_summary_counts_does_not_fall_within_a_report_year() -> None:
    before: dict[tuple[object, ...], dict[str, object]] = {}
    for name in SAMPLE_PERIODS[1:]:
        for row in summaries_of(SEED, name):
            key = tuple(row[column] for column in ("agency_code", "unit_code", "role_code", "valid_from"))
            earlier = before.get(key, {})
            assert all(row[column] >= earlier.get(column, 0) for column in CUMULATIVE), (name, key)
            before[key] = row


def test_a_visit_summed_up_but_not_listed_is_explained() -> None:
    for name in SAMPLE_PERIODS:
        for unit in ("844", "849"):
            report = report_of(build_world(SEED), unit, name)
            listed = sum(row["kind_code"] == "visit" for row in report["helper_activities"])
            summed = sum(row["visit_count"] for row in report["helper_summary"])
            explained = sum(row["explanation"] == NOT_LISTED for row in report["helper_summary"])
            assert summed == listed + explained


def test_a_request_stands_in_the_register_from_the_day_it_was_made_and_its_decision_later() -> None:
    (row,) = [
        row
        for row in build_world(SEED).assignments
        if row.change_requested_on == date(2023, 1, 5)  # the commune that nobody helped until May
    ]
    known = {name: assignment_rows([row], row.reporting_unit_id, name)[0] for name in ("2022Y", "2023Q1", "2023M06")}
    days = {name: (one["change_requested_on"], one["change_decided_on"]) for name, one in known.items()}
    asked, decided = date(2023, 1, 5), date(2023, 4, 28)
    assert days == {"2022Y": (None, None), "2023Q1": (asked, None), "2023M06": (asked, decided)}


def test_one_commune_has_a_gap_and_five_a_hand_over_of_thirty_days() -> None:
    truth = truth_tables(build_world(SEED), SAMPLE_PERIODS)
    sent = {(district.reporting_unit_id, name) for district in build_world(SEED).districts for name in SAMPLE_PERIODS}
    rows = coverage(truth, [], sent)["fct_helper_coverage"]
    assert [(row["valid_from"], row["valid_to"]) for row in rows if row["status"] == "none"] == [
        (date(2023, 1, 16), date(2023, 5, 4))
    ]
    assert [row["day_count"] for row in rows if row["status"] == "hand_over"] == [30] * 5
    assert not [row for row in rows if row["status"] == "double"]


def test_a_new_chairman_is_named_with_the_day_he_took_over() -> None:
    for unit, day in NEW_CHAIRMAN.items():
        heads = {
            name: next(row for row in bodies_of(SEED, name) if (row["body_code"], row["place_code"]) == (PEOPLE, unit))
            for name in ("2022Y", "2023M06")
        }
        assert heads["2023M06"]["head_since"] == day
        assert heads["2022Y"]["head_name"] != heads["2023M06"]["head_name"]
