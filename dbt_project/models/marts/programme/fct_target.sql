with

targets as (
    {{ current_rows('fct_target__history') }}
),

measures as (
    select * from {{ ref('stg_reference__target_measures') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

results as (
    select * from {{ ref('int_target_result') }}
),

-- a later report may set the same target anew (of a stage, above all): the latest one is in force
ranked as (
    select
        targets.*,
        periods.year as report_year,
        row_number() over (
            partition by
                targets.unit_id,
                targets.area_code,
                targets.measure_code,
                targets.horizon_code,
                targets.plan_year,
                targets.owner_code
            order by periods.data_to desc, targets.known_at desc, targets.submission_id, targets.row_id
        ) as recency
    from targets
    inner join periods on targets.reporting_period_id = periods.reporting_period_id
),

aimed as (
    select
        ranked.*,
        results.result_period_id,
        results.result_part,
        results.result_whole,
        measures.direction,
        case when measures.unit = '%' then 100 else 1 end as scale,
        case
            when measures.measure_kind in ('title_of_unit', 'title_of_commune') then 1 else ranked.target_value
        end as aimed_at
    from ranked
    inner join measures on ranked.measure_code = measures.measure_code
    left join results
        on
            ranked.judgement_id = results.judgement_id
            and ranked.row_id = results.row_id
            and measures.measure_kind <> 'flag'
)

select
    {{ lineage('aimed') }},
    aimed.unit_id,
    aimed.measure_code,
    aimed.area_code,
    aimed.horizon_code,
    aimed.plan_year,
    aimed.target_value,
    aimed.owner_code,
    aimed.is_priority,
    aimed.content,
    aimed.document_no,
    aimed.decided_on,
    aimed.recency = 1 as is_in_force,
    aimed.plan_year > aimed.report_year as is_set_in_time,
    aimed.result_period_id,
    aimed.result_part,
    aimed.result_whole,
    case
        when aimed.result_whole = 0 then null
        when aimed.direction = '<='
            then aimed.result_part * aimed.scale <= aimed.aimed_at * coalesce(aimed.result_whole, 1)
        when aimed.direction = '>='
            then aimed.result_part * aimed.scale >= aimed.aimed_at * coalesce(aimed.result_whole, 1)
    end as is_reached,
    aimed.explanation
from aimed
