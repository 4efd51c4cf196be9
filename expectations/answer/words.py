"""What the answer calls things: severities, outcomes and next steps, in the words of an official.

Belongs here: the vocabulary that the marked workbook and the acknowledgement share, and whose report a verdict is.
Does not belong here: the message of a rule (rules.csv).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from expectations.catalogue import Severity
from expectations.verdict import Finding, Status, Verdict, severity_counts
from ingest import reference
from ingest.settings import OFFICE_TIME_ZONE

OFFICE = "Văn phòng Điều phối NTM"

SEVERITY_WORDS = {
    Severity.BLOCKING: "Không nhận được báo cáo",
    Severity.ERROR: "Dòng này chưa được nhận",
    Severity.WARNING: "Cần kiểm tra",
    Severity.INFO: "Thông báo",
}
PART_NOT_TAKEN = "Phần này chưa được nhận"  # an error that concerns no single row
COUNT_WORDS = {
    Severity.BLOCKING: "lý do không nhận được báo cáo",
    Severity.ERROR: "chỗ sai chưa được nhận",
    Severity.WARNING: "chỗ cần kiểm tra",
    Severity.INFO: "thông báo",
}
JUSTIFIED = "Đã có giải trình"
STATUS_WORDS = {
    Status.ACCEPTED: "Báo cáo đã được nhận đầy đủ",
    Status.ACCEPTED_WITH_WARNINGS: "Báo cáo đã được nhận, có nội dung cần kiểm tra lại",
    Status.ACCEPTED_WITH_QUARANTINE: "Báo cáo mới được nhận một phần: có dòng chưa được nhận vì số liệu sai",
    Status.REJECTED: "Báo cáo CHƯA được nhận",
    Status.UNREADABLE: "Tệp không đọc được, báo cáo CHƯA được nhận",
}
NEXT_STEPS = {
    Status.ACCEPTED: "Đơn vị không phải làm gì thêm.",
    Status.ACCEPTED_WITH_WARNINGS: (
        "Kiểm tra các ô được tô màu: nếu sai thì sửa ngay trong tệp này rồi gửi lại cả tệp; nếu đúng thì ghi lý do "
        'vào cột "Giải trình của đơn vị" rồi gửi lại.'
    ),
    Status.ACCEPTED_WITH_QUARANTINE: (
        "Sửa các ô màu đỏ ngay trong tệp này rồi gửi lại cả tệp. Ô màu vàng (cần kiểm tra) nếu số liệu đúng thì ghi "
        'lý do vào cột "Giải trình của đơn vị".'
    ),
    Status.REJECTED: (
        "Sửa các nội dung dưới đây rồi gửi lại cả tệp. Khi chưa gửi lại, đơn vị được tính là chưa báo cáo."
    ),
    Status.UNREADABLE: ("Làm theo hướng dẫn dưới đây rồi gửi lại. Khi chưa gửi lại, đơn vị được tính là chưa báo cáo."),
}
# Fill, font: red shades for what was not taken, so that a print in grey still tells them from what was.
COLOURS = {
    Severity.BLOCKING: ("FF7C80", "7F0000"),
    Severity.ERROR: ("FFC7CE", "9C0006"),
    Severity.WARNING: ("FFEB9C", "7F5F00"),
    Severity.INFO: ("DDEBF7", "1F4E78"),
}


def severity_words(finding: Finding) -> str:
    if finding.severity is Severity.ERROR and finding.row_id is None:
        return PART_NOT_TAKEN
    if finding.severity is Severity.WARNING and finding.justification:
        return JUSTIFIED
    return SEVERITY_WORDS[finding.severity]


def unit_words(unit_id: str | None) -> str:
    """The unit as it is written on paper, such as `Huyện Trà Cú`."""
    unit = reference.reporting_unit(unit_id) if unit_id else None
    return str(unit["name_vi"]) if unit else "(chưa xác định được đơn vị)"


def period_words(period_id: str | None) -> str:
    period = reference.period(period_id) if period_id else None
    return str(period["label_vi"]) if period else "(chưa xác định được kỳ báo cáo)"


def counts_words(findings: Sequence[Finding]) -> str:
    """How many findings of each severity, heaviest first, such as `2 chỗ cần kiểm tra`; empty where there are none."""
    counts = severity_counts(findings)
    return ", ".join(f"{counts[severity]} {COUNT_WORDS[severity]}" for severity in Severity if counts[severity])


def rows_words(verdict: Verdict) -> str:
    counts = verdict.row_counts
    return f"Đã gửi {counts.sent} dòng số liệu, nhận {counts.loaded} dòng, chưa nhận {counts.sent - counts.loaded} dòng"


def receipt_code(sha256: str) -> str:
    """The short code by which office and unit speak of a file."""
    return f"{sha256[:4]}-{sha256[4:8]}".upper()


def moment_words(moment: datetime) -> str:
    return f"{moment.astimezone(OFFICE_TIME_ZONE):%H giờ %M, ngày %d/%m/%Y}"


def day_words(day: date) -> str:
    return f"{day:%d/%m/%Y}"
