"""Kinds of damage: each makes one damaged file of one seed, and says what the reader may make of it.

Belongs here: the mutations. Does not belong here: running them and judging the outcome (fuzz_reader.py).
"""

from __future__ import annotations

import random
import re
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

from benchmarks.fuzz_books import COMPOUND, TEXT, ZIPPED

Parts = dict[str, bytes]
BIG = 40 << 20


class Claim(StrEnum):
    """What must hold of the outcome, beside that it has a name."""

    NAMED = "a named outcome"
    REFUSED = "refused"
    UNSAFE = "refused as unsafe"
    SAME = "refused, or the cells of the seed"
    UNCHANGED = "the cells of the seed"
    ONE_CELL = "refused, or the seed but for one cell"
    ONE_MORE = "the cells of the seed and one more"
    INTACT = "refused if a part is not intact, else refused or the cells of the seed"
    AGREES = "refused, or what another reader finds in the file"


@dataclass(frozen=True)
class Kind:
    """A kind of damage: to which containers or seeds it applies, and how often it is tried on each."""

    name: str
    claim: Claim
    make: Callable[[random.Random, bytes], bytes | None]
    applies_to: Callable[[str, str], bool]  # container, name of the seed
    share: float = 1.0


def parts_of(data: bytes) -> Parts:
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(parts: Parts) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2023, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def _flip(chance: random.Random, data: bytes, most: int) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.randint(1, most)):
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
    return bytes(broken)


def flip_bytes(chance: random.Random, data: bytes) -> bytes:
    return _flip(chance, data, 6)


def cut_off(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(1, len(data))]


def cut_out(chance: random.Random, data: bytes) -> bytes:
    start = chance.randrange(len(data) - 1)
    return data[:start] + data[start + chance.randint(1, 400) :]


def noise(chance: random.Random, data: bytes) -> bytes:
    """No workbook at all, behind the first bytes of one."""
    return data[: chance.choice((0, 4, 8, 30, 512))] + chance.randbytes(chance.randint(1, 4000))


def flip_in_part(chance: random.Random, data: bytes) -> bytes:
    parts = parts_of(data)
    name = chance.choice([name for name in parts if parts[name] and not name.startswith("docProps/")])
    parts[name] = _flip(chance, parts[name], 2)
    return packed(parts)


def drop_part(chance: random.Random, data: bytes) -> bytes:
    parts = parts_of(data)
    del parts[chance.choice(list(parts))]
    return packed(parts)


def rename_part(chance: random.Random, data: bytes) -> bytes:
    parts = parts_of(data)
    name = chance.choice(list(parts))
    other = chance.choice((name + "x", name[:-1], "../" + name, "/" + name, name.replace("/", "\\"), "x/" + name))
    return packed({(other if key == name else key): content for key, content in parts.items()})


def repeat_part(chance: random.Random, data: bytes) -> bytes:
    """A part twice in the directory, the second time with other content."""
    name = chance.choice(list(parts_of(data)))
    target = BytesIO(data)
    with warnings.catch_warnings(), zipfile.ZipFile(target, "a") as package:
        warnings.simplefilter("ignore")
        package.writestr(chance.choice((name, name.upper(), name.lower())), chance.randbytes(50))
    return target.getvalue()


