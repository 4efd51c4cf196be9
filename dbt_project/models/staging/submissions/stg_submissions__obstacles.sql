with

landed as (
    {{ accepted_rows('obstacles') }}
)

select
    {{ lineage('landed') }},
    cast(landed.obstacle_no as string) as obstacle_no,
    cast(landed.kind_code as string) as kind_code,
    cast(landed.place_code as string) as place_code,
    cast(landed.programme_code as string) as programme_code,
    cast(landed.programme_part_code as string) as programme_part_code,
    cast(landed.content_code as string) as content_code,
    cast(landed.project_no as string) as project_no,
    cast(landed.topic_code as string) as topic_code,
    {{ without_telephone('cast(landed.content as string)') }} as content,
    cast(landed.title_code as string) as title_code,
    cast(landed.criterion_no as bigint) as criterion_no,
    cast(landed.raised_by_code as string) as raised_by_code,
    cast(landed.agency_code as string) as agency_code,
    cast(landed.raised_on as date) as raised_on,
    cast(landed.is_within_authority as boolean) as is_within_authority,
    cast(landed.addressee_code as string) as addressee_code,
    cast(landed.addressee_agency_code as string) as addressee_agency_code,
    cast(landed.escalated_on as date) as escalated_on,
    cast(landed.due_on as date) as due_on,
    cast(landed.answered_on as date) as answered_on,
    cast(landed.answer_document as string) as answer_document,
    cast(landed.resolved_on as date) as resolved_on,
    {{ without_telephone('cast(landed.result as string)') }} as result,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
