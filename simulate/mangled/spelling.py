"""Ways in which Vietnamese letters come out otherwise: accents lost, moved, swapped, decomposed.

Belongs here: functions from text to text. Does not belong here: what they are applied to (place_spellings.py,
scripts.py), encodings of old fonts (legacy_encodings.py).
"""

from __future__ import annotations

import re
import unicodedata

GRAVE, HOOK, TILDE, ACUTE, DOT = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
TONES = (GRAVE, HOOK, TILDE, ACUTE, DOT)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def nfd(text: str) -> str:
    """Every letter taken apart; Đ has no parts and stays."""
    return unicodedata.normalize("NFD", text)


def without_accents(text: str) -> str:
    """ "Đại An" as "Dai An"."""
    bare = "".join(mark for mark in nfd(text) if not unicodedata.combining(mark))
    return bare.replace("đ", "d").replace("Đ", "D")


def bare_key(text: str) -> str:
    """A name without accents, case and odd blanks: equal keys cannot be told apart once accents are lost."""
    return re.sub(r"\s+", " ", without_accents(text)).strip().casefold()


def half_decomposed(text: str) -> str:
    """The letter whole with its shape, the tone as a sign of its own: how code page 1258 and some phones write."""
    out = []
    for letter in nfc(text):
        parts = nfd(letter)
        tone = next((mark for mark in parts if mark in TONES), "")
        out.append(nfc(parts.replace(tone, "")) + tone if tone and len(parts) > 1 else letter)
    return "".join(out)


_TONED_PAIR = re.compile(r"([oO](?=.[aAeE])|[uU](?=.[yY]))([\u0300\u0309\u0303\u0301\u0323])([aAeEyY])(?![a-zA-Z])")


def old_tone_place(text: str) -> str:
    """hòa as hoà, thúy as thuý: the tone on the last vowel of oa, oe, uy. Unchanged where there is none."""
    return nfc(_TONED_PAIR.sub(lambda pair: pair[1] + pair[3] + pair[2], nfd(text)))


def swapped_hook_and_tilde(text: str) -> str:
    """ngãi as ngải, phủ as phũ: the two tones that the south speaks alike."""
    return nfc(nfd(text).translate({ord(HOOK): TILDE, ord(TILDE): HOOK}))


def swapped_i_and_y(text: str) -> str:
    """mỹ as mĩ, kỳ as kì: after one of the consonants where both are written."""
    return nfc(re.sub(r"(?<=[MmKkLlTtSsHh])y(?=[\u0300\u0309\u0303\u0301\u0323])(?!\w)", "i", nfd(text)))


def with_eth(text: str) -> str:
    """Đ as the Icelandic Ð (U+00D0), which looks the same."""
    return text.replace("Đ", "\u00d0").replace("đ", "\u00f0")


def with_african_d(text: str) -> str:
    """Đ as the African Ɖ (U+0189), which looks the same too."""
    return text.replace("Đ", "\u0189").replace("đ", "\u0256")


def damaged_by_pdf(text: str) -> str:
    """What a bad font table of a PDF leaves: ụ as ÿ, Đ as Ā, ạ as ¿."""
    return nfc(text).translate({ord("Đ"): "Ā", ord("ụ"): "ÿ", ord("ạ"): "¿"})
