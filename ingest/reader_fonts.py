"""Text cells in legacy fonts: which fonts a workbook was really typed for, and each cell in Unicode.

Belongs here: weighing all cells of a workbook together. Does not belong here: decoding one text (legacy_fonts.py) and
finding the font of a cell (reader_styles.py, reader_marks.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from ingest.legacy_fonts import code_of_font, decode_text
from ingest.reader_sheet import RawSheet, Runs

PROOFS = 20  # texts that are Vietnamese only once decoded


def proven_codes(sheets: Iterable[RawSheet]) -> frozenset[str]:
    """The codes of the fonts that the author of a workbook typed for.

    Many texts in the fonts of a code are Vietnamese only once decoded, and none of them only as it stands.
    """
    proofs: Counter[str] = Counter()
    doubted: set[str] = set()
    for text, font in {piece for sheet in sheets for piece in _pieces(sheet)}:
        code = code_of_font(font)
        if code is None or not any(sign.isalpha() and not sign.isascii() for sign in text):
            continue
        if decode_text(text, font) is not None:
            proofs[code] += 1
        elif decode_text(text, font, is_proven=True) is None:
            doubted.add(code)
    return frozenset(code for code, count in proofs.items() if count >= PROOFS) - doubted


def decoded(text: str, font: str | Runs | None, proven: frozenset[str]) -> str | None:
    """The text in Unicode if it, or a piece of it, was typed for a legacy font; else None."""
    if not isinstance(font, tuple):
        return decode_text(text, font, is_proven=code_of_font(font) in proven)
    pieces = [(piece, decode_text(piece, name, is_proven=code_of_font(name) in proven)) for piece, name in font]
    if all(found is None for _, found in pieces):
        return decode_text(text, None)
    return "".join(piece if found is None else found for piece, found in pieces)


def _pieces(sheet: RawSheet) -> Iterator[tuple[str, str]]:
    for place, font in sheet.fonts.items():
        value = sheet.cells.get(place)
        for text, name in font if isinstance(font, tuple) else ((value, font),):
            if name is not None and isinstance(text, str):
                yield text, name
