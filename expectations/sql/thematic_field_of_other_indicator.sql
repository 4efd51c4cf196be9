-- A whole belongs to indicators that are a part of one, an expiry to those that count certificates.
with filled as (
    select submission_id, sheet, row_id, indicator_code, indicator_code__text, column_name, amount, cell, typed
    from (select *, cast(expired_count as decimal(24, 6)) as expired from thematic_programmes)
    unpivot ((amount, cell, typed) for column_name in (
        (base_value, base_value__cell, base_value__text) as 'base_value',
        (expired, expired_count__cell, expired_count__text) as 'expired_count'
    ))
)

select
    filled.submission_id,
    'thematic_programmes' as form,
    filled.sheet,
    filled.cell,
    filled.row_id,
    filled.column_name,
    filled.typed as value,
    filled.indicator_code__text as expected,
    case filled.column_name when 'base_value' then indicators.has_base else indicators.has_expiry end as is_ok
from filled
inner join reference.thematic_indicators as indicators on filled.indicator_code = indicators.indicator_code
where filled.amount is not null and filled.amount > 0
