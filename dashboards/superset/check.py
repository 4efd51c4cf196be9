"""Open every dashboard in a real browser, take its picture, and hold its headline numbers against SQL on the marts.

Runs in Superset's environment with `playwright` and `psycopg2`, against the server that `just superset` started:
`check.py FOLDER [PERIOD …]`; without a period the dashboards choose it. Ends with 1 where a number differs.
"""

import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import psycopg2
from playwright.sync_api import Page, sync_playwright

BASE = f"http://127.0.0.1:{os.environ.get('NTM_SUPERSET_PORT', '8088')}"
HOME = Path(os.environ["NTM_DATA_DIR"]) / "superset"
CHROMIUM = os.environ.get("NTM_CHROMIUM", "/usr/bin/chromium")
WAIT_MS = 60_000

OVERVIEW = "select {} from marts.rpt_overview where area_level = 'province' and reporting_period_id = %(period)s"
FUNDING = "select {} from marts.rpt_funding where area_level = 'province' and reporting_period_id = %(period)s"
HELPERS = "select {} from marts.rpt_helper_teams where area_level = 'province' and reporting_period_id = %(period)s"
REPORTS = "select {} from marts.rpt_submissions where reporting_period_id = %(period)s"
MONEY = "select sum({}) / 1e6 from marts.fct_funding where not is_carried_over and reporting_period_id = %(period)s"

# Card by card in the order of the page: the SQL that must give the same, and decimals shown.
EXPECTED: Mapping[str, tuple[tuple[str, int], ...]] = {
    "tong-quan": (
        (OVERVIEW.format("recognised_count"), 0),
        (OVERVIEW.format("recognised_pct"), 1),
        (OVERVIEW.format("advanced_count"), 0),
        (OVERVIEW.format("criteria_per_commune"), 1),
        (OVERVIEW.format("budget_disbursed_pct"), 1),
        (OVERVIEW.format("reports_on_time_pct"), 1),
    ),
    "tieu-chi": (
        (OVERVIEW.format("criteria_per_commune"), 1),
        (OVERVIEW.format("reported_count"), 0),
        (OVERVIEW.format("completed_not_recognised_count"), 0),
        (OVERVIEW.format("criteria_confirmed_pct"), 1),
    ),
    "nguon-luc": (
        (MONEY.format("assigned_vnd"), 1),
        (MONEY.format("disbursed_vnd"), 1),
        (FUNDING.format("disbursed_pct"), 1),
        (FUNDING.format("carried_over_disbursed_pct"), 1),
        (FUNDING.format("upper_budget_share_pct"), 1),
    ),
    "to-giup-viec": (
        (
            "select sum(visit_count) from marts.fct_helper_period where reporting_period_id = %(period)s",
            0,
        ),
        (HELPERS.format("visit_in_advance_pct"), 1),
        (HELPERS.format("visited_assignment_pct"), 1),
        ("select count(*) from marts.fct_obstacle where is_open", 0),
        ("select count(*) from marts.fct_obstacle where is_overdue", 0),
    ),
    "nop-bao-cao": (
        (REPORTS.format("count(*)"), 0),
        (REPORTS.format("count(*) filter (where punctuality <> 'missing')"), 0),
        (REPORTS.format("count(*) filter (where punctuality = 'missing')"), 0),
        (OVERVIEW.format("reports_on_time_pct"), 1),
        (OVERVIEW.format("forms_accepted_pct"), 1),
    ),
}


def main(folder: Path, periods: list[str]) -> int:
    """The number of headline numbers that differ from the marts."""
    folder.mkdir(parents=True, exist_ok=True)
    wrong = 0
    with psycopg2.connect(os.environ["NTM_SUPERSET_DSN"]) as marts, sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1500, "height": 1700})
        _log_in(page)
        for period in periods or [None]:
            for slug, cards in EXPECTED.items():
                _open(page, slug, _label(marts, period) if period else None)
                page.screenshot(path=folder / f"{slug}{'-' + period if period else ''}.png")
                chosen = period or _period_of(marts, _shown_filter(page))
                shown = list(_numbers(page))[: len(cards)]
                for number, (query, places) in enumerate(cards):
                    expected, seen = _figure(marts, query, chosen), shown[number]
                    same = _written(expected, places) == seen
                    wrong += not same
                    print(f"{'ok ' if same else 'NOT'} {slug} {chosen} card {number + 1}: {seen} ({expected})")
        browser.close()
    return wrong


def _log_in(page: Page) -> None:
    page.goto(f"{BASE}/login/")
    page.wait_for_selector("input#password, input[name=password]", timeout=WAIT_MS)
    page.fill("input#username, input[name=username]", "admin")
    page.fill("input#password, input[name=password]", (HOME / "admin_password").read_text().strip())
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/login" not in url, timeout=WAIT_MS)
    page.wait_for_load_state("networkidle")


def _open(page: Page, slug: str, label: str | None) -> None:
    chosen = ""
    if label:
        name = f"NATIVE_FILTER-{slug}-period"
        chosen = "?native_filters=" + quote(
            f"({name}:(extraFormData:(filters:!((col:period_label_vi,op:IN,val:!('{label}')))),"
            f"filterState:(value:!('{label}')),id:{name}))"
        )
    page.goto(f"{BASE}/superset/dashboard/{slug}/{chosen}")
    page.wait_for_selector('[data-test="dashboard-component-chart-holder"]', timeout=WAIT_MS)
    page.wait_for_timeout(6000)
    page.wait_for_function("!document.querySelector('[data-test=\"loading-indicator\"]')", timeout=WAIT_MS)
    page.wait_for_timeout(2000)


def _numbers(page: Page) -> Iterator[str]:
    """What each card shows; a card without a figure shows none."""
    for card in page.query_selector_all('[data-test="dashboard-component-chart-holder"]'):
        if (shown := card.query_selector(".superset-legacy-chart-big-number .header-line")) is not None:
            yield shown.inner_text().strip()


def _shown_filter(page: Page) -> str:
    found = page.query_selector('[data-test="filter-bar"] .ant-select-selection-item, .ant-select-selection-item')
    assert found is not None, "no period is chosen"
    return str(found.get_attribute("title") or found.inner_text()).strip()


def _figure(marts: "psycopg2.extensions.connection", query: str, period: str) -> float | None:
    with marts.cursor() as cursor:
        cursor.execute(query, {"period": period})
        row = cursor.fetchone()
    return None if row is None or row[0] is None else float(row[0])


def _label(marts: "psycopg2.extensions.connection", period: str) -> str:
    with marts.cursor() as cursor:
        cursor.execute("select label_vi from marts.dim_reporting_period where reporting_period_id = %s", (period,))
        return str(cursor.fetchone()[0])


def _period_of(marts: "psycopg2.extensions.connection", label: str) -> str:
    with marts.cursor() as cursor:
        cursor.execute("select reporting_period_id from marts.dim_reporting_period where label_vi = %s", (label,))
        return str(cursor.fetchone()[0])


def _written(figure: float | None, places: int) -> str:
    """As Vietnamese readers write it; Superset shows a card without a figure as No data."""
    if figure is None:
        return "No data"
    return f"{figure:,.{places}f}".translate(str.maketrans(",.", ".,"))


if __name__ == "__main__":
    sys.exit(min(main(Path(sys.argv[1]), sys.argv[2:]), 1))
