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
    findings.value,
    findings.expected,
    findings.message_vi,
    findings.message_en
from findings
inner join judged
    on
        findings.judgement_id = judged.judgement_id
        and findings.run_id = judged.judged_by_run_id
