with

rounds as (
    select * from {{ ref('fct_dossier_round') }}
),

summed as (
    select
        rounds.*,
        count(rounds.returned_on) over dossier as return_count,
        min(rounds.started_on) over dossier as first_started_on,
        min(rounds.completed_on) over dossier as first_completed_on,
        row_number() over (
            partition by rounds.unit_id, rounds.title_code, rounds.stage_code, rounds.criterion_no
            order by rounds.round_no desc
        ) as round_recency
    from rounds
    window dossier as (
        partition by rounds.unit_id, rounds.title_code, rounds.stage_code, rounds.criterion_no
    )
)

-- the latest round, and what only all of them together tell
select
    {{ identifier([
        'summed.unit_id',
        'summed.title_code',
        'summed.stage_code',
        'summed.criterion_no',
    ]) }} as dossier_id,
    {{ lineage('summed') }},
    summed.unit_id,
    summed.title_code,
    summed.stage_code,
    summed.criteria_set_code,
    summed.criterion_no,
    summed.round_no,
    cast(summed.return_count as int) as return_count,
    summed.met_on,
    summed.status_code,
    summed.first_started_on,
    summed.first_completed_on,
    summed.started_on,
    summed.completed_on,
    summed.verified_on,
    summed.verified_by,
    summed.verification_verdict,
    summed.confirmed_on,
    summed.confirmed_by,
    summed.confirmation_verdict,
    summed.submitted_on,
    summed.returned_on,
    summed.return_reason,
    summed.reviewed_on,
    cast({{ days_apart('summed.met_on', 'summed.completed_on') }} as int) as met_to_complete_days,
    summed.explanation
from summed
where summed.round_recency = 1
