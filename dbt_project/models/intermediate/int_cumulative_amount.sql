-- depends_on: {{ ref('fct_apparatus') }}
-- depends_on: {{ ref('fct_contribution') }}
-- depends_on: {{ ref('fct_funding') }}
-- depends_on: {{ ref('fct_helper_period') }}
-- depends_on: {{ ref('fct_helper_summary') }}
-- depends_on: {{ ref('fct_matching_funds') }}
-- depends_on: {{ ref('fct_project') }}
-- depends_on: {{ ref('fct_thematic_result') }}

{%- for measure in cumulative_measures() %}
{{ cumulative_amount(measure) }}
{{ "union all" if not loop.last }}
{%- else %}
{{ no_cumulative_amount() }}
{%- endfor %}
