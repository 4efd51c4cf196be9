"""The command line's contract: exit codes, messages, one JSON document."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from ingest.settings import load_settings
from ingest.template import write_workbook
from orchestration.cli import run_command
from orchestration.lock import one_writer
from orchestration.pipeline import RunReport
from orchestration.plan import WORK_WAITS, Plan
from orchestration.summary import what_was_done


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NTM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NTM_NOW", "2023-04-12T08:00:00+07:00")
    return tmp_path / "data"


def ntm(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "from orchestration.cli import main; main()", *arguments], capture_output=True, text=True
    )


def test_help_names_every_command() -> None:
    shown = ntm("--help")
    assert shown.returncode == 0
    for command in ("demo", "run", "check", "template", "status", "trace", "simulate", "publish", "diff"):
        assert command in shown.stdout


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from orchestration.cli import run_command; run_command(['--help']); "
        "heavy = {'pandas', 'pyarrow', 'duckdb', 'great_expectations', 'dagster', 'dbt', 'openpyxl', 'xlsxwriter'}; "
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stderr.strip() == "[]"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["template", "--unit", "Trà Cú", "--period", "2023Q5"], "2023Q1, 2023M06, 2023M09, 2023Y"),
        (["template", "--unit", "Duyên Hải", "--period", "2023Q1"], "850 Huyện Duyên Hải; 851 Thị xã Duyên Hải"),
        (["template", "--unit", "Tra Ku", "--period", "2023Q1"], "849 Huyện Trà Cú"),
        (["run", "--period", "last"], "no reporting period"),
        (["check", "nowhere.xlsx"], "no file nowhere.xlsx"),
        (["trace", "fct_funding", "2023Q1"], "not KEY=VALUE"),
        (["trace", "fct_funding", "plan_year=2023"], "Nothing is published yet"),
        (["diff", "20230412T010000Z-00000000"], "Nothing is published yet"),
        (["status", "--perod", "2023Q1"], "No such option"),
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_right(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_command(arguments) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.out == ""


def test_an_unusable_setting_is_wrong_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NTM_NOW", "yesterday")
    assert run_command(["status"]) == 2
    assert "ISO instant" in capsys.readouterr().err


def test_a_failure_of_ours_ends_with_3(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["publish"]) == 3
    assert "No warehouse of what is stored now" in capsys.readouterr().err


def test_a_second_writer_is_turned_away(data_dir: Path) -> None:
    with one_writer(load_settings()):
        other = ntm("publish")
    assert other.returncode == 3
    assert "Another run is at work" in other.stderr
    assert "nothing was changed" in other.stderr


def test_the_lock_goes_with_the_process_that_held_it(data_dir: Path) -> None:
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import time\nfrom ingest.settings import load_settings\nfrom orchestration.lock import one_writer\n"
            "with one_writer(load_settings()):\n    print('held', flush=True)\n    time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert holder.stdout is not None
    holder.stdout.readline()
    holder.kill()
    holder.wait()
    with one_writer(load_settings(), wait_seconds=5):
        pass


def test_a_template_is_written_for_a_unit_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["template", "--unit", "trà cú", "--period", "2023q1", "--out", str(tmp_path / "out")]) == 0
    assert Path(capsys.readouterr().out.strip()) == tmp_path / "out" / "NTM_849_2023Q1.xlsx"
    assert (tmp_path / "out" / "NTM_849_2023Q1.xlsx").exists()


def test_status_answers_before_anything_is_received(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["status", "--period", "2023Q1"]) == 0
    shown = capsys.readouterr().out
    assert "Huyện Trà Cú" in shown
    assert "9 reports owed" in shown


def test_status_shows_what_waits_to_be_judged(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from ingest.reading import identify_pending
    from ingest.receive import receive_inbox

    (data_dir / "inbox").mkdir(parents=True)
    write_workbook(data_dir / "inbox" / "a.xlsx", reporting_unit_id="849", reporting_period_id="2023Q1")
    receive_inbox(load_settings(), "run-1")
    identify_pending(load_settings(), "run-1")
    assert run_command(["status"]) == 0
    assert "received, not judged yet" in capsys.readouterr().out


def test_check_prints_one_document_and_ends_with_1_when_one_is_rejected(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    write_workbook(good, reporting_unit_id="849", reporting_period_id="2023Q1")
    bad.write_bytes(b"no workbook at all")
    shown = ntm("check", "--json", "--out", str(tmp_path / "out"), str(good), str(bad))
    document = json.loads(shown.stdout)
    assert shown.returncode == 1
    assert set(document) == {"verdicts"}
    readable, unreadable = document["verdicts"]
    fields = {"file", "sha256", "reporting_unit", "period", "version", "status", "findings", "row_counts"}
    assert set(readable) == set(unreadable) == fields
    assert (readable["reporting_unit"], readable["period"]) == ("849", "2023Q1")
    assert unreadable["status"] == "unreadable"
    words = {"rule_id", "severity", "sheet", "cell", "value", "expected", "message_vi", "message_en"}
    assert all(set(finding) == words for verdict in document["verdicts"] for finding in verdict["findings"])
    assert json.loads((tmp_path / "out" / "bad.findings.json").read_text(encoding="utf-8")) == unreadable
    written = {path.name for path in (tmp_path / "out").iterdir()}
    assert written >= {"bad.can-sua.xlsx", "bad.findings.json", "good.findings.json"}
    assert ("good.can-sua.xlsx" in written) is bool(readable["findings"])
    assert len(written) == 3 + bool(readable["findings"])


def test_check_ends_with_0_when_all_would_be_accepted(tmp_path: Path) -> None:
    write_workbook(tmp_path / "good.xlsx", reporting_unit_id="849", reporting_period_id="2023Q1")
    assert ntm("check", str(tmp_path / "good.xlsx")).returncode == 0


def test_what_is_proposed_can_be_typed_as_it_stands(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (data_dir / "inbox").mkdir(parents=True)
    assert run_command(["run"]) == 0
    assert "uv run ntm demo" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (
            Plan(("2022Y", "2023Q1"), WORK_WAITS),
            "read and judged 2022Y, 2023Q1; published.",
        ),
        (
            Plan(("2023Q1",), "no warehouse"),
            "made the marts again (no warehouse); published.",
        ),
        (None, "nothing to build."),
    ],
)
def test_the_last_line_says_what_was_done(plan: Plan | None, said: str) -> None:
    assert what_was_done(RunReport(("run",), 47, plan, None, 68.2)) == f"Done in 68 s: 47 new files; {said}"
