-- depends_on: {{ ref('fct_apparatus') }}
-- depends_on: {{ ref('fct_commune_profile') }}
-- depends_on: {{ ref('fct_construction_debt') }}
-- depends_on: {{ ref('fct_contribution') }}
-- depends_on: {{ ref('fct_funding') }}
-- depends_on: {{ ref('fct_helper_period') }}
-- depends_on: {{ ref('fct_helper_summary') }}
-- depends_on: {{ ref('fct_matching_funds') }}
-- depends_on: {{ ref('fct_project') }}
-- depends_on: {{ ref('fct_residential_area_status') }}
-- depends_on: {{ ref('fct_thematic_result') }}
-- depends_on: {{ ref('stg_reference__reporting_periods') }}

{%- for measure in stated_measures() %}
{{ year_amount(measure) }}
{{ "union all" if not loop.last }}
{%- else %}
{{ no_year_amount() }}
{%- endfor %}
