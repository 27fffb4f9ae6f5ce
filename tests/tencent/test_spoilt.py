"""Ten thousand spoilt callbacks at each door: never a 500, never a ticket, and nothing secret is said. Hypothesis
spoils them, so that a fault comes as the smallest call that shows it."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
import structlog
from aiohttp import ClientSession
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bot.console.logs import set_up_logging
from domain.running import Logging
from tests.tencent.caller import AES_KEY, TOKEN, CallbackSender, message, sealed
from tests.tencent.conftest import Play
from tests.tencent.far_end import ACCOUNT_SECRET, SECRET
from tests.tencent.robot import ROBOT_KEY, ROBOT_TOKEN, Group, robot_secrets, with_robot
from tests.tencent.spoiling import Fields, Knock, spoilt_inside, spoilt_outside
from tests.tencent.town import LIMIN, Town
from tests.tencent.wechat import MEI, Followers

SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
SECRETS = (SECRET, ACCOUNT_SECRET, TOKEN, AES_KEY, ROBOT_TOKEN, ROBOT_KEY, "RESPONSE-CODE", "response_code=", "token-1")
# Calls at once, and how often: outside the envelope and inside it.
AT_ONCE = 40
OUTSIDE, INSIDE = 150, 100
assert AT_ONCE * (OUTSIDE + INSIDE) == 10_000
REPORT = "云栖里3幢2单元大门的门禁坏了，刷卡没反应"


@dataclass(frozen=True, slots=True)
class Door:
    """Where to knock; one good report; and callbacks of all kinds that report nothing."""

    sender: CallbackSender
    report: str | dict[str, Any]
    others: list[Fields]


def _xml_callbacks(user: str, **more: Any) -> list[Fields]:
    every = {"ToUserName": "to", "FromUserName": user, "CreateTime": 1_778_203_805, "AgentID": 1000002, **more}
    said = [
        {"MsgType": "text", "Content": "早上好"},
        {"MsgType": "image", "PicUrl": "http://p.example/1", "MediaId": "m-1"},
        {"MsgType": "voice", "MediaId": "m-2", "Format": "amr", "Recognition": "谢谢大家"},
        {"MsgType": "video", "MediaId": "m-3", "ThumbMediaId": "m-4"},
        {"MsgType": "file", "MediaId": "m-5", "FileName": "a.pdf"},
        {"MsgType": "location", "Location_X": 23.1, "Location_Y": 113.3, "Scale": 15, "Label": "人民公园"},
        {"MsgType": "link", "Title": "天气", "Description": "晴", "Url": "https://e.example/"},
    ]
    card = {"Event": "template_card_event", "EventKey": "key=我的", "TaskId": "card-1", "ResponseCode": "RESPONSE-CODE"}
    consent = {"List": {"TemplateId": "template-1", "SubscribeStatusString": "accept", "PopupScene": 2}}
    events = [
        {"Event": "click", "EventKey": "我的"},
        {"Event": "subscribe", "EventKey": "qrscene_48217305"},
        {"Event": "SCAN", "EventKey": "48217305"},
        {"Event": "unsubscribe"},
        {"Event": "LOCATION", "Latitude": 23.1, "Longitude": 113.3, "Precision": 65},
        {**card, "SelectedItems": {"SelectedItem": {"QuestionKey": "q", "OptionIds": {"OptionId": ["a", "b"]}}}},
        {"Event": "subscribe_msg_popup_event", "SubscribeMsgPopupEvent": consent},
        {"Event": "subscribe_msg_change_event", "SubscribeMsgChangeEvent": consent},
    ]
    told = [{**every, **one, "MsgId": 9000 + place} for place, one in enumerate(said)]
    return told + [{**every, "MsgType": "event", **one} for one in events]


def app(town: Town) -> Door:
    return Door(town.app, message("text", LIMIN, 4242, Content=f"代报 {REPORT}"), _xml_callbacks(LIMIN))


def official(town: Town) -> Door:
    return Door(Followers.of(town).door, message("text", MEI, 4242, Content=REPORT), _xml_callbacks(MEI))


def robot(town: Town) -> Door:
    group = Group.of(town)
    image = {"msgtype": "image", "image": {"url": "https://p.example/1"}}
    text = {"msgtype": "text", "text": {"content": "@民情 早上好"}}
    press = {"card_type": "button_interaction", "event_key": "key=我的", "task_id": "card-1"}
    said: list[Fields] = [
        text,
        image,
        {"msgtype": "voice", "voice": {"content": "谢谢大家"}},
        {"msgtype": "file", "file": {"url": "https://p.example/2"}},
        {"msgtype": "mixed", "mixed": {"msg_item": [text, image]}},
        {**text, "quote": {"msgtype": "mixed", "mixed": {"msg_item": [text, image]}}},
        {"msgtype": "stream", "stream": {"id": "stream-1"}},
        {"msgtype": "event", "create_time": 1_778_203_805, "event": {"eventtype": "enter_chat"}},
        {"msgtype": "event", "event": {"eventtype": "template_card_event", "template_card_event": press}},
    ]
    report = group.callback(LIMIN, LIMIN, msgtype="text", text={"content": f"@民情 代报 {REPORT}"})
    return Door(group.door, report, [group.callback(LIMIN, **one) for one in said])


def knocking(town: Town, door: CallbackSender, said: io.StringIO, tickets: int) -> Callable[..., Any]:
    """Knock many times at once: what was answered, with all that came of it handled."""

    async def knock(session: ClientSession, one: Knock) -> int:
        async with session.post(door.url, data=one.body, params=one.query) as answer:
            return answer.status

    async def all_at_once(session: ClientSession, knocks: list[Knock]) -> list[int]:
        statuses = await asyncio.gather(*(knock(session, one) for one in knocks))
        await town.until(lambda: not town.inbox().get("new"), 20)
        assert len(town.tickets()) == tickets
        assert [line for line in said.getvalue().splitlines() if any(one in line for one in SECRETS)] == []
        said.seek(0)
        said.truncate()
        return statuses

    return all_at_once


def many(play: Play, said: io.StringIO, opens: Callable[[Town], Door], *, inside: bool) -> None:
    """The whole story: the good report first, which is one ticket, and then nothing but spoilt calls."""

    async def story(town: Town) -> None:
        door = opens(town)
        loop = asyncio.get_running_loop()
        good = door.report if isinstance(door.report, str) else json.dumps(door.report)
        there = sealed(good, door.sender.aes_key, door.sender.receiver)
        if not inside:
            assert (await door.sender.brings(there))[0] == 200
        await town.settle()
        kept = sum(town.inbox().values())
        at_once = knocking(town, door.sender, said, tickets=0 if inside else 1)
        knocks = spoilt_inside(door.sender, door.others) if inside else spoilt_outside(door.sender, there)
        seen = 0

        @settings(
            max_examples=INSIDE if inside else OUTSIDE,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(knocks, min_size=AT_ONCE, max_size=AT_ONCE))
        def check(some: list[Knock]) -> None:
            nonlocal seen, kept
            statuses = asyncio.run_coroutine_threadsafe(at_once(session, some), loop).result(60)
            seen += len(some)
            for status, one in zip(statuses, some, strict=True):
                assert status in ((403,) if not one.signed else (200,) if inside else (200, 403)), one
            # What left the ciphertext as it was is a repeat; what was changed in it and signed anew is something else.
            new = sum(one.what == "ciphertext" and status == 200 for status, one in zip(statuses, some, strict=True))
            assert inside or sum(town.inbox().values()) <= kept + new
            kept = sum(town.inbox().values())

        async with ClientSession() as session:
            await asyncio.to_thread(check)
        assert seen >= AT_ONCE * (INSIDE if inside else OUTSIDE)

    play(story, changed=with_robot, secrets=robot_secrets())


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Every log line, as the program writes them: structlog's own way prints local variables with a traceback."""
    lines = io.StringIO()
    set_up_logging(Logging(format="json"))
    # Loggers of modules stay as they are for the tests that follow.
    structlog.configure(cache_logger_on_first_use=False, logger_factory=structlog.PrintLoggerFactory(lines))
    handler = logging.StreamHandler(lines)
    logging.getLogger().addHandler(handler)
    yield lines
    logging.getLogger().removeHandler(handler)
    structlog.reset_defaults()


@SQLITE
@pytest.mark.parametrize("door", [app, official, robot])
def test_what_the_platform_did_not_make_leaves_nothing(
    play: Play, said: io.StringIO, door: Callable[[Town], Door]
) -> None:
    many(play, said, door, inside=False)


@SQLITE
@pytest.mark.parametrize("door", [app, official, robot])
def test_what_is_rightly_sealed_and_makes_no_sense_does_no_harm(
    play: Play, said: io.StringIO, door: Callable[[Town], Door]
) -> None:
    many(play, said, door, inside=True)
