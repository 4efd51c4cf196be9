"""Code lists as officials type them: a code, its label, an alias, or "Label (CODE)"; and near spellings of these.

Belongs here: finding the entry that a text names, in any list. Does not belong here: which lists there are
(codes.py), and which field takes which list (the form specs say it).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from ingest.abbreviations import short_forms, tight
from ingest.name_wrapping import Wrapping, code_beside, unwrapped
from ingest.spelling import Spelling, distance, lacks_accents_of, slips_from, spelling_of
from ingest.wording import fold

# Kinds of repair
NAME_REPAIRED = "name_repaired"  # accents left out, hỏi and ngã mixed up, a slip of the finger
NAME_ALIAS = "name_alias"  # another spelling on record
FORMER_NAME = "former_name"
NAME_WRAPPED = "name_wrapped"  # a row number, the committee, the district or the code beside the name
UNIT_TYPE = "unit_type"  # "Phường Đại An" where there is only the commune of that name

LABEL_AND_CODE = re.compile(r"(?P<label>.*\S)\s*\((?P<code>[^()]+)\)")
CODE_AND_LABEL = re.compile(r"(?P<code>[^\s()]+)\s+[-–]\s+(?P<label>\S.*)")
LEADING_NUMBER = re.compile(r"\d+")
TRAILING_MARKS = " .,;:*"
NEAREST_SHOWN = 3
NEAREST_FROM = 0.6  # share of letters in common from which an entry is worth showing


@dataclass(frozen=True)
class Entry:
    """One code and every text that names it, its label first. Where two entries share a text, the lower rank has it.

    `others` are texts that name it less surely, each with the kind of repair: they count after the texts of every
    entry. A text in `others` of two entries is asked.
    """

    code: str
    texts: tuple[str, ...]
    rank: int = 0
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Match:
    """What a text names in a list: one code, perhaps after a repair, or the several codes it can mean, or nothing."""

    code: str | None = None
    repair: str | None = None
    candidates: tuple[str, ...] = ()

    @property
    def is_ambiguous(self) -> bool:
        return self.code is None and len(self.candidates) > 1


NO_MATCH = Match()
NO_WRAPPING = Wrapping()


class CodeList:
    """Entries by the texts that name them; a text that names two codes names none."""

    def __init__(
        self,
        entries: Iterable[Entry],
        code_width: int = 0,
        *,
        elsewhere: frozenset[str] = frozenset(),
        divided: Mapping[str, Mapping[str, str]] | None = None,
        wrapping: Wrapping = NO_WRAPPING,
    ) -> None:
        """`elsewhere`: folded names of things outside the list, which are not near spellings of its entries.

        `divided`: folded names that each mean one of several codes, as code to label, also of codes outside the list.
        """
        self._entries = tuple(entries)
        self._code_width = code_width
        self._elsewhere = elsewhere
        self._divided = divided or {}
        self._wrapping = wrapping
        self._aliases: dict[str, str] = {}
        self._labels = {code: label for labels in self._divided.values() for code, label in labels.items()}
        self._labels |= {entry.code: entry.texts[0] if entry.texts else entry.code for entry in self._entries}
        self._codes = {fold(entry.code): entry.code for entry in self._entries}
        self._by_text = _by_text(self._entries)
        self._others: dict[str, dict[str, str]] = {}
        for entry in self._entries:
            for text, repair in entry.others:
                self._others.setdefault(fold(text), {}).setdefault(entry.code, repair)
        self._found: dict[str, str | None] = {}
        self._matches: dict[str, Match] = {}
        self._spellings: list[tuple[Spelling, str]] | None = None
        self._short_forms: dict[str, set[str]] | None = None

    def with_aliases(self, aliases: Mapping[str, str]) -> CodeList:
        """The same list where further texts name codes of it ({"x": "D", "0": "CD"}); they go before its own texts."""
        copy = CodeList(
            self._entries,
            self._code_width,
            elsewhere=self._elsewhere,
            divided=self._divided,
            wrapping=self._wrapping,
        )
        copy._aliases = self._aliases | {fold(text): code for text, code in aliases.items()}
        return copy

    def find(self, text: str) -> str | None:
        """The code that a text names in a normal way of typing, or None; nothing is repaired."""
        if text not in self._found:
            self._found[text] = self._exact(fold(text)).code
        return self._found[text]

    def match(self, text: str) -> Match:
        """What a text names: exactly, else by a name of another time or the one near spelling there is."""
        folded = fold(text)
        if (found := self._matches.get(folded)) is None:
            found = self._matches[folded] = self._match(folded)
        return found

    def beginning(self, text: str) -> tuple[str, ...]:
        """Codes of the entries whose name begins with the words of a text: "Thủy lợi" of "Thủy lợi và …"."""
        wanted = fold(text).rstrip(TRAILING_MARKS)
        named = (code for known, codes in self._by_text.items() if known.startswith(f"{wanted} ") for code in codes)
        return tuple(dict.fromkeys(named)) if wanted else ()

    def label(self, code: str) -> str:
        """How an entry is called; the code itself where it is none of the list."""
        return self._labels.get(code, code)

    def nearest(self, text: str) -> tuple[str, ...]:
        """Codes of the entries that look most like a text, to be shown to its sender."""
        wanted = spelling_of(fold(text)).bare
        likeness: dict[str, float] = {}
        for spelling, code in self._named():
            matcher = SequenceMatcher(None, spelling.bare, wanted, autojunk=False)
            if matcher.real_quick_ratio() >= NEAREST_FROM and matcher.quick_ratio() >= NEAREST_FROM:
                likeness[code] = max(likeness.get(code, 0.0), matcher.ratio())
        ordered = sorted((-share, code) for code, share in likeness.items() if share >= NEAREST_FROM)
        return tuple(code for _, code in ordered[:NEAREST_SHOWN])

    def _match(self, folded: str) -> Match:
        exact = self._exact(folded)
        if exact.code is not None or exact.is_ambiguous:
            return exact
        repaired = self._repaired(folded)
        return self._inside(folded) if repaired is NO_MATCH and folded not in self._elsewhere else repaired

    def _inside(self, folded: str) -> Match:
        """What a text names once a row number, the committee, the district or a code that agrees are taken off."""
        name = unwrapped(folded, self._wrapping)
        for code, label in code_beside(name or folded) if self._code_width else ():
            if (found := self._code_beside(code, label)) is not NO_MATCH:
                return Match(found.code, NAME_WRAPPED if found.code else None, found.candidates)
        if name is None:
            return NO_MATCH
        exact = self._exact(name)
        found = exact if exact is not NO_MATCH else self._repaired(name)
        number = LEADING_NUMBER.match(folded)
        numbered = self._codes.get(number.group()) if number else None
        if found.code is not None and numbered not in (None, found.code):
            return Match(candidates=(str(numbered), found.code))
        return Match(found.code, NAME_WRAPPED if found.code else None, found.candidates)

    def _exact(self, folded: str) -> Match:
        for text in dict.fromkeys((folded, folded.rstrip(TRAILING_MARKS))):
            if (code := self._aliases.get(text) or self._code(text)) is not None:
                return Match(code)
            if codes := self._by_text.get(text):
                return Match(codes[0]) if len(codes) == 1 else Match(candidates=codes)
        for pattern in (LABEL_AND_CODE, CODE_AND_LABEL):
            if match := pattern.fullmatch(folded):
                found = self._code_beside(match["code"], match["label"].strip())
                if found is not NO_MATCH:
                    return found
        return NO_MATCH

    def _code_beside(self, code_text: str, label: str) -> Match:
        """A code with a label beside it: the two must not name different entries."""
        code, named = self._code(code_text), self._by_text.get(label, ())
        if code is None:  # "Vốn sự nghiệp (SN)": two texts of one entry
            both = named if len(named) == 1 and named == self._by_text.get(code_text.strip()) else ()
            return Match(both[0]) if both else NO_MATCH
        if code in named:
            return Match(code)
        named = named or ((near.code,) if (near := self._repaired(label)).code else near.candidates)
        if named and code not in named:
            return Match(candidates=(code, *named))
        return NO_MATCH if label in self._elsewhere else Match(code)

    def _code(self, folded: str) -> str | None:
        """The code itself; digits that a spreadsheet robbed of leading zeros count as the code."""
        if (code := self._codes.get(folded)) is None and folded.isdecimal() and len(folded) < self._code_width:
            return self._codes.get(folded.zfill(self._code_width))
        return code

    def _repaired(self, folded: str) -> Match:
        if folded in self._elsewhere:
            return NO_MATCH
        if divided := self._divided.get(folded):
            return Match(candidates=tuple(divided))
        if others := self._others.get(folded):
            if len(others) > 1:
                return Match(candidates=tuple(others))
            return Match(*next(iter(others.items())))
        short = self._by_short_form().get(tight(folded), ())
        if short:
            codes = tuple(sorted(short))
            return Match(codes[0], NAME_ALIAS) if len(codes) == 1 else Match(candidates=codes)
        return self._near(folded)

    def _near(self, folded: str) -> Match:
        typed = spelling_of(folded)
        fitting = {code for name, code in self._named() if lacks_accents_of(typed, name)}
        if fitting:
            rivals = fitting if typed.is_bare else fitting | self._as_near(typed, fitting)
            return Match(fitting.pop(), NAME_REPAIRED) if len(rivals) == 1 else Match(candidates=tuple(sorted(rivals)))
        slipped = {code for name, code in self._named() if slips_from(typed, name)}
        if not slipped:
            return NO_MATCH
        rivals = {code for name, code in self._named() if distance(typed.strokes, name.strokes, 2) <= 2}
        return Match(slipped.pop(), NAME_REPAIRED) if len(rivals) == 1 else Match(candidates=tuple(sorted(rivals)))

    def _as_near(self, typed: Spelling, fitting: set[str]) -> set[str]:
        """Codes of other entries that no more strokes lie between than between the text and the entry it fits."""
        strokes = min(distance(typed.strokes, name.strokes, 9) for name, code in self._named() if code in fitting)
        return {
            code
            for name, code in self._named()
            if name.digits == typed.digits and distance(typed.strokes, name.strokes, strokes) <= strokes
        }

    def _by_short_form(self) -> dict[str, set[str]]:
        """Codes by the tight forms of their texts; of names that are no places, those with initials among them."""
        if self._short_forms is None:
            self._short_forms = {}
            for text, codes in self._by_text.items():
                forms = {tight(text)} if self._code_width else {tight(text), *short_forms(text)}
                for form in forms - {""}:
                    self._short_forms.setdefault(form, set()).update(codes)
        return self._short_forms

    def _named(self) -> list[tuple[Spelling, str]]:
        if self._spellings is None:
            texts = {(fold(text), entry.code) for entry in self._entries for text in entry.texts}
            texts |= {
                (text, code)
                for text, repairs in self._others.items()
                for code, repair in repairs.items()
                if repair != UNIT_TYPE  # "Xa Dinh An" is no slip for the township that is not called so
            }
            self._spellings = [(spelling_of(text), code) for text, code in sorted(texts)]
        return self._spellings


def _by_text(entries: tuple[Entry, ...]) -> dict[str, tuple[str, ...]]:
    """Codes by folded text, those of the lowest rank that has the text."""
    found: dict[str, tuple[str, ...]] = {}
    for rank in sorted({entry.rank for entry in entries}):
        named: dict[str, dict[str, None]] = {}
        for entry in entries:
            if entry.rank == rank:
                for text in entry.texts:
                    named.setdefault(fold(text), {})[entry.code] = None
        for text, codes in named.items():
            found.setdefault(text, tuple(codes))
    return found
