-- Câu hỏi 9. Giải ngân đến đâu, theo nguồn, theo loại vốn, theo quý?
-- Question 9. How far is disbursement, by source, nature of capital and quarter?
-- Items: 1.4, 4.6, 5.9, 5.24
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit) x programme x source x nature x plan year, at P(D), the latest period closed
-- by D. Money in đồng. Denominator of both rates: assigned for the plan year, by assignments dated on or before D.
-- A plan year before the report year is carried-over money (vốn kéo dài), a line of its own with its own rate. Quarter
-- = cumulative now less cumulative in the predecessor period of the same report year, line by line; unknown where the
-- unit did not report the predecessor, or where the line may have been kept out of it (lines_without_quarter). Its rate
-- takes the assigned money of the lines whose quarter is known. A fall is a restatement, never negative spending:
-- is_restated says that a line fell.
-- Rows with is_parent are the sum of the sources below them (NSĐP = NST + NSH + NSX): never add them to the others. The
-- form does not let a unit type a parent line, so there is no printed parent to compare with.
-- Only budget money has rates; integrated money, credit, enterprises and residents have none.
with

periods as (
    select * from marts.dim_reporting_period
),

reporting_units as (
    select * from marts.dim_reporting_unit
),

sources as (
    select * from marts.dim_funding_source
),

expected as (
    select * from marts.fct_submission
),

findings as (
    select * from marts.fct_submission_finding
),

funding as (
    select * from marts.fct_funding__history
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

funding_known as (
    select funding.*
    from funding
    inner join parts_known
        on
            funding.judgement_id = parts_known.judgement_id
            and funding.form = parts_known.form
),

-- reports of the predecessor period; not needed in the first period of a report year
predecessors as (
    select
        parts_known.reporting_unit_id,
        parts_known.judgement_id in (
            select findings.judgement_id
            from findings
            where findings.form = 'funding_sources' and findings.severity = 'error' and findings.row_id is not null
        ) as is_incomplete
    from parts_known
    inner join asked_period on parts_known.reporting_period_id = asked_period.previous_period_id
    where parts_known.form = 'funding_sources'
),

-- a line that the complete report before did not have starts now; one that may have been kept out of it is unknown
lines as (
    select
        now.reporting_unit_id,
        now.programme_code,
        now.source_code,
        now.nature_code,
        now.plan_year,
        case when now.assigned_on is null or now.assigned_on <= $day::date then now.assigned_vnd end as assigned_vnd,
        now.disbursed_vnd,
        case
            when asked_period.previous_period_id is null then now.disbursed_vnd
            when predecessors.reporting_unit_id is null then null
            when before.row_id is not null then now.disbursed_vnd - before.disbursed_vnd
            when not predecessors.is_incomplete then now.disbursed_vnd
        end as disbursed_in_quarter_vnd
    from funding_known as now
    inner join asked_period on now.reporting_period_id = asked_period.reporting_period_id
    left join predecessors on now.reporting_unit_id = predecessors.reporting_unit_id
    left join funding_known as before
        on
            asked_period.previous_period_id = before.reporting_period_id
            and now.reporting_unit_id = before.reporting_unit_id
            and now.unit_id = before.unit_id
            and now.programme_code = before.programme_code
            and now.content_code = before.content_code
            and now.source_code = before.source_code
            and now.nature_code is not distinct from before.nature_code
            and now.plan_year = before.plan_year
),

with_parents as (
    select
        lines.*,
        sources.name_vi as source_name,
        sources.group_code,
        sources.sort_order,
        false as is_parent
    from lines
    inner join sources on lines.source_code = sources.source_code
    union all by name
    select
        lines.* exclude (source_code),
        parents.source_code,
        parents.name_vi as source_name,
        parents.group_code,
        parents.sort_order,
        true as is_parent
    from lines
    inner join sources on lines.source_code = sources.source_code
    inner join sources as parents on sources.parent_code = parents.source_code
),

counted as (
    select
        case when grouping(with_parents.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
        with_parents.reporting_unit_id,
        with_parents.programme_code,
        with_parents.source_code,
        with_parents.source_name,
        with_parents.is_parent,
        with_parents.nature_code,
        with_parents.plan_year,
        with_parents.group_code,
        with_parents.sort_order,
        sum(with_parents.assigned_vnd) as assigned_vnd,
        sum(with_parents.disbursed_vnd) as disbursed_vnd,
        sum(with_parents.disbursed_in_quarter_vnd) as disbursed_in_quarter_vnd,
        sum(with_parents.assigned_vnd) filter (
            with_parents.disbursed_in_quarter_vnd is not null
        ) as assigned_where_quarter_known_vnd,
        bool_or(with_parents.disbursed_in_quarter_vnd < 0) as is_restated,
        count(*) as line_count,
        count(*) filter (
            with_parents.disbursed_vnd is not null and with_parents.disbursed_in_quarter_vnd is null
        ) as lines_without_quarter
    from with_parents
    group by grouping sets (
        (
            with_parents.reporting_unit_id, with_parents.programme_code, with_parents.source_code,
            with_parents.source_name, with_parents.is_parent, with_parents.nature_code, with_parents.plan_year,
            with_parents.group_code, with_parents.sort_order
        ),
        (
            with_parents.programme_code, with_parents.source_code, with_parents.source_name, with_parents.is_parent,
            with_parents.nature_code, with_parents.plan_year, with_parents.group_code, with_parents.sort_order
        )
    )
),

coverage as (
    select
        count(distinct expected.reporting_unit_id) as units_expected,
        count(distinct parts_known.reporting_unit_id) as units_reported
    from expected
    inner join asked_period on expected.reporting_period_id = asked_period.reporting_period_id
    left join parts_known
        on
            expected.reporting_unit_id = parts_known.reporting_unit_id
            and expected.reporting_period_id = parts_known.reporting_period_id
            and parts_known.form = 'funding_sources'
),

final as (
    select
        asked_period.reporting_period_id,
        counted.area_level,
        counted.reporting_unit_id,
        coalesce(reporting_units.name_vi, 'Toàn tỉnh') as area_name,
        counted.programme_code,
        counted.source_code,
        counted.source_name,
        counted.is_parent,
        counted.nature_code,
        counted.plan_year,
        counted.plan_year < asked_period.year as is_carried_over,
        counted.assigned_vnd,
        counted.disbursed_vnd,
        case
            when counted.group_code in ('central', 'local')
                then round(100.0 * counted.disbursed_vnd / nullif(counted.assigned_vnd, 0), 2)
        end as disbursed_pct,
        counted.disbursed_in_quarter_vnd,
        case
            when counted.group_code in ('central', 'local')
                then
                    round(
                        100.0 * counted.disbursed_in_quarter_vnd
                        / nullif(counted.assigned_where_quarter_known_vnd, 0), 2
                    )
        end as disbursed_in_quarter_pct,
        coalesce(counted.is_restated, false) as is_restated,
        counted.line_count,
        counted.lines_without_quarter,
        coverage.units_reported,
        coverage.units_expected
    from counted
    cross join asked_period
    cross join coverage
    left join reporting_units on counted.reporting_unit_id = reporting_units.reporting_unit_id
    order by
        counted.area_level, counted.reporting_unit_id, counted.programme_code, counted.plan_year desc,
        counted.sort_order, counted.nature_code
)

select * from final
