-- Money of the state budget is either investment or recurrent; money of others is neither. Integrated money may be left
-- open.
select
    rows.submission_id,
    'funding_sources' as form,
    rows.sheet,
    rows.nature_code__cell as cell,
    rows.row_id,
    'nature_code' as column_name,
    rows.nature_code__text as value,
    case when sources.is_state_budget then 'ĐTPT hoặc SN' else 'để trống' end || ' (' || sources.name_vi || ')'
        as expected,
    case when sources.is_state_budget then 'investment or recurrent' else 'blank' end || ' (' || sources.name_en || ')'
        as expected_en,
    sources.is_state_budget = (rows.nature_code is not null) as is_ok
from funding_sources as rows
inner join reference.funding_sources as sources using (source_code)
where not sources.is_integrated and rows.nature_code__problem is null
