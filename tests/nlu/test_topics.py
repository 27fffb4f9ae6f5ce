"""Kinds of words: a rare word of a kind is heard like its commoner sisters."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlu.features import features
from nlu.normalize import TABLES, fold
from nlu.topics import topics

LINES = [
    line.partition(": ")
    for line in (TABLES / "topics.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_a_kitchen_tap_is_of_pipes_and_kitchens() -> None:
    assert {"≈水管", "≈≈水管", "≈厨房", "≈损坏"} <= set(features(fold("厨房水龙头松了 下水道也堵"), "unit")[2])
    assert not {"≈水管", "≈厨房"} & set(features(fold("业委会的账本没人见过"), "unit")[2])


def test_every_word_of_the_table_can_be_met() -> None:
    """Words are looked up among pieces of up to three characters of folded text, small letters in it."""
    for kind, _, words in LINES:
        for word in words.split():
            assert 1 <= len(word) <= 3, (kind, word)
            assert word == word.lower() and not word.isdigit(), (kind, word)
    assert len({kind for kind, _, _ in LINES}) == len(LINES)


@given(st.lists(st.sampled_from(sorted({word for _, _, words in LINES for word in words.split()})), max_size=12))
def test_a_kind_is_named_once_and_doubled_by_a_second_word(said: list[str]) -> None:
    got = topics(set(said))
    assert len(got) == len(set(got))
    for kind, _, words in LINES:
        heard = len(set(said) & set(words.split()))
        assert (f"≈{kind}" in got) == (heard >= 1)
        assert (f"≈≈{kind}" in got) == (heard >= 2)
