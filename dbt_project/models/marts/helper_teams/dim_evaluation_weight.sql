with

weights as (
    select * from {{ ref('stg_reference__evaluation_weights') }}
)

select
    weights.version_code,
    weights.subject_kind,
    weights.part_code,
    weights.part_name_vi,
    weights.weight_points,
    weights.evidence_mart,
    weights.evidence_vi,
    weights.assessment_year_from,
    weights.assessment_year_to,
    weights.confidence,
    weights.source
from weights
