"""Names of agencies, programmes, sources, contents and kinds as offices shorten them.

Belongs here: entries of code lists other than places and marks. Does not belong here: communes (place_spellings.py),
Đ and CĐ (marks.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest import reference
from simulate.mangled.case import (
    ACTIVITY_KIND,
    AGENCY,
    CONTENT,
    DEFAULT_PERIOD,
    NATURE,
    PROGRAMME,
    SOURCE,
    Case,
    Draw,
    Group,
    asks,
    kind,
    likely,
    means,
)
from simulate.mangled.places import PROVINCE, districts
from simulate.mangled.spelling import with_eth, without_accents

AGENCY_SHORT = {
    "SO_NNPTNT": ("Sở NN&PTNT", "Sở NN và PTNT", "Sở Nông nghiệp & PTNT", "Sở NN-PTNT", "Sở NNPTNT"),
    "SO_TNMT": ("Sở TN&MT", "Sở TNMT", "Sở TN và MT", "Sở Tài nguyên & Môi trường"),
    "SO_GTVT": ("Sở GTVT", "Sở Giao thông Vận tải"),
    "SO_TTTT": ("Sở TT&TT", "Sở TTTT", "Sở Thông tin & Truyền thông"),
    "SO_LDTBXH": ("Sở LĐ-TB&XH", "Sở LĐTBXH", "Sở LĐTB&XH", "Sở Lao động, Thương binh và Xã hội"),
    "SO_KHDT": ("Sở KH&ĐT", "Sở KHĐT", "Sở Kế hoạch & Đầu tư"),
    "SO_VHTTDL": ("Sở VHTT&DL", "Sở VHTTDL", "Sở VH-TT&DL", "Sở VH,TT&DL", "Sở Văn hoá, Thể thao và Du lịch"),
    "SO_GDDT": ("Sở GD&ĐT", "Sở GDĐT", "Sở GD-ĐT", "Sở Giáo dục & Đào tạo"),
    "SO_KHCN": ("Sở KH&CN", "Sở KHCN", "Sở Khoa học & Công nghệ"),
    "VPDP": ("VPĐP NTM tỉnh", "Văn phòng Điều phối NTM tỉnh", "VP Điều phối NTM tỉnh"),
    "BHXH": ("BHXH tỉnh",),
    "HLHPN": ("Hội LHPN tỉnh", "Hội Liên hiệp phụ nữ tỉnh"),
    "HCCB": ("Hội CCB tỉnh",),
    "LDLD": ("LĐLĐ tỉnh",),
    "MTTQ": ("UBMTTQ Việt Nam tỉnh", "Ủy ban MTTQ Việt Nam tỉnh", "UB MTTQVN tỉnh", "Uỷ ban Mặt trận Tổ quốc VN tỉnh"),
    "KBNN": ("KBNN tỉnh", "Kho bạc NN tỉnh"),
    "TAND": ("TAND tỉnh", "Toà án nhân dân tỉnh"),
    "VKSND": ("VKSND tỉnh",),
    "DAI_PTTH": ("Đài PT-TH tỉnh", "Đài PTTH tỉnh", "Đài PT&TH tỉnh"),
    "NHCSXH": ("NHCSXH chi nhánh tỉnh", "Ngân hàng CSXH chi nhánh tỉnh"),
    "BCH_QS": ("BCH Quân sự tỉnh", "Bộ CHQS tỉnh", "Bộ chỉ huy Quân sự tỉnh"),
    "BCH_BDBP": ("BCH BĐBP tỉnh", "Bộ Chỉ huy BĐBP tỉnh"),
    "VP_UBND": ("VP UBND tỉnh", "Văn phòng Ủy ban nhân dân tỉnh"),
    "TRUONG_DH": ("ĐH Trà Vinh", "Đại học Trà Vinh"),
    "BTC_TU": ("Ban Tổ chức TU", "BTC Tỉnh ủy"),
    "BDV_TU": ("Ban Dân vận TU",),
}
PROGRAMME_SHORT = {
    "NTM": (
        "CTMTQG xây dựng NTM",
        "Chương trình MTQG xây dựng NTM",
        "CT MTQG xây dựng nông thôn mới",
        "Chương trình mục tiêu quốc gia xây dựng nông thôn mới",
        "Chương trình xây dựng nông thôn mới",
        "MTQG NTM",
        "XD NTM",
    ),
    "GNBV": (
        "CTMTQG GNBV",
        "Chương trình MTQG giảm nghèo bền vững",
        "Chương trình mục tiêu quốc gia giảm nghèo bền vững",
        "CT giảm nghèo bền vững",
        "MTQG giảm nghèo",
    ),
    "DTTS": (
        "CTMTQG DTTS&MN",
        "Chương trình MTQG DTTS&MN",
        "Chương trình MTQG DTTS và miền núi",
        "DTTS & MN",
        "Chương trình phát triển KT-XH vùng đồng bào DTTS và miền núi",
    ),
}
SOURCE_SHORT = {
    "NSTW": ("NS TW", "Ngân sách TW", "Vốn ngân sách trung ương", "NS trung ương", "Vốn TW"),
    "NST": ("Vốn ngân sách tỉnh", "Ngân sách cấp tỉnh", "NS cấp tỉnh"),
    "NSH": ("Vốn ngân sách huyện", "Ngân sách cấp huyện", "NS cấp huyện"),
    "NSX": ("Vốn ngân sách xã", "Ngân sách cấp xã", "NS cấp xã"),
    "DC": ("Nhân dân góp", "Vốn dân góp", "Dân đóng góp", "Người dân đóng góp"),
    "DN": ("Vốn DN",),
    "TDCS": ("Vốn TDCS",),
}
NATURE_SHORT = {
    "DTPT": ("Vốn ĐTPT", "Vốn đầu tư PT", "DTPT", "Đầu tư PT"),
    "SN": ("Vốn sự nghiệp (SN)", "KP sự nghiệp", "Kinh phí SN"),
}
CONTENT_SHORT = {f"ND{number:02}": (f"ND{number}", f"ND {number}", f"Nội dung số {number}") for number in range(1, 12)}
KIND_SHORT = {
    "visit": ("đi cơ sở xã", "Đi thực tế cơ sở"),
    "meeting": ("tham dự họp", "Dự cuộc họp"),
    "training": ("Lớp tập huấn", "tập huấn - đào tạo"),
}


def _somewhere(draw: Draw, case: Case) -> Case:
    """The same cell in the report of any of the nine districts."""
    return case.at(draw.choice(districts())["reporting_unit_id"])


@kind(
    "agency_short",
    Group.NAMES,
    "Tên sở, ngành viết tắt thông dụng (Sở NN&PTNT, Sở LĐ-TB&XH, Hội LHPN tỉnh): chỉ một cơ quan mang tên ấy",
    "The usual short names of departments: one agency bears each",
)
def agency_short(draw: Draw) -> Iterator[Case]:
    for code, texts in AGENCY_SHORT.items():
        for text in texts:
            yield _somewhere(draw, means(AGENCY, text, code))
            yield _somewhere(draw, means(AGENCY, text.upper(), code))


@kind(
    "agency_spelling",
    Group.NAMES,
    "Tên cơ quan khác dấu, hoa thường, Ð, không dấu: vẫn đúng cơ quan ấy",
    "An agency's name with other accents, Ð, or none",
)
def agency_spelling(draw: Draw) -> Iterator[Case]:
    for code, name in agencies():
        yield _somewhere(draw, means(AGENCY, without_accents(name), code))
        yield _somewhere(draw, means(AGENCY, name.replace(" ", "\u00a0"), code))
        if "Đ" in name or "đ" in name:
            yield _somewhere(draw, means(AGENCY, with_eth(name), code))
        if " và " in name:
            yield _somewhere(draw, means(AGENCY, name.replace(" và ", " & "), code))


@kind(
    "agency_with_province",
    Group.NAMES,
    "Tên cơ quan kèm tên tỉnh (Sở Y tế tỉnh Trà Vinh; Công an tỉnh Trà Vinh)",
    "An agency's name with the province",
)
def agency_with_province(draw: Draw) -> Iterator[Case]:
    for code, name in agencies():
        if name.endswith(" tỉnh"):
            yield _somewhere(draw, means(AGENCY, f"{name} Trà Vinh", code))
        elif name.startswith("Sở "):
            yield _somewhere(draw, means(AGENCY, f"{name} tỉnh Trà Vinh", code))
            yield _somewhere(draw, means(AGENCY, f"{name} tỉnh", code))


@kind(
    "agency_level_left_out",
    Group.NAMES,
    "Thiếu chữ tỉnh (Hội Nông dân; Công an): có thể là của huyện; đọc theo danh mục hay hỏi đều được",
    "The level left out (Hội Nông dân): may be the district's, so reading the list or asking are both right",
)
def agency_level_left_out(draw: Draw) -> Iterator[Case]:
    for code, name in agencies():
        if name.endswith(" tỉnh"):
            yield _somewhere(draw, likely(AGENCY, name.removesuffix(" tỉnh"), code))


@kind(
    "agency_doubtful",
    Group.NAMES,
    "Tên chung cho nhiều cơ quan hoặc của cấp huyện (Sở KH; Ngân hàng; Phòng NN&PTNT; Hội Nông dân huyện): phải hỏi",
    "A name of several agencies, or of the district's own: ask",
)
def agency_doubtful(draw: Draw) -> Iterator[Case]:
    texts: tuple[str, ...] = (
        "Sở KH",
        "Sở",
        "Ngân hàng",
        "Công ty",
        "Bộ Chỉ huy",
        "Văn phòng",
        "Hội",
        "Sở TN",
        "các sở, ngành",
    )
    texts += ("Phòng NN&PTNT", "Phòng Kinh tế huyện", "Hội Nông dân huyện", "Công an huyện", "Huyện đoàn", "Sở A")
    texts += ("Sở Y tế, Sở Nội vụ", "Sở Xây dựng và Sở Tài chính", "UBND tỉnh", "Ban Tỉnh ủy", "Kho bạc Nhà nước huyện")
    for text in texts:
        for _ in range(3):
            yield _somewhere(draw, asks(AGENCY, text))


@kind(
    "programme_short",
    Group.NAMES,
    "Tên chương trình viết tắt hoặc viết đủ (CTMTQG xây dựng NTM; Chương trình mục tiêu quốc gia giảm nghèo bền vững)",
    "A programme's name shortened or in full",
)
def programme_short(draw: Draw) -> Iterator[Case]:
    for code, texts in PROGRAMME_SHORT.items():
        for text in texts:
            for cell in (text, text.upper(), f"{text} giai đoạn 2021-2025"):
                yield _somewhere(draw, means(PROGRAMME, cell, code))


@kind(
    "programme_doubtful",
    Group.NAMES,
    "Tên chung của nhiều chương trình (CTMTQG; 3 chương trình MTQG; NTM, GNBV): phải hỏi",
    "A name of several programmes: ask",
)
def programme_doubtful(draw: Draw) -> Iterator[Case]:
    texts: tuple[str, ...] = (
        "CTMTQG",
        "MTQG",
        "Chương trình MTQG",
        "Chương trình mục tiêu quốc gia",
        "3 chương trình MTQG",
    )
    texts += ("NTM, GNBV", "NTM và DTTS", "các chương trình", "Chương trình", "NTM/GNBV", "Chương trình 135", "khác")
    for text in texts:
        for _ in range(3):
            yield _somewhere(draw, asks(PROGRAMME, text))


@kind(
    "source_short",
    Group.NAMES,
    "Tên nguồn vốn, loại vốn, nội dung, loại hoạt động viết khác (NS TW; Vốn ĐTPT; ND 2; Nội dung số 3)",
    "Sources, natures, contents and kinds of activity written otherwise",
)
def source_short(draw: Draw) -> Iterator[Case]:
    for field, table in (
        (SOURCE, SOURCE_SHORT),
        (NATURE, NATURE_SHORT),
        (CONTENT, CONTENT_SHORT),
        (ACTIVITY_KIND, KIND_SHORT),
    ):
        for code, texts in table.items():
            for text in texts:
                make = likely if table is KIND_SHORT else means
                yield _somewhere(draw, make(field, text, code))
                yield _somewhere(draw, make(field, text.upper(), code))


@kind(
    "source_doubtful",
    Group.NAMES,
    "Tên nguồn gộp nhiều cấp (Ngân sách; NSĐP; Tín dụng; NST, NSH) hoặc nội dung không có: phải hỏi",
    "A source that sums several (Ngân sách, NSĐP, Tín dụng), or a content that does not exist: ask",
)
def source_doubtful(draw: Draw) -> Iterator[Case]:
    for text in (
        "Ngân sách",
        "NS",
        "NSNN",
        "NSĐP",
        "Ngân sách địa phương",
        "Tín dụng",
        "Vốn tín dụng",
        "NST, NSH",
        "Vốn",
    ):
        for _ in range(3):
            yield _somewhere(draw, asks(SOURCE, text))
    for text in ("Nội dung 12", "Nội dung 2, 3", "ND1-ND3", "Nội dung", "ND99", "Hợp phần thứ nhất"):
        for _ in range(3):
            yield _somewhere(draw, asks(CONTENT, text))
    for text in ("Vốn", "ĐTPT, SN", "ĐTPT và SN", "Khác"):
        for _ in range(3):
            yield _somewhere(draw, asks(NATURE, text))


@kind(
    "listed_numbered",
    Group.NAMES,
    "Số thứ tự hoặc gạch đầu dòng trước mục danh mục (1. Vốn đầu tư phát triển; - Ngân sách tỉnh)",
    "A row number or a bullet before an entry of a list",
)
def listed_numbered(draw: Draw) -> Iterator[Case]:
    for field in (SOURCE, NATURE, ACTIVITY_KIND):
        code_list = field.spec.code_list
        assert code_list is not None
        for number, entry in enumerate(reference.code_list(code_list), start=1):
            for form in ("{}. {}", "- {1}", "{}) {}", "+ {1}"):
                yield _somewhere(draw, means(field, form.format(number, entry["label_vi"]), entry["code"]))


def agencies() -> list[tuple[str, str]]:
    """Agencies of the province that are in office all through the period."""
    period = reference.period(DEFAULT_PERIOD)
    assert period is not None
    return [
        (row["agency_code"], row["name_vi"])
        for row in reference.rows("agencies")
        if row["province_code"] == PROVINCE
        and row["level"] == "province"
        and reference.is_valid(row, period["data_to"])
        and "mẫu" not in row["name_vi"]
    ]
