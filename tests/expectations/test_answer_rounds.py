"""A marked workbook that comes back: its marks go, its words are read, and what cannot be edited is answered beside."""

from __future__ import annotations

import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule

from expectations.answer import write_answer
from expectations.answer.comments import HEADER
from expectations.answer.package import NotEditable, Package
from expectations.answer.worksheet import Worksheet
from expectations.verdict import Finding, RowCounts, Status, Verdict, finding
from ingest.fix_list import HEADINGS, SHEET_NAME, Justification, expand_cells, read_justifications, shorten_cells
from ingest.reader import read_workbook

DATA = "Số liệu"


def wrong(cell: str | None, rule_id: str = "value_unreadable", sheet: str | None = DATA, **fields: Any) -> Finding:
    given = {"form": "funding_sources", "column_name": "planned_vnd", "value": "khoảng 5", "expected": "số tiền"}
    return finding(rule_id, sheet=sheet, cell=cell, **{**given, **fields})


def verdict(*findings: Finding, **fields: Any) -> Verdict:
    given: dict[str, Any] = {"reporting_unit": "849", "period": "2023Q1", "version": 1}
    given |= {"status": Status.ACCEPTED_WITH_QUARANTINE, "row_counts": RowCounts(9, 9, 0)}
    return Verdict("Báo cáo.xlsx", "ab" * 32, findings=findings, **given | fields)


