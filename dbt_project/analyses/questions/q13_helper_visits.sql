-- Câu hỏi 13. Các tổ giúp việc đã xuống xã bao nhiêu lần, bao nhiêu lần không báo trước, xã nào cả quý không ai xuống?
-- Question 13. How often did helpers visit, how often without notice, and which communes had no visit in the quarter?
-- Items: 5.3, 5.4, 5.16, 5.19, 5.31
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn. reported_visits: what the reporting unit sums up (form helper_summary), cumulative.
-- visit_difference = reported less the events, in the commune view only: a unit sums up by commune, so a
-- joint visit counts more often.
-- Grain: view x subject, at P(D), the latest period closed by D. Views: commune (one visit to two communes counts once
-- for each), agency (the same visit counts once for the team), and the province by either. The two views differ,
-- neither is wrong; never mix them. Quarter = dates inside P's own window (15th to 14th); cumulative = from the start
-- of the report year.
-- Notice: in_advance = notified before the day of the visit; same_day, after and unknown are classes of their own.
-- Rates are shares of all visits of the quarter: notified in advance, content prepared, both (nested in each).
-- is_without_visit: a commune with a valid assignment on any day of the quarter (is_helped) and no visit in it.
-- In the agency view a visit to several communes is in advance only when all of them were told in advance.
with

periods as (
    select * from marts.dim_reporting_period
),

reporting_units as (
    select * from marts.dim_reporting_unit
),

units as (
    select * from marts.dim_administrative_unit
),

agencies as (
    select * from marts.dim_agency
),

expected as (
    select * from marts.fct_submission
),

assignments as (
    select * from marts.fct_helper_assignment__history
),

activities as (
    select * from marts.fct_helper_activity__history
),

summaries as (
    select * from marts.fct_helper_summary__history
),

