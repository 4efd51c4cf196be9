with

landed as (
    {{ accepted_rows('evaluations') }}
)

select
    {{ lineage('landed') }},
    cast(landed.subject_code as string) as subject_code,
    cast(landed.agency_code as string) as agency_code,
    cast(landed.commune_code as string) as commune_code,
    cast(landed.subject_name as string) as subject_name,
    cast(landed.evaluator_code as string) as evaluator_code,
    cast(landed.evaluated_on as date) as evaluated_on,
    cast(landed.visit_points as decimal(24, 6)) as visit_points,
    cast(landed.obstacle_points as decimal(24, 6)) as obstacle_points,
    cast(landed.criteria_points as decimal(24, 6)) as criteria_points,
    cast(landed.support_points as decimal(24, 6)) as support_points,
    cast(landed.report_points as decimal(24, 6)) as report_points,
    cast(landed.total_points as decimal(24, 6)) as total_points,
    cast(landed.rating_code as string) as rating_code,
    cast(landed.reminder_count as bigint) as reminder_count,
    cast(landed.last_reminded_on as date) as last_reminded_on,
    cast(landed.evidence_text as string) as evidence_text,
    {{ without_telephone('cast(landed.explanation as string)') }} as explanation
from landed
