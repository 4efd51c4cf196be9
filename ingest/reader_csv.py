"""Text files with separators (.csv, .txt of Excel): encoding and separator by content, one sheet of text cells.

Belongs here: turning bytes into rows of text. Nothing is made a number here: "1.234" and "001" stay as typed. Does not
belong here: what a text means (values.py).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from io import StringIO

from ingest.reader_kind import refuse_markup
from ingest.reader_limits import Limits, UnreadableWorkbook, too_large
from ingest.reader_sheet import MAX_COLUMN, MAX_ROW, RawSheet, RawWorkbook

SEPARATORS = ("\t", ";", ",", "|")
SAMPLE_ROWS = 300
LONGEST_FIELD = 32_767  # what a cell of Excel holds
SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
NOT_TEXT = re.compile("[\x00\x03\x07\x08\x0e-\x10\x18-\x1f]")  # TCVN3 uses some of the others for capitals
MARKS_OF_1258 = "\u0300\u0301\u0303\u0309\u0323"
SHEET_NAME = "CSV"


def read_csv(data: bytes, limits: Limits) -> RawWorkbook:
    """One visible sheet with a text in each cell that is not blank. Raises UnreadableWorkbook for what is no table."""
    text = decode(data)
    refuse_markup(text)
    head = SEPARATOR_LINE.match(text)
    separator = head.group(1) if head else find_separator(text)
    if separator is None:
        raise UnreadableWorkbook("workbook_unreadable", "TXT")
    csv.field_size_limit(LONGEST_FIELD)
    sheet = RawSheet(SHEET_NAME)
    try:
        for row, fields in enumerate(
            csv.reader(StringIO(text[head.end() :] if head else text, newline=""), delimiter=separator)
        ):
            if row >= MAX_ROW or len(fields) > MAX_COLUMN:
                raise too_large(f"{row + 1} × {len(fields)} ô")
            for column, field in enumerate(fields):
                if field.strip():
                    sheet.cells[row, column] = field
            if len(sheet.cells) > limits.cells:
                raise too_large(f"> {limits.cells} ô")
    except csv.Error as error:
        raise UnreadableWorkbook("workbook_unreadable", "CSV") from error
    return RawWorkbook("csv", [sheet])


def decode(data: bytes) -> str:
    """The text of a file: by its byte order mark, else UTF-8 if it is such, else Windows-1258 or -1252.

    Raises UnreadableWorkbook where it is no text. Text of TCVN3 and VNI fonts comes out as Windows-1252.
    """
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            try:
                return _checked(data.decode(encoding))
            except UnicodeDecodeError:
                raise UnreadableWorkbook("workbook_damaged", encoding.upper().removesuffix("-SIG")) from None
    if b"\0" in data[:4096]:
        raise UnreadableWorkbook("workbook_unreadable", "?")
    try:
        return _checked(data.decode("utf-8"))
    except UnicodeDecodeError:
        pass
    vietnamese = data.decode("cp1258", "replace")
    if "\ufffd" not in vietnamese and _composes(vietnamese):
        return _checked(unicodedata.normalize("NFC", vietnamese))
    # Python's own table has holes where the fonts of old have letters.
    return _checked("".join(_western(byte) for byte in data))


def find_separator(text: str) -> str | None:
    """The character that splits most lines into equally many fields; None where none splits anything."""
    sample = "".join(text[:200_000].splitlines(keepends=True)[:SAMPLE_ROWS])
    best, best_score = None, 0
    for separator in SEPARATORS:
        try:
            widths = Counter(len(fields) for fields in csv.reader(StringIO(sample, newline=""), delimiter=separator))
        except csv.Error:
            continue
        # Lines of a title have fields of their own count: the table is what most lines agree on.
        score = max((count * (width - 1) for width, count in widths.items() if width > 1), default=0)
        if score > best_score:
            best, best_score = separator, score
    return best


def _checked(text: str) -> str:
    if NOT_TEXT.search(text[:100_000]):
        raise UnreadableWorkbook("workbook_unreadable", "?")
    return text.lstrip("\ufeff")


def _composes(text: str) -> bool:
    """Whether marks stand only where they make a Vietnamese letter: the way Windows-1258 writes tones."""
    found = 0
    for index, sign in enumerate(text):
        if sign in MARKS_OF_1258:
            if index == 0 or len(unicodedata.normalize("NFC", text[index - 1] + sign)) != 1:
                return False
            found += 1
    return found > 0


def _western(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)
