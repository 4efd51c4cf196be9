"""What may not be asked of a figure: sums that would be wrong are refused by name, each with what to ask instead.

Belongs here: the rules. Additivity itself is declared beside each column and read from dim_measure. Does not belong
here: finding the answer (figure.py).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from publish.figure_question import PLACES, FigureRefused, Measure, Question

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Period:
    """A reporting period, and the first day of the map that is valid on its closing day."""

    period_id: str
    year: int
    is_last_of_year: bool
    closes_on: date
    map_date: date | None


def measure_named(con: DuckDBPyConnection, mart: str, measure: str) -> Measure:
    """The measure as dim_measure tells it. Raises FigureRefused for what is no amount, or is none that adds."""
    found = con.execute(
        "select label_vi, additivity, within_columns, row_grain, row_key, data_type "
        "from marts.dim_measure where mart = ? and measure = ?",
        [mart, measure],
    ).fetchone()
    if found is None:
        _refuse_unknown(con, mart, measure)
    assert found is not None
    label, additivity, within, grain, row_key, data_type = found
    if additivity == "none":
        ratios = con.execute("select metric_code from marts.dim_metric where mart = ? order by sort_order", [mart])
        codes = [code for (code,) in ratios.fetchall()]
        instead = f"ask a published ratio, such as ntm figure {codes[0]}" if codes else "ask the amounts it is made of"
        if mart == "fct_metric":
            instead = "ask the ratio by its code, such as ntm figure communes_recognised: it is made of its parts"
        raise FigureRefused(
            f"{mart}.{measure} ({label}) is never added: it is a rate, a price, a rank, an age or a number that is a "
            f"name. Instead, {instead}."
        )
    columns = tuple(within.split(", ")) if within else ()
    key = tuple(row_key.split(", ")) if row_key else ()
    return Measure(mart, measure, label, additivity, columns, grain == "register", key, data_type)


def _refuse_unknown(con: DuckDBPyConnection, mart: str, measure: str) -> None:
    columns = {
        name: kind
        for name, kind in con.execute(
            "select column_name, data_type from duckdb_columns() where table_name = ? and database_name = 'marts'",
            [mart],
        ).fetchall()
    }
    if not columns:
        names = con.execute("select distinct mart from marts.dim_measure").fetchall()
        raise FigureRefused(f"There is no fact {mart!r} with figures.{near(mart, (name for (name,) in names))}")
    if measure in columns:
        raise FigureRefused(
            f"{mart}.{measure} is {columns[measure].lower()}, not an amount: marks, verdicts, titles and dates are "
            "never added, and no unit takes them over from another. Ask the rows (fct_unit_standing for standings, "
            "standing_on_map for those of another map) or a published ratio that counts them."
        )
    names = con.execute("select measure from marts.dim_measure where mart = ?", [mart]).fetchall()
    raise FigureRefused(f"{mart} has no measure {measure!r}.{near(measure, (name for (name,) in names))}")


def periods_named(con: DuckDBPyConnection, names: Sequence[str]) -> tuple[Period, ...]:
    """The periods in the order of their closing days. Raises FigureRefused for one that is named twice or unknown."""
    if len(set(names)) < len(names):
        raise FigureRefused("A period is named twice; it would be counted twice.")
    known = {
        row[0]: Period(*row)
        for row in con.execute(
            """
            select
                periods.reporting_period_id, periods.year,
                periods.data_to = max(periods.data_to) over (partition by periods.year), periods.data_to, maps.map_date
            from marts.dim_reporting_period as periods
            left join marts.dim_map as maps
                on periods.data_to >= maps.map_date and (maps.valid_to is null or periods.data_to < maps.valid_to)
            """
        ).fetchall()
    }
    for name in names:
        if name not in known:
            raise FigureRefused(f"There is no reporting period {name!r}.{near(name, known)}")
    return tuple(sorted((known[name] for name in names), key=lambda period: period.closes_on))


def refuse_wrong_sum(measure: Measure, question: Question, periods: Sequence[Period]) -> None:
    """Raises FigureRefused where the periods or rows asked for may not be added up."""
    name = f"{measure.mart}.{measure.measure}"
    free = [column for column in measure.within if column not in question.only and column not in question.by]
    if free:
        raise FigureRefused(
            f"{name} is added only within one {' and one '.join(free)}. Ask it --by {free[0]}, or --only {free[0]}=…"
        )
    if "period" in question.by or len(periods) < 2:
        return
    several = ", ".join(period.period_id for period in periods)
    if measure.additivity == "stock":
        raise FigureRefused(
            f"{name} is a stock, the state on the closing day: it is never added over periods ({several}). Ask one "
            f"period, such as {periods[-1].period_id}, or --by period to see them side by side."
        )
    if measure.additivity in ("cumulative", "yearly"):
        years = [period.year for period in periods]
        for year in years:
            of_year = [period.period_id for period in periods if period.year == year]
            if len(of_year) > 1:
                what = "runs from the start of the report year" if measure.additivity == "cumulative" else "is yearly"
                raise FigureRefused(
                    f"{name} {what}: {of_year[-1]} holds {', '.join(of_year[:-1])} already. Ask {of_year[-1]} alone, "
                    "or what was done within a period (fct_discrete_amount)."
                )
        for period in periods[:-1]:
            if not period.is_last_of_year:
                raise FigureRefused(
                    f"{name} adds over years by the last period of each; {period.period_id} does not end its year. "
                    f"Ask {period.year}Y."
                )


def refuse_mixed_maps(question: Question, periods: Sequence[Period]) -> None:
    """Raises FigureRefused where places of different maps would stand in one answer."""
    maps = {period.map_date for period in periods}
    if question.on_map is None and len(maps) > 1 and "period" not in question.by:
        spans = ", ".join(f"{period.period_id} on that of {period.map_date}" for period in periods)
        raise FigureRefused(
            f"These periods stand on different maps ({spans}). Say which: --map {max(filter(None, maps))}."
        )
    if question.split == "area":
        raise FigureRefused(
            "Units cannot be divided by area: their areas are not in reference data. Ask population or none."
        )
    if question.split not in (None, "population", "none"):
        raise FigureRefused(f"There is no rule {question.split!r} to divide a unit. Ask population or none.")


def refuse_unreported_places(question: Question, is_own_map: bool, has_districts: bool) -> None:
    """Raises FigureRefused for an answer by something that the map asked for does not have."""
    if "reporting_unit" in question.by and not is_own_map:
        raise FigureRefused(
            "Who reported is a thing of the period's own map; on another map other units report. Ask --by unit there, "
            "or leave --map out."
        )
    if "district" in question.by and not has_districts:
        raise FigureRefused("There are no districts on that map, and no commune of it lies in one. Ask --by unit.")


def refuse_unstated_rule(question: Question, units: Sequence[str], people_periods: Sequence[str]) -> None:
    """Raises FigureRefused where units must be divided, their parts are asked for, and no rule is stated."""
    if question.split is not None or not units or not set(question.by) & {*PLACES}:
        return
    profile = f" (people of the commune profiles of {', '.join(people_periods)})" if people_periods else ""
    raise FigureRefused(
        f"{len(units)} unit(s) are several units on that map, among them {', '.join(units[:3])}: dividing them needs a "
        f"stated rule. Ask --split population{profile}, or --split none to leave their amounts undivided."
    )


def refuse_unknowable(question: Question, now: datetime) -> None:
    """Raises FigureRefused for an instant that has not come, or two clocks at once."""
    if question.known_at is not None and question.at_lock:
        raise FigureRefused("--known-at and --at-lock are two clocks; ask one.")
    if question.known_at is not None and question.known_at > now:
        raise FigureRefused(f"{question.known_at.isoformat()} has not come yet; it is {now.isoformat()}.")


def near(word: str, words: Iterable[str]) -> str:
    """A suggestion for a name that is not known."""
    all_words = sorted(words)
    found = difflib.get_close_matches(word, all_words, n=3, cutoff=0.4)
    return f" Did you mean {' or '.join(found)}?" if found else f" There are {', '.join(all_words[:12])}."
