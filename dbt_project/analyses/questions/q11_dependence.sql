-- Câu hỏi 11. Đơn vị nào còn trông chờ ngân sách cấp trên, và tiền đi vào hạ tầng hay vào sản xuất, môi
-- trường, thu nhập?
-- Question 11. Which reporting units lean on upper budgets, and does the money go to infrastructure or to
-- production, environment, income?
-- Items: 1.4, 1.5, 4.9
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- Whole / Trọn vẹn.
-- Grain: area (province, reporting unit), all programmes together, plan year of P(D), the latest period closed by D.
-- Đồng. (a) Dependence = (central + province) / (central + province + district + commune + enterprises + residents),
-- assigned. Integrated money and credit stand outside both parts; dependence_with_integrated_pct has them in the
-- denominator. Only budget money is assigned by a decision: for the others, where a line has no assigned money, the
-- money performed (or lent) counts. (b) Disbursed by component group / disbursed in total, all sources; exclusive; ND00
-- is "not allocated", a class of its own. (c) Of the money of (a) that is placed in a commune: the share placed in
-- specially difficult communes (those on the closing day; the list is assumed in the sample). Projects with money this
-- year (plan of the year or carried over), and the plan of the year per project.
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

contents as (
    select * from marts.dim_funding_content
),

units as (
    select * from marts.dim_administrative_unit
),

attributes as (
    select * from marts.dim_commune_attribute
),

funding as (
    select * from marts.fct_funding__history
),

projects as (
    select * from marts.fct_project__history
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

difficult as (
    select attributes.unit_code
    from attributes
    cross join asked_period
    where
        attributes.attribute_code = 'specially_difficult'
        and attributes.valid_from <= asked_period.data_to
        and (attributes.valid_to is null or asked_period.data_to < attributes.valid_to)
),

lines as (
    select
        funding.reporting_unit_id,
        units.level = 'commune' as is_placed,
        difficult.unit_code is not null as is_difficult,
        sources.source_code,
        sources.group_code,
        case
            when sources.group_code in ('central', 'local') then funding.assigned_vnd
            else coalesce(funding.assigned_vnd, funding.performed_vnd, funding.lent_vnd)
        end as assigned_vnd,
        funding.disbursed_vnd,
        case
            when funding.content_code = 'ND00' then 'not_allocated'
            else contents.group_code
        end as component
    from funding
    inner join parts_known
        on
            funding.judgement_id = parts_known.judgement_id
            and funding.form = parts_known.form
    inner join asked_period
        on
            funding.reporting_period_id = asked_period.reporting_period_id
            and funding.plan_year = asked_period.year
    inner join sources on funding.source_code = sources.source_code
    inner join contents on funding.content_code = contents.content_code
    inner join units on funding.unit_id = units.unit_id
    left join difficult on units.unit_code = difficult.unit_code
),

summed as (
    select
        case when grouping(reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
        reporting_unit_id,
        sum(assigned_vnd) filter (group_code = 'central' or source_code = 'NST') as upper_vnd,
        sum(assigned_vnd) filter (group_code in ('central', 'local')) as budget_vnd,
        sum(assigned_vnd) filter (group_code in ('enterprise', 'community')) as contributed_vnd,
        sum(assigned_vnd) filter (group_code in ('integrated', 'credit')) as integrated_and_credit_vnd,
        sum(assigned_vnd) filter (is_placed) as placed_vnd,
        sum(assigned_vnd) filter (is_difficult) as difficult_vnd,
        sum(disbursed_vnd) as disbursed_vnd,
        sum(disbursed_vnd) filter (component = 'infrastructure') as infrastructure_vnd,
        sum(disbursed_vnd) filter (component = 'production') as production_vnd,
        sum(disbursed_vnd) filter (component = 'livelihood') as livelihood_vnd,
        sum(disbursed_vnd) filter (component = 'environment') as environment_vnd,
        sum(disbursed_vnd) filter (component = 'other') as other_vnd,
        sum(disbursed_vnd) filter (component = 'not_allocated') as not_allocated_vnd
    from lines
    group by grouping sets ((reporting_unit_id), ())
),

with_money as (
    select
        case when grouping(projects.reporting_unit_id) = 1 then 'province' else 'unit' end as area_level,
        projects.reporting_unit_id,
        count(*) as project_count,
        sum(projects.assigned_year_vnd) as project_plan_vnd
    from projects
    inner join parts_known
        on
            projects.judgement_id = parts_known.judgement_id
            and projects.form = parts_known.form
    inner join asked_period on projects.reporting_period_id = asked_period.reporting_period_id
    where coalesce(projects.assigned_year_vnd, 0) + coalesce(projects.carried_over_vnd, 0) > 0
    group by grouping sets ((projects.reporting_unit_id), ())
),

final as (
    select
        asked_period.reporting_period_id,
        asked_period.year as plan_year,
        summed.area_level,
        summed.reporting_unit_id,
        coalesce(reporting_units.name_vi, 'Toàn tỉnh') as area_name,
        summed.upper_vnd,
        summed.budget_vnd,
        summed.contributed_vnd,
        summed.integrated_and_credit_vnd,
        round(
            100.0 * coalesce(summed.upper_vnd, 0)
            / nullif(coalesce(summed.budget_vnd, 0) + coalesce(summed.contributed_vnd, 0), 0), 2
        ) as dependence_pct,
        round(
            100.0 * coalesce(summed.upper_vnd, 0)
            / nullif(
                coalesce(summed.budget_vnd, 0) + coalesce(summed.contributed_vnd, 0)
                + coalesce(summed.integrated_and_credit_vnd, 0), 0
            ), 2
        ) as dependence_with_integrated_pct,
        summed.disbursed_vnd,
        round(100.0 * coalesce(summed.infrastructure_vnd, 0) / nullif(summed.disbursed_vnd, 0), 2)
            as infrastructure_pct,
        round(100.0 * coalesce(summed.production_vnd, 0) / nullif(summed.disbursed_vnd, 0), 2) as production_pct,
        round(100.0 * coalesce(summed.livelihood_vnd, 0) / nullif(summed.disbursed_vnd, 0), 2) as livelihood_pct,
        round(100.0 * coalesce(summed.environment_vnd, 0) / nullif(summed.disbursed_vnd, 0), 2) as environment_pct,
        round(100.0 * coalesce(summed.other_vnd, 0) / nullif(summed.disbursed_vnd, 0), 2) as other_pct,
        round(100.0 * coalesce(summed.not_allocated_vnd, 0) / nullif(summed.disbursed_vnd, 0), 2)
            as not_allocated_pct,
        summed.placed_vnd,
        summed.difficult_vnd,
        round(100.0 * coalesce(summed.difficult_vnd, 0) / nullif(summed.placed_vnd, 0), 2) as difficult_pct,
        coalesce(with_money.project_count, 0) as project_count,
        with_money.project_plan_vnd,
        round(with_money.project_plan_vnd / nullif(with_money.project_count, 0), 0) as plan_per_project_vnd
    from summed
    left join with_money
        on
            summed.area_level = with_money.area_level
            and summed.reporting_unit_id is not distinct from with_money.reporting_unit_id
    cross join asked_period
    left join reporting_units on summed.reporting_unit_id = reporting_units.reporting_unit_id
    where summed.disbursed_vnd is not null or summed.budget_vnd is not null or summed.contributed_vnd is not null
    order by summed.area_level, dependence_pct desc, summed.reporting_unit_id
)

select * from final
