-- Câu hỏi 36. Công trình, đối tượng nào được hai chương trình mục tiêu quốc gia cùng chi?
-- Question 36. Which works or groups are paid for by two national target programmes?
-- Items: 1.8, 5.8
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: pair of projects in all reports of P(D), the latest period closed by D; a place both name, and the same work
-- or the same group helped in the same kind of project and year. Money in đồng, of the whole project.
-- finding_code: overlap (to be resolved), integration (one tells the other's money as integrated), exception (allowed
-- by the decision shown). Doubly paid is the smaller of the two direct amounts; excess is what both pay beyond the
-- cost.
with

asked_period as (
    select *
    from marts.dim_reporting_period
    where
        period_type <> 'stage'
        and data_to <= $day::date
    order by data_to desc
    limit 1
),

exceptions as (
    select * from marts.dim_overlap_exception
)

select
    pairs.reporting_period_id,
    pairs.reporting_unit_id,
    reporting_units.name_vi as unit_name,
    pairs.unit_id,
    units.name_vi as place_name,
    pairs.village,
    pairs.project_code,
    pairs.other_reporting_unit_id,
    pairs.other_project_code,
    pairs.programme_code,
    pairs.other_programme_code,
    pairs.matched_on,
    pairs.beneficiary,
    pairs.direct_vnd,
    pairs.other_direct_vnd,
    pairs.doubly_paid_vnd,
    pairs.excess_vnd,
    pairs.finding_code,
    exceptions.decision_no as allowed_by
from marts.fct_programme_overlap as pairs
inner join asked_period on pairs.reporting_period_id = asked_period.reporting_period_id
inner join marts.dim_reporting_unit as reporting_units
    on pairs.reporting_unit_id = reporting_units.reporting_unit_id
inner join marts.dim_administrative_unit as units on pairs.unit_id = units.unit_id
left join exceptions on pairs.exception_id = exceptions.exception_id
order by pairs.finding_code desc, pairs.reporting_unit_id, pairs.project_code
