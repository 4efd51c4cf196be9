with

open_periods as (
    select * from {{ ref('int_open_period') }}
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
),

sets as (
    select * from {{ ref('int_set_of_period') }}
),

titles as (
    select * from {{ ref('stg_reference__titles') }}
),

title_conditions as (
    select * from {{ ref('stg_reference__title_conditions') }}
),

conditions as (
    select * from {{ ref('stg_reference__conditions') }}
),

expected as (
    select distinct
        reporting_period_id,
        reporting_unit_id
    from {{ ref('stg_reference__expected_submissions') }}
),

-- what a unit holds is known where its register of recognitions came in for the period
registers as (
    select
        reporting_period_id,
        reporting_unit_id
    from {{ ref('int_form_part_validity') }}
    where
        form = 'recognitions'
        and is_current
),

registers_of_province as (
    select
        expected.reporting_period_id,
        count(registers.reporting_unit_id) = count(*) as is_register_known
    from expected
    left join registers
        on
            expected.reporting_period_id = registers.reporting_period_id
            and expected.reporting_unit_id = registers.reporting_unit_id
    group by expected.reporting_period_id
),

-- who may hold a title: by kind of unit; a higher title of communes only who holds the lower or is judged on its set
candidates as (
    select
        reporting_period_id,
        unit_id,
        title_code
    from {{ ref('int_title_on_closing_day') }}
    where is_held
    union
    select
        statuses.reporting_period_id,
        statuses.unit_id,
        sets.title_code
    from {{ ref('fct_criterion_status') }} as statuses
    inner join sets
        on
            statuses.reporting_period_id = sets.reporting_period_id
            and statuses.criteria_set_code = sets.criteria_set_code
),

subjects as (
    select
        units.reporting_period_id,
        units.unit_id,
        units.unit_level,
        units.reporting_unit_id,
        titles.title_code,
        titles.base_title_code
    from units
    inner join open_periods on units.reporting_period_id = open_periods.reporting_period_id
    inner join titles
        on
            (titles.subject_kind = 'commune' and units.is_rural_commune)
            or (titles.subject_kind = 'township_ward' and units.unit_type in ('thi_tran', 'phuong'))
            or (titles.subject_kind = 'province' and units.unit_level = 'province')
            or (titles.title_code in ('HUYEN_NTM', 'HUYEN_NTM_NC') and units.unit_type = 'huyen')
            or (titles.title_code = 'TXTP_HTNV' and units.unit_level = 'district' and units.unit_type <> 'huyen')
    where
        units.is_of_office
        and (
            titles.base_title_code is null
            or units.unit_level <> 'commune'
            or exists (
                select 1
                from candidates
                where
                    units.reporting_period_id = candidates.reporting_period_id
                    and units.unit_id = candidates.unit_id
                    and candidates.title_code = case titles.title_code
                        when 'NTM_KM' then titles.base_title_code else titles.title_code
                    end
            )
        )
)

select
    subjects.reporting_period_id,
    subjects.unit_id,
    subjects.unit_level,
    subjects.reporting_unit_id,
    subjects.title_code,
    subjects.base_title_code,
    sets.criteria_set_code,
    title_conditions.condition_code,
    conditions.kind,
    conditions.metric,
    conditions.operator,
    conditions.place_types,
    conditions.place_title,
    title_conditions.required_from,
    title_conditions.required_below,
    title_conditions.required_each,
    title_conditions.confidence,
    case
        when subjects.unit_level = 'province' then registers_of_province.is_register_known
        else registers.reporting_unit_id is not null
    end as is_register_known
from subjects
inner join title_conditions on subjects.title_code = title_conditions.title_code
inner join conditions on title_conditions.condition_code = conditions.condition_code
left join sets
    on
        subjects.reporting_period_id = sets.reporting_period_id
        and subjects.title_code = sets.title_code
left join registers
    on
        subjects.reporting_period_id = registers.reporting_period_id
        and subjects.reporting_unit_id = registers.reporting_unit_id
left join registers_of_province on subjects.reporting_period_id = registers_of_province.reporting_period_id
