"""What a chart of a dashboard spec asks of Superset: its kind of visualisation and parameters.

Belongs here: one function per word that a spec may write after `as`. Does not belong here: datasets, dashboards.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

Document = dict[str, Any]
Spec = Mapping[str, Any]

MOST_ROWS = 1000
COLOURS = "supersetColors"


def chart_params(chart: Spec, dataset: Spec) -> Document:
    """`viz_type` and `params` of a chart. Raises KeyError for a word, column or measure that is not there."""
    viz_type, params = KINDS[chart["as"]](chart, dataset)
    return {"viz_type": viz_type, "params": {"viz_type": viz_type, "adhoc_filters": _where(chart), **params}}


def _number(chart: Spec, dataset: Spec) -> tuple[str, Document]:
    measure = dataset["measures"][chart["metric"]]
    return "big_number_total", {
        "metric": chart["metric"],
        "y_axis_format": measure["format"],
        "header_font_size": 0.5,
    }


def _bar(chart: Spec, dataset: Spec) -> tuple[str, Document]:
    return "echarts_timeseries_bar", {
        "x_axis": chart["x"],
        "metrics": chart["metrics"],
        "groupby": [],
        "orientation": "horizontal",
        "xAxisLabelInterval": "0",
        "x_axis_sort": chart["x"],
        "x_axis_sort_asc": False,
        "row_limit": MOST_ROWS,
        "truncate_metric": True,
        "show_value": True,
        "show_legend": len(chart["metrics"]) > 1,
        "legendOrientation": "top",
        "legendType": "scroll",
        "rich_tooltip": True,
        "stack": "Stack" if chart.get("stacked") else None,
        "y_axis_format": dataset["measures"][chart["metrics"][0]]["format"],
        "color_scheme": COLOURS,
        "order_desc": True,
        "truncateXAxis": False,
    }


def _pie(chart: Spec, dataset: Spec) -> tuple[str, Document]:
    return "pie", {
        "groupby": [chart["by"]],
        "metric": chart["metric"],
        "row_limit": 20,
        "sort_by_metric": True,
        "donut": True,
        "innerRadius": 40,
        "outerRadius": 70,
        "show_labels": True,
        "labels_outside": True,
        "label_line": True,
        "label_type": "value",
        "show_legend": True,
        "legendOrientation": "top",
        "legendType": "plain",
        "number_format": dataset["measures"][chart["metric"]]["format"],
        "color_scheme": COLOURS,
    }


def _heat(chart: Spec, dataset: Spec) -> tuple[str, Document]:
    return "heatmap_v2", {
        "x_axis": chart["x"],
        "groupby": chart["by"],
        "metric": chart["metric"],
        "row_limit": MOST_ROWS * 10,
        "sort_x_axis": "alpha_asc",
        "sort_y_axis": "alpha_desc",
        "normalize_across": "heatmap",
        "linear_color_scheme": "oranges",
        "xscale_interval": -1,
        "yscale_interval": -1,
        "left_margin": "auto",
        "bottom_margin": "auto",
        "value_bounds": [None, None],
        "y_axis_format": dataset["measures"][chart["metric"]]["format"],
        "show_values": True,
        "show_legend": True,
    }


def _table(chart: Spec, dataset: Spec) -> tuple[str, Document]:
    shown = {
        "table_timestamp_format": "%d/%m/%Y",
        "row_limit": MOST_ROWS,
        "server_page_length": 50,
        "show_cell_bars": False,
        "include_search": True,
        "page_length": 50,
    }
    if "columns" in chart:
        for column in chart["columns"]:
            dataset["columns"][column]
        order = f'["{chart["order"]}", {"false" if chart.get("descending") else "true"}]'
        return "table", {
            "query_mode": "raw",
            "all_columns": chart["columns"],
            "order_by_cols": [order],
            **shown,
        }
    for column in chart["by"]:
        dataset["columns"][column]
    formats = {name: {"d3NumberFormat": dataset["measures"][name]["format"]} for name in chart["metrics"]}
    return "table", {
        "query_mode": "aggregate",
        "groupby": chart["by"],
        "metrics": chart["metrics"],
        "order_desc": True,
        "column_config": formats,
        **shown,
    }


def _where(chart: Spec) -> list[Document]:
    if "where" not in chart:
        return []
    return [{"clause": "WHERE", "expressionType": "SQL", "sqlExpression": chart["where"]}]


KINDS: Mapping[str, Callable[[Spec, Spec], tuple[str, Document]]] = {
    "number": _number,
    "bar": _bar,
    "pie": _pie,
    "heat": _heat,
    "table": _table,
}
