"""Every number on the bulletin is told again by the marts, and written as the office writes it; nothing is fetched."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest
from lxml import html

from publish.build import current_build
from publish.bulletin.numbers import UNKNOWN_VI, Number, shown
from publish.bulletin.page import render_bulletin
from publish.snapshot import DRAFT_VI, Snapshot

QUERY = re.compile(
    r"(?:(?P<what>sum|count|days) )?(?P<mart>\w+)(?:\.(?P<column>\w+))? \{(?P<where>[^}]*)\}(?: to (?P<until>\S+))?$"
)
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
PERIODS = ("2022Y", "2023Y", "2023M09", "2025M09", "2026Q1", "2026M06")
NOT_OWED = "2024Y"


@pytest.fixture(scope="module")
def pages(sample: Any) -> dict[str, Any]:
    """The bulletin of several periods, parsed."""
    build = current_build(sample.settings)
    assert build is not None
    return {period: html.fromstring(render_bulletin(Snapshot(period, build, None))) for period in (*PERIODS, NOT_OWED)}


@pytest.fixture(scope="module")
def marts(sample: Any) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(sample.database), read_only=True) as con:
        con.execute("set TimeZone = 'UTC'")
        yield con


def told_by_marts(con: duckdb.DuckDBPyConnection, key: str) -> Decimal | None:
    """What a key means, read by other means than the bulletin's: a row at a time."""
    for sign in (" - ", " / "):
        if sign in key:
            left, right = (told_by_marts(con, part) for part in key.split(sign))
            if left is None or right is None or (sign == " / " and right == 0):
                return None
            return left - right if sign == " - " else left * 100 / right
    match = QUERY.match(key)
    assert match, key
    column, mart = match["column"], match["mart"]
    wanted = [pair.split("=", 1) for pair in match["where"].split("; ") if pair]
    of = " and ".join(
        f"coalesce({name}::varchar, '') in ({', '.join(repr(one) for one in values.split('|'))})"
        for name, values in wanted
    )
    if match["what"] == "count":
        return Decimal(con.execute(f"select count(*) from marts.{mart} where {of}").fetchall()[0][0])
    told = [
        row[0] for row in con.execute(f"select {column} from marts.{mart} where {of}").fetchall() if row[0] is not None
    ]
    if match["what"] == "days":
        return Decimal((date.fromisoformat(match["until"]) - min(told)).days) if told else None
    if match["what"] == "sum":
        return sum(map(Decimal, told), Decimal(0)) if told else None
    assert len(told) <= 1, f"{key} is several rows"
    return Decimal(told[0]) if told else None


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS)
def test_every_number_of_the_page_is_what_the_marts_say(
    pages: dict[str, Any], marts: duckdb.DuckDBPyConnection, period: str
) -> None:
    numbers = pages[period].xpath("//*[@data-key]")
    assert len(numbers) > 40
    for element in numbers:
        told = told_by_marts(marts, element.get("data-key"))
        value = element.get("data-value")
        text = "".join(element.itertext()).strip()
        if value == "":
            assert text in (UNKNOWN_VI, "–"), element.get("data-key")
            # where nobody has reported, a count of nothing is no answer
            assert told is None or (told == 0 and element.get("data-key").startswith("count "))
            continue
        assert told is not None, element.get("data-key")
        assert abs(Decimal(value) - told) < Decimal("0.0001"), element.get("data-key")
        if text != "·":
            assert _read(text) == _rounded(Decimal(value) / int(element.get("data-per")), text), text


def _read(text: str) -> Decimal:
    return Decimal(text.replace(".", "").replace(",", ".").replace("−", "-").replace("+", ""))


def _rounded(value: Decimal, text: str) -> Decimal:
    decimals = len(text.partition(",")[2])
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@pytest.mark.slow
@pytest.mark.parametrize("period", PERIODS)
def test_no_figure_stands_on_the_page_without_its_key(pages: dict[str, Any], period: str) -> None:
    for element in pages[period].xpath("//td[@class='r'] | //div[@class='figure'] | //b | //span[@class='met']"):
        outside = "".join(element.xpath("./text() | .//small/text()")).strip()
        is_day = re.fullmatch(r"\d\d/\d\d/\d{4}( \d\d:\d\d)?", outside)
        is_number_of_criterion = element.get("data-label") == "Số"
        assert is_day or is_number_of_criterion or not re.search(r"\d", outside), outside


