{#- Whether a threshold is for a judging scope: of its province, of the region or group itself, or of everybody. -#}
{% macro threshold_applies(thresholds, scopes) -%}
    {{ thresholds }}.scope_kind = 'common'
    or ({{ thresholds }}.scope_kind = {{ scopes }}.judging_kind
        and {{ thresholds }}.scope_code = {{ scopes }}.judging_code)
    or ({{ thresholds }}.scope_kind = 'province' and {{ thresholds }}.scope_code = {{ scopes }}.province_code)
{%- endmacro %}

{#-
  The nearest scope decides: province, region or group, common. Where a commune is judged on another region than its
  own, that region goes before the province.
-#}
{% macro threshold_scope_rank(thresholds, scopes) -%}
    case
        when {{ scopes }}.is_override and {{ thresholds }}.scope_kind = 'region' then 0
        when {{ thresholds }}.scope_kind = 'province' then 1
        when {{ thresholds }}.scope_kind in ('region', 'group') then 2
        else 3
    end
{%- endmacro %}
