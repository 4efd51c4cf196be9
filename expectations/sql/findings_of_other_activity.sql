-- Findings, and money to be recovered, come from inspection and supervision only.
with filled as (
    select submission_id, sheet, row_id, kind_code, kind_code__text, column_name, amount, cell, typed
    from (select *, cast(finding_count as decimal(20, 0)) as findings from activities)
    unpivot ((amount, cell, typed) for column_name in (
        (findings, finding_count__cell, finding_count__text) as 'finding_count',
        (to_recover_vnd, to_recover_vnd__cell, to_recover_vnd__text) as 'to_recover_vnd'
    ))
)

select
    submission_id,
    'activities' as form,
    sheet,
    cell,
    row_id,
    column_name,
    typed as value,
    kind_code__text as expected,
    kind_code in ('inspection', 'supervision') as is_ok
from filled
where amount is not null and amount > 0 and kind_code is not null
