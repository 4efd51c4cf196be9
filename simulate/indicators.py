"""Criteria of the communes: the figure and the verdict of every indicator, period by period, and the marks they make.

Which indicators a commune fails, and when, is drawn first (unmet.py); the figures are then made to agree with the
threshold in force, so that a verdict never comes from anywhere but a figure. Indicators without a number carry the
verdict alone.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from ingest import reference
from simulate.thresholds import asked_of, number_asked
from simulate.unmet import ADVANCED_SET, BASE_SET, TWINS, judged_advanced, unmet_periods
from simulate.world import DISTRICT_PERIODS, Commune, District, all_communes, chance, period

CENT = Decimal("0.01")
MET, UNMET, NOT_APPLICABLE = "D", "CD", "KAD"
STANDS = (MET, NOT_APPLICABLE)  # what does not apply stands in nobody's way
FIGURE_KINDS = ("rate_pct", "number", "count", "money_million")


@dataclass(frozen=True)
class Result:
    """One part of one indicator in one commune and period. Verdict is what the figure says."""

    unit_code: str
    reporting_unit_id: str
    set_code: str
    criterion_no: str
    indicator_no: str
    part_code: str
    numerator: int | None
    denominator: int | None
    value: Decimal | None
    verdict: str
    threshold: Decimal | None
    direction: str


@dataclass(frozen=True)
class Part:
    """A part of an indicator with what its figure is made of."""

    set_code: str
    criterion_no: str
    indicator_no: str
    part_code: str
    name: str
    kind: str
    direction: str
    na_allowed: bool
    with_parts: bool


@cache
def parts_of(set_code: str) -> tuple[Part, ...]:
    """Parts of every indicator of a set, in the order of the set."""
    indicators = {row["indicator_no"]: row for row in reference.rows("indicators") if row["set_code"] == set_code}
    rows = [row for row in reference.rows("indicator_parts") if row["set_code"] == set_code]
    rows.sort(key=lambda row: indicators[row["indicator_no"]]["sort_order"])
    return tuple(
        Part(
            set_code,
            str(indicators[row["indicator_no"]]["criterion_no"]),
            row["indicator_no"],
            row["part_code"],
            indicators[row["indicator_no"]]["indicator_name_vi"].lower(),
            row["value_kind"],
            row["direction"],
            bool(indicators[row["indicator_no"]]["na_allowed"]),
            bool(indicators[row["indicator_no"]]["carries_numerator"]) and row["value_kind"] == "rate_pct",
        )
        for row in rows
    )


def threshold_of(
    part: Part, reporting_period_id: str, denominator: int | None = None, unit_code: str | None = None
) -> Decimal | None:
    """The number that a part must reach in the year of a period, eased where it is of few; None where there is none."""
    row = asked_of(unit_code, part.set_code, part.indicator_no, part.part_code, reporting_period_id)
    return number_asked(row, denominator)


def verdict_on(value: Decimal, threshold: Decimal, direction: str) -> str:
    """What a figure says against its threshold."""
    is_met = {">=": value >= threshold, "<=": value <= threshold, "=": value == threshold}[direction]
    return MET if is_met else UNMET


def results(
    districts: Sequence[District], seed: int, advanced: Iterable[str], assessed_on: Mapping[str, date]
) -> dict[str, list[Result]]:
    """Per period of the sample, every result of every commune on the sets it is judged on.

    assessed_on: the day from which a commune bears the advanced title of this very set; from then on it meets it.
    """
    judged = judged_advanced(districts, seed, set(advanced))
    found: dict[str, list[Result]] = {name: [] for name in DISTRICT_PERIODS}
    for commune in all_communes(districts):
        of_advanced: dict[str, list[Result]] = {}
        if commune.unit_code in judged:
            of_advanced = _of_set(commune, ADVANCED_SET, seed, judged, {}, assessed_on.get(commune.unit_code))
        of_base = _of_set(commune, BASE_SET, seed, judged, of_advanced)
        for name in DISTRICT_PERIODS:
            found[name] += of_base[name]
            found[name] += of_advanced.get(name, [])
    return found


def marks(of_period: Iterable[Result]) -> dict[tuple[str, str, str], str]:
    """(unit, set, criterion) -> met when every part of every indicator is met or not applicable."""
    found: dict[tuple[str, str, str], str] = {}
    for result in of_period:
        key = (result.unit_code, result.set_code, result.criterion_no)
        if result.verdict == UNMET:
            found[key] = UNMET
        else:
            found.setdefault(key, MET)
    return found


def _of_set(
    commune: Commune,
    set_code: str,
    seed: int,
    judged: frozenset[str],
    twins: Mapping[str, list[Result]],
    met_from: date | None = None,
) -> dict[str, list[Result]]:
    unmet = unmet_periods(commune, set_code, seed, judged)
    if met_from is not None:
        unmet = {
            number: tuple(name for name in names if period(name)["data_to"] < met_from)
            for number, names in unmet.items()
        }
    by_period: dict[str, list[Result]] = {}
    for step, name in enumerate(DISTRICT_PERIODS):
        twin_of = {(twin.indicator_no, twin.part_code): twin for twin in twins.get(name, ())}
        rows: list[Result] = []
        made: dict[tuple[str, str], tuple[int, int]] = {}  # (indicator, part) -> numerator, denominator
        for part in parts_of(set_code):
            twin = twin_of.get((TWINS.get(part.indicator_no, ""), part.part_code)) if set_code == BASE_SET else None
            is_unmet = name in unmet.get(part.indicator_no, ())
            rows.append(_result(commune, part, name, step, seed, is_unmet, twin, made))
        by_period[name] = [_as_judged(row, name) for row in _with_totals(rows, made)]
    return by_period


def _as_judged(result: Result, name: str) -> Result:
    """Where nobody knows what is asked of the commune, its figure is judged on nothing."""
    row = asked_of(result.unit_code, result.set_code, result.indicator_no, result.part_code, name)
    return result if row is not None else replace(result, threshold=None)


def _result(
    commune: Commune,
    part: Part,
    name: str,
    step: int,
    seed: int,
    is_unmet: bool,
    twin: Result | None,
    made: dict[tuple[str, str], tuple[int, int]],
) -> Result:
    # a threshold that nobody knows is drawn as the province's own; _as_judged takes it away again
    own = commune.unit_code if threshold_of(part, name, None, commune.unit_code) is not None else None
    threshold = threshold_of(part, name, None, own)
    draw = chance(seed, part.set_code, commune.unit_code, part.indicator_no, part.part_code)
    numerator = denominator = None
    value: Decimal | None = None
    if part.na_allowed and chance(seed, "applicable", commune.unit_code, part.indicator_no).random() < 0.6:
        verdict = NOT_APPLICABLE
    elif part.kind not in FIGURE_KINDS or threshold is None:
        verdict = UNMET if is_unmet and part.kind not in FIGURE_KINDS and part.part_code != "b" else MET
    else:
        if twin is not None:
            numerator, denominator, value = twin.numerator, twin.denominator, twin.value
            threshold = threshold_of(part, name, denominator, own) or threshold
        elif part.with_parts:
            only_women = part.part_code == "male" and chance(seed, "women", commune.unit_code, name).random() < 0.3
            denominator = _population(commune, part, draw)
            threshold = threshold_of(part, name, denominator, own) or threshold
            numerator = _numerator(draw, part, denominator, threshold, is_unmet and not only_women, step, made)
            made[part.indicator_no, part.part_code] = (numerator, denominator)
            value = rate(numerator, denominator)
        else:
            value = _number(draw, part, threshold, is_unmet, step)
        assert value is not None
        verdict = verdict_on(value, threshold, part.direction)
    return Result(
        commune.unit_code,
        commune.reporting_unit_id,
        part.set_code,
        part.criterion_no,
        part.indicator_no,
        part.part_code,
        numerator,
        denominator,
        value,
        verdict,
        threshold,
        part.direction,
    )


def rate(numerator: int, denominator: int) -> Decimal:
    """A rate from 0 to 100 with two decimals, as offices type it."""
    return (Decimal(numerator) * 100 / Decimal(denominator)).quantize(CENT, ROUND_HALF_UP)


def _with_totals(rows: list[Result], made: Mapping[tuple[str, str], tuple[int, int]]) -> list[Result]:
    """Make the total of an indicator reported by sex the sum of both sexes."""
    summed = []
    for row in rows:
        men, women = made.get((row.indicator_no, "male")), made.get((row.indicator_no, "female"))
        if row.part_code == "total" and men and women and row.threshold is not None:
            numerator, denominator = men[0] + women[0], men[1] + women[1]
            value = rate(numerator, denominator)
            verdict = verdict_on(value, row.threshold, row.direction)
            row = replace(row, numerator=numerator, denominator=denominator, value=value, verdict=verdict)
        summed.append(row)
    return summed


def _population(commune: Commune, part: Part, draw: random.Random) -> int:
    """What a rate is of: households, people by sex, schools, hamlets, kilometres, places."""
    people = {"male": commune.men, "female": commune.women, "total": commune.men + commune.women}
    name = part.name
    if "trường" in name:
        return commune.schools
    if "thôn" in name and "đường" not in name:
        return commune.hamlets
    if "lao động" in name:
        return round(people.get(part.part_code, people["total"]) * 0.56)
    if "học sinh" in name:
        return round(people.get(part.part_code, people["total"]) * 0.014)
    if "trẻ em" in name:
        return round(people["total"] * 0.07)
    if "người" in name or "dân số" in name:
        return people.get(part.part_code, people["total"])
    if "hộ" in name or "nghèo" in name or part.indicator_no == "11":
        return commune.households
    if "đường" in name:
        return draw.randint(12, 70)
    return draw.randint(40, 400)


def _numerator(
    draw: random.Random,
    part: Part,
    denominator: int,
    threshold: Decimal,
    is_unmet: bool,
    step: int,
    made: Mapping[tuple[str, str], tuple[int, int]],
) -> int:
    """A count whose rate stands on the wanted side of the threshold and moves a little from period to period."""
    limit = float(threshold)
    room = (limit if part.direction == "<=" else 100 - limit) * 0.7
    margin = draw.uniform(0.05, 0.8) * room + draw.uniform(0, 0.04) * room * step
    short = draw.uniform(1.2, min(9.0, max(2.0, limit * 0.25))) * (1 - 0.12 * step)
    if part.direction == "<=":
        target = limit + short if is_unmet else limit - margin
        count = math.ceil(denominator * target / 100) if is_unmet else math.floor(denominator * target / 100)
        outward = 1 if is_unmet else -1
    else:
        target = limit - short if is_unmet else limit + margin
        count = math.floor(denominator * target / 100) if is_unmet else math.ceil(denominator * target / 100)
        outward = -1 if is_unmet else 1
    whole = made.get((part.indicator_no, "a")) if part.part_code == "b" else None  # "of which": no more than the whole
    count = max(0, min(denominator if whole is None else whole[0], count))
    wanted = UNMET if is_unmet else MET
    while verdict_on(rate(count, denominator), threshold, part.direction) != wanted and 0 < count < denominator:
        count += outward
    return count


def _number(draw: random.Random, part: Part, threshold: Decimal, is_unmet: bool, step: int) -> Decimal:
    """A figure that is no rate: dwellings, income in million VND, square metres, litres, models, incidents."""
    if part.direction == "=":
        return threshold + draw.randint(1, 9) if is_unmet else threshold
    if part.kind == "count":
        return max(Decimal(0), threshold - 1) if is_unmet else threshold + draw.randint(0, 3)
    share = draw.uniform(0.01, 0.04) if is_unmet else draw.uniform(0.02, 0.18)
    figure = float(threshold) * (1 - share if is_unmet else 1 + share + 0.004 * step)
    exponent = Decimal("0.1")
    rounded = Decimal(str(figure)).quantize(exponent, ROUND_HALF_UP)
    return min(rounded, threshold - exponent) if is_unmet else max(rounded, threshold)


def as_row(result: Result, year: int) -> dict[str, Any]:
    """The row of form criteria_results that a district sends for a result."""
    return {
        "criteria_set_code": result.set_code,
        "indicator_no": result.indicator_no,
        "part_code": result.part_code,
        "commune_code": result.unit_code,
        "data_year": year,
        "numerator": result.numerator,
        "denominator": result.denominator,
        "value": result.value,
        "verdict": result.verdict,
        "explanation": None,
    }
