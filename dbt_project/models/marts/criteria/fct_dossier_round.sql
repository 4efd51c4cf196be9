with

dossiers as (
    {{ current_rows('fct_dossier_round__history') }}
),

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
),

-- the register is cumulative: the latest period that reports a row speaks for it
ranked as (
    select
        dossiers.*,
        {{ identifier([
            'dossiers.unit_id',
            'dossiers.title_code',
            'dossiers.stage_code',
            'dossiers.criterion_no',
            'dossiers.round_no',
        ]) }} as dossier_round_id,
        row_number() over (
            partition by
                dossiers.unit_id,
                dossiers.title_code,
                dossiers.stage_code,
                dossiers.criterion_no,
                dossiers.round_no
            order by periods.data_to desc, dossiers.known_at desc, dossiers.submission_id, dossiers.row_id
        ) as recency
    from dossiers
    inner join periods on dossiers.reporting_period_id = periods.reporting_period_id
)

select
    ranked.dossier_round_id,
    {{ lineage('ranked') }},
    ranked.unit_id,
    ranked.title_code,
    ranked.stage_code,
    ranked.criteria_set_code,
    ranked.criterion_no,
    ranked.round_no,
    ranked.met_on,
    ranked.status_code,
    ranked.started_on,
    ranked.completed_on,
    ranked.verified_on,
    ranked.verified_by,
    ranked.verification_verdict,
    ranked.confirmed_on,
    ranked.confirmed_by,
    ranked.confirmation_verdict,
    ranked.submitted_on,
    ranked.returned_on,
    ranked.return_reason,
    ranked.reviewed_on,
    ranked.explanation
from ranked
where ranked.recency = 1
