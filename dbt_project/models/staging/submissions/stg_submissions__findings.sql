with

findings as (
    select * from {{ ref('stg_ledger__findings') }}
),

judged as (
    select * from {{ ref('stg_submissions__judged') }}
)

select
    findings.judgement_id,
    findings.finding_no,
    judged.submission_id,
    judged.reporting_unit_id,
    judged.reporting_period_id,
    findings.rule_id,
    findings.severity,
    findings.form,
    findings.sheet,
    findings.cell,
    findings.row_id,
    findings.column_name,
    {{ without_telephone('findings.value') }} as value,
    findings.expected,
    {{ without_telephone('findings.message_vi') }} as message_vi,
    {{ without_telephone('findings.message_en') }} as message_en,
    {{ without_telephone('findings.justification') }} as justification,
    findings.waiver_id
from findings
inner join judged
    on
        findings.judgement_id = judged.judgement_id
        and findings.run_id = judged.judged_by_run_id
