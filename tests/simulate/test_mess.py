"""The messy reports of the sample: what their files look like, and that they are messy and nothing else."""

from __future__ import annotations

import random
import unicodedata
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from simulate import simulate
from simulate.channel import FOLDER_OF_OTHER, OTHER_FOLDER, SCANNED, WITH_NEXT, WITH_NEXT_IN
from simulate.expected import expected_marts, read_truth
from simulate.faults import PLANS
from simulate.mess import BY_HAND, IN_TCVN3, IN_VNI, MESSES, RETYPED
from simulate.mess_figures import amount, day_in_words, grouped, rate

SEED = 7
PERIODS = ("2022Y", "2023Q1", "2023M06")


@pytest.fixture(scope="module")
def out_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("messy")
    simulate(folder, PERIODS, SEED)
    return folder


def sent(out_dir: Path, report: tuple[str, str]) -> list[tuple[dict[str, Any], Path]]:
    """The arrivals of a report, in order, with their files."""
    rows = [
        row
        for row in read_truth(out_dir / "truth", "submission_version")
        if (row["reporting_unit_id"], row["reporting_period_id"]) == report
    ]
    rows.sort(key=lambda row: row["received_at"])
    return [(row, out_dir / "inbox" / row["folder"] / row["file_name"]) for row in rows]


def book_of(out_dir: Path, report: tuple[str, str]) -> Any:
    return openpyxl.load_workbook(sent(out_dir, report)[-1][1])


def texts_of(sheet: Any) -> list[str]:
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]


def test_messy_reports_hold_no_planted_fault_whose_cell_would_move() -> None:
    assert not {(plan.reporting_unit_id, plan.reporting_period_id) for plan in PLANS} & {*MESSES, WITH_NEXT}


def test_every_messy_report_is_written_to_the_same_bytes_again(out_dir: Path, tmp_path: Path) -> None:
    simulate(tmp_path, PERIODS, SEED)
    for report in (*MESSES, WITH_NEXT, OTHER_FOLDER, SCANNED):
        first = [path.read_bytes() for _, path in sent(out_dir, report)]
        assert first
        assert [path.read_bytes() for _, path in sent(tmp_path, report)] == first


def test_the_retyped_report_has_other_sheets_titles_columns_and_headings(out_dir: Path) -> None:
    book = book_of(out_dir, RETYPED)
    first_forms = {f"{number:02d}" for number in range(1, 8)}  # a sheet of a later form keeps its name
    assert not [name for name in book.sheetnames if name[:2] in first_forms]
    sheet = book["von 6 thang"]
    texts = texts_of(sheet)
    assert sheet["A1"].value == "PHÒNG NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN"
    assert {"Nguồn vón", "Mã dự án", "Cộng mục I"} <= set(texts)
    assert any(text.startswith("II. Chương trình") for text in texts)
    assert any(text.startswith("ngày ") and " tháng " in text for text in texts)
    for ending in (" đồng", " tr.đ", " tỷ"):
        assert any(text.endswith(ending) for text in texts), ending
    assert any("\u00a0" in text for text in texts)
    _, *decomposed = texts_of(book["to giup viec"])
    assert decomposed == [unicodedata.normalize("NFD", text) for text in decomposed]
    assert not all(unicodedata.is_normalized("NFC", text) for text in decomposed)
    hidden = [row for row, about in book["Sheet3"].row_dimensions.items() if about.hidden]
    (fault,) = [row for row in read_truth(out_dir / "truth", "faults") if row["rule_id"] == "hidden_rows_read"]
    assert fault["cell"] == f"A{hidden[0]}"
    assert book[fault["sheet"]][fault["cell"]].value.startswith(RETYPED[0])


@pytest.mark.parametrize(
    ("report", "font", "name"), [(IN_TCVN3, ".VnTime", "X· "), (IN_VNI, "VNI-Times", "Xaõ ")]
)  # fmt: skip
def test_a_workbook_in_an_old_font_has_its_fonts_and_letters(
    out_dir: Path, report: tuple[str, str], font: str, name: str
) -> None:
    package = zipfile.ZipFile(sent(out_dir, report)[-1][1])
    styles, strings = (package.read(f"xl/{part}.xml").decode() for part in ("styles", "sharedStrings"))
    assert styles.count('<name val="') == styles.count(f'<name val="{font}"/>')
    assert f">{name}" in strings


