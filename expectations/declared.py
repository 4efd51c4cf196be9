"""Rules that form specs declare: the evidence of each constraint of spec.py, as SQL made from the specs.

Belongs here: one rule per kind of constraint, for every form that declares it; registers and nil returns. Does not
belong here: rules that need more words than a spec has (sql/<rule_id>.sql), rules about one cell (suites.py).

What is blank or cannot be read is never compared. A figure is sure when its text is the plain number itself; of a
contradiction between figures that are not, or that rounding explains, nothing is quarantined (`is_sure`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from ingest import reference
from ingest.spec import Column, ColumnType, FormSpec, Register, load_specs

PLACES = ("communes_of_unit", "places_of_unit")
MILLION = 1_000_000
YES, NO = ("“Có”", "“yes”"), ("“Không”", "“no”")
TOLERANCE = {ColumnType.INTEGER: "0", ColumnType.DECIMAL: "0.005", ColumnType.MONEY: "1000"}
ROUNDED = {ColumnType.INTEGER: "0", ColumnType.DECIMAL: "0.5", ColumnType.MONEY: "500000"}  # half of what is typed

Selects = Iterator[str]


def sql_of(rule_id: str) -> str:
    """Evidence of a declared rule over all forms, shaped as that of any query rule; KeyError for another rule."""
    make = RULES[rule_id]
    selects = [select for spec in load_specs().values() for select in make(spec)]
    return "\nunion all by name\n".join(selects or [_NOTHING])


def _falls(spec: FormSpec) -> Selects:
    """What counts from the start of the year is no lower than in the report before of the same year."""
    same_row = " and ".join(f"rows.{name} is not distinct from before.{name}" for name in spec.key)
    for column in spec.columns:
        if column.cumulative:
            yield f"""{_head(spec, column)},
    '≥ ' || {_shown(column, "before")} || '{_unit_vi(column)} (' || periods.label_vi || ')' as expected,
    '≥ ' || {_shown(column, "before")} || '{_unit_en(column)} (' || periods.label_en || ')' as expected_en,
    rows.{column.name} >= before.{column.name} as is_ok
from {spec.form} as rows
inner join {spec.form}_before as before on rows.submission_id = before.submission_id and {same_row}
{_periods("rows")}
where rows.{column.name} is not null and before.{column.name} is not null and {_SAME_YEAR}"""


def _after_closing(spec: FormSpec) -> Selects:
    """A report cannot know of a day after its closing day."""
    for column in spec.columns:
        if column.by_closing_day:
            yield f"""{_head(spec, column)},
    '≤ ' || vi_date(submissions.data_to) as expected,
    rows.{column.name} <= submissions.data_to as is_ok
from {spec.form} as rows
inner join submissions on rows.submission_id = submissions.submission_id
where rows.{column.name} is not null"""


def _out_of_order(spec: FormSpec) -> Selects:
    """A step is not dated before the step that leads to it."""
    for column in spec.columns:
        if column.not_before is not None:
            other = spec.column(column.not_before)
            yield f"""{_head(spec, column)},
    '≥ ' || vi_date(rows.{other.name}) || {_text(f" (cột “{other.header}”)")} as expected,
    '≥ ' || vi_date(rows.{other.name}) || {_text(f" (column “{other.header}”)")} as expected_en,
    rows.{column.name} >= rows.{other.name} as is_ok
from {spec.form} as rows
where rows.{column.name} is not null and rows.{other.name} is not null"""


def _above_limit(spec: FormSpec) -> Selects:
    """A figure that is a part or a share of another is no larger."""
    for column in spec.columns:
        if column.at_most is not None:
            other = spec.column(column.at_most)
            above, limit = f"rows.{column.name} - rows.{other.name}", f"'≤ ' || {_shown(other, 'rows')}"
            yield f"""{_head(spec, column)},
    {limit} || {_text(f"{_unit_vi(other)} (cột “{other.header}”)")} as expected,
    {limit} || {_text(f"{_unit_en(other)} (column “{other.header}”)")} as expected_en,
    {above} <= {TOLERANCE[column.type]} as is_ok,
    {above} > 2 * {ROUNDED[column.type]} and {_sure(column)} and {_sure(other)} as is_sure