-- what the office knew at K: parts of accepted submissions that nothing had replaced by then
parts_known as (
    select *
    from marts.fct_submission_part
    where
        known_from <= coalesce($known_at::timestamptz, timestamptz 'infinity')
        and (known_to is null or known_to > coalesce($known_at::timestamptz, timestamptz 'infinity'))
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

-- the office's own communes (xã) on D: those of the units that owe it reports
communes as (
    select distinct
        commune.unit_id,
        commune.name_vi,
        reporting_units.reporting_unit_id,
        reporting_units.unit_id as reported_by_unit_id,
        reporting_units.name_vi as reported_by_name
    from units as commune
    inner join reporting_units
        on
            reporting_units.unit_id in (commune.unit_id, commune.parent_unit_id)
            and reporting_units.valid_from <= $day::date
            and (reporting_units.valid_to is null or reporting_units.valid_to > $day::date)
    inner join expected on reporting_units.reporting_unit_id = expected.reporting_unit_id
    where
        commune.is_rural_commune
        and commune.valid_from <= $day::date
        and (commune.valid_to is null or commune.valid_to > $day::date)
),

-- a register: the latest report that names an assignment speaks for it
assignments_known as (
    select assignments.*
    from assignments
    inner join parts_known
        on
            assignments.judgement_id = parts_known.judgement_id
            and assignments.form = parts_known.form
    inner join periods on assignments.reporting_period_id = periods.reporting_period_id
    qualify row_number() over (
        partition by assignments.agency_code, assignments.unit_id, assignments.role_code, assignments.valid_from
        order by periods.data_to desc
    ) = 1
),

-- the same for visits: an activity and commune reported again in a later period is the same visit
visits as (
    select
        activities.activity_no,
        activities.agency_code,
        activities.unit_id,
        activities.activity_date >= asked_period.discrete_from as is_in_quarter,
        activities.activity_date,
        activities.notified_on,
        activities.has_content_prepared
    from activities
    inner join parts_known
        on
            activities.judgement_id = parts_known.judgement_id
            and activities.form = parts_known.form
    inner join periods on activities.reporting_period_id = periods.reporting_period_id
    cross join asked_period
    where
        activities.kind_code = 'visit'
        and activities.activity_date between asked_period.data_from and asked_period.data_to
    qualify row_number() over (
        partition by activities.reporting_unit_id, activities.activity_no, activities.unit_id
        order by periods.data_to desc
    ) = 1
),

by_team as (
    select
        agency_code,
        activity_no,
        bool_or(is_in_quarter) as is_in_quarter,
        max(activity_date) as activity_date,
        case when count(*) = count(notified_on) then max(notified_on) end as notified_on,
        bool_and(coalesce(has_content_prepared, false)) as has_content_prepared
    from visits
    group by all
),

seen as (
    select
        'commune' as view,
        unit_id as subject_id,
        is_in_quarter,
        activity_date,
        notified_on,
        coalesce(has_content_prepared, false) as has_content_prepared
    from visits
    union all
    select
        'agency' as view,
        agency_code as subject_id,
        is_in_quarter,
        activity_date,
        notified_on,
        has_content_prepared
    from by_team
),

counted as (
    select
        view,
        subject_id,
        count(*) as visits_cumulative,
        count(*) filter (is_in_quarter) as visits_in_quarter,
        count(*) filter (is_in_quarter and notified_on < activity_date) as in_advance_count,
        count(*) filter (is_in_quarter and notified_on = activity_date) as same_day_count,
        count(*) filter (is_in_quarter and notified_on > activity_date) as after_count,
        count(*) filter (is_in_quarter and notified_on is null) as unknown_count,
        count(*) filter (is_in_quarter and has_content_prepared) as prepared_count,
        count(*) filter (
            is_in_quarter and has_content_prepared and notified_on < activity_date
        ) as in_advance_and_prepared_count
    from seen
    group by grouping sets ((view, subject_id), (view))
),

-- what the unit reports in sum for P
said as (
    select summaries.*
    from summaries
    inner join parts_known
        on
            summaries.judgement_id = parts_known.judgement_id
            and summaries.form = parts_known.form
    inner join asked_period on summaries.reporting_period_id = asked_period.reporting_period_id
),

reported as (
    select
        'commune' as view,
        unit_id as subject_id,
        sum(visit_count) as reported_visits
    from said
    group by grouping sets ((unit_id), ())
    union all
    select
        'agency' as view,
        agency_code as subject_id,
        sum(visit_count) as reported_visits
    from said
    group by grouping sets ((agency_code), ())
),

helped_communes as (
    select distinct assignments_known.unit_id
    from assignments_known
    cross join asked_period
    where
        assignments_known.valid_from <= asked_period.data_to
        and (assignments_known.valid_to is null or assignments_known.valid_to > asked_period.discrete_from)
),

-- communes without any visit have a row too
subjects as (
    select
        'commune' as view,
        communes.unit_id as subject_id,
        communes.name_vi as subject_name,
        communes.reported_by_name,
        helped_communes.unit_id is not null as is_helped
    from communes
    left join helped_communes on communes.unit_id = helped_communes.unit_id
    union all
    select
        'agency' as view,
        agency_code as subject_id,
        name_vi as subject_name,
        null as reported_by_name,
        null as is_helped
    from agencies
    where agency_code in (select by_team.agency_code from by_team)
    union all
    select
        unnest(['commune', 'agency']) as view,
        null as subject_id,
        'Toàn tỉnh' as subject_name,
        null as reported_by_name,
        null as is_helped
),

final as (
    select
        asked_period.reporting_period_id,
        subjects.view,
        subjects.subject_id,
        subjects.subject_name,
        subjects.reported_by_name,
        coalesce(counted.visits_cumulative, 0) as visits_cumulative,
        reported.reported_visits,
        case
            when subjects.view = 'commune' then reported.reported_visits - coalesce(counted.visits_cumulative, 0)
        end as visit_difference,
        coalesce(counted.visits_in_quarter, 0) as visits_in_quarter,
        coalesce(counted.in_advance_count, 0) as in_advance_count,
        coalesce(counted.same_day_count, 0) as same_day_count,
        coalesce(counted.after_count, 0) as after_count,
        coalesce(counted.unknown_count, 0) as unknown_count,
        coalesce(counted.prepared_count, 0) as prepared_count,
        coalesce(counted.in_advance_and_prepared_count, 0) as in_advance_and_prepared_count,
        round(100.0 * counted.in_advance_count / nullif(counted.visits_in_quarter, 0), 2) as in_advance_pct,
        round(100.0 * counted.prepared_count / nullif(counted.visits_in_quarter, 0), 2) as prepared_pct,
        round(100.0 * counted.in_advance_and_prepared_count / nullif(counted.visits_in_quarter, 0), 2)
            as in_advance_and_prepared_pct,
        subjects.is_helped,
        case
            when subjects.is_helped then coalesce(counted.visits_in_quarter, 0) = 0
        end as is_without_visit
    from subjects
    cross join asked_period
    left join counted
        on
            subjects.view = counted.view
            and subjects.subject_id is not distinct from counted.subject_id
    left join reported
        on
            subjects.view = reported.view
            and subjects.subject_id is not distinct from reported.subject_id
    order by subjects.view desc, subjects.subject_id nulls first
)

select * from final
