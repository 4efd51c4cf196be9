with

source as (
    select * from {{ source('reference', 'documents') }}
)

select
    cast(source.document_id as string) as document_id,
    cast(source.document_type as string) as document_type,
    cast(source.number as string) as number,
    cast(source.issuer as string) as issuer,
    cast(source.level as string) as level,
    cast(source.province_code as string) as province_code,
    cast(source.issue_date as date) as issue_date,
    cast(source.subject_vi as string) as subject_vi,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
