"""From a workbook in the inbox to what its sender gets, and back: the corrected copy is taken without a word."""

from __future__ import annotations

import os
import shutil
from datetime import date, datetime, timedelta
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ingest.settings import OFFICE_TIME_ZONE, Settings, load_settings

TRA_CU = "849"
NOW = datetime(2026, 11, 23, 8, tzinfo=OFFICE_TIME_ZONE)
RECEIVED = datetime(2023, 3, 22, 9, 5, tzinfo=OFFICE_TIME_ZONE)
BILLION = Decimal(1_000_000_000)
NAME = "Báo cáo <Trà Cú>.xlsx"
FUNDING = "05. Nguồn lực"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return load_settings({"NTM_DATA_DIR": str(tmp_path / "data"), "NTM_NOW": NOW.isoformat(), "NTM_PROVINCE": "84"})


def funding(**fields: Any) -> dict[str, Any]:
    from ingest import reference

    row = {
        "place_code": TRA_CU,
        "programme_code": "NTM",
        "source_code": "NSTW",
        "nature_code": "DTPT",
        "plan_year": 2023,
        "planned_vnd": 2 * BILLION,
        "assigned_vnd": 2 * BILLION,
        "assigned_on": date(2023, 1, 20),
        "assigning_decision": "12/QĐ-UBND",
    }
    return {**row, "content_code": reference.rows("funding_contents")[0]["content_code"], **fields}


def send(settings: Settings, name: str, received: datetime = RECEIVED, **row: Any) -> Path:
    """A workbook of Trà Cú for the first quarter of 2023 in the inbox."""
    from ingest.template import write_workbook

    path = Path(settings.inbox) / name
    write_workbook(
        path,
        reporting_unit_id=TRA_CU,
        reporting_period_id="2023Q1",
        forms=["funding_sources"],
        filled={"funding_sources": [funding(**row)]},
        cover={"signed_date": date(2023, 3, 20), "data_as_of": date(2023, 3, 14)},
    )
    os.utime(path, (received.timestamp(), received.timestamp()))
    return path


def answer_all(settings: Settings) -> Any:
    from expectations.answer.feedback import write_feedback
    from expectations.judge import judge_pending, judge_unidentified
    from ingest.reading import read_pending
    from ingest.receive import receive_inbox

    try:
        from ingest.intake import identify_pending
    except ImportError:
        from ingest.reading import identify_pending

    receive_inbox(settings, "run")
    identify_pending(settings, "run")
    read_pending(settings, "run")
    judge_unidentified(settings, "run")
    judge_pending(settings, "run")
    return write_feedback(settings)


def answers(settings: Settings) -> dict[str, Path]:
    root = settings.data_dir / "feedback"
    return {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}


def text_of(page: Path) -> str:
    pieces: list[str] = []

    class Reader(HTMLParser):
        def handle_data(self, data: str) -> None:
            pieces.append(data)

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in ("script", "link", "img", "iframe")
            assert not [name for name, value in attrs if name in ("src", "href") or name.startswith("on")]

    Reader().feed(page.read_text(encoding="utf-8"))
    return " ".join(" ".join(pieces).split())


def page_of(settings: Settings, part: str = "") -> str:
    (page,) = [path for name, path in answers(settings).items() if name.endswith(".xac-nhan.html") and part in name]
    return text_of(page)


@pytest.fixture
def answered(settings: Settings) -> Settings:
    send(settings, NAME, planned_vnd="khoảng 5", disbursed_vnd=3 * BILLION)
    answer_all(settings)
    return settings


def test_a_judged_file_gets_a_marked_workbook_and_an_acknowledgement(answered: Settings) -> None:
    from ingest import ledger

    (sha256,) = ledger.read(answered.ledger_dir, "receipts").column("sha256").to_pylist()
    stem = f"849/2023Q1/Báo cáo _Trà Cú_.{sha256[:8]}"
    assert set(answers(answered)) == {f"{stem}.can-sua.xlsx", f"{stem}.xac-nhan.html"}


def test_the_acknowledgement_says_who_when_what_and_what_next(answered: Settings) -> None:
    text = page_of(answered)
    for words in (
        "Huyện Trà Cú",
        "Quý I năm 2023",
        "Báo cáo <Trà Cú>.xlsx",
        "09 giờ 05, ngày 22/03/2023",
        "Mã tiếp nhận",
        "Lần gửi thứ 1",
        "Đúng hạn (hạn nộp 25/03/2023)",
        "Gửi 1; đã nhận 0; chưa nhận 1",
        "chỗ sai chưa được nhận",
        "xem trang “Cần sửa”",
        "Biểu còn thiếu",
    ):
        assert words in text


def test_answering_again_writes_nothing(answered: Settings) -> None:
    from expectations.answer.feedback import feedback_waits, write_feedback

    before = {name: path.stat().st_mtime_ns for name, path in answers(answered).items()}
    assert not feedback_waits(answered)
    assert write_feedback(answered).answered == 0
    assert {name: path.stat().st_mtime_ns for name, path in answers(answered).items()} == before


