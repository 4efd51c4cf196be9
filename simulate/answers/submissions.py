"""Who reported, when, and with what outcome: question 15."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from ingest.settings import OFFICE_TIME_ZONE
from simulate.answers.places import asked_period, reporting_units_on
from simulate.answers.rows import Row, Truth, of_period, rows, share
from simulate.expected_submissions import forms_owed, working_days

if TYPE_CHECKING:
    import pandas as pd

CLASSES = ("on_time", "late", "returned", "missing")


def q15(truth: Truth, day: date) -> pd.DataFrame:
    """Every unit expected for P: on time, late, returned or missing by the end of a day; and the province."""
    import pandas as pd

    period = asked_period(day)
    received = {
        row["reporting_unit_id"]: row
        for row in of_period(rows(truth, "submission"), period["reporting_period_id"])
        if row["first_received_at"] is not None and row["first_received_at"].astimezone(OFFICE_TIME_ZONE).date() <= day
    }
    owed = forms_owed(period)
    found: list[Row] = []
    for sender in reporting_units_on(period["data_to"]):
        row = received.get(sender["reporting_unit_id"])
        accepted = row is not None and str(row["status"]).startswith("accepted")
        on = row["first_received_at"].astimezone(OFFICE_TIME_ZONE).date() if row else None
        punctuality = "missing"
        if on is not None:
            punctuality = "returned" if not accepted else "on_time" if on <= period["due_date"] else "late"
        found.append(
            {
                "reporting_period_id": period["reporting_period_id"],
                "area_level": "unit",
                "reporting_unit_id": sender["reporting_unit_id"],
                "punctuality": punctuality,
                "first_received_on": on,
                "latest_status": row["status"] if row else None,
                "version_count": row["version_count"] if row else 0,
                "days_late": max(0, (on - period["due_date"]).days) if on else None,
                "working_days_late": working_days(period["due_date"], on) if on else None,
                "expected_count": 1,
                **{f"{name}_count": int(name == punctuality) for name in CLASSES},
                "expected_form_count": owed,
                "accepted_form_count": owed if accepted else 0,
                "completeness_pct": share(owed if accepted else 0, owed),
                "punctuality_pct": None,
            }
        )
    classes = Counter(row["punctuality"] for row in found)
    accepted_forms = sum(row["accepted_form_count"] for row in found)
    found.append(
        {
            "reporting_period_id": period["reporting_period_id"],
            "area_level": "province",
            "version_count": sum(row["version_count"] for row in found),
            "expected_count": len(found),
            **{f"{name}_count": classes[name] for name in CLASSES},
            "expected_form_count": owed * len(found),
            "accepted_form_count": accepted_forms,
            "completeness_pct": share(accepted_forms, owed * len(found)),
            "punctuality_pct": share(classes["on_time"], len(found)),
        }
    )
    return pd.DataFrame(found, dtype=object)
