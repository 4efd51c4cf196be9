{#-
  The steps, as common table expressions, from cumulative amounts to `discrete`: what came within each period.

  `amounts` names rows of mart, measure, stated_by, reporting_period_id, reporting_unit_id, submission_id, judgement_id,
  form, sheet, row_id, known_at, unit_id, row_key, within_values, amount: one per line (unit, or reporting unit where a row
  has none, and row_key) and period, amount null where it was left blank. A line is followed through one report year:
  - an amount runs from the day after the last earlier period in which the line is known, else from the start of the year;
  - known is a stated amount, or, where the whole report was taken in and does not name the line, nothing (0);
  - a line that a whole report of the same unit no longer names has fallen to 0 (is_vanished);
  - the line of a unit that others became begins with what these had reported, each as it was last known.
  So the amounts of a year add up to the latest cumulative, whatever is missing, late or restated.
-#}
{% macro discrete_amounts(amounts) -%}
calendar as (
    select
        reporting_period_id,
        year,
        data_from,
        data_to,
        row_number() over (partition by year order by data_to) as position_in_year
    from {{ ref('stg_reference__reporting_periods') }}
    where period_type <> 'stage'
),

reports as (
    select
        parts.form,
        parts.reporting_unit_id,
        parts.reporting_period_id,
        parts.submission_id,
        parts.judgement_id,
        parts.known_from,
        quarantined.judgement_id is null as is_complete
    from {{ ref('int_form_part_validity') }} as parts
    left join (
        select distinct
            rows_kept_out.judgement_id,
            rows_kept_out.form
        from {{ ref('stg_submissions__quarantined_rows') }} as rows_kept_out
    ) as quarantined
        on
            parts.judgement_id = quarantined.judgement_id
            and parts.form = quarantined.form
    where parts.is_current
),

-- who reports on which place; a row without a place stands for its reporting unit
owners as (
    select
        reporting_period_id,
        unit_id as place,
        reporting_unit_id
    from {{ ref('int_unit_on_closing_day') }}
    where reporting_unit_id is not null
    union all
    select distinct
        reporting_period_id,
        '@' || reporting_unit_id as place,
        reporting_unit_id
    from {{ ref('int_unit_on_closing_day') }}
    where reporting_unit_id is not null
),

place_lines as (
    select
        reporting_period_id,
        unit_id as place_before,
        line_unit_id as place,
        ended_on
    from {{ ref('int_unit_line') }}
    union all
    select
        reporting_period_id,
        place as place_before,
        place,
        cast(null as date) as ended_on
    from owners
    where place like '@%'
),

-- each earlier period of the year in which a place, or one that became it, was reported on
origins as (
    select
        calendar.reporting_period_id,
        place_lines.place,
        earlier.reporting_period_id as period_before,
        earlier.position_in_year as position_before,
        earlier.data_to as data_to_before,
        place_lines.place_before,
        place_lines.ended_on,
        owners.reporting_unit_id as reporting_unit_before
    from calendar
    inner join calendar as earlier
        on
            calendar.year = earlier.year
            and calendar.position_in_year > earlier.position_in_year
    inner join place_lines on calendar.reporting_period_id = place_lines.reporting_period_id
    inner join owners
        on
            earlier.reporting_period_id = owners.reporting_period_id
            and place_lines.place_before = owners.place
),

-- units that took in part of another one: how much came with it is not known
parted as (
    select
        successor_unit_id as place,
        max(effective_date) as parted_on
    from {{ ref('stg_reference__unit_succession') }}
    where
        kind <> 'boundary'
        and coalesce(share, 0) < 1
    group by successor_unit_id
),

placed as (
    select
        {{ amounts }}.*,
        coalesce({{ amounts }}.unit_id, '@' || {{ amounts }}.reporting_unit_id) as place
    from {{ amounts }}
),

-- lines that an earlier report of the year had named
carried as (
    select
        placed.mart,
        placed.measure,
        placed.stated_by,
        placed.row_key,
        max(placed.within_values) as within_values,
        origins.reporting_period_id,
        origins.place,
        owners.reporting_unit_id,
        max(case when placed.reporting_unit_id = owners.reporting_unit_id then 1 else 0 end) as is_of_same_unit
    from placed
    inner join origins
        on
            placed.reporting_period_id = origins.period_before
            and placed.place = origins.place_before
            and placed.reporting_unit_id = origins.reporting_unit_before
    inner join owners
        on
            origins.reporting_period_id = owners.reporting_period_id
            and origins.place = owners.place
    where placed.amount is not null
    group by
        placed.mart, placed.measure, placed.stated_by, placed.row_key, origins.reporting_period_id, origins.place,
        owners.reporting_unit_id
),

vanished as (
    select
        carried.mart,
        carried.measure,
        carried.stated_by,
        carried.reporting_period_id,
        carried.reporting_unit_id,
        reports.submission_id,
        reports.judgement_id,
        carried.stated_by as form,
        cast(null as string) as sheet,
        cast(null as string) as row_id,
        reports.known_from as known_at,
        case when carried.place not like '@%' then carried.place end as unit_id,
        carried.row_key,
        carried.within_values,
        cast(0 as decimal(24, 6)) as amount,
        carried.place
    from carried
    inner join reports
        on
            carried.stated_by = reports.form
            and carried.reporting_unit_id = reports.reporting_unit_id
            and carried.reporting_period_id = reports.reporting_period_id
    left join placed
        on
            carried.mart = placed.mart
            and carried.measure = placed.measure
            and carried.row_key = placed.row_key
            and carried.reporting_period_id = placed.reporting_period_id
            and carried.place = placed.place
    where
        carried.is_of_same_unit = 1
        and reports.is_complete
        and placed.mart is null
),

told as (
    select
        placed.*,
        false as is_vanished
    from placed
    union all
    select
        vanished.*,
        true as is_vanished
    from vanished
),

-- what was known of the line, or of those that became it, in each earlier period of the year
steps as (
    select
        told.mart,
        told.measure,
        told.row_key,
        told.reporting_period_id,
        told.place,
        origins.period_before,
        origins.position_before,
        origins.data_to_before,
        origins.place_before,
        origins.ended_on,
        earlier.amount as amount_before,
        case
            when earlier.amount is not null then null
            when earlier.mart is not null then 'blank'
            when reports.form is null and owed.form is null then 'not_owed'
            when reports.form is null then 'not_reported'
            when not reports.is_complete then 'quarantined'
            when carried.mart is not null then 'reporting_unit_changed'
        end as unknown_because
    from told
    inner join origins
        on
            told.reporting_period_id = origins.reporting_period_id
            and told.place = origins.place
    left join told as earlier
        on
            told.mart = earlier.mart
            and told.measure = earlier.measure
            and told.row_key = earlier.row_key
            and origins.period_before = earlier.reporting_period_id
            and origins.place_before = earlier.place
    left join reports
        on
            told.stated_by = reports.form
            and origins.reporting_unit_before = reports.reporting_unit_id
            and origins.period_before = reports.reporting_period_id
    left join {{ ref('stg_reference__expected_submissions') }} as owed
        on
            told.stated_by = owed.form
            and origins.reporting_unit_before = owed.reporting_unit_id
            and origins.period_before = owed.reporting_period_id
    left join carried
        on
            told.mart = carried.mart
            and told.measure = carried.measure
            and told.row_key = carried.row_key
            and origins.period_before = carried.reporting_period_id
            and origins.place_before = carried.place
    where told.amount is not null
),

-- of each place the last period in which it is known, else its last one
ranked_steps as (
    select
        steps.*,
        min(steps.position_before) over (
            partition by
                steps.mart, steps.measure, steps.row_key, steps.reporting_period_id, steps.place, steps.place_before
        ) as first_position,
        row_number() over (
            partition by
                steps.mart, steps.measure, steps.row_key, steps.reporting_period_id, steps.place, steps.place_before
            order by
                case when steps.unknown_because is null then 0 else 1 end,
                steps.position_before desc
        ) as recency
    from steps
),

last_steps as (
    select * from ranked_steps
    where recency = 1
),

-- what a place took in counts until the place itself has reported since; a new place was nothing before it began
counting_steps as (
    select last_steps.*
    from last_steps
    left join last_steps as own
        on
            last_steps.mart = own.mart
            and last_steps.measure = own.measure
            and last_steps.row_key = own.row_key
            and last_steps.reporting_period_id = own.reporting_period_id
            and last_steps.place = own.place
            and own.place_before = own.place
            and own.unknown_because is null
    where
        (
            last_steps.place_before = last_steps.place
            and (last_steps.unknown_because is null or last_steps.first_position = 1)
        )
        or (last_steps.place_before <> last_steps.place and own.place is null)
        or last_steps.ended_on > own.data_to_before
),

bases as (
    select
        mart,
        measure,
        row_key,
        reporting_period_id,
        place,
        sum(case when unknown_because is null then coalesce(amount_before, 0) else 0 end) as amount_before,
        min(case when unknown_because is null then position_before else 0 end) as position_before,
        min(case when unknown_because is null then data_to_before end) as data_to_before
    from counting_steps
    group by mart, measure, row_key, reporting_period_id, place
),

-- why the period right before says nothing
gaps as (
    select
        steps.mart,
        steps.measure,
        steps.row_key,
        steps.reporting_period_id,
        steps.place,
        min(steps.unknown_because) as gap_reason
    from steps
    inner join calendar on steps.reporting_period_id = calendar.reporting_period_id
    where steps.position_before = calendar.position_in_year - 1
    group by steps.mart, steps.measure, steps.row_key, steps.reporting_period_id, steps.place
),

run as (
    select
        told.*,
        calendar.position_in_year,
        calendar.position_in_year - coalesce(bases.position_before, 0) as period_count,
        before.reporting_period_id as before_period_id,
        case
            when coalesce(bases.position_before, 0) = 0 then calendar.data_from
            else {{ days_later('before.data_to', 1) }}
        end as runs_from,
        calendar.data_to as runs_to,
        coalesce(bases.amount_before, 0) as amount_before,
        gaps.gap_reason,
        case
            when calendar.position_in_year > 1 and bases.place is null then 'no_predecessor'
            when
                parted.parted_on > coalesce(bases.data_to_before, calendar.data_from)
                and parted.parted_on <= calendar.data_to
                then 'split'
        end as unknown_because
    from told
    inner join calendar on told.reporting_period_id = calendar.reporting_period_id
    left join bases
        on
            told.mart = bases.mart
            and told.measure = bases.measure
            and told.row_key = bases.row_key
            and told.reporting_period_id = bases.reporting_period_id
            and told.place = bases.place
    left join calendar as before
        on
            calendar.year = before.year
            and bases.position_before = before.position_in_year
    left join gaps
        on
            told.mart = gaps.mart
            and told.measure = gaps.measure
            and told.row_key = gaps.row_key
            and told.reporting_period_id = gaps.reporting_period_id
            and told.place = gaps.place
    left join parted on told.place = parted.place
    where
        told.amount is not null
        and (not told.is_vanished or bases.amount_before <> 0)
),

discrete as (
    select
        run.mart,
        run.measure,
        run.stated_by,
        run.reporting_period_id,
        run.reporting_unit_id,
        run.submission_id,
        run.judgement_id,
        run.form,
        run.sheet,
        run.row_id,
        run.known_at,
        run.unit_id,
        run.row_key,
        run.within_values,
        run.before_period_id,
        run.runs_from,
        run.runs_to,
        cast(case when run.unknown_because is null then run.period_count end as int) as period_count,
        run.amount as cumulative_value,
        cast(case when run.unknown_because is null then run.amount_before end as decimal(24, 6)) as value_before,
        cast(case when run.unknown_because is null then run.amount - run.amount_before end as decimal(24, 6))
            as discrete_value,
        case
            when run.unknown_because is not null then 'unknown'
            when run.amount < run.amount_before then 'restated'
            when run.position_in_year = 1 then 'first_of_year'
            when run.period_count = 1 then 'consecutive'
            else 'after_gap'
        end as state,
        case
            when run.unknown_because is not null then run.unknown_because
            when run.period_count > 1 then run.gap_reason
        end as gap_reason,
        run.is_vanished
    from run
)
{%- endmacro %}
