-- Câu hỏi 93. Đến ngày D đơn vị nào đã sửa số liệu nào đã báo cáo, đổi bao nhiêu, vì sao, theo bản gửi nào?
-- Question 93. Which reported figures had been revised by day D, by whom, by how much, why, and in which version?
-- Items: 5.17
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: revised figure = correction x fact x row x column, taken in by the end of D. change_kind: changed, appeared
-- (blank or not there before), vanished. The reason is the one on the cover of the correction, null where none stands.
-- was_closed: the period had been locked before, then reopened by the decision that question 94 lists.
select
    revisions.revised_at,
    revisions.reporting_period_id,
    revisions.reporting_unit_id,
    units.name_vi as reporting_unit_name,
    revisions.fact,
    revisions.row_key,
    revisions.column_name,
    revisions.change_kind,
    revisions.value_before,
    revisions.value_after,
    revisions.difference,
    revisions.reason,
    revisions.version_before,
    revisions.version,
    revisions.submission_id,
    revisions.sheet,
    revisions.row_id,
    revisions.was_closed,
    revisions.reopened_by
from marts.fct_revision as revisions
inner join marts.dim_reporting_unit as units on revisions.reporting_unit_id = units.reporting_unit_id
where timezone('Asia/Ho_Chi_Minh', revisions.revised_at) < $day::date + 1
order by
    revisions.revised_at desc,
    revisions.submission_id,
    revisions.fact,
    revisions.row_key,
    revisions.column_name
