"""Whoever asks why a line was heard so is answered in words, never with the names of our features."""

from __future__ import annotations

import re

import pytest

from handlers.reasons import in_words
from handlers.texts import TABLES
from nlu.reader import Reader
from nlu.signs import PATTERNS, WORDS

_RAW = re.compile(r"[§≈]|rule:|p=")


@pytest.mark.parametrize("language", list(TABLES))
def test_every_sign_that_the_reader_knows_has_words(language: str) -> None:
    for name in (*WORDS, *PATTERNS):
        for mark in (f"§{name}", f"§-{name}"):
            told = in_words(mark, language)
            assert told, mark
            assert not _RAW.search(told), mark


@pytest.mark.parametrize(
    ("mark", "told"),
    [
        ("rule:燃气", "听着是急事：燃气"),
        ("p=0.97", "像报事的程度：97%"),
        ("§settled", "已经好了"),
        ("§-settled", "收尾时：已经好了"),
        ("≈水管", "说到水管"),
        ("≈≈水管", "几处说到水管"),
        ("电梯", "有“电梯”"),
        ("§length3", "话的长短"),
    ],
)
def test_a_mark_is_told_as_staff_would_say_it(mark: str, told: str) -> None:
    assert in_words(mark) == told


def test_what_nobody_put_into_words_stays_as_it_is() -> None:
    assert in_words("§nonsense") == "§nonsense"


def test_a_reading_is_explained_without_any_raw_name() -> None:
    got = Reader.load().read("3幢2单元电梯又坏了 老人被困在里面 物业快来")
    told = [in_words(mark) for mark in got.why]
    assert "听着是急事：电梯困人" in told
    assert not [one for one in told if _RAW.search(one)]
