with

documents as (
    select * from {{ ref('stg_reference__documents') }}
)

select
    documents.document_id,
    documents.document_type,
    documents.number,
    documents.issuer,
    documents.level,
    documents.province_code,
    documents.issue_date,
    documents.subject_vi,
    documents.valid_from,
    documents.valid_to,
    documents.confidence,
    documents.source
from documents
