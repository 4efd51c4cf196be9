"""Text typed for the old fonts .Vn… (TCVN3, "ABC") and VNI-…, whose letters stand in the places of Western ones.

Belongs here: both tables as data, and the decision whether a text is such. Does not belong here: finding the font of
a cell (reader.py). Damage by PDF conversion ("cÿ thể", "Ā" for Đ) is no code page: such text stays as it is.

A font's name is evidence, not proof: Unicode text is typed into .VnTime cells too. Without a legacy font's name a text
is decoded only where its words are no Vietnamese as they stand and all are after decoding.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from ingest.syllables import TONES, is_syllable, onset_of

TCVN3_LETTERS = (
    "\u00a1Ă\u00a2Â\u00a3Ê\u00a4Ô\u00a5Ơ\u00a6Ư\u00a7Đ\u00a8ă\u00a9â\u00aaê\u00abô\u00acơ\u00adư\u00aeđ"
    "\u00b5à\u00b6ả\u00b7ã\u00b8á\u00b9ạ\u00bbằ\u00bcẳ\u00bdẵ\u00beắ\u00c6ặ\u00c7ầ\u00c8ẩ\u00c9ẫ\u00caấ\u00cbậ"
    "\u00ccè\u00ceẻ\u00cfẽ\u00d0é\u00d1ẹ\u00d2ề\u00d3ể\u00d4ễ\u00d5ế\u00d6ệ\u00d7ì\u00d8ỉ\u00dcĩ\u00ddí\u00deị"
    "\u00dfò\u00e1ỏ\u00e2õ\u00e3ó\u00e4ọ\u00e5ồ\u00e6ổ\u00e7ỗ\u00e8ố\u00e9ộ\u00eaờ\u00ebở\u00ecỡ\u00edớ\u00eeợ"
    "\u00efù\u00f1ủ\u00f2ũ\u00f3ú\u00f4ụ\u00f5ừ\u00f6ử\u00f7ữ\u00f8ứ\u00f9ự\u00faỳ\u00fbỷ\u00fcỹ\u00fdý\u00feỵ"
)
"""Pairs of a character as it stands in the file (byte read as Windows-1252) and the letter that the font draws."""

# Capitals with tone have places of their own in TCVN 5712 VN1 only; fonts .Vn…H draw the small ones as capitals.
VN1_CAPITALS = (
    "\u20acÀ\u0080À\u0081Ả\u201aÃ\u0192Á\u201eẠ\u2026Ặ\u2020Ậ\u2021È\u02c6Ẻ\u2030Ẽ\u0160É\u2039Ẹ\u0152Ệ\u008dÌ\u017dỈ"
    "\u008fĨ\u0090Í\u2018Ị\u2019Ò\u201cỎ\u201dÕ\u2022Ó\u2013Ọ\u2014Ộ\u02dcỜ\u2122Ở\u0161Ỡ\u203aỚ\u0153Ợ\u009dÙ\u017eỦ"
    "\u0178Ũ\u00afẰ\u00baẲ\u00bfẴ\u00c0Ắ\u00c1Ầ\u00c2Ẩ\u00c3Ẫ\u00c4Ấ\u00c5Ề\u00cdỂ\u00d9Ễ\u00daẾ\u00dbỒ\u00e0Ổ\u00f0Ỗ"
    "\u00ffỐ\u0001Ú\u0002Ụ\u0004Ừ\u0005Ử\u0006Ữ\u0011Ứ\u0012Ự\u0013Ỳ\u0014Ỷ\u0015Ỹ\u0016Ý\u0017Ỵ"
)
VNI_MARKS = {
    "a": "aùá aøà aûả aõã aïạ aââ aáấ aàầ aåẩ aãẫ aäậ aêă aéắ aèằ aúẳ aüẵ aëặ",
    "e": "eùé eøè eûẻ eõẽ eïẹ eâê eáế eàề eåể eãễ eäệ",
    "o": "oùó oøò oûỏ oõõ oïọ oâô oáố oàồ oåổ oãỗ oäộ",
    "ô": "ôùớ ôøờ ôûở ôõỡ ôïợ",
    "u": "uùú uøù uûủ uõũ uïụ",
    "ö": "öùứ öøừ öûử öõữ öïự",
    "y": "yùý yøỳ yûỷ yõỹ",
}
VNI_SINGLES = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "í": "í", "ì": "ì"}
# Pairs of letters that other languages write too (naïf, où, goût): alone they prove nothing.
FOREIGN_PAIRS = frozenset(["aï", "oï", "uï", "où", "aü", "aë", "eû", "oû"])

TCVN3_FONT = re.compile(r"\.[Vv][Nn].*|Vn[A-Z].*")
VNI_FONT = re.compile(r"VNI[- ].*", re.IGNORECASE)
STYLES = re.compile(r"( (bold|italic|regular))+$", re.IGNORECASE)
SYMBOLS = frozenset("¢£¤¥¦§¨©ª«¬\u00ad®¯µ¶·¸¹º»¼½¾×÷")
_LATIN = "A-Za-z0-9\u00a1-\u00af\u00b5-\u00ff"
_ONLY_IN_VN1 = "\u0001\u0002\u0004-\u0006\u0011-\u0017\u0080-\u009fƒŠšŒœŽžŸ"
TCVN3_TOKEN = re.compile(f"[{_LATIN}{_ONLY_IN_VN1}]+")
VN1_TOKEN = re.compile(f"[{_LATIN}{_ONLY_IN_VN1}€‚„…†‡ˆ‰‹‘’“”•–—˜™›]+")
LATIN_WORD = re.compile(r"[^\W\d_]+")
DAMAGED = frozenset("ßë")  # what conversion from PDF makes of ộ and ở: alone they prove nothing
PUNCTUATION = frozenset("€‚„…†‡ˆ‰‹‘’“”•–—˜™›")
VOWELS = frozenset("aeiouy")
ABBREVIATION_LIMIT = 6


def _table(pairs: str) -> dict[str, str]:
    return dict(zip(pairs[::2], pairs[1::2], strict=True))


TCVN3 = _table(TCVN3_LETTERS)
VN1 = TCVN3 | _table(VN1_CAPITALS)
VNI_PAIRS = {entry[:2]: entry[2] for entries in VNI_MARKS.values() for entry in entries.split()}
VNI = re.compile("|".join([*VNI_PAIRS, *VNI_SINGLES]), re.IGNORECASE)


@dataclass(frozen=True)
class _Encoding:
    """How an old font writes: where a word stands, its Unicode (None: no such word), and whether it proves the font."""

    token: re.Pattern[str]
    decode: Callable[[str], str | None]
    proves: Callable[[str], bool]


@dataclass(frozen=True)
class _Reading:
    """A text as one encoding reads it, with its words that the encoding changes, as (typed, decoded)."""

    text: str
    words: tuple[tuple[str, str | None], ...]
    encoding: _Encoding

    @property
    def is_possible(self) -> bool:
        """Whether all its words are decoded to Vietnamese, and not all of them are as typed."""
        return bool(self.words) and not self.invalid_after and self.valid_before < len(self.words)

    @property
    def valid_before(self) -> int:
        return sum(is_syllable(typed) for typed, _ in self.words)

    @property
    def valid_after(self) -> int:
        return sum(decoded is not None and is_syllable(decoded) for _, decoded in self.words)

    @property
    def invalid_after(self) -> int:
        return sum(
            decoded is None or not (is_syllable(decoded) or _is_abbreviation(decoded)) for _, decoded in self.words
        )


def decode_text(text: str, font: str | None, *, is_proven: bool = False) -> str | None:
    """The text in Unicode if it was typed for a legacy font, else None (also where that is not clear).

    Must be given the text before any cleaning: TCVN3 writes ư as a soft hyphen. In a capital font (.VnTimeH) the
    result is upper case. Of a font that is no legacy font only the text counts, since fonts get lost in pasting.
    `is_proven`: other cells of the workbook prove that its author typed for the font; then the font also decides where
    a text is Vietnamese both as it stands and decoded ("Có" and "Cú").
    """
    if text.isascii() and text.isprintable():
        return None
    return _decode(text, font, is_proven)


def code_of_font(font: str | None) -> str | None:
    """The code that a legacy font draws: tcvn3 or vni; None for any other font."""
    name = (font or "").strip()
    if VNI_FONT.fullmatch(name):
        return "vni"
    return "tcvn3" if TCVN3_FONT.fullmatch(name) else None


def is_capital_font(font: str) -> bool:
    """Whether a font of the .Vn… family draws small letters as capitals: its name ends in a capital H."""
    return TCVN3_FONT.fullmatch(font) is not None and STYLES.sub("", font).endswith("H")


@lru_cache(maxsize=16384)
def _decode(text: str, font: str | None, is_proven: bool) -> str | None:
    name = (font or "").strip()
    if any(_is_modern(sign) for sign in text):
        return None
    if VNI_FONT.fullmatch(name):
        return _by_font((_read(text, _VNI),), is_proven)
    if TCVN3_FONT.fullmatch(name):
        decoded = _by_font((_read(text, _TCVN3), _read(text, _VN1)), is_proven)
        return decoded.upper() if decoded is not None and is_capital_font(name) else decoded
    possible = [reading for code in (_TCVN3, _VNI, _VN1) if (reading := _read(text, code)).is_possible]
    if len({reading.text for reading in possible}) == 1 and any(_is_clear(reading) for reading in possible):
        return possible[0].text
    return None


def _by_font(readings: tuple[_Reading, ...], is_proven: bool) -> str | None:
    """What a legacy font makes of a text; None where the words say that it was typed in Unicode all the same."""
    best = max(readings, key=lambda reading: reading.valid_after - reading.invalid_after)
    before, after = best.valid_before, best.valid_after
    if not best.words or best.invalid_after > after or after < before:
        return None
    return None if before and before == after and not is_proven else best.text


def _is_clear(reading: _Reading) -> bool:
    """Whether the words of a possible reading prove the encoding without the help of a font."""
    rooted = [(typed, decoded) for typed, decoded in reading.words if decoded and onset_of(decoded)]
    if any(reading.encoding.proves(typed) for typed, _ in rooted):
        return True
    if any(len(typed) > 1 and (_is_mixed(typed) or _is_marked_abbreviation(typed)) for typed, _ in reading.words):
        return True
    if reading.valid_before:
        return False
    weighed = [(typed, decoded) for typed, decoded in rooted if not DAMAGED.issuperset(_beyond_ascii(typed))]
    beside = [word for word in LATIN_WORD.findall(reading.text) if word.isascii()]
    if len(weighed) > 1 or (weighed and beside and all(is_syllable(word) and len(word) > 1 for word in beside)):
        return True
    return any(len(onset_of(decoded) or "") > 1 and not _is_foreign(typed) for typed, decoded in weighed)


def _read(text: str, encoding: _Encoding) -> _Reading:
    words: list[tuple[str, str | None]] = []

    def replace(match: re.Match[str]) -> str:
        typed = match.group()
        if typed.isascii() and typed.isalnum():
            return typed
        decoded = encoding.decode(typed)
        if decoded != typed:
            words.append((typed, decoded))
        return typed if decoded is None else decoded

    return _Reading(encoding.token.sub(replace, text), tuple(words), encoding)


def _is_modern(sign: str) -> bool:
    """Whether a character cannot stand in text of an old font: a letter or accent beyond Western European ones."""
    return ord(sign) > 0xFF and sign not in VN1 and (sign.isalpha() or 0x300 <= ord(sign) <= 0x36F)


def _decode_by_table(table: dict[str, str], word: str) -> str | None:
    letters = [sign if sign.isascii() and sign.isalnum() else table.get(sign) for sign in word]
    return None if None in letters else "".join(letter for letter in letters if letter)


def _decode_vn1(word: str) -> str | None:
    if len(word) == 1 and word in PUNCTUATION:
        return word
    if len(word) == 1 and 0xA0 < ord(word) < 0x100 and word not in TCVN3:
        return None  # "ÿ ban" is damage, not "Ố ban"
    return _decode_by_table(VN1, word)


def _decode_vni(word: str) -> str | None:
    if not any(sign.isalpha() for sign in word):
        return word
    rest = VNI.sub("", word)
    return VNI.sub(_vni_letter, word) if rest.isascii() else None


def _vni_letter(match: re.Match[str]) -> str:
    typed = match.group()
    letter = VNI_PAIRS.get(typed.lower()) or VNI_SINGLES[typed.lower()]
    return letter.upper() if typed[0].isupper() else letter


def _is_mixed(word: str) -> bool:
    """Whether capitals stand inside a word: "nghÌo"."""
    return not (word.islower() or word.isupper() or word.istitle())


def _is_marked_abbreviation(word: str) -> bool:
    return word[0].isupper() and not SYMBOLS.isdisjoint(word)


def _proves_tcvn3(word: str) -> bool:
    return not SYMBOLS.isdisjoint(word) or _is_mixed(word)


def _proves_vni(word: str) -> bool:
    marks = [typed.lower() for typed in VNI.findall(word)]
    return len(marks) > 1 or any(mark in VNI_PAIRS and mark not in FOREIGN_PAIRS for mark in marks)


def _beyond_ascii(word: str) -> frozenset[str]:
    return frozenset(sign for sign in word if not sign.isascii())


def _is_foreign(word: str) -> bool:
    return any(pair in word.lower() for pair in FOREIGN_PAIRS)


def _is_abbreviation(word: str) -> bool:
    """Whether letters stand for words (QĐ, HĐND, trđ): neither for nor against a reading."""
    has_tone = any(mark in TONES for mark in unicodedata.normalize("NFD", word))
    if not word.isalpha() or len(word) > ABBREVIATION_LIMIT or has_tone:
        return False
    return word.isupper() or (word.islower() and VOWELS.isdisjoint(word) and word.translate(VNI_D).isascii())


VNI_D = str.maketrans("đ", "d")
_TCVN3 = _Encoding(TCVN3_TOKEN, partial(_decode_by_table, TCVN3), _proves_tcvn3)
_VN1 = _Encoding(VN1_TOKEN, _decode_vn1, _proves_tcvn3)
_VNI = _Encoding(TCVN3_TOKEN, _decode_vni, _proves_vni)
