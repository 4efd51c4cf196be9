"""Claims about text that a conversion from PDF has damaged."""

from __future__ import annotations

import pytest

from ingest.damaged_text import damaged_words


@pytest.mark.parametrize("text", ["giao nhiệm vụ cÿ thể", "Āơn vị phụ trách", "xã ho\ufffdn thành", "bi\uf0b7u mẫu"])
def test_a_letter_that_vietnamese_does_not_have_shows_the_damage(text: str) -> None:
    assert len(damaged_words(text)) == 1


@pytest.mark.parametrize(
    "text", ["cụ thể", "Đơn vị phụ trách", "QĐ-UBND", "Ðại An", "km², 12 m³", "café, Müller, naïf"]
)
def test_vietnamese_and_words_of_other_languages_are_left_alone(text: str) -> None:
    assert damaged_words(text) == ()


def test_each_damaged_word_is_named_once_in_order() -> None:
    assert damaged_words("cÿ thể, Āể cÿ thể") == ("cÿ", "Āể")
