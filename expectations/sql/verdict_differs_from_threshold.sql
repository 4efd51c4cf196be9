-- A declared verdict agrees with the figure and the threshold in force: of the province, else its region, else common;
-- of another region first for a commune that is judged on it.
-- No figure, no threshold or "not applicable": nothing to compare. The row of an indicator as a whole may be declared
-- not met because one of its sexes is not.
with entered as (
    select submission_id, 'criteria_results' as form, sheet, row_id, criteria_set_code as set_code, indicator_no,
        part_code, commune_code, commune_code as subject, value, denominator, verdict, verdict__cell, verdict__text
    from criteria_results

    union all by name

    select submission_id, 'unit_criteria' as form, sheet, row_id, criteria_set_code as set_code, indicator_no,
        part_code, submission_id as subject, value, cast(null as decimal(24, 6)) as denominator, verdict, verdict__cell,
        verdict__text
    from unit_criteria
),

compared as (
    select
        entered.*,
        thresholds_in_force.direction,
        thresholds_in_force.threshold_confidence,
        case
            when entered.denominator <= thresholds_in_force.small_denominator_max
                then thresholds_in_force.small_denominator_value
            else thresholds_in_force.threshold_value
        end as threshold
    from entered
    inner join submissions using (submission_id)
    left join judging_scopes using (set_code, commune_code)
    inner join thresholds_in_force
        on submissions.province_code = thresholds_in_force.province_code
        and judging_scopes.judging_code is not distinct from thresholds_in_force.judging_code
        and entered.set_code = thresholds_in_force.set_code
        and entered.indicator_no = thresholds_in_force.indicator_no
        and entered.part_code = thresholds_in_force.part_code
    where entered.value is not null and thresholds_in_force.direction in ('>=', '<=', '=')
),

computed as (
    select
        *,
        case direction
            when '>=' then value >= threshold
            when '<=' then value <= threshold
            when '=' then value = threshold
        end as is_met
    from compared
),

with_siblings as (
    select
        *,
        bool_and(is_met) over (partition by submission_id, form, sheet, indicator_no, subject) as are_all_met
    from computed
)

select
    submission_id,
    form,
    sheet,
    verdict__cell as cell,
    row_id,
    'verdict' as column_name,
    verdict__text as value,
    case when is_met then 'Đ' else 'CĐ' end || ' (' || vi_number(value) || ', ngưỡng '
    || replace(replace(direction, '>=', '≥'), '<=', '≤') || ' ' || vi_number(threshold) || ')' as expected,
    case when is_met then 'Đ (met)' else 'CĐ (not met)' end || ' (' || vi_number(value) || ', threshold '
    || replace(replace(direction, '>=', '≥'), '<=', '≤') || ' ' || vi_number(threshold) || ')' as expected_en,
    threshold_confidence,
    case verdict
        when 'D' then is_met
        else not is_met or (part_code = 'total' and not are_all_met)
    end as is_ok
from with_siblings
where verdict in ('D', 'CD')
