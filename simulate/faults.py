"""Faults planted on purpose, each on a known cell: what a unit typed instead of the truth, and what must come of it.

Belongs here: which faults, where, and the change each makes to the rows that are written. Rule ids and severities are
those of the catalogue; nothing here judges a row.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from ingest.spec import ColumnType, Position, load_specs
from ingest.template import MILLION, AsTyped, CellKey
from simulate.channel import UNKNOWN_PERIOD
from simulate.indicators import MET, UNMET
from simulate.planted import ABSENT, DIFFERS, NONE, QUARANTINED, REJECTED, Rows
from simulate.projects import TWIN_VILLAGE
from simulate.unmet import BASE_SET
from simulate.world import chance

UNKNOWN_PERIOD_CODE = "2023Q5"
NEGATIVE = Decimal(-12_500_000)
STRANGER = "29269"  # a commune of Càng Long, listed by Châu Thành
VERDICT_SHOWN = {MET: "Đ", UNMET: "CĐ"}


@dataclass(frozen=True)
class Fault:
    """One planted fault. `row_key` names the rows of the truth that `effect` touches, by column of the form."""

    reporting_unit_id: str
    reporting_period_id: str
    form: str | None  # None where a file is wrong as a whole
    rule_id: str
    severity: str
    column_name: str | None
    row_key: dict[str, Any]
    cell_key: tuple[object, ...] | None  # key of WrittenCells; None where the fault has no cell
    original: str | None
    planted: str | None
    planted_value: Any  # typed as the form's column; None where it cannot be read
    effect: str


@dataclass
class Draft:
    """What a workbook is about to be written from."""

    rows: dict[str, Rows]
    communes: list[str]
    printed_totals: dict[CellKey, object] = field(default_factory=dict)
    cover: dict[str, object] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class Plan:
    """A fault to plant in one report."""

    reporting_unit_id: str
    reporting_period_id: str
    plant: Callable[[Plan, Draft, int], Fault]
    form: str
    rule_id: str
    severity: str
    column_name: str
    effect: str
    typed: str | None = None
    fits: Callable[[dict[str, Any]], bool] = lambda row: True


def plant_all(draft: Draft, unit: str, name: str, seed: int) -> None:
    """Plant every fault of a unit and period in its draft and note it there."""
    for plan in PLANS:
        if (plan.reporting_unit_id, plan.reporting_period_id) == (unit, name):
            draft.faults.append(plan.plant(plan, draft, seed))


def _chosen(plan: Plan, draft: Draft, seed: int) -> dict[str, Any]:
    """A row of the form that fits, drawn among those no other fault has touched."""
    taken = [fault.row_key for fault in draft.faults if fault.form == plan.form]
    fitting = [row for row in draft.rows[plan.form] if plan.fits(row) and _row_key(plan.form, row) not in taken]
    return chance(seed, "fault", plan.rule_id, plan.reporting_unit_id, plan.reporting_period_id).choice(fitting)


def _row_key(form: str, row: dict[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in load_specs()[form].key}


def _cell_key(plan: Plan, row: dict[str, Any]) -> tuple[object, ...]:
    """Key of the written cell: fields of a sheet row of a matrix stand under no axis value."""
    spec = load_specs()[plan.form]
    values = dict(row)
    if spec.axis is not None and spec.column(plan.column_name).position is Position.ROW:
        values[spec.axis.name] = None
    key = (values[name] for name in spec.key)
    return tuple(part.value if isinstance(part, AsTyped) else part for part in key)


def _fault(plan: Plan, row_key: dict[str, Any], cell: tuple[object, ...] | None, original: Any, planted: Any) -> Fault:
    shown: Any = planted.value if isinstance(planted, AsTyped) else planted
    if load_specs()[plan.form].column(plan.column_name).type is ColumnType.MONEY and cell != ("total",):
        shown = shown / MILLION  # as it stands in the cell
    return Fault(
        plan.reporting_unit_id,
        plan.reporting_period_id,
        plan.form,
        plan.rule_id,
        plan.severity,
        plan.column_name,
        row_key,
        cell,
        None if original is None else str(original),
        None if shown is None else VERDICT_SHOWN.get(shown, str(shown)),
        None if isinstance(planted, AsTyped) else planted,
        plan.effect,
    )


def _replace(plan: Plan, draft: Draft, seed: int, planted: Any) -> Fault:
    row = _chosen(plan, draft, seed)
    key, original = _row_key(plan.form, row), row[plan.column_name]
    row[plan.column_name] = planted
    return _fault(plan, key, _cell_key(plan, row), original, planted)


def _as_typed(plan: Plan, draft: Draft, seed: int) -> Fault:
    return _replace(plan, draft, seed, AsTyped(plan.typed))


def _negative(plan: Plan, draft: Draft, seed: int) -> Fault:
    return _replace(plan, draft, seed, NEGATIVE)


def _more_than_assigned(plan: Plan, draft: Draft, seed: int) -> Fault:
    row = _chosen(plan, draft, seed)
    key, original = _row_key(plan.form, row), row["disbursed_vnd"]
    row["disbursed_vnd"] = row["assigned_vnd"] + Decimal("250000000")
    return _fault(plan, key, _cell_key(plan, row), original, row["disbursed_vnd"])


def _as_it_is(plan: Plan, draft: Draft, seed: int) -> Fault:
    """Typed as it is; what the office remarks is the matter itself."""
    row = _chosen(plan, draft, seed)
    value = row[plan.column_name]
    return _fault(plan, _row_key(plan.form, row), _cell_key(plan, row), value, value)


def _met_against_figure(plan: Plan, draft: Draft, seed: int) -> Fault:
    return _replace(plan, draft, seed, MET)


def _another_rate(plan: Plan, draft: Draft, seed: int) -> Fault:
    row = _chosen(plan, draft, seed)
    key, original = _row_key(plan.form, row), row["value"]
    row["value"] = original - Decimal("0.73")
    return _fault(plan, key, _cell_key(plan, row), original, row["value"])


def _another_agency(plan: Plan, draft: Draft, seed: int) -> Fault:
    row = _chosen(plan, draft, seed)
    here = {other["agency_code"] for other in draft.rows["helper_assignments"]
            if other["commune_code"] == row["commune_code"]}  # fmt: skip
    others = sorted({other["agency_code"] for other in draft.rows["helper_assignments"]} - here)
    key, original = _row_key(plan.form, row), row["agency_code"]
    row["agency_code"] = others[0]
    return _fault(plan, key, _cell_key(plan, row), original, others[0])


def _repeated(plan: Plan, draft: Draft, seed: int) -> Fault:
    """The same line twice; which one is right cannot be known, so neither counts."""
    row = _chosen(plan, draft, seed)
    draft.rows[plan.form].append(dict(row))
    return _fault(plan, _row_key(plan.form, row), _cell_key(plan, row), None, row[plan.column_name])


def _wrong_sum(plan: Plan, draft: Draft, seed: int) -> Fault:
    amounts = [row[plan.column_name] for row in draft.rows[plan.form]]
    total = sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0)) / MILLION
    draft.printed_totals[plan.form, ("total",), plan.column_name] = total + 100
    return _fault(plan, {}, ("total",), total, total + 100)


def _wrong_count(plan: Plan, draft: Draft, seed: int) -> Fault:
    criterion = "15"
    of_criterion = [
        row for row in draft.rows[plan.form] if (row["criteria_set_code"], row["criterion_no"]) == (BASE_SET, criterion)
    ]
    count = sum(1 for row in of_criterion if row["mark"] == MET)
    cell: tuple[object, ...] = ("total", BASE_SET, criterion)
    draft.printed_totals[plan.form, cell, plan.column_name] = count + 2
    return _fault(plan, {}, cell, count, count + 2)


def _one_more_criterion(plan: Plan, draft: Draft, seed: int) -> Fault:
    row = _chosen(plan, draft, seed)
    key, original = {name: row[name] for name in ("criteria_set_code", "commune_code")}, row["criteria_met"]
    for other in draft.rows[plan.form]:
        if all(other[name] == value for name, value in key.items()):
            other["criteria_met"] = original + 1
    return _fault(plan, key, _cell_key(plan, row), original, original + 1)


def _left_out(plan: Plan, draft: Draft, seed: int) -> Fault:
    row = _chosen(plan, draft, seed)
    code = row["commune_code"]
    draft.communes.remove(code)
    return _fault(plan, {"commune_code": code}, None, code, None)


def _stranger(plan: Plan, draft: Draft, seed: int) -> Fault:
    rows = [row for row in draft.rows[plan.form] if row["criteria_set_code"] == BASE_SET]
    copied = [{**row, "commune_code": STRANGER} for row in rows if row["commune_code"] == rows[0]["commune_code"]]
    draft.rows[plan.form] += copied
    draft.communes.append(STRANGER)
    return _fault(plan, {"commune_code": STRANGER}, _cell_key(plan, copied[0]), None, STRANGER)


def _unmet_with_figure(row: dict[str, Any]) -> bool:
    return row["verdict"] == UNMET and row["value"] is not None and row["part_code"] == "total"


def _is_rate(row: dict[str, Any]) -> bool:
    """A rate well above its threshold, so that a slip does not turn the verdict."""
    return row["indicator_no"] in ("3.1", "2.2") and row["criteria_set_code"] == BASE_SET and row["value"] > 82


def _is_insurance(row: dict[str, Any]) -> bool:
    return (row["criteria_set_code"], row["indicator_no"], row["part_code"]) == (BASE_SET, "15.1", "total")


def _is_plain_verdict(row: dict[str, Any]) -> bool:
    return row["criteria_set_code"] == BASE_SET and row["indicator_no"] == "7" and row["verdict"] == MET


def _is_in_progress(row: dict[str, Any]) -> bool:
    return row["criteria_set_code"] == BASE_SET and row["criteria_met"] < 19


def _is_assigned(row: dict[str, Any]) -> bool:
    return row["disbursed_vnd"] is not None and row["plan_year"] == row["assigned_on"].year


def _is_recent(row: dict[str, Any]) -> bool:
    return bool(f"{row['activity_date']:%Y-%m-%d}" >= "2023-09-15")


def _is_advanced_title(row: dict[str, Any]) -> bool:
    return bool(row["title_code"] == "NTM_NC")


_F, _C, _S, _A = "funding_sources", "criteria_results", "criteria_summary", "helper_activities"
PLANS = (
    Plan("849", "2023M06", _as_typed, _C, "value_unreadable", "error", "value", QUARANTINED,
         "khoảng 90", _is_insurance),
    Plan("848", "2023Y", _as_typed, _A, "value_unreadable", "error", "activity_date", QUARANTINED,
         "31/11/2023", _is_recent),
    Plan("850", "2022Y", _as_typed, _F, "value_not_in_list", "error", "source_code", QUARANTINED,
         "Vốn vay lại", _is_assigned),
    Plan("845", "2023Y", _as_typed, _C, "value_required", "error", "verdict", QUARANTINED,
         None, _is_plain_verdict),
    Plan("846", "2022Y", _as_typed, _S, "value_required", "error", "mark", QUARANTINED,
         None, lambda row: row["criteria_set_code"] == BASE_SET),
    Plan("847", "2023Y", _negative, _F, "value_out_of_range", "error", "disbursed_vnd", QUARANTINED,
         fits=_is_assigned),
    Plan("846", "2023Y", _repeated, _F, "row_repeated", "error", "place_code", QUARANTINED,
         fits=_is_assigned),
    Plan("848", "2022Y", _more_than_assigned, _F, "disbursed_exceeds_assigned", "error", "disbursed_vnd", QUARANTINED,
         fits=_is_assigned),
    Plan("844", "2022Y", _met_against_figure, _C, "verdict_differs_from_threshold", "warning", "verdict", DIFFERS,
         fits=_unmet_with_figure),
    Plan("844", "2022Y", _wrong_sum, _F, "printed_total_differs_from_sum", "warning", "disbursed_vnd", NONE),
    Plan("851", "2023Q1", _as_typed, "recognitions", "recognition_without_decision", "error", "decision_no",
         QUARANTINED, None, _is_advanced_title),
    Plan("850", "2023Y", _another_agency, _A, "activity_outside_assignment", "warning", "agency_code", DIFFERS,
         fits=_is_recent),
    Plan("845", "2023Q1", _left_out, _S, "commune_missing_from_list", "warning", "commune_code", ABSENT,
         fits=lambda row: row["criteria_set_code"] == BASE_SET),
    Plan("847", "2023M09", _stranger, _S, "value_not_in_list", "error", "commune_code", NONE),
    Plan("849", "2023M09", _one_more_criterion, _S, "criteria_met_differs_from_marks", "warning", "criteria_met", NONE,
         fits=_is_in_progress),
    Plan("850", "2023M06", _another_rate, _C, "rate_differs_from_parts", "warning", "value", DIFFERS, fits=_is_rate),
    Plan("849", "2023Y", _as_it_is, "projects", "project_paid_by_two_programmes", "warning", "project_name", NONE,
         fits=lambda row: row["programme_code"] == "GNBV" and row["village"] == TWIN_VILLAGE),
    Plan("842", "2023Y", _wrong_count, _S, "printed_count_differs_from_marks", "warning", "mark", NONE),
)  # fmt: skip


def plant_unknown_period(draft: Draft) -> None:
    """The first version of one report names a period that does not exist."""
    unit, name = UNKNOWN_PERIOD
    draft.cover["reporting_period_code"] = UNKNOWN_PERIOD_CODE
    draft.faults.append(
        Fault(unit, name, "cover", "period_unknown", "blocking", "reporting_period_code", {}, (unit,), name,
              UNKNOWN_PERIOD_CODE, None, REJECTED)
    )  # fmt: skip


def undo_correction(draft: Draft, seed: int) -> None:
    """Turn the final report into the one it corrected: an extra line of money, three amounts lower."""
    rows = draft.rows["funding_sources"]
    draw = chance(seed, "correction")
    spent = [row for row in rows if row["disbursed_vnd"]]
    for row in draw.sample(spent, 3):
        row["disbursed_vnd"] = (row["disbursed_vnd"] * Decimal("0.8")).quantize(Decimal(1))
    extra = draw.choice(spent)
    rows.append({**extra, "content_code": "ND05", "explanation": "Ghi nhầm nội dung"})
