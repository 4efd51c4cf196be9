"""Commands about rules: what they say, where they refuse, and that stdout holds one document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from orchestration.cli import run_command


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NTM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NTM_NOW", "2023-04-12T08:00:00+07:00")
    return tmp_path / "data"


WAIVE = ["waive", "row_repeated", "--unit", "849", "--until", "2023-12-31", "--by", "An", "--reason", "theo công văn"]


def changed(option: str, value: str) -> list[str]:
    arguments = list(WAIVE)
    arguments[arguments.index(option) + 1] = value
    return arguments


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["rehearse", "value_require"], "value_required"),
        (["rehearse", "workbook_empty"], "cannot be rehearsed"),
        (["rehearse", "value_required", "--period", "2023Q5"], "2023Q1"),
        (["waive", "row_repeatd", *WAIVE[2:]], "row_repeated"),
        (["waive", "workbook_encrypted", *WAIVE[2:]], "cannot be waived"),
        (changed("--until", "2023-04-11"), "is over"),
        (changed("--until", "31/12/2023"), "2027-06-30"),
        (changed("--unit", "Tra Ku"), "849 Huyện Trà Cú"),
        ([*WAIVE, "--period", "2023Q7"], "2023Q1"),
        (WAIVE[:-2], "--reason"),
    ],
)
def test_wrong_usage_says_what_is_right(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str], data_dir: Path
) -> None:
    assert run_command(arguments) == 2
    assert said in capsys.readouterr().err
    assert not (data_dir / "ledger").exists()


def test_a_waiver_is_given_by_name_and_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["waivers"]) == 0
    assert "No waiver" in capsys.readouterr().out
    assert run_command([*changed("--unit", "Trà Cú"), "--period", "2023Q1"]) == 0
    assert "row_repeated for 849, 2023Q1" in capsys.readouterr().out
    assert run_command(["waivers"]) == 0
    shown = capsys.readouterr().out
    assert "row_repeated" in shown
    assert "expired" not in shown


def test_an_expired_waiver_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    assert run_command(WAIVE) == 0
    monkeypatch.setenv("NTM_NOW", "2024-01-01T00:30:00+07:00")
    assert run_command(["waivers"]) == 0
    assert "(expired)" in " ".join(capsys.readouterr().out.split())


def test_a_rehearsal_prints_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["rehearse", "value_required", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document == {
        "rule_id": "value_required",
        "severity": "error",
        "submissions_judged": 0,
        "verdicts_changed": 0,
        "submissions": [],
    }
    assert run_command(["rehearse", "value_required"]) == 0
    assert "0 findings in 0 of 0" in " ".join(capsys.readouterr().out.split())
