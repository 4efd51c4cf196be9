with

satisfaction as (
    {{ current_rows('fct_satisfaction__history') }}
)

select
    {{ lineage('satisfaction') }},
    satisfaction.unit_id,
    satisfaction.title_code,
    satisfaction.content_code,
    satisfaction.household_count,
    satisfaction.asked_count,
    satisfaction.satisfied_count,
    satisfaction.surveyed_on,
    satisfaction.surveyor,
    satisfaction.explanation
from satisfaction
