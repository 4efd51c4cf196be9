with

criteria as (
    {{ current_rows('fct_residential_area_criterion__history') }}
)

select
    {{ lineage('criteria') }},
    criteria.criteria_set_code,
    criteria.area_code,
    criteria.unit_id,
    criteria.criterion_no,
    criteria.mark,
    criteria.explanation
from criteria
