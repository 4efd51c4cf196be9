"""Claims about the files of the question book: an analyst can read each and run it as it stands."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

QUESTIONS = Path(__file__).resolve().parents[2] / "dbt_project" / "analyses" / "questions"
FILES = sorted(QUESTIONS.glob("*.sql"))
ITEMS_OF_SEED = {1: 27, 2: 31, 3: 20, 4: 17, 5: 31}

every_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)


def header(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").split("\n")
    body = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return " ".join(line.removeprefix("--").strip() for line in lines[:body])


def code(path: Path) -> str:
    return re.sub(r"--.*", "", path.read_text(encoding="utf-8"))


FIRST_QUESTIONS = range(1, 16)  # those of the first week also take the moment K


def number_of(path: Path) -> int:
    return int(path.name.partition("_")[0].removeprefix("q"))


def test_every_question_has_a_number_of_its_own_and_the_first_fifteen_are_all_there() -> None:
    numbers = [number_of(path) for path in FILES]
    assert len(set(numbers)) == len(numbers)
    assert set(FIRST_QUESTIONS) <= set(numbers)


@every_file
def test_a_file_opens_with_its_question_in_both_languages(path: Path) -> None:
    number = number_of(path)
    assert re.match(rf"Câu hỏi {number}\. .+\? Question {number}\. .+\? Items: ", header(path))


@every_file
def test_a_file_names_items_that_the_five_documents_have(path: Path) -> None:
    listed = re.search(r"Items: ([\d., ]+)", header(path))
    assert listed
    for item in re.findall(r"(\d+)\.(\d+)", listed.group(1)):
        seed, number = map(int, item)
        assert 1 <= number <= ITEMS_OF_SEED[seed]


@every_file
def test_a_file_says_its_parameters_its_grain_and_whether_it_answers_in_whole(path: Path) -> None:
    said = header(path)
    assert "Parameters: $day (DATE) = D" in said
    assert "Grain: " in said
    assert ("Whole / Trọn vẹn" in said) != ("In part / Một phần: " in said)


@every_file
def test_a_file_holds_exactly_one_select(path: Path) -> None:
    with duckdb.connect() as con:
        (statement,) = con.extract_statements(path.read_text(encoding="utf-8"))
    assert statement.type == duckdb.StatementType.SELECT
    assert statement.named_parameters == ({"day", "known_at"} if number_of(path) in FIRST_QUESTIONS else {"day"})


@every_file
def test_a_file_reads_marts_only_and_needs_no_jinja(path: Path) -> None:
    text = code(path)
    assert not re.search(r"{{|{%|{#", path.read_text(encoding="utf-8"))
    named = set(re.findall(r"^([a-z_]+) as \($", text, re.MULTILINE)) | {"chain"}
    read = set(re.findall(r"(?<!distinct )\b(?:from|join) ([a-z_.]+)", text))
    strangers = {table for table in read if not table.startswith("marts.") and table not in named}
    assert strangers == set()


@every_file
def test_no_line_is_longer_than_a_screen(path: Path) -> None:
    assert max(len(line) for line in path.read_text(encoding="utf-8").split("\n")) <= 120


def test_the_readme_lists_every_file() -> None:
    text = (QUESTIONS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in FILES if path.name not in text] == []
