with

topics as (
    select * from {{ ref('stg_reference__indicator_topics') }}
),

code_lists as (
    select * from {{ ref('stg_reference__code_lists') }}
)

select
    topics.topic_code,
    topics.set_code,
    topics.indicator_no,
    code_lists.label_vi,
    code_lists.label_en,
    code_lists.sort_order
from topics
inner join code_lists
    on
        topics.topic_code = code_lists.code
        and code_lists.list_code = 'indicator_topics'