def workbook(path: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = DATA
    for row in range(1, 30):
        sheet.cell(row, 1, f"Dòng {row}")
        sheet.cell(row, 2, row * 1.5)
        sheet.cell(row, 3, f"=B{row}*2")
    sheet["B4"].comment = Comment("Số tạm tính", "Thạch Thị Ngọc")
    sheet.conditional_formatting.add("B1:B9", CellIsRule(operator="greaterThan", formula=["3"]))
    book.create_sheet("Khác")["A1"] = "x"
    book.save(path)
    return path


def marks_of(path: Path) -> dict[str, Any]:
    """All that is ours in a workbook, and what is not."""
    book = openpyxl.load_workbook(path)
    formulas, comments = [], {}
    for sheet in book.worksheets:
        for formats, rules in sheet.conditional_formatting._cf_rules.items():
            formulas += [(str(formats.sqref), rule.formula[0]) for rule in rules]
        comments |= {
            f"{sheet.title}!{cell.coordinate}": cell.comment.text for row in sheet for cell in row if cell.comment
        }
    return {"sheets": book.sheetnames, "formulas": sorted(formulas), "comments": comments}


def headed_rows(path: Path) -> tuple[Any, int]:
    sheet = openpyxl.load_workbook(path)[SHEET_NAME]
    return sheet, next(row for row in range(1, 30) if sheet.cell(row, 1).value == HEADINGS[0])


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return workbook(tmp_path / "a.xlsx")


@pytest.fixture
def first(sent: Path, tmp_path: Path) -> Path:
    findings = (wrong("B2"), wrong("B3"), wrong("B4"), wrong("C9", "rate_above_hundred", form="criteria_results"))
    return write_answer(sent, [verdict(*findings)], tmp_path / "first", "a")


def test_a_second_answer_holds_no_mark_of_the_first(first: Path, sent: Path, tmp_path: Path) -> None:
    second = marks_of(write_answer(first, [verdict(wrong("B7"))], tmp_path / "second", "a"))
    fresh = marks_of(write_answer(sent, [verdict(wrong("B7"))], tmp_path / "fresh", "a"))
    assert second == fresh
    assert set(second["comments"]) == {f"{DATA}!B4", f"{DATA}!B7"}
    assert second["comments"][f"{DATA}!B4"] == "Số tạm tính"


def test_styles_do_not_grow_from_round_to_round(first: Path, tmp_path: Path) -> None:
    def styles(path: Path) -> bytes:
        with zipfile.ZipFile(path) as package:
            return package.read("xl/styles.xml")

    again = write_answer(first, [verdict(wrong("B7"), wrong("C9", "rate_above_hundred"))], tmp_path / "second", "a")
    assert len(styles(again)) == len(styles(first))


def test_marks_are_found_again_after_another_program_saved_the_file(first: Path, sent: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(first)
    book[SHEET_NAME].title = "Cần sửa (2)"
    book.move_sheet("Cần sửa (2)", 2)
    book.save(tmp_path / "saved.xlsx")
    second = marks_of(write_answer(tmp_path / "saved.xlsx", [verdict(wrong("B7"))], tmp_path / "second", "a"))
    fresh = marks_of(write_answer(sent, [verdict(wrong("B7"))], tmp_path / "fresh", "a"))
    assert second == fresh


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_marks_survive_libreoffice_and_are_found_again_after_it(first: Path, sent: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "office"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out)]
    subprocess.run([*command, str(first)], check=True, capture_output=True, timeout=180)
    saved = out / first.name
    shown = marks_of(saved)
    assert {"C9", "B2:B4"} <= {place for place, formula in shown["formulas"] if "NTM:" in formula}
    assert all(HEADER in text for text in shown["comments"].values())
    second = marks_of(write_answer(saved, [verdict(wrong("B7"))], tmp_path / "second", "a"))
    fresh = marks_of(write_answer(sent, [verdict(wrong("B7"))], tmp_path / "fresh", "a"))
    assert second["sheets"] == fresh["sheets"]
    assert [one for one in second["formulas"] if "NTM:" in one[1]] == [("B7", 'N("NTM:error")=0')]
    assert {place: text.strip() for place, text in second["comments"].items()} == fresh["comments"]


def test_a_justification_is_read_back_for_every_cell_of_its_line(sent: Path, tmp_path: Path) -> None:
    warned = [wrong(f"C{row}", "rate_above_hundred", form="criteria_results") for row in (3, 4, 5, 9)]
    missing = wrong(None, "form_missing", sheet=None, value=None)
    answer = write_answer(sent, [verdict(*warned, missing)], tmp_path / "out", "a")
    sheet, heading = headed_rows(answer)
    column = HEADINGS.index("Giải trình của đơn vị") + 1
    sheet.cell(heading + 1, column, "  Tính cả hộ tạm trú ")
    sheet.cell(heading + 2, column, "Không phát sinh")
    sheet.parent.save(tmp_path / "back.xlsx")
    assert sorted(read_justifications(read_workbook(tmp_path / "back.xlsx")), key=str) == sorted(
        [
            *(
                Justification("rate_above_hundred", DATA, cell, "Tính cả hộ tạm trú")
                for cell in ("C3", "C4", "C5", "C9")
            ),
            Justification("form_missing", None, None, "Không phát sinh"),
        ],
        key=str,
    )


def test_a_justification_that_was_given_stands_in_its_cell_again(sent: Path, tmp_path: Path) -> None:
    warned = wrong("C3", "rate_above_hundred", form="criteria_results")
    from dataclasses import replace

    said = replace(warned, justification="=Đúng")
    answer = write_answer(sent, [verdict(said)], tmp_path / "out", "a")
    assert read_justifications(read_workbook(answer)) == [Justification("rate_above_hundred", DATA, "C3", "=Đúng")]


def test_cells_are_listed_in_short_and_read_in_full() -> None:
    cells = ["B2", "B3", "B4", "AA7", "C4", "C6"]
    assert shorten_cells(cells) == ["B2:B4", "C4", "C6", "AA7"]
    assert expand_cells("B2:B4 C4 C6 AA7 nhầm") == ["B2", "B3", "B4", "C4", "C6", "AA7"]
    assert expand_cells("A1:XFD1048576") == []


def test_many_scattered_cells_are_all_read_back(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(str(tmp_path / "big.xlsx")) as book:
        book.add_worksheet(DATA).write("A1", "x")
    cells = [f"{letter}{row}" for letter in "BCD" for row in range(1, 9001, 2)]
    found = [wrong(cell, "rate_above_hundred", form="criteria_results", value="250") for cell in cells]
    answer = write_answer(tmp_path / "big.xlsx", [verdict(*found)], tmp_path / "out", "big")
    sheet, heading = headed_rows(answer)
    sheet.cell(heading + 1, len(HEADINGS), "Đúng")
    sheet.parent.save(tmp_path / "back.xlsx")
    assert {one.cell for one in read_justifications(read_workbook(tmp_path / "back.xlsx"))} == set(cells)


def test_all_reports_of_one_file_are_in_one_answer(sent: Path, tmp_path: Path) -> None:
    both = [verdict(wrong("B2")), verdict(wrong("A1", sheet="Khác"), period="2023M06")]
    answer = write_answer(sent, both, tmp_path / "out", "a")
    sheet, heading = headed_rows(answer)
    above = " ".join(str(sheet.cell(row, 1).value) for row in range(1, heading))
    assert "Quý I năm 2023" in above
    assert "6 tháng đầu năm 2023" in above
    assert [sheet.cell(heading + number, 3).value for number in (1, 2)] == [DATA, "Khác"]


def test_a_sheet_of_the_sender_with_our_name_stays(sent: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book["Khác"].title = SHEET_NAME
    book.save(tmp_path / "own.xlsx")
    answer = write_answer(tmp_path / "own.xlsx", [verdict(wrong("B2"))], tmp_path / "out", "own")
    assert openpyxl.load_workbook(answer).sheetnames == ["Cần sửa (2)", DATA, SHEET_NAME]


def test_a_discussion_in_threads_is_left_as_it_is(sent: Path, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(sent)
    book[DATA]["B2"].comment = Comment("[Threaded comment] Xem lại", "tc={2D9F0C1A-0000-0000-0000-000000000000}")
    book.save(tmp_path / "threads.xlsx")
    comments = marks_of(write_answer(tmp_path / "threads.xlsx", [verdict(wrong("B2"))], tmp_path / "o", "a"))[
        "comments"
    ]
    assert comments[f"{DATA}!B2"] == "[Threaded comment] Xem lại"


@pytest.mark.parametrize("spoil", ["signed", "strict", "doctype", "shared"])
def test_what_must_not_be_edited_is_answered_with_a_findings_workbook(sent: Path, tmp_path: Path, spoil: str) -> None:
    with zipfile.ZipFile(sent) as source, zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if spoil == "strict":
                data = data.replace(
                    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
                )
            if spoil == "doctype" and name == "xl/styles.xml":
                data = b'<!DOCTYPE x [<!ENTITY a "b">]>' + re.sub(rb"^<\?xml.*?\?>", b"", data)
            target.writestr(name, data)
        if spoil == "signed":
            target.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
        if spoil == "shared":
            target.writestr("xl/revisions/revisionHeaders.xml", "<headers/>")
    answer = write_answer(tmp_path / "odd.xlsx", [verdict(wrong("B2"))], tmp_path / "out", "odd")
    sheet, heading = headed_rows(answer)
    assert sheet.parent.sheetnames == [SHEET_NAME]
    assert [sheet.cell(heading + 1, column).value for column in (1, 3, 4)] == [1, DATA, "B2"]


@pytest.mark.parametrize("content", [b"", b"%PDF-1.4", b"PK\x03\x04 broken", b"a;b\n1;2\n"])
def test_a_file_that_is_no_workbook_gets_a_findings_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.bin").write_bytes(content)
    unreadable = finding("workbook_unreadable", value="PDF")
    said = verdict(unreadable, status=Status.UNREADABLE, reporting_unit=None, period=None, version=None)
    sheet, heading = headed_rows(write_answer(tmp_path / "x.bin", [said], tmp_path / "out", "x"))
    assert sheet.cell(heading + 1, 2).value == "Không nhận được báo cáo"
    assert "CHƯA được nhận" in str(sheet.cell(3, 1).value)


def test_both_kinds_of_answer_say_the_same(sent: Path, tmp_path: Path) -> None:
    findings = (
        wrong("B2"),
        wrong("C9", "rate_above_hundred", value="=1+1"),
        wrong(None, "sheet_not_recognised", "Khác"),
    )
    marked = write_answer(sent, [verdict(*findings)], tmp_path / "out", "a")
    (tmp_path / "x.xls").write_bytes(b"")
    alone = write_answer(tmp_path / "x.xls", [verdict(*findings)], tmp_path / "out", "b")

    def shown(path: Path) -> list[list[Any]]:
        return [[cell.value for cell in row] for row in openpyxl.load_workbook(path)[SHEET_NAME].iter_rows(max_col=12)]

    assert shown(alone) == shown(marked)


def test_a_sheet_written_with_a_prefix_keeps_it(sent: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(sent) as package:
        part = package.read("xl/worksheets/sheet1.xml")
    prefixed = re.sub(rb"<(/?)(?=[A-Za-z])", rb"<\1x:", part).replace(b"xmlns=", b"xmlns:x=")
    sheet = Worksheet(prefixed)
    sheet.add(sheet.make("conditionalFormatting", sqref="A1"))
    written = sheet.to_bytes()
    assert b'<x:conditionalFormatting sqref="A1"/>' in written
    cells = re.compile(rb"<x:sheetData>.*</x:sheetData>", re.DOTALL)
    assert cells.findall(written) == cells.findall(prefixed)


def test_two_parts_of_one_name_are_not_edited(sent: Path, tmp_path: Path) -> None:
    shutil.copy(sent, tmp_path / "twice.xlsx")
    with zipfile.ZipFile(tmp_path / "twice.xlsx", "a") as package:
        package.writestr("XL/styles.xml", "<styleSheet/>")
    with pytest.raises(NotEditable):
        Package(tmp_path / "twice.xlsx")
