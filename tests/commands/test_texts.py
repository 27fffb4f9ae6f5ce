"""What we say: in both languages alike, calmly, and without the words of an office."""

from __future__ import annotations

from string import Formatter

import pytest

from handlers.texts import TABLES

OURS = [key for key in TABLES["zh-CN"] if key.startswith(("command.", "timed."))]


def parameters(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_both_languages_have_every_text_with_the_same_parameters() -> None:
    chinese, english = TABLES["zh-CN"], TABLES["en"]
    assert set(chinese) == set(english)
    assert [key for key in chinese if parameters(chinese[key]) != parameters(english[key])] == []


@pytest.mark.parametrize("language", sorted(TABLES))
def test_no_exclamation_marks(language: str) -> None:
    assert [key for key in OURS if set(TABLES[language][key]) & {"!", "！"}] == []


def test_no_words_of_an_office() -> None:
    office = ("工单", "处置", "诉求人", "系统检测")
    assert [key for key in OURS if any(word in TABLES["zh-CN"][key] for word in office)] == []
