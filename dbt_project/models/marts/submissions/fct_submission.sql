with

owed as (
    select * from {{ ref('stg_reference__expected_submissions') }}
),

versions as (
    select * from {{ ref('int_submission_version') }}
),

parts as (
    select * from {{ ref('int_form_part_validity') }}
    where is_current
),

days as (
    select * from {{ ref('dim_date') }}
),

approvals as (
    select * from {{ ref('int_submission_approval') }}
),

expected as (
    select
        reporting_period_id,
        reporting_unit_id,
        unit_id,
        due_date
    from owed
    group by
        reporting_period_id,
        reporting_unit_id,
        unit_id,
        due_date
),

forms as (
    select
        owed.reporting_period_id,
        owed.reporting_unit_id,
        count(*) as expected_form_count,
        count(parts.form) as accepted_form_count
    from owed
    left join parts
        on
            owed.reporting_period_id = parts.reporting_period_id
            and owed.reporting_unit_id = parts.reporting_unit_id
            and owed.form = parts.form
    group by owed.reporting_period_id, owed.reporting_unit_id
),

received as (
    select
        reporting_period_id,
        reporting_unit_id,
        count(*) as version_count,
        min(received_at) as first_received_at,
        max(version) as latest_version,
        max(case when is_accepted then version end) as latest_accepted_version
    from versions
    group by reporting_period_id, reporting_unit_id
),

described as (
    select
        expected.reporting_period_id,
        expected.reporting_unit_id,
        expected.unit_id,
        expected.due_date,
        forms.expected_form_count,
        forms.accepted_form_count,
        received.version_count,
        received.first_received_at,
        {{ office_date('received.first_received_at') }} as first_received_on,
        latest.submission_id,
        latest.judgement_id,
        latest.status,
        latest.rows_sent,
        latest.rows_loaded,
        latest.rows_quarantined,
        latest.blocking_count,
        latest.error_count,
        latest.warning_count,
        latest.info_count,
        accepted.submission_id as accepted_submission_id
    from expected
    left join forms
        on
            expected.reporting_period_id = forms.reporting_period_id
            and expected.reporting_unit_id = forms.reporting_unit_id
    left join received
        on
            expected.reporting_period_id = received.reporting_period_id
            and expected.reporting_unit_id = received.reporting_unit_id
    left join versions as latest
        on
            expected.reporting_period_id = latest.reporting_period_id
            and expected.reporting_unit_id = latest.reporting_unit_id
            and received.latest_version = latest.version
    left join versions as accepted
        on
            expected.reporting_period_id = accepted.reporting_period_id
            and expected.reporting_unit_id = accepted.reporting_unit_id
            and received.latest_accepted_version = accepted.version
),

working_days as (
    select
        described.reporting_period_id,
        described.reporting_unit_id,
        count(*) as working_days_late
    from described
    inner join days
        on
            described.due_date < days.date_day
            and described.first_received_on >= days.date_day
    where days.is_working_day
    group by described.reporting_period_id, described.reporting_unit_id
)

select
    described.reporting_period_id,
    described.reporting_unit_id,
    described.unit_id,
    described.submission_id,
    described.judgement_id,
    cast(coalesce(described.expected_form_count, 0) as int) as expected_form_count,
    cast(coalesce(described.accepted_form_count, 0) as int) as accepted_form_count,
    cast(coalesce(described.version_count, 0) as int) as version_count,
    described.first_received_at,
    described.accepted_submission_id,
    coalesce(described.status, 'missing') as status,
    case
        when described.version_count is null then 'missing'
        when described.accepted_submission_id is null then 'returned'
        when described.first_received_on > described.due_date then 'late'
        else 'on_time'
    end as punctuality,
    cast(
        case
            when described.first_received_on > described.due_date
                then {{ days_apart('described.due_date', 'described.first_received_on') }}
            when described.first_received_on is not null then 0
        end as int
    ) as days_late,
    cast(
        case when described.first_received_on is not null then coalesce(working_days.working_days_late, 0) end as int
    ) as working_days_late,
    approvals.approved_at is not null as is_approved,
    approvals.approved_at,
    approvals.approved_by,
    described.rows_sent,
    described.rows_loaded,
    described.rows_quarantined,
    described.blocking_count,
    described.error_count,
    described.warning_count,
    described.info_count
from described
left join approvals
    on
        described.reporting_period_id = approvals.reporting_period_id
        and described.reporting_unit_id = approvals.reporting_unit_id
left join working_days
    on
        described.reporting_period_id = working_days.reporting_period_id
        and described.reporting_unit_id = working_days.reporting_unit_id
