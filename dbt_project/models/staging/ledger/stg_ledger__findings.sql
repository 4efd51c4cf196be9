with

source as (
    select * from {{ source('ledger', 'findings') }}
)

select
    cast(source.judgement_id as string) as judgement_id,
    cast(source.finding_no as int) as finding_no,
    cast(source.rule_id as string) as rule_id,
    cast(source.severity as string) as severity,
    cast(source.form as string) as form,
    cast(source.sheet as string) as sheet,
    cast(source.cell as string) as cell,
    cast(source.row_id as string) as row_id,
    cast(source.column_name as string) as column_name,
    cast(source.value as string) as value,
    cast(source.expected as string) as expected,
    cast(source.message_vi as string) as message_vi,
    cast(source.message_en as string) as message_en,
    cast(source.justification as string) as justification,
    cast(source.waiver_id as string) as waiver_id,
    cast(source.run_id as string) as run_id
from source
