with

landed as (
    {{ accepted_rows('apparatus') }}
)

select
    {{ lineage('landed') }},
    cast(landed.body_code as string) as body_code,
    cast(landed.place_code as string) as place_code,
    cast(landed.body_count as bigint) as body_count,
    cast(landed.decision_no as string) as decision_no,
    cast(landed.decision_date as date) as decision_date,
    cast(landed.term as string) as term,
    cast(landed.head_name as string) as head_name,
    cast(landed.head_post as string) as head_post,
    cast(landed.head_since as date) as head_since,
    cast(landed.post_count as bigint) as post_count,
    cast(landed.filled_count as bigint) as filled_count,
    cast(landed.full_time_count as bigint) as full_time_count,
    cast(landed.female_count as bigint) as female_count,
    cast(landed.trained_count as bigint) as trained_count,
    cast(landed.assigned_count as bigint) as assigned_count,
    cast(landed.changed_count as bigint) as changed_count,
    cast(landed.meeting_count as bigint) as meeting_count,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
