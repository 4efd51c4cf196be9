"""Sheets of a workbook that are the office's own and hold no figure: lists behind drop-downs, the list of contents.

Belongs here: their names, so that whoever reads a workbook passes over them. The list of findings is in fix_list.py.
"""

from __future__ import annotations

import unicodedata

OWN_SHEET_PREFIX = "_"  # hidden sheets of the template
CONTENTS_SHEET = "Mục lục"


def is_contents(sheet_name: str) -> bool:
    """Whether a sheet is the template's list of contents."""
    return unicodedata.normalize("NFC", sheet_name).strip().casefold() == CONTENTS_SHEET.casefold()
