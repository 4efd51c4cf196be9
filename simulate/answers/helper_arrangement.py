"""How communes are covered, what helpers planned and did, and the bodies behind them: questions 48 to 53, 56, 57."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from simulate.answers.places import asked_period, closed_periods
from simulate.answers.rows import Row, Truth, of_period, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

AREA = ("area_level", "reporting_unit_id")


def _frame(found: Sequence[Row]) -> pd.DataFrame:
    import pandas as pd

    return pd.DataFrame(list(found), dtype=object)


def _by_unit(listed: Sequence[Row], count: Callable[[Sequence[Row]], Row]) -> list[Row]:
    """`count` of the whole province and of each reporting unit that has rows."""
    found: list[Row] = [{"area_level": "province", "reporting_unit_id": None, **count(listed)}] if listed else []
    for unit in sorted({row["reporting_unit_id"] for row in listed}):
        own = [row for row in listed if row["reporting_unit_id"] == unit]
        found.append({"area_level": "unit", "reporting_unit_id": unit, **count(own)})
    return found


def _added(listed: Iterable[Row], column: str) -> int | None:
    amount = total(row[column] for row in listed)
    return None if amount is None else int(amount)


def q48(truth: Truth, day: date) -> pd.DataFrame:
    begins = asked_period(day)["data_from"]
    return _frame(
        [
            {
                "unit_id": row["unit_id"],
                "valid_from": row["valid_from"],
                "status": row["status"],
                "main_count": row["main_count"],
                "agency_codes": row["agency_codes"],
                "is_running_on_day": row["valid_to"] is None or row["valid_to"] > day,
                "day_count": (min(row["valid_to"] or day, day) - max(row["valid_from"], begins)).days,
            }
            for row in rows(truth, "helper_coverage")
            if row["status"] != "main"
            and row["valid_from"] <= day
            and (row["valid_to"] is None or row["valid_to"] > begins)
        ]
    )


def _in_force(truth: Truth, listed: Sequence[Row], day: date) -> list[Row]:
    """Those whose assignment the register does not end on or before a day."""
    ended = {_assignment(row) for row in rows(truth, "helper_assignment") if row["valid_to"] and row["valid_to"] <= day}
    return [row for row in listed if _assignment(row) not in ended]


def _assignment(row: Row) -> tuple[object, ...]:
    return tuple(row[name] for name in ("agency_code", "unit_id", "role_code", "valid_from"))


def _beside_events(truth: Truth, day: date) -> list[Row]:
    """The summaries of P with what the events of the same assignment add up to."""
    name = asked_period(day)["reporting_period_id"]
    counted = {_assignment(row): row for row in of_period(rows(truth, "helper_period"), name)}
    return [
        row | {"events": counted.get(_assignment(row), {})} for row in of_period(rows(truth, "helper_summary"), name)
    ]


def q49(truth: Truth, day: date) -> pd.DataFrame:
    closing = asked_period(day)["data_to"]

    def count(own: Sequence[Row]) -> Row:
        planned = [row for row in own if row["planned_visit_count"] is not None]
        running = _in_force(truth, own, closing)
        gains: dict[str, list[int]] = {}
        for row in planned:
            if row["gained_criteria_count"] is not None:
                gains.setdefault(row["unit_id"], []).append(row["gained_criteria_count"])
        visits, support = _added(planned, "planned_visit_count"), _added(planned, "planned_support_vnd")
        done = total(row["events"].get("visit_count") for row in planned)
        return {
            "assignment_count": len(running),
            "without_plan_count": sum(row["planned_visit_count"] is None for row in running),
            "planned_visits": visits,
            "done_visits": done,
            "reported_visits": _added(planned, "visit_count"),
            "planned_criteria": _added(planned, "planned_criteria_count"),
            "gained_criteria": total(max(stated) for stated in gains.values()),
            "planned_support_vnd": support,
            "support_vnd": _added(planned, "support_vnd"),
            "visit_pct": share(done, visits),
            "support_pct": share(_added(planned, "support_vnd"), support),
        }

    return _frame(_by_unit(_beside_events(truth, day), count))


def _dated(listed: Iterable[Row], column: str, day: date) -> list[Row]:
    """Events of the report year of P, up to its closing day."""
    about = asked_period(day)
    return [row for row in listed if about["data_from"] <= row[column] <= about["data_to"]]


def q50(truth: Truth, day: date) -> pd.DataFrame:
    kinds = ("meeting", "briefing", "communication", "party_support")
    events = [row for row in _dated(rows(truth, "helper_activity"), "activity_date", day) if row["kind_code"] in kinds]
    found = []
    for kind, level in sorted({(row["kind_code"], row["level_code"]) for row in events}, key=str):
        own = [row for row in events if (row["kind_code"], row["level_code"]) == (kind, level)]
        found += [row | {"kind_code": kind, "level_code": level} for row in _by_unit(own, _activities)]
    return _frame(found)


def _activities(own: Sequence[Row]) -> Row:
    return {
        "activity_count": len(own),
        "agency_count": len({row["agency_code"] for row in own}),
        "commune_count": len({row["unit_id"] for row in own}),
        "participant_count": _added(own, "participant_count"),
        "with_leader_count": sum(row["is_leader_present"] is True for row in own),
    }


def q51(truth: Truth, day: date) -> pd.DataFrame:
    events = _dated(rows(truth, "helper_activity"), "activity_date", day)
    given = _dated(rows(truth, "support"), "agreed_on", day)
    found = []
    for content in sorted({row["focus_content"] for row in (*events, *given)}, key=str):
        own = [row for row in events if row["focus_content"] == content]
        support = [row for row in given if row["focus_content"] == content]
        counts = _activities(own)
        del counts["with_leader_count"]
        found.append(
            {
                "focus_content": content,
                **counts,
                "support_count": len(support),
                "promised_vnd": _added(support, "promised_vnd"),
                "delivered_vnd": _added(support, "delivered_vnd"),
            }
        )
    return _frame(found)


def q52(truth: Truth, day: date) -> pd.DataFrame:
    def count(own: Sequence[Row]) -> Row:
        trained, women = _added(own, "trained_people_count"), _added(own, "trained_women_count")
        minority = _added(own, "trained_minority_count")
        return {
            "class_count": _added(own, "training_count"),
            "listed_class_count": total(row["events"].get("training_count") for row in own),
            "trained_count": trained,
            "women_count": women,
            "minority_count": minority,
            "introduced_job_count": _added(own, "introduced_job_count"),
            "women_pct": share(women, trained),
            "minority_pct": share(minority, trained),
        }

    return _frame(_by_unit(_beside_events(truth, day), count))


def q53(truth: Truth, day: date) -> pd.DataFrame:
    january = date(day.year - (day.month == 1), 1, 31)
    found = []
    for row in rows(truth, "helper_assignment"):
        asked, decided = row["change_requested_on"], row["change_decided_on"]
        if asked is None or asked > day:
            continue
        decided = decided if decided is not None and decided <= day else None
        found.append(
            {
                "unit_id": row["unit_id"],
                "agency_code": row["agency_code"],
                "change_requested_on": asked,
                "change_reason": row["change_reason"],
                "proposed_leader": row["proposed_leader"],
                "decided_on": decided,
                "is_open": decided is None,
                "days_waited": ((decided or day) - asked).days,
                "is_past_january": decided is None and asked <= january,
            }
        )
    return _frame(found)


def q56(truth: Truth, day: date) -> pd.DataFrame:
    name = asked_period(day, ("6_months", "year"))["reporting_period_id"]
    listed = of_period(rows(truth, "apparatus"), name)
    found = []
    for level, body in sorted({(row["body_level"], row["body_code"]) for row in listed}):
        own = [row for row in listed if (row["body_level"], row["body_code"]) == (level, body)]
        found += [row | {"body_level": level, "body_code": body} for row in _by_unit(own, _people)]
    return _frame(found)


def _people(own: Sequence[Row]) -> Row:
    summed = ("body_count", "post_count", "filled_count", "full_time_count", "female_count", "trained_count",
              "assigned_count", "changed_count")  # fmt: skip
    counts: Row = {name: _added(own, name) for name in summed}
    return counts | {
        "without_decision_count": sum(row["decision_no"] is None for row in own),
        "assignable_count": _added([row for row in own if row["assigned_count"] is not None], "filled_count"),
        "vacant_count": counts["post_count"] - counts["filled_count"],
        "trained_pct": share(counts["trained_count"], counts["filled_count"]),
        "full_time_pct": share(counts["full_time_count"], counts["filled_count"]),
    }


def q57(truth: Truth, day: date) -> pd.DataFrame:
    about = asked_period(day)
    closed = {row["reporting_period_id"]: row for row in closed_periods(day) if row["stage"] == about["stage"]}
    expected = [row for row in rows(truth, "submission") if row["reporting_period_id"] in closed]
    counted = rows(truth, "helper_period")
    found = []
    for unit in sorted({row["reporting_unit_id"] for row in expected}):
        names = [row["reporting_period_id"] for row in expected if row["reporting_unit_id"] == unit]
        names.sort(key=lambda name: closed[name]["data_to"])
        last = {closed[name]["year"]: name for name in names}
        of_year = {closed[name]["period_type"]: [name] for name in names if closed[name]["year"] == about["year"]}
        for kind, members in (of_year | {"stage": list(last.values())}).items():
            own = [row for row in counted if row["reporting_unit_id"] == unit]
            latest = of_period(own, members[-1])
            running = len(_in_force(truth, latest, closed[members[-1]]["data_to"])) if latest else None
            counts = {"assignment_count": running, **_consolidated(own, members)}
            found.append({"reporting_unit_id": unit, "period_type": kind, **counts})
    return _frame(found)


def _consolidated(own: Sequence[Row], names: Sequence[str]) -> Row:
    listed = [row for row in own if row["reporting_period_id"] in names]
    compared = [row for row in listed if row["visit_difference"] is not None]
    said = {row["reporting_period_id"] for row in listed if row["reported_visit_count"] is not None}
    return {
        "period_count": len(names),
        "is_consolidated": said == set(names),
        "compared_count": len(compared),
        "differing_count": sum(row["visit_difference"] != 0 for row in compared),
        "reported_visits": _added(listed, "reported_visit_count"),
        "counted_visits": _added(listed, "visit_count"),
    }


ANSWERS = {
    "q48": (q48, ("unit_id", "valid_from")),
    "q49": (q49, AREA),
    "q50": (q50, (*AREA, "kind_code", "level_code")),
    "q51": (q51, ("focus_content",)),
    "q52": (q52, AREA),
    "q53": (q53, ("unit_id", "agency_code", "change_requested_on")),
    "q56": (q56, (*AREA, "body_level", "body_code")),
    "q57": (q57, ("reporting_unit_id", "period_type")),
}
