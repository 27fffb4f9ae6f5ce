"""An official account has no buttons: what is asked there is numbered, and a bare figure answers while it is open."""

from __future__ import annotations

import pytest

from domain.messages import Address, Button, Outgoing, Priority
from handlers.delivery import post
from tests.tencent.conftest import Play
from tests.tencent.town import LIMIN, Town
from tests.tencent.wechat import MEI, Followers, play_with

SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)


async def two_done(town: Town, they: Followers) -> tuple[str, str]:
    """Two matters of hers are done, and she has been asked of both how it went."""
    await they.says(MEI, "云栖里3幢2单元大门的门禁坏了，刷卡没反应")
    await they.says(MEI, "云栖里5幢1单元的楼道灯全不亮了")
    first, second = town.tickets()
    for one in (first, second):
        await town.says(LIMIN, f"接单 {one.number}")
        await they.says(MEI, "我的")
        await town.says(LIMIN, f"办结 {one.number} 换了零件")
    await they.says(MEI, "我的")
    return first.number, second.number


def rating(town: Town, number: str) -> int | None:
    [ticket] = [one for one in town.tickets() if one.number == number]
    return ticket.rating


def test_which_ticket_is_answered_by_its_figure(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        first, second = await two_done(town, they)
        await they.says(MEI, "1")
        asked = they.texts(MEI)[-1]
        rows = asked.splitlines()[1:]
        assert [row.split("　")[0] for row in rows] == ["回 1", "回 2"] and "评价 阳光" not in "\n".join(rows)
        which = next(n for n, row in enumerate(rows, start=1) if second in row)
        await they.says(MEI, f"{which}")
        assert (rating(town, first), rating(town, second)) == (None, 1)
        # That question is answered: the next figure is about the other one.
        await they.says(MEI, "2")
        assert rating(town, first) == 2

    play_with(play, story)


@SQLITE
@pytest.mark.parametrize(("said", "takes"), [("２", True), ("选2", True), ("9", False), ("2幢的灯坏了", False)])
def test_only_a_figure_that_stands_there_is_a_choice(play: Play, said: str, takes: bool) -> None:
    async def story(town: Town, they: Followers) -> None:
        _, second = await two_done(town, they)
        await they.says(MEI, "3 还是不行")
        rows = they.texts(MEI)[-1].splitlines()[1:]
        chosen = rows[1].split("　")[1].split()[0]
        await they.says(MEI, said)
        [ticket] = [one for one in town.tickets() if one.number == chosen]
        assert (ticket.status != "done") == takes, (second, ticket.status)

    play_with(play, story)


@SQLITE
def test_whoever_says_something_else_has_closed_the_question(play: Play) -> None:
    async def story(town: Town, they: Followers) -> None:
        await they.says(MEI, "帮助")
        buttons = (Button("阳光8", "详情 阳光8"), Button("阳光9", "详情 阳光9"))
        letter = Outgoing(Address("official_account", MEI), "哪一件？", buttons=buttons, priority=Priority.ANSWER)
        town.write(lambda store: post(store, [letter], town.parts.clock.now()))
        town.parts.sender.wake()
        await town.settle()
        assert they.texts(MEI)[-1] == "哪一件？\n回 1　阳光8\n回 2　阳光9"
        await they.says(MEI, "我再想想")
        said = len(they.texts(MEI))
        await they.says(MEI, "1")
        assert not any("阳光8" in text for text in they.texts(MEI)[said:])

    play_with(play, story)
