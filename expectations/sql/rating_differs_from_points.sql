-- The rating is the highest one whose points are reached. The bands are not official: their confidence goes with it.
with reached as (
    select
        rows.submission_id,
        rows.row_id,
        arg_max(ratings.rating_code, ratings.minimum_points) as rating_code,
        arg_max(ratings.confidence, ratings.minimum_points) as confidence
    from evaluations as rows
    inner join submissions using (submission_id)
    inner join reference.evaluation_ratings as ratings
        on submissions.period_year between ratings.assessment_year_from and coalesce(ratings.assessment_year_to, 9999)
        and rows.total_points >= ratings.minimum_points
    where rows.total_points is not null
    group by rows.submission_id, rows.row_id
)

select
    rows.submission_id,
    'evaluations' as form,
    rows.sheet,
    rows.rating_code__cell as cell,
    rows.row_id,
    'rating_code' as column_name,
    rows.rating_code__text as value,
    labels.label_vi || ' (' || vi_number(rows.total_points) || ')' as expected,
    labels.label_en || ' (' || vi_number(rows.total_points) || ')' as expected_en,
    reached.confidence as threshold_confidence,
    rows.rating_code = reached.rating_code as is_ok
from evaluations as rows
inner join reached using (submission_id, row_id)
inner join reference.code_lists as labels
    on labels.list_code = 'helper_rating' and labels.code = reached.rating_code
where rows.rating_code is not null
