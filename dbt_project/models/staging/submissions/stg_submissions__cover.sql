with

landed as (
    {{ accepted_rows('cover') }}
)

select
    {{ lineage('landed') }},
    cast(landed.correction_reason as string) as correction_reason
from landed
