"""The story over real HTTP: two groups and a worker are bound, a resident reports, the worker takes it by a button and
finishes it, the resident says that it is well. By long polling and by webhook; the calls are kept in the docs."""

from __future__ import annotations

import asyncio
import os
import re

import pytest

from nlu.reader import Reader
from tests.telegram import journal
from tests.telegram.journal import Journal
from tests.telegram.town import ADMIN, LIMIN, RESIDENTS, STAFF, WANG, ZHANG, Town, running


async def play(town: Town) -> str:
    phones, server, notes = town.phones, town.server, Journal(town)
    await town.until(lambda: {"deleteWebhook", "setWebhook"} & set(server.methods(but=())))
    await notes.did("The program starts")

    phones.lets_bot_in(ADMIN, RESIDENTS)
    await notes.did("孙群主 lets the bot into 3幢2单元邻居群: it says that it does not listen yet")
    phones.says(ZHANG, RESIDENTS, "路灯坏了，谁来修一下")
    await notes.did("张女士 writes there while the group is bound to nothing: it is not heard")

    phones.says(WANG, WANG, "/start")
    await notes.did("王书记 opens the private chat")
    phones.says(WANG, WANG, "绑定")
    await notes.did("王书记: 绑定")
    phones.shares_contact(WANG, "+8613800000002")
    await notes.did("王书记 presses the button that shares his own number; it is on the staff list")
    phones.says(WANG, WANG, "绑定 3-2")
    await notes.did("王书记: 绑定 3-2")
    residents = code_in(server.shows(WANG)[-1])
    phones.says(WANG, WANG, "绑定 云栖里 工作群")
    await notes.did("王书记: 绑定 云栖里 工作群")
    staff = code_in(server.shows(WANG)[-1])
    phones.says(ADMIN, RESIDENTS, f"/start@minqing_bot {residents}")
    await notes.did("孙群主 follows the first link; Telegram is asked whether he runs it; it is told what is kept")
    phones.lets_bot_in(WANG, STAFF)
    await notes.did("王书记 lets the bot into 云栖里工作群")
    phones.says(WANG, STAFF, f"/start {staff}")
    await notes.did("王书记 follows the second link there")
    phones.says(LIMIN, LIMIN, "绑定")
    await town.settle()
    phones.shares_contact(LIMIN, "8613800000001")
    await notes.did("李敏, grid worker: 绑定, and her number")
    phones.says(ZHANG, ZHANG, "/start")
    await notes.did("张女士 opens the private chat: she can be asked there later")

    report = phones.says(ZHANG, RESIDENTS, "3幢2单元大门的门禁坏了，刷卡没反应")
    await notes.did("张女士 reports: one card as a reply to her, one with buttons for the staff")
    card = last(town, STAFF)
    [ticket] = town.tickets()
    assert (ticket.status, ticket.number) == ("open", "阳光1")
    assert server.chats[RESIDENTS].messages[last(town, RESIDENTS)]["reply_to_message"]["message_id"] == report

    phones.presses(LIMIN, STAFF, card, "接单")
    await notes.did("李敏 presses 接单: the press is answered, both cards are edited")
    assert town.tickets()[0].status == "taken"
    phones.says(LIMIN, STAFF, "办结 换了读卡器", reply_to=card)
    await notes.did("李敏 replies to the card: 办结 换了读卡器. 张女士 is asked in private")
    assert town.tickets()[0].status == "done"

    phones.presses(ZHANG, ZHANG, last(town, ZHANG), "1 好了，满意")
    await notes.did("张女士 presses 1: rated and closed")
    [ticket] = town.tickets()
    assert (ticket.status, ticket.rating, ticket.result) == ("closed", 1, "换了读卡器")
    assert set(town.inbox()) == {"done"}
    return notes.text()


def last(town: Town, chat: int) -> int:
    return max(number for number, one in town.server.chats[chat].messages.items() if one["from"]["is_bot"])


def code_in(text: str) -> str:
    found = re.search(r"https://t\.me/minqing_bot\?startgroup=([A-Za-z0-9_-]{24})$", text)
    assert found is not None, text
    return found[1]


@pytest.mark.parametrize("mode", ["polling", "webhook"])
def test_from_report_to_rating(storage_url: str, reader: Reader, mode: str) -> None:
    async def go() -> str:
        async with running(storage_url, reader, mode=mode) as town:
            return await play(town)

    told = asyncio.run(go())
    if mode == "webhook":
        told = re.sub(r'setWebhook \{.*"http://127[^"]*".*\}', 'deleteWebhook {"drop_pending_updates": "false"}', told)
    elif os.environ.get("WRITE_JOURNAL"):
        journal.keep(told)
    assert told.strip() == journal.kept(), "the calls have changed: WRITE_JOURNAL=1 writes them anew"
