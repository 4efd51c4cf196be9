-- The code of an area begins with that of its commune, on either form: so two communes never use one code.
with coded as (
    select submission_id, 'residential_areas' as form, sheet, area_code__cell, row_id, area_code, commune_code
    from residential_areas

    union all

    select distinct on (submission_id, sheet, row_number)
        submission_id, 'area_criteria' as form, sheet, area_code__cell, row_id, area_code, commune_code
    from area_criteria
)

select
    submission_id,
    form,
    sheet,
    area_code__cell as cell,
    row_id,
    'area_code' as column_name,
    area_code as value,
    commune_code || '-…' as expected,
    starts_with(area_code, commune_code || '-') as is_ok
from coded
where area_code is not null and commune_code is not null
