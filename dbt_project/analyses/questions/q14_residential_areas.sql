-- Câu hỏi 14. Trong năm, mỗi xã chưa có khả năng hoàn thành NTM có thêm mấy khu dân cư được công nhận; toàn tỉnh có
-- bao
-- nhiêu thôn, khu dân cư kiểu mẫu, vườn mẫu?
-- Question 14. This year, how many residential areas were newly recognised in each commune not yet able to complete;
-- how
-- many villages, model areas and model gardens in all?
-- Items: 3.4, 3.5, 3.6, 3.19, 4.13
-- Parameters: $day (DATE) = D; $known_at (TIMESTAMPTZ) = K, null = all that is known today.
-- In part / Một phần: only what the register of recognitions holds, by kind of title. The flag "chưa có khả năng hoàn
-- thành"
-- of a commune, and the areas themselves, wait for the forms targets and residential_areas.
-- Grain: kind of title of a village, residential area or garden; every kind has a row. The kinds are exclusive and
-- never
-- added to one another, nor to communes. held_count = titles held on D (by decision date, less withdrawals); new_count
-- = of
-- these, year recognised = year of D. Both are null, not 0, as long as no report names a title of the kind (không có
-- số liệu).
with

titles as (
    select * from marts.dim_title
),

periods as (
    select * from marts.dim_reporting_period
),

successions as (
    select * from marts.bridge_unit_succession
),

recognitions as (
    select * from marts.fct_recognition__history
),

-- what the office knew at K: parts of accepted submissions that nothing had replaced by then
parts_known as (
    select *
    from marts.fct_submission_part
    where
        known_from <= coalesce($known_at::timestamptz, timestamptz 'infinity')
        and (known_to is null or known_to > coalesce($known_at::timestamptz, timestamptz 'infinity'))
),

-- a register: the latest report that names an event speaks for it
events as (
    select recognitions.*
    from recognitions
    inner join parts_known
        on
            recognitions.judgement_id = parts_known.judgement_id
            and recognitions.form = parts_known.form
    inner join periods on recognitions.reporting_period_id = periods.reporting_period_id
    inner join titles on recognitions.title_code = titles.title_code
    where titles.subject_kind in ('residential_area', 'garden')
    qualify row_number() over (
        partition by
            recognitions.unit_id, recognitions.title_code, recognitions.stage_code, recognitions.act_code,
            recognitions.decision_date
        order by periods.data_to desc
    ) = 1
),

stock as (
    select
        granted.unit_id,
        granted.title_code,
        min(granted.year_recognised) as year_recognised
    from events as granted
    where
        granted.act_code <> 'withdrawal'
        and granted.decision_date <= $day::date
        and not exists (
            select 1
            from events as withdrawn
            where
                withdrawn.unit_id = granted.unit_id
                and withdrawn.title_code = granted.title_code
                and withdrawn.act_code = 'withdrawal'
                and withdrawn.decision_date between granted.decision_date and $day::date
        )
        and not exists (
            select 1
            from successions
            where
                successions.predecessor_unit_id = granted.unit_id
                and successions.kind in ('merge', 'split')
                and successions.effective_date <= $day::date
        )
    group by all
),

final as (
    select
        titles.title_code,
        titles.name_vi as title_name,
        titles.subject_kind,
        case when count(events.title_code) > 0 then count(distinct stock.unit_id) end as held_count,
        case
            when count(events.title_code) > 0
                then count(distinct stock.unit_id) filter (stock.year_recognised = year($day::date))
        end as new_count
    from titles
    left join events on titles.title_code = events.title_code
    left join stock on titles.title_code = stock.title_code
    where titles.subject_kind in ('residential_area', 'garden')
    group by all
    order by titles.subject_kind desc, titles.title_code
)

select * from final
