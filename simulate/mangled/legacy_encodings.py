"""Writing Vietnamese as the fonts of the 1990s hold it: TCVN3 (.VnTime) and VNI (VNI-Times).

Belongs here: the two tables, from the standard TCVN 5712:1993 (VN3) and from the key chart of VNI, written from the
side of the sender. Does not belong here: decoding, which the product must find out by itself.

What comes out is what a reader of the file sees: each byte as the character of code page 1252.
"""

from __future__ import annotations

import unicodedata

TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng

# Byte of the letter without tone, then with huyền, hỏi, ngã, sắc, nặng.
_TCVN3_ROWS = {
    "a": (0x61, 0xB5, 0xB6, 0xB7, 0xB8, 0xB9),
    "ă": (0xA8, 0xBB, 0xBC, 0xBD, 0xBE, 0xC6),
    "â": (0xA9, 0xC7, 0xC8, 0xC9, 0xCA, 0xCB),
    "e": (0x65, 0xCC, 0xCE, 0xCF, 0xD0, 0xD1),
    "ê": (0xAA, 0xD2, 0xD3, 0xD4, 0xD5, 0xD6),
    "i": (0x69, 0xD7, 0xD8, 0xDC, 0xDD, 0xDE),
    "o": (0x6F, 0xDF, 0xE1, 0xE2, 0xE3, 0xE4),
    "ô": (0xAB, 0xE5, 0xE6, 0xE7, 0xE8, 0xE9),
    "ơ": (0xAC, 0xEA, 0xEB, 0xEC, 0xED, 0xEE),
    "u": (0x75, 0xEF, 0xF1, 0xF2, 0xF3, 0xF4),
    "ư": (0xAD, 0xF5, 0xF6, 0xF7, 0xF8, 0xF9),
    "y": (0x79, 0xFA, 0xFB, 0xFC, 0xFD, 0xFE),
}
_TCVN3_SINGLE = {"đ": 0xAE, "Ă": 0xA1, "Â": 0xA2, "Ê": 0xA3, "Ô": 0xA4, "Ơ": 0xA5, "Ư": 0xA6, "Đ": 0xA7}

_VNI_TONES = dict(zip(TONES, "øûõùï", strict=True))  # after the plain vowels, ơ and ư
_VNI_CIRCUMFLEX = dict(zip(TONES, "àåãáä", strict=True))  # one sign for the hat and the tone
_VNI_BREVE = dict(zip(TONES, "èúüéë", strict=True))
_VNI_I = dict(zip(TONES, "ìæóíò", strict=True))


def _marked(base: str, tone: str) -> str:
    return unicodedata.normalize("NFC", base + tone)


def _tcvn3_table() -> dict[str, int]:
    table = dict(_TCVN3_SINGLE)
    for base, (plain, *toned) in _TCVN3_ROWS.items():
        table[base] = plain
        for tone, byte in zip(TONES, toned, strict=True):
            table[_marked(base, tone)] = byte
    return table


_TCVN3 = _tcvn3_table()


def tcvn3(text: str) -> str:
    """Text as a .VnTime font holds it. Capitals that bear a tone become small: the code has none."""
    out = []
    for letter in unicodedata.normalize("NFC", text):
        byte = _TCVN3.get(letter)
        if byte is None and not letter.isascii():
            byte = _TCVN3.get(letter.lower())
        out.append(letter if byte is None else chr(byte))
    return "".join(out)


def tcvn3_capitals(text: str) -> str:
    """Text as a .VnTimeH font holds it: the bytes of small letters, which the font shows as capitals."""
    return tcvn3(text.lower())


def vni(text: str) -> str:
    """Text as a VNI-Times font holds it: most vowels are a letter and a sign after it."""
    return "".join(_vni_letter(letter) for letter in unicodedata.normalize("NFC", text))


def _vni_letter(letter: str) -> str:
    if letter in "đĐ":
        return "ñ" if letter == "đ" else "Ñ"
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    if base.lower() not in "aeiouy" or not marks:
        return letter
    tone = next((mark for mark in marks if mark in TONES), "")
    shape = marks.replace(tone, "") if tone else marks
    code = _vni_vowel(base.lower(), shape, tone)
    return code.upper() if base.isupper() else code


def _vni_vowel(base: str, shape: str, tone: str) -> str:
    if base == "i":
        return _VNI_I[tone]
    if base == "y" and tone == "\u0323":
        return "î"
    if shape == "\u0302":
        return base + (_VNI_CIRCUMFLEX[tone] if tone else "â")
    if shape == "\u0306":
        return base + (_VNI_BREVE[tone] if tone else "ê")
    horned = {"o": "ô", "u": "ö"}[base] if shape == "\u031b" else base
    return horned + (_VNI_TONES[tone] if tone else "")
