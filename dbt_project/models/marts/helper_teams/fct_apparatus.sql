with

apparatus as (
    {{ current_rows('fct_apparatus__history') }}
),

units as (
    select * from {{ ref('stg_reference__administrative_units') }}
)

select
    {{ lineage('apparatus') }},
    apparatus.body_code,
    apparatus.unit_id,
    case apparatus.body_code when 'village_board' then 'hamlet' else units.level end as body_level,
    apparatus.body_count,
    apparatus.decision_no,
    apparatus.decision_date,
    apparatus.term,
    apparatus.head_name,
    apparatus.head_post,
    apparatus.head_since,
    apparatus.post_count,
    apparatus.filled_count,
    apparatus.full_time_count,
    apparatus.female_count,
    apparatus.trained_count,
    apparatus.assigned_count,
    apparatus.changed_count,
    apparatus.meeting_count,
    apparatus.explanation
from apparatus
left join units on apparatus.unit_id = units.unit_id
