"""The ledger as SQL views, for whoever asks it something: summary, status, asset checks.

Belongs here: what is latest and what is committed. The marts ask for themselves (dbt_project).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from ingest import ledger
from ingest.settings import Settings

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

LATEST = """
create view latest_submissions as
select s.*
from submissions as s
left join (select submission_id, parse_id, max(judged_at) as judged_at from verdicts group by all) as j
    using (submission_id, parse_id)
-- a parse that is not judged yet is the newest there is
qualify row_number() over (partition by s.submission_id order by j.judged_at desc nulls first, s.parse_id) = 1;

create view latest_verdicts as
select * from verdicts
qualify row_number() over (partition by submission_id order by judged_at desc, judgement_id) = 1;

create view versions as
with admitted as (
    select
        s.submission_id,
        s.reporting_unit_id,
        s.reporting_period_id,
        -- a verdict speaks of the receipt that its report was admitted by
        coalesce(r.file_name, s.file_name) as file_name,
        coalesce(v.received_at, s.received_at) as received_at
    from latest_submissions as s
    left join latest_verdicts as v using (submission_id)
    left join (select receipt_id, any_value(file_name) as file_name from receipts group by all) as r using (receipt_id)
    where s.outcome = 'identified'
)

select
    s.submission_id,
    s.file_name,
    s.received_at,
    s.reporting_unit_id,
    s.reporting_period_id,
    v.judgement_id,
    v.run_id,
    v.status,
    v.rows_sent,
    v.rows_loaded,
    v.rows_quarantined,
    row_number() over (
        partition by s.reporting_unit_id, s.reporting_period_id order by s.received_at, s.submission_id
    ) as version,
    row_number() over (
        partition by s.reporting_unit_id, s.reporting_period_id order by s.received_at desc, s.submission_id desc
    ) = 1 as is_latest
from admitted as s
left join latest_verdicts as v using (submission_id);
"""


@contextmanager
def ledger_views(settings: Settings) -> Iterator[DuckDBPyConnection]:
    """A connection with one view per ledger table, `landed_rows` (keys of every landed row, with its form), and:

    latest_submissions, latest_verdicts: one row per submission; versions: identified submissions numbered per unit
    and period, with the status of their latest judgement (null = not judged yet).
    """
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False}) as con:
        for table in ledger.TABLES:
            con.register(f"{table}_rows", ledger.read(settings.ledger_dir, table))
            con.execute(f"create view {table} as select * from {table}_rows")
        con.execute(LATEST)
        con.execute(_landed_rows(settings))
        yield con


def _landed_rows(settings: Settings) -> str:
    keys = "submission_id, parse_id, run_id, sheet, row_id, row_kind"
    selects = []
    for folder in sorted(path for path in settings.landing_dir.glob("*") if path.is_dir()):
        if any(folder.rglob("*.parquet")):
            files = str(folder / "**" / "*.parquet").replace("'", "''")
            selects.append(f"select '{folder.name}' as form, {keys} from read_parquet('{files}', union_by_name = true)")
    nothing = "select null::varchar as form, " + ", ".join(f"null::varchar as {key}" for key in keys.split(", "))
    return f"create view landed_rows as {' union all '.join(selects) or nothing + ' where false'}"
