with

source as (
    select * from {{ source('reference', 'capital_natures') }}
)

select
    cast(source.nature_code as string) as nature_code,
    cast(source.name_vi as string) as name_vi,
    cast(source.name_en as string) as name_en,
    cast(source.aliases as string) as aliases,
    cast(source.renamed_vi as string) as renamed_vi,
    cast(source.renamed_on as date) as renamed_on,
    cast(source.sort_order as int) as sort_order
from source
