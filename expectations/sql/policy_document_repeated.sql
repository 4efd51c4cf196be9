-- A document is its issuer, its number and its day: the same one does not stand under two numbers of the register.
select
    submission_id,
    'policies' as form,
    sheet,
    document_no__cell as cell,
    row_id,
    'document_no' as column_name,
    document_no__text as value,
    concat_ws(', ', issuer_name, vi_date(issued_on)) as expected,
    row_number() over (
        partition by submission_id, lower(trim(issuer_name)), lower(trim(document_no)), issued_on order by row_number
    ) = 1 as is_ok
from policies
where issuer_name is not null and document_no is not null and issued_on is not null
