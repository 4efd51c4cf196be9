with

parts as (
    select * from {{ ref('int_form_part_validity') }}
    where is_current
),

decisions as (
    select * from {{ ref('stg_ledger__decisions') }}
    where kind = 'approved'
),

expected as (
    select distinct
        reporting_period_id,
        reporting_unit_id
    from {{ ref('stg_reference__expected_submissions') }}
),

-- what speaks for a unit now
spoken as (
    select distinct
        reporting_period_id,
        reporting_unit_id,
        submission_id
    from parts
),

-- an approval counts while everything that is current was there when it was given; nothing sent is nothing approved
covered as (
    select
        expected.reporting_period_id,
        expected.reporting_unit_id,
        decisions.decision_id,
        decisions.decided_at,
        decisions.decided_by,
        count(spoken.submission_id) as spoken_count,
        sum(
            case when decisions.submission_ids like '%"' || spoken.submission_id || '"%' then 1 else 0 end
        ) as covered_count
    from expected
    inner join decisions
        on
            expected.reporting_period_id = decisions.reporting_period_id
            and (
                decisions.reporting_unit_id is null or expected.reporting_unit_id = decisions.reporting_unit_id
            )
    left join spoken
        on
            expected.reporting_period_id = spoken.reporting_period_id
            and expected.reporting_unit_id = spoken.reporting_unit_id
    group by
        expected.reporting_period_id,
        expected.reporting_unit_id,
        decisions.decision_id,
        decisions.decided_at,
        decisions.decided_by
),

ranked as (
    select
        covered.*,
        row_number() over (
            partition by covered.reporting_period_id, covered.reporting_unit_id
            order by covered.decided_at desc, covered.decision_id desc
        ) as recency
    from covered
    where covered.spoken_count > 0 and covered.spoken_count = covered.covered_count
)

select
    reporting_period_id,
    reporting_unit_id,
    decision_id,
    decided_at as approved_at,
    decided_by as approved_by
from ranked
where recency = 1
