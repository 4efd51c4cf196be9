with

source as (
    select * from {{ source('ledger', 'problems') }}
)

select
    cast(source.submission_id as string) as submission_id,
    cast(source.parse_id as string) as parse_id,
    cast(source.stage as string) as stage,
    cast(source.rule_id as string) as rule_id,
    cast(source.form as string) as form,
    cast(source.sheet as string) as sheet,
    cast(source.cell as string) as cell,
    cast(source.value as string) as value,
    cast(source.expected as string) as expected,
    cast(source.run_id as string) as run_id
from source
