{#- Named here, as dbt learns what a model rests on before it knows any column. -#}
{%- for one in histories() %}
{%- do ref(one.fact ~ '__history') %}
{%- endfor %}

with

decisions as (
    select * from {{ ref('fct_decision') }}
    where kind in ('closed', 'reopened')
),

covers as (
    select * from {{ ref('stg_submissions__cover') }}
),

sequenced as (
    select
        parts.*,
        lag(parts.submission_id) over report as submission_id_before,
        lag(parts.judgement_id) over report as judgement_id_before,
        lag(parts.version) over report as version_before
    from {{ ref('int_form_part_validity') }} as parts
    where parts.known_to is null or parts.known_to > parts.known_from
    window report as (
        partition by parts.reporting_unit_id, parts.reporting_period_id, parts.form
        order by parts.version
    )
),

-- a form that was said before and is said anew
corrections as (
    select * from sequenced
    where submission_id_before is not null
),

judgements as (
    select
        judgement_id,
        form
    from corrections
    union
    select
        judgement_id_before as judgement_id,
        form
    from corrections
),

cells as (
    {%- for one in histories() %}
    {%- set columns = told_columns(one) %}
    {{ told_cells(one, columns, 'judgements') if columns else no_told_cells() }}
    {{ "union all" if not loop.last }}
    {%- endfor %}
),

said_before as (
    select
        corrections.submission_id as corrected_by,
        cells.*
    from corrections
    inner join cells
        on
            corrections.judgement_id_before = cells.judgement_id
            and corrections.form = cells.form
),

said_after as (
    select
        corrections.submission_id as corrected_by,
        cells.*
    from corrections
    inner join cells
        on
            corrections.judgement_id = cells.judgement_id
            and corrections.form = cells.form
),

moved as (
    select
        coalesce(said_after.corrected_by, said_before.corrected_by) as submission_id,
        coalesce(said_after.form, said_before.form) as form,
        coalesce(said_after.fact, said_before.fact) as fact,
        coalesce(said_after.row_key, said_before.row_key) as row_key,
        coalesce(said_after.column_name, said_before.column_name) as column_name,
        coalesce(said_after.unit_id, said_before.unit_id) as unit_id,
        said_after.sheet,
        said_after.row_id,
        said_before.sheet as sheet_before,
        said_before.row_id as row_id_before,
        said_before.value_text as value_before,
        said_after.value_text as value_after,
        said_before.value_number as number_before,
        said_after.value_number as number_after
    from said_before
    full outer join said_after
        on
            said_before.corrected_by = said_after.corrected_by
            and said_before.form = said_after.form
            and said_before.fact = said_after.fact
            and said_before.row_key = said_after.row_key
            and said_before.column_name = said_after.column_name
    where said_before.value_text is distinct from said_after.value_text
),

sent_again as (
    select distinct
        submission_id,
        reporting_period_id,
        reporting_unit_id,
        known_from
    from corrections
),

-- what had been decided on the lock of the period by the moment of the correction, the latest of each kind
locked as (
    select
        sent_again.submission_id,
        decisions.kind,
        decisions.decision_id,
        decisions.decided_at,
        decisions.decided_by,
        decisions.reason,
        row_number() over (
            partition by sent_again.submission_id, decisions.kind
            order by decisions.decided_at desc, decisions.decision_id desc
        ) as recency
    from sent_again
    inner join decisions
        on
            sent_again.reporting_period_id = decisions.reporting_period_id
            and (
                decisions.reporting_unit_id is null or sent_again.reporting_unit_id = decisions.reporting_unit_id
            )
            and sent_again.known_from >= decisions.decided_at
)

select
    corrections.reporting_period_id,
    corrections.reporting_unit_id,
    moved.submission_id,
    moved.form,
    moved.sheet,
    moved.row_id,
    moved.fact,
    moved.row_key,
    moved.column_name,
    moved.unit_id,
    case
        when moved.value_before is null then 'appeared'
        when moved.value_after is null then 'vanished'
        else 'changed'
    end as change_kind,
    moved.value_before,
    moved.value_after,
    moved.number_before,
    moved.number_after,
    cast(moved.number_after - moved.number_before as decimal(28, 6)) as difference,
    corrections.submission_id_before,
    moved.sheet_before,
    moved.row_id_before,
    corrections.version_before,
    corrections.version,
    corrections.known_from as revised_at,
    {{ without_telephone('covers.correction_reason') }} as reason,
    closings.decision_id is not null as was_closed,
    closings.decision_id as closing_decision_id,
    reopenings.decision_id as reopening_decision_id,
    reopenings.decided_at as reopened_at,
    reopenings.decided_by as reopened_by,
    reopenings.reason as reopening_reason
from moved
inner join corrections
    on
        moved.submission_id = corrections.submission_id
        and moved.form = corrections.form
left join covers on corrections.submission_id = covers.submission_id
left join locked as closings
    on
        moved.submission_id = closings.submission_id
        and closings.kind = 'closed'
        and closings.recency = 1
left join locked as reopenings
    on
        moved.submission_id = reopenings.submission_id
        and reopenings.kind = 'reopened'
        and reopenings.recency = 1
        and closings.decided_at < reopenings.decided_at
