-- What a budget level assigns beside central money, against the ratio in force on the closing day, by programme and
-- nature of capital; only of a whole year, for money may be assigned until its end. A shortfall is a fact about the unit, not a fault of its report: it is told, not reproached.
with duties as (
    select
        submissions.submission_id,
        submissions.period_year,
        duty.*
    from submissions
    inner join reference.reporting_units as units using (reporting_unit_id)
    inner join reference.matching_rules as duty
        on submissions.province_code = duty.province_code and units.unit_type = duty.unit_type
    where submissions.period_type = 'year'
        and duty.base = 'central_assigned'
        and duty.valid_from <= submissions.data_to
        and (duty.valid_to is null or submissions.data_to < duty.valid_to)
),

assigned as (
    select rows.*, sources.group_code, sources.counts_as_matching_level, sources.is_matching_base
    from funding_sources as rows
    inner join reference.funding_sources as sources using (source_code)
    where rows.assigned_vnd is not null
),

compared as (
    select
        duties.submission_id,
        duties.rule_id,
        duties.ratio_pct,
        duties.budget_level,
        duties.confidence,
        min(assigned.sheet) as sheet,
        arg_min(assigned.assigned_vnd__cell, assigned.row_number) as cell,
        sum(assigned.assigned_vnd) filter (where assigned.is_matching_base) as central,
        coalesce(sum(assigned.assigned_vnd) filter (where assigned.counts_as_matching_level = duties.budget_level), 0)
            as local
    from duties
    inner join assigned
        on duties.submission_id = assigned.submission_id
        and duties.programme_code = assigned.programme_code
        and duties.nature_code = assigned.nature_code
        and duties.period_year = assigned.plan_year
        and (assigned.is_matching_base or assigned.counts_as_matching_level = duties.budget_level)
    group by all
)

select
    submission_id,
    'funding_sources' as form,
    sheet,
    cell,
    null as row_id,
    'assigned_vnd' as column_name,
    vi_number(in_million(local)) || ' / ' || vi_number(in_million(central)) || ' triệu đồng' as value,
    '≥ ' || vi_number(ratio_pct) || '% (' || rule_id || ')' as expected,
    confidence as threshold_confidence,
    100 * local >= ratio_pct * central as is_ok
from compared
where central > 0
