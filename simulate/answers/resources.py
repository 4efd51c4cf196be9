"""Money by source: questions 39 (credit), 40 (mobilised), 42 (grounds), 44 (totals), 45 (allocation), 46 (carried)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

from ingest import reference
from simulate.answers.by_area import by_area, report_counts
from simulate.answers.places import asked_period
from simulate.answers.rows import Row, Truth, of_period, rows, share, total

if TYPE_CHECKING:
    import pandas as pd

AREA = ("area_level", "reporting_unit_id")
CONTRIBUTED = ("integrated", "enterprise", "community", "other")


def _lines(truth: Truth, day: date, groups: Collection[str] = ()) -> tuple[Row, list[Row]]:
    """Lines of the period asked about, with the group of their source; of some groups only."""
    period = asked_period(day)
    group_of = {row["source_code"]: row["group_code"] for row in reference.rows("funding_sources")}
    listed = of_period(rows(truth, "funding"), period["reporting_period_id"])
    named = [row | {"group_code": group_of[row["source_code"]]} for row in listed]
    return period, [row for row in named if not groups or row["group_code"] in groups]


def _of_year(listed: list[Row], period: Row) -> list[Row]:
    return [row for row in listed if row["plan_year"] == period["year"]]


def q39(truth: Truth, day: date) -> pd.DataFrame:
    """Credit lent and outstanding by kind, beside what enterprises and residents gave."""
    import pandas as pd

    period, listed = _lines(truth, day, ("credit", "enterprise", "community"))
    found = []
    for area, own in by_area(listed, "source_code", "group_code"):
        outstanding, borrowers = (total(row[name] for row in own) for name in ("outstanding_vnd", "borrower_count"))
        each = None
        if outstanding is not None and borrowers:
            each = (outstanding / borrowers).quantize(Decimal(1), ROUND_HALF_UP)
        found.append(
            area
            | {
                "reporting_period_id": period["reporting_period_id"],
                "lent_vnd": total(row["lent_vnd"] for row in own),
                "outstanding_vnd": outstanding,
                "borrower_count": borrowers,
                "outstanding_per_borrower_vnd": each,
                "contributed_vnd": total(row["performed_vnd"] for row in own),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q40(truth: Truth, day: date) -> pd.DataFrame:
    """What was mobilised by group of source, with and without credit."""
    import pandas as pd

    period, listed = _lines(truth, day)
    found = []
    for area, own in by_area(_of_year(listed, period)):
        groups = ("central", "local", *CONTRIBUTED)
        sums = {g: total(row["performed_vnd"] for row in own if row["group_code"] == g) for g in groups}
        credit = total(row["lent_vnd"] for row in own if row["group_code"] == "credit")
        without = total(sums.values())
        together = total((without, credit))
        own_without = total(amount for group, amount in sums.items() if group != "integrated")
        given = (sums["enterprise"] or Decimal(0)) + (sums["community"] or Decimal(0))
        found.append(
            area
            | report_counts(truth, period["reporting_period_id"], area["reporting_unit_id"])
            | {f"{group}_vnd": amount for group, amount in sums.items()}
            | {
                "reporting_period_id": period["reporting_period_id"],
                "credit_vnd": credit,
                "without_credit_vnd": without,
                "with_credit_vnd": together,
                "own_without_credit_vnd": own_without,
                "own_with_credit_vnd": total((own_without, credit)),
                "credit_pct": share(credit, together),
                "integrated_pct": share(sums["integrated"], without),
                "contributed_pct": share(given, without),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q42(truth: Truth, day: date) -> pd.DataFrame:
    """Money of other sources that rests on a document, and that does not."""
    import pandas as pd

    period, listed = _lines(truth, day, CONTRIBUTED)
    found = []
    for area, own in by_area(_of_year(listed, period), "source_code"):
        grounded = [row for row in own if row["assigning_decision"] is not None]
        performed = total(row["performed_vnd"] for row in own)
        found.append(
            area
            | {
                "reporting_period_id": period["reporting_period_id"],
                "line_count": len(own),
                "with_ground_count": len(grounded),
                "performed_vnd": performed,
                "without_ground_vnd": total(row["performed_vnd"] for row in own if row["assigning_decision"] is None),
                "with_ground_pct": share(total(row["performed_vnd"] for row in grounded) or Decimal(0), performed),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q44(truth: Truth, day: date) -> pd.DataFrame:
    """Printed totals beside the sums of their parts."""
    import pandas as pd

    name = asked_period(day)["reporting_period_id"]
    columns = ("reporting_period_id", "reporting_unit_id", "column_name", "printed_vnd", "summed_vnd", "loaded_vnd",
               "difference_vnd", "is_agreed")  # fmt: skip
    listed = of_period(rows(truth, "printed_total"), name)
    return pd.DataFrame([{column: row[column] for column in columns} for row in listed], dtype=object)


def q45(truth: Truth, day: date) -> pd.DataFrame:
    """Budget money planned, assigned, disbursed and expected, by programme and content."""
    import pandas as pd

    period, listed = _lines(truth, day, ("central", "local"))
    stages = ("planned_vnd", "assigned_vnd", "disbursed_vnd", "estimated_year_end_vnd")
    found = []
    for area, own in by_area(_of_year(listed, period), "programme_code", "content_code"):
        planned, assigned, disbursed, expected = (total(row[stage] for row in own) for stage in stages)
        found.append(
            area
            | {
                "reporting_period_id": period["reporting_period_id"],
                "planned_vnd": planned,
                "assigned_vnd": assigned,
                "assigned_pct": share(assigned, planned),
                "not_assigned_vnd": None if planned is None or assigned is None else planned - assigned,
                "disbursed_vnd": disbursed,
                "disbursed_pct": share(disbursed, assigned),
                "estimated_year_end_vnd": expected,
                "expected_pct": share(expected, assigned),
            }
        )
    return pd.DataFrame(found, dtype=object)


def q46(truth: Truth, day: date) -> pd.DataFrame:
    """Money of earlier plan years: spent, returned and left."""
    import pandas as pd

    period, listed = _lines(truth, day)
    found = []
    carried = [row for row in listed if row["plan_year"] < period["year"]]
    for area, own in by_area(carried, "programme_code", "source_code", "plan_year"):
        assigned, disbursed, returned = (
            total(row[name] for row in own) for name in ("assigned_vnd", "disbursed_vnd", "returned_vnd")
        )
        left = [
            row["assigned_vnd"] + (row["adjusted_vnd"] or 0) - (row["disbursed_vnd"] or 0) - (row["returned_vnd"] or 0)
            for row in own
        ]
        found.append(
            area
            | {
                "reporting_period_id": period["reporting_period_id"],
                "assigned_vnd": assigned,
                "disbursed_vnd": disbursed,
                "disbursed_pct": share(disbursed, assigned),
                "returned_vnd": returned,
                "left_vnd": total(left),
            }
        )
    return pd.DataFrame(found, dtype=object)


ANSWERS = {
    "q39": (q39, (*AREA, "source_code")),
    "q40": (q40, AREA),
    "q42": (q42, (*AREA, "source_code")),
    "q44": (q44, ("reporting_unit_id", "column_name")),
    "q45": (q45, (*AREA, "programme_code", "content_code")),
    "q46": (q46, (*AREA, "programme_code", "source_code", "plan_year")),
}
