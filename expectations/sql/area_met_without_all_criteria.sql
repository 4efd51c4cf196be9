-- An area that is said to be met or recognised meets every criterion; one recognised before and fallen back says why.
select
    submission_id,
    'residential_areas' as form,
    sheet,
    criteria_met__cell as cell,
    row_id,
    'criteria_met' as column_name,
    criteria_met__text as value,
    cast(criteria_total as varchar) as expected,
    criteria_met = criteria_total as is_ok
from residential_areas
where status_code in ('met', 'recognised')
    and criteria_met <= criteria_total
    and explanation is null
