with

capital_natures as (
    select * from {{ ref('stg_reference__capital_natures') }}
)

select
    capital_natures.nature_code,
    capital_natures.name_vi,
    capital_natures.name_en,
    capital_natures.aliases,
    capital_natures.renamed_vi,
    capital_natures.renamed_on,
    capital_natures.sort_order
from capital_natures
