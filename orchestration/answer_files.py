"""Answers of `ntm check --out`: beside each other, the findings for programs and the marked workbook for people.

Belongs here: their names and writing them. Does not belong here: what a marked workbook looks like
(expectations.answer).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.progress import track

if TYPE_CHECKING:
    from expectations.verdict import Verdict


def write_answers(verdicts: Sequence[Verdict], out: Path) -> None:
    """Per file `<name>.findings.json`, and `<name>.can-sua.xlsx` (or .xlsm) where there is anything to mend.

    The second report of one file and those after it have a `<name>-2.findings.json` of their own; marks are all in one
    workbook.
    """
    from expectations.answer.book import answer_stem, write_answer

    out.mkdir(parents=True, exist_ok=True)
    by_file: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        by_file.setdefault(verdict.file, []).append(verdict)
    stems = [answer_stem(file) for file in by_file]
    for stem, (file, reports) in track(list(zip(stems, by_file.items(), strict=True)), "Writing answers"):
        # Two units may use the same file name: then the content's digest keeps the answers apart.
        name = f"{stem}.{reports[0].sha256[:8]}" if stems.count(stem) > 1 else stem
        for number, verdict in enumerate(reports, start=1):
            text = json.dumps(verdict.to_json(), ensure_ascii=False, indent=2)
            part = f"-{number}" if number > 1 else ""
            (out / f"{name}{part}.findings.json").write_text(text + "\n", encoding="utf-8")
        if any(verdict.findings for verdict in reports):
            write_answer(Path(file), reports, out, name)
