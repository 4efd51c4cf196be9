"""What came of the targets of the sample, and which communes were flagged: what the marts must say.

Belongs here: results beside targets as fct_target, fct_target_result and fct_commune_flag have them, counted from the
tables of the truth after what was never sent. A target of a year has a result in every report of that year on what it
is about, a target of a stage in every report up to its last year; the latest is beside the target.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from ingest import reference
from simulate.expected_criteria import expected_statuses
from simulate.expected_registers import expected_recognitions
from simulate.indicators import STANDS
from simulate.planted import Report, Rows, report_of_row
from simulate.residential_areas import AREA_PERIODS
from simulate.targets import YEARS, reports, truth_rows
from simulate.topic import Topic
from simulate.unmet import BASE_SET
from simulate.world import DISTRICT_PERIODS, SAMPLE_PERIODS, period, place_of

Result = tuple[str, Decimal | int | None, Decimal | int | None]  # period, part, whole
AREA_KINDS = {"areas_held": "is_held", "areas_new": "is_new_in_year"}
HUNDRED_MILLIONTHS = Decimal(1_000_000)
PARTS = {"HO_NGHEO": "poor_household_count", "VIEC_LAM": "stable_work_household_count"}
AIM = ("unit_id", "area_code", "measure_code", "horizon_code", "plan_year", "owner_code")
KEY = ("reporting_period_id", "reporting_unit_id", *AIM)
SAID = ("result_period_id", "result_part", "result_whole", "is_reached")
FEW, MANY = 2, 3  # new areas that a flagged commune should have in a year


@cache
def _measures() -> dict[str, Mapping[str, Any]]:
    return {row["measure_code"]: row for row in reference.rows("target_measures")}


@cache
def _communes_below(unit_id: str) -> frozenset[str]:
    """Unit ids of the communes (xã), wards and townships of a district; of a commune, itself."""
    code = unit_id.partition(".")[0]
    if len(code) != 3:
        return frozenset({unit_id})
    return frozenset(unit["unit_id"] for unit in reference.communes_of(code, period(SAMPLE_PERIODS[-1])["data_to"]))


class _Results:
    """Counts of the truth by period, for the subjects of targets."""

    def __init__(self, tables: Mapping[str, Rows], faults: Rows, sent: set[Report]) -> None:
        base = [row for row in tables["criterion_status"] if row["criteria_set_code"] == BASE_SET]
        self.statuses = expected_statuses(base, [], faults, sent)
        self.areas = tables["residential_area_status"]
        self.profiles = tables["commune_profile"]
        events = expected_recognitions(tables["recognition"], faults, sent)
        self.recognitions = sorted(events, key=lambda row: row["decision_date"])
        self.sent = sent

    def of(self, target: Mapping[str, Any]) -> list[Result]:
        """The results of a target, oldest first."""
        measure = _measures()[target["measure_code"]]
        kind = measure["measure_kind"]
        among = AREA_PERIODS if kind in AREA_KINDS else tuple(YEARS) if kind == "profile" else DISTRICT_PERIODS
        if kind in ("other", "candidate", "flag"):
            return []
        return [(name, *self._counted(target, measure, name)) for name in self._reported(target, among)]

    def _reported(self, target: Mapping[str, Any], among: Iterable[str]) -> list[str]:
        is_stage = target["horizon_code"] == "stage"
        fitting = [
            name
            for name in among
            if (target["reporting_unit_id"], name) in self.sent
            and (
                period(name)["year"] == target["plan_year"] or (is_stage and period(name)["year"] < target["plan_year"])
            )
        ]
        return sorted(fitting, key=place_of)

    def _counted(
        self, target: Mapping[str, Any], measure: Mapping[str, Any], name: str
    ) -> tuple[Decimal | int | None, Decimal | int | None]:
        members, kind = _communes_below(target["unit_id"]), measure["measure_kind"]
        if kind == "titles_held":
            return len(self._holders(measure["title_code"], target["plan_year"], name) & members), None
        if kind == "title_of_commune":
            return int(target["unit_id"] in self._holders(measure["title_code"], target["plan_year"], name)), None
        if kind == "title_of_unit":
            titles = ("HUYEN_NTM", "TXTP_HTNV", "HUYEN_NTM_NC")
            held = any(target["unit_id"] in self._holders(title, target["plan_year"], name) for title in titles)
            return int(held), None
        if kind == "criteria_average":
            met: dict[str, int] = {}
            for row in self.statuses:
                if row["reporting_period_id"] == name and row["unit_id"] in members:
                    met[row["unit_id"]] = met.get(row["unit_id"], 0) + (row["declared_mark"] in STANDS)
            return sum(met.values()), len(met)
        if kind in AREA_KINDS:
            return sum(
                row[AREA_KINDS[kind]]
                for row in self.areas
                if (row["reporting_period_id"], row["title_code"]) == (name, measure["title_code"])
                and row["unit_id"] in members
            ), None
        return self._rate(measure["measure_code"], name, members)

    def _holders(self, title: str, year: int, name: str) -> set[str]:
        """Holders of a title of a year or an earlier one by a report; that of a whole year counts what came later."""
        about, held = period(name), set()
        for row in self.recognitions:
            if row["title_code"] != title:
                continue
            is_signed = row["decision_date"] <= about["data_to"]
            if row["act_code"] == "withdrawal":
                if is_signed:
                    held.discard(row["unit_id"])
            elif row["year_recognised"] <= year and (
                is_signed or (about["period_type"] == "year" and row["year_recognised"] <= about["year"])
            ):
                held.add(row["unit_id"])
        return held

    def _rate(self, code: str, name: str, members: frozenset[str]) -> tuple[Decimal | int, Decimal | int]:
        rows = [row for row in self.profiles if row["reporting_period_id"] == name and row["unit_id"] in members]
        if code == "THU_NHAP":
            weighed = sum((row["income_per_head_vnd"] * row["people_count"] for row in rows), Decimal(0))
            return weighed / HUNDRED_MILLIONTHS, sum(row["people_count"] for row in rows)
        return sum(row[PARTS[code]] for row in rows), sum(row["household_count"] for row in rows)


def _is_reached(target: Mapping[str, Any], part: Decimal | int | None, whole: Decimal | int | None) -> bool | None:
    measure = _measures()[target["measure_code"]]
    aimed_at = 1 if measure["measure_kind"].startswith("title_of") else target["target_value"]
    if part is None or aimed_at is None or whole == 0:
        return None
    reached = Decimal(part) * (100 if measure["unit"] == "%" else 1)
    wanted = Decimal(aimed_at) * (1 if whole is None else whole)
    return reached <= wanted if measure["direction"] == "<=" else reached >= wanted


def expected(tables: Mapping[str, Rows], faults: Rows, sent: set[Report]) -> dict[str, Rows]:
    results = _Results(tables, faults, sent)
    rows, by_period = [], []
    for row in tables["target"]:
        if report_of_row(row) not in sent:
            continue
        found = [
            dict(zip(SAID, (name, part, whole, _is_reached(row, part, whole)), strict=True))
            for name, part, whole in results.of(row)
        ]
        by_period += [{name: row[name] for name in KEY} | said for said in found]
        rows.append(row | {"is_set_in_time": True} | (found[-1] if found else dict.fromkeys(SAID)))
    return {
        "fct_target": _with_latest(rows),
        "fct_target_result": by_period,
        "fct_commune_flag": _flags(rows, results),
    }


def _aim(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in AIM)


def _with_latest(rows: Rows) -> Rows:
    """A later report may set the same target anew (of a stage, above all): the latest one is in force."""
    latest = {
        _aim(row): row["reporting_period_id"]
        for row in sorted(rows, key=lambda row: place_of(row["reporting_period_id"]))
    }
    return [row | {"is_in_force": latest[_aim(row)] == row["reporting_period_id"]} for row in rows]


def _flags(targets: Rows, results: _Results) -> Rows:
    wanted = {(row["unit_id"], row["plan_year"]): row for row in targets if row["measure_code"] == "KDC_MOI"}
    found = []
    for row in targets:
        if row["measure_code"] != "CHUA_KHA_NANG":
            continue
        of_areas = wanted.get((row["unit_id"], row["plan_year"]))
        gained = results.of(row | {"measure_code": "KDC_MOI"})
        period_id, count = gained[-1][:2] if gained else (None, None)
        names = ("reporting_period_id", "reporting_unit_id", "unit_id", "plan_year", "document_no", "decided_on")
        found.append(
            {name: row[name] for name in names}
            | {
                "new_area_target": None if of_areas is None else int(of_areas["target_value"]),
                "result_period_id": period_id,
                "new_area_count": count,
                "new_area_class": None if count is None else "below_2" if count < FEW else "2_to_3" if count <= MANY
                else "above_3",
            }
        )  # fmt: skip
    return found


TOPIC = Topic(
    reports=reports,
    truth=lambda world, names: {"target": truth_rows(world, names)},
    expected=expected,
    keys={
        "fct_target": KEY,
        "fct_target_result": (*KEY, "result_period_id"),
        "fct_commune_flag": ("unit_id", "plan_year"),
    },
)
