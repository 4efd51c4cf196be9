"""Dashboards as code: dashboards/superset/*.yml → the YAML files that Apache Superset imports.

Belongs here: database, datasets and dashboards. Labels and types come from the dictionary, ratios from dim_metric, so
that nothing is named twice; identities follow from names, so that a second import changes what is there. Does not
belong here: charts (superset_charts.py), Superset itself (dashboards/superset/start.sh, an environment of its own).
Run `python -m publish.superset_bundle FOLDER` to write the files.
"""

from __future__ import annotations

import sys
import uuid
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from ingest.settings import PROJECT_ROOT
from publish import dictionary
from publish.superset_charts import chart_params

SPECS = PROJECT_ROOT / "dashboards" / "superset"
VERSION = "1.0.0"
# The connection of the bundle is a name; superset_config.py puts the real one in its place, so that no file holds it.
DATABASE, DATABASE_URI = "NTM", "postgresql+psycopg2://ntm_bi@localhost/ntm"
TYPES = {"int": "INTEGER", "date": "DATE", "timestamptz": "TIMESTAMP WITH TIME ZONE", "boolean": "BOOLEAN"}

Document = dict[str, Any]


def identity(*names: str) -> str:
    """The uuid of a thing by its names."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, "/".join(("ntm", *names))))


def bundle() -> dict[str, Document]:
    """Every file of the import by its path, as data."""
    files: dict[str, Document] = {
        "metadata.yaml": {"version": VERSION, "type": "assets", "timestamp": "2026-01-01T00:00:00+00:00"},
        f"databases/{DATABASE}.yaml": _database(),
    }
    for name, spec in datasets().items():
        files[f"datasets/{DATABASE}/{name}.yaml"] = _dataset(name, spec)
    for dashboard in dashboards():
        for row in dashboard["rows"]:
            for chart in row["charts"]:
                document = _chart(dashboard["slug"], chart)
                files[f"charts/{document['uuid']}.yaml"] = document
        files[f"dashboards/{dashboard['slug']}.yaml"] = _dashboard(dashboard)
    return files


def write_bundle(out: Path) -> None:
    """Write the files of the import below a folder."""
    import yaml

    for path, document in bundle().items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120), encoding="utf-8")


@cache
def datasets() -> Mapping[str, Document]:
    """The specs of the datasets by name, their measures whole: with the published ratios where a spec asks for them."""
    found = _load(SPECS / "datasets.yml")
    return {name: {**spec, "measures": {**spec["measures"], **_ratios(spec)}} for name, spec in found.items()}


@cache
def dashboards() -> tuple[Document, ...]:
    """The specs of the dashboards, in order."""
    return tuple(_load(path) for path in sorted((SPECS / "dashboards").glob("*.yml")))


@cache
def filters() -> Mapping[str, Document]:
    """The specs of the filters by name."""
    return _load(SPECS / "filters.yml")


def column_words(declared: str | Mapping[str, str]) -> tuple[str, str]:
    """Label and type of a dataset's column: those of a mart's column, or its own."""
    if isinstance(declared, str):
        mart, column = declared.split(".")
        found = dictionary.mart(mart).column(column)
        return found.label_vi, found.data_type
    return declared["label"], declared["type"]


def _ratios(spec: Document) -> dict[str, Document]:
    if "ratios" not in spec:
        return {}
    found: dict[str, Document] = {}
    for metric in dictionary.metrics():
        part = "sum(case when metric_code = '" + metric.code + "' then {} end)"
        above, below = part.format("numerator"), part.format("denominator")
        scale = "100.0" if metric.unit == "%" else "1.0"
        found[metric.code] = {
            "label": metric.label_vi,
            "sql": f"{above} * {scale} / nullif({below}, 0)",
            "format": ",.1f",
        }
        found[f"{metric.code}__numerator"] = {"label": metric.numerator_vi, "sql": above, "format": ",.0f"}
        found[f"{metric.code}__denominator"] = {"label": metric.denominator_vi, "sql": below, "format": ",.0f"}
    return found


def _database() -> Document:
    return {
        "database_name": DATABASE,
        "sqlalchemy_uri": DATABASE_URI,
        "cache_timeout": None,
        "expose_in_sqllab": True,
        "allow_run_async": False,
        "allow_ctas": False,
        "allow_cvas": False,
        "allow_dml": False,
        "allow_csv_upload": False,
        "extra": {"allows_virtual_table_explore": True},
        "uuid": identity("database"),
        "version": VERSION,
    }


def _dataset(name: str, spec: Document) -> Document:
    columns = []
    for column, declared in spec["columns"].items():
        label, data_type = column_words(declared)
        kind = "NUMERIC" if data_type.startswith("decimal") else TYPES.get(data_type, "VARCHAR")
        columns.append(
            {
                "column_name": column,
                "verbose_name": label,
                "is_dttm": data_type in ("date", "timestamptz"),
                "is_active": True,
                "type": kind,
                "groupby": True,
                "filterable": True,
                "expression": "",
            }
        )
    measures = [
        {
            "metric_name": measure,
            "verbose_name": one["label"],
            "metric_type": "expression",
            "expression": one["sql"],
            "d3format": one.get("format"),
        }
        for measure, one in spec["measures"].items()
    ]
    return {
        "table_name": f"{DATABASE}: {spec['label']}",
        "main_dttm_col": None,
        "description": spec["label"],
        "schema": "marts",
        "sql": spec["sql"],
        "filter_select_enabled": True,
        "uuid": identity("dataset", name),
        "metrics": measures,
        "columns": columns,
        "version": VERSION,
        "database_uuid": identity("database"),
    }


def _chart(slug: str, chart: Document) -> Document:
    return {
        "slice_name": chart["name"],
        "uuid": identity("chart", slug, chart["name"]),
        "version": VERSION,
        "dataset_uuid": identity("dataset", chart["dataset"]),
        **chart_params(chart, datasets()[chart["dataset"]]),
    }


def _dashboard(spec: Document) -> Document:
    return {
        "dashboard_title": spec["title"],
        "slug": spec["slug"],
        "uuid": identity("dashboard", spec["slug"]),
        "published": True,
        "css": "",
        "position": _position(spec),
        "metadata": {
            "native_filter_configuration": [_filter(spec, name) for name in spec["filters"]],
            "cross_filters_enabled": True,
            "color_scheme": "supersetColors",
            "refresh_frequency": 0,
            "label_colors": {},
        },
        "version": VERSION,
    }


def _position(spec: Document) -> Document:
    rows = [f"ROW-{number}" for number, _ in enumerate(spec["rows"])]
    position: Document = {
        "DASHBOARD_VERSION_KEY": "v2",
        "ROOT_ID": {"type": "ROOT", "id": "ROOT_ID", "children": ["GRID_ID"]},
        "GRID_ID": {"type": "GRID", "id": "GRID_ID", "children": rows, "parents": ["ROOT_ID"]},
        "HEADER_ID": {"type": "HEADER", "id": "HEADER_ID", "meta": {"text": spec["title"]}},
    }
    number = 0
    for row, spec_of_row in zip(rows, spec["rows"], strict=True):
        children = []
        for chart in spec_of_row["charts"]:
            number += 1
            place = f"CHART-{number}"
            children.append(place)
            position[place] = {
                "type": "CHART",
                "id": place,
                "children": [],
                "parents": ["ROOT_ID", "GRID_ID", row],
                "meta": {
                    "width": chart["width"],
                    "height": spec_of_row["height"],
                    "chartId": number,
                    "uuid": identity("chart", spec["slug"], chart["name"]),
                    "sliceName": chart["name"],
                },
            }
        position[row] = {
            "type": "ROW",
            "id": row,
            "children": children,
            "parents": ["ROOT_ID", "GRID_ID"],
            "meta": {"background": "BACKGROUND_TRANSPARENT"},
        }
    return position


def _filter(spec: Document, name: str) -> Document:
    declared = filters()[name]
    one_only = "first" in declared
    controls = {
        "enableEmptyFilter": one_only,
        "defaultToFirstItem": one_only,
        "multiSelect": bool(declared.get("several")),
        "searchAllOptions": False,
        "inverseSelection": False,
        "sortAscending": not one_only,
    }
    return {
        "id": f"NATIVE_FILTER-{spec['slug']}-{name}",
        "name": declared["label"],
        "type": "NATIVE_FILTER",
        "filterType": "filter_select",
        "targets": [{"column": {"name": declared["column"]}, "datasetUuid": identity("dataset", declared["dataset"])}],
        "controlValues": controls,
        **({"sortMetric": declared["first"], "requiredFirst": True} if one_only else {}),
        "defaultDataMask": {"extraFormData": {}, "filterState": {}, "ownState": {}},
        "cascadeParentIds": [],
        "scope": {"rootPath": ["ROOT_ID"], "excluded": []},
        "adhoc_filters": [],
        "time_range": "No filter",
        "description": "",
    }


def _load(path: Path) -> Document:
    import yaml

    return dict(yaml.safe_load(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    write_bundle(Path(sys.argv[1]))
