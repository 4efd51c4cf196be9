-- Counts of communes are targets of a district, titles and flags of a commune are set for a commune.
with entered as (
    select rows.*, measures.subject_kind
    from targets as rows
    inner join reference.target_measures as measures using (measure_code)
    where rows.subject_code is not null and measures.subject_kind <> 'any'
)

select
    entered.submission_id,
    'targets' as form,
    entered.sheet,
    entered.measure_code__cell as cell,
    entered.row_id,
    'measure_code' as column_name,
    entered.measure_code__text as value,
    entered.subject_code__text as expected,
    exists (
        select 1
        from reference.administrative_units as units
        where units.unit_code = entered.subject_code
            and units.level = case when entered.subject_kind = 'district' then 'district' else 'commune' end
    ) as is_ok
from entered
