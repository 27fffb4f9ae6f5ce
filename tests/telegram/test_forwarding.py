"""A worker forwards what neighbours wrote elsewhere to the bot: shown as what it would become, and one tap later it
is registered."""

from __future__ import annotations

from typing import Any

from tests.telegram.conftest import Play
from tests.telegram.town import LIMIN, START, ZHANG, Town

BEGAN = int(START.timestamp())
LIFT, LAMP = "3幢2单元电梯又停了，有两个人刚走楼梯上来", "5幢1单元楼道灯全不亮了"


def by(name: str, seconds: int) -> dict[str, Any]:
    return {"type": "hidden_user", "sender_user_name": name, "date": BEGAN - seconds}


def test_two_forwarded_lines_are_two_tickets_after_one_tap(play: Play) -> None:
    async def story(town: Town) -> None:
        town.phones.says(LIMIN, LIMIN, LAMP, forward_origin=by("老周", 60))
        town.phones.says(LIMIN, LIMIN, LIFT, forward_origin=by("刘阿姨", 200))
        await town.settle()
        assert town.tickets() == [], "nothing is registered before he presses"
        shown = max(town.server.chats[LIMIN].messages)
        text = town.server.chats[LIMIN].messages[shown]["text"]
        assert "电梯" in text and "刘阿姨" in text and "楼道灯" in text and "老周" in text
        town.phones.presses(LIMIN, LIMIN, shown, "全部登记")
        await town.settle()
        assert sorted((one.on_behalf_of or "") for one in town.tickets()) == ["刘阿姨", "老周"]
        assert {one.category for one in town.tickets()} == {"public_repair"}

    play(story)


def test_forwarded_words_are_no_command_and_of_residents_no_hand_in(play: Play) -> None:
    async def story(town: Town) -> None:
        town.phones.says(ZHANG, ZHANG, "云栖里3幢2单元大门的门禁坏了，刷卡没反应")
        await town.settle()
        [ticket] = town.tickets()
        town.phones.says(LIMIN, LIMIN, f"接单 {ticket.number}", forward_origin=by("老周", 30))
        await town.settle()
        town.phones.says(ZHANG, ZHANG, f"撤回 {ticket.number}", forward_origin=by("老周", 20))
        await town.settle()
        assert [one.status for one in town.tickets()] == ["open"]

    play(story)