def entity_bomb(chance: random.Random, data: bytes) -> bytes | None:
    laughs = "".join(f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' for level in range(1, 10))
    outside = '<!ENTITY f SYSTEM "file:///etc/hostname">'
    declared = f'<!DOCTYPE x [<!ENTITY l0 "ha">{chance.choice((laughs, outside))}]>'.encode()
    parts = parts_of(data)
    names = [name for name in parts if name.endswith((".xml", ".rels")) and not name.startswith(("docProps", "Thumb"))]
    name = chance.choice(names)
    head = parts[name].find(b"?>") + 2 if parts[name].startswith(b"<?xml") else 0
    parts[name] = parts[name][:head] + declared + parts[name][head:]
    return packed(parts)


def bomb(chance: random.Random, data: bytes) -> bytes:
    """A part that swells when unpacked; the size it declares may be a lie."""
    parts = parts_of(data)
    parts[chance.choice([*parts, "xl/media/image1.png"])] = chance.choice((b"\0", b" ", b"<a>")) * BIG
    swollen = packed(parts)
    if chance.random() < 0.5:
        swollen = swollen.replace(BIG.to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    return swollen


def nest(chance: random.Random, data: bytes) -> bytes:
    """Elements within elements, before the end of a part's root."""
    parts = parts_of(data)
    name = chance.choice([name for name in parts if name.endswith(".xml") and b"</" in parts[name]])
    depth = chance.choice((300, 5_000, 100_000))
    end = parts[name].rindex(b"</")
    parts[name] = parts[name][:end] + b"<a>" * depth + b"</a>" * depth + parts[name][end:]
    return packed(parts)


def in_sheet(pattern: str, replace: Callable[[random.Random, re.Match[bytes]], bytes]) -> Callable[..., bytes | None]:
    """A mutation of one match, by chance, in the XML of one sheet."""

    def make(chance: random.Random, data: bytes) -> bytes | None:
        parts = parts_of(data)
        found = [
            (name, match)
            for name, content in parts.items()
            if name.startswith("xl/worksheets/") and name.endswith(".xml")
            for match in re.finditer(pattern.encode(), content, re.DOTALL)
        ]
        if not found:
            return None
        name, match = chance.choice(found)
        content = parts[name]
        parts[name] = content[: match.start()] + replace(chance, match) + content[match.end() :]
        return packed(parts)

    return make


def _any_of(*texts: str) -> Callable[[random.Random, re.Match[bytes]], bytes]:
    return lambda chance, match: match.expand(chance.choice(texts).encode())


RANGES = ("A1:XFD1048576", "ZZZZ1:A1", "B2:A1", "", "A1:A99999999", "1:2")
FILLED = r"(?<!/)>(?:(?!</c>).)*?<v>[^<]+</v></c>"
move_cell = in_sheet(
    r'<c r="([A-Z]+)(\d+)"',
    _any_of(r'<c r="XFD1048576"', r'<c r="\g<1>1048577"', r'<c r="AAAA\2"', r'<c r="\g<1>\g<2>0"', r'<c r="A1"',
            r'<c r="\1"', r'<c r="\2"', r'<c r=""', r'<c', r'<c r="\1-\2"', r'<c r="a\2"', r'<c r="\g<1>0"'),
)  # fmt: skip
move_row = in_sheet(
    r'<row r="(\d+)"',
    _any_of(r'<row r="1048576"', r'<row r="1048577"', r'<row r="0"', r'<row r="-1"', r'<row r="\g<1>0"', "<row",
            r'<row r="99999999999999999999"', r'<row r="x"'),
)  # fmt: skip
wrong_string = in_sheet(
    r't="s"><v>(\d+)</v>',
    _any_of(
        't="s"><v>99999</v>', 't="s"><v>-1</v>', 't="s"><v>x</v>', 't="s"><v>1.5</v>', 't="s"><v>99999999999999</v>'
    ),
)
wrong_style = in_sheet(
    r'(<c r="[A-Z]+\d+") s="\d+"', _any_of(r'\1 s="9999"', r'\1 s="-1"', r'\1 s="x"', r'\1 s="99999999999"')
)
wrong_type = in_sheet(r' t="(\w+)"', _any_of(' t="zz"', ' t="b"', ' t="n"', ' t="e"', ' t="str"', ' T="s"', ' t="d"'))
wrong_number = in_sheet(
    r"<v>[\d.]+</v></c>",
    _any_of("<v>1e999</v></c>", "<v>-1e308</v></c>", "<v>99999999999</v></c>", "<v>-700000</v></c>", "<v>NaN</v></c>",
            "<v>1,5</v></c>", "<v></v></c>", "<v>0x10</v></c>", "<v>2958466</v></c>", "<v>" + "9" * 400 + "</v></c>"),
)  # fmt: skip
swap_values = in_sheet(r'(<c r="[^"]*") s="(\d+)" t="(\w+)"', lambda _, match: match.expand(rb'\1 s="\3" t="\2"'))
repeat_cell = in_sheet(r'<c r="[A-Z]+\d+"[^>]*' + FILLED, lambda _, match: match.group() * 2)
repeat_row = in_sheet(r"<row (?:(?!</row>).)*?<v>(?:(?!</row>).)*?</row>", lambda _, match: match.group() * 2)
absurd_merge = in_sheet(
    r"</sheetData>(?:<mergeCells.*?</mergeCells>)?",
    lambda chance, match: (
        b"</sheetData><mergeCells>"
        + f'<mergeCell ref="{chance.choice(RANGES)}"/>'.encode() * chance.choice((1, 1000))
        + b"</mergeCells>"
    ),
)
absurd_dimension = in_sheet(
    r"<dimension [^>]*/>",
    _any_of('<dimension ref="A1:XFD1048576"/>', '<dimension ref=""/>', '<dimension ref="C9:A1"/>'),
)
stray_cell = in_sheet(
    r"</sheetData>",
    _any_of('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>',
            '<row r="900000"><c r="C900000"><v>1</v></c></row></sheetData>'),
)  # fmt: skip
absurd_columns = in_sheet(
    r"<sheetData>", _any_of('<cols><col min="1" max="99999999" hidden="1"/></cols><sheetData>',
                            '<cols><col min="5" max="1" hidden="1"/></cols><sheetData>')
)  # fmt: skip


def absurd_repeats(chance: random.Random, data: bytes) -> bytes | None:
    parts = parts_of(data)
    content = parts["content.xml"]
    matches = list(re.finditer(rb"<table:table-(?:cell|row) ", content))
    match = chance.choice(matches)
    name = "columns" if b"cell" in match.group() else "rows"
    count = chance.choice((0, -1, 16_384, 1_048_576, 999_999_999, 10**30, "x"))
    rest = content[match.end() :]
    end = rest.index(b">")
    tag = re.sub(rb'table:number-\w+-repeated="\d+"', b"", rest[:end])
    repeated = f'table:number-{name}-repeated="{count}" '.encode()
    parts["content.xml"] = content[: match.end()] + repeated + tag + rest[end:]
    return packed(parts)


def _any(container: str, seed: str) -> bool:
    return True


def _zipped(container: str, seed: str) -> bool:
    return container == ZIPPED


def _not_text(container: str, seed: str) -> bool:
    return container != TEXT


def _xlsx(container: str, seed: str) -> bool:
    return seed.endswith(".xlsx")


def _other_zipped(container: str, seed: str) -> bool:
    return container == ZIPPED and not seed.endswith(".xlsx")


def _without_checksums(container: str, seed: str) -> bool:
    return container in (COMPOUND, TEXT)


KINDS = (
    Kind("bytes flipped", Claim.INTACT, flip_bytes, _zipped, 2.5),
    Kind("bytes flipped (no checksums)", Claim.NAMED, flip_bytes, _without_checksums, 2.5),
    Kind("cut off", Claim.REFUSED, cut_off, _not_text, 2),
    Kind("cut off (text)", Claim.NAMED, cut_off, lambda container, _: container == TEXT),
    Kind("piece cut out", Claim.INTACT, cut_out, _zipped),
    Kind("piece cut out (no checksums)", Claim.NAMED, cut_out, lambda container, _: container == COMPOUND),
    Kind("noise", Claim.NAMED, noise, _any),
    Kind("bytes flipped inside a part", Claim.AGREES, flip_in_part, _xlsx, 4),
    Kind("bytes flipped inside a part (other formats)", Claim.NAMED, flip_in_part, _other_zipped, 2),
    Kind("part dropped", Claim.SAME, drop_part, _zipped),
    Kind("part renamed", Claim.SAME, rename_part, _zipped),
    Kind("part twice", Claim.REFUSED, repeat_part, _zipped),
    Kind("entities declared", Claim.UNSAFE, entity_bomb, _zipped),
    Kind("zip bomb", Claim.REFUSED, bomb, _zipped, 0.15),
    Kind("deep nesting", Claim.SAME, nest, lambda c, s: _zipped(c, s) and not s.endswith(".xlsb"), 0.5),
    Kind("cell at another address", Claim.AGREES, move_cell, _xlsx),
    Kind("row with another number", Claim.AGREES, move_row, _xlsx),
    Kind("shared string that is none", Claim.REFUSED, wrong_string, _xlsx),
    Kind("cell format that is none", Claim.SAME, wrong_style, _xlsx),
    Kind("another type of cell", Claim.ONE_CELL, wrong_type, _xlsx),
    Kind("absurd number or date", Claim.ONE_CELL, wrong_number, _xlsx),
    Kind("attributes swapped", Claim.REFUSED, swap_values, lambda _, s: s == "template.xlsx"),
    Kind("cell twice", Claim.REFUSED, repeat_cell, _xlsx),
    Kind("row twice", Claim.REFUSED, repeat_row, _xlsx),
    Kind("absurd merged ranges", Claim.SAME, absurd_merge, _xlsx),
    Kind("absurd dimension", Claim.UNCHANGED, absurd_dimension, _xlsx, 0.5),
    Kind("absurd hidden columns", Claim.SAME, absurd_columns, _xlsx, 0.5),
    Kind("one stray far cell", Claim.ONE_MORE, stray_cell, _xlsx, 0.5),
    Kind("absurd repetition", Claim.NAMED, absurd_repeats, lambda _, s: s.endswith(".ods"), 2),
)  # fmt: skip