from {spec.form} as rows
where {above} is not null"""


def _other_sum(spec: FormSpec) -> Selects:
    """A sum is that of its parts; where some, never negative, are left blank, it is no less than the others.

    A part that cannot be read makes the sum unknown; parts that are all blank say nothing.
    """
    for column in spec.columns:
        if column.sum_of:
            parts = [spec.column(name) for name in column.sum_of]
            summed = " + ".join(f"coalesce(rows.{part.name}, 0)" for part in parts)
            whole = " and ".join(f"rows.{part.name} is not null" for part in parts)
            given = " or ".join(f"rows.{part.name} is not null" for part in parts)
            readable = " and ".join(f"rows.{part.name}__problem is null" for part in parts)
            is_open_ended = all(part.minimum is not None and part.minimum >= 0 for part in parts)
            compared = given if is_open_ended else whole
            off = f"rows.{column.name} - ({summed})"
            count, sure = len(parts) + 1, " and ".join(_sure(one) for one in (column, *parts))
            shown = _number(f"{summed}", column)
            vi = ", ".join(part.header for part in parts)
            yield f"""{_head(spec, column)},
    case when {whole} then '' else '≥ ' end || {shown} || {_text(f"{_unit_vi(column)} (= {vi})")} as expected,
    case when {whole} then '' else '≥ ' end || {shown} || {_text(f"{_unit_en(column)} (= {vi})")} as expected_en,
    {off} between -{count} * {TOLERANCE[column.type]} and {count} * {TOLERANCE[column.type]}
        or (not ({whole}) and {off} > 0) as is_ok,
    abs({off}) > {count} * {ROUNDED[column.type]} and {whole} and {sure} as is_sure
from {spec.form} as rows
where rows.{column.name} is not null and ({compared}) and {readable}"""


def _needed_beside(spec: FormSpec) -> Selects:
    """What belongs together is filled in together."""
    for column in spec.columns:
        if column.needed_with is not None:
            other = spec.column(column.needed_with)
            vi, en = f"phải ghi khi đã ghi cột “{other.header}”", f"to be filled where “{other.header}” is"
            yield _needed(spec, column, vi, en, f"rows.{other.name} is not null")


def _needed_when(spec: FormSpec) -> Selects:
    """What some answers ask for besides is filled in."""
    for column in spec.columns:
        if column.needed_when:
            asked = [(spec.column(name), codes) for name, codes in column.needed_when]
            labels = [(other, _labels(other, codes)) for other, codes in asked]
            vi = " và ".join(f"cột “{other.header}” là {' hoặc '.join(one[0] for one in own)}" for other, own in labels)
            en = " and ".join(f"“{other.header}” is {' or '.join(one[1] for one in own)}" for other, own in labels)
            condition = " and ".join(
                f"rows.{other.name} in ({', '.join(_text(code) for code in codes)})" for other, codes in asked
            )
            yield _needed(spec, column, f"phải ghi khi {vi}", f"to be filled where {en}", condition)


def _needed(spec: FormSpec, column: Column, vi: str, en: str, condition: str) -> str:
    """A sheet without the column was told so by ingest; its rows have no cell to fill."""
    return f"""{_head(spec, column)},
    {_text(vi)} as expected,
    {_text(en)} as expected_en,
    rows.{column.name} is not null as is_ok
from {spec.form} as rows
where {condition} and rows.{column.name}__problem is null and rows.{column.name}__cell is not null"""


def _missing_from_register(spec: FormSpec) -> Selects:
    """A row of the report before that still stands is in this one. A row whose key is unread may be the missing one.

    Parts of the key that need not be filled in may be added or corrected: the row is the same.
    """
    if spec.register is None:
        return
    parts = [spec.column(name) for name in spec.key if name != "criteria_set_code"]
    key = [column for column in parts if column.required] or parts
    first = key[0]
    exact = " and ".join(f"rows.{column.name} = before.{column.name}" for column in key)
    unread = " or ".join(f"rows.{column.name} is null" for column in key)
    perhaps = " and ".join(f"(rows.{one.name} = before.{one.name} or rows.{one.name} is null)" for one in key)
    known = " and ".join(f"before.{column.name} is not null" for column in key)
    texts = ", ".join(_key_text(column) for column in parts)
    yield f"""select
    before.submission_id,
    '{spec.form}' as form,
    listed.sheet,
    listed.first_cell as cell,
    null as row_id,
    '{first.name}' as column_name,
    null as value,
    concat_ws(', ', {texts}) || ' (' || periods.label_vi || ')' as expected,
    concat_ws(', ', {texts}) || ' (' || periods.label_en || ')' as expected_en,
    exists (select 1 from {spec.form} as rows where rows.submission_id = before.submission_id and {exact})
    or exists (
        select 1
        from {spec.form} as rows
        where rows.submission_id = before.submission_id and ({unread}) and {perhaps}
    ) as is_ok
