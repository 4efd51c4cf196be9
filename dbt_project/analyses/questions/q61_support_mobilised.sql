-- Câu hỏi 61. Các tổ chức, cá nhân, doanh nghiệp đã hỗ trợ xã những gì, cam kết bao nhiêu, đã trao bao nhiêu?
-- Question 61. What have organisations, individuals and enterprises given communes: promised, and delivered?
-- Items: 5.11, 5.21
-- Parameters: $day (DATE) = D. Facts as known now.
-- Whole / Trọn vẹn.
-- Grain: kind of donor x kind of support; supports agreed by D. Money in đồng.
-- delivered_whole: all of it had come by D. delivered_latest_vnd: what had come, in parts too, by the closing day of
-- the latest report that names the support (latest_report_day), which may be later than D.
-- through_helper_count: found by an agency that was assigned to the commune on the day it was agreed. household_count
-- adds the households of each support: a household helped twice counts twice. labour_days: only of that kind.
select
    donor_kind_code,
    support_kind_code,
    count(*) as support_count,
    count(distinct donor_name) as donor_count,
    count(distinct unit_id) as commune_count,
    count(assignment_id) as through_helper_count,
    sum(promised_vnd) as promised_vnd,
    count(*) filter (delivered_on <= $day::date) as delivered_whole_count,
    coalesce(sum(delivered_vnd) filter (delivered_on <= $day::date), 0) as delivered_whole_vnd,
    coalesce(sum(delivered_vnd), 0) as delivered_latest_vnd,
    max(as_of_date) as latest_report_day,
    sum(quantity) filter (support_kind_code = 'labour_days') as labour_days,
    sum(household_count) as household_count
from marts.fct_support
where agreed_on <= $day::date
group by donor_kind_code, support_kind_code
order by promised_vnd desc, donor_kind_code, support_kind_code
