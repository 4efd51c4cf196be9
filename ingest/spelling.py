"""Near spellings of Vietnamese names: what was left out, what was mixed up, and by how many strokes two texts differ.

Belongs here: comparing two folded texts. Does not belong here: which entries of a list are compared, and what follows
from a likeness (code_list.py).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from ingest.syllables import TONES, is_spoken

HOOK, TILDE = "\u0309", "\u0303"  # hỏi and ngã, which the South speaks alike
SHORT_OR_LONG_I = re.compile(f"^(h|k|l|m|s|t)y([{TONES}]?)$")  # Mỹ and Mĩ are one name
DIGITS = re.compile(r"\d+")
SHORTEST_WITHOUT_ACCENTS = 3
SHORTEST_WITH_SLIP = 6


@dataclass(frozen=True)
class Spelling:
    """A folded text by words, each with its letters and its tone, and as one run of single strokes."""

    words: tuple[tuple[str, str], ...]
    strokes: str
    bare: str
    digits: tuple[str, ...]

    @property
    def is_bare(self) -> bool:
        return self.strokes == self.bare

    @property
    def joined(self) -> tuple[str, str]:
        return "".join(letters for letters, _ in self.words), "".join(tone for _, tone in self.words)

    @property
    def letter_count(self) -> int:
        return sum(letter.isalpha() for letter in self.bare)


@lru_cache(maxsize=65536)
def spelling_of(folded: str) -> Spelling:
    """A text that `wording.fold` made."""
    folded = " ".join(SHORT_OR_LONG_I.sub(r"\1i\2", word) for word in folded.split())
    words = tuple(_letters_and_tone(word) for word in folded.split())
    strokes = unicodedata.normalize("NFD", folded)
    bare = "".join(sign for sign in strokes if not unicodedata.combining(sign)).replace("đ", "d")
    return Spelling(words, strokes, bare, tuple(DIGITS.findall(folded)))


def lacks_accents_of(typed: Spelling, name: Spelling) -> bool:
    """Whether a name was typed with accents left out, hỏi and ngã mixed up, or its blanks misplaced; nothing else."""
    if typed.digits != name.digits or name.letter_count < SHORTEST_WITHOUT_ACCENTS:
        return False
    if typed.joined == name.joined:
        return True
    if typed.bare != name.bare or len(typed.words) != len(name.words):
        return False
    return all(
        _lacks(letters, of_name) and (tone in ("", tone_of_name) or {tone, tone_of_name} == {HOOK, TILDE})
        for (letters, tone), (of_name, tone_of_name) in zip(typed.words, name.words, strict=True)
    )


def slips_from(typed: Spelling, name: Spelling) -> bool:
    """Whether one stroke turns a name into a text that no Vietnamese name can be: a slip of the finger, surely."""
    return (
        typed.digits == name.digits
        and name.letter_count >= SHORTEST_WITH_SLIP
        and distance(typed.strokes, name.strokes, 1) == 1
        and any(not _is_word(*word) for word in typed.words)
        and all(_is_word(*word) for word in name.words)
    )


@lru_cache(maxsize=65536)
def distance(one: str, other: str, limit: int) -> int:
    """Strokes to add, drop, change or swap between two texts; limit + 1 where it is more than the limit."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, sign in enumerate(one, 1):
        earlier, before, row = before, row, [at]
        for other_at, other_sign in enumerate(other, 1):
            cost = min(before[other_at] + 1, row[-1] + 1, before[other_at - 1] + (sign != other_sign))
            if at > 1 and other_at > 1 and sign == other[other_at - 2] and one[at - 2] == other_sign:
                cost = min(cost, earlier[other_at - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return limit + 1
    return min(row[-1], limit + 1)


def _letters_and_tone(word: str) -> tuple[str, str]:
    letters = word.rstrip(TONES)
    return letters, word[len(letters) :]


def _lacks(letters: str, of_name: str) -> bool:
    """Whether every letter is that of the name, or the same without its hat, horn or stroke."""
    if len(letters) != len(of_name):
        return False
    return all(one == other or one == _without_hat(other) for one, other in zip(letters, of_name, strict=True))


def _without_hat(letter: str) -> str:
    return "d" if letter == "đ" else unicodedata.normalize("NFD", letter)[0]


def _is_word(letters: str, tone: str) -> bool:
    """Whether a word is a syllable, or no word at all (a number, a mark)."""
    return not any(letter.isalpha() for letter in letters) or is_spoken(letters, tone)
