"""The catalogue: every rule has words, a source and a check; its digest moves with its files."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from expectations import catalogue
from expectations.catalogue import Rule, RuleKind, RuleStatus, Severity, load_catalogue, rules_id, words_of
from ingest.spec import load_specs

PLACEHOLDERS = {"value", "expected", "column", "sheet", "cell"}
STRUCTURE_RULES = {
    *("workbook_unreadable", "workbook_encrypted", "workbook_empty", "not_a_report", "unit_missing", "unit_unknown"),
    *("unit_outside_province", "unit_not_reporting", "period_missing", "period_unknown", "period_not_open"),
    *("form_missing", "table_not_found", "column_missing", "nil_contradicted", "sheet_not_recognised"),
}
COLUMN_RULES = {"value_required", "value_unreadable", "value_not_in_list", "value_out_of_range", "row_repeated"}


def of_kind(kind: RuleKind) -> set[str]:
    return {rule.rule_id for rule in load_catalogue().values() if rule.kind is kind}


@pytest.mark.parametrize("rule", load_catalogue().values(), ids=lambda rule: rule.rule_id)
def test_every_rule_speaks_both_languages_and_names_its_source(rule: Rule) -> None:
    for message in (rule.message_vi, rule.message_en):
        assert len(message) > 30
        assert set(re.findall(r"{(\w*)}", message)) <= PLACEHOLDERS
    assert rule.message_vi != rule.message_en
    assert rule.legal_source
    assert set(rule.forms) <= set(load_specs())


def test_the_catalogue_holds_every_rule_that_ingest_and_the_suites_name() -> None:
    assert of_kind(RuleKind.STRUCTURE) == STRUCTURE_RULES
    assert of_kind(RuleKind.COLUMN) == COLUMN_RULES


def test_a_query_rule_is_one_line_one_file_and_at_least_one_test() -> None:
    files = {path.stem for path in catalogue.SQL_DIR.glob("*.sql")}
    assert of_kind(RuleKind.QUERY) == files
    tests = (Path(__file__).parent / "test_query_rules.py").read_text(encoding="utf-8")
    assert {rule_id for rule_id in files if f"def test_{rule_id}" not in tests} == set()


def test_only_rules_about_the_submission_itself_block() -> None:
    blocking = {rule.rule_id for rule in load_catalogue().values() if rule.severity is Severity.BLOCKING}
    assert blocking < STRUCTURE_RULES


def test_a_rule_that_rests_on_thresholds_is_at_most_a_warning() -> None:
    for rule in load_catalogue().values():
        sql = catalogue.SQL_DIR / f"{rule.rule_id}.sql"
        if sql.exists() and "thresholds_in_force" in sql.read_text(encoding="utf-8"):
            assert rule.severity in (Severity.WARNING, Severity.INFO)


def test_a_rule_still_in_advice_neither_blocks_nor_quarantines() -> None:
    rule = load_catalogue()["value_required"]
    advice = Rule(**{**vars(rule), "status": RuleStatus.ADVICE})
    assert advice.effective_severity is Severity.WARNING


def test_a_rule_holds_from_its_first_period_on() -> None:
    rule = Rule(**{**vars(load_catalogue()["value_required"]), "from_period": "2023M06"})
    assert [rule.holds_in(period) for period in ("2022Y", "2023Q1", "2023M06", "2024Q1")] == [False, False, True, True]


def test_text_of_a_workbook_is_never_read_as_a_template() -> None:
    found = {"value": "{sheet} {0} {", "expected": None, "column": "c", "sheet": "s", "cell": "A1"}
    vietnamese, english = words_of(load_catalogue()["value_unreadable"], found, None, unconfirmed=False)
    assert "{sheet} {0} {" in vietnamese
    assert "(trống)" in vietnamese
    assert "(blank)" in english


def test_the_rule_book_is_named_by_its_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rules_id()
    assert re.fullmatch(r"[0-9a-f]{12}", before)
    changed = tmp_path / "rules.csv"
    changed.write_bytes(catalogue.RULES_FILE.read_bytes() + b"\n")
    monkeypatch.setattr(catalogue, "RULES_FILE", changed)
    assert rules_id.__wrapped__() != before
