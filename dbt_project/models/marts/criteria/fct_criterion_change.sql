with

statuses as (
    select * from {{ ref('fct_criterion_status') }}
    where declared_mark is not null
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

criteria_sets as (
    select * from {{ ref('stg_reference__criteria_sets') }}
),

regions as (
    select * from {{ ref('int_judging_scope') }}
),

thresholds as (
    select * from {{ ref('int_criterion_threshold') }}
),

titles as (
    select distinct
        set_code,
        title_code
    from {{ ref('stg_reference__title_sets') }}
),

-- what is asked of a unit: by the region that judges it on the closing day
asked as (
    select
        regions.reporting_period_id,
        regions.unit_id,
        regions.criteria_set_code,
        thresholds.criterion_no,
        thresholds.thresholds_asked
    from regions
    inner join thresholds
        on
            regions.reporting_period_id = thresholds.reporting_period_id
            and regions.province_code = thresholds.province_code
            and regions.judging_code = thresholds.judging_code
            and regions.criteria_set_code = thresholds.criteria_set_code
),

-- one row of reports per unit, title and criterion, also where the set that judges the title was replaced
sequenced as (
    select
        statuses.*,
        titles.title_code,
        periods.data_to,
        criteria_sets.n_criteria,
        lag(statuses.reporting_period_id) over history as earlier_period_id,
        lag(statuses.criteria_set_code) over history as previous_set_code,
        lag(criteria_sets.n_criteria) over history as previous_n_criteria,
        lag(statuses.declared_mark) over history as previous_declared_mark,
        lag(statuses.computed_mark) over history as previous_computed_mark,
        max(case when statuses.judged_mark in ('D', 'KAD') then 1 else 0 end) over (
            partition by statuses.unit_id, titles.title_code, statuses.criterion_no
            order by periods.data_to
            rows between unbounded preceding and 2 preceding
        ) as was_met_before
    from statuses
    inner join titles on statuses.criteria_set_code = titles.set_code
    inner join periods on statuses.reporting_period_id = periods.reporting_period_id
    inner join criteria_sets on statuses.criteria_set_code = criteria_sets.set_code
    window history as (
        partition by statuses.unit_id, titles.title_code, statuses.criterion_no
        order by periods.data_to
    )
),

-- like is compared with like: figures where both reports have them, else what was declared in both
compared as (
    select
        sequenced.*,
        case
            when sequenced.computed_mark is not null and sequenced.previous_computed_mark is not null then 'computed'
            else 'declared'
        end as basis_code,
        case
            when sequenced.computed_mark is not null and sequenced.previous_computed_mark is not null
                then sequenced.computed_mark in ('D', 'KAD')
            else sequenced.declared_mark in ('D', 'KAD')
        end as is_met,
        case
            when sequenced.computed_mark is not null and sequenced.previous_computed_mark is not null
                then sequenced.previous_computed_mark in ('D', 'KAD')
            else sequenced.previous_declared_mark in ('D', 'KAD')
        end as was_met
    from sequenced
    where
        sequenced.earlier_period_id is not null
        and sequenced.n_criteria = sequenced.previous_n_criteria
)

select
    {{ lineage('compared') }},
    compared.unit_id,
    compared.subject_level,
    compared.title_code,
    compared.criteria_set_code,
    compared.criterion_no,
    case
        when compared.was_met then 'lost'
        when compared.was_met_before = 1 then 'regained'
        else 'gained'
    end as change_code,
    case
        when compared.criteria_set_code <> compared.previous_set_code then 'new_set'
        when asked.thresholds_asked <> asked_before.thresholds_asked then 'new_threshold'
        else 'same_rules'
    end as cause_code,
    compared.basis_code,
    compared.earlier_period_id as previous_period_id,
    compared.previous_set_code,
    compared.explanation
from compared
left join asked
    on
        compared.reporting_period_id = asked.reporting_period_id
        and compared.unit_id = asked.unit_id
        and compared.criteria_set_code = asked.criteria_set_code
        and compared.criterion_no = asked.criterion_no
left join asked as asked_before
    on
        compared.earlier_period_id = asked_before.reporting_period_id
        and compared.unit_id = asked_before.unit_id
        and compared.previous_set_code = asked_before.criteria_set_code
        and compared.criterion_no = asked_before.criterion_no
where compared.was_met <> compared.is_met
