with

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }}
)

select
    criteria_sets.set_code,
    criteria_sets.set_name_vi,
    criteria_sets.subject_kind,
    criteria_sets.province_code,
    criteria_sets.decision_no,
    criteria_sets.issued_on,
    criteria_sets.issued_year,
    criteria_sets.valid_from,
    criteria_sets.valid_to,
    criteria_sets.assessment_year_from,
    criteria_sets.assessment_year_to,
    criteria_sets.judged_by,
    criteria_sets.n_criteria,
    criteria_sets.n_indicators,
    criteria_sets.based_on_set,
    criteria_sets.confidence,
    criteria_sets.source,
    criteria_sets.note
from criteria_sets
