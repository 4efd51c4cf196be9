"""Rows known by their labels: what "I. Ngân sách trung ương" or "- Vốn sự nghiệp" stands for in a layout version.

Belongs here: following the tree of labels of a layout down a table. Does not belong here: the labels themselves
(ingest/forms/*.yml) and the figures beside them (parse.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.layout import RowLabel
from ingest.layout_rows import GRAND_LABELS, MARKS, OF_WHICH, Line, RowKind, Scope
from ingest.wording import fold, fold_bare_header, fold_header

ORDINAL = re.compile(r"\s*\d{1,2}(?:\.\d{1,2})*[.)/]?\s+(?=\D)")
# What divides a table otherwise than its layout knows: rows below it are of another programme, year or place.
DIVIDING = re.compile(
    "|".join(
        rf"(?<!\w){fold(words)}(?!\w)"
        for words in ("chương trình", "CTMTQG", "MTQG", "dự án", "tiểu dự án", "kéo dài", "chuyển nguồn", "chuyển sang")
    )
    + rf"|^(?:{'|'.join(fold(words) for words in ('xã', 'thị trấn', 'phường', 'huyện', 'năm'))})\s"
)
OWN_PROGRAMME = re.compile(rf"(?<!\w)(?:{fold('nông thôn mới')}|ntm)(?!\w)")
LEFT_OVER = re.compile("|".join(fold(words) for words in ("kéo dài", "chuyển nguồn", "chuyển sang")))
INTEGRATED = "LG"  # a source whose parts are programmes and projects
LEADING = re.compile(rf"^(?:{OF_WHICH}\s*:?\s*|{fold('nguồn')}\s+)")


@dataclass(frozen=True)
class Labelled:
    """One row: what it is, and the codes that its label stands for."""

    line: Line
    codes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class LabelledRows:
    """The rows of a table by their labels; `unknown` ones have figures and a label that the layout does not have."""

    rows: list[Labelled]
    unknown: list[int]


@dataclass
class _Node:
    label: RowLabel
    row: int
    text: str
    codes: dict[str, str]
    has_figures: bool
    parts: list[_Node] = field(default_factory=list)


def read_labels(tree: Sequence[RowLabel], texts: Mapping[int, str], figured: frozenset[int]) -> LabelledRows:
    """The rows of a table from the text of each label, by worksheet row, and the rows that hold a figure.

    A row with parts that hold figures is their printed sum; one without is data. Of a `whole` only the row itself is
    data; where just its parts hold figures they are unknown, for amounts of unlike kinds do not add up. Below a heading
    that divides the table by what the layout does not know, a programme or a commune, every row is unknown.
    """
    root = _Node(RowLabel("", frozenset(), {}, rows=tuple(tree)), -1, "", {}, False)
    path = [root]
    is_divided = False
    totals: list[Labelled] = []
    unknown: list[int] = []
    for row, text in texts.items():
        known = _plain(text) & (GRAND_LABELS | {fold("cộng")})
        if known:
            totals.append(Labelled(Line(row, RowKind.TOTAL, None, Scope.GRAND)))
            continue
        found = None if is_divided else _find(path, _plain(text))
        if found is None:
            if not any(node.codes.get("source_code") == INTEGRATED for node in path):
                is_divided = _divides(text, is_divided)
            if row in figured:
                unknown.append(row)
            continue
        depth, label = found
        del path[depth + 1 :]
        node = _Node(label, row, text.strip(), {**path[-1].codes, **label.codes}, row in figured)
        path[-1].parts.append(node)
        path.append(node)
    rows = [labelled for node in root.parts for labelled in _rows_of(node, None, unknown)]
    return LabelledRows(sorted([*totals, *rows], key=lambda one: one.line.row), sorted(unknown))


def _plain(text: str) -> frozenset[str]:
    """The label as it is compared: without its mark, and with and without a note in brackets."""
    bare = text.strip()
    for _, pattern in MARKS:
        if (match := pattern.match(bare)) and bare[match.end() :].strip():
            bare = bare[match.end() :].strip()
            break
    bare = ORDINAL.sub("", bare, count=1) if ORDINAL.match(bare) else bare
    spoken = LEADING.sub("", fold(bare))
    return frozenset({fold_header(bare), fold_bare_header(bare), fold_header(spoken), fold_bare_header(spoken)})


def _find(path: Sequence[_Node], texts: frozenset[str]) -> tuple[int, RowLabel] | None:
    """The label among the parts of the row before, else of the rows that it stands under, from the nearest."""
    for depth in range(len(path) - 1, -1, -1):
        for label in path[depth].label.rows:
            if label.labels & texts:
                return depth, label
    return None


def _divides(text: str, is_divided: bool) -> bool:
    """Whether rows below a heading are of another programme, year or place; the heading of our own ends that."""
    folded = fold(text)
    if not DIVIDING.search(folded) and not any(DIVIDING.search(plain) for plain in _plain(text)):
        return is_divided
    is_own = OWN_PROGRAMME.search(folded) is not None and not LEFT_OVER.search(folded)
    return not is_own


def _rows_of(node: _Node, section: str | None, unknown: list[int]) -> Iterator[Labelled]:
    parts = list(_below(node))
    figured = [part for part in parts if part.has_figures]
    if node.label.is_whole:
        if node.has_figures:
            yield Labelled(Line(node.row, RowKind.DATA, section), node.codes)
        unknown += [] if node.has_figures else [part.row for part in figured]
        return
    if figured and node.has_figures:
        yield Labelled(Line(node.row, RowKind.TOTAL, node.text, Scope.SECTION, node.row + 1, parts[-1].row))
    elif node.has_figures:
        yield Labelled(Line(node.row, RowKind.DATA, section), node.codes)
    for part in node.parts:
        yield from _rows_of(part, node.text, unknown)


def _below(node: _Node) -> Iterator[_Node]:
    for part in node.parts:
        yield part
        yield from _below(part)
