"""The marked workbook: the sender's own file with colours, comments and a list, and no byte of its cells changed."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from lxml import etree

from expectations.answer import write_answer
from expectations.answer.comments import HEADER
from expectations.answer.worksheet import MAIN, ORDER
from expectations.verdict import Finding, RowCounts, Status, Verdict, finding
from ingest.fix_list import HEADINGS, SHEET_NAME

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
MACRO = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 not run, not read" * 40
VML = "urn:schemas-microsoft-com:vml"


def wrong(sheet: str, cell: str | None, rule_id: str = "value_unreadable", **fields: Any) -> Finding:
    given = {"form": "funding_sources", "column_name": "planned_vnd", "value": "khoảng 5", "expected": "số tiền"}
    return finding(rule_id, sheet=sheet, cell=cell, **{**given, **fields})


def verdict(*findings: Finding, status: Status = Status.ACCEPTED_WITH_QUARANTINE) -> Verdict:
    return Verdict("Báo cáo.xlsx", "ab" * 32, "849", "2023Q1", 1, status, findings, RowCounts(20, 18, 2))


def rich_workbook(path: Path, *, with_macro: bool = False) -> Path:
    """A workbook with all that a unit may have in one."""
    with xlsxwriter.Workbook(str(path)) as book:
        cover, data, other = (book.add_worksheet(name) for name in ("Bìa", "Số 'liệu' & <x>", "Biểu đồ"))
        hidden = book.add_worksheet("Ẩn")
        hidden.hide()
        data.activate()
        money = book.add_format({"num_format": "#,##0.0", "bold": True, "bg_color": "#FFFF00", "locked": False})
        for row in range(1, 30):
            data.write(row, 0, f"Dòng {row}")
            data.write_number(row, 1, row * 1.1, money)
            data.write_formula(row, 2, f"=B{row + 1}*2", money, row * 2.2)
        data.write(2, 1, "khoảng 5")
        data.write_array_formula("D2:D3", "{=B2:B3*3}", None, 3.3)
        data.merge_range("F5:G7", "gộp ô", money)
        data.set_column("E:E", 3, None, {"hidden": True})
        data.set_row(3, 44)
        data.conditional_format("B2:B20", {"type": "cell", "criteria": ">", "value": 3, "format": money})
        data.conditional_format("C2:C20", {"type": "data_bar", "data_bar_2010": True})
        data.data_validation("B2:B30", {"validate": "decimal", "criteria": ">=", "value": 0})
        data.write_comment("B3", "Số tạm tính", {"author": "Thạch Thị Ngọc"})
        data.write_comment("A9", "Của riêng huyện", {"author": "Thạch Thị Ngọc"})
        data.write_url("A20", "internal:'Bìa'!A1")
        data.set_header("&L&G", {"image_left": "dấu.png", "image_data_left": io.BytesIO(PIXEL)})
        data.protect("mật khẩu", {"objects": True})
        data.print_area("A1:D30")
        data.repeat_rows(0)
        data.insert_image("I2", "ảnh.png", {"image_data": io.BytesIO(PIXEL)})
        other.add_table("A1:B4", {"columns": [{"header": "x"}, {"header": "y"}]})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Biểu đồ'!$B$2:$B$4"})
        other.insert_chart("D2", chart)
        other.write_comment("A3", "Ghi chú trên trang không sai")
        cover.write("A1", "Trang bìa")
        line = book.add_chart({"type": "line"})
        line.add_series({"values": "='Biểu đồ'!$B$2:$B$4"})
        book.add_chartsheet("Trang đồ thị").set_chart(line)
        book.define_name("Toan_bo", "='Biểu đồ'!$A$1:$B$4")
        book.define_name("'Biểu đồ'!Rieng", "='Biểu đồ'!$A$1")
        if with_macro:
            book.add_vba_project(io.BytesIO(MACRO), is_stream=True)
    return path


def parts_of(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        assert package.testzip() is None
        return {name: package.read(name) for name in package.namelist()}


def cells_in(part: bytes) -> bytes:
    found = re.search(rb"<sheetData.*</sheetData>|<sheetData\s*/>", part, re.DOTALL)
    assert found is not None
    return found.group()


def looks(cell: Any) -> tuple[Any, ...]:
    style = (cell.font, cell.fill, cell.border, cell.alignment, cell.number_format, cell.protection)
    value = getattr(cell.value, "text", cell.value)  # an array formula is an object of its own
    return (cell.coordinate, cell.data_type, value, *(repr(part) for part in style))


def sheets_by_name(parts: dict[str, bytes]) -> dict[str, str]:
    root = etree.fromstring(parts["xl/workbook.xml"])
    targets = {one.get("Id"): one.get("Target") for one in etree.fromstring(parts["xl/_rels/workbook.xml.rels"])}
    key = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    return {one.get("name"): f"xl/{targets[one.get(key)]}" for one in root.iter(f"{{{MAIN}}}sheet")}


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return rich_workbook(tmp_path / "Báo cáo.xlsx")


@pytest.fixture
def marked(sent: Path, tmp_path: Path) -> Path:
    sheet = "Số 'liệu' & <x>"
    found = [
        wrong(sheet, "B3", row_id="r3"),
        wrong(sheet, "B12", row_id="r12"),
        wrong(sheet, "G6", "value_required", value=None),
        wrong(sheet, "C5", "rate_above_hundred", form="criteria_results", column_name="value", value="250"),
        wrong("Bìa", None, "sheet_not_recognised", form=None, column_name=None),
    ]
    return write_answer(sent, [verdict(*found)], tmp_path / "out", "Báo cáo")


def test_the_answer_bears_the_name_of_the_file_and_leaves_the_original_alone(marked: Path, sent: Path) -> None:
    assert marked.name == "Báo cáo.can-sua.xlsx"
    assert [path.name for path in marked.parent.iterdir()] == [marked.name]
    assert SHEET_NAME not in openpyxl.load_workbook(sent).sheetnames


def test_no_value_formula_cached_result_or_style_of_a_cell_differs(marked: Path, sent: Path) -> None:
    for data_only in (False, True):
        before, after = (openpyxl.load_workbook(path, data_only=data_only) for path in (sent, marked))
        for sheet in before.worksheets:
            old = [looks(cell) for row in sheet.iter_rows() for cell in row]
            new = [looks(cell) for row in after[sheet.title].iter_rows() for cell in row]
            assert new == old


def test_the_cells_of_every_sheet_are_byte_for_byte_those_sent(marked: Path, sent: Path) -> None:
    before, after = parts_of(sent), parts_of(marked)
    names = [name for name in before if name.startswith("xl/worksheets/sheet")]
    assert len(names) == 4
    assert [cells_in(after[name]) for name in names] == [cells_in(before[name]) for name in names]


def test_parts_without_a_mark_are_byte_for_byte_those_sent(marked: Path, sent: Path) -> None:
    before, after = parts_of(sent), parts_of(marked)
    changed = {name for name in before if before[name] != after.get(name)}
    sheets = sheets_by_name(before)
    data = sheets["Số 'liệu' & <x>"]
    touched = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", data}
    assert changed == touched | {"xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"}
    assert set(after) - set(before) == {sheets_by_name(after)[SHEET_NAME]}


def test_around_the_cells_only_marks_and_the_selected_tab_differ(marked: Path, sent: Path) -> None:
    name = sheets_by_name(parts_of(sent))["Số 'liệu' & <x>"]

    def frame(part: bytes, *, is_ours: bool) -> list[str]:
        root = etree.fromstring(part)
        for rule in [*root.iter(f"{{{MAIN}}}conditionalFormatting")]:
            if is_ours and b"NTM:" in etree.tostring(rule):
                root.remove(rule)
            for entry in rule.iter(f"{{{MAIN}}}cfRule"):
                entry.attrib.pop("priority")  # their own formats moved below ours, in their own order
        for view in root.iter(f"{{{MAIN}}}sheetView"):
            view.attrib.pop("tabSelected", None)
        return [etree.tostring(child, method="c14n").decode() for child in root]

    assert frame(parts_of(marked)[name], is_ours=True) == frame(parts_of(sent)[name], is_ours=False)


def test_styles_are_only_appended_to(marked: Path, sent: Path) -> None:
    before, after = (etree.fromstring(parts_of(path)["xl/styles.xml"]) for path in (sent, marked))
    for child in before:
        twin = after.find(child.tag)
        assert twin is not None
        kept = [etree.tostring(one, method="c14n") for one in twin][: len(child)]
        assert kept == [etree.tostring(one, method="c14n") for one in child]
        assert twin.get("count") is None or int(twin.get("count")) == len(twin)


def test_everything_in_the_package_is_tied_typed_and_in_the_order_of_the_schema(marked: Path) -> None:
    parts = parts_of(marked)
    types = etree.fromstring(parts["[Content_Types].xml"])
    typed = {one.get("PartName") for one in types} | {f".{one.get('Extension')}" for one in types}
    for name in parts:
        assert name == "[Content_Types].xml" or f"/{name}" in typed or f".{name.rpartition('.')[2]}" in typed
        if name.endswith(".rels"):
            ids = [one.get("Id") for one in etree.fromstring(parts[name])]
            assert len(ids) == len(set(ids))
    for name in (name for name in parts if name.startswith("xl/worksheets/sheet")):
        ranks = [ORDER.index(etree.QName(child).localname) for child in etree.fromstring(parts[name])]
        assert ranks == sorted(ranks)


def test_each_severity_colours_its_cells_by_one_rule_above_the_senders_own(marked: Path) -> None:
    sheet = openpyxl.load_workbook(marked)["Số 'liệu' & <x>"]
    rules = {
        rule.formula[0]: (str(formats.sqref), rule.priority)
        for formats, some in sheet.conditional_formatting._cf_rules.items()
        for rule in some
        if rule.type == "expression"
    }
    assert rules == {'N("NTM:error")=0': ("B3 B12 F5:G7", 1), 'N("NTM:warning")=0': ("C5", 2)}
    others = [rule.priority for some in sheet.conditional_formatting._cf_rules.values() for rule in some]
    assert sorted(others) == [1, 2, 3, 4]


def test_each_wrong_cell_says_what_is_wrong_what_was_found_and_what_is_due(marked: Path) -> None:
    sheet = openpyxl.load_workbook(marked)["Số 'liệu' & <x>"]
    said = {cell.coordinate: cell.comment for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(said) == {"A9", "B3", "B12", "F5", "C5"}
    text = said["B12"].text
    assert said["B12"].author == "Văn phòng Điều phối NTM"
    assert text.startswith(HEADER)
    for words in ("Dòng này chưa được nhận", "Đang ghi: khoảng 5", "Cần có: số tiền", "Căn cứ: "):
        assert words in text


def test_a_comment_of_the_sender_keeps_its_words_with_ours_below_a_line(marked: Path, sent: Path) -> None:
    before, after = (openpyxl.load_workbook(path)["Số 'liệu' & <x>"] for path in (sent, marked))
    assert after["A9"].comment.text == before["A9"].comment.text
    own, line, ours = after["B3"].comment.text.partition("――――――――――")
    assert own.strip() == before["B3"].comment.text.strip()
    assert line
    assert ours.strip().startswith(HEADER)
    assert after["B3"].comment.author == before["B3"].comment.author


def test_every_comment_has_one_box_whose_number_no_other_drawing_uses(marked: Path) -> None:
    parts = parts_of(marked)
    numbers = []
    for name in (name for name in parts if name.endswith(".vml")):
        root = etree.fromstring(parts[name])
        numbers += [shape.get("id") for shape in root.iter(f"{{{VML}}}shape")]
    assert len(numbers) == len(set(numbers))
    places = re.findall(rb"<x:Row>(\d+)</x:Row><x:Column>(\d+)</x:Column>", parts["xl/drawings/vmlDrawing1.vml"])
    assert sorted(places) == [(b"11", b"1"), (b"2", b"1"), (b"4", b"2"), (b"4", b"5"), (b"8", b"0")]


def test_the_list_comes_first_is_shown_alone_and_leads_to_the_cells(marked: Path) -> None:
    book = openpyxl.load_workbook(marked)
    sheet = book[SHEET_NAME]
    assert book.sheetnames[0] == SHEET_NAME
    assert book.active is sheet
    assert [one.title for one in book.worksheets if one.sheet_view.tabSelected] == [SHEET_NAME]
    heading = next(row for row in range(1, 20) if sheet.cell(row, 1).value == "STT")
    assert [sheet.cell(heading, column).value for column in range(1, 10)] == list(HEADINGS)
    assert sheet.freeze_panes == f"A{heading + 1}"
    assert sheet.print_title_rows == f"${heading}:${heading}"
    first = [cell.value for cell in sheet[heading + 1]]
    assert first[:4] == [1, "Dòng này chưa được nhận", "Số 'liệu' & <x>", "B3 … (2 ô)"]
    assert sheet.cell(heading + 1, 4).hyperlink.location == "'Số ''liệu'' & <x>'!B3"
    beyond = sheet.column_dimensions["J"]
    assert beyond.hidden
    assert beyond.max >= 12


def test_names_and_print_ranges_of_a_sheet_stay_with_their_sheet(marked: Path, sent: Path) -> None:
    before, after = openpyxl.load_workbook(sent), openpyxl.load_workbook(marked)
    for sheet in before.worksheets:
        twin = after[sheet.title]
        assert {name: one.attr_text for name, one in twin.defined_names.items()} == {
            name: one.attr_text for name, one in sheet.defined_names.items()
        }
        assert (twin.print_area, twin.print_title_rows) == (sheet.print_area, sheet.print_title_rows)
        assert (twin.protection.sheet, twin.sheet_state) == (sheet.protection.sheet, sheet.sheet_state)
    assert list(after.defined_names) == list(before.defined_names)


def test_a_macro_is_kept_and_the_answer_is_a_macro_workbook(tmp_path: Path) -> None:
    sent = rich_workbook(tmp_path / "macro.xlsm", with_macro=True)
    answer = write_answer(sent, [verdict(wrong("Bìa", "A1"))], tmp_path / "out", "macro")
    assert answer.suffix == ".xlsm"
    assert parts_of(answer)["xl/vbaProject.bin"] == MACRO
    assert openpyxl.load_workbook(answer, keep_vba=True).sheetnames[0] == SHEET_NAME


def test_text_of_the_sender_never_becomes_a_formula(tmp_path: Path) -> None:
    sent = rich_workbook(tmp_path / "a.xlsx")
    evil = '=HYPERLINK("http://x","<b>bấm</b>")&cmd|\x07'
    answer = write_answer(sent, [verdict(wrong("Bìa", "A1", value=evil, expected="+1+1"))], tmp_path / "out", "a")
    with zipfile.ZipFile(answer) as package:
        part = package.read(sheets_by_name(parts_of(answer))[SHEET_NAME])
    assert b"<f>" not in part
    shown = {cell.value: cell.data_type for row in openpyxl.load_workbook(answer)[SHEET_NAME] for cell in row}
    assert {shown[evil.replace("\x07", "")], shown["+1+1"]} <= {"s", "inlineStr"}


def test_findings_on_a_hidden_or_missing_sheet_are_named_and_not_linked(tmp_path: Path) -> None:
    sent = rich_workbook(tmp_path / "a.xlsx")
    answer = write_answer(sent, [verdict(wrong("Ẩn", "A1"), wrong("Không có", "B2"))], tmp_path / "out", "a")
    sheet = openpyxl.load_workbook(answer)[SHEET_NAME]
    named = {cell.value for row in sheet.iter_rows(max_col=3, min_col=3) for cell in row}
    assert {"Ẩn (trang đang ẩn)", "Không có"} <= named
    assert not [cell for row in sheet.iter_rows() for cell in row if cell.hyperlink]


def test_information_is_folded_at_the_end_and_warnings_have_a_cell_to_explain_in(marked: Path) -> None:
    sheet = openpyxl.load_workbook(marked)[SHEET_NAME]
    severities = [cell.value for cell in sheet["B"] if cell.value]
    assert severities[-2:] == ["Cần kiểm tra", "Thông báo"]
    assert [row for row, shape in sheet.row_dimensions.items() if shape.hidden] == [sheet.max_row]
    entries = {sheet.cell(cell.row, 9).fill.fgColor.rgb for cell in sheet["B"] if cell.value == "Cần kiểm tra"}
    closed = {sheet.cell(cell.row, 9).fill.fgColor.rgb for cell in sheet["B"] if str(cell.value).startswith("Dòng")}
    assert len(entries) == 1
    assert entries.isdisjoint(closed)
