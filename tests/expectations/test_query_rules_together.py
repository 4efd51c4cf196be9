"""The query rules of a period are judged together, and each still speaks for itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

RuleBook = Callable[..., None]

EVIDENCE = """
select submission_id, 'cover' as form, 'Bìa' as sheet, {cell} as cell, null as row_id, null as column_name,
    null as value, null as expected, {is_ok} as is_ok
from submissions
"""


def test_each_failure_names_its_own_rule(rule_book: RuleBook, make_batch: Any, gx_context: Any) -> None:
    from expectations.batch import judge_queries
    from expectations.evidence import open_views

    rule_book("fails", EVIDENCE.format(cell="'B2'", is_ok="false"))
    rule_book("holds", EVIDENCE.format(cell="'B3'", is_ok="true"))
    rule_book("fails_too", EVIDENCE.format(cell="'B4'", is_ok="false"), severity="error")
    with open_views(make_batch({})) as views:
        judged = judge_queries(gx_context, ["fails", "holds", "fails_too"], views, "2023M06")
    assert {(one.rule_id, one.cell, one.severity.value) for _, one in judged.found} == {
        ("fails", "B2", "warning"),
        ("fails_too", "B4", "error"),
    }
    (outcome,) = judged.validation.result.results
    assert outcome.result["element_count"] == 3
    assert outcome.expectation_config.notes == [
        "fails: 1 judged, 1 broken",
        "holds: 1 judged, 0 broken",
        "fails_too: 1 judged, 1 broken",
    ]


@pytest.mark.parametrize(
    ("sql", "words"),
    [
        ("select no_such from submissions", "no_such"),
        ("select submission_id from submissions", "columns missing"),
        (EVIDENCE.format(cell="'B2'", is_ok="null::boolean"), "is_ok is null"),
    ],
)
def test_broken_sql_is_named_by_its_file(
    rule_book: RuleBook, make_batch: Any, gx_context: Any, sql: str, words: str
) -> None:
    from expectations.batch import judge_queries
    from expectations.evidence import InvalidEvidence, open_views

    rule_book("sound", EVIDENCE.format(cell="'B2'", is_ok="true"))
    rule_book("broken", sql)
    with open_views(make_batch({})) as views, pytest.raises(InvalidEvidence, match=rf"sql/broken\.sql.*{words}"):
        judge_queries(gx_context, ["sound", "broken"], views)


def test_data_docs_list_more_broken_rules_than_great_expectations_samples(
    rule_book: RuleBook, make_batch: Any, gx_context: Any, tmp_path: Path
) -> None:
    from expectations.batch import JudgedBatch, judge_queries
    from expectations.data_docs import build_data_docs
    from expectations.evidence import open_views
    from ingest.settings import load_settings

    names = [f"broken_{number:02d}" for number in range(25)]
    for name in names:
        rule_book(name, EVIDENCE.format(cell="'B2'", is_ok="false"))
    with open_views(make_batch({})) as views:
        judged = judge_queries(gx_context, names, views)
    settings = load_settings({"NTM_DATA_DIR": str(tmp_path / "data"), "NTM_NOW": "2026-11-23T08:00:00+07:00"})
    index = build_data_docs(settings, "run", [JudgedBatch("2023M06", {}, (judged.validation,))])
    (page,) = (index.parent / "validations").rglob("*.html")
    table = page.read_text(encoding="utf-8").partition("Unexpected Value")[2]
    assert [name for name in names if name not in table] == []
