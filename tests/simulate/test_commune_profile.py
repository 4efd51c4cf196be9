"""Profiles of the sample: the sums that Trà Cú and the press state, shared out over their places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ingest.spec import load_specs
from ingest.template_rows import load_unit, template_rows
from simulate.commune_profile import COUNTS, FINAL, STATED, profile

SEEDS = [1, 20230412]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_places_of_tra_cu_add_up_to_what_its_report_states(seed: int) -> None:
    places = profile(seed, FINAL)["849"].values()
    sums = {name: sum(place[name] for place in places) for name in STATED}
    assert sums == STATED
    assert sum(place["paved_road_km"] for place in places) == Decimal("778.16")
    shares = {name: round(sums[name] * 100 / sums["household_count"], 2) for name in STATED}
    assert shares["minority_household_count"] == 61.93
    assert shares["poor_household_count"] == 0.92
    assert shares["near_poor_household_count"] == 2.13


@pytest.mark.parametrize("seed", SEEDS)
def test_a_place_is_possible_in_itself(seed: int) -> None:
    for year in (FINAL, "2022Y"):
        for places in profile(seed, year).values():
            for place in places.values():
                assert min(place[name] for name in COUNTS) >= 0
                assert place["men_count"] + place["women_count"] == place["people_count"]
                assert place["poor_household_count"] + place["near_poor_household_count"] <= place["household_count"]
                assert place["stable_work_household_count"] <= place["household_count"] <= place["people_count"]


def test_the_template_lists_townships_beside_communes_and_not_the_district() -> None:
    spec = load_specs()["commune_profile"]
    rows = template_rows(spec, spec.sheets[0], load_unit("849", "2023Y"), None)
    codes = [row["commune_code"] for row in rows]
    assert len(codes) == 17
    assert {"29461", "29491"} <= set(codes)
    assert "849" not in codes
