-- Câu hỏi 8. Còn bao nhiêu khó khăn, vướng mắc chưa xử lý, đang nằm ở cấp nào, quá hạn bao lâu?
-- Question 8. How many obstacles and proposals are open, at whose desk, how overdue?
-- Items: 1.18, 3.12, 5.6, 5.7, 5.20
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: area (district, province) x kind (obstacle, proposal: counted apart) x breakdown x code. Breakdowns, never
-- added to one another: all (code all), addressee (at whose desk), programme, authority (within, beyond), topic. Stock:
-- open on D = raised by D and not resolved by D. Overdue: open beyond its due date, or beyond 30 days where it has
-- none; overdue_pct = overdue / open. answered_open_count: answered by D and still open, for answered is not resolved.
-- Cohort, not to be mixed with the stock: raised since the start of the report year of P(D), and of these those
-- resolved by D; resolved_pct is their share.
with

periods as (
    select * from marts.dim_reporting_period
),

reporting_units as (
    select * from marts.dim_reporting_unit
),

obstacles as (
    select * from marts.fct_obstacle__history
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

-- a register: the latest report that names an entry speaks for it; a unit that has ended left its numbers, which begin
-- with its code, to those that report in its place
raised as (
    select
        obstacles.*,
        obstacles.resolved_on is null or obstacles.resolved_on > $day::date as is_open,
        $day::date - coalesce(obstacles.due_on, obstacles.raised_on + 30) as days_late,
        obstacles.raised_on >= asked_period.data_from as is_of_year
    from obstacles
    inner join parts_known
        on
            obstacles.judgement_id = parts_known.judgement_id
            and obstacles.form = parts_known.form
    inner join periods on obstacles.reporting_period_id = periods.reporting_period_id
    cross join asked_period
    left join reporting_units as ended
        on
            split_part(obstacles.obstacle_no, '-', 1) = ended.reporting_unit_id
            and ended.valid_to <= periods.data_to
    where obstacles.raised_on <= $day::date
    qualify row_number() over (
        partition by coalesce(ended.reporting_unit_id, obstacles.reporting_unit_id), obstacles.obstacle_no
        order by periods.data_to desc
    ) = 1
),

views as (
    select unnest(['all', 'addressee', 'programme', 'authority', 'topic']) as breakdown
),

broken_down as (
    select
        raised.reporting_unit_id,
        raised.kind_code,
        views.breakdown,
        case views.breakdown
            when 'all' then 'all'
            when 'addressee' then raised.addressee_code
            when 'programme' then raised.programme_code
            when 'authority' then case when raised.is_within_authority then 'within' else 'beyond' end
            when 'topic' then raised.topic_code
        end as code,
        $day::date - raised.raised_on as age_days,
        raised.days_late,
        raised.is_open,
        raised.is_open and raised.days_late > 0 as is_overdue,
        raised.is_open and raised.answered_on <= $day::date as is_answered_open,
        raised.is_of_year
    from raised
    cross join views
),

counted as (
    select
        reporting_unit_id,
        kind_code,
        breakdown,
        code,
        count(*) filter (is_open) as open_count,
        count(*) filter (is_overdue) as overdue_count,
        count(*) filter (is_answered_open) as answered_open_count,
        max(age_days) filter (is_open) as oldest_days,
        max(days_late) filter (is_overdue) as longest_overdue_days,
        round(avg(days_late) filter (is_overdue), 2) as average_overdue_days,
        count(*) filter (is_of_year) as raised_in_year_count,
        count(*) filter (is_of_year and not is_open) as resolved_of_year_count
    from broken_down
    group by grouping sets ((reporting_unit_id, kind_code, breakdown, code), (kind_code, breakdown, code))
),

final as (
    select
        case when counted.reporting_unit_id is null then 'province' else 'unit' end as area_level,
        counted.reporting_unit_id,
        coalesce(reporting_units.name_vi, 'Toàn tỉnh') as area_name,
        counted.kind_code,
        counted.breakdown,
        counted.code,
        counted.open_count,
        counted.overdue_count,
        round(100.0 * counted.overdue_count / nullif(counted.open_count, 0), 2) as overdue_pct,
        counted.answered_open_count,
        counted.oldest_days,
        counted.longest_overdue_days,
        counted.average_overdue_days,
        counted.raised_in_year_count,
        counted.resolved_of_year_count,
        round(100.0 * counted.resolved_of_year_count / nullif(counted.raised_in_year_count, 0), 2) as resolved_pct
    from counted
    left join reporting_units on counted.reporting_unit_id = reporting_units.reporting_unit_id
    order by counted.kind_code, area_level, counted.reporting_unit_id, counted.breakdown, counted.code
)

select * from final
