-- A document of the register is planned for a day or was issued on one.
select
    submission_id,
    'policies' as form,
    sheet,
    issued_on__cell as cell,
    row_id,
    'issued_on' as column_name,
    issued_on__text as value,
    null as expected,
    planned_on is not null or issued_on is not null as is_ok
from policies
where planned_on__problem is null and issued_on__problem is null
