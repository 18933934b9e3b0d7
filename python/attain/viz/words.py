"""What pictures say of themselves, in both languages; what is said of an assessment comes from its cells."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, localcontext

from ..words import Group, Language

#: A word in Vietnamese and in English.
WORDS: Mapping[str, tuple[str, str]] = {
    "actual": ("Thực hiện", "Actual"),
    "as_of": ("Tính đến {}", "As of {}"),
    "assessments": ("{} đánh giá", "{} assessments"),
    "axis": (
        "Tỷ lệ: phần trăm. Đại lượng khác (thanh kẻ viền): phần trăm của ngưỡng",
        "Percentages as they are; other quantities (outlined) in percent of their threshold",
    ),
    "baseline": ("số gốc", "baseline"),
    "code": ("Mã", "Key"),
    "deadline": ("Thời hạn {}", "Due {}"),
    "figure": ("số liệu đã báo cáo", "reported figure"),
    "forecast": ("Dự báo {}: {} (khoảng {}: {} đến {})", "Outlook {}: {} ({} interval: {} to {})"),
    "gap": ("Chênh lệch", "Gap"),
    "indicator": ("Chỉ tiêu", "Indicator"),
    "interval": ("khoảng dự báo", "interval of the outlook"),
    "judged": ("số liệu được đánh giá", "figure that is judged"),
    "no_assessments": ("Không có đánh giá nào", "Nothing was assessed"),
    "no_figures": ("Không có số liệu nào để vẽ", "There is no figure to draw"),
    "no_forecast": ("Không có dự báo: {}", "No outlook: {}"),
    "no_path": ("Không có lộ trình: {}", "No path: {}"),
    "outlook": ("dự báo", "outlook"),
    "path": ("lộ trình", "planned path"),
    "period": ("Kỳ", "Period"),
    "rank": ("Hạng", "Rank"),
    "requirement": ("Yêu cầu", "Requirement"),
    "section": ("Mục {}", "Section {}"),
    "section_none": ("Không dẫn điều khoản", "No section cited"),
    "status": ("Kết luận", "Status"),
    "threshold": ("ngưỡng", "threshold"),
    "unit": ("Đơn vị", "Unit"),
    "units": ("{} đơn vị, {} đơn vị có số liệu", "{} units, {} of them with a figure"),
}

_GROUPS: Mapping[Group, tuple[str, str]] = {
    Group.GOOD: ("tốt", "good"),
    Group.WARNING: ("cần chú ý", "warning"),
    Group.BAD: ("không tốt", "bad"),
    Group.NONE: ("chưa kết luận được", "no verdict"),
}

#: How numbers on axes are written: decimal comma and thousands dot in Vietnamese.
NUMBERS: Mapping[Language, Mapping[str, object]] = {
    "vi": {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0₫"]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""]},
}


def say(word: str, language: Language, *blanks: object) -> str:
    """A word or sentence in a language."""
    return WORDS[word][language == "en"].format(*blanks)


def group_in_words(group: Group, language: Language) -> str:
    """What a group is called."""
    return _GROUPS[group][language == "en"]


def number(value: Decimal, language: Language) -> str:
    """A number as people read it, rounded half up to 2 places for the eye.

    >>> number(Decimal("1234.565"), "vi"), number(Decimal("-0.001"), "en")
    ('1.234,57', '0')
    """
    with localcontext() as context:
        context.prec = 100
        text = f"{value.quantize(Decimal('0.01'), ROUND_HALF_UP):,f}"
    text = text.rstrip("0").rstrip(".")
    text = "0" if text == "-0" else text
    return text.translate(str.maketrans(",.", ".,")) if language == "vi" else text