@pytest.mark.slow
def test_the_page_fetches_nothing_and_leads_nowhere(pages: dict[str, Any]) -> None:
    for page in pages.values():
        text = html.tostring(page, encoding="unicode")
        assert not page.xpath("//a | //script | //link | //img | //iframe | //object | //*[@src]")
        assert not re.search(r"https?:|@import|url\((?!#)", text)
        assert all(href.startswith("#") for href in page.xpath("//@href"))


@pytest.mark.slow
def test_headlines_are_those_of_the_overview(pages: dict[str, Any], marts: duckdb.DuckDBPyConnection) -> None:
    found = marts.execute(
        "select recognised_pct, budget_disbursed_pct, criteria_per_commune, reports_on_time_pct "
        "from marts.rpt_overview where reporting_period_id = '2023Y' and area_level = 'province'"
    ).fetchall()[0]
    codes = ("communes_recognised", "budget_disbursed", "criteria_per_commune", "reports_on_time")
    cards = pages["2023Y"].xpath
    shown_here = [
        Decimal(cards(f"//div[@data-metric='{code}']/div[@class='figure']/span/@data-value")[0]) for code in codes
    ]
    assert shown_here == list(found)


@pytest.mark.slow
def test_every_rural_commune_has_one_tile_and_the_legend_counts_them(
    pages: dict[str, Any], marts: duckdb.DuckDBPyConnection
) -> None:
    for period, page in pages.items():
        tiles = page.xpath("//div[@class='tile']")
        legend = [int(value) for value in page.xpath("//section[@id='communes']//li//@data-value")]
        told = marts.execute(
            "select coalesce(any_value(commune_count), 0) from marts.rpt_overview "
            "where reporting_period_id = ? and area_level = 'province'",
            [period],
        ).fetchall()[0][0]
        assert len(tiles) == sum(legend) == told


@pytest.mark.slow
def test_bars_and_heat_map_add_up_to_the_marts(pages: dict[str, Any], marts: duckdb.DuckDBPyConnection) -> None:
    money = marts.execute(
        "select assigned_vnd, disbursed_vnd from marts.rpt_funding "
        "where reporting_period_id = '2023Y' and area_level = 'province'"
    ).fetchall()[0]
    drawn = pages["2023Y"].xpath("//section[@id='funding']//svg//@data-key/parent::*")
    for column, total in zip(("assigned_vnd", "disbursed_vnd"), money, strict=True):
        values = [Decimal(bar.get("data-value")) for bar in drawn if column in bar.get("data-key")]
        assert sum(values) == total
    unmet = marts.execute(
        "select sum(criteria_total - criteria_met_declared) from marts.fct_unit_standing "
        "where reporting_period_id = '2023Y' and criteria_set_code = 'NTM_XA_2021'"
    ).fetchall()[0][0]
    cells = pages["2023Y"].xpath("//section[@id='criteria']//svg//@data-value")
    assert (len(cells), sum(map(int, cells))) == (9 * 19, unmet)


@pytest.mark.slow
def test_what_is_not_known_is_said_and_never_nought(pages: dict[str, Any]) -> None:
    card = pages["2025M09"].xpath("//div[@data-metric='poor_households']/div[@class='figure']")[0]
    assert card.text_content().strip() == UNKNOWN_VI
    before = pages["2026Q1"].xpath("//section[@id='headlines']/p")[0].text_content()
    assert "Năm 2025 – chưa có số liệu" in before


