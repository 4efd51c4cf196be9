"""Claims about the calendar of reports: its days stand in one reference table, which names their law."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from ingest import reference

ROOT = Path(__file__).resolve().parents[2]
# closing days of the decree and the days after them, as text and as a call; samples and tests may tell of them
CLOSING_DAY = re.compile(r"-(?:(?:03|06|09|12)-1[45])\b|date\(\w+, (?:3|6|9|12), 1[45]\)")
DUE_DAY = re.compile(r"-(?:03|06|09|12)-25\b|date\(\w+, (?:3|6|9|12), 25\)")


def product_files() -> list[Path]:
    python = [
        path for name in ("ingest", "expectations", "publish", "orchestration") for path in (ROOT / name).rglob("*.py")
    ]
    forms = list((ROOT / "ingest").rglob("*.yml"))
    models = [path for name in ("models", "macros", "tests") for path in (ROOT / "dbt_project" / name).rglob("*.sql")]
    return [*python, *forms, *models]


def test_no_code_model_or_form_knows_a_closing_or_due_day() -> None:
    told = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in product_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CLOSING_DAY.search(line) or DUE_DAY.search(line)
    ]
    assert told == []


def test_every_period_names_the_law_of_its_closing_and_due_day() -> None:
    silent = [
        row["reporting_period_id"]
        for row in reference.rows("reporting_periods")
        if not {"article 12", "article 13"} <= {word for word in re.findall(r"article \d+", row["source"] or "")}
        or not row["confidence"]
    ]
    assert silent == []


def test_periods_of_a_year_are_nested_and_years_follow_each_other() -> None:
    periods = [row for row in reference.rows("reporting_periods") if row["period_type"] != "stage"]
    by_year: dict[int, list[dict[str, object]]] = {}
    for row in sorted(periods, key=lambda row: row["data_to"]):
        by_year.setdefault(row["year"], []).append(dict(row))
    ended = None
    for year in sorted(by_year):
        own = by_year[year]
        assert len({row["data_from"] for row in own}) == 1
        assert ended is None or own[0]["data_from"] == ended + timedelta(days=1)
        assert [row["previous_period_id"] for row in own] == [None, *(row["reporting_period_id"] for row in own[:-1])]
        assert all(row["due_date"] > row["data_to"] for row in own)  # type: ignore[operator]
        ended = own[-1]["data_to"]  # type: ignore[assignment]
