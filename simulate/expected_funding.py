"""What the marts must say of money by source: lines, matching funds and printed totals, after faults.

Belongs here: what follows from the lines of funding.py. Does not belong here: projects (truth_projects.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.planted import NONE, QUARANTINED, Report, faults_in, report_of_row, touches
from simulate.topic import Row, Rows, Topic, Truth
from simulate.world import MERGED_ON, origins_of, period, reporter_of

if TYPE_CHECKING:
    from simulate.reports import World

FORM = "funding_sources"
PLACE = {"place_code": "unit_id"}
LEVELS = ("commune", "district", "province")
AMOUNTS = ("planned_vnd", "assigned_vnd", "adjusted_vnd", "performed_vnd", "disbursed_vnd", "returned_vnd",
           "estimated_year_end_vnd", "lent_vnd", "outstanding_vnd")  # fmt: skip
BUDGETS = ("central", "local")
MILLION = Decimal(1_000_000)


def expected_lines(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    """Lines of money that were sent and taken in; amounts of a period are unknown where the one before was not sent."""
    quarantined = faults_in(faults, FORM, QUARANTINED)
    kept = []
    for row in rows:
        if report_of_row(row) not in sent or any(touches(fault, row, PLACE) for fault in quarantined):
            continue
        before = period(row["reporting_period_id"])["previous_period_id"]
        reporters = {reporter_of(origin) for origin in origins_of(row["unit_id"], before)}
        if before is not None and any((unit, before) not in sent for unit in reporters):
            row = row | {"disbursed_in_period_vnd": None, "performed_in_period_vnd": None}
        discrete = row["disbursed_in_period_vnd"], row["performed_in_period_vnd"]
        kept.append(row | {"is_restated": any(amount is not None and amount < 0 for amount in discrete)})
    return kept


def _by(rows: Iterable[Row], *names: str) -> dict[tuple[Any, ...], Rows]:
    found: dict[tuple[Any, ...], Rows] = {}
    for row in rows:
        found.setdefault(tuple(row[name] for name in names), []).append(row)
    return found


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if known else None


def matching_funds(lines: Rows) -> Rows:
    """Required and provided by level, for every programme, nature and plan year with central money."""
    sources = {row["source_code"]: row for row in reference.rows("funding_sources")}
    key = ("reporting_period_id", "reporting_unit_id", "programme_code", "nature_code", "plan_year")
    found = []
    for about, own in _by(lines, *key).items():
        central = [row for row in own if sources[row["source_code"]]["is_matching_base"]]
        base = _sum(row["assigned_vnd"] for row in central)
        if not base:
            continue
        is_after = period(about[0])["data_to"] >= MERGED_ON
        for level in (level for level in LEVELS if not (is_after and level == "district")):  # no district, no budget
            of_level = [row for row in own if sources[row["source_code"]]["counts_as_matching_level"] == level]
            given = {
                stage: _sum(row[f"{stage}_vnd"] for row in of_level) if of_level else Decimal(0)
                for stage in ("planned", "assigned", "disbursed")
            }
            required, rules = _required(about, level, own, central)
            found.append(
                dict(zip(key, about, strict=True))
                | {"budget_level": level, "central_assigned_vnd": base, "required_vnd": required}
                | {f"{stage}_vnd": amount for stage, amount in given.items()}
                | {"rule_ids": ", ".join(sorted(rules)) or None}
                | _compared(required, given["assigned"], "assigned")
                | _compared(required, given["disbursed"], "disbursed")
            )
    return found


def _required(about: Sequence[Any], level: str, own: Rows, central: Rows) -> tuple[Decimal | None, set[str]]:
    _, unit, programme, nature, _ = about
    district = reference.reporting_unit(unit)
    assert district is not None
    wanted = (district["province_code"], programme, district["unit_type"], level, nature)
    names = ("province_code", "programme_code", "unit_type", "budget_level", "nature_code")
    sources = {row["source_code"]: row for row in reference.rows("funding_sources")}
    budget = [row for row in own if sources[row["source_code"]]["group_code"] in BUDGETS]
    amount, rules = None, set()
    for rule in reference.rows("matching_rules"):
        if tuple(rule[name] for name in names) != wanted:
            continue
        for row in central if rule["base"] == "central_assigned" else budget:
            if row["assigned_on"] is not None and reference.is_valid(rule, row["assigned_on"]):
                amount = (amount or Decimal(0)) + row["assigned_vnd"] * Decimal(rule["ratio_pct"]) / 100
                rules.add(rule["rule_id"])
    return None if amount is None else amount.quantize(Decimal(1), ROUND_HALF_UP), rules


def _compared(required: Decimal | None, given: Decimal | None, stage: str) -> Row:
    if required is None or given is None:
        return {f"shortfall_{stage}_vnd": None, f"is_enough_{stage}": None}
    return {f"shortfall_{stage}_vnd": max(required - given, Decimal(0)), f"is_enough_{stage}": given >= required}


def printed_totals(rows: Rows, faults: Rows, sent: set[Report]) -> Rows:
    """The total that the template prints, of each column in which a sheet has an amount or that it sums to nothing."""
    found = []
    for report, own in _by(rows, "reporting_unit_id", "reporting_period_id").items():
        if report not in sent:
            continue
        spoilt = [fault for fault in faults_in(faults, FORM, QUARANTINED, NONE) if report_of_row(fault) == report]
        for column in AMOUNTS:
            typed, loaded = _typed(own, spoilt, column)
            wrong = [
                f for f in spoilt if f["rule_id"] == "printed_total_differs_from_sum" and f["column_name"] == column
            ]
            printed = Decimal(wrong[0]["planted"]) * MILLION if wrong else typed
            found.append(
                {
                    "reporting_unit_id": report[0],
                    "reporting_period_id": report[1],
                    "column_name": column,
                    "total_scope": "grand",
                    "printed_vnd": printed,
                    "summed_vnd": typed,
                    "loaded_vnd": loaded,
                    "difference_vnd": printed - typed,
                    "is_agreed": abs(printed - typed) <= 1000,
                }
            )
    return found


def _typed(own: Rows, spoilt: Sequence[Mapping[str, Any]], column: str) -> tuple[Decimal, Decimal]:
    """The sum of a column as typed, and of what was taken in."""
    typed = loaded = Decimal(0)
    for row in own:
        amount = row[column] or Decimal(0)
        mine = [f for f in spoilt if f["effect"] == QUARANTINED and touches(f, row, PLACE)]
        if not mine:
            typed, loaded = typed + amount, loaded + amount
            continue
        (fault,) = mine
        if fault["rule_id"] == "row_repeated":
            amount *= 2
        elif fault["column_name"] == column:
            amount = Decimal(fault["planted"]) * MILLION
        typed += amount
    return typed, loaded


def _no_truth(world: World, names: Sequence[str]) -> dict[str, Rows]:
    return {}


def _expected(truth: Truth, faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    return {
        "fct_matching_funds": matching_funds(expected_lines(list(truth["funding"]), faults, sent)),
        "fct_printed_total": printed_totals(list(truth["funding"]), faults, sent),
    }


TOPIC = Topic(
    truth=_no_truth,
    expected=_expected,
    keys={
        "fct_matching_funds": ("reporting_period_id", "reporting_unit_id", "programme_code", "nature_code",
                               "plan_year", "budget_level"),
        "fct_printed_total": ("reporting_period_id", "reporting_unit_id", "column_name"),
    },
    # one report was typed with sums of sections, which its unit made itself
    queries={"fct_printed_total": "select * from fct_printed_total where total_scope = 'grand'"},
    unspoken=frozenset({"resolutions", "rule_confidence", "section"}),
)  # fmt: skip
