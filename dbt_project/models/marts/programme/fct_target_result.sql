with

targets as (
    {{ current_rows('fct_target__history') }}
),

measures as (
    select * from {{ ref('stg_reference__target_measures') }}
),

results as (
    select * from {{ ref('int_target_result') }}
),

aimed as (
    select
        targets.*,
        results.result_period_id,
        results.result_part,
        results.result_whole,
        measures.direction,
        case when measures.unit = '%' then 100 else 1 end as scale,
        case
            when measures.measure_kind in ('title_of_unit', 'title_of_commune') then 1 else targets.target_value
        end as aimed_at
    from targets
    inner join measures on targets.measure_code = measures.measure_code
    inner join results
        on
            targets.judgement_id = results.judgement_id
            and targets.row_id = results.row_id
    where measures.measure_kind <> 'flag'
)

select
    {{ lineage('aimed') }},
    aimed.unit_id,
    aimed.measure_code,
    aimed.area_code,
    aimed.horizon_code,
    aimed.plan_year,
    aimed.owner_code,
    aimed.result_period_id,
    aimed.result_part,
    aimed.result_whole,
    case
        when aimed.result_whole = 0 then null
        when aimed.direction = '<='
            then aimed.result_part * aimed.scale <= aimed.aimed_at * coalesce(aimed.result_whole, 1)
        when aimed.direction = '>='
            then aimed.result_part * aimed.scale >= aimed.aimed_at * coalesce(aimed.result_whole, 1)
    end as is_reached
from aimed
