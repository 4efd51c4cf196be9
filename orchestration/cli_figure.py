"""The command `ntm figure`: its arguments, and the answer on a terminal or as JSON.

Belongs here: reading the arguments, showing a figure. Does not belong here: finding or refusing it (publish/figure.py).
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from publish.figure_question import Coverage, Figure, Line

CLOCKS_VI = {"now": "hiện biết", "known_at": "như đã biết lúc", "at_lock": "khi khoá sổ"}
ADDITIVITY_VI = {
    "cumulative": "lũy kế từ đầu năm báo cáo",
    "yearly": "số của cả năm",
    "discrete": "phát sinh",
    "stock": "số cuối kỳ",
    "ratio": "tỷ lệ, tính lại từ tử số và mẫu số",
}
MOST_MISSING = 6


def figure(
    name: Annotated[
        str, typer.Argument(metavar="MART.MEASURE", help="Such as fct_funding.disbursed_vnd; or a ratio of dim_metric.")
    ],
    period: Annotated[list[str] | None, typer.Option("--period", help="May be given several times.")] = None,
    known_at: Annotated[
        str | None, typer.Option("--known-at", help="As the office knew it then: 2023-04-12 or 2023-04-12T08:00.")
    ] = None,
    at_lock: Annotated[bool, typer.Option("--at-lock", help="As known when the period was last closed.")] = False,
    on_map: Annotated[str | None, typer.Option("--map", help="On the map of this day, such as 2025-07-01.")] = None,
    split: Annotated[
        str | None, typer.Option("--split", help="What becomes of a unit that is several there: population, none.")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", help="unit, reporting_unit, district, province, period, programme, or a column; several."),
    ] = None,
    only: Annotated[list[str] | None, typer.Option("--only", help="COLUMN=VALUE; only these rows; several.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Tell one figure: as known now, at a moment or at lock, on a map, with its coverage; or why there is none."""
    from ingest.settings import load_settings
    from orchestration.commands import terminal
    from orchestration.usage import keys_of, period_named
    from publish.figure import ask
    from publish.figure_question import Question

    question = Question(
        name=name,
        periods=tuple(period_named(text) for text in period or ()),
        known_at=_instant(known_at) if known_at else None,
        at_lock=at_lock,
        on_map=_day(on_map) if on_map else None,
        split=split,
        by=tuple(by or ()),
        only=keys_of(only) if only else {},
    )
    answer = ask(load_settings(), question)
    if as_json:
        typer.echo(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
    else:
        show_figure(terminal(), answer)


def add_to(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command()(figure)


def show_figure(console: Console, answer: Figure) -> None:
    """The figure, what it rests on, then its lines."""
    from rich.markup import escape

    console.print(f"[bold]{escape(answer.label_vi)}[/]  {answer.name} · {ADDITIVITY_VI[answer.additivity]}")
    moment = f" {answer.known_at.isoformat()}" if answer.known_at else ""
    console.print(f"  kỳ        {', '.join(answer.periods) or 'mọi kỳ'}, {CLOCKS_VI[answer.clock]}{moment}")
    if answer.map_label_vi:
        own = " (bản đồ của chính kỳ này)" if answer.is_own_map else ""
        console.print(f"  bản đồ    {answer.map_label_vi}{own}")
    if not answer.is_own_map and answer.split:
        people = f", dân số theo hồ sơ xã {', '.join(answer.people_periods)}" if answer.people_periods else ""
        console.print(f"  cách chia {answer.split}{people}")
    for coverage in answer.coverage:
        console.print(f"  báo cáo   {_covered(coverage)}")
    if answer.lines:
        _show_lines(console, answer)
    if answer.total is not None:
        words = "toàn tỉnh" if answer.unit_vi else "tổng cộng"
        console.print(f"  [bold]{words} {shown(answer.total)}[/] {answer.unit_vi or ''}".rstrip())
        if answer.not_divided:
            console.print(f"  trong đó chưa phân bổ {shown(answer.not_divided)}")
        if answer.told_before:
            console.print(f"  trong đó đã báo cáo trên chính bản đồ đó, không chia {shown(answer.told_before)}")
        if answer.at_lock_total is not None:
            console.print(f"  khi khoá sổ {shown(answer.at_lock_total)}")
    elif answer.additivity != "ratio":
        console.print("  không có tổng: các dòng này không cộng được với nhau")
    if not answer.is_exact:
        console.print("  gần đúng: có đơn vị được chia hoặc đã điều chỉnh địa giới")


def shown(value: Decimal | None) -> str:
    """A number as the office writes it: points between thousands, a comma before decimals; a dash for none."""
    from publish.figure_question import shown_number

    if value is None:
        return "–"
    whole, point, decimals = shown_number(value).partition(".")
    sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
    return f"{sign}{int(digits):,}".replace(",", ".") + ("," + decimals if point else "")


def _show_lines(console: Console, answer: Figure) -> None:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for heading in answer.by:
        table.add_column(heading, overflow="fold")
    headings = ("value", "numerator", "denominator", "units") if answer.additivity == "ratio" else ("value",)
    for heading in headings:
        table.add_column(heading, justify="right")
    for line in answer.lines:
        table.add_row(*line.keys, *_cells(line)[: len(headings)])
    console.print(table)


def _cells(line: Line) -> tuple[str, ...]:
    parts = f"{line.parts} / {line.parts_of}" if line.parts_of else ""
    return shown(line.value), shown(line.numerator), shown(line.denominator), parts


def _covered(coverage: Coverage) -> str:
    told = f"{coverage.period}: {coverage.reported}/{coverage.expected} đơn vị"
    if coverage.closed is not None:
        told += f", đã khoá sổ {coverage.closed}"
    if coverage.missing:
        more = " …" if len(coverage.missing) > MOST_MISSING else ""
        told += f"; thiếu {', '.join(coverage.missing[:MOST_MISSING])}{more}"
    return told


def _day(text: str) -> date:
    from orchestration.usage import WrongUsage

    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"{text!r} is no day. Write one like 2025-07-01.") from None


def _instant(text: str) -> datetime:
    """An instant; a day alone means its end, and without a zone it is the office's time."""
    from datetime import time

    from ingest.settings import OFFICE_TIME_ZONE
    from orchestration.usage import WrongUsage

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise WrongUsage(f"{text!r} is no moment. Write one like 2023-04-12 or 2023-04-12T08:00:00+07:00.") from None
    if len(text) == len("2023-04-12"):
        found = datetime.combine(found.date(), time(23, 59, 59))
    return found if found.tzinfo else found.replace(tzinfo=OFFICE_TIME_ZONE)
