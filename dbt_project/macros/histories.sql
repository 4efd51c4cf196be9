{#-
  Every fact that keeps a history, and what makes two of its rows the same thing; said here and nowhere else.
  row_key: columns that name a row within one report of a unit for a period.
  register: columns that name an entry which every later report repeats; the latest period that reports it speaks for
  it, of several revisions (`last_of`) the last. A fact without it is told anew by every period.
-#}
{% macro histories() -%}
    {{ return([
        {'fact': 'fct_activity', 'row_key': ['activity_no'], 'register': ['reporting_unit_id', 'activity_no']},
        {'fact': 'fct_apparatus', 'row_key': ['body_code', 'unit_id']},
        {'fact': 'fct_commune_profile', 'row_key': ['unit_id']},
        {'fact': 'fct_contribution', 'row_key': ['unit_id', 'giver_code', 'kind_code', 'purpose_text']},
        {'fact': 'fct_criterion_status', 'row_key': ['subject_level', 'unit_id', 'criteria_set_code', 'criterion_no']},
        {
            'fact': 'fct_dossier_round',
            'row_key': ['unit_id', 'title_code', 'stage_code', 'criterion_no', 'round_no'],
            'register': ['unit_id', 'title_code', 'stage_code', 'criterion_no', 'round_no'],
        },
        {'fact': 'fct_evaluation', 'row_key': ['subject_code', 'agency_code', 'unit_id', 'evaluator_code']},
        {
            'fact': 'fct_funding',
            'row_key': ['unit_id', 'programme_code', 'content_code', 'source_code', 'nature_code', 'plan_year'],
        },
        {
            'fact': 'fct_helper_activity',
            'row_key': ['activity_no', 'unit_id'],
            'register': ['activity_no', 'unit_id'],
        },
        {
            'fact': 'fct_helper_assignment',
            'row_key': ['agency_code', 'unit_id', 'role_code', 'valid_from'],
            'register': ['agency_code', 'unit_id', 'role_code', 'valid_from'],
        },
        {'fact': 'fct_helper_summary', 'row_key': ['agency_code', 'unit_id', 'role_code', 'valid_from']},
        {
            'fact': 'fct_indicator_result',
            'row_key': ['subject_level', 'unit_id', 'criteria_set_code', 'indicator_no', 'part_code'],
        },
        {'fact': 'fct_obstacle', 'row_key': ['obstacle_no'], 'register': ['register_unit_id', 'obstacle_no']},
        {'fact': 'fct_policy', 'row_key': ['policy_no'], 'register': ['reporting_unit_id', 'policy_no']},
        {'fact': 'fct_project', 'row_key': ['project_code']},
        {
            'fact': 'fct_recognition',
            'row_key': ['unit_id', 'title_code', 'stage_code', 'act_code', 'decision_date'],
            'register': ['unit_id', 'title_code', 'stage_code', 'act_code', 'decision_date'],
        },
        {
            'fact': 'fct_residential_area_criterion',
            'row_key': ['criteria_set_code', 'area_code', 'criterion_no'],
        },
        {'fact': 'fct_residential_area_status', 'row_key': ['area_code', 'title_code']},
        {
            'fact': 'fct_roadmap_milestone',
            'row_key': ['unit_id', 'title_code', 'stage_code', 'criterion_no', 'milestone_no', 'revision_no'],
            'register': ['unit_id', 'title_code', 'stage_code', 'criterion_no', 'milestone_no'],
            'last_of': 'revision_no',
        },
        {'fact': 'fct_satisfaction', 'row_key': ['unit_id', 'title_code', 'content_code']},
        {'fact': 'fct_support', 'row_key': ['support_no'], 'register': ['reporting_unit_id', 'support_no']},
        {
            'fact': 'fct_target',
            'row_key': ['unit_id', 'area_code', 'measure_code', 'horizon_code', 'plan_year', 'owner_code'],
        },
        {'fact': 'fct_task_progress', 'row_key': ['task_no']},
        {'fact': 'fct_thematic_result', 'row_key': ['unit_id', 'indicator_code']},
        {'fact': 'fct_township_registration', 'row_key': ['unit_id']},
    ]) }}
{%- endmacro %}

{#- What a history tells beside where a row came from and what names it: columns with name, label_vi, is_number. -#}
{% macro told_columns(one) -%}
    {%- set origin = [
        'reporting_period_id', 'reporting_unit_id', 'submission_id', 'judgement_id', 'form', 'sheet', 'row_id', 'known_at',
    ] %}
    {%- set node = graph.nodes.get('model.ntm.' ~ one.fact ~ '__history') if execute else none %}
    {%- set told = [] %}
    {%- for column in (node.columns.values() if node else []) if column.name not in origin + one.row_key %}
    {%- do told.append({
        'name': column.name,
        'label_vi': column.config.meta.label_vi,
        'is_number': column.data_type.startswith(('int', 'bigint', 'decimal', 'double')),
    }) %}
    {%- endfor %}
    {{ return(told) }}
{%- endmacro %}

{#- Cells that some reports said in these columns of a history: `judgements` names them by judgement_id and form. -#}
{% macro told_cells(one, columns, judgements) -%}
    select
        '{{ one.fact }}' as fact,
        told.judgement_id,
        told.form,
        told.sheet,
        told.row_id,
        told.unit_id,
        told.row_key || case when told.copy_no > 1 then ', #' || cast(told.copy_no as string) else '' end as row_key,
        told.cell.column_name as column_name,
        told.cell.value_text as value_text,
        told.cell.value_number as value_number
    from (
        select
            rows.judgement_id,
            rows.form,
            rows.sheet,
            rows.row_id,
            rows.unit_id,
            rows.row_key,
            row_number() over (
                partition by rows.judgement_id, rows.form, rows.row_key, rows.cell.column_name order by rows.row_id
            ) as copy_no,
            rows.cell
        from (
            select
                history.judgement_id,
                history.form,
                history.sheet,
                history.row_id,
                history.unit_id,
                {%- for column in one.row_key %}
                '{{ column }}=' || coalesce(cast(history.{{ column }} as string), '')
                {{- " || ', ' || " if not loop.last }}
                {%- endfor %} as row_key,
                {{ cells_of('history', columns) }} as cell
            from {{ ref(one.fact ~ '__history') }} as history
            inner join {{ judgements }} as judgements
                on
                    history.judgement_id = judgements.judgement_id
                    and history.form = judgements.form
        ) as rows
    ) as told
{%- endmacro %}

{#- What stands for the cells while no column is known, so that the model can be read by a linter. -#}
{% macro no_told_cells() -%}
    select
        cast(null as string) as fact,
        cast(null as string) as judgement_id,
        cast(null as string) as form,
        cast(null as string) as sheet,
        cast(null as string) as row_id,
        cast(null as string) as unit_id,
        cast(null as string) as row_key,
        cast(null as string) as column_name,
        cast(null as string) as value_text,
        cast(null as decimal(28, 6)) as value_number
{%- endmacro %}
