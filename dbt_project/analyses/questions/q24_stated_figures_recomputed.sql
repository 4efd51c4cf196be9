-- Câu hỏi 24. Các số liệu nêu trong văn bản và báo chí có khớp nhau không khi tính lại từ các phần của chúng?
-- Question 24. Do the figures stated in the documents and the press agree when recomputed from their parts?
-- Items: 1.27, 2.1, 2.2, 2.3, 2.24, 2.31, 3.6, 4.13, 4.14
-- Parameters: $day (DATE) = D.
-- Whole / Trọn vẹn.
-- Grain: stated figure as of D or earlier that can be recomputed: a whole from its parts (sum), a share or an average
-- from numerator and whole (rounded as printed), a subset that must not exceed its whole (of_which: recomputed_value is
-- the whole). Stated figures are reference data with their source (dim_stated_figure); nothing here comes from reports.
with

figures as (
    select *
    from marts.dim_stated_figure
    where as_of <= $day::date
),

recomputed as (
    select
        wholes.figure_id,
        'sum_of_parts' as check_code,
        sum(parts.value) as recomputed_value
    from figures as wholes
    inner join figures as parts
        on
            wholes.figure_id = parts.whole_id
            and parts.relation = 'part_of'
    group by wholes.figure_id
    union all
    select
        figures.figure_id,
        figures.relation as check_code,
        case figures.relation
            when 'of_which' then wholes.value
            when 'share_of' then round(100 * numerators.value / wholes.value, figures.decimals)
            when 'average_of' then round(numerators.value / wholes.value, figures.decimals)
        end as recomputed_value
    from figures
    inner join figures as wholes on figures.whole_id = wholes.figure_id
    left join figures as numerators on figures.numerator_id = numerators.figure_id
    where figures.relation <> 'part_of'
)

select
    recomputed.figure_id,
    recomputed.check_code,
    figures.item,
    figures.place_vi,
    figures.as_of_vi,
    figures.measure_code,
    figures.value as stated_value,
    recomputed.recomputed_value,
    case
        when recomputed.check_code = 'of_which' then figures.value <= recomputed.recomputed_value
        else abs(figures.value - recomputed.recomputed_value) < 0.0001
    end as is_consistent,
    figures.source
from recomputed
inner join figures on recomputed.figure_id = figures.figure_id
order by is_consistent, figures.place_vi, figures.as_of, recomputed.figure_id
