-- The change since the period before is what both reports' marks say; told only where that very period was reported
-- and every mark of the commune is known in both.
with in_order as (
    select
        reporting_period_id,
        lag(reporting_period_id) over (order by data_to) as preceding_period_id
    from reference.reporting_periods
    where period_type <> 'stage'
),

now as (
    select
        submission_id,
        sheet,
        criteria_set_code,
        commune_code,
        row_number,
        any_value(criteria_change) as change,
        any_value(criteria_change__cell) as cell,
        any_value(criteria_change__text) as typed,
        count(*) as criteria,
        count(*) filter (where mark in ('D', 'KAD')) as met
    from criteria_summary
    where commune_code is not null
    group by submission_id, sheet, criteria_set_code, commune_code, row_number
    having count(mark) = count(*)
),

before as (
    select
        submission_id,
        criteria_set_code,
        commune_code,
        before_period_id,
        count(*) as criteria,
        count(*) filter (where mark in ('D', 'KAD')) as met
    from criteria_summary_before
    group by all
    having count(mark) = count(*)
)

select
    now.submission_id,
    'criteria_summary' as form,
    now.sheet,
    now.cell,
    null as row_id,
    'criteria_change' as column_name,
    now.typed as value,
    (now.met - before.met) || ' (' || before.met || ' → ' || now.met || ')' as expected,
    now.change = now.met - before.met as is_ok
from now
inner join before using (submission_id, criteria_set_code, commune_code, criteria)
inner join submissions using (submission_id)
inner join in_order using (reporting_period_id)
where now.change is not null and before.before_period_id = in_order.preceding_period_id
