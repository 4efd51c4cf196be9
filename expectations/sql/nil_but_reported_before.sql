-- A form that counts from the start of the year, or is a register, cannot become empty once it held rows.
with declared as (
    select submission_id, sheet, row_id, column_name, cell, typed
    from cover
    unpivot ((said, cell, typed) for column_name in (
        (nil_recognitions, nil_recognitions__cell, nil_recognitions__text) as 'nil_recognitions',
        (nil_funding_sources, nil_funding_sources__cell, nil_funding_sources__text) as 'nil_funding_sources',
        (nil_helper_assignments, nil_helper_assignments__cell, nil_helper_assignments__text) as 'nil_helper_assignments',
        (nil_helper_activities, nil_helper_activities__cell, nil_helper_activities__text) as 'nil_helper_activities'
    ))
),

held as (
    select submission_id, 'recognitions' as form, before_period_id, count(*) as held_rows
    from recognitions_before
    group by all

    union all

    select submission_id, 'funding_sources' as form, before_period_id, count(*) as held_rows
    from funding_sources_before
    where performed_vnd > 0 or disbursed_vnd > 0 or lent_vnd > 0
    group by all

    union all

    -- an assignment that has ended leaves the register with its year
    select rows.submission_id, 'helper_assignments' as form, rows.before_period_id, count(*) as held_rows
    from helper_assignments_before as rows
    inner join submissions using (submission_id)
    where rows.valid_to is null or rows.valid_to > submissions.data_from
    group by all

    union all

    select submission_id, 'helper_activities' as form, before_period_id, count(*) as held_rows
    from helper_activities_before
    group by all
)

select
    parts.submission_id,
    'cover' as form,
    declared.sheet,
    declared.cell,
    declared.row_id,
    declared.column_name,
    declared.typed as value,
    coalesce(held.held_rows, 0) || ' dòng, kỳ ' || before.label_vi as expected,
    coalesce(held.held_rows, 0) || ' row(s), ' || before.label_en as expected_en,
    false as is_ok
from parts
inner join declared on parts.submission_id = declared.submission_id and declared.column_name = 'nil_' || parts.form
inner join submissions on parts.submission_id = submissions.submission_id
inner join held on parts.submission_id = held.submission_id and parts.form = held.form
inner join reference.reporting_periods as before on held.before_period_id = before.reporting_period_id
where parts.state = 'nil'
    and (parts.form in ('recognitions', 'helper_assignments') or before.year = submissions.period_year)
