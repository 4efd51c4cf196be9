{#- Whether a threshold is for a judging region: of its province, of the region itself, or of everybody. -#}
{% macro threshold_applies(thresholds, regions) -%}
    {{ thresholds }}.scope_kind = 'common'
    or ({{ thresholds }}.scope_kind = 'region' and {{ thresholds }}.scope_code = {{ regions }}.region_code)
    or ({{ thresholds }}.scope_kind = 'province' and {{ thresholds }}.scope_code = {{ regions }}.province_code)
{%- endmacro %}

{#-
  The nearest scope decides: province, region, common. Where a commune is judged on another region than its own, that
  region goes before the province.
-#}
{% macro threshold_scope_rank(thresholds, regions) -%}
    case
        when {{ regions }}.is_override and {{ thresholds }}.scope_kind = 'region' then 0
        when {{ thresholds }}.scope_kind = 'province' then 1
        when {{ thresholds }}.scope_kind = 'region' then 2
        else 3
    end
{%- endmacro %}
