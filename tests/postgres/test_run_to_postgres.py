"""`ntm run` from a workbook in the inbox to rows in PostgreSQL, in a process of its own, as the office runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import psycopg
import pytest

from ingest import reference
from ingest.spec import load_specs
from ingest.template import write_workbook
from publish.build import current_build

pytestmark = pytest.mark.slow

UNIT, PERIOD, RECEIVED = "29461", "2025M09", "2025-09-20T09:00:00+07:00"
DISBURSED = Decimal(3_200_000)


def send(inbox: Path) -> None:
    """One commune's money of nine months; everything else is nil."""
    sender, about = reference.reporting_unit(UNIT), reference.period(PERIOD)
    assert sender is not None
    assert about is not None
    owed = [spec for spec in load_specs().values() if spec.is_owed(sender["unit_kind"], sender["unit_type"], about)]
    money = {
        "place_code": UNIT, "programme_code": "NTM", "content_code": "ND01", "source_code": "NSTW",
        "nature_code": "DTPT", "plan_year": 2025, "assigned_vnd": Decimal(9_000_000), "disbursed_vnd": DISBURSED,
    }  # fmt: skip
    path = inbox / UNIT / "report.xlsx"
    path.parent.mkdir(parents=True)
    write_workbook(
        path,
        reporting_unit_id=UNIT,
        reporting_period_id=PERIOD,
        filled={"funding_sources": [money]},
        cover={
            "report_number": "7/BC-UBND", "report_date": date(2025, 9, 18), "data_as_of": about["data_to"],
            "preparer_name": "Kim Sa", "approver_name": "Lê Trí", "signed_date": date(2025, 9, 18),
            **{f"nil_{spec.form}": True for spec in owed if spec.nil_allowed and spec.form != "funding_sources"},
        },
    )  # fmt: skip
    moment = datetime.fromisoformat(RECEIVED).timestamp()
    os.utime(path, (moment, moment))


def run(data_dir: Path, dsn: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from orchestration.cli import main; main()", "run"],
        env=os.environ
        | {"NTM_DATA_DIR": str(data_dir), "NTM_NOW": "2025-10-01T08:00:00+07:00", "NTM_POSTGRES_DSN": dsn},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_run_carries_what_it_built_into_postgresql(tmp_path: Path, database: str) -> None:
    send(tmp_path / "inbox")
    done = run(tmp_path, database)
    assert done.returncode == 0, done.stdout + done.stderr
    from ingest.settings import load_settings

    build = current_build(load_settings({"NTM_DATA_DIR": str(tmp_path), "NTM_NOW": "2025-10-01T08:00:00+07:00"}))
    assert build is not None
    with psycopg.connect(database) as con:
        assert con.execute("select build_id from marts.build").fetchall() == [(build.build_id,)]
        assert con.execute("select reporting_unit_id, disbursed_vnd from marts.fct_funding").fetchall() == [
            (UNIT, DISBURSED)
        ]
