with

landed as (
    {{ accepted_rows('helper_assignments') }}
)

select
    {{ lineage('landed') }},
    cast(landed.agency_code as string) as agency_code,
    cast(landed.leader_name as string) as leader_name,
    cast(landed.leader_post as string) as leader_post,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.helper_level as string) as helper_level,
    cast(landed.role_code as string) as role_code,
    cast(landed.decision_no as string) as decision_no,
    cast(landed.decision_date as date) as decision_date,
    cast(landed.valid_from as date) as valid_from,
    cast(landed.valid_to as date) as valid_to,
    cast(landed.end_reason as string) as end_reason,
    {{ without_telephone('cast(landed.task_content as string)') }} as task_content,
    cast(landed.change_requested_on as date) as change_requested_on,
    cast(landed.change_reason as string) as change_reason,
    cast(landed.proposed_leader as string) as proposed_leader,
    cast(landed.change_decided_on as date) as change_decided_on,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
