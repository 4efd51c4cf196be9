-- Câu hỏi 15. Ai chưa gửi, ai gửi muộn, ai bị trả lại?
-- Question 15. Who has not reported, who was late, whose report was returned?
-- Items: 5.16, 5.17, 4.1
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: reporting unit expected for P(D), the latest period closed by D, and one row for the whole province. Classes,
-- exclusive, sum = expected: on_time (first version received by the due date, end of that day in local time, and some
-- version accepted by D), late (first version later, some version accepted by D), returned (something received by D,
-- nothing accepted), missing (nothing received by D). A correction after acceptance does not change the class. A
-- submission that cannot be read or names no unit cannot be credited to anybody.
-- Punctuality = on time / expected. Completeness = form parts accepted (with warnings or nil included) / form parts
-- owed. Days late run from the due date to the first version; working days leave out weekends and holidays.
with

periods as (
    select * from marts.dim_reporting_period
),

reporting_units as (
    select * from marts.dim_reporting_unit
),

days as (
    select * from marts.dim_date
),

expected as (
    select * from marts.fct_submission
),

versions as (
    select * from marts.fct_submission_version
),

parts as (
    select * from marts.fct_submission_part
),

-- what is asked about: everything received by the end of D, as far as the office knew it at K
asked as (
    select
        least(
            (($day::date + 1)::timestamp at time zone 'Asia/Ho_Chi_Minh'),
            coalesce($known_at::timestamptz, timestamptz 'infinity')
        ) as asked_at
),

-- P(D): the latest period whose data were closed by D
asked_period as (
    select *
    from periods
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

received as (
    select
        versions.reporting_unit_id,
        min(versions.received_at) as first_received_at,
        count(*) as version_count,
        bool_or(versions.status like 'accepted%') as has_accepted,
        bool_or(versions.status in ('accepted_with_warnings', 'accepted_with_quarantine')) as has_reservations,
        arg_max(versions.status, versions.version) as latest_status
    from versions
    inner join asked_period on versions.reporting_period_id = asked_period.reporting_period_id
    cross join asked
    where versions.received_at <= asked.asked_at
    group by versions.reporting_unit_id
),

accepted_parts as (
    select
        parts.reporting_unit_id,
        count(distinct parts.form) as accepted_form_count
    from parts
    inner join asked_period on parts.reporting_period_id = asked_period.reporting_period_id
    cross join asked
    where
        parts.form <> 'cover'
        and parts.known_from <= asked.asked_at
        and (parts.known_to is null or parts.known_to > asked.asked_at)
    group by parts.reporting_unit_id
),

by_unit as (
    select
        expected.reporting_period_id,
        expected.reporting_unit_id,
        reporting_units.name_vi as unit_name,
        asked_period.due_date,
        received.first_received_at,
        (received.first_received_at at time zone 'Asia/Ho_Chi_Minh')::date as first_received_on,
        coalesce(received.version_count, 0) as version_count,
        received.latest_status,
        case
            when received.reporting_unit_id is null then 'missing'
            when not received.has_accepted then 'returned'
            when (received.first_received_at at time zone 'Asia/Ho_Chi_Minh')::date <= asked_period.due_date
                then 'on_time'
            else 'late'
        end as punctuality,
        expected.expected_form_count,
        -- a unit may send a form that it does not owe in this period
        least(coalesce(accepted_parts.accepted_form_count, 0), expected.expected_form_count) as accepted_form_count
    from expected
    inner join asked_period on expected.reporting_period_id = asked_period.reporting_period_id
    inner join reporting_units on expected.reporting_unit_id = reporting_units.reporting_unit_id
    left join received on expected.reporting_unit_id = received.reporting_unit_id
    left join accepted_parts on expected.reporting_unit_id = accepted_parts.reporting_unit_id
),

with_lateness as (
    select
        by_unit.*,
        greatest(date_diff('day', by_unit.due_date, by_unit.first_received_on), 0) as days_late,
        (
            select count(*)
            from days
            where
                days.date_day > by_unit.due_date
                and days.date_day <= by_unit.first_received_on
                and days.is_working_day
        ) as working_days_late
    from by_unit
),

final as (
    select
        reporting_period_id,
        'unit' as area_level,
        reporting_unit_id,
        unit_name as area_name,
        punctuality,
        due_date,
        first_received_on,
        version_count,
        latest_status,
        case when first_received_on is not null then days_late end as days_late,
        case when first_received_on is not null then working_days_late end as working_days_late,
        1 as expected_count,
        (punctuality = 'on_time')::int as on_time_count,
        (punctuality = 'late')::int as late_count,
        (punctuality = 'returned')::int as returned_count,
        (punctuality = 'missing')::int as missing_count,
        expected_form_count,
        accepted_form_count,
        round(100.0 * accepted_form_count / nullif(expected_form_count, 0), 2) as completeness_pct,
        null as punctuality_pct
    from with_lateness
    union all
    select
        any_value(reporting_period_id) as reporting_period_id,
        'province' as area_level,
        null as reporting_unit_id,
        'Toàn tỉnh' as area_name,
        null as punctuality,
        any_value(due_date) as due_date,
        null as first_received_on,
        sum(version_count) as version_count,
        null as latest_status,
        null as days_late,
        null as working_days_late,
        count(*) as expected_count,
        count(*) filter (punctuality = 'on_time') as on_time_count,
        count(*) filter (punctuality = 'late') as late_count,
        count(*) filter (punctuality = 'returned') as returned_count,
        count(*) filter (punctuality = 'missing') as missing_count,
        sum(expected_form_count) as expected_form_count,
        sum(accepted_form_count) as accepted_form_count,
        round(100.0 * sum(accepted_form_count) / nullif(sum(expected_form_count), 0), 2) as completeness_pct,
        round(100.0 * count(*) filter (punctuality = 'on_time') / nullif(count(*), 0), 2) as punctuality_pct
    from with_lateness
    having count(*) > 0
)

select * from final
order by area_level, reporting_unit_id
