"""What we say: in both languages alike, calmly, and without the words of an office."""

from __future__ import annotations

import re
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


@pytest.mark.parametrize("language", sorted(TABLES))
def test_help_names_no_limit_that_a_district_may_set(language: str) -> None:
    """config.toml may say otherwise; who reaches a limit is told it."""
    unit = re.compile(r"工作日|值班小时|working day|duty hour")
    helps = {key: text for key, text in TABLES[language].items() if key.endswith(".help")}
    assert helps and [key for key, text in helps.items() if unit.search(text)] == []
