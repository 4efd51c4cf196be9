"""Claims about the repository itself: what every reader may rely on."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

from ingest import form_docs
from ingest.spec import load_specs

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("ingest", "expectations", "publish", "orchestration", "simulate")


def tracked_files(*patterns: str) -> list[Path]:
    listing = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True)
    if listing.returncode:
        pytest.skip("not a git checkout")
    return [ROOT / line for line in listing.stdout.splitlines()]


def python_modules() -> list[Path]:
    return [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]


def test_every_module_says_what_belongs_in_it() -> None:
    silent = [
        path.relative_to(ROOT)
        for path in python_modules()
        if path.name != "__init__.py" and not path.read_text(encoding="utf-8").lstrip().startswith('"""')
    ]
    assert silent == []


def test_no_module_outgrows_one_noun() -> None:
    long = {
        str(path.relative_to(ROOT)): count
        for path in python_modules()
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > 320
    }
    assert long == {}


def test_the_page_of_forms_is_what_the_specs_say() -> None:
    assert form_docs.PAGE.read_text(encoding="utf-8") == form_docs.render(), "run python -m ingest.form_docs"


def test_the_cover_asks_for_a_nil_declaration_of_each_form_that_may_be_nil() -> None:
    specs = load_specs()
    asked = {column.name.removeprefix("nil_") for column in specs["cover"].columns if column.name.startswith("nil_")}
    assert asked == {spec.form for spec in specs.values() if spec.nil_allowed}


def test_no_tracked_file_names_a_home_or_root_folder_of_a_machine() -> None:
    pattern = re.compile(r"(?<![\w.~-])/(?:home|Users|root|work)/\w")
    offenders = [
        str(path.relative_to(ROOT))
        for path in tracked_files()
        if path.is_file()
        and path.suffix in {".py", ".sql", ".yml", ".toml", ".md", ".csv", ".sh", ""}
        and pattern.search(path.read_text(encoding="utf-8", errors="ignore"))
        and path.name != Path(__file__).name
    ]
    assert offenders == []


def test_no_lock_file_is_tracked() -> None:
    assert tracked_files("uv.lock", "**/poetry.lock") == []


def test_every_decision_record_says_context_decision_and_consequences() -> None:
    for record in (ROOT / "docs" / "adr").glob("*.md"):
        text = record.read_text(encoding="utf-8")
        for part in ("**Status**", "**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text, f"{record.name} lacks {part}"
