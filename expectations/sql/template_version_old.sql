-- The version printed on the cover is the version of the template that the office hands out.
select
    submission_id,
    'cover' as form,
    sheet,
    template_version__cell as cell,
    row_id,
    'template_version' as column_name,
    template_version__text as value,
    form_version as expected,
    template_version = form_version as is_ok
from cover
where template_version is not null
