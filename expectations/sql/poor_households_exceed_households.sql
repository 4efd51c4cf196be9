-- A household is poor, near-poor or neither: the first two together are no more than all households.
select
    submission_id,
    'commune_profile' as form,
    sheet,
    near_poor_household_count__cell as cell,
    row_id,
    'near_poor_household_count' as column_name,
    near_poor_household_count__text as value,
    '≤ ' || vi_number(household_count - poor_household_count) as expected,
    poor_household_count + near_poor_household_count <= household_count as is_ok
from commune_profile
where poor_household_count <= household_count
    and near_poor_household_count <= household_count
