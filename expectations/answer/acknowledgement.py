"""The acknowledgement (giấy xác nhận) that a sender gets for every file: one page of HTML that stands by itself.

Belongs here: its words and its look. Everything a sender typed is escaped; there is no script and nothing is fetched.
Does not belong here: gathering the facts (facts.py), where it is kept (feedback.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from html import escape

from expectations.answer.facts import FileFacts, ReportFacts
from expectations.answer.words import (
    COLOURS,
    STATUS_WORDS,
    counts_words,
    day_words,
    moment_words,
    period_words,
    receipt_code,
    unit_words,
)
from expectations.catalogue import Severity
from expectations.grouping import FindingGroup
from expectations.verdict import Status, Verdict, grouped
from ingest.settings import OFFICE_TIME_ZONE

STYLE = """
@page { size: A4 portrait; margin: 15mm 18mm; }
body { font: 12pt/1.35 "Times New Roman", "Liberation Serif", serif; color: #000; max-width: 174mm; margin: 0 auto; }
header { display: flex; justify-content: space-between; text-align: center; font-weight: bold; font-size: 11pt; }
header div:first-child { width: 38%; }
header div:last-child { width: 60%; }
h1 { text-align: center; font-size: 15pt; margin: 7mm 0 1mm; }
h2 { font-size: 12.5pt; margin: 5mm 0 1mm; }
p { margin: 1mm 0; }
p.code { text-align: center; margin-bottom: 4mm; }
table { border-collapse: collapse; width: 100%; margin: 1mm 0; page-break-inside: avoid; }
th, td { border: 1px solid #808080; padding: 1mm 2mm; text-align: left; vertical-align: top; }
th { width: 36%; font-weight: normal; background: #f2f2f2; }
.status { font-weight: bold; border: 2px solid; padding: 2mm 3mm; margin: 2mm 0; }
.next { border-left: 4px solid #1f4e78; padding: 1mm 3mm; background: #ddebf7; }
ul { margin: 0; padding-left: 5mm; }
footer { margin-top: 6mm; font-style: italic; font-size: 10.5pt; }
"""
NOTHING = "Không có"
SAID_ABOVE = ("received_late",)
MOST_NOTES, MOST_RANGES = 12, 8


def render(file: FileFacts, now: datetime, answer_name: str | None) -> str:
    """The page for one file, with a part for each report in it. answer_name: file name of the marked workbook."""
    parts = [_report(report, file, now, answer_name) for report in file.reports]
    first, last = file.reports[0].receipt, file.receipts[-1]
    again = f" (nhận {len(file.receipts)} lần, lần gần nhất {moment_words(last.received_at)})"
    rows = (
        ("Tên tệp", escape(file.file_name)),
        ("Thời điểm nhận (giờ Việt Nam)", moment_words(first.received_at) + (again if len(file.receipts) > 1 else "")),
    )
    return (
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">'
        f'<meta name="ntm-answer" content="{file.answer_id}">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>Giấy xác nhận {receipt_code(file.sha256)}</title><style>{STYLE}</style></head><body>"
        "<header><div>VĂN PHÒNG ĐIỀU PHỐI<br>NÔNG THÔN MỚI TỈNH</div>"
        "<div>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</div></header>"
        "<h1>GIẤY XÁC NHẬN TIẾP NHẬN BÁO CÁO</h1>"
        f'<p class="code">Mã tiếp nhận: <b>{receipt_code(file.sha256)}</b></p>'
        f"{_table(rows)}{''.join(parts)}"
        f"<footer>Giấy này do hệ thống tiếp nhận lập tự động {moment_words(now)}. Khi cần trao đổi, đề nghị nêu mã "
        "tiếp nhận ở trên.</footer></body></html>\n"
    )


def standing_words(report: ReportFacts, file: FileFacts) -> str:
    """Which sending this is, and which one counts."""
    verdict, current = report.verdict, report.current
    if verdict.version is None:
        return "Chưa xác định được vì chưa biết đơn vị hoặc kỳ báo cáo"
    own = f"lần gửi thứ {verdict.version}"
    is_current = current is not None and current.submission_id == verdict.submission_id
    said = f"L{own[1:]}"
    if len(file.receipts) > 1:
        said = f"Tệp này giống hệt {_sending(verdict)} và được nhận lại {_day(file.receipts[-1].received_at)}"
        if is_current:
            return f"{said}; {own} vẫn có hiệu lực"
    if is_current:
        return f"{said}, thay cho {_sending(report.earlier)}" if report.earlier else said
    if current is None:
        return f"{said}; chưa có lần gửi nào được nhận"
    if verdict.status.is_accepted and len(file.receipts) == 1:
        return f"{said}; đã được thay bằng {_sending(current)}"
    return f"{said}; {_sending(current)} vẫn có hiệu lực"


def notes_of(verdict: Verdict) -> list[str]:
    """What a sender may like to know of an accepted report, once per rule and sheet; lateness has a line of its own."""
    groups = [group for group in grouped(verdict.findings) if group.rule_id not in SAID_ABOVE]
    told = [f"{group.message_vi}{_also(group)}" for group in groups]
    rest = len(told) - MOST_NOTES
    return told if rest <= 0 else [*told[:MOST_NOTES], f"… và {rest} loại thông tin khác"]


def _also(group: FindingGroup) -> str:
    """Where else the same is to be said."""
    if group.count < 2:
        return ""
    ranges = group.cells.split(", ")
    return (
        f" Tương tự ở {group.count} chỗ: {', '.join(ranges[:MOST_RANGES])}{' …' if len(ranges) > MOST_RANGES else ''}."
    )


def punctuality_words(report: ReportFacts) -> str:
    """Whether the report came in time."""
    if report.due_date is None:
        return "Chưa xác định được vì chưa biết kỳ báo cáo"
    due = f"hạn nộp {day_words(report.due_date)}"
    if not report.is_late:
        return f"Đúng hạn ({due})"
    if not report.working_days_late:
        return f"Nộp sau hạn, trong ngày nghỉ liền sau ({due})"
    return f"Muộn {report.working_days_late} ngày làm việc ({due})"


def next_step_words(report: ReportFacts, now: datetime, answer_name: str | None) -> str:
    """What the sender is to do, and until when."""
    status = report.verdict.status
    if report.current is not None and report.current.submission_id != report.verdict.submission_id:
        later = (report.current.version or 0) > (report.verdict.version or 0)
        if later:
            return f"Không phải làm gì với tệp này: {_sending(report.current)} đã thay thế."
    if status is Status.ACCEPTED:
        return "Đơn vị không phải làm gì thêm."
    where = f"Mở tệp “{answer_name}”, xem trang “Cần sửa”" if answer_name else "Xem nội dung cần sửa"
    todo = {
        Status.ACCEPTED_WITH_WARNINGS: "kiểm tra các ô tô màu; sửa nếu sai, hoặc ghi giải trình nếu đúng, rồi gửi lại",
        Status.ACCEPTED_WITH_QUARANTINE: "sửa các ô màu đỏ, ghi giải trình ở ô màu vàng nếu số liệu đúng, rồi gửi lại",
        Status.REJECTED: "sửa các nội dung đã nêu rồi gửi lại cả tệp",
        Status.UNREADABLE: "làm theo hướng dẫn rồi gửi lại",
    }[status]
    return f"{where}: {todo}. {_until(report, now)}"


def _until(report: ReportFacts, now: datetime) -> str:
    if report.closed_on is not None:
        closed = day_words(report.closed_on)
        return f"Kỳ báo cáo đã khóa ngày {closed}: đề nghị liên hệ Văn phòng Điều phối trước khi gửi lại."
    if report.due_date is None:
        return "Đề nghị gửi lại ngay."
    if now.astimezone(OFFICE_TIME_ZONE).date() <= report.due_date:
        return f"Thời hạn gửi lại: hết ngày {day_words(report.due_date)}."
    return f"Hạn nộp ({day_words(report.due_date)}) đã qua: đề nghị gửi lại ngay, trước khi kỳ báo cáo khóa."


def _report(report: ReportFacts, file: FileFacts, now: datetime, answer_name: str | None) -> str:
    verdict, counts = report.verdict, report.verdict.row_counts
    severity = _worst(verdict)
    fill, colour = COLOURS[severity] if severity else ("E2EFDA", "375623")
    rows = [
        ("Lần gửi", escape(standing_words(report, file))),
        ("Thời hạn", punctuality_words(report)),
        ("Số dòng số liệu", f"Gửi {counts.sent}; đã nhận {counts.loaded}; chưa nhận {counts.sent - counts.loaded}"),
    ]
    if verdict.reporting_unit is not None:
        rows += [
            ("Biểu đã nhận", _list(report.forms.present)),
            ("Biểu báo không phát sinh", _list(report.forms.nil)),
            ("Biểu còn thiếu", _list(report.forms.missing)),
        ]
    if verdict.status is Status.ACCEPTED:
        rows.append(("Nội dung phải sửa", NOTHING))
        rows += [("Để biết", _list(notes))] if (notes := notes_of(verdict)) else []
    else:
        rows.append(("Nội dung phát hiện", counts_words(verdict.findings) or NOTHING))
    return (
        f"<h2>{escape(unit_words(verdict.reporting_unit))}: {escape(period_words(verdict.period))}</h2>"
        f'<p class="status" style="background:#{fill};color:#{colour}">{STATUS_WORDS[verdict.status]}</p>'
        f"{_table(rows)}"
        f'<p class="next"><b>Việc cần làm:</b> {escape(next_step_words(report, now, answer_name))}</p>'
    )


def _worst(verdict: Verdict) -> Severity | None:
    if verdict.status is Status.ACCEPTED:
        return None
    return {
        Status.ACCEPTED_WITH_WARNINGS: Severity.WARNING,
        Status.ACCEPTED_WITH_QUARANTINE: Severity.ERROR,
    }.get(verdict.status, Severity.BLOCKING)


def _sending(verdict: Verdict | None) -> str:
    if verdict is None:
        return ""
    on = f" {_day(verdict.received_at)}" if verdict.received_at else ""
    return f"lần gửi thứ {verdict.version}{on}"


def _day(moment: datetime) -> str:
    return f"ngày {moment.astimezone(OFFICE_TIME_ZONE):%d/%m/%Y}"


def _list(items: Iterable[str]) -> str:
    entries = [f"<li>{escape(item)}</li>" for item in items]
    return f"<ul>{''.join(entries)}</ul>" if entries else NOTHING


def _table(rows: Iterable[tuple[str, str]]) -> str:
    """Names are ours, values are HTML already."""
    return f"<table>{''.join(f'<tr><th>{name}</th><td>{shown}</td></tr>' for name, shown in rows)}</table>"
