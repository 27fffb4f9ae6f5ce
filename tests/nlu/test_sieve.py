"""A sieve finds what trying every pattern finds: what it does not try could not have matched."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.needed import SIEVES, table, ways
from nlu.sieve import TABLE, Sieve

_ALL = [(sieve, name, pattern) for sieve in SIEVES for name, pattern in sieve.patterns]
_CHARACTERS = "".join(sorted({char for _, _, one in _ALL for char in one.pattern if char.isprintable()}))


def _tried_one_by_one(sieve: Sieve, text: str) -> tuple[str, ...]:
    return tuple(name for name, pattern in sieve.patterns if pattern.search(text))


@given(st.data())
def test_what_a_pattern_matches_is_found_whatever_stands_around_it(data: st.DataObject) -> None:
    sieve, _, pattern = data.draw(st.sampled_from(_ALL))
    text = data.draw(st.from_regex(re.compile(pattern.pattern)))
    assert sieve.found(text) == _tried_one_by_one(sieve, text)


@given(st.sampled_from(SIEVES), st.text(_CHARACTERS, max_size=60))
def test_any_text_gives_what_trying_every_pattern_gives(sieve: Sieve, text: str) -> None:
    assert sieve.found(text) == _tried_one_by_one(sieve, text)


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        ("老人摔倒", (("摔", "倒"),)),
        ("(?:老人|孩子).{0,4}(?:摔|倒)", (("倒摔", "孩老"),)),
        ("煤气|着火(?!吗)", (("煤", "气"), ("火", "着"))),
        ("困+在?", (("困",),)),
        ("(?=起火|$)", ((),)),
        ("[^水]", ((),)),
        (r"\d楼", (("楼",),)),
        ("(?i:b)级", (("级",),)),
        ("x?", ((),)),
    ],
)
def test_what_a_pattern_needs_is_read_from_the_pattern(pattern: str, needed: tuple[tuple[str, ...], ...]) -> None:
    assert ways(re.compile(pattern)) == needed


def test_of_a_pattern_in_capitals_or_small_nothing_is_ruled_out() -> None:
    assert ways(re.compile("b级", re.IGNORECASE)) == ((),)


def test_a_pattern_that_the_table_does_not_know_is_always_tried() -> None:
    sieve = Sieve((("new", re.compile("没有人写过的这一条")), ("all", re.compile("$"))))
    assert sieve.found("没有人写过的这一条") == ("new", "all")
    assert sieve.found("") == ("all",)


def test_the_table_is_that_of_the_patterns_as_they_stand() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(SIEVES), "run python -m benchmarks.needed"


def test_what_may_be_found_is_named_without_trying_it() -> None:
    spots = next(sieve for sieve in SIEVES if "spot" in dict(sieve.patterns))
    assert spots.possible("门口停着车") == ("spot",)
    assert spots.possible("今朝落雨了") == ()
