"""What the ledger says, ready to be shown: who sent, what became of it, what was found.

Belongs here: questions to ledger and reference data; they are answered before any marts exist.
Does not belong here: how it looks (summary.py).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ingest import reference
from ingest.settings import Settings
from orchestration.ledger_views import ledger_views
from orchestration.periods import in_order, latest_open, units_owing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MISSING, RECEIVED = "missing", "received"


@dataclass(frozen=True)
class Sent:
    """What a unit sent for a period: status of its latest version (`received` = not judged yet) and rows of it."""

    status: str
    version: int
    accepted_version: int | None
    file_name: str
    rows_sent: int
    rows_loaded: int


@dataclass(frozen=True)
class RuleCount:
    """How often a rule found something, in how many workbooks."""

    rule_id: str
    severity: str
    findings: int
    workbooks: int
    message_en: str


@dataclass(frozen=True)
class Overview:
    """The state of some periods. `units`: reporting_unit_id → name, of every unit that owes or sent for one of them.

    Counts are of latest versions; `unidentified` are files that do not say whose they are, whatever the periods.
    """

    periods: tuple[str, ...]
    units: dict[str, str]
    owed: frozenset[tuple[str, str]]
    sent: dict[tuple[str, str], Sent]
    statuses: dict[str, int]
    severities: dict[str, int]
    top_rules: tuple[RuleCount, ...]
    unidentified: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.sent and not self.unidentified

    @property
    def rows_sent(self) -> int:
        return sum(sent.rows_sent for sent in self.sent.values())

    @property
    def rows_loaded(self) -> int:
        return sum(sent.rows_loaded for sent in self.sent.values())


def overview(settings: Settings, periods: Collection[str] | None = None) -> Overview:
    """The state of these periods; by default every period somebody has sent for, else the latest that has opened."""
    with ledger_views(settings) as con:
        sent_for = [period for (period,) in con.execute("select distinct reporting_period_id from versions").fetchall()]
        chosen = in_order(periods if periods is not None else sent_for) or (latest_open(settings),)
        owing = {
            period: {unit["reporting_unit_id"]: unit["name_vi"] for unit in units_owing(settings, period)}
            for period in chosen
        }
        sent = _sent(con, chosen)
        units = {unit_id: name for period in chosen for unit_id, name in owing[period].items()}
        return Overview(
            periods=chosen,
            units=units | {unit_id: _name_of(unit_id) for unit_id, _ in sorted(sent) if unit_id not in units},
            owed=frozenset((unit_id, period) for period in chosen for unit_id in owing[period]),
            sent=sent,
            statuses=_status_counts(con, chosen),
            severities=_severity_counts(con, chosen),
            top_rules=_top_rules(con, chosen),
            unidentified=_unidentified(con),
        )


def _sent(con: DuckDBPyConnection, periods: tuple[str, ...]) -> dict[tuple[str, str], Sent]:
    found = con.execute(
        """
        select
            reporting_unit_id,
            reporting_period_id,
            coalesce(arg_max(status, version), $received) as status,
            max(version) as version,
            max(version) filter (where status like 'accepted%') as accepted_version,
            arg_max(file_name, version) as file_name,
            coalesce(arg_max(rows_sent, version), 0) as rows_sent,
            coalesce(arg_max(rows_loaded, version), 0) as rows_loaded
        from (select * replace (coalesce(status, $received) as status) from versions)
        where list_contains($periods, reporting_period_id)
        group by all
        """,
        {"periods": list(periods), "received": RECEIVED},
    ).fetchall()
    return {(unit_id, period_id): Sent(*rest) for unit_id, period_id, *rest in found}


def _name_of(reporting_unit_id: str) -> str:
    unit = reference.reporting_unit(reporting_unit_id)
    return str(unit["name_vi"]) if unit else reporting_unit_id


def _status_counts(con: DuckDBPyConnection, periods: tuple[str, ...]) -> dict[str, int]:
    return _pairs(
        con.execute(
            "select coalesce(status, $received), count(*) from versions "
            "where is_latest and list_contains($periods, reporting_period_id) group by 1",
            {"periods": list(periods), "received": RECEIVED},
        )
    )


def _severity_counts(con: DuckDBPyConnection, periods: tuple[str, ...]) -> dict[str, int]:
    return _pairs(
        con.execute(f"{_FINDINGS} select severity, count(*) from found group by 1", {"periods": list(periods)})
    )


def _top_rules(con: DuckDBPyConnection, periods: tuple[str, ...], most: int = 8) -> tuple[RuleCount, ...]:
    found = con.execute(
        f"""
        {_FINDINGS}
        select rule_id, severity, count(*) as n, count(distinct submission_id) as w, min(message_en) as example
        from found
        group by all
        order by min(array_position(['blocking', 'error', 'warning', 'info'], severity)), n desc, rule_id
        limit {most}
        """,
        {"periods": list(periods)},
    ).fetchall()
    return tuple(RuleCount(*row) for row in found)


def _unidentified(con: DuckDBPyConnection) -> tuple[str, ...]:
    found = con.execute(
        "select distinct file_name from latest_submissions where outcome <> 'identified' order by 1"
    ).fetchall()
    return tuple(name for (name,) in found)


# A person counts a rule once per cell, though it may concern several landed rows.
_FINDINGS = """
with found as (
    select distinct v.submission_id, f.rule_id, f.severity, f.sheet, f.cell, f.column_name, f.expected, f.message_en
    from findings as f
    join versions as v using (judgement_id, run_id)
    where v.is_latest and list_contains($periods, v.reporting_period_id)
)
"""


def _pairs(found: Any) -> dict[str, int]:
    return {str(name): int(count) for name, count in found.fetchall()}
