{#-
  A table of periods is not written anew when only some periods have news: of what can differ, the closure of its model,
  the rows are replaced, and every other row stays as it stands. A model declares its closure in its meta:
      period  rows rest on reports of, and decisions about, their own period alone
      year    ... and of earlier periods of the same report year
      later   ... and of any earlier period
      all     rows may rest on anything (what is not declared); the table is written anew
  NTM_TOUCHED_PERIODS lists the periods with news as JSON; without it, and with null, anything may be new.
-#}
{% materialization table, adapter='duckdb', supported_languages=['sql'] %}
    {%- set closure = config.get('meta', {}).get('closure', 'all') -%}
    {%- set touched = fromjson(env_var('NTM_TOUCHED_PERIODS', 'null')) -%}
    {%- set existing = load_cached_relation(this) -%}
    {%- if closure not in ['period', 'year', 'later', 'all'] -%}
        {{ exceptions.raise_compiler_error("closure of " ~ model.name ~ " is period, year, later or all, not " ~ closure) }}
    {%- endif -%}
    {%- if closure == 'all' or touched is none or existing is none or not existing.is_table or should_full_refresh() -%}
        {{ return(dbt.materialization_table_duckdb()) }}
    {%- endif -%}

    {{ run_hooks(pre_hooks, inside_transaction=False) }}
    {{ run_hooks(pre_hooks, inside_transaction=True) }}
    {%- call statement('main') -%}
        {{ get_assert_columns_equivalent(compiled_code) }}
        delete from {{ this }} where reporting_period_id in ({{ periods_in_closure(closure, touched) }});
        insert into {{ this }} by name
        select made.* from (
            {{ compiled_code }}
        ) as made
        where made.reporting_period_id in ({{ periods_in_closure(closure, touched) }})
    {%- endcall -%}
    {{ run_hooks(post_hooks, inside_transaction=True) }}
    {{ adapter.commit() }}
    {{ run_hooks(post_hooks, inside_transaction=False) }}
    {{ return({'relations': [this.incorporate(type='table')]}) }}
{% endmaterialization %}

{#- The periods whose rows can differ when these periods have news, as a query. -#}
{% macro periods_in_closure(closure, touched) -%}
    select reached.reporting_period_id
    from {{ api.Relation.create(database=this.database, schema='staging', identifier='stg_reference__reporting_periods') }} as reached
    inner join {{ api.Relation.create(database=this.database, schema='staging', identifier='stg_reference__reporting_periods') }} as touched
        on
            {% if closure == 'period' -%}
            reached.reporting_period_id = touched.reporting_period_id
            {%- elif closure == 'year' -%}
            reached.year = touched.year
            and reached.data_to >= touched.data_to
            {%- else -%}
            reached.data_to >= touched.data_to
            {%- endif %}
    where touched.reporting_period_id in ('{{ touched | join("', '") }}')
{%- endmacro %}
