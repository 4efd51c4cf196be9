"""Rows of the truth by area: the whole province, then each reporting unit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from simulate.answers.rows import Row, Truth, of_period, rows


def by_area(listed: Iterable[Row], *keys: str) -> Iterator[tuple[Row, list[Row]]]:
    """For the province and each unit, and in them for each value of the keys: what names the group, and its rows."""
    groups: dict[tuple[object, ...], list[Row]] = {}
    for row in listed:
        what = tuple(row[key] for key in keys)
        groups.setdefault(("province", None, *what), []).append(row)
        groups.setdefault(("unit", row["reporting_unit_id"], *what), []).append(row)
    for group, own in groups.items():
        yield dict(zip(("area_level", "reporting_unit_id", *keys), group, strict=True)), own


def report_counts(truth: Truth, reporting_period_id: str, reporting_unit_id: str | None) -> Row:
    """How many units had a report accepted, of how many that owe one: of one unit, or of the province (None)."""
    owed = [
        row
        for row in of_period(rows(truth, "submission"), reporting_period_id)
        if reporting_unit_id in (None, row["reporting_unit_id"])
    ]
    accepted = [row for row in owed if row["accepted_submission_id"] is not None]
    return {"reported_unit_count": len(accepted), "expected_unit_count": len(owed)}
