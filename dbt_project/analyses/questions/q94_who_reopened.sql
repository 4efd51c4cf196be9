-- Câu hỏi 94. Đến ngày D ai đã khoá sổ, ai đã mở lại kỳ nào cho đơn vị nào, vì sao, và số nào đã đổi sau đó?
-- Question 94. By day D, who closed and who reopened which period, for whom and why, and how many figures then changed?
-- Items: 5.17
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: decision on a lock made by the end of D, latest first; reporting_unit_id null: on every unit.
-- revised_figure_count: figures revised by D that this reopening let in; null for a closing.
with

revised as (
    select
        reopening_decision_id,
        count(*) as figure_count,
        count(distinct submission_id) as correction_count
    from marts.fct_revision
    where timezone('Asia/Ho_Chi_Minh', revised_at) < $day::date + 1
    group by reopening_decision_id
)

select
    decisions.decided_at,
    decisions.kind,
    decisions.reporting_period_id,
    decisions.reporting_unit_id,
    decisions.decided_by,
    decisions.reason,
    if(decisions.kind = 'reopened', coalesce(revised.correction_count, 0), null) as correction_count,
    if(decisions.kind = 'reopened', coalesce(revised.figure_count, 0), null) as revised_figure_count
from marts.fct_decision as decisions
left join revised on decisions.decision_id = revised.reopening_decision_id
where
    decisions.kind in ('closed', 'reopened')
    and timezone('Asia/Ho_Chi_Minh', decisions.decided_at) < $day::date + 1
order by decisions.decided_at desc, decisions.decision_id
