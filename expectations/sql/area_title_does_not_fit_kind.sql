-- A garden can only be a model garden, and only a garden can be one.
select
    rows.submission_id,
    'residential_areas' as form,
    rows.sheet,
    rows.title_code__cell as cell,
    rows.row_id,
    'title_code' as column_name,
    rows.title_code__text as value,
    rows.kind_code__text as expected,
    (titles.subject_kind = 'garden') = (rows.kind_code = 'vuon') as is_ok
from residential_areas as rows
inner join reference.titles as titles using (title_code)
where rows.kind_code is not null
