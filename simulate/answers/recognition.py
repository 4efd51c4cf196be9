"""Titles of units held on a day: question 1."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from simulate.answers.places import communes_on
from simulate.answers.rows import Row, Truth, by_reporting_unit, rows, share

if TYPE_CHECKING:
    import pandas as pd

NTM, ADVANCED, MODEL = "NTM", "NTM_NC", "NTM_KM"


def held_on(events: Iterable[Row], day: date) -> dict[tuple[str, str], Row]:
    """(unit, title) -> the latest recognition in force on a day: decided by then and not withdrawn since."""
    held: dict[tuple[str, str], Row] = {}
    dated = [event for event in events if event["decision_date"] is not None and event["decision_date"] <= day]
    order = {"first": 0, "renewal": 0, "withdrawal": 1}
    for event in sorted(
        dated, key=lambda event: (event["decision_date"], order[event["act_code"]], event["stage_code"])
    ):
        key = (event["unit_id"], event["title_code"])
        if event["act_code"] == "withdrawal":
            held.pop(key, None)
        else:
            held[key] = event
    return held


def q01(truth: Truth, day: date) -> pd.DataFrame:
    """Communes recognised, of which advanced, of which model; by reporting unit and stage of the title."""
    import pandas as pd

    held = held_on(rows(truth, "recognition"), day)
    stages = sorted({event["stage_code"] for (_, title), event in held.items() if title in (NTM, ADVANCED, MODEL)})
    parts = []
    for stage in ("all", *stages):

        def count(communes: Sequence[Row], stage: str = stage) -> Row:
            titles = [_nested(held, commune["unit_id"]) for commune in communes]
            recognised = sum(1 for stage_of in titles if NTM in stage_of)
            found = {
                title: sum(1 for stage_of in titles if title in stage_of and stage in ("all", stage_of[title]))
                for title in (NTM, ADVANCED, MODEL)
            }
            return {
                "stage_code": stage,
                "commune_count": len(communes),
                "ntm_count": found[NTM],
                "advanced_count": found[ADVANCED],
                "model_count": found[MODEL],
                "ntm_of_communes_pct": share(found[NTM], len(communes)),
                "advanced_of_communes_pct": share(found[ADVANCED], len(communes)),
                "advanced_of_recognised_pct": share(found[ADVANCED], recognised),
                "model_of_communes_pct": share(found[MODEL], len(communes)),
                "model_of_recognised_pct": share(found[MODEL], recognised),
                "higher_without_lower_count": sum(_skips(held, commune["unit_id"]) for commune in communes),
            }

        parts.append(by_reporting_unit(communes_on(day), count))
    return pd.concat(parts, ignore_index=True)


def _nested(held: dict[tuple[str, str], Row], unit_id: str) -> dict[str, str]:
    """Title -> stage, as far up as every lower title is held too."""
    found: dict[str, str] = {}
    for title in (NTM, ADVANCED, MODEL):
        if (unit_id, title) not in held:
            break
        found[title] = held[unit_id, title]["stage_code"]
    return found


def _skips(held: dict[tuple[str, str], Row], unit_id: str) -> bool:
    return sum((unit_id, title) in held for title in (NTM, ADVANCED, MODEL)) > len(_nested(held, unit_id))
