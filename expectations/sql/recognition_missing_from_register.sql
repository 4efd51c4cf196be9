-- The register of titles only grows: what the report before held is still there, unless its unit has ended. So the
-- number of those recognised never falls without a withdrawal. A row whose key is blank or unread may be the missing one.
with listed as (
    select submission_id, min(sheet) as sheet, arg_min(subject_code__cell, row_number) as first_cell
    from recognitions
    group by submission_id
),

owed as (
    select distinct before.submission_id, before.before_period_id, before.subject_code, before.title_code,
        before.act_code, before.subject_code__text, before.title_code__text, before.decision_no
    from recognitions_before as before
    inner join submissions using (submission_id)
    where before.subject_code is not null and before.title_code is not null and before.act_code is not null
        and exists (
            select 1
            from reference.administrative_units as units
            where units.unit_code = before.subject_code
                and units.valid_from <= submissions.data_to
                and (units.valid_to is null or submissions.data_to < units.valid_to)
        )
)

select
    owed.submission_id,
    'recognitions' as form,
    listed.sheet,
    listed.first_cell as cell,
    null as row_id,
    'subject_code' as column_name,
    null as value,
    owed.subject_code__text || ' - ' || owed.title_code__text || coalesce(', ' || owed.decision_no, '') || ' ('
    || periods.label_vi || ')' as expected,
    owed.subject_code__text || ' - ' || owed.title_code__text || coalesce(', ' || owed.decision_no, '') || ' ('
    || periods.label_en || ')' as expected_en,
    exists (
        select 1
        from recognitions as rows
        where rows.submission_id = owed.submission_id
            and (rows.subject_code = owed.subject_code or rows.subject_code is null)
            and (rows.title_code = owed.title_code or rows.title_code is null)
            and (rows.act_code = owed.act_code or rows.act_code is null)
    ) as is_ok
from owed
inner join listed using (submission_id)
inner join reference.reporting_periods as periods on owed.before_period_id = periods.reporting_period_id
