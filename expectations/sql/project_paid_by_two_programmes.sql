-- Two programmes do not pay directly for the same work, or for the same group in the same kind of project and year, in
-- one place; unless one project tells the other's money as integrated, or a decision allows it. The later row is shown.
with entered as (
    select
        rows.*,
        submissions.data_to,
        coalesce(central_vnd, 0) + coalesce(province_vnd, 0) + coalesce(district_vnd, 0) + coalesce(commune_vnd, 0)
            as direct_vnd,
        lower(trim(regexp_replace(project_name, '[[:space:][:punct:]]+', ' ', 'g'))) as work,
        lower(trim(regexp_replace(beneficiary, '[[:space:][:punct:]]+', ' ', 'g'))) as helped,
        lower(trim(regexp_replace(village, '[[:space:][:punct:]]+', ' ', 'g'))) as hamlet
    from projects as rows
    inner join submissions using (submission_id)
),

paired as (
    select
        later.*,
        earlier.project_code as other_code,
        earlier.project_name__text || ', ' || earlier.project_name__cell as other,
        later.integrated_vnd >= earlier.direct_vnd or earlier.integrated_vnd >= later.direct_vnd as is_integrated
    from entered as later
    inner join entered as earlier
        on later.submission_id = earlier.submission_id
        and later.row_number > earlier.row_number
        and later.programme_code <> earlier.programme_code
        and later.place_code = earlier.place_code
        and coalesce(later.hamlet = earlier.hamlet, true)
        and (
            later.work = earlier.work
            or (
                later.helped = earlier.helped
                and later.kind_code = earlier.kind_code
                and year(later.decision_date) = year(earlier.decision_date)
            )
        )
    where later.direct_vnd > 0 and earlier.direct_vnd > 0
)

select
    paired.submission_id,
    'projects' as form,
    paired.sheet,
    paired.project_name__cell as cell,
    paired.row_id,
    'project_name' as column_name,
    paired.project_name__text as value,
    min(paired.other) as expected,
    bool_and(coalesce(paired.is_integrated, false) or exceptions.exception_id is not null) as is_ok
from paired
left join reference.overlap_exceptions as exceptions
    on exceptions.first_project_code = least(paired.project_code, paired.other_code)
    and exceptions.second_project_code = greatest(paired.project_code, paired.other_code)
    and exceptions.valid_from <= paired.data_to
    and (exceptions.valid_to is null or paired.data_to < exceptions.valid_to)
group by all
