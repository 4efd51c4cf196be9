"""Which reports of the sample are typed messily, and how: same figures, other cells.

Belongs here: the one list of messy reports by unit and period, and reports joined in one workbook. What is done to the
sheets is in mess_retyped.py, mess_by_hand.py and mess_fonts.py. When and where files come in is told in channel.py.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from simulate.faults import Fault
from simulate.mess_by_hand import lay_out_by_hand
from simulate.mess_fonts import write_in_tcvn3, write_in_vni
from simulate.mess_page import Page, read_pages, write_pages
from simulate.mess_retyped import retype

RETYPED = ("848", "2023M06")
IN_TCVN3 = ("845", "2022Y")
IN_VNI = ("850", "2023Q1")
BY_HAND = ("844", "2023Q1")

Left = tuple[Fault, tuple[str, str]]  # what the office will remark, with sheet and cell
Mess = Callable[[Path, Path, date, random.Random], list[Left]]


def _retyped(clean: Path, target: Path, made_on: date, draw: random.Random) -> list[Left]:
    pages, left = retype(read_pages(clean), RETYPED, draw)
    write_pages(target, pages, made_on)
    return left


def _by_hand(clean: Path, target: Path, made_on: date, draw: random.Random) -> list[Left]:
    write_pages(target, lay_out_by_hand(read_pages(clean)), made_on)
    return []


def _in_tcvn3(clean: Path, target: Path, made_on: date, draw: random.Random) -> list[Left]:
    write_in_tcvn3(clean, target)
    return []


def _in_vni(clean: Path, target: Path, made_on: date, draw: random.Random) -> list[Left]:
    write_in_vni(clean, target)
    return []


MESSES: dict[tuple[str, str], Mess] = {
    RETYPED: _retyped,
    IN_TCVN3: _in_tcvn3,
    IN_VNI: _in_vni,
    BY_HAND: _by_hand,
}


def join(clean: Sequence[Path], target: Path, made_on: date) -> None:
    """Put the sheets of several reports into one workbook, each report's behind its cover, as copies are named."""
    pages: list[Page] = []
    for number, path in enumerate(clean, start=1):
        own = [page for page in read_pages(path) if page.is_visible]
        pages += own if number == 1 else [replace(page, name=f"{page.name} ({number})") for page in own]
    write_pages(target, pages, made_on)
