"""The catalogue: every rule has words, a source and a check; its digest moves with its files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from expectations import catalogue, declared
from expectations.catalogue import InvalidCatalogue, Rule, RuleKind, Severity, load_catalogue, rules_id, words_of
from expectations.suites import PROBLEM_RULES
from ingest.spec import load_specs

PLACEHOLDERS = {"value", "expected", "column", "sheet", "cell"}
COLUMN_RULES = {"value_required", "value_out_of_range", "row_repeated", *PROBLEM_RULES.values()}
ROOT = Path(catalogue.__file__).parent.parent
NAMED = re.compile(r"""\b(?:Problem|UnreadableWorkbook|Refusal|_problem|finding)\(\s*"([a-z_]+)\"""")


def sources() -> str:
    """The code that names structure rules."""
    paths = [*(ROOT / "ingest").glob("*.py"), ROOT / "expectations" / "admission.py"]
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(paths))


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
    named, structure = sources(), of_kind(RuleKind.STRUCTURE)
    assert set(NAMED.findall(named)) <= structure
    assert {rule_id for rule_id in structure if f'"{rule_id}"' not in named} == set()
    assert of_kind(RuleKind.COLUMN) == COLUMN_RULES


def test_a_query_rule_is_one_line_one_file_and_at_least_one_test() -> None:
    files = {path.stem for path in catalogue.SQL_DIR.glob("*.sql")}
    assert of_kind(RuleKind.QUERY) == files
    assert of_kind(RuleKind.DECLARED) == set(declared.RULES)
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parent.glob("test_query_rules*.py"))
    assert {rule_id for rule_id in files if rule_id not in tests} == set()


def test_only_rules_about_the_submission_itself_block() -> None:
    blocking = {rule.rule_id for rule in load_catalogue().values() if rule.severity is Severity.BLOCKING}
    assert blocking < of_kind(RuleKind.STRUCTURE)


def test_a_rule_that_rests_on_thresholds_is_at_most_a_warning() -> None:
    for rule in load_catalogue().values():
        sql = catalogue.SQL_DIR / f"{rule.rule_id}.sql"
        if sql.exists() and "thresholds_in_force" in sql.read_text(encoding="utf-8"):
            assert rule.severity in (Severity.WARNING, Severity.INFO)


def dated(severity: Severity, advice_from: str | None, in_force_from: str | None) -> Rule:
    dates = {"severity": severity, "advice_from": advice_from, "in_force_from": in_force_from}
    return Rule(**{**vars(load_catalogue()["value_required"]), **dates})


@pytest.mark.parametrize(
    ("severity", "advised"),
    [("blocking", "warning"), ("error", "warning"), ("warning", "warning"), ("info", "info")],
)
def test_a_rule_is_silent_then_advice_then_in_force(severity: str, advised: str) -> None:
    rule = dated(Severity(severity), "2023M06", "2024Q1")
    periods = ("2022Y", "2023Q1", "2023M06", "2023Y", "2024Q1", "2025Q1", None)
    assert [rule.severity_in(period) for period in periods] == [None, None, advised, advised, *[severity] * 3]
    assert [rule.holds_in(period) for period in periods] == [False, False, *[True] * 5]


def test_a_rule_without_advice_is_silent_until_it_is_in_force() -> None:
    rule = dated(Severity.ERROR, None, "2023M06")
    assert [rule.severity_in(period) for period in ("2023Q1", "2023M06")] == [None, "error"]
    assert dated(Severity.ERROR, None, None).severity_in("2021Q1") == "error"
    with pytest.raises(InvalidCatalogue, match="2023Q9"):
        dated(Severity.ERROR, None, "2023Q9").severity_in("2023Q1")


def test_dates_of_force_reach_the_findings(
    findings_of_form: Callable[..., list[Any]], findings_of_query: Callable[..., list[Any]], rule_book: Any
) -> None:
    rule_book("value_required", advice_from="2023M06", in_force_from="2024Q1")
    rule_book("value_unreadable", in_force_from="2023M06")
    rows = [{"place_code": "849", "programme_code": "NTM", "content_code": "ND02", "source_code": "NSTW"}]
    severities = {
        period: [found.severity for found in findings_of_form("funding_sources", rows, period)]
        for period in ("2023Q1", "2023M06", "2024Q1")
    }
    assert severities == {"2023Q1": [], "2023M06": ["warning"], "2024Q1": ["error"]}


def test_a_rule_that_looks_at_an_earlier_period_only_warns(rule_book: Any) -> None:
    looks_back = "-- cover_before\nselect * from funding_sources_before"
    rule_book("looks_back", looks_back, severity="warning")
    assert catalogue.forms_before(load_catalogue()["looks_back"]) == {"funding_sources"}
    for severity in ("error", "blocking"):
        rule_book("looks_back", severity=severity)
        with pytest.raises(InvalidCatalogue, match="at most a warning"):
            load_catalogue()


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
