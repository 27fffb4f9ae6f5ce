"""The story across doors: residents in their group elsewhere, the worker in WeCom's app by cards with buttons."""

from __future__ import annotations

from storage.playground import private_chat
from tests.tencent.conftest import Play
from tests.tencent.town import LIMIN, RESIDENTS, ZHANG, Town


def test_from_report_to_rating(play: Play) -> None:
    async def story(town: Town) -> None:
        await town.writes(ZHANG, "3幢2单元大门的门禁坏了，刷卡没反应")
        [ticket] = town.tickets()
        assert (ticket.status, ticket.number) == ("open", "阳光1")
        card = town.far.card(LIMIN)
        assert "阳光1" in card["main_title"]["title"] and "门禁" in card["sub_title_text"]
        assert "张女士" in card["sub_title_text"] and card["button_list"][0]["text"] == "接单"

        await town.presses(LIMIN, "接单")
        assert town.tickets()[0].status == "taken"
        after = town.far.card(LIMIN)
        assert after["task_id"] == card["task_id"], "changed where it stands, not said again"
        assert "接单" not in [one["text"] for one in after["button_list"]]
        assert "李敏" in town.posts()[-1], "the residents' card says who has it"

        await town.says(LIMIN, "办结 换了读卡器")
        assert town.tickets()[0].status == "done"
        asked = [
            one for one in town.read(lambda store: store.playground.of_room(private_chat(ZHANG.user_id))) if one.bot
        ]
        assert "换了读卡器" in asked[-1].text
        await town.chooses(ZHANG, asked[-1].id, "1 好了，满意")
        [ticket] = town.tickets()
        assert (ticket.status, ticket.rating, ticket.result) == ("closed", 1, "换了读卡器")
        assert set(town.inbox()) == {"done"} and "failed" not in town.outbox()
        assert [one for one in town.posts(RESIDENTS) if "张女士" in one] == []

    play(story)
