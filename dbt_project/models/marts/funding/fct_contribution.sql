with

contributions as (
    {{ current_rows('fct_contribution__history') }}
)

select
    {{ lineage('contributions') }},
    contributions.unit_id,
    contributions.purpose_text,
    contributions.project_no,
    contributions.giver_code,
    contributions.kind_code,
    contributions.quantity,
    contributions.quantity_unit_code,
    contributions.unit_price_vnd,
    contributions.price_decision_no,
    contributions.price_decision_date,
    contributions.value_vnd,
    case
        when contributions.quantity is not null and contributions.unit_price_vnd is not null then 'price'
        when contributions.kind_code = 'cash' then 'cash'
        else 'stated'
    end as value_basis,
    cast(round(contributions.quantity * contributions.unit_price_vnd, 0) as decimal(20, 0)) as computed_value_vnd,
    cast(
        contributions.value_vnd - round(contributions.quantity * contributions.unit_price_vnd, 0) as decimal(20, 0)
    ) as difference_vnd,
    contributions.ground_document,
    contributions.household_count,
    contributions.explanation
from contributions
