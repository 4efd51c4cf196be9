"""Nothing that the five documents ask is left without an answer, and what is named as an answer exists."""

from __future__ import annotations

import pytest

from expectations.catalogue import load_catalogue
from ingest import reference
from publish import seed_coverage
from publish.seed_coverage import ASKED, Answers, coverage

ITEMS = {row["item_no"]: row for row in reference.rows("monitored_items")}
COUNT_OF_DOCUMENT = {"1": 27, "2": 31, "3": 20, "4": 17, "5": 31}


@pytest.fixture(scope="module")
def answers() -> dict[str, Answers]:
    return coverage()


def test_every_item_of_the_five_documents_is_listed_once() -> None:
    listed = [item.partition(".")[0] for item in ITEMS]
    assert {document: listed.count(document) for document in COUNT_OF_DOCUMENT} == COUNT_OF_DOCUMENT
    numbered = {
        f"{document}.{number}" for document, count in COUNT_OF_DOCUMENT.items() for number in range(1, count + 1)
    }
    assert numbered == ITEMS.keys()


@pytest.mark.parametrize("item", ITEMS)
def test_an_item_has_an_answer_or_a_reason_why_not(item: str, answers: dict[str, Answers]) -> None:
    reason = ITEMS[item]["without_data_vi"]
    assert bool(answers[item]) != bool(reason), f"{item} {ITEMS[item]['asks_en']}: {reason or 'nothing answers it'}"
    assert bool(reason) == bool(ITEMS[item]["without_data_en"])


@pytest.mark.parametrize("item", [item for item, row in ITEMS.items() if row["kind"] in ASKED])
def test_a_measure_rule_target_or_stated_figure_has_a_question(item: str, answers: dict[str, Answers]) -> None:
    assert answers[item].questions or ITEMS[item]["without_data_vi"], f"{item} {ITEMS[item]['asks_en']}"


def test_nothing_claims_to_answer_an_item_that_no_document_has(answers: dict[str, Answers]) -> None:
    assert answers.keys() - ITEMS.keys() == set()


def test_the_rules_that_watch_an_item_are_in_the_catalogue(answers: dict[str, Answers]) -> None:
    named = {rule for found in answers.values() for rule in found.rules}
    assert named - set(load_catalogue()) == set()


def test_the_page_is_what_the_repository_says() -> None:
    written = seed_coverage.PAGE.read_text(encoding="utf-8")
    assert written == seed_coverage.render(), "run python -m publish.seed_coverage"
