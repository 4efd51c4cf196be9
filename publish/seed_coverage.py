"""docs/seed_coverage.md: every numbered item of the five documents, and what of the warehouse answers it.

Made from the repository: form specs and marts name the items they answer, questions name them in their heads, reference
data names the rules that watch them. Run `python -m publish.seed_coverage` after one of these changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ingest import reference
from ingest.settings import PROJECT_ROOT
from ingest.spec import load_specs

PAGE = PROJECT_ROOT / "docs" / "seed_coverage.md"
DBT_PROJECT = PROJECT_ROOT / "dbt_project"
QUESTIONS = DBT_PROJECT / "analyses" / "questions"
ASKED = ("measure", "rule", "target", "figure")  # kinds of item that the question book answers one by one
ITEMS = re.compile(r"Items?: ((?:\d+\.\d+(?:, )?)+)")


@dataclass
class Answers:
    """What names an item, by kind: question files, marts, forms, rules."""

    questions: list[str] = field(default_factory=list)
    marts: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.questions or self.marts or self.forms or self.rules)


def coverage() -> dict[str, Answers]:
    """Every item with its answers, in the order of the documents; also items that are named and not listed."""
    found = {row["item_no"]: Answers(rules=_split(row["rules"])) for row in reference.rows("monitored_items")}
    for question, items in _items_of_questions().items():
        for item in items:
            found.setdefault(item, Answers()).questions.append(question)
    for mart, items in _items_of_marts().items():
        for item in items:
            found.setdefault(item, Answers()).marts.append(mart)
    for spec in load_specs().values():
        for item in spec.items:
            found.setdefault(item, Answers()).forms.append(spec.form)
    return found


@cache
def mart_names() -> frozenset[str]:
    """Every model that the marts' YAML files declare."""
    return frozenset(model["name"] for model in _models())


def _items_of_questions() -> dict[str, list[str]]:
    found = {}
    for path in sorted(QUESTIONS.glob("*.sql")):
        head = " ".join(
            line.removeprefix("--").strip()
            for line in path.read_text(encoding="utf-8").split("\n")
            if line.startswith("--")
        )
        listed = ITEMS.search(head)
        found[path.stem] = listed[1].split(", ") if listed else []
    return found


def _items_of_marts() -> dict[str, list[str]]:
    return {
        model["name"]: [str(item) for item in model.get("config", {}).get("meta", {}).get("items", ())]
        for model in _models()
    }


@cache
def _models() -> tuple[Mapping[str, Any], ...]:
    import yaml

    files = sorted((DBT_PROJECT / "models" / "marts").rglob("*.yml"))
    documents = (yaml.safe_load(path.read_text(encoding="utf-8")) for path in files)
    return tuple(model for document in documents for model in document.get("models", ()))


def _split(text: str | None) -> list[str]:
    return text.split("|") if text else []


def render() -> str:
    """The whole page as Markdown."""
    answers = coverage()
    rows = reference.rows("monitored_items")
    with_data = [row for row in rows if not row["without_data_vi"]]
    asked = [row for row in with_data if row["kind"] in ASKED]
    lines = [
        "# What the five documents ask, and what answers it · Năm văn bản hỏi gì, kho dữ liệu trả lời bằng gì",
        "",
        "Made by `python -m publish.seed_coverage` from `data/reference/monitored_items.csv`, the form specs, the",
        "marts and the question book; do not edit by hand.",
        "",
        f"{len(rows)} items, {len(with_data)} of them with data; {len(asked)} of these are a measure, a rule, a target"
        " or a stated figure and have a question of the book.",
    ]
    documents = {row["document_id"]: row for row in reference.rows("documents")}
    for document_id in dict.fromkeys(row["document_id"] for row in rows):
        document = documents[document_id]
        title = ", ".join(filter(None, (document["number"], document["issuer"], document["subject_vi"])))
        own = [row for row in rows if row["document_id"] == document_id]
        lines += ["", f"## {title}", "", "| item | asks | kind | questions | marts | forms | rules |"]
        lines += ["|---|---|---|---|---|---|---|", *(_line(row, answers[row["item_no"]]) for row in own)]
    return "\n".join(lines) + "\n"


def _line(row: Mapping[str, Any], answers: Answers) -> str:
    asks = f"{row['asks_vi']} · {row['asks_en']}"
    if row["without_data_vi"]:
        return f"| {row['item_no']} | {asks} | {row['kind']} | {row['without_data_vi']} · {row['without_data_en']} ||||"
    questions = (f"[{name.partition('_')[0]}]({_from_docs(QUESTIONS / name)}.sql)" for name in answers.questions)
    cells = (" ".join(questions), _code(answers.marts), _code(answers.forms), _code(answers.rules))
    return f"| {row['item_no']} | {asks} | {row['kind']} | " + " | ".join(cells) + " |"


def _from_docs(path: Path) -> str:
    return f"../{path.relative_to(PROJECT_ROOT).as_posix()}"


def _code(names: Iterable[str]) -> str:
    return " ".join(f"`{name}`" for name in names)


if __name__ == "__main__":
    PAGE.write_text(render(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(PROJECT_ROOT)}")
