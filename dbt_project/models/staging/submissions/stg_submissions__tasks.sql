with

landed as (
    {{ accepted_rows('tasks') }}
)

select
    {{ lineage('landed') }},
    cast(landed.task_no as string) as task_no,
    cast(landed.group_code as string) as group_code,
    {{ without_telephone('cast(landed.content as string)') }} as content,
    cast(landed.assigning_document as string) as assigning_document,
    cast(landed.place_code as string) as place_code,
    cast(landed.area_code as string) as area_code,
    cast(landed.owner_kind as string) as owner_kind,
    cast(landed.owner_name as string) as owner_name,
    cast(landed.support_names as string) as support_names,
    cast(landed.person_name as string) as person_name,
    cast(landed.is_continuous as boolean) as is_continuous,
    cast(landed.is_priority as boolean) as is_priority,
    cast(landed.assigned_on as date) as assigned_on,
    cast(landed.due_on as date) as due_on,
    cast(landed.revised_due_on as date) as revised_due_on,
    cast(landed.target_unit as string) as target_unit,
    cast(landed.target_value as decimal(24, 6)) as target_value,
    cast(landed.result_value as decimal(24, 6)) as result_value,
    cast(landed.status_code as string) as status_code,
    cast(landed.completed_on as date) as completed_on,
    cast(landed.evidence as string) as evidence,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
