with

roadmap as (
    {{ current_rows('fct_roadmap_milestone__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- the register is cumulative: of each revision of a plan the latest period speaks, of revisions the last is in force
ranked as (
    select
        roadmap.*,
        {{ identifier([
            'roadmap.unit_id',
            'roadmap.title_code',
            'roadmap.stage_code',
            'roadmap.criterion_no',
            'roadmap.milestone_no',
        ]) }} as milestone_id,
        row_number() over (
            partition by
                roadmap.unit_id,
                roadmap.title_code,
                roadmap.stage_code,
                roadmap.criterion_no,
                roadmap.milestone_no,
                roadmap.revision_no
            order by periods.data_to desc, roadmap.known_at desc, roadmap.submission_id, roadmap.row_id
        ) as recency
    from roadmap
    inner join periods on roadmap.reporting_period_id = periods.reporting_period_id
),

revisions as (
    select
        ranked.*,
        first_value(ranked.planned_on) over (
            partition by ranked.milestone_id
            order by ranked.revision_no
        ) as original_planned_on,
        row_number() over (
            partition by ranked.milestone_id
            order by ranked.revision_no desc
        ) as revision_recency
    from ranked
    where ranked.recency = 1
)

select
    revisions.milestone_id,
    {{ lineage('revisions') }},
    revisions.unit_id,
    revisions.title_code,
    revisions.stage_code,
    revisions.criteria_set_code,
    revisions.criterion_no,
    revisions.milestone_no,
    revisions.milestone,
    revisions.revision_no,
    revisions.original_planned_on,
    revisions.planned_on,
    cast({{ days_apart('revisions.original_planned_on', 'revisions.planned_on') }} as int) as revision_days,
    revisions.plan_document,
    revisions.target_value,
    revisions.actual_on,
    revisions.actual_value,
    cast({{ days_apart('revisions.original_planned_on', 'revisions.actual_on') }} as int) as slip_days,
    revisions.reviewed_on,
    revisions.explanation
from revisions
where revisions.revision_recency = 1
