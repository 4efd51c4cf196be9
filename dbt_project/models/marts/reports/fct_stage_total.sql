with

periods as (
    select * from {{ ref('stg_reference__reporting_periods') }}
    where period_type <> 'stage'
),

-- totals are told as of each period that was reported on
as_of_periods as (
    select * from {{ ref('int_open_period') }}
),

amounts as (
    select * from {{ ref('int_year_amount') }}
),

parts as (
    select * from {{ ref('int_form_part_validity') }}
    where is_current
),

units as (
    select * from {{ ref('int_unit_on_closing_day') }}
    where reporting_unit_id is not null
),

lines as (
    select * from {{ ref('int_unit_line') }}
),

-- what each unit reported by the as-of period, in the years of its stage
reports as (
    select
        as_of_periods.reporting_period_id as as_of_period_id,
        as_of_periods.stage_code,
        parts.form,
        parts.reporting_unit_id,
        parts.reporting_period_id,
        periods.year,
        periods.data_to,
        row_number() over (
            partition by as_of_periods.reporting_period_id, parts.form, parts.reporting_unit_id, periods.year
            order by periods.data_to desc
        ) as recency_in_year,
        row_number() over (
            partition by as_of_periods.reporting_period_id, parts.form, parts.reporting_unit_id
            order by periods.data_to desc
        ) as recency
    from as_of_periods
    inner join periods
        on
            as_of_periods.stage_code = periods.stage
            and as_of_periods.data_to >= periods.data_to
    inner join parts on periods.reporting_period_id = parts.reporting_period_id
),

-- where a unit's places are reported on at the as-of period: by itself, or by the one that they are part of now
heirs as (
    select distinct
        lines.reporting_period_id as as_of_period_id,
        before.reporting_unit_id,
        before.unit_id,
        now.reporting_unit_id as heir_unit_id,
        lines.ended_on
    from lines
    inner join units as now
        on
            lines.reporting_period_id = now.reporting_period_id
            and lines.line_unit_id = now.unit_id
    inner join units as before on lines.unit_id = before.unit_id
    inner join periods on before.reporting_period_id = periods.reporting_period_id
    inner join as_of_periods
        on
            lines.reporting_period_id = as_of_periods.reporting_period_id
            and as_of_periods.stage_code = periods.stage
            and as_of_periods.data_to >= periods.data_to
),

-- of a year the last report of a unit, of stocks its last report at all
told as (
    select
        reports.as_of_period_id,
        reports.stage_code,
        reports.year,
        reports.data_to,
        amounts.mart,
        amounts.measure,
        amounts.stated_by,
        amounts.additivity,
        amounts.within_values,
        amounts.reporting_period_id,
        amounts.reporting_unit_id,
        amounts.unit_id,
        amounts.amount,
        amounts.stated_count,
        amounts.blank_count
    from reports
    inner join amounts
        on
            reports.form = amounts.stated_by
            and reports.reporting_unit_id = amounts.reporting_unit_id
            and reports.reporting_period_id = amounts.reporting_period_id
    where
        (amounts.additivity = 'stock' and reports.recency = 1)
        or (amounts.additivity <> 'stock' and reports.recency_in_year = 1)
),

-- what a place said counts for its heir, until the heir has reported on that year itself
counted as (
    select
        told.*,
        coalesce(heirs.heir_unit_id, told.reporting_unit_id) as area_id
    from told
    left join heirs
        on
            told.as_of_period_id = heirs.as_of_period_id
            and told.reporting_unit_id = heirs.reporting_unit_id
            and told.unit_id = heirs.unit_id
    left join reports as since
        on
            told.as_of_period_id = since.as_of_period_id
            and told.stated_by = since.form
            and heirs.heir_unit_id = since.reporting_unit_id
            and told.reporting_unit_id <> heirs.heir_unit_id
            and since.data_to >= heirs.ended_on
            and (
                (told.additivity = 'stock' and since.recency = 1)
                or (told.additivity <> 'stock' and since.recency_in_year = 1 and told.year = since.year)
            )
    where since.as_of_period_id is null
),

totals as (
    select
        as_of_period_id,
        stage_code,
        area_id,
        mart,
        measure,
        stated_by,
        additivity,
        within_values,
        cast(sum(amount) as decimal(28, 6)) as amount,
        cast(sum(stated_count) as int) as stated_count,
        cast(sum(blank_count) as int) as blank_count
    from counted
    group by as_of_period_id, stage_code, area_id, mart, measure, stated_by, additivity, within_values
),

-- of every year of the stage so far: the last period reported, by the unit or those that it was made of
years as (
    select distinct
        as_of_periods.reporting_period_id as as_of_period_id,
        periods.year
    from as_of_periods
    inner join periods
        on
            as_of_periods.stage_code = periods.stage
            and as_of_periods.data_to >= periods.data_to
),

ancestors as (
    select distinct
        as_of_period_id,
        heir_unit_id as area_id,
        reporting_unit_id
    from heirs
    union
    select distinct
        as_of_period_id,
        area_id,
        area_id as reporting_unit_id
    from totals
),

year_reports as (
    select
        ancestors.as_of_period_id,
        ancestors.area_id,
        reports.form,
        reports.year,
        max(reports.data_to) as last_data_to
    from ancestors
    inner join reports
        on
            ancestors.as_of_period_id = reports.as_of_period_id
            and ancestors.reporting_unit_id = reports.reporting_unit_id
    group by ancestors.as_of_period_id, ancestors.area_id, reports.form, reports.year
),

last_of_year as (
    select
        years.as_of_period_id,
        years.year,
        max(periods.data_to) as last_data_to
    from years
    inner join periods on years.year = periods.year
    inner join as_of_periods
        on
            years.as_of_period_id = as_of_periods.reporting_period_id
            and as_of_periods.data_to >= periods.data_to
    group by years.as_of_period_id, years.year
),

asked as (
    select distinct
        as_of_period_id,
        area_id,
        stated_by as form
    from totals
),

coverage as (
    select
        asked.as_of_period_id,
        asked.area_id,
        asked.form,
        cast(count(*) as int) as year_count,
        cast(count(year_reports.year) as int) as reported_year_count,
        {{ list_ordered('cast(last_of_year.year as string)', 'last_of_year.year', 'year_reports.year is null') }}
            as missing_years,
        {{ list_ordered(
            'reported_periods.reporting_period_id', 'last_of_year.year',
            'year_reports.last_data_to < last_of_year.last_data_to'
        ) }} as stopped_at
    from asked
    inner join last_of_year on asked.as_of_period_id = last_of_year.as_of_period_id
    left join year_reports
        on
            asked.as_of_period_id = year_reports.as_of_period_id
            and asked.area_id = year_reports.area_id
            and asked.form = year_reports.form
            and last_of_year.year = year_reports.year
    left join periods as reported_periods
        on
            year_reports.year = reported_periods.year
            and year_reports.last_data_to = reported_periods.data_to
    group by asked.as_of_period_id, asked.area_id, asked.form
)

select
    totals.mart,
    totals.measure,
    totals.additivity,
    totals.within_values,
    totals.stage_code,
    totals.as_of_period_id as reporting_period_id,
    totals.area_id as reporting_unit_id,
    totals.amount,
    totals.stated_count,
    totals.blank_count,
    coverage.year_count,
    coverage.reported_year_count,
    coverage.missing_years,
    coverage.stopped_at
from totals
inner join coverage
    on
        totals.as_of_period_id = coverage.as_of_period_id
        and totals.area_id = coverage.area_id
        and totals.stated_by = coverage.form
