with

findings as (
    select * from {{ ref('stg_submissions__findings') }}
)

select
    findings.judgement_id,
    findings.finding_no,
    findings.submission_id,
    findings.reporting_unit_id,
    findings.reporting_period_id,
    findings.rule_id,
    findings.severity,
    findings.form,
    findings.sheet,
    findings.cell,
    findings.row_id,
    findings.column_name,
    findings.value,
    findings.expected,
    findings.message_vi,
    findings.message_en,
    findings.justification,
    findings.waiver_id
from findings
