-- A value that is a part of something is reported with the whole, or no share can be made of it.
select
    rows.submission_id,
    'thematic_programmes' as form,
    rows.sheet,
    rows.base_value__cell as cell,
    rows.row_id,
    'base_value' as column_name,
    rows.base_value__text as value,
    rows.indicator_code__text as expected,
    rows.base_value is not null as is_ok
from thematic_programmes as rows
inner join reference.thematic_indicators as indicators on rows.indicator_code = indicators.indicator_code
where indicators.has_base and rows.value is not null and rows.base_value__problem is null
