"""docs/forms.md, the documentation of what is asked of reporting units, made from the form specs.

Run `python -m ingest.form_docs` after a spec changed; a test keeps the page and the specs equal.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ingest.layout import Constant, LayoutColumn, LayoutVersion, RowLabel
from ingest.settings import PROJECT_ROOT
from ingest.spec import Column, FormSpec, Position, SheetSpec, load_specs

PAGE = PROJECT_ROOT / "docs" / "forms.md"

ROW = "row_label"
PERIOD_TYPES_VI = {"quarter": "quý", "6_months": "6 tháng", "9_months": "9 tháng", "year": "năm", "stage": "giai đoạn"}


def render() -> str:
    """The whole page as Markdown."""
    heading = (
        "# Forms · Các biểu mẫu\n\n"
        "Made from `ingest/forms/*.yml` by `python -m ingest.form_docs`; do not edit by hand.\n"
    )
    return heading + "".join(_section(spec) for spec in load_specs().values())


def _section(spec: FormSpec) -> str:
    sheets = "; ".join(f"`{sheet.name}` ({', '.join(_facts(sheet))})" for sheet in spec.sheets)
    due = ", ".join(PERIOD_TYPES_VI[period_type] for period_type in spec.due_in)
    facts = [
        f"- Grain: {spec.grain}. Key: {', '.join(f'`{name}`' for name in spec.key)}.",
        f"- Sheets: {sheets}. Layout: {spec.layout}. Version {spec.version}.",
        f"- Kỳ phải gửi: {due}. Nil return: {'yes' if spec.nil_allowed else 'no'}.",
        f"- Source: {spec.source}.",
        *([f"- {spec.note_vi}."] if spec.note_vi else ()),
    ]
    table = [
        "| column | heading on the sheet | type | unit | list | required | note |",
        "|---|---|---|---|---|---|---|",
        *(_row(column) for column in spec.columns),
    ]
    heading = ["", f"## {spec.form} · {spec.title_vi}", "", *facts, "", *table, ""]
    return "\n".join([*heading, *(line for layout in spec.layouts for line in _layout(spec, layout)), *_derived(spec)])


def _facts(sheet: SheetSpec) -> list[str]:
    """What is printed on a sheet, the set it carries, in which periods, and who receives it where not all do."""
    facts = [sheet.anchor, sheet.criteria_set_code, sheet.from_period and f"từ kỳ {sheet.from_period}"]
    facts += [sheet.until_period and f"đến trước kỳ {sheet.until_period}", " ".join(sheet.unit_types)]
    return [fact for fact in facts if fact]


def _layout(spec: FormSpec, layout: LayoutVersion) -> list[str]:
    """A hand-made layout: what its headings are read as."""
    fixed = ", ".join(f"`{name}` = {_fixed(constant)}" for name, constant in layout.constants.items())
    facts = [
        f"- {layout.note}.",
        f"- A title with one of: {', '.join(layout.titles)}. Needed: {_names(layout.needed)}.",
        f"- Required: {_names(sorted(layout.required))}." + (f" Constant: {fixed}." if fixed else ""),
    ]
    if layout.codes:
        marks = "; ".join(f"`{name}`: {_marks(codes)}" for name, codes in layout.codes.items())
        facts.append(f"- Marks: {marks}; `-` and blank say nothing.")
    if layout.needs_printed_unit:
        facts.append("- The unit of money must be printed above the table.")
    if layout.rows:
        facts.append(f"- Rows by label: {'; '.join(_labels(layout.rows))}.")
    table = [
        "| column | headings | holds |",
        "|---|---|---|",
        *(f"| `{one.name}` | {' / '.join(one.headers)} | {_holds(one)} |" for one in layout.columns),
    ]
    return [f"### Layout `{layout.name}`", "", *facts, "", *table, ""]


def _derived(spec: FormSpec) -> list[str]:
    notes = [f"- `{kind.name}` sums up {kind.note}." for kind in spec.derived]
    return ["### Sheets that are recognised and not read", "", *notes, ""] if notes else []


def _holds(column: LayoutColumn) -> str:
    if column.by_content:
        return " or ".join(f"`{name}`" for name in column.by_content) + ", by what the cell holds"
    return " and ".join(f"`{name}`" for name in column.split) or ("the label of the row" if column.name == ROW else "")


def _fixed(constant: Constant) -> str:
    sources = {"unit": "the reporting unit", "year": "the year of the period", "title": "as the title says"}
    return sources[constant.source] if constant.source else f"{constant.value}"


def _marks(codes: Mapping[str, str]) -> str:
    by_code: dict[str, list[str]] = {}
    for text, code in codes.items():
        by_code.setdefault(code, []).append(text)
    return ", ".join(f"{' '.join(texts)} = {code}" for code, texts in by_code.items())


def _labels(rows: Iterable[RowLabel]) -> list[str]:
    found: dict[str, None] = {}
    for row in rows:
        codes = ", ".join(row.codes.values())
        below = f" ({'; '.join(_labels(row.rows))})" if row.rows and not row.is_whole else ""
        found[f"{row.name} = {codes or 'sum'}{below}"] = None
    return list(found)


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


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
