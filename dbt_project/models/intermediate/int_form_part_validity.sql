with

versions as (
    select * from {{ ref('int_submission_version') }}
),

readings as (
    select * from {{ ref('stg_submissions__accepted_readings') }}
),

parts as (
    select * from {{ ref('stg_ledger__reading_parts') }}
),

-- a part that says something: rows, or a declaration that there are none
spoken as (
    select distinct
        versions.reporting_unit_id,
        versions.reporting_period_id,
        parts.form,
        parts.state,
        versions.submission_id,
        versions.judgement_id,
        versions.version,
        versions.known_from
    from readings
    inner join parts
        on
            readings.submission_id = parts.submission_id
            and readings.parse_id = parts.parse_id
            and readings.run_id = parts.run_id
    inner join versions on readings.submission_id = versions.submission_id
    where parts.state in ('present', 'nil')
),

ended as (
    select
        spoken.*,
        -- a later version may have been known first: one dated before a lock and taken in after it was never current
        min(spoken.known_from) over (
            partition by spoken.reporting_unit_id, spoken.reporting_period_id, spoken.form
            order by spoken.version
            rows between 1 following and unbounded following
        ) as known_to
    from spoken
)

select
    reporting_unit_id,
    reporting_period_id,
    form,
    state,
    submission_id,
    judgement_id,
    version,
    known_from,
    known_to,
    known_to is null as is_current
from ended
