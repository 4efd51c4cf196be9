-- A district is recognised when all of its communes are, and at least a tenth of them as advanced (conditions DR1, DR2);
-- counted from the register of the same report and what the office knows, on the day of the decision.
with held as (
    select submission_id, subject_code, title_code, decision_date
    from recognitions
    where act_code in ('first', 'renewal') and decision_date is not null

    union all

    select submissions.submission_id, known.unit_code, known.title_code, known.decision_date
    from reference.known_recognitions as known
    cross join submissions
    where known.decision_date is not null
),

decided as (
    select rows.*
    from recognitions as rows
    inner join submissions using (submission_id)
    inner join reference.reporting_periods as periods on submissions.reporting_period_id = periods.reporting_period_id
    where rows.title_code = 'HUYEN_NTM'
        and rows.act_code = 'first'
        and rows.subject_code = split_part(submissions.unit_id, '.', 1)
        and rows.decision_date between periods.discrete_from and periods.data_to
),

communes as (
    select submissions.submission_id, units.unit_code
    from submissions
    inner join reference.administrative_units as units on submissions.unit_id = units.parent_unit_id
    where units.level = 'commune'
        and units.unit_type = 'xa'
        and units.valid_from <= submissions.data_to
        and (units.valid_to is null or submissions.data_to < units.valid_to)
),

conditions as (
    select 'NTM' as title_code, value_from from reference.conditions where condition_code = 'DR1'
    union all
    select 'NTM_NC' as title_code, value_from from reference.conditions where condition_code = 'DR2'
),

counted as (
    select
        decided.submission_id,
        decided.row_id,
        conditions.title_code,
        conditions.value_from,
        count(*) as communes,
        count(*) filter (where exists (
            select 1
            from held
            where held.submission_id = decided.submission_id
                and held.subject_code = communes.unit_code
                and held.title_code = conditions.title_code
                and held.decision_date <= decided.decision_date
        )) as holders
    from decided
    inner join communes using (submission_id)
    cross join conditions
    group by all
)

select
    decided.submission_id,
    'recognitions' as form,
    decided.sheet,
    decided.title_code__cell as cell,
    decided.row_id,
    'title_code' as column_name,
    decided.title_code__text as value,
    '≥ ' || vi_number(counted.value_from) || '% số xã là ' || titles.name_vi || '; Biểu 04 có ' || counted.holders || '/'
    || counted.communes || ' xã' as expected,
    '≥ ' || vi_number(counted.value_from) || '% of communes: ' || titles.name_en || '; form 04 has ' || counted.holders
    || ' of ' || counted.communes as expected_en,
    100 * counted.holders >= counted.value_from * counted.communes as is_ok
from decided
inner join counted using (submission_id, row_id)
inner join reference.titles as titles on counted.title_code = titles.title_code
