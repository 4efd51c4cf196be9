with

registered as (
    {{ current_rows('fct_township_registration__history') }}
)

select
    {{ lineage('registered') }},
    registered.unit_id,
    registered.registered_on,
    registered.criteria_met
from registered
