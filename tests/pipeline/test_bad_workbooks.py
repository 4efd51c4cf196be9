"""A workbook that is not ours, or not for us, gets one clear finding, from `ntm check` and from a run that goes on.

One inbox holds one good report and every kind of bad one; both ways are asked once, and the tests look at the answers.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import msoffcrypto.format.ooxml
import pytest
import xlsxwriter

from expectations.catalogue import forms_before, rule
from ingest import ledger
from ingest.settings import Settings
from orchestration.pipeline import run_pipeline
from publish.build import current_build

pytestmark = pytest.mark.slow

Tables = dict[str, list[tuple[Any, ...]]]
Said = dict[str, tuple[str, list[dict[str, Any]]]]  # file name → status, findings

RECEIVED = "2023-03-20T09:00:00+07:00"
PHOTO = base64.b64decode("/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////")
# file → status, the one rule it breaks, and what the finding must name of it
EXPECTED = {
    "empty_file.xlsx": ("unreadable", "workbook_empty", "không có số liệu nào"),
    "blank_workbook.xlsx": ("unreadable", "workbook_empty", "không có số liệu nào"),
    "photo.xlsx": ("unreadable", "file_is_pdf_or_image", "ảnh chụp"),
    "password.xlsx": ("unreadable", "workbook_encrypted", "bỏ mật khẩu"),
    "other_sheets.xlsx": ("rejected", "not_a_report", "Lương, Chấm công"),
    "unit_missing.xlsx": ("rejected", "unit_missing", "mã đơn vị hành chính"),
    "unit_unknown.xlsx": ("rejected", "unit_unknown", "999"),
    "unit_of_hanoi.xlsx": ("rejected", "unit_outside_province", "001"),
    "unit_of_vinh_long.xlsx": ("rejected", "unit_outside_province", "857"),
    "unit_of_later.xlsx": ("rejected", "unit_not_reporting", "29461"),
    "unit_ambiguous.xlsx": ("rejected", "unit_ambiguous", "850 Huyện Duyên Hải; 851 Thị xã Duyên Hải"),
    "unit_contradictory.xlsx": ("rejected", "unit_contradictory", "850 Huyện Duyên Hải"),
    "period_missing.xlsx": ("rejected", "period_missing", "2023Q1"),
    "period_unknown.xlsx": ("rejected", "period_unknown", "2023Q5"),
    "period_stage.xlsx": ("rejected", "period_unknown", "2021-2025"),
    "period_contradictory.xlsx": ("rejected", "period_contradictory", "2023Y"),
    "period_not_open.xlsx": ("rejected", "period_not_open", "01/12/2023"),
}
ON_COVER = [name for name in EXPECTED if name.startswith(("unit_", "period_"))]


@dataclass(frozen=True)
class Answers:
    """What both ways said of the same inbox."""

    settings: Settings
    exit_code: int
    checked: Said
    ran: Said


@pytest.fixture(scope="module")
def answers(
    tmp_path_factory: pytest.TempPathFactory, settings_in: Callable[[Path], Settings], send: Callable[..., Path]
) -> Answers:
    settings = settings_in(tmp_path_factory.mktemp("bad") / "data")
    send(settings, "good.xlsx", RECEIVED, unit="851", funding={"29515": 5_000_000})
    fill_with_bad_ones(Path(settings.inbox), lambda name, **cover: send(settings, name, RECEIVED, unit="851", **cover))
    checked = subprocess.run(
        [sys.executable, "-c", "from orchestration.cli import main; main()", "check", "--json", settings.inbox],
        env={**os.environ, "NTM_DATA_DIR": str(settings.data_dir), "NTM_NOW": settings.now.isoformat()},
        capture_output=True,
        text=True,
    )
    verdicts = json.loads(checked.stdout)["verdicts"]
    by_name = {Path(said["file"]).name: (said["status"], said["findings"]) for said in verdicts}
    run_pipeline(settings)
    return Answers(settings, checked.returncode, by_name, in_ledger(settings))


def fill_with_bad_ones(inbox: Path, report: Callable[..., Path]) -> None:
    (inbox / "empty_file.xlsx").touch()
    (inbox / "photo.xlsx").write_bytes(PHOTO)
    write_sheets(inbox / "blank_workbook.xlsx", {"Sheet1": ""})
    write_sheets(inbox / "other_sheets.xlsx", {"Lương": "Nguyễn Văn A", "Chấm công": "x"})
    protected = report("password.xlsx")
    encrypted = BytesIO()
    with protected.open("rb") as plain:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("bí mật", encrypted)
    protected.write_bytes(encrypted.getvalue())
    units = {"missing": "", "unknown": "999", "of_hanoi": "001", "of_vinh_long": "857", "of_later": "29461"}
    for name, code in units.items():
        report(f"unit_{name}.xlsx", reporting_unit_code=code, reporting_unit_name="")
    report("unit_ambiguous.xlsx", reporting_unit_code="", reporting_unit_name="Duyên Hải")
    report("unit_contradictory.xlsx", reporting_unit_code="850")  # the name says 851
    periods = {"missing": "", "unknown": "2023Q5", "stage": "2021-2025", "contradictory": "2023Y"}
    for name, code in periods.items():
        report(f"period_{name}.xlsx", reporting_period_code=code)
    report("period_not_open.xlsx", period="2023Y")


def write_sheets(path: Path, sheets: dict[str, str]) -> None:
    with xlsxwriter.Workbook(str(path)) as book:
        for name, text in sheets.items():
            book.add_worksheet(name).write("A1", text)


def in_ledger(settings: Settings) -> Said:
    """Status and findings of every submission, by the name of its file."""
    rows = {
        name: ledger.read(settings.ledger_dir, name).to_pylist() for name in ("submissions", "verdicts", "findings")
    }
    files = {row["submission_id"]: row["file_name"] for row in rows["submissions"]}
    return {
        files[verdict["submission_id"]]: (
            verdict["status"],
            [row for row in rows["findings"] if row["judgement_id"] == verdict["judgement_id"]],
        )
        for verdict in rows["verdicts"]
    }


def blocking(said: tuple[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The one blocking finding of a file."""
    (finding,) = [finding for finding in said[1] if finding["severity"] == "blocking"]
    return finding


