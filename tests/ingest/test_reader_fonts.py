"""What the cells of a workbook say together: a font that its author typed for decides where single words do not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from ingest.reader import Sheet, read_workbook
from simulate.mangled.legacy_encodings import tcvn3, vni

NAMES = (
    *("Xã Đại An", "Xã Hàm Giang", "Xã Ngọc Biên", "Xã Tập Sơn", "Xã Thanh Sơn", "Xã Phước Hưng", "Huyện Trà Cú"),
    *("Nguồn vốn", "Ngân sách huyện", "Ngân sách trung ương", "Kế hoạch", "Giải ngân lũy kế", "Đã phân bổ"),
    *("Chưa đạt", "Tiêu chí môi trường", "Người lập biểu", "Thực hiện", "Quyết định giao vốn", "Loại vốn"),
    *("Vốn đầu tư phát triển", "Địa bàn", "Nội dung thành phần", "Ngày giao vốn", "Cộng đồng và người dân"),
)
DOUBTFUL = ("hộ", "Có", "Doanh số cho vay", "Kim Minh Phúc")  # in TCVN3 each of them is Vietnamese of its own


def sheet_of(path: Path, *cells: tuple[Any, str]) -> Sheet:
    """A sheet with a text and its font per row; a tuple instead of a text is written in pieces with fonts."""
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for row, (text, font) in enumerate(cells):
        style = book.add_format({"font_name": font})
        if isinstance(text, str):
            sheet.write_string(row, 0, text, style)
        else:
            pieces = [part for piece, own in text for part in (book.add_format({"font_name": own}), piece)]
            sheet.write_rich_string(row, 0, *pieces, style)
    book.close()
    return read_workbook(path).sheets[0]


def texts(sheet: Sheet) -> list[Any]:
    return [value for _, value in sorted(sheet.cells.items())]


@pytest.mark.parametrize(("font", "encode"), [(".VnTime", tcvn3), ("VNI-Times", vni)])
def test_a_workbook_typed_in_an_old_font_throughout_is_read_so_throughout(
    tmp_path: Path, font: str, encode: Any
) -> None:
    wanted = [*NAMES, *DOUBTFUL]
    sheet = sheet_of(tmp_path / "old.xlsx", *((encode(text), font) for text in wanted))
    assert texts(sheet) == wanted
    assert sheet.originals[len(NAMES), 0] == encode("hộ")


def test_a_few_texts_in_an_old_font_prove_nothing_for_the_others(tmp_path: Path) -> None:
    cells = [(tcvn3(text), ".VnTime") for text in (*NAMES[:5], *DOUBTFUL)]
    assert texts(sheet_of(tmp_path / "few.xlsx", *cells)) == [*NAMES[:5], *(tcvn3(text) for text in DOUBTFUL)]


def test_unicode_in_the_same_font_leaves_doubtful_texts_as_they_are(tmp_path: Path) -> None:
    cells = [*((tcvn3(text), ".VnTime") for text in NAMES), ("Xã Đại An", ".VnTime"), ("Có", ".VnArial")]
    assert texts(sheet_of(tmp_path / "mixed.xlsx", *cells)) == [*NAMES, "Xã Đại An", "Có"]


def test_an_old_font_proves_nothing_for_cells_in_other_fonts(tmp_path: Path) -> None:
    cells = [*((tcvn3(text), ".VnTime") for text in NAMES), ("Có", "Times New Roman"), ("Có", "VNI-Times")]
    assert texts(sheet_of(tmp_path / "fonts.xlsx", *cells)) == [*NAMES, "Có", "Có"]


def test_the_font_of_a_piece_counts_before_that_of_its_cell(tmp_path: Path) -> None:
    pieces = (("Xã ", "Times New Roman"), ("Có", "Times New Roman"))
    cells = [*((tcvn3(text), ".VnTime") for text in NAMES), (pieces, ".VnTime")]
    assert texts(sheet_of(tmp_path / "pieces.xlsx", *cells))[-1] == "Xã Có"
