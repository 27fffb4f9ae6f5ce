"""The channels on their stages: each with a far end of its own, told what to do wrong, asked what stands there.

A new channel: write a Stage (below are some of three lines), put captured payloads into tests/payloads/<name>/ with one
called text.* that says 路灯坏了, and add one line to CASES. tests/channels/test_contract.py does the rest.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias

from aiohttp import web

from bot.channel import Channel
from bot.channels.official_account import deliveries as official
from bot.channels.official_account import quota
from bot.channels.official_account.channel import OfficialAccountChannel
from bot.channels.playground import PlaygroundChannel
from bot.channels.replay import ReplayChannel
from bot.channels.ring.channel import RingChannel
from bot.channels.telegram_bot import deliveries as telegram
from bot.channels.telegram_bot.acquaintance import meet
from bot.channels.telegram_bot.channel import TelegramChannel
from bot.channels.wecom_aibot import deliveries as wecom_aibot
from bot.channels.wecom_aibot.answers import keep as keep_answer
from bot.channels.wecom_aibot.answers import use as use_answers
from bot.channels.wecom_aibot.channel import WecomAibotChannel
from bot.channels.wecom_app import deliveries as wecom_app
from bot.channels.wecom_app.channel import WecomAppChannel
from bot.channels.wecom_appchat import WecomAppchatChannel
from bot.channels.wecom_broadcast.channel import WecomBroadcastChannel
from bot.channels.wecom_report import deliveries as wecom_report
from bot.channels.wecom_report.channel import WecomReportChannel
from bot.channels.wecom_webhook import WecomWebhookChannel, keep_key
from bot.credentials import Secrets
from domain.listening import Line
from domain.messages import Address, Media, Raw
from domain.ring import Ring
from domain.settings import Settings, Telegram, Web
from domain.wechat import OfficialAccount
from domain.wecom import Wecom, WecomApp
from storage.database import Database
from storage.playground import Member
from storage.store import Store
from tests.telegram.fake_server import SECRET as TELEGRAM_SECRET
from tests.telegram.fake_server import TOKEN as TELEGRAM_TOKEN
from tests.telegram.fake_server import FakeServer
from tests.telegram.wire import Chat, Fault
from tests.tencent.caller import AES_KEY, TOKEN
from tests.tencent.far_end import ACCOUNT, ACCOUNT_SECRET, CORP, SECRET, Call, FarEnd

NOW = datetime(2026, 5, 8, 2, 0, tzinfo=UTC)
PAYLOADS = Path(__file__).resolve().parents[1] / "payloads"
_PHOTO_LINK = re.compile(r"\n（照片：(https://\S+)）$")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 40


@dataclass
class Stage:
    """A channel at work. `shown` tells the texts that stand in `room`, oldest first; `pressable` the labels that can be
    pressed under the last; `pictures` how many pictures stand there. `photo` is one that this channel may be asked to
    show. `refuses` makes the next call meet an error: "gone" (for good), "busy", "wait" (told how long), "silence"."""

    channel: Channel
    room: Address
    shown: Callable[[], list[str]]
    pressable: Callable[[], list[str]]
    pictures: Callable[[], int]
    photo: Media
    refuses: dict[str, Callable[[], None]]
    # Lets one call through before what `refuses` puts into the way; None where no letter takes two calls.
    passes: Callable[[], None] | None = None
    # Addresses under which what cannot be shown there can be looked at; None where nobody could open one.
    links: Callable[[], list[str]] | None = None


Opened: TypeAlias = Callable[[Database], AbstractAsyncContextManager[Stage]]


@dataclass(frozen=True)
class Case:
    """`raw` makes of a payload what the channel's door makes of it; None for a channel that hears nothing. `long`: of
    a long text all is said; or its beginning (a telephone call); or it is refused (a task is one message)."""

    name: str
    opened: Opened
    raw: Callable[[bytes], Raw] | None
    long: Literal["whole", "beginning", "refused"] = "whole"

    @property
    def payloads(self) -> list[Path]:
        return sorted((PAYLOADS / self.name).glob("*.*"))


SETTINGS = replace(Settings(), wecom=Wecom(corp_id=CORP, http_seconds=1.0, app=WecomApp(on=True, agent_id=1000002)))
SECRETS = Secrets(wecom_app_secret=SECRET, wecom_app_token=TOKEN, wecom_app_aes_key=AES_KEY)


def at(far: FarEnd) -> Settings:
    """The settings with this far end in the place of WeCom."""
    return replace(SETTINGS, wecom=replace(SETTINGS.wecom, api=far.address))


def keeps_photo(database: Database, ref: str = "photo-1", content: bytes = PNG) -> Media:
    """A photo that somebody sent and that was fetched."""

    def work(store: Store) -> None:
        account = store.people.account("playground", "u:zhang", "张女士", NOW)
        line = store.lines.add(
            Line(0, 0, account.id, "张女士", "resident", "", NOW, photo=True),
            account=account.id,
            group=None,
            district=None,
            community=None,
            channel="playground",
            chat="g:unit",
            remote="1",
        )
        store.media.want(line, "playground", [Media("photo", ref)])
        [wanted] = store.media.wanted(1, NOW, ["playground"])
        store.media.fetched(wanted.id, content)

    database.write(work)
    return Media("photo", ref)


def _now() -> datetime:
    return NOW


# telegram


@asynccontextmanager
async def on_telegram(database: Database) -> AsyncIterator[Stage]:
    server = FakeServer()
    await server.start()
    group = -1001000000501
    server.chats[group] = Chat(group, "supergroup", "3幢2单元邻居群", {})
    settings = replace(Settings(), telegram=Telegram(on=True, api=server.address, http_seconds=1.0))
    channel = TelegramChannel(database, settings, _now, TELEGRAM_TOKEN, TELEGRAM_SECRET)
    # As when it has begun to listen: before that nobody knows whose word a refusal is.
    database.write(lambda store: meet(store, int(TELEGRAM_TOKEN.partition(":")[0]), _now()) and None)
    faults = server.faults["sendMessage"]
    server.faults["sendPhoto"] = server.faults["sendMediaGroup"] = faults

    def gone() -> None:
        server.chats[group].kicked = True

    def pressable() -> list[str]:
        last = [one for one in server.chats[group].messages.values() if "text" in one][-1]
        rows = last.get("reply_markup", {}).get("inline_keyboard", [])
        return [button["text"] for row in rows for button in row]

    try:
        yield Stage(
            channel,
            Address("telegram", str(group)),
            lambda: server.shows(group),
            pressable,
            lambda: sum("photo" in one for one in server.chats[group].messages.values()),
            Media("photo", "AgAC-1"),
            {
                "gone": gone,
                "busy": lambda: faults.append(Fault(502)),
                "wait": lambda: faults.append(Fault(429, retry_after=7)),
                "silence": lambda: faults.append(Fault(hang=True)),
            },
            lambda: faults.append(None),
        )
    finally:
        await channel.close()
        await server.stop()


# the duty telephone


@asynccontextmanager
async def on_ring(database: Database) -> AsyncIterator[Stage]:
    said: list[str] = []
    answers: deque[Callable[[], Awaitable[web.Response]]] = deque()

    async def serve(request: web.Request) -> web.Response:
        if answers:
            return await answers.popleft()()
        said.append((await request.json())["text"])
        return web.Response(text="ok")

    def meets(status: int, seconds: float = 0.0, **headers: str) -> Callable[[], None]:
        async def answer() -> web.Response:
            await asyncio.sleep(seconds)
            return web.Response(status=status, headers=headers)

        return lambda: answers.append(answer)

    app = web.Application()
    app.router.add_post("/call", serve)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = "http://{}:{}/call".format(*runner.addresses[0][:2])
    ring = Ring(url=url, body='{"to": "{phone}", "text": "{text}"}', tries=1, timeout_seconds=1.0)

    def staff(store: Store) -> int:
        return store.people.add(store.areas.add(None, "district", "q", "青澜区").id, "王建国", NOW, "13800000002")

    channel = RingChannel(database, replace(Settings(), ring=ring), None)
    try:
        yield Stage(
            channel,
            Address("ring", f"person:{database.write(staff)}"),
            lambda: list(said),
            list,
            lambda: 0,
            Media("photo", "x"),
            {
                "busy": meets(503),
                "wait": meets(429, **{"Retry-After": "7"}),
                "silence": meets(200, 2.0),
                "gone": meets(404),
            },
        )
    finally:
        await channel.close()
        await runner.cleanup()


# the platforms of our own


@asynccontextmanager
async def on_playground(database: Database) -> AsyncIterator[Stage]:
    room = "g:unit"
    zhang = Member("u:zhang", "张女士", "resident", "3-2-501")

    def furnish(store: Store) -> Media:
        store.playground.add_room(room, "3幢2单元邻居群", "residents", "unit", [zhang], 0)
        store.playground.say(room, zhang.user_id, zhang.name, "", NOW, photo=PNG)
        return Media("photo", "post:1")

    photo = database.write(furnish)

    def posts() -> list[Any]:
        return [one for one in database.read(lambda store: store.playground.of_room(room)) if one.bot]

    channel = PlaygroundChannel(database, _now)
    yield Stage(
        channel,
        Address("playground", room),
        lambda: [one.text for one in posts() if one.text],
        lambda: [button.label for button in posts()[-1].buttons],
        lambda: sum(bool(one.photo) for one in posts()),
        photo,
        {},
    )
    await channel.close()


@asynccontextmanager
async def on_replay(database: Database) -> AsyncIterator[Stage]:
    """What it says is only written down: the newest wording of each line stands."""
    channel = ReplayChannel()

    def shown() -> list[str]:
        stands: list[str] = []
        for spoken in channel.spoken:
            if spoken.edit:
                stands.pop()
            stands.append(spoken.text)
        return stands

    # The words are all that is kept: buttons are taken as pressable, pictures as shown.
    yield Stage(channel, Address("replay", "unit"), shown, lambda: ["接单", "转办"], lambda: 1, Media("photo", "x"), {})


# WeCom


def _faults(far: FarEnd, path: str) -> dict[str, Callable[[], None]]:
    return {
        "busy": lambda: far.fault(path, errcode=-1, errmsg="system busy"),
        "wait": lambda: far.fault(path, errcode=45009, errmsg="api freq out of limit"),
        "silence": lambda: far.fault(path, seconds=2.0),
    }


@asynccontextmanager
async def on_wecom_app(database: Database) -> AsyncIterator[Stage]:
    far = FarEnd()
    await far.start()
    far.members.add("limin")

    def whole(one: dict[str, Any]) -> str:
        if "content" in one:
            return str(one["content"])
        return "\n".join(part for part in (one["main_title"]["title"], one.get("sub_title_text", "")) if part)

    stands = far.stands["limin"]
    yield Stage(
        WecomAppChannel(database, at(far), _now, SECRETS),
        Address("wecom_app", "limin"),
        lambda: [whole(one) for one in stands if "media_id" not in one],
        lambda: [button["text"] for button in stands[-1].get("button_list", ())],
        lambda: sum("media_id" in one for one in stands),
        keeps_photo(database),
        {"gone": far.members.clear} | _faults(far, "message/send"),
        lambda: far.faults["message/send"].append(None),
    )
    await far.stop()


@asynccontextmanager
async def on_wecom_webhook(database: Database) -> AsyncIterator[Stage]:
    far = FarEnd()
    await far.start()
    far.robots.add("693a91f6-7a0c-4bc4-97a0-0ec2sifa5aaa")
    chat = database.write(lambda store: keep_key(store, *far.robots))

    def shown() -> list[str]:
        return [
            one[kind]["content"] for one in far.to("webhook/send") if (kind := one["msgtype"]) in ("text", "markdown")
        ]

    yield Stage(
        WecomWebhookChannel(database, at(far), _now),
        Address("wecom_webhook", chat),
        shown,
        list,
        lambda: sum(one["msgtype"] == "image" for one in far.to("webhook/send")),
        keeps_photo(database),
        {"gone": far.robots.clear} | _faults(far, "webhook/send"),
        lambda: far.faults["webhook/send"].append(None),
    )
    await far.stop()


@asynccontextmanager
async def on_wecom_appchat(database: Database) -> AsyncIterator[Stage]:
    far = FarEnd()
    await far.start()
    far.chats["staff-1"] = {}
    yield Stage(
        WecomAppchatChannel(database, at(far), _now, SECRETS),
        Address("wecom_appchat", "staff-1"),
        lambda: [one["text"]["content"] for one in far.to("appchat/send") if one["msgtype"] == "text"],
        list,
        lambda: sum(one["msgtype"] == "image" for one in far.to("appchat/send")),
        keeps_photo(database),
        {"gone": far.chats.clear} | _faults(far, "appchat/send"),
        lambda: far.faults["appchat/send"].append(None),
    )
    await far.stop()


@asynccontextmanager
async def on_wecom_report(database: Database) -> AsyncIterator[Stage]:
    """Only read: whatever is to be said there is refused for good."""
    far = FarEnd()
    await far.start()
    room = Address("wecom_report", "resident:grid-3-2")
    channel = WecomReportChannel(database, at(far), _now, SECRET)
    yield Stage(channel, room, list, list, lambda: 0, Media("photo", "x"), {"gone": lambda: None})
    await far.stop()


@asynccontextmanager
async def on_wecom_broadcast(database: Database) -> AsyncIterator[Stage]:
    """What stands are tasks: they wait for their owner."""
    far = FarEnd()
    await far.start()
    path = "externalcontact/add_msg_template"
    far.serve(path, lambda call: {"msgid": f"msg-{len(far.to(path))}"})
    yield Stage(
        WecomBroadcastChannel(database, at(far), _now, SECRET),
        Address("wecom_broadcast", "limin"),
        lambda: [one["text"]["content"] for one in far.to(path)],
        list,
        lambda: 0,
        Media("photo", "x"),
        {"gone": lambda: far.fault(path, errcode=84061, errmsg="no customer")} | _faults(far, path),
    )
    await far.stop()


@asynccontextmanager
async def on_official_account(database: Database) -> AsyncIterator[Stage]:
    """A follower who has just written: five messages may be sent."""
    far = FarEnd()
    await far.start()
    path, user = "message/custom/send", "oMei-openid-0000000000000001"
    far.serve(path, lambda call: {})
    account = OfficialAccount(on=True, app_id=ACCOUNT, api=far.address, http_seconds=1.0)
    secrets = Secrets(wechat_secret=ACCOUNT_SECRET, wechat_token=TOKEN, wechat_aes_key=AES_KEY)
    database.write(lambda store: quota.grant(store, user, quota.Grant.message(NOW), NOW))
    yield Stage(
        OfficialAccountChannel(database, replace(Settings(), official_account=account), _now, secrets),
        Address("official_account", user),
        lambda: [one["text"]["content"] for one in far.to(path) if one["msgtype"] == "text"],
        list,
        lambda: sum(one["msgtype"] == "image" for one in far.to(path)),
        keeps_photo(database),
        {"gone": lambda: far.fault(path, errcode=40003, errmsg="invalid openid")} | _faults(far, path),
        lambda: far.faults[path].append(None),
    )
    await far.stop()


@asynccontextmanager
async def on_wecom_aibot(database: Database) -> AsyncIterator[Stage]:
    """A group in which somebody has named the robot often enough. Signs that markdown would take for its own are
    written wide; people read them as they were meant."""
    far, chat = FarEnd(), "wrkSFfCgAAxxxxxxxx"
    await far.start()
    sent: list[dict[str, Any]] = []

    def take(call: Call) -> dict[str, Any]:
        sent.append(call.data)
        return {}

    def whole(one: dict[str, Any]) -> str:
        if one["msgtype"] == "markdown":
            return str(one["markdown"]["content"]).translate(str.maketrans("＜＞［］＊＿｀＃", "<>[]*_`#"))
        told = one["template_card"]
        return "\n".join(part for part in (told["main_title"]["title"], told.get("sub_title_text", "")) if part)

    far.serve("aibot/response", take)
    for number in range(20):
        url = f"https://qyapi.weixin.qq.com/cgi-bin/aibot/response?response_code=R{number}"
        database.write(lambda store, url=url: keep_answer(store, chat, url, NOW))
    secrets = replace(SECRETS, wecom_aibot_token=TOKEN, wecom_aibot_aes_key=AES_KEY)
    settings = replace(at(far), web=Web(public_url="https://minqing.example"))
    yield Stage(
        WecomAibotChannel(database, settings, _now, secrets),
        Address("wecom_aibot", chat),
        lambda: [_PHOTO_LINK.sub("", whole(one)) for one in sent],
        lambda: [button["text"] for button in sent[-1]["template_card"]["button_list"]],
        lambda: 0,
        keeps_photo(database),
        {"gone": lambda: database.write(lambda store: use_answers(store, chat, 99, NOW) and None)}
        | _faults(far, "aibot/response"),
        lambda: far.faults["aibot/response"].append(None),
        lambda: [link for one in sent for link in _PHOTO_LINK.findall(whole(one))],
    )
    await far.stop()


def _order(body: bytes) -> Raw:
    made = wecom_report.raw_of("resident", json.loads(body), NOW)
    assert made is not None
    return made


CASES: tuple[Case, ...] = (
    Case("telegram", on_telegram, lambda body: telegram.raw_of(json.loads(body), 4242, NOW, 1.5)),
    Case("playground", on_playground, lambda body: Raw("playground", "post:1", "g:unit", body, NOW)),
    Case("replay", on_replay, lambda body: Raw("replay", "1", "unit", body, NOW)),
    Case("ring", on_ring, None, long="beginning"),
    Case("wecom_app", on_wecom_app, lambda body: wecom_app.delivered(body, CORP, NOW).raw),
    Case("wecom_webhook", on_wecom_webhook, None),
    Case("wecom_appchat", on_wecom_appchat, None),
    Case("wecom_report", on_wecom_report, _order),
    Case(
        "wecom_broadcast",
        on_wecom_broadcast,
        lambda body: Raw("wecom_broadcast", "msg-1:2:0:3", "limin", body, NOW),
        long="refused",
    ),
    Case("official_account", on_official_account, lambda body: official.raw_of(body, ACCOUNT, NOW), long="beginning"),
    Case("wecom_aibot", on_wecom_aibot, lambda body: wecom_aibot.raw_of(body, NOW), long="beginning"),
)
