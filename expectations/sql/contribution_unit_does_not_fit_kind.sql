-- Labour is counted in days, land in square metres; other kinds in any unit.
with units as (
    select kinds.kind_code, kinds.unit_code, entries.label_vi
    from (values ('labour_days', 'day'), ('land', 'm2')) as kinds (kind_code, unit_code)
    inner join reference.code_lists as entries
        on entries.list_code = 'contribution_unit' and entries.code = kinds.unit_code
)

select
    rows.submission_id,
    'contributions' as form,
    rows.sheet,
    rows.quantity_unit_code__cell as cell,
    rows.row_id,
    'quantity_unit_code' as column_name,
    rows.quantity_unit_code__text as value,
    units.label_vi as expected,
    rows.quantity_unit_code = units.unit_code as is_ok
from contributions as rows
inner join units on rows.kind_code = units.kind_code
where rows.quantity_unit_code is not null