def test_an_answer_that_was_lost_is_written_again(answered: Settings) -> None:
    from expectations.answer.feedback import feedback_waits, write_feedback

    before = set(answers(answered))
    for path in answers(answered).values():
        path.unlink()
    assert feedback_waits(answered)
    assert write_feedback(answered).workbooks == 1
    assert set(answers(answered)) == before


def test_an_accepted_report_gets_no_workbook_and_its_notes_in_the_acknowledgement(settings: Settings) -> None:
    from expectations.answer.feedback import feedback_waits
    from ingest.template import AsTyped
    from simulate.planting.base import bases

    report = bases()["city"].copy()
    typed = AsTyped("ngày 11 tháng 5 năm 2023")
    report.put("helper_activities", {"activity_no": "842-2023-002"}, activity_date=typed)
    report.write(Path(settings.inbox))
    assert answer_all(settings).workbooks == 0
    (name,) = answers(settings)
    assert name.endswith(".xac-nhan.html")
    text = page_of(settings)
    assert "Nội dung phải sửa Không có" in text
    assert 'giá trị "ngày 11 tháng 5 năm 2023" được đọc là 11/05/2023' in text
    assert "Đơn vị không phải làm gì thêm" in text
    assert not feedback_waits(settings)


def test_a_file_that_cannot_be_opened_is_answered_too(settings: Settings) -> None:
    path = Path(settings.inbox) / "ảnh chụp.xlsx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"%PDF-1.4 scan")
    answer_all(settings)
    assert {name.partition("/ảnh")[0] for name in answers(settings)} == {"khong_ro/khong_ro_ky"}
    text = page_of(settings)
    assert "Tệp không đọc được" in text
    assert "Chưa xác định được" in text


def test_the_corrected_copy_is_taken_clean_and_takes_the_place_of_the_first(answered: Settings) -> None:
    (marked,) = [path for name, path in answers(answered).items() if ".can-sua." in name]
    book = openpyxl.load_workbook(marked)
    sheet = book[FUNDING]
    headers = {str(cell.value): cell.column for row in sheet.iter_rows(max_row=9) for cell in row if cell.value}
    row = next(row for row in range(9, 30) if "khoảng 5" in [cell.value for cell in sheet[row]])
    for cell in sheet[row]:
        if cell.value == "khoảng 5":
            cell.value = 2000
        elif cell.column == headers["Giải ngân lũy kế"]:
            cell.value = 1000
    back = Path(answered.inbox) / "sửa lại.xlsx"
    book.save(back)
    later = (RECEIVED + timedelta(days=1)).timestamp()
    os.utime(back, (later, later))
    answer_all(answered)
    text = page_of(answered, "sửa lại")
    assert "Lần gửi thứ 2, thay cho lần gửi thứ 1 ngày 22/03/2023" in text
    assert "Gửi 1; đã nhận 1; chưa nhận 0" in text
    assert "chỗ sai" not in text
    again = [path for name, path in answers(answered).items() if "sửa lại" in name and ".can-sua." in name]
    for path in again:  # missing forms and the like are still told
        assert openpyxl.load_workbook(path).sheetnames.count("Cần sửa") == 1


def test_checking_the_marked_copy_finds_what_the_original_had_and_no_more(answered: Settings) -> None:
    from expectations.check import check_files

    (marked,) = [path for name, path in answers(answered).items() if ".can-sua." in name]
    copy = answered.data_dir / "copy.xlsx"
    shutil.copy(marked, copy)
    sent = Path(answered.inbox) / NAME
    for path in (copy, sent):
        os.utime(path, (RECEIVED.timestamp(), RECEIVED.timestamp()))
    (original,), (back,) = check_files([sent], answered), check_files([copy], answered)
    assert back.findings == original.findings
    assert back.row_counts == original.row_counts


def test_the_same_bytes_sent_again_are_acknowledged_as_such(answered: Settings) -> None:
    before = page_of(answered)
    again = Path(answered.inbox) / "lần hai.xlsx"
    shutil.copy(Path(answered.inbox) / NAME, again)
    later = (RECEIVED + timedelta(days=2)).timestamp()
    os.utime(again, (later, later))
    assert answer_all(answered).answered == 1
    text = page_of(answered)
    assert "giống hệt lần gửi thứ 1 ngày 22/03/2023" in text
    assert "nhận lại ngày 24/03/2023" in text
    assert text != before


def test_a_late_report_is_told_how_many_working_days(settings: Settings) -> None:
    send(settings, NAME, received=datetime(2023, 3, 29, 9, tzinfo=OFFICE_TIME_ZONE))
    answer_all(settings)
    assert "Muộn 3 ngày làm việc (hạn nộp 25/03/2023)" in page_of(settings)
