with

judged as (
    select * from {{ ref('stg_submissions__judged') }}
)

select
    submission_id,
    reporting_unit_id,
    reporting_period_id,
    file_name,
    received_at,
    known_from,
    judgement_id,
    parse_id,
    status,
    is_accepted,
    rows_sent,
    rows_loaded,
    rows_quarantined,
    blocking_count,
    error_count,
    warning_count,
    info_count,
    cast(
        row_number() over (
            partition by reporting_unit_id, reporting_period_id
            order by received_at, submission_id
        ) as int
    ) as version
from judged
where
    outcome = 'identified'
    and reporting_unit_id is not null
    and reporting_period_id is not null
