with

typed as (
    select amounts.*
    from {{ ref('stg_submissions__funding_typed') }} as amounts
    inner join {{ ref('int_form_part_validity') }} as parts
        on
            amounts.judgement_id = parts.judgement_id
            and amounts.form = parts.form
    where parts.is_current
),

printed as (
    select * from typed
    where
        is_total
        and amount_vnd is not null
),

-- the rows that a total covers; of an "of which" they are not known
summed as (
    select
        printed.judgement_id,
        printed.row_id,
        printed.column_name,
        min(case when parts.is_readable then 1 else 0 end) = 1 as is_known,
        coalesce(sum(parts.amount_vnd), 0) as summed_vnd,
        coalesce(sum(case when parts.is_loaded then parts.amount_vnd end), 0) as loaded_vnd
    from printed
    inner join typed as parts
        on
            printed.judgement_id = parts.judgement_id
            and printed.sheet = parts.sheet
            and printed.column_name = parts.column_name
            and not parts.is_total
            and (
                printed.total_scope = 'grand'
                or (
                    printed.total_scope = 'section'
                    and parts.row_number between printed.sums_from and printed.sums_to
                )
            )
    group by printed.judgement_id, printed.row_id, printed.column_name
)

select
    {{ lineage('printed') }},
    printed.column_name,
    printed.total_scope,
    printed.section,
    printed.amount_vnd as printed_vnd,
    cast(case when summed.is_known then summed.summed_vnd end as decimal(20, 0)) as summed_vnd,
    cast(summed.loaded_vnd as decimal(20, 0)) as loaded_vnd,
    cast(case when summed.is_known then printed.amount_vnd - summed.summed_vnd end as decimal(20, 0))
        as difference_vnd,
    case when summed.is_known then abs(printed.amount_vnd - summed.summed_vnd) <= 1000 end as is_agreed
from printed
left join summed
    on
        printed.judgement_id = summed.judgement_id
        and printed.row_id = summed.row_id
        and printed.column_name = summed.column_name
