with

recognitions as (
    {{ current_rows('fct_recognition__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- the register is cumulative: the latest period that reports an act speaks for it, and it is counted once
ranked as (
    select
        recognitions.*,
        {{ identifier([
            'recognitions.unit_id',
            'recognitions.title_code',
            'recognitions.stage_code',
            'recognitions.act_code',
            'recognitions.decision_date',
        ]) }} as recognition_id,
        row_number() over (
            partition by
                recognitions.unit_id,
                recognitions.title_code,
                recognitions.stage_code,
                recognitions.act_code,
                recognitions.decision_date
            order by periods.data_to desc, recognitions.known_at desc, recognitions.submission_id, recognitions.row_id
        ) as recency
    from recognitions
    inner join periods on recognitions.reporting_period_id = periods.reporting_period_id
)

select
    ranked.recognition_id,
    {{ lineage('ranked') }},
    ranked.unit_id,
    ranked.subject_level,
    ranked.title_code,
    ranked.stage_code,
    ranked.act_code,
    ranked.year_recognised,
    ranked.decision_no,
    ranked.decision_date,
    event_periods.reporting_period_id as event_period_id,
    ranked.model_field,
    ranked.explanation
from ranked
{{ join_event_period('ranked.decision_date') }}
where ranked.recency = 1
