-- Câu hỏi 10. Đơn vị nào chưa bố trí đủ vốn đối ứng?
-- Question 10. Which reporting units have not provided their matching funds?
-- Items: 1.6, 1.7
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: reporting unit x programme x nature of capital x budget level (province, district, commune, and all =
-- together), for the plan year of P(D), the latest period closed by D; carried-over money stays out. Money in đồng.
-- Required = ratio of the rule in force on the day the base was assigned x that base (central money assigned, or total
-- cost, as the rule says; foreign capital is no base); no rule for the level, or a base without a date, gives null
-- (không áp dụng), never 0.
-- Provided = budget money of that level for that programme and nature: integrated money, credit, enterprises and
-- residents never count. A level without a line in the report has provided 0; a line left blank is unknown. Two stages,
-- never added: assigned and disbursed. Shortfall is never below 0, and a surplus of one unit never covers another.
-- Money in the rule table marked assumed is the sample's, not law (rule_confidence).
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

rules as (
    select * from marts.dim_matching_rule
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

-- one row per line of money in the report of P, as known at K
lines as (
    select
        funding.*,
        sources.group_code,
        sources.parent_code,
        sources.counts_as_matching_level,
        sources.is_matching_base
    from funding
    inner join parts_known
        on
            funding.judgement_id = parts_known.judgement_id
            and funding.form = parts_known.form
    inner join asked_period on funding.reporting_period_id = asked_period.reporting_period_id
    inner join sources on funding.source_code = sources.source_code
    where funding.plan_year = asked_period.year
),

-- what a rule may take its ratio of, by the day on which it was assigned
bases as (
    select
        reporting_unit_id,
        programme_code,
        nature_code,
        assigned_on,
        sum(assigned_vnd) filter (is_matching_base) as central_vnd,
        sum(assigned_vnd) filter (group_code in ('central', 'local')) as total_vnd
    from lines
    group by all
),

owing as (
    select
        bases.reporting_unit_id,
        bases.programme_code,
        bases.nature_code,
        levels.budget_level
    from bases
    inner join reporting_units on bases.reporting_unit_id = reporting_units.reporting_unit_id
    cross join (select unnest(['province', 'district', 'commune']) as budget_level) as levels
    where bases.central_vnd > 0 and (levels.budget_level <> 'district' or reporting_units.unit_kind = 'district')
    group by all
),

required as (
    select
        bases.reporting_unit_id,
        bases.programme_code,
        bases.nature_code,
        rules.budget_level,
        sum(
            (case when rules.base = 'central_assigned' then bases.central_vnd else bases.total_vnd end)
            * rules.ratio_pct / 100
        ) as required_vnd,
        string_agg(distinct rules.rule_id, ', ' order by rules.rule_id) as rule_ids,
        string_agg(distinct rules.confidence, ', ' order by rules.confidence) as rule_confidence
    from bases
    inner join reporting_units on bases.reporting_unit_id = reporting_units.reporting_unit_id
    inner join rules
        on
            reporting_units.province_code = rules.province_code
            and reporting_units.unit_type = rules.unit_type
            and bases.programme_code = rules.programme_code
            and bases.nature_code = rules.nature_code
            and bases.assigned_on >= rules.valid_from
            and (rules.valid_to is null or bases.assigned_on < rules.valid_to)
    where bases.central_vnd > 0 or rules.base <> 'central_assigned'
    group by all
),

provided as (
    select
        reporting_unit_id,
        programme_code,
        nature_code,
        counts_as_matching_level as budget_level,
        true as is_reported,
        sum(assigned_vnd) as assigned_vnd,
        sum(disbursed_vnd) as disbursed_vnd
    from lines
    where counts_as_matching_level is not null
    group by all
),

by_level as (
    select
        owing.reporting_unit_id,
        owing.programme_code,
        owing.nature_code,
        owing.budget_level,
        required.required_vnd,
        required.rule_ids,
        required.rule_confidence,
        if(provided.is_reported, provided.assigned_vnd, 0) as assigned_vnd,
        if(provided.is_reported, provided.disbursed_vnd, 0) as disbursed_vnd
    from owing
    left join required using (reporting_unit_id, programme_code, nature_code, budget_level)
    left join provided using (reporting_unit_id, programme_code, nature_code, budget_level)
),

-- together: only the levels that a rule binds
with_total as (
    select * from by_level
    union all by name
    select
        reporting_unit_id,
        programme_code,
        nature_code,
        'all' as budget_level,
        sum(required_vnd) as required_vnd,
        sum(assigned_vnd) filter (required_vnd is not null) as assigned_vnd,
        sum(disbursed_vnd) filter (required_vnd is not null) as disbursed_vnd
    from by_level
    group by all
),

final as (
    select
        asked_period.reporting_period_id,
        asked_period.year as plan_year,
        with_total.reporting_unit_id,
        reporting_units.name_vi as unit_name,
        with_total.programme_code,
        with_total.nature_code,
        with_total.budget_level,
        with_total.rule_ids,
        with_total.rule_confidence,
        round(with_total.required_vnd, 0) as required_vnd,
        with_total.assigned_vnd,
        round(100.0 * with_total.assigned_vnd / nullif(with_total.required_vnd, 0), 2) as assigned_pct,
        case
            when with_total.required_vnd > with_total.assigned_vnd
                then round(with_total.required_vnd - with_total.assigned_vnd, 0)
            when with_total.required_vnd <= with_total.assigned_vnd then 0
        end as shortfall_assigned_vnd,
        with_total.required_vnd <= with_total.assigned_vnd as is_enough_assigned,
        with_total.disbursed_vnd,
        round(100.0 * with_total.disbursed_vnd / nullif(with_total.required_vnd, 0), 2) as disbursed_pct,
        case
            when with_total.required_vnd > with_total.disbursed_vnd
                then round(with_total.required_vnd - with_total.disbursed_vnd, 0)
            when with_total.required_vnd <= with_total.disbursed_vnd then 0
        end as shortfall_disbursed_vnd,
        with_total.required_vnd <= with_total.disbursed_vnd as is_enough_disbursed
    from with_total
    cross join asked_period
    inner join reporting_units on with_total.reporting_unit_id = reporting_units.reporting_unit_id
    order by
        with_total.reporting_unit_id, with_total.programme_code, with_total.nature_code,
        case with_total.budget_level when 'province' then 1 when 'district' then 2 when 'commune' then 3 else 4 end
)

select * from final
