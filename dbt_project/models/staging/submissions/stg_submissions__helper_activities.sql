with

landed as (
    {{ accepted_rows('helper_activities') }}
)

select
    {{ lineage('landed') }},
    cast(landed.activity_no as string) as activity_no,
    cast(landed.agency_code as string) as agency_code,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.kind_code as string) as kind_code,
    cast(landed.activity_date as date) as activity_date,
    cast(landed.level_code as string) as level_code,
    {{ without_telephone('cast(landed.place_text as string)') }} as place_text,
    cast(landed.is_leader_present as boolean) as is_leader_present,
    cast(landed.participant_count as bigint) as participant_count,
    cast(landed.has_content_prepared as boolean) as has_content_prepared,
    cast(landed.notified_on as date) as notified_on,
    cast(landed.focus_content as string) as focus_content,
    {{ without_telephone('cast(landed.result as string)') }} as result,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
