{#-
  Joins `event_periods`, the report period whose own window (discrete_from to data_to) holds the day of an event. None
  for a day that is not known or lies outside the calendar. An event is counted in that period, whichever report names it.
-#}
{% macro join_event_period(day) -%}
left join {{ ref('stg_reference__reporting_periods') }} as event_periods
    on
        event_periods.period_type <> 'stage'
        and {{ day }} >= event_periods.discrete_from
        and {{ day }} <= event_periods.data_to
{%- endmacro %}
