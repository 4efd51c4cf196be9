with

support as (
    {{ current_rows('fct_support__history') }}
),

assignments as (
    select * from {{ ref('fct_helper_assignment') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- the register is cumulative: the latest period that reports an entry speaks for it, as of that period's closing day
ranked as (
    select
        support.*,
        periods.data_to as as_of_date,
        {{ identifier(['support.reporting_unit_id', 'support.support_no']) }} as support_id,
        row_number() over (
            partition by
                support.reporting_unit_id,
                support.support_no
            order by periods.data_to desc, support.known_at desc, support.submission_id, support.row_id
        ) as recency
    from support
    inner join periods on support.reporting_period_id = periods.reporting_period_id
),

-- credited to the assignment in force on the day it was agreed, as visits are
credited as (
    select
        ranked.support_id,
        assignments.assignment_id,
        row_number() over (
            partition by ranked.support_id
            order by
                case assignments.role_code when 'main' then 1 else 2 end,
                assignments.valid_from desc,
                assignments.assignment_id
        ) as precedence
    from ranked
    inner join assignments
        on
            ranked.agency_code = assignments.agency_code
            and ranked.unit_id = assignments.unit_id
            and assignments.valid_from <= ranked.agreed_on
            and (assignments.valid_to is null or ranked.agreed_on < assignments.valid_to)
    where ranked.recency = 1
)

select
    ranked.support_id,
    {{ lineage('ranked') }},
    ranked.support_no,
    ranked.unit_id,
    ranked.donor_kind_code,
    ranked.donor_name,
    ranked.agency_code,
    ranked.support_kind_code,
    ranked.purpose_text,
    ranked.focus_content,
    ranked.criterion_no,
    ranked.ground_document,
    ranked.agreed_on,
    event_periods.reporting_period_id as event_period_id,
    ranked.quantity,
    ranked.quantity_unit,
    ranked.promised_vnd,
    ranked.delivered_vnd,
    ranked.delivered_on,
    ranked.household_count,
    ranked.result,
    ranked.as_of_date,
    ranked.delivered_on is not null as is_delivered,
    cast(greatest(ranked.promised_vnd - coalesce(ranked.delivered_vnd, 0), 0) as decimal(20, 0)) as outstanding_vnd,
    credited.assignment_id,
    ranked.explanation
from ranked
left join credited
    on
        ranked.support_id = credited.support_id
        and credited.precedence = 1
{{ join_event_period('ranked.agreed_on') }}
where ranked.recency = 1
