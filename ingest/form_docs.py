"""docs/forms.md, the documentation of what is asked of reporting units, made from the form specs.

Run `python -m ingest.form_docs` after a spec changed; a test keeps the page and the specs equal.
"""

from __future__ import annotations

from ingest.settings import PROJECT_ROOT
from ingest.spec import Column, FormSpec, Position, load_specs

PAGE = PROJECT_ROOT / "docs" / "forms.md"

PERIOD_TYPES_VI = {"quarter": "quý", "6_months": "6 tháng", "9_months": "9 tháng", "year": "năm", "stage": "giai đoạn"}


def render() -> str:
    """The whole page as Markdown."""
    heading = (
        "# Forms · Các biểu mẫu\n\n"
        "Made from `ingest/forms/*.yml` by `python -m ingest.form_docs`; do not edit by hand.\n"
    )
    return heading + "".join(_section(spec) for spec in load_specs().values())


def _section(spec: FormSpec) -> str:
    sheets = "; ".join(
        f"`{sheet.name}` ({sheet.anchor}{', ' + sheet.criteria_set_code if sheet.criteria_set_code else ''})"
        for sheet in spec.sheets
    )
    due = ", ".join(PERIOD_TYPES_VI[period_type] for period_type in spec.due_in)
    facts = [
        f"- Grain: {spec.grain}. Key: {', '.join(f'`{name}`' for name in spec.key)}.",
        f"- Sheets: {sheets}. Layout: {spec.layout}. Version {spec.version}.",
        f"- Kỳ phải gửi: {due}. Nil return: {'yes' if spec.nil_allowed else 'no'}.",
        f"- Source: {spec.source}.",
    ]
    table = [
        "| column | heading on the sheet | type | unit | list | required | note |",
        "|---|---|---|---|---|---|---|",
        *(_row(column) for column in spec.columns),
    ]
    return "\n".join(["", f"## {spec.form} · {spec.title_vi}", "", *facts, "", *table, ""])


def _row(column: Column) -> str:
    limits = [f"≥ {column.minimum}"] if column.minimum is not None else []
    limits += [f"≤ {column.maximum}"] if column.maximum is not None else []
    notes = [column.help, " ".join(limits), "prefilled by the office" if column.prefilled else ""]
    where = {Position.ROW: "", Position.AXIS: "names a group of columns", Position.CELL: "in each group"}
    cells = [
        f"`{column.name}`",
        " / ".join(column.headers),
        column.type.value,
        column.unit or "",
        column.code_list or "",
        "yes" if column.required else "",
        "; ".join(note for note in [*notes, where[column.position]] if note),
    ]
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    PAGE.write_text(render(), encoding="utf-8")


if __name__ == "__main__":
    main()
