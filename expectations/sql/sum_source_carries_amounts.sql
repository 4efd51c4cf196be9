-- Sources that are sums of others (local budget, credit) take no amounts of their own: who gave them is not said.
-- The template does not offer them; tables drawn by hand may print only the sum.
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.source_code__cell as cell,
    rows.row_id,
    'source_code' as column_name,
    rows.source_code__text as value,
    coalesce(string_agg(parts.name_vi, ', ' order by parts.sort_order), '') as expected,
    coalesce(string_agg(parts.name_en, ', ' order by parts.sort_order), '') as expected_en,
    bool_and(sources.is_leaf) as is_ok
from funding_sources as rows
inner join reference.funding_sources as sources using (source_code)
left join reference.funding_sources as parts on sources.source_code = parts.parent_code
group by rows.submission_id, rows.sheet, rows.source_code__cell, rows.row_id, rows.source_code__text
