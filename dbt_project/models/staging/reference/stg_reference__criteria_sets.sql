with

source as (
    select * from {{ source('reference', 'criteria_sets') }}
)

select
    cast(source.set_code as string) as set_code,
    cast(source.set_name_vi as string) as set_name_vi,
    cast(source.subject_kind as string) as subject_kind,
    cast(source.province_code as string) as province_code,
    cast(source.decision_no as string) as decision_no,
    cast(source.issued_on as date) as issued_on,
    cast(source.issued_year as int) as issued_year,
    cast(source.valid_from as date) as valid_from,
    cast(source.valid_to as date) as valid_to,
    cast(source.assessment_year_from as int) as assessment_year_from,
    cast(source.assessment_year_to as int) as assessment_year_to,
    cast(source.judged_by as string) as judged_by,
    cast(source.n_criteria as int) as n_criteria,
    cast(source.n_indicators as int) as n_indicators,
    cast(source.based_on_set as string) as based_on_set,
    cast(source.confidence as string) as confidence,
    cast(source.source as string) as source,
    cast(source.note as string) as note
from source
