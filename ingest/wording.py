"""When two Vietnamese texts say the same: Unicode form, case, blanks, Đ and the place of the tone mark do not count.

Belongs here: folding of text for comparison. Does not belong here: what is compared (codes.py, locate.py). What a
person typed is never stored folded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"
D_LOOKALIKES = str.maketrans({"\u00d0": "đ", "\u00f0": "đ", "\u0189": "đ", "\u0256": "đ", "Đ": "đ"})
INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
WORD = re.compile(r"\w+")
TRAILING_NOTE = re.compile(r"\s*\([^()]*\)\s*$")


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """The text as it is compared: "Xã  HOÀ Ân" and "xã Hòa Ân" fold to the same."""
    text = INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).translate(D_LOOKALIKES).casefold()
    text = " ".join(text.split())
    return WORD.sub(_tone_last, unicodedata.normalize("NFC", text))


@lru_cache(maxsize=65536)
def fold_header(text: str) -> str:
    """A header or label as it is compared: without closing colons, stars and full stops."""
    return fold(text).rstrip(" :*.")


@lru_cache(maxsize=65536)
def fold_bare_header(text: str) -> str:
    """The same without a note in brackets at its end, such as a unit of measure."""
    return fold_header(TRAILING_NOTE.sub("", fold_header(text)))


def _tone_last(match: re.Match[str]) -> str:
    """One syllable with its tone mark moved to the end, where hòa and hoà agree."""
    word = match.group()
    if word.isascii():
        return word
    letters = unicodedata.normalize("NFD", word)
    tones = "".join(mark for mark in letters if mark in TONES)
    bare = "".join(mark for mark in letters if mark not in TONES)
    return unicodedata.normalize("NFC", bare) + tones
