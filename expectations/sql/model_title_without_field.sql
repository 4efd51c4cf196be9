-- A model commune is a model in some field.
select
    submission_id,
    'recognitions' as form,
    sheet,
    model_field__cell as cell,
    row_id,
    'model_field' as column_name,
    model_field__text as value,
    null as expected,
    model_field is not null as is_ok
from recognitions
where title_code = 'NTM_KM' and act_code in ('first', 'renewal') and model_field__problem is null
