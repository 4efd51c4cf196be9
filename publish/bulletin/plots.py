"""Plots of the bulletin as inline SVG, drawn by matplotlib: bars of money, the heat map of unmet criteria.

Every figure that is drawn carries its key and exact value, like those in the text. Nothing in the picture refers to
anything outside it. Belongs here: drawing. Does not belong here: what is drawn (funding.py, communes.py).
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from markupsafe import Markup

from publish.bulletin.communes import HeatMap
from publish.bulletin.funding import STEPS, FundingLine
from publish.bulletin.numbers import MILLION, Number

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH_IN = 7.4
# measured with the font that matplotlib brings along, which is wide; shown with what the reader has
MEASURED = "DejaVu Sans"
SHOWN = "'DejaVu Sans', 'Segoe UI', 'Noto Sans', 'Liberation Sans', Arial, sans-serif"
# light to dark along the way of the money, so that the order is seen without colours
STEP_COLOURS = ("#d9e2ec", "#9fb8d1", "#4f83b6", "#123f6d")
INK, FAINT = "#1c2733", "#6b7785"
DARK_ABOVE = 0.55
P = ParamSpec("P")
R = TypeVar("R")

SCALE_FROM = 3  # one commune of a unit is no alarm


def _styled(salt: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Draw in our style, whatever a person's own says. One salt per plot keeps ids apart on a page, and equal equal."""

    def decorate(draw: Callable[P, R]) -> Callable[P, R]:
        @wraps(draw)
        def drawn(*args: P.args, **kwargs: P.kwargs) -> R:
            import matplotlib

            style: dict[Any, Any] = {
                **matplotlib.rcParamsDefault,
                "svg.fonttype": "none",
                "svg.hashsalt": salt,
                "font.family": [MEASURED],
                "text.parse_math": False,  # a name with a dollar sign is a name
            }
            del style["backend"]
            with matplotlib.rc_context(style):
                return draw(*args, **kwargs)

        return drawn

    return decorate


@_styled("funding")
def funding_bars(lines: Sequence[FundingLine]) -> Markup | None:
    """Planned, assigned, performed, disbursed of each programme, in million đồng; None where nothing is drawn."""
    drawn = [line for line in lines if line.is_drawn]
    if not drawn:
        return None
    figure = _figure(0.5 + 1.05 * len(drawn))
    axes = figure.add_subplot()
    marks: dict[str, Number] = {}
    largest = max((_million(amount) for line in drawn for amount in line.amounts), default=0.0) or 1.0
    for row, line in enumerate(drawn):
        for step, amount in enumerate(line.amounts):
            y, name = row + (step - 1.5) * 0.21, f"funding{row}_{step}"
            axes.barh(y, _million(amount), height=0.19, color=STEP_COLOURS[step], edgecolor=FAINT, linewidth=0.4)
            axes.text(_million(amount) + largest * 0.01, y, amount.text, va="center", fontsize=8, color=INK, gid=name)
            marks[name] = amount
    axes.set_yticks(range(len(drawn)), [textwrap.fill(line.label_vi, 32) for line in drawn], fontsize=8)
    axes.set_ylim(len(drawn) - 0.5, -0.5)
    axes.set_xlim(0, largest * 1.16)
    axes.set_xticks([])
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    axes.tick_params(left=False)
    handles = [
        _rectangle((0, 0), facecolor=colour, edgecolor=FAINT, label=label)
        for colour, (_, label) in zip(STEP_COLOURS, STEPS, strict=True)
    ]
    figure.legend(handles=handles, loc="outside upper center", ncols=len(handles), frameon=False, fontsize=8)
    return _svg(figure, "Vốn ngân sách trong năm theo chương trình, triệu đồng", marks)


@_styled("heat")
def unmet_heat(heat: HeatMap) -> Markup:
    """Units down, criteria across; the darker the more communes; hatched where the unit has not reported."""
    figure = _figure(0.5 + 0.205 * len(heat.units))
    axes = figure.add_subplot()
    marks: dict[str, Number] = {}
    largest = max(SCALE_FROM, *(int(cell.value or 0) for row in heat.unmet for cell in row))
    from matplotlib import colormaps

    colours = colormaps["YlOrRd"]
    for y, row in enumerate(heat.unmet):
        for x, cell in enumerate(row):
            name = f"heat{y}_{x}"
            marks[name] = cell
            part = (int(cell.value or 0) / largest) * 0.85
            fill = "#f2f4f6" if not cell.value else colours(part + 0.1)
            hatch = "////" if cell.value is None else None
            axes.add_patch(_rectangle((x, y), facecolor=fill, edgecolor="#ffffff", linewidth=1.2, hatch=hatch))
            text = "–" if cell.value is None else cell.text if cell.value else "·"
            ink = "#ffffff" if part > DARK_ABOVE else INK if cell.value else "#a3adb8"
            axes.text(x + 0.5, y + 0.5, text, ha="center", va="center", fontsize=8, color=ink, gid=name)
    axes.set_xlim(0, len(heat.criteria))
    axes.set_ylim(len(heat.units), 0)
    axes.set_xticks(
        [x + 0.5 for x in range(len(heat.criteria))], [str(one.number) for one in heat.criteria], fontsize=8
    )
    axes.set_yticks([y + 0.5 for y in range(len(heat.units))], list(heat.units), fontsize=8)
    axes.xaxis.tick_top()
    axes.tick_params(length=0)
    axes.spines[:].set_visible(False)
    return _svg(figure, "Số xã chưa đạt, theo đơn vị và tiêu chí", marks)


def _figure(height_in: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH_IN, height_in), layout="constrained")


def _rectangle(corner: tuple[float, float], **style: Any) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(corner, 1, 1, **style)


def _million(amount: Number) -> float:
    return 0.0 if amount.value is None else float(amount.value) / MILLION


def _svg(figure: Figure, title_vi: str, marks: Mapping[str, Number]) -> Markup:
    """The figure as an element of a page: sized by its view box, marked, and free of what only a file needs."""
    from lxml import etree

    buffer = io.BytesIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = etree.fromstring(buffer.getvalue(), etree.XMLParser(remove_comments=True, no_network=True))
    for element in list(root.iter("{*}metadata")):
        element.getparent().remove(element)
    for element in root.iter():
        element.tag = etree.QName(element).localname
        if "style" in element.attrib:
            element.set("style", str(element.attrib["style"]).replace(f"'{MEASURED}'", SHOWN))
        for name in list(element.attrib):
            if name.endswith("}href"):
                element.set("href", element.attrib[name])
                del element.attrib[name]
        number = marks.get(element.get("id", ""))
        if number is not None:
            del element.attrib["id"]
            element.set("data-key", number.key)
            element.set("data-value", "" if number.value is None else f"{number.value}")
            element.set("data-per", str(number.per))
        elif element.tag == "g" and "id" in element.attrib:
            del element.attrib["id"]
    for name in ("width", "height", "version"):
        if name in root.attrib:
            del root.attrib[name]
    root.set("role", "img")
    root.set("aria-label", title_vi)
    etree.cleanup_namespaces(root)
    return Markup(etree.tostring(root, encoding="unicode"))
