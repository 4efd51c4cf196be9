"""What reading one file may cost, and the refusal of a file that yields no cells.

Belongs here: the limits, and the exceptions that carry a rule of the catalogue. Does not belong here: measuring a file
against them (reader_package.py, reader_worker.py, reader_process.py).
"""

from __future__ import annotations

from dataclasses import dataclass


class UnreadableWorkbook(Exception):
    """The file yields no cells. `rule_id` is the rule that says why, `value` what was found."""

    def __init__(self, rule_id: str, value: str) -> None:
        super().__init__(f"{rule_id}: {value}")
        self.rule_id = rule_id
        self.value = value


@dataclass(frozen=True)
class Limits:
    """What one file may cost. No report of a unit comes near them."""

    seconds: float = 20.0
    address_space: int = 1536 << 20  # bytes of the child process
    file_size: int = 100 << 20
    unpacked_size: int = 200 << 20  # bytes of all entries of a package, counted while they are unpacked
    unpacked_ratio: int = 250  # unpacked bytes per byte of the file, where more than `ratio_counts_from` are unpacked
    ratio_counts_from: int = 16 << 20
    entries: int = 5_000  # of a package
    sheets: int = 300
    cells: int = 500_000  # cells of a workbook that hold something
    places: int = 20_000_000  # rows times columns of a sheet, where the blank ones between cannot be left out


def damaged(value: str) -> UnreadableWorkbook:
    return UnreadableWorkbook("workbook_damaged", value)


def too_large(value: str) -> UnreadableWorkbook:
    return UnreadableWorkbook("workbook_too_large", value)
