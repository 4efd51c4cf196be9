-- The day the figures stand for lies in the period's own window: after the closing day before, up to its own.
select
    cover.submission_id,
    'cover' as form,
    cover.sheet,
    cover.data_as_of__cell as cell,
    cover.row_id,
    'data_as_of' as column_name,
    cover.data_as_of__text as value,
    vi_date(periods.discrete_from) || ' - ' || vi_date(periods.data_to) as expected,
    cover.data_as_of between periods.discrete_from and periods.data_to as is_ok
from cover
inner join submissions using (submission_id)
inner join reference.reporting_periods as periods on submissions.reporting_period_id = periods.reporting_period_id
where cover.data_as_of is not null
