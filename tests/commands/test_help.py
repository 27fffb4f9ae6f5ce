"""帮助: a few lines that are of use to whoever asks, where he asks, and what waits for him first."""

from __future__ import annotations

import re

import pytest

from handlers import guide
from handlers.command import COMMANDS
from handlers.texts import TABLES, say
from tests.commands.neighbourhood import STAFF, Neighbourhood


@pytest.mark.parametrize("who", ["张女士", *STAFF])
def test_nobody_gets_more_than_a_screen_and_the_last_line_leads_on(here: Neighbourhood, who: str) -> None:
    lines = here.say(who, "帮助").said_to(f"@{who}").splitlines()
    told = [line for line in lines if line in {say(command.help) for command in COMMANDS.values()}]
    assert 5 <= len(told) <= guide.MOST and len(lines) <= guide.MOST + 3
    assert "帮助 全部" in lines[-1]


def test_by_what_somebody_is(here: Neighbourhood) -> None:
    worker, water, head = (here.say(who, "帮助").said_to(f"@{who}") for who in ("李明", "周工", "王芳"))
    assert say("command.visit.help") in worker and say("command.broadcast.help") not in worker
    assert say("command.bounce.help") in water and say("command.visit.help") not in water
    assert say("command.broadcast.help") in head


def test_what_waits_for_an_answer_comes_first(here: Neighbourhood) -> None:
    ticket = here.report()
    before = here.say("张女士", "帮助").texts[0].splitlines()
    assert before[1] == say("command.mine.help")
    here.say("李明", f"办结 {ticket.number} 换了皮带")
    after = here.say("张女士", "帮助").texts[0].splitlines()
    assert after[1:3] == [say("command.rate.help"), say("command.mine.help")]
    other = here.report("老刘", "楼道灯不亮")
    here.say("李明", f"接单 {other.number}")
    here.say("李明", f"延期 {other.number} 3天 等配件")
    assert here.say("王芳", "帮助").texts[0].splitlines()[1] == say("command.approve.help")


def test_in_a_group_that_everybody_reads_it_is_shorter_still(here: Neighbourhood) -> None:
    told = here.say("小陈", "#帮助", "unit").said_to("unit").splitlines()
    assert [line for line in told if line.startswith(("我的", "不记我", "帮助"))] == [
        say(f"command.{name}.help") for name in guide.FEW
    ]
    assert len(told) <= 7


def test_all_of_them_are_named_a_few_in_a_row(here: Neighbourhood) -> None:
    resident, head = (here.say(who, "帮助 全部").said_to(f"@{who}") for who in ("张女士", "王芳"))
    named = [name for row in head.splitlines()[1:] for name in row.partition("：")[2].split("、")]
    assert sorted(named) == sorted({one.name for one in COMMANDS.values() if one.name in named})
    assert {"接单", "群发", "批准", "牵头", "我的"} <= set(named)
    assert "撤回" in resident and "接单" not in resident and "群发" not in resident
    assert max(len(row.partition("：")[2].split("、")) for row in head.splitlines()[1:]) <= 10


def test_every_command_has_its_place(here: Neighbourhood) -> None:
    placed = [name for section in guide.SECTIONS.values() for name in section]
    assert sorted(placed) == sorted({command.latin for command in COMMANDS.values()})
    assert {one.latin for one in guide.by_use(COMMANDS, "worker")} == set(placed)
    for table in TABLES.values():
        assert {key.rpartition(".")[2] for key in table if key.startswith("command.help.section.")} == set(
            guide.SECTIONS
        )


def test_in_english_the_names_are_those_that_can_be_typed(here: Neighbourhood) -> None:
    here.say("张女士", "语言 英语")
    told = here.say("张女士", "help all").said_to("@张女士")
    assert not re.search(r"[一-鿿]", told) and "withdraw" in told
    assert here.say("张女士", "help withdraw").texts == [say("command.withdraw.help", "en")]
