with

evaluations as (
    select * from {{ ref('fct_evaluation') }}
),

weights as (
    select * from {{ ref('stg_reference__evaluation_weights') }}
),

evidence as (
    select * from {{ ref('int_helper_evidence') }}
    union all
    select * from {{ ref('int_unit_head_evidence') }}
),

-- every part of the scale that judges the year, with the points given for it
given as (
    select
        evaluations.*,
        weights.version_code,
        weights.part_code,
        weights.weight_points,
        weights.evidence_mart,
        case weights.part_code
            when 'visits' then evaluations.visit_points
            when 'obstacles' then evaluations.obstacle_points
            when 'criteria' then evaluations.criteria_points
            when 'support' then evaluations.support_points
            when 'reports' then evaluations.report_points
        end as given_points
    from evaluations
    inner join weights
        on
            weights.subject_kind
            = case evaluations.subject_code when 'unit_head' then 'unit_head' else 'helper' end
            and weights.assessment_year_from <= evaluations.year
            and (weights.assessment_year_to is null or evaluations.year <= weights.assessment_year_to)
),

-- weight times share of the evidence; who planned no further criterion keeps all points by losing none
computed as (
    select
        given.*,
        evidence.evidence_numerator,
        evidence.evidence_denominator,
        cast(
            case
                when evidence.evidence_numerator is null then null
                when evidence.evidence_denominator > 0
                    then
                        given.weight_points
                        * least(greatest(evidence.evidence_numerator, 0), evidence.evidence_denominator)
                        / evidence.evidence_denominator
                when
                    evidence.evidence_denominator = 0
                    and given.part_code = 'criteria'
                    and given.subject_code <> 'unit_head'
                    then given.weight_points * case when evidence.evidence_numerator >= 0 then 1 else 0 end
            end as decimal(9, 2)
        ) as computed_points
    from given
    left join evidence
        on
            given.evaluation_id = evidence.evaluation_id
            and given.part_code = evidence.part_code
)

select
    computed.evaluation_id,
    {{ lineage('computed') }},
    computed.year,
    computed.subject_code,
    computed.agency_code,
    computed.unit_id,
    computed.evaluator_code,
    computed.version_code,
    computed.part_code,
    computed.weight_points,
    computed.evidence_mart,
    computed.evidence_numerator,
    computed.evidence_denominator,
    computed.computed_points,
    cast(computed.given_points as decimal(9, 2)) as given_points,
    cast(computed.given_points - computed.computed_points as decimal(9, 2)) as points_difference
from computed
