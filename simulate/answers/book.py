"""The questions that have an answer from the truth, by number."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from simulate.answers import (
    activities,
    calendar,
    clocks,
    contributions,
    criteria_conditions,
    criteria_watch,
    dossiers,
    evaluations,
    helper_arrangement,
    maps,
    obstacles,
    policies,
    projects,
    residential_areas,
    resources,
    roadmaps,
    stated_figures,
    targets,
    tasks,
    themes,
)
from simulate.answers.criteria import q04
from simulate.answers.dossiers import q06
from simulate.answers.funding import q09, q10, q11
from simulate.answers.helper_teams import q12, q13
from simulate.answers.indicators import q05, q07
from simulate.answers.obstacles import q08
from simulate.answers.recognition import q01
from simulate.answers.residential_areas import q14
from simulate.answers.rows import Truth
from simulate.answers.standing import q02, q03
from simulate.answers.submissions import q15

if TYPE_CHECKING:
    import pandas as pd

Answer = Callable[[Truth, date], "pd.DataFrame"]

# question -> its answer and the columns that tell its rows apart; the first fifteen, which take a moment K too
FIRST_ANSWERS: dict[str, tuple[Answer, tuple[str, ...]]] = {
    "q01": (q01, ("area_level", "area_unit_id", "stage_code")),
    "q02": (q02, ("area_level", "area_unit_id")),
    "q03": (q03, ("unit_id", "item_kind", "item_code")),
    "q04": (q04, ("comparison", "unit_id", "criterion_no")),
    "q05": (q05, ("area_level", "area_unit_id")),
    "q06": (q06, ("area_level", "reporting_unit_id", "criteria_set_code")),
    "q07": (q07, ("agency_code", "area_level", "area_unit_id")),
    "q08": (q08, ("area_level", "reporting_unit_id", "kind_code", "breakdown", "code")),
    "q09": (q09, ("area_level", "reporting_unit_id", "programme_code", "source_code", "nature_code", "plan_year")),
    "q10": (q10, ("reporting_unit_id", "programme_code", "nature_code", "budget_level")),
    "q11": (q11, ("area_level", "reporting_unit_id")),
    "q12": (q12, ("unit_id",)),
    "q13": (q13, ("view", "subject_id")),
    "q14": (q14, ("part", "area_level", "area_unit_id", "title_code")),
    "q15": (q15, ("area_level", "reporting_unit_id")),
}

ANSWERS = FIRST_ANSWERS | {
    # one line per module of answers: **topic.ANSWERS,
    **helper_arrangement.ANSWERS,
    **evaluations.ANSWERS,
    **criteria_watch.ANSWERS,
    **stated_figures.ANSWERS,
    **criteria_conditions.ANSWERS,
    **obstacles.ANSWERS,
    **contributions.ANSWERS,
    **activities.ANSWERS,
    **policies.ANSWERS,
    **themes.ANSWERS,
    **tasks.ANSWERS,
    **residential_areas.ANSWERS,
    **targets.ANSWERS,
    **dossiers.ANSWERS,
    **roadmaps.ANSWERS,
    **projects.ANSWERS,
    **resources.ANSWERS,
    **maps.ANSWERS,
    **clocks.ANSWERS,
    **calendar.ANSWERS,
}
