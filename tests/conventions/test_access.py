"""Every published table says which of its rows a unit may see."""

from publish import dictionary
from publish.postgres.access import policies, rule_of, rules


def test_every_mart_says_who_sees_its_rows() -> None:
    for mart in dictionary.marts():
        rule_of(mart.name)
        assert list(policies(mart.name, tuple(column.name for column in mart.columns)))


def test_no_rule_is_for_a_table_that_is_not_published() -> None:
    assert set(rules()) <= {mart.name for mart in dictionary.marts()}


def test_what_every_unit_sees_holds_no_row_of_a_report() -> None:
    for mart in dictionary.marts():
        if rule_of(mart.name).kind == "open":
            assert not {"submission_id", "judgement_id"} & {column.name for column in mart.columns}, mart.name
            assert not [column.name for column in mart.columns if column.is_personal], mart.name
