-- What a unit may settle itself lies with it or below; what it may not lies with a level above it.
with entered as (
    select
        rows.*,
        rows.addressee_code = 'commune'
        or (rows.addressee_code = 'district' and submissions.unit_kind = 'district') as is_own_level
    from obstacles as rows
    inner join submissions using (submission_id)
    where rows.addressee_code is not null and rows.is_within_authority is not null
)

select
    submission_id,
    'obstacles' as form,
    sheet,
    addressee_code__cell as cell,
    row_id,
    'addressee_code' as column_name,
    addressee_code__text as value,
    case when is_within_authority then 'thuộc thẩm quyền của đơn vị' else 'vượt thẩm quyền của đơn vị' end as expected,
    case when is_within_authority then 'within the unit''s authority' else 'beyond the unit''s authority' end
        as expected_en,
    is_own_level = is_within_authority as is_ok
from entered
