{{ config(materialized = 'table') }}

with

submissions as (
    select * from {{ ref('stg_ledger__submissions') }}
),

verdicts as (
    select * from {{ ref('stg_ledger__verdicts') }}
),

receipts as (
    select * from {{ ref('stg_ledger__receipts') }}
),

-- a mended parser or rule judges a submission again: the latest judgement speaks for it
ranked as (
    select
        submissions.submission_id,
        submissions.parse_id,
        -- the receipt that its verdict admitted; before a verdict, that of the first reading
        coalesce(receipts.file_name, submissions.file_name) as file_name,
        coalesce(verdicts.received_at, submissions.received_at) as received_at,
        coalesce(verdicts.known_from, verdicts.received_at, submissions.received_at) as known_from,
        submissions.reporting_unit_id,
        submissions.reporting_period_id,
        submissions.outcome,
        verdicts.judgement_id,
        verdicts.run_id as judged_by_run_id,
        verdicts.status,
        verdicts.rows_sent,
        verdicts.rows_loaded,
        verdicts.rows_quarantined,
        verdicts.blocking_count,
        verdicts.error_count,
        verdicts.warning_count,
        verdicts.info_count,
        row_number() over (
            partition by submissions.submission_id
            order by
                verdicts.judged_at desc nulls last,
                verdicts.judgement_id desc,
                verdicts.run_id desc,
                submissions.parse_id
        ) as recency
    from submissions
    left join verdicts
        on
            submissions.submission_id = verdicts.submission_id
            and submissions.parse_id = verdicts.parse_id
    left join receipts on verdicts.receipt_id = receipts.receipt_id
)

select
    submission_id,
    parse_id,
    file_name,
    received_at,
    known_from,
    reporting_unit_id,
    reporting_period_id,
    outcome,
    judgement_id,
    judged_by_run_id,
    coalesce(status, 'received') as status,
    coalesce(
        status in ('accepted', 'accepted_with_warnings', 'accepted_with_quarantine'), false
    ) as is_accepted,
    rows_sent,
    rows_loaded,
    rows_quarantined,
    blocking_count,
    error_count,
    warning_count,
    info_count
from ranked
where recency = 1
