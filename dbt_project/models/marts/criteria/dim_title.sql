with

titles as (
    select * from {{ ref('stg_reference__titles') }}
)

select
    titles.title_code,
    titles.name_vi,
    titles.name_en,
    titles.subject_kind,
    titles.base_title_code,
    titles.rank,
    titles.aliases
from titles
