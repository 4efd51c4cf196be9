-- What was met at the report before, by the same set, and is not met now needs a word of explanation on its row.
with compared as (
    select rows.submission_id, 'criteria_summary' as form, rows.sheet, rows.mark__cell as cell, rows.row_id,
        'mark' as column_name, rows.mark__text as value, before.before_period_id, rows.mark as verdict,
        rows.explanation
    from criteria_summary as rows
    inner join criteria_summary_before as before
        using (submission_id, criteria_set_code, commune_code, criterion_no)
    where before.mark = 'D'

    union all by name

    select rows.submission_id, 'township_criteria' as form, rows.sheet, rows.mark__cell as cell, rows.row_id,
        'mark' as column_name, rows.mark__text as value, before.before_period_id, rows.mark as verdict,
        rows.explanation
    from township_criteria as rows
    inner join township_criteria_before as before
        using (submission_id, criteria_set_code, commune_code, criterion_no)
    where before.mark = 'D'

    union all by name

    select rows.submission_id, 'unit_criteria' as form, rows.sheet, rows.verdict__cell as cell, rows.row_id,
        'verdict' as column_name, rows.verdict__text as value, before.before_period_id, rows.verdict,
        rows.explanation
    from unit_criteria as rows
    inner join unit_criteria_before as before using (submission_id, criteria_set_code, indicator_no, part_code)
    where before.verdict = 'D'
)

select
    compared.submission_id,
    compared.form,
    compared.sheet,
    compared.cell,
    compared.row_id,
    compared.column_name,
    compared.value,
    'Đ (' || periods.label_vi || ')' as expected,
    'Đ (' || periods.label_en || ')' as expected_en,
    compared.verdict <> 'CD' or compared.explanation is not null as is_ok
from compared
inner join reference.reporting_periods as periods on compared.before_period_id = periods.reporting_period_id
where compared.verdict is not null