from {spec.form}_before as before
inner join (
    select submission_id, min(sheet) as sheet, arg_min({first.name}__cell, row_number) as first_cell
    from {spec.form}
    group by submission_id
) as listed on before.submission_id = listed.submission_id
{_periods("before")}
where {known} and {_stands(spec)}"""


def _nil_but_held(spec: FormSpec) -> Selects:
    """A form that held rows that still stand cannot become empty: a register, or what counts through the year."""
    if not spec.nil_allowed:
        return
    declared = f"nil_{spec.form}"
    yield f"""select
    cover.submission_id,
    'cover' as form,
    cover.sheet,
    cover.{declared}__cell as cell,
    cover.row_id,
    '{declared}' as column_name,
    cover.{declared}__text as value,
    held.held_rows || ' dòng, kỳ ' || held.label_vi as expected,
    held.held_rows || ' row(s), ' || held.label_en as expected_en,
    false as is_ok
from cover
inner join parts
    on cover.submission_id = parts.submission_id and parts.form = '{spec.form}' and parts.state = 'nil'
inner join (
    select before.submission_id, periods.label_vi, periods.label_en, count(*) as held_rows
    from {spec.form}_before as before
    {_periods("before")}
    where {_stands(spec)}
    group by before.submission_id, periods.label_vi, periods.label_en
) as held on cover.submission_id = held.submission_id"""


def _stands(spec: FormSpec) -> str:
    """Whether a row of the report before still stands now, of a place that still is."""
    conditions = [] if spec.register is Register.LASTING else [_SAME_YEAR]
    if spec.leaves_after is not None:
        day = f"before.{spec.leaves_after}"
        conditions.append(f"({day} is null or {day} > submissions.data_from)")
    if spec.register is None and (counted := [column.name for column in spec.columns if column.cumulative]):
        conditions.append("(" + " or ".join(f"before.{name} > 0" for name in counted) + ")")
    for name in spec.key:
        if name != "criteria_set_code" and spec.column(name).code_list in PLACES:
            conditions.append(f"""exists (
        select 1
        from reference.administrative_units as units
        where units.unit_code = before.{name}
            and units.valid_from <= submissions.data_to
            and (units.valid_to is null or submissions.data_to < units.valid_to)
    )""")
    return " and ".join(conditions) or "true"


RULES: Mapping[str, Callable[[FormSpec], Selects]] = {
    "cumulative_figure_falls": _falls,
    "date_after_closing_day": _after_closing,
    "dates_out_of_order": _out_of_order,
    "figure_above_its_limit": _above_limit,
    "sum_differs_from_parts": _other_sum,
    "value_needed_beside": _needed_beside,
    "value_needed_when": _needed_when,
    "row_missing_from_register": _missing_from_register,
    "nil_but_reported_before": _nil_but_held,
}

_SAME_YEAR = "periods.year = submissions.period_year"
_NOTHING = """select
    null as submission_id, null as form, null as sheet, null as cell, null as row_id, null as column_name,
    null as value, null as expected, true as is_ok
where false"""


def _head(spec: FormSpec, column: Column) -> str:
    return f"""select
    rows.submission_id,
    '{spec.form}' as form,
    rows.sheet,
    rows.{column.name}__cell as cell,
    rows.row_id,
    '{column.name}' as column_name,
    rows.{column.name}__text as value"""


def _periods(rows: str) -> str:
    """The judged submission, and the period of the rows before."""
    return f"""inner join submissions on {rows}.submission_id = submissions.submission_id
inner join reference.reporting_periods as periods on before.before_period_id = periods.reporting_period_id"""


def _sure(column: Column) -> str:
    """Whether the text of a cell is the figure itself, which nothing had to be read into."""
    scale = f" * {MILLION}" if column.type is ColumnType.MONEY else ""
    text = f"replace(trim(rows.{column.name}__text), ',', '.')"
    return f"coalesce(try_cast({text} as decimal(38, 6)){scale} = rows.{column.name}, false)"


def _shown(column: Column, rows: str) -> str:
    return _number(f"{rows}.{column.name}", column)


def _number(expression: str, column: Column) -> str:
    return f"vi_number(in_million({expression}))" if column.type is ColumnType.MONEY else f"vi_number({expression})"


def _unit_vi(column: Column) -> str:
    return " triệu đồng" if column.type is ColumnType.MONEY else ""


def _unit_en(column: Column) -> str:
    return " million VND" if column.type is ColumnType.MONEY else ""


def _key_text(column: Column) -> str:
    return f"vi_date(before.{column.name})" if column.type is ColumnType.DATE else f"before.{column.name}__text"


def _labels(column: Column, codes: tuple[str, ...]) -> list[tuple[str, str]]:
    """Names of codes in both languages, quoted."""
    if column.code_list is None:
        return [YES if code == "true" else NO for code in codes]
    entries = {entry["code"]: entry for entry in reference.code_list(column.code_list)}
    return [(f"“{entries[code]['label_vi']}”", f"“{entries[code]['label_en']}”") for code in codes]


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
