-- The visits summed up for a commune are those that form 07 of the same report lists, or a row of it explains why not.
-- Nothing is said where a visit of the list could not be read, or form 07 is not there.
with summed as (
    select
        submission_id,
        commune_code,
        min(sheet) as sheet,
        arg_min(visit_count__cell, row_number) as cell,
        arg_min(row_id, row_number) as row_id,
        sum(visit_count) as visits,
        bool_and(visit_count is not null) as is_complete,
        bool_or(explanation is not null) as is_explained
    from helper_summary
    where commune_code is not null
    group by submission_id, commune_code
),

listed as (
    select submission_id, commune_code, count(*) as visits
    from helper_activities
    where kind_code = 'visit'
    group by submission_id, commune_code
),

unread as (
    select distinct submission_id
    from helper_activities
    where commune_code is null or kind_code is null or activity_date is null
)

select
    summed.submission_id,
    'helper_summary' as form,
    summed.sheet,
    summed.cell,
    summed.row_id,
    'visit_count' as column_name,
    vi_number(summed.visits) as value,
    vi_number(coalesce(listed.visits, 0)) as expected,
    summed.visits = coalesce(listed.visits, 0) or summed.is_explained as is_ok
from summed
inner join parts
    on summed.submission_id = parts.submission_id and parts.form = 'helper_activities' and parts.state = 'present'
left join listed on summed.submission_id = listed.submission_id and summed.commune_code = listed.commune_code
where summed.is_complete and summed.submission_id not in (select unread.submission_id from unread)