@pytest.mark.slow
def test_counts_of_communes_are_not_held_against_another_map(pages: dict[str, Any]) -> None:
    of = pages["2025M09"].xpath
    recognised = of("//div[@data-metric='communes_recognised']//li")[0].text_content()
    assert "khác bản đồ hành chính (85 xã → 35 xã), không so được" in recognised
    money = of("//div[@data-metric='budget_disbursed']//li")[0].text_content()
    assert "điểm %" in money
    assert "hai bản đồ hành chính, cùng địa bàn" in money


@pytest.mark.slow
def test_who_has_not_sent_is_named(pages: dict[str, Any]) -> None:
    rows = pages["2023M09"].xpath("//section[@id='punctuality']//tbody/tr")
    assert [row.text_content().split("Chưa gửi")[0].strip() for row in rows] == ["Thị xã Duyên Hải"]
    assert len(pages["2026M06"].xpath("//section[@id='punctuality']//tbody/tr")) == 41


@pytest.mark.slow
def test_a_period_that_nobody_owed_says_so(pages: dict[str, Any]) -> None:
    text = pages["2024Y"].text_content()
    assert "không có đơn vị nào phải báo cáo" in text
    assert "Không có đơn vị nào chậm" not in text


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_a_browser_without_network_shows_every_number(pages: dict[str, Any], tmp_path: Path) -> None:
    shown_there = in_browser(html.tostring(pages["2023Y"], encoding="unicode"), tmp_path)
    seen = shown_there.xpath("//*[@data-key]")
    told = pages["2023Y"].xpath("//*[@data-key]")
    assert [(one.get("data-key"), one.get("data-value"), one.text_content()) for one in seen] == [
        (one.get("data-key"), one.get("data-value"), one.text_content()) for one in told
    ]


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine")
def test_on_a_telephone_nothing_runs_off_the_side(pages: dict[str, Any], tmp_path: Path) -> None:
    """Plots and tables of numbers may be moved sideways, in a frame of their own; all else fits 360 dots."""
    measure = """<script>
        document.documentElement.style.width = "360px";
        const all = [...document.querySelectorAll("body *")].filter(one => !one.closest(".wide"));
        document.body.setAttribute("data-right", Math.max(...all.map(one => one.getBoundingClientRect().right)));
    </script></body>"""
    for period in ("2023Y", "2026M06"):
        page = html.tostring(pages[period], encoding="unicode").replace("</body>", measure)
        assert float(in_browser(page, tmp_path).xpath("//body/@data-right")[0]) <= 360


def in_browser(page: str, folder: Path) -> Any:
    """What a real browser makes of a page when no name can be looked up."""
    assert CHROMIUM
    (folder / "bulletin.html").write_text(page, encoding="utf-8")
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND"]
    command += ["--window-size=500,900", f"--user-data-dir={folder / 'profile'}", "--dump-dom"]
    done = subprocess.run(
        [*command, (folder / "bulletin.html").as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    return html.fromstring(done.stdout)


@pytest.mark.slow
def test_a_draft_says_so_and_names_its_build(pages: dict[str, Any], sample: Any) -> None:
    build = current_build(sample.settings)
    assert build is not None
    text = pages["2023Y"].text_content()
    assert text.count(DRAFT_VI) >= 3  # at the head, on every printed page, in the footer
    assert build.build_id in pages["2023Y"].xpath("string(//footer)")


def test_a_number_is_written_as_the_office_writes_it() -> None:
    assert shown(Decimal("1234567.85"), 1) == "1.234.567,9"
    assert Number("k", Decimal(-25), 1, is_change=True).text == "−25,0"
    assert Number("k", Decimal(264_862_750_000), 1, 1_000_000).text == "264.862,8"
    assert Number("k", None).text == UNKNOWN_VI


def test_nothing_is_made_of_what_is_not_known() -> None:
    known, unknown = Number("a", 5), Number("b", None)
    assert known.minus(unknown).value is None
    assert unknown.share_of(known).value is None
    assert known.share_of(Number("c", 0)).value is None


def test_words_typed_by_people_are_no_markup() -> None:
    number = Number('x {name=<b>"o"}', 1)
    assert "<b>" not in str(number.__html__())
    assert '"o"' not in str(number.attributes)
