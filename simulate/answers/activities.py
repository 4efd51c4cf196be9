"""Who trained, told, moved, helped and inspected: questions 78 to 84."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from simulate.answers.places import MATRIX_PERIODS, asked_period, communes_on
from simulate.answers.rows import Row, Truth, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

INSPECTIONS = ("inspection", "supervision")
OFFICERS = ("commune_officers", "hamlet_officers")


def _asked(day: date) -> Row:
    return asked_period(day, MATRIX_PERIODS)


def _is_in(day: date | None, about: Row) -> bool:
    return day is not None and about["data_from"] <= day <= about["data_to"]


def _held(truth: Truth, day: date, kinds: Sequence[str]) -> list[Row]:
    """Activities of some kinds, held in the report year of the asked period up to its closing day."""
    about = _asked(day)
    return [row for row in rows(truth, "activity") if row["kind_code"] in kinds and _is_in(row["activity_date"], about)]


def _table(
    found: Iterable[Row], day: date, keys: Sequence[str], measure: Callable[[list[Row]], Row], *summed: Sequence[str]
) -> pd.DataFrame:
    """`measure` of the rows of each value of the keys; with `summed`, also over all values of all but these keys."""
    import pandas as pd

    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in found:
        groups.setdefault(tuple(row[name] for name in keys), []).append(row)
    name = {"reporting_period_id": _asked(day)["reporting_period_id"]}
    made = [name | dict(zip(keys, group, strict=True)) | {"is_sum": False} | measure(own)
            for group, own in groups.items()]  # fmt: skip
    for kept in summed:
        sums: dict[tuple[object, ...], list[Row]] = {}
        for row in found:
            sums.setdefault(tuple(row[one] for one in kept), []).append(row)
        for group, own in sums.items():
            blank = dict.fromkeys(keys) | dict(zip(kept, group, strict=True))
            made.append(name | blank | {"is_sum": True} | measure(own))
    return pd.DataFrame(made, dtype=object)


def _sum(own: Iterable[Row], column: str) -> object:
    return total(row[column] for row in own)


def _by_area(found: Sequence[Row], day: date, measure: Callable[[list[Row]], Row]) -> pd.DataFrame:
    """`measure` of the province and of each reporting unit."""
    table = _table(found, day, ("reporting_unit_id",), measure, ()).drop(columns="is_sum")
    table["area_level"] = ["province" if unit is None else "unit" for unit in table["reporting_unit_id"]]
    return table


def q78(truth: Truth, day: date) -> pd.DataFrame:
    """Training and communication by subject and audience."""

    def measure(own: list[Row]) -> Row:
        counts = {name: _sum(own, name) for name in
                  ("session_count", "participant_count", "women_count", "minority_count")}  # fmt: skip
        known = sum(row["participant_count"] is not None for row in own)
        return {"activity_count": len(own), **counts, "people_known_count": known}

    found = [row for row in _held(truth, day, ("training", "communication")) if row["actor_kind"] != "helper_team"]
    return _table(found, day, ("kind_code", "subject_code", "audience_code"), measure, ("kind_code",))


def q79(truth: Truth, day: date) -> pd.DataFrame:
    """Communication by actor, subject and channel."""

    def measure(own: list[Row]) -> Row:
        return {
            "activity_count": len(own),
            "session_count": _sum(own, "session_count"),
            "participant_count": _sum(own, "participant_count"),
            "people_known_count": sum(row["participant_count"] is not None for row in own),
            "commune_count": len(_communes(own)),
            "area_count": len({row["area_code"] for row in own} - {None}),
        }

    found = _held(truth, day, ("communication",))
    return _table(found, day, ("actor_kind", "subject_code", "channel_code"), measure).drop(columns="is_sum")


def _communes(own: Iterable[Row]) -> set[str]:
    return {row["unit_id"] for row in own if _is_commune(row)}


def _is_commune(row: Row) -> bool:
    return len(str(row["unit_id"]).partition(".")[0]) == 5


def q80(truth: Truth, day: date) -> pd.DataFrame:
    """Mobilisation and emulation by movement."""

    def measure(own: list[Row]) -> Row:
        counts = ("participant_count", "minority_count", "household_count", "organisation_count")
        by_front = sum(row["actor_kind"] == "front" for row in own)
        return {"activity_count": len(own), "by_front_count": by_front} | {name: _sum(own, name) for name in counts}

    found = [
        row | {"movement": row["movement_code"] or "none"} for row in _held(truth, day, ("mobilisation", "emulation"))
    ]
    table = _table(found, day, ("reporting_unit_id", "movement"), measure, ("reporting_unit_id",), ())
    province = _table(found, day, ("movement",), measure).assign(reporting_unit_id=None)

    import pandas as pd

    both = pd.concat([table, province], ignore_index=True)
    both["area_level"] = ["province" if unit is None else "unit" for unit in both["reporting_unit_id"]]
    return both


def q81(truth: Truth, day: date) -> pd.DataFrame:
    """Guidance and coordination by actor, department and criterion."""

    def measure(own: list[Row]) -> Row:
        return {
            "activity_count": len(own),
            "coordination_count": sum(row["kind_code"] == "coordination" for row in own),
            "commune_count": len(_communes(own)),
            "district_wide_count": sum(not _is_commune(row) for row in own),
            "reporting_unit_count": len({row["reporting_unit_id"] for row in own}),
            "last_held_on": max(row["activity_date"] for row in own),
        }

    found = _held(truth, day, ("guidance", "coordination"))
    return _table(found, day, ("actor_kind", "agency_code", "criterion_no"), measure).drop(columns="is_sum")


def q82(truth: Truth, day: date) -> pd.DataFrame:
    """What residents of each commune could know, discuss, do and check."""
    import pandas as pd

    about = _asked(day)
    sent = {
        row["reporting_unit_id"]
        for row in rows(truth, "submission")
        if row["reporting_period_id"] == about["reporting_period_id"] and row["version_count"]
    }
    kinds = {"published": "publication", "discussed": "community_meeting", "done": "community_works",
             "supervised": "supervision"}  # fmt: skip
    held = _held(truth, day, tuple(kinds.values()))
    found = []
    for commune in communes_on(about["data_to"]):
        own = [row for row in held if row["unit_id"] == commune["unit_id"]]
        watched = [row for row in own if row["kind_code"] == "supervision"]
        is_reported = commune["reporting_unit_id"] in sent
        counts: Row = {
            f"{name}_count": sum(row["kind_code"] == kind for row in own) if is_reported else None
            for name, kind in kinds.items()
        }
        found.append(
            {
                "unit_id": commune["unit_id"],
                "is_reported": is_reported,
                **counts,
                "finding_count": _sum(watched, "finding_count"),
                "handled_count": _sum(watched, "handled_count"),
                "has_nothing": not own if is_reported else None,
            }
        )
    return pd.DataFrame(found, dtype=object)


def q83(truth: Truth, day: date) -> pd.DataFrame:
    """Inspection and supervision against plan, with what came of it."""
    about = _asked(day)
    seen = [
        row | {"is_held": _is_in(row["activity_date"], about), "is_planned": _is_in(row["planned_on"], about)}
        for row in rows(truth, "activity")
        if row["kind_code"] in (*INSPECTIONS, "prevention")
    ]

    def measure(own: list[Row]) -> Row:
        inspections = [row for row in own if row["kind_code"] in INSPECTIONS]
        planned = [row for row in inspections if row["is_planned"]]
        held = [row for row in inspections if row["is_held"]]
        done = sum(row["is_held"] for row in planned)
        late = [
            row for row in held if row["follow_up_due_on"] is not None and row["follow_up_due_on"] < about["data_to"]
        ]
        sums = ("finding_count", "handled_count", "to_recover_vnd", "recovered_vnd")
        return {
            "planned_count": len(planned),
            "done_of_planned_count": done,
            "done_unplanned_count": sum(row["planned_on"] is None for row in held),
            "done_of_planned_pct": share(done, len(planned)),
            "by_community_count": sum(row["actor_kind"] == "community" for row in held),
            "follow_up_overdue_count": sum(row["handled_count"] < row["finding_count"] for row in late),
            "prevention_count": sum(row["kind_code"] == "prevention" and row["is_held"] for row in own),
            **{name: _sum(held, name) for name in sums},
        }

    return _by_area([row for row in seen if row["is_held"] or row["is_planned"]], day, measure)


def q84(truth: Truth, day: date) -> pd.DataFrame:
    """People trained and introduced to jobs."""

    def measure(own: list[Row]) -> Row:
        sums = ("session_count", "participant_count", "women_count", "minority_count", "job_count")
        officers = [row for row in own if row["audience_code"] in OFFICERS]
        by_helpers = sum(row["actor_kind"] == "helper_team" for row in own)
        return {
            "activity_count": len(own),
            "by_helper_count": by_helpers,
            "split_known_count": _sum((row for row in own if row["women_count"] is not None), "participant_count"),
            "officer_count": _sum(officers, "participant_count"),
            **{name: _sum(own, name) for name in sums},
        }

    return _by_area(_held(truth, day, ("training",)), day, measure)


ANSWERS = {
    "q78": (q78, ("kind_code", "is_sum", "subject_code", "audience_code")),
    "q79": (q79, ("actor_kind", "subject_code", "channel_code")),
    "q80": (q80, ("area_level", "reporting_unit_id", "is_sum", "movement")),
    "q81": (q81, ("actor_kind", "agency_code", "criterion_no")),
    "q82": (q82, ("unit_id",)),
    "q83": (q83, ("area_level", "reporting_unit_id")),
    "q84": (q84, ("area_level", "reporting_unit_id")),
}