def test_check_ends_with_1(answers: Answers) -> None:
    assert answers.exit_code == 1


@pytest.mark.parametrize("way", ["checked", "ran"])
@pytest.mark.parametrize("name", EXPECTED)
def test_each_bad_workbook_gets_one_blocking_finding_that_says_why(answers: Answers, way: str, name: str) -> None:
    status, rule_id, named = EXPECTED[name]
    said: Said = getattr(answers, way)
    assert said[name][0] == status
    finding = blocking(said[name])
    assert finding["rule_id"] == rule_id
    assert named in finding["message_vi"]
    assert "Đề nghị" in finding["message_vi"]


@pytest.mark.parametrize("name", ON_COVER)
def test_what_is_wrong_with_a_cover_is_found_on_its_cell(answers: Answers, name: str) -> None:
    finding = blocking(answers.checked[name])
    assert (finding["sheet"], bool(finding["cell"])) == ("Bìa", True)


def test_both_ways_say_the_same(answers: Answers) -> None:
    """But for the rules that look at the unit's report before, which only the office holds; the ledger tells a cell
    that several rows share once for each of them."""

    def words(said: Said) -> dict[str, Any]:
        return {
            name: (status, {one["message_vi"] for one in found if not forms_before(rule(one["rule_id"]))})
            for name, (status, found) in said.items()
        }

    assert words(answers.checked) == words(answers.ran)


def test_the_others_are_accepted_and_published(answers: Answers, published: Callable[[Settings], Tables]) -> None:
    assert answers.checked["good.xlsx"][0] == answers.ran["good.xlsx"][0] == "accepted"
    assert current_build(answers.settings) is not None
    assert len(published(answers.settings)["fct_funding"]) == 1
