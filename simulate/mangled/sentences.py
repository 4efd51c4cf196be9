"""Sentences as officials write them in columns of results, about real communes.

Belongs here: free text. Does not belong here: what is done to it (scripts.py, legacy_fonts.py).
"""

from __future__ import annotations

from simulate.mangled.case import Draw
from simulate.mangled.places import places

PATTERNS = (
    "Kiểm tra tiến độ thi công đường liên ấp tại {}",
    "Đã khảo sát hệ thống thủy lợi nội đồng {}, đề nghị bố trí vốn",
    "Tuyên truyền, vận động người dân {} hiến đất mở rộng đường giao thông",
    "Họp với Ban Chỉ đạo {} về tiêu chí chưa đạt: thu nhập, hộ nghèo đa chiều",
    "Hướng dẫn {} hoàn thiện hồ sơ minh chứng đạt chuẩn nông thôn mới nâng cao",
    "Tập huấn chuyển đổi số cho cán bộ {} và tổ công nghệ số cộng đồng",
    "Hỗ trợ cây giống, kỹ thuật nuôi trồng thủy sản cho hộ cận nghèo ở {}",
    "Bàn giao nhà tình thương cho gia đình chính sách tại {}",
    "Đôn đốc thu gom rác thải sinh hoạt, xử lý nước thải trên địa bàn {}",
    "Trao đổi về quy hoạch chung, sử dụng đất và cơ sở vật chất văn hóa của {}",
)


def sentences(draw: Draw, count: int) -> list[str]:
    """So many different sentences, each about a commune."""
    made = {f"{pattern}|{place.code}": pattern.format(place.name) for pattern in PATTERNS for place in places()}
    return [made[key] for key in draw.sample(sorted(made), count)]
