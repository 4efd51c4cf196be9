-- Where both forms are sent, a commune with marks has its indicators in the detailed form; on a higher set also the
-- other way round (on the base set a commune missing from the list is a rule of its own).
with both_sent as (
    select summary.submission_id
    from parts as summary
    inner join parts as detail using (submission_id)
    where summary.form = 'criteria_summary' and summary.state = 'present'
        and detail.form = 'criteria_results' and detail.state = 'present'
),

base_sets as (
    select title_sets.set_code
    from reference.title_sets as title_sets
    inner join reference.titles as titles using (title_code)
    where titles.base_title_code is null
),

in_summary as (
    select submission_id, criteria_set_code, commune_code, min(sheet) as sheet,
        arg_min(commune_code__cell, row_number) as cell, arg_min(commune_code__text, row_number) as typed
    from criteria_summary
    where commune_code is not null and mark is not null
    group by submission_id, criteria_set_code, commune_code
),

in_results as (
    select submission_id, criteria_set_code, commune_code, min(sheet) as sheet,
        arg_min(commune_code__cell, row_number) as cell, arg_min(commune_code__text, row_number) as typed
    from criteria_results
    where commune_code is not null and (verdict is not null or value is not null)
    group by submission_id, criteria_set_code, commune_code
)

select
    in_summary.submission_id,
    'criteria_summary' as form,
    in_summary.sheet,
    in_summary.cell,
    null as row_id,
    'commune_code' as column_name,
    in_summary.typed as value,
    'Biểu 02' as expected,
    'form 02' as expected_en,
    in_results.commune_code is not null as is_ok
from in_summary
inner join both_sent using (submission_id)
left join in_results using (submission_id, criteria_set_code, commune_code)

union all by name

select
    in_results.submission_id,
    'criteria_results' as form,
    in_results.sheet,
    in_results.cell,
    null as row_id,
    'commune_code' as column_name,
    in_results.typed as value,
    'Biểu 01' as expected,
    'form 01' as expected_en,
    in_summary.commune_code is not null as is_ok
from in_results
inner join both_sent using (submission_id)
left join in_summary using (submission_id, criteria_set_code, commune_code)
where in_results.criteria_set_code not in (select set_code from base_sets)
