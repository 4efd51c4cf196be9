"""`ntm report` and `ntm extract`: what they refuse, and how they say so."""

from __future__ import annotations

from pathlib import Path

import pytest

from orchestration.cli import OUR_FAILURE, WRONG_USAGE, run_command


@pytest.fixture(autouse=True)
def _nothing_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NTM_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("NTM_NOW", "2026-06-10T08:00:00+07:00")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["report", "--period", "2026Q1"], "2026Q1 is not closed"),
        (["report", "--period", "2026Q1", "--draft"], "Nothing is published yet"),
        (["report", "--period", "2026Q7"], "no reporting period"),
        (["report", "--period", "2026Q1", "--unit", "Hà Nội"], "No unit 'Hà Nội' reports for 2026Q1"),
        (["extract", "--out", "so_lieu.csv"], "ends in .xlsx"),
        (["trace", "fct_funding", "form=x", "--snapshot", "2026Q1"], "2026Q1 is not closed"),
    ],
)
def test_what_cannot_be_printed_is_said_before_a_file_is_written(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert run_command(arguments) == WRONG_USAGE
    assert said in capsys.readouterr().err
    assert not list(tmp_path.glob("*.xlsx"))


def test_an_extract_of_nothing_is_our_failure(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["extract", "--out", str(tmp_path / "x.xlsx")]) == OUR_FAILURE
    assert "Nothing is published yet" in capsys.readouterr().err
