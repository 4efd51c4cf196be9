with

statuses as (
    {{ current_rows('fct_criterion_status__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

computed as (
    select * from {{ ref('int_criterion_computed') }}
),

compared as (
    select
        statuses.*,
        periods.data_to,
        computed.computed_mark,
        coalesce(computed.computed_mark, statuses.declared_mark) as judged_mark
    from statuses
    inner join periods on statuses.reporting_period_id = periods.reporting_period_id
    left join computed
        on
            statuses.reporting_period_id = computed.reporting_period_id
            and statuses.unit_id = computed.unit_id
            and statuses.criteria_set_code = computed.criteria_set_code
            and statuses.criterion_no = computed.criterion_no
),

-- from one reported period to the next: a period without a mark neither breaks a run nor loses a criterion
sequenced as (
    select
        compared.reporting_period_id,
        compared.unit_id,
        compared.criteria_set_code,
        compared.criterion_no,
        compared.data_to,
        compared.declared_mark in ('D', 'KAD') as is_met,
        compared.judged_mark in ('D', 'KAD') as is_judged_met,
        lag(compared.reporting_period_id) over subject as previous_period_id,
        lag(compared.declared_mark in ('D', 'KAD')) over subject as was_met,
        lag(compared.judged_mark in ('D', 'KAD')) over subject as was_judged_met
    from compared
    where compared.declared_mark is not null
    window subject as (
        partition by compared.unit_id, compared.criteria_set_code, compared.criterion_no
        order by compared.data_to
    )
),

runs as (
    select
        sequenced.*,
        sum(case when sequenced.is_met and not coalesce(sequenced.was_met, false) then 1 else 0 end) over (
            partition by sequenced.unit_id, sequenced.criteria_set_code, sequenced.criterion_no
            order by sequenced.data_to
            rows between unbounded preceding and current row
        ) as run_no
    from sequenced
),

dated as (
    select
        runs.*,
        first_value(runs.reporting_period_id) over (
            partition by runs.unit_id, runs.criteria_set_code, runs.criterion_no, runs.run_no
            order by runs.data_to
        ) as run_period_id
    from runs
    where runs.run_no > 0
)

select
    {{ lineage('compared') }},
    compared.unit_id,
    compared.subject_level,
    compared.criteria_set_code,
    compared.criterion_no,
    compared.declared_mark,
    compared.computed_mark,
    compared.declared_mark = compared.computed_mark as is_agreed,
    compared.judged_mark,
    case
        when compared.computed_mark is not null then 'computed'
        when compared.declared_mark is not null then 'declared'
    end as judged_basis,
    case when sequenced.is_met then dated.run_period_id end as met_since_period_id,
    coalesce(sequenced.was_met and not sequenced.is_met, false) as is_lost,
    coalesce(sequenced.was_judged_met and not sequenced.is_judged_met, false) as is_judged_lost,
    sequenced.previous_period_id,
    compared.explanation
from compared
left join sequenced
    on
        compared.reporting_period_id = sequenced.reporting_period_id
        and compared.unit_id = sequenced.unit_id
        and compared.criteria_set_code = sequenced.criteria_set_code
        and compared.criterion_no = sequenced.criterion_no
left join dated
    on
        compared.reporting_period_id = dated.reporting_period_id
        and compared.unit_id = dated.unit_id
        and compared.criteria_set_code = dated.criteria_set_code
        and compared.criterion_no = dated.criterion_no
