"""Money: questions 9 (disbursement), 10 (matching funds) and 11 (dependence and components)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from ingest import reference
from simulate.answers.places import asked_period, reporting_units_on
from simulate.answers.rows import Row, Truth, of_period, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

BUDGETS = ("central", "local")
LEVELS = ("province", "district", "commune")
COMPONENTS = ("infrastructure", "production", "livelihood", "environment", "other", "not_allocated")


def _sources() -> dict[str, Row]:
    return {row["source_code"]: row for row in reference.rows("funding_sources")}


def _lines(truth: Truth, period: Row) -> list[Row]:
    return of_period(rows(truth, "funding"), period["reporting_period_id"])


def q09(truth: Truth, day: date) -> pd.DataFrame:
    """Assigned and disbursed, cumulative and in the quarter, by unit and province, each source and its parent."""
    import pandas as pd

    period, sources = asked_period(day), _sources()
    groups: dict[tuple[Any, ...], list[Row]] = {}
    for row in _lines(truth, period):
        parent = sources[row["source_code"]]["parent_code"]
        for source in filter(None, (row["source_code"], parent)):
            what = (row["programme_code"], source, row["nature_code"], row["plan_year"])
            groups.setdefault(("province", None, *what), []).append(row)
            groups.setdefault(("unit", row["reporting_unit_id"], *what), []).append(row)
    found = []
    for (level, unit, programme, source, nature, plan_year), own in groups.items():
        assigned = total(_assigned_by(row, day) for row in own)
        disbursed = total(row["disbursed_vnd"] for row in own)
        in_quarter = total(row["disbursed_in_period_vnd"] for row in own)
        known = total(_assigned_by(row, day) for row in own if row["disbursed_in_period_vnd"] is not None)
        has_rate = sources[source]["group_code"] in BUDGETS
        found.append(
            {
                "area_level": level,
                "reporting_unit_id": unit,
                "programme_code": programme,
                "source_code": source,
                "nature_code": nature,
                "plan_year": plan_year,
                "reporting_period_id": period["reporting_period_id"],
                "is_carried_over": plan_year < period["year"],
                "assigned_vnd": assigned,
                "disbursed_vnd": disbursed,
                "disbursed_pct": share(disbursed, assigned) if has_rate else None,
                "disbursed_in_quarter_vnd": in_quarter,
                "disbursed_in_quarter_pct": share(in_quarter, known) if has_rate else None,
                "is_restated": any((row["disbursed_in_period_vnd"] or 0) < 0 for row in own),
                "line_count": len(own),
            }
        )
    return pd.DataFrame(found, dtype=object)


def _assigned_by(row: Row, day: date) -> Decimal | None:
    amount: Decimal | None = row["assigned_vnd"]
    return amount if row["assigned_on"] is None or row["assigned_on"] <= day else None


def q10(truth: Truth, day: date) -> pd.DataFrame:
    """Matching money required by the rule of the day of assignment, and provided, by unit, programme, nature, level."""
    import pandas as pd

    period, sources = asked_period(day), _sources()
    found = []
    for sender in reporting_units_on(period["data_to"]):
        own = [row for row in _lines(truth, period) if row["reporting_unit_id"] == sender["reporting_unit_id"]
               and row["plan_year"] == period["year"]]  # fmt: skip
        for programme, nature in sorted({(row["programme_code"], row["nature_code"] or "") for row in own}):
            chosen = [row for row in own if (row["programme_code"], row["nature_code"] or "") == (programme, nature)]
            central = [row for row in chosen if sources[row["source_code"]]["is_matching_base"]]
            if not total(row["assigned_vnd"] for row in central):
                continue
            by_level: list[Row] = []
            for level in LEVELS:
                lines = [row for row in chosen if sources[row["source_code"]]["counts_as_matching_level"] == level]
                by_level.append(
                    {
                        "budget_level": level,
                        "required_vnd": _required(sender, programme, nature, level, chosen, central),
                        "assigned_vnd": total(row["assigned_vnd"] for row in lines) if lines else Decimal(0),
                        "disbursed_vnd": total(row["disbursed_vnd"] for row in lines) if lines else Decimal(0),
                    }
                )
            by_level.append(_together(by_level))
            found += [
                {
                    "reporting_unit_id": sender["reporting_unit_id"],
                    "programme_code": programme,
                    "nature_code": nature,
                    "reporting_period_id": period["reporting_period_id"],
                    **row,
                    **_compared(row, "assigned"),
                    **_compared(row, "disbursed"),
                }
                for row in by_level
            ]
    return pd.DataFrame(found, dtype=object)


def _together(by_level: Iterable[Row]) -> Row:
    """All levels that a rule binds."""
    bound = [row for row in by_level if row["required_vnd"] is not None]
    stages = ("required_vnd", "assigned_vnd", "disbursed_vnd")
    return {"budget_level": "all", **{name: total(row[name] for row in bound) for name in stages}}


def _required(
    sender: Row, programme: str, nature: str, level: str, lines: Iterable[Row], central: Iterable[Row]
) -> Decimal | None:
    amounts = []
    about = (sender["province_code"], programme, sender["unit_type"], level, nature)
    names = ("province_code", "programme_code", "unit_type", "budget_level", "nature_code")
    for rule in reference.rows("matching_rules"):
        if tuple(rule[name] for name in names) != about:
            continue
        sources = _sources()
        base = central
        if rule["base"] != "central_assigned":
            base = [row for row in lines if sources[row["source_code"]]["group_code"] in BUDGETS]
        for row in base:
            if row["assigned_on"] is not None and reference.is_valid(rule, row["assigned_on"]):
                amounts.append((row["assigned_vnd"] or Decimal(0)) * Decimal(rule["ratio_pct"]) / 100)
    return total(amounts)


def _compared(row: Row, stage: str) -> Row:
    required, provided = row["required_vnd"], row[f"{stage}_vnd"]
    if required is None or provided is None:
        return {f"{stage}_pct": None, f"shortfall_{stage}_vnd": None, f"is_enough_{stage}": None}
    return {
        f"{stage}_pct": share(provided, required),
        f"shortfall_{stage}_vnd": max(required - provided, Decimal(0)),
        f"is_enough_{stage}": provided >= required,
    }


def q11(truth: Truth, day: date) -> pd.DataFrame:
    """How far a unit leans on central and province money, and what its disbursed money went into."""
    import pandas as pd

    period = asked_period(day)
    lines = [row for row in _lines(truth, period) if row["plan_year"] == period["year"]]
    in_year = [
        row
        for row in of_period(rows(truth, "project"), period["reporting_period_id"])
        if row["assigned_year_vnd"] + row["carried_over_vnd"] > 0
    ]
    units: list[str | None] = [None, *sorted({row["reporting_unit_id"] for row in lines})]
    found = []
    for unit in units:
        own = [row for row in lines if unit in (None, row["reporting_unit_id"])]
        budget, given, apart, upper = (_mobilised(own, groups) for groups in (BUDGETS, ("enterprise", "community"),
                                       ("integrated", "credit"), ("central",)))  # fmt: skip
        upper += total(row["assigned_vnd"] for row in own if row["source_code"] == "NST") or 0
        disbursed = total(row["disbursed_vnd"] for row in own)
        found.append(
            {
                "area_level": "province" if unit is None else "unit",
                "reporting_unit_id": unit,
                "reporting_period_id": period["reporting_period_id"],
                "dependence_pct": share(upper, budget + given),
                "dependence_with_integrated_pct": share(upper, budget + given + apart),
                "disbursed_vnd": disbursed,
                **{f"{name}_pct": share(_spent_on(own, name), disbursed) for name in COMPONENTS},
                **_placed(own, period["data_to"]),
                **_concentration(in_year, unit),
            }
        )
    return pd.DataFrame(found, dtype=object)


def difficult_communes(day: date) -> set[str]:
    """Codes of the communes that are specially difficult on a day."""
    listed = reference.rows("commune_attributes")
    return {
        row["unit_code"]
        for row in listed
        if row["attribute_code"] == "specially_difficult" and reference.is_valid(row, day)
    }


def _placed(lines: Iterable[Row], day: date) -> Row:
    """What is placed in communes, and of that in specially difficult ones."""
    amounts = [(row["unit_id"].partition(".")[0], _amount(row)) for row in lines]
    placed = total(amount for code, amount in amounts if len(code) == 5)
    difficult = total(amount for code, amount in amounts if code in difficult_communes(day))
    return {
        "placed_vnd": placed,
        "difficult_vnd": difficult,
        "difficult_pct": share(difficult or Decimal(0), placed),
    }


def _concentration(projects: Iterable[Row], unit: str | None) -> Row:
    own = [row for row in projects if unit in (None, row["reporting_unit_id"])]
    plan = total(row["assigned_year_vnd"] for row in own)
    each = None if plan is None else (plan / len(own)).quantize(Decimal(1), ROUND_HALF_UP)
    return {"project_count": len(own), "project_plan_vnd": plan, "plan_per_project_vnd": each}


def _amount(row: Row) -> Decimal | None:
    """Assigned; money that nobody assigns counts as performed, or as lent."""
    amounts: list[Decimal | None] = [row["assigned_vnd"]]
    if _sources()[row["source_code"]]["group_code"] not in BUDGETS:
        amounts += [row["performed_vnd"], row["lent_vnd"]]
    return next((amount for amount in amounts if amount is not None), None)


def _mobilised(lines: Iterable[Row], groups: tuple[str, ...]) -> Decimal:
    sources = _sources()
    amounts = (_amount(row) for row in lines if sources[row["source_code"]]["group_code"] in groups)
    return total(amounts) or Decimal(0)


def _spent_on(lines: Iterable[Row], component: str) -> Decimal:
    groups = {row["content_code"]: row["group_code"] for row in reference.rows("funding_contents")} | {
        "ND00": "not_allocated"
    }
    return total(row["disbursed_vnd"] for row in lines if groups[row["content_code"]] == component) or Decimal(0)
