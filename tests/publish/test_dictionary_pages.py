"""Claims about the pages of the data dictionary: complete, linked, and asking for nothing from a network."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import html

from publish import dictionary
from publish.dictionary_pages import write_dictionary
from publish.lineage import Lineage, lineage


@pytest.fixture(scope="module")
def manifest(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The manifest of the project as it is, parsed by dbt."""
    from ingest.settings import load_settings
    from orchestration import dbt

    return dbt.manifest(load_settings({"NTM_DATA_DIR": str(tmp_path_factory.mktemp("ntm"))}))


@pytest.fixture(scope="module")
def pages(manifest: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    return write_dictionary(tmp_path_factory.mktemp("dictionary"), manifest, None)


@pytest.fixture(scope="module")
def graph(manifest: Path) -> dict[str, Lineage]:
    return lineage(manifest)


def test_every_table_and_column_stands_on_both_pages(pages: tuple[Path, ...]) -> None:
    page, text = html.parse(str(pages[0])).getroot(), pages[1].read_text(encoding="utf-8")
    ids = set(page.xpath("//*/@id"))
    for column in dictionary.mart_columns():
        assert f"{column.mart}.{column.name}" in ids
    for mart in dictionary.marts():
        assert mart.name in ids
        assert f"### {mart.name} · {mart.label_vi}\n" in text
    assert text.count("\n| `") == (
        len(dictionary.mart_columns()) + len(dictionary.metrics()) + len({"cumulative", "yearly", "discrete"}) + 2
    )


def test_every_link_of_the_page_leads_somewhere_on_it(pages: tuple[Path, ...]) -> None:
    page = html.parse(str(pages[0])).getroot()
    ids = set(page.xpath("//*/@id"))
    assert [link for link in page.xpath("//@href") if not (link.startswith("#") and link[1:] in ids)] == []


def test_the_page_asks_for_nothing_from_a_network(pages: tuple[Path, ...]) -> None:
    text = pages[0].read_text(encoding="utf-8")
    assert re.findall(r"https?://|//cdn|@import|\bfetch\(|<link|\bsrc=", text) == []


def test_what_a_mart_rests_on_is_followed_to_its_forms(graph: dict[str, Lineage]) -> None:
    assert graph["fct_funding"].forms == ("funding_sources",)
    assert graph["fct_funding"].marts == ("fct_funding__history",)
    assert {"criteria_summary", "funding_sources", "helper_activities"} <= set(graph["rpt_overview"].forms)
    assert graph["dim_date"].forms == ()


def test_lineage_is_told_from_both_sides(graph: dict[str, Lineage]) -> None:
    for name, one in graph.items():
        assert all(name in graph[before].feeds for before in one.marts), name
        assert all(name in graph[after].marts for after in one.feeds), name


def test_the_graph_holds_the_marts_of_the_dictionary(graph: dict[str, Lineage]) -> None:
    assert set(graph) == {mart.name for mart in dictionary.marts()}