def test_a_report_by_hand_has_no_cover_and_marks_criteria_with_a_cross(out_dir: Path) -> None:
    book = book_of(out_dir, BY_HAND)
    assert "Bìa" not in book.sheetnames
    sheet = book["TC xa"]
    assert [cell.value for cell in sheet[6]][:3] == ["TT", "Xã", "TC 1"]
    marks = [row[2:21] for row in sheet.iter_rows(min_row=7, values_only=True) if isinstance(row[0], int)]
    assert len(marks) > 1
    assert {mark for row in marks for mark in row} == {"x", 0}


def test_the_late_report_comes_in_the_workbook_of_the_next_period(out_dir: Path) -> None:
    ((late, path),), ((timely, same),) = sent(out_dir, WITH_NEXT), sent(out_dir, WITH_NEXT_IN)
    assert path == same
    assert late["submission_id"] == f"{timely['submission_id']}-2"
    assert {"Bìa", "Bìa (2)"} <= set(openpyxl.load_workbook(path).sheetnames)
    submissions = expected_marts(out_dir / "truth")["fct_submission"]
    said = submissions[submissions.reporting_unit_id == WITH_NEXT[0]].set_index("reporting_period_id").punctuality
    assert (said[WITH_NEXT[1]], said[WITH_NEXT_IN[1]]) == ("late", "on_time")


def test_a_report_in_another_unit_s_folder_counts_from_the_day_it_lies_in_its_own(out_dir: Path) -> None:
    (astray, there), (right, here) = sent(out_dir, OTHER_FOLDER)
    assert there.parent.name == FOLDER_OF_OTHER
    assert there.read_bytes() == here.read_bytes()
    versions = expected_marts(out_dir / "truth")["fct_submission_version"]
    (version,) = versions[versions.submission_id == right["submission_id"]].to_dict("records")
    assert version["received_at"] == right["received_at"] > astray["received_at"]


def test_a_scan_is_a_file_of_its_own_and_no_version(out_dir: Path) -> None:
    (scan, path), (_, workbook) = sent(out_dir, SCANNED)
    assert path.read_bytes().startswith(b"%PDF-1.4")
    assert path.read_bytes().rstrip().endswith(b"%%EOF")
    assert workbook.suffix == ".xlsx"
    versions = expected_marts(out_dir / "truth")["fct_submission_version"]
    (version,) = versions[versions.submission_id == scan["submission_id"]].to_dict("records")
    assert (version["status"], version["version"], version["reporting_unit_id"]) == ("unreadable", None, None)


@pytest.mark.parametrize(
    ("millions", "texts"),
    [
        (5_000, {"5 tỷ", "5 tỷ đồng", "5 tỉ"}),
        (4_500, {"4,5 tỷ", "4,5 tỷ đồng", "4,5 tỉ"}),
        (45, {"45 tr.đ", "45 triệu đồng", "45 trđ"}),
        (1_234.5, {"1.234,5", "1\u00a0234,5", "1,2345 tỷ", "1,2345 tỷ đồng", "1,2345 tỉ"}),
        (2_286, {"2286 tr.đ", "2286 triệu đồng", "2286 trđ"}),  # never 2,286 tỷ
        (95.25, {"95,25"}),
        (159.003, {"159.003.000 đồng", "159.003.000 đ"}),  # never 159,003, which could be grouped
        (0, set()),
        (-3.5, set()),
    ],
)
def test_an_amount_is_spelled_in_ways_that_mean_one_thing(millions: float, texts: set[str]) -> None:
    draw = random.Random(1)
    assert {amount(millions, draw) for _ in range(200)} == {*texts, millions}


def test_figures_and_days_keep_what_they_say() -> None:
    draw = random.Random(1)
    assert grouped(Decimal("1234567.80"), ".") == "1.234.567,8"
    assert {rate(87.5, draw) for _ in range(50)} == {87.5, "87,5"}
    assert {day_in_words(date(2023, 2, 5), draw) for _ in range(100)} == {
        "ngày 05 tháng 02 năm 2023", "Ngày 5/2/2023", "5.2.2023", "05/02/2023",
    }  # fmt: skip
