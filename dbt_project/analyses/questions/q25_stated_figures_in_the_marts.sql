-- Câu hỏi 25. Số liệu văn bản, báo chí nêu về tỉnh và huyện Trà Cú có đúng với số liệu trong kho không?
-- Question 25. Do the figures stated about the province and Trà Cú agree with those of the warehouse on the same day?
-- Items: 2.1, 2.2, 2.3, 2.8, 2.31
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: stated figure of the office's units as of D or earlier, of a kind that the marts hold.
-- Titles go by decision date on the day stated; completed communes and district criteria by the latest period closed by
-- that day. computed_value is null where no period reported covers the day yet: unknown, not wrong.
with

figures as (
    select *
    from marts.dim_stated_figure
    where
        unit_id is not null
        and as_of <= $day::date
),

-- the latest reported period closed by the day of the figure; none reported after it = the register may be behind
periods as (
    select
        figures.figure_id,
        max_by(periods.reporting_period_id, periods.data_to) filter (periods.data_to <= figures.as_of)
            as reporting_period_id,
        max(periods.data_to) >= figures.as_of as is_covered
    from figures
    cross join marts.dim_reporting_period as periods
    where periods.reporting_period_id in (select reporting_period_id from marts.fct_recognition__history)
    group by figures.figure_id, figures.as_of
),

held as (
    select
        figures.figure_id,
        acts.unit_id,
        acts.title_code
    from figures
    inner join marts.fct_recognition as acts on acts.decision_date <= figures.as_of
    group by all
    having max_by(acts.act_code, acts.decision_date) <> 'withdrawal'
),

-- places of the area on the day: communes and district units
counted as (
    select
        figures.figure_id,
        count(distinct places.unit_id) filter (places.is_rural_commune) as communes,
        count(distinct held.unit_id) filter (places.is_rural_commune and held.title_code = 'NTM') as communes_ntm,
        count(distinct held.unit_id) filter (held.title_code = 'NTM_NC') as communes_advanced,
        count(distinct held.unit_id) filter (held.title_code = 'NTM_KM') as communes_model,
        count(distinct places.unit_id) filter (places.level = 'district') as district_units,
        count(distinct held.unit_id) filter (held.title_code in ('HUYEN_NTM', 'TXTP_HTNV'))
            as district_units_recognised
    from figures
    inner join marts.dim_administrative_unit as places
        on
            (
                places.parent_unit_id = figures.unit_id
                or (figures.unit_id = figures.province_code || '.1' and places.province_code = figures.province_code)
            )
            and places.valid_from <= figures.as_of
            and (places.valid_to is null or places.valid_to > figures.as_of)
    left join held
        on
            figures.figure_id = held.figure_id
            and places.unit_id = held.unit_id
    group by figures.figure_id
),

standings as (
    select
        periods.figure_id,
        count(*) filter (
            communes.parent_unit_id = figures.unit_id and standings.standing = 'completed_not_recognised'
            and standings.criteria_set_code = 'NTM_XA_2021'
        ) as communes_completed,
        max(standings.criteria_total) filter (standings.unit_id = figures.unit_id) as district_criteria,
        max(standings.criteria_met_declared) filter (standings.unit_id = figures.unit_id) as district_criteria_met
    from periods
    inner join figures on periods.figure_id = figures.figure_id
    inner join marts.fct_unit_standing as standings on periods.reporting_period_id = standings.reporting_period_id
    inner join marts.dim_administrative_unit as communes on standings.unit_id = communes.unit_id
    group by periods.figure_id
),

computed as (
    select
        figures.*,
        case when periods.is_covered then
            case figures.measure_code
                when 'communes' then counted.communes
                when 'communes_ntm' then counted.communes_ntm
                when 'communes_advanced' then counted.communes_advanced
                when 'communes_model' then counted.communes_model
                when 'district_units' then counted.district_units
                when 'district_units_recognised' then counted.district_units_recognised
                when 'communes_advanced_share' then round(100.0 * counted.communes_advanced / counted.communes, 2)
                when 'communes_completed' then standings.communes_completed
                when 'district_criteria' then standings.district_criteria
                when 'district_criteria_met' then standings.district_criteria_met
            end
        end as computed_value
    from figures
    left join periods on figures.figure_id = periods.figure_id
    left join counted on figures.figure_id = counted.figure_id
    left join standings on figures.figure_id = standings.figure_id
    where figures.measure_code like 'communes%' or figures.measure_code like 'district%'
)

select
    figure_id,
    item,
    place_vi,
    as_of,
    measure_code,
    value as stated_value,
    computed_value,
    computed_value - value as difference,
    abs(computed_value - value) < 0.0001 as is_equal,
    source
from computed
order by is_equal nulls last, as_of, figure_id
