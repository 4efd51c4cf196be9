with

assignments as (
    select * from {{ ref('fct_helper_assignment') }}
),

agencies as (
    select * from {{ ref('stg_reference__agencies') }}
),

-- a leader's post as the latest assignment says it
ranked as (
    select
        assignments.*,
        row_number() over (
            partition by assignments.helper_team_id
            order by assignments.valid_from desc, assignments.known_at desc, assignments.assignment_id
        ) as recency
    from assignments
)

select
    ranked.helper_team_id,
    ranked.agency_code,
    agencies.name_vi as agency_name_vi,
    ranked.leader_name,
    ranked.leader_post,
    ranked.helper_level
from ranked
left join agencies on ranked.agency_code = agencies.agency_code
where ranked.recency = 1
