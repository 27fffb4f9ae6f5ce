"""Each door to a platform has its page in docs/doors, and it is true: what is missing, address, figures."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.official_account.door import PATH as ACCOUNT_PATH
from bot.channels.telegram_bot.door import PATH as TELEGRAM_PATH
from bot.channels.wecom_aibot.channel import PATH as ROBOT_PATH
from bot.channels.wecom_app.channel import PATH as APP_PATH
from bot.credentials import Secrets
from bot.doors import DOORS
from bot.surfaces import surfaces
from domain.messages import RING
from domain.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
PAGES = ROOT / "docs" / "doors"
PLATFORMS = {door.name: door for door in DOORS if door.real and door.name != RING}
CALLED = {
    "telegram": TELEGRAM_PATH,
    "wecom_app": APP_PATH,
    "wecom_aibot": ROBOT_PATH,
    "official_account": ACCOUNT_PATH,
}
PARTS = (
    "What can be done here",
    "In the vendor's console",
    "Into config.toml and the environment",
    "How `minqing check` says it is right",
    "Day by day",
    "When something is refused",
)


def page(name: str) -> str:
    return (PAGES / f"{name}.md").read_text(encoding="utf-8")


def test_each_door_has_its_page_and_no_page_is_of_none() -> None:
    assert {file.stem for file in PAGES.glob("*.md")} == set(PLATFORMS)


@pytest.mark.parametrize("name", ["MANUAL.md", "MANUAL.zh-CN.md", "OPERATIONS.md", "OPERATIONS.zh-CN.md"])
def test_manual_and_operations_lead_to_every_page(name: str) -> None:
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    assert [door for door in PLATFORMS if f"(doors/{door}.md)" not in text] == []


@pytest.mark.parametrize("name", PLATFORMS)
def test_a_page_has_every_part_and_a_word_for_those_who_use_it(name: str) -> None:
    # One may have more of them (Binding).
    parts = [part for part in re.findall(r"^## (.+)$", page(name), flags=re.MULTILINE) if part in PARTS]
    assert tuple(parts) == PARTS
    assert re.search(r"^给(?:网格员|同事|居民|工作人员)：|^网格员每天这样用：", page(name), flags=re.MULTILINE)


@pytest.mark.parametrize("name", PLATFORMS)
def test_what_the_door_misses_when_nothing_is_filled_in_stands_there(name: str) -> None:
    """As `minqing check` names it with every setting and secret empty."""
    telegram = replace(Settings().telegram, mode="webhook")
    told = " ".join(PLATFORMS[name].missing(replace(Settings(), telegram=telegram), Secrets()))
    wanted = set(re.findall(r"\bMINQING_[A-Z_]+\b", told)) | set(re.findall(r"\[[a-z_.]+\] [a-z_]+", told))
    assert wanted or name == "wecom_webhook", "its robots' keys are asked for by minqing bind"
    assert [one for one in wanted if one not in page(name)] == []


@pytest.mark.parametrize("name", PLATFORMS)
def test_the_address_that_is_called_stands_there(name: str) -> None:
    if name in CALLED:
        assert f"https://YOUR-HOST{CALLED[name]}" in page(name)
    else:
        assert "no callback address" in page(name) and "YOUR-HOST" not in page(name)


@pytest.mark.parametrize("name", PLATFORMS)
def test_the_figures_are_those_of_the_program(name: str) -> None:
    able = surfaces()[name]
    budgets = {one.channel: one for one in Settings().outbox.budgets}
    text = page(name).replace(",", "")
    if able.push in ("yes", "after_first_message"):
        assert str(able.text_limit) in text
    if name in budgets:
        assert re.search(rf"\b{budgets[name].per_chat_per_minute} (?:messages )?a minute", text)


@pytest.mark.parametrize("name", ["WECOM.md", "WECOM.zh-CN.md"])
def test_the_table_of_what_a_group_can_do_leads_to_every_page(name: str) -> None:
    table = (ROOT / "docs" / name).read_text(encoding="utf-8")
    rows = [line for line in table.splitlines() if line.startswith("|")]
    assert [door for door in PLATFORMS if not any(f"(doors/{door}.md)" in row for row in rows)] == []
