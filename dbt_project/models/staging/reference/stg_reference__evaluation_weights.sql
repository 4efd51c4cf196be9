with

source as (
    select * from {{ source('reference', 'evaluation_weights') }}
)

select
    cast(source.version_code as string) as version_code,
    cast(source.subject_kind as string) as subject_kind,
    cast(source.part_code as string) as part_code,
    cast(source.part_name_vi as string) as part_name_vi,
    cast(source.weight_points as decimal(9, 2)) as weight_points,
    cast(source.evidence_mart as string) as evidence_mart,
    cast(source.evidence_vi as string) as evidence_vi,
    cast(source.assessment_year_from as int) as assessment_year_from,
    cast(source.assessment_year_to as int) as assessment_year_to,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source
from source
