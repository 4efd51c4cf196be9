with

judged as (
    select * from {{ ref('stg_submissions__judged') }}
),

versions as (
    select * from {{ ref('int_submission_version') }}
),

parts as (
    select * from {{ ref('int_form_part_validity') }}
),

-- a submission counts as long as one of its forms does
validity as (
    select
        submission_id,
        min(known_from) as known_from,
        case when sum(case when is_current then 1 else 0 end) = 0 then max(known_to) end as known_to,
        sum(case when is_current then 1 else 0 end) > 0 as is_current
    from parts
    group by submission_id
)

select
    judged.submission_id,
    judged.reporting_unit_id,
    judged.reporting_period_id,
    versions.version,
    judged.judgement_id,
    judged.file_name,
    judged.received_at,
    judged.status,
    coalesce(validity.is_current, false) as is_current,
    validity.known_from,
    validity.known_to,
    judged.rows_sent,
    judged.rows_loaded,
    judged.rows_quarantined,
    judged.blocking_count,
    judged.error_count,
    judged.warning_count,
    judged.info_count
from judged
left join versions on judged.submission_id = versions.submission_id
left join validity on judged.submission_id = validity.submission_id
