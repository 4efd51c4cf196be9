"""Claims about the words of the marts: every table and column has its Vietnamese name, key and type in one place."""

from __future__ import annotations

from collections import Counter

from publish import dictionary


def test_every_published_table_has_a_vietnamese_name_of_its_own() -> None:
    labels = Counter(mart.label_vi for mart in dictionary.marts())
    assert [mart.name for mart in dictionary.marts() if mart.label_vi == mart.name] == []
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_published_column_has_a_vietnamese_name() -> None:
    assert [f"{one.mart}.{one.name}" for one in dictionary.mart_columns() if one.label_vi == one.name] == []


def test_the_grain_of_every_table_is_columns_of_its_own() -> None:
    for mart in dictionary.marts():
        assert mart.key, f"{mart.name} has no key"
        assert set(mart.key) <= {column.name for column in mart.columns}, mart.name


def test_every_table_says_in_one_sentence_what_a_row_is() -> None:
    assert [mart.name for mart in dictionary.marts() if not mart.description.startswith("One row per")] == []


def test_what_a_column_refers_to_stands_in_the_dictionary() -> None:
    for column in dictionary.mart_columns():
        if column.refers_to:
            mart, key = column.refers_to
            assert dictionary.mart(mart).column(key).data_type == column.data_type, f"{column.mart}.{column.name}"


def test_a_ratio_has_both_parts_and_their_words() -> None:
    metrics = dictionary.metrics()
    assert len({metric.code for metric in metrics}) == len(metrics) > 0
    assert all(metric.numerator and metric.denominator and metric.label_en for metric in metrics)
