"""Names shortened to initials: "Sở NN&PTNT", "Hội LHPN tỉnh", "NS TW".

Belongs here: the short forms of a name, and texts without the marks that come and go in them. Does not belong here:
which name a short form means in a list (code_list.py).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ingest.wording import fold

AND = fold("và")
SEPARATORS = re.compile(rf"\s[-–]\s|[\s.,()\"'&_]|(?<=\w)[-–/](?=\w)|(?<!\S){AND}(?!\S)")
NAME_WORD = re.compile(r"[\w\u0300-\u036f]+")
FEWEST_WORDS_ALONE = 3
MOST_WORDS = 12


def tight(folded: str) -> str:
    """A folded text without blanks, dots, commas, brackets and the word for "and"."""
    return SEPARATORS.sub("", folded)


def short_forms(folded: str) -> Iterator[str]:
    """The name with one or two runs of two or more words written as their initials, each form tight."""
    words = tuple(word for word in NAME_WORD.findall(folded) if word != AND)
    if len(words) > MOST_WORDS:
        return
    for start, end in _runs(0, len(words)):
        if end - start == len(words) < FEWEST_WORDS_ALONE:
            continue
        shortened = _joined(words[:start]) + _initials(words[start:end])
        yield shortened + _joined(words[end:])
        for later, last in _runs(end + 1, len(words)):
            yield shortened + _joined(words[end:later]) + _initials(words[later:last]) + _joined(words[last:])


def _runs(first: int, count: int) -> Iterator[tuple[int, int]]:
    return ((start, end) for start in range(first, count) for end in range(start + 2, count + 1))


def _joined(words: tuple[str, ...]) -> str:
    return tight("".join(words))


def _initials(words: tuple[str, ...]) -> str:
    return "".join(_initial(word) for word in words)


def _initial(word: str) -> str:
    return "đ" if word[0] == "đ" else unicodedata.normalize("NFD", word)[0]
