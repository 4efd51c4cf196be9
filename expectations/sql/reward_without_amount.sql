-- A reward policy that was issued says how much is given for one residential area.
select
    submission_id,
    'policies' as form,
    sheet,
    reward_per_area_vnd__cell as cell,
    row_id,
    'reward_per_area_vnd' as column_name,
    reward_per_area_vnd__text as value,
    document_no__text as expected,
    reward_per_area_vnd is not null as is_ok
from policies
where kind_code = 'reward' and issued_on is not null and reward_per_area_vnd__problem is null
