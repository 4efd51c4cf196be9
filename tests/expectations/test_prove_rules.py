"""Every rule is proven: its fault, planted into a valid workbook and judged as any, is found on its cell, alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from benchmarks.prove_rules import PAGE, Proof, prove, render
from expectations.catalogue import load_catalogue
from expectations.verdict import Status
from simulate.planting.base import bases
from simulate.planting.catalogue import plantings
from simulate.planting.declared import unplanted

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def proofs(tmp_path_factory: pytest.TempPathFactory) -> list[Proof]:
    return prove(tmp_path_factory.mktemp("proof"))


def planted(proofs: list[Proof], rule_id: str) -> list[Proof]:
    return [proof for proof in proofs if proof.planting is not None and proof.planting.rule_id == rule_id]


def told(findings: Any) -> list[tuple[str, str | None, str | None]]:
    return [(one.rule_id, one.sheet, one.cell) for one in findings]


def test_every_rule_is_planted_and_every_planting_has_its_rule() -> None:
    assert {planting.rule_id for planting in plantings()} ^ load_catalogue().keys() == set()


def test_every_constraint_of_every_form_is_planted() -> None:
    assert unplanted() == []


@pytest.mark.parametrize("rule_id", load_catalogue())
def test_a_rule_is_found_on_its_cell_and_nothing_else_is(rule_id: str, proofs: list[Proof]) -> None:
    own = planted(proofs, rule_id)
    assert own
    for proof in own:
        fault = proof.planting.fault if proof.planting else ""
        places = {(one.sheet, one.cell) for one in proof.found}
        assert (fault, places) == (fault, {(one.sheet, one.cell) for one in proof.expected})
        assert (fault, told(proof.extra), proof.missing_consequences) == (fault, [], ())


@pytest.mark.parametrize("base", bases())
def test_a_valid_report_is_accepted_without_a_word(base: str, proofs: list[Proof]) -> None:
    (proof,) = [proof for proof in proofs if proof.planting is None and proof.base == base]
    assert (proof.status, told(proof.extra)) == (Status.ACCEPTED, [])


def test_the_page_of_rules_is_what_was_proven(proofs: list[Proof]) -> None:
    assert Path(PAGE).read_text(encoding="utf-8") == render(proofs), "run just prove-rules"
