"""Text that a conversion from PDF has damaged: "cÿ thể" for "cụ thể", "Āơn vị" for "Đơn vị".

Belongs here: the letters that such a conversion leaves and Vietnamese does not have. They are no code page, so the text
stays as it is and its sender is asked. Does not belong here: legacy fonts, which can be decoded (legacy_fonts.py).
Source: the text of 04/CT-UBND of 19/01/2023 as published.
"""

from __future__ import annotations

import re

LEFT_BY_CONVERSION = "ÿŸĀāßþÞ\ufffd"
PRIVATE_USE = "\ue000-\uf8ff"
_DAMAGED_WORD = re.compile(rf"\S*[{LEFT_BY_CONVERSION}{PRIVATE_USE}]\S*")


def damaged_words(text: str) -> tuple[str, ...]:
    """The words of a text that no one can have typed in Vietnamese, each once, in order."""
    return tuple(dict.fromkeys(_DAMAGED_WORD.findall(text)))
