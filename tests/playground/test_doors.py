"""The playground acts as other platforms: what a group there hears and sees. Also in a browser."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from bot.channels.playground import PlaygroundChannel
from bot.sender import fit
from bot.surfaces import BUSY, playable, surfaces
from domain.errors import SendFailed
from domain.messages import Address, Button
from storage.database import Database
from storage.outbox import Letter
from storage.playground import Member, Post, private_chat
from storage.store import Store
from tests.playground.screen import Screen

NOON = datetime(2026, 6, 9, 4, 0, tzinfo=UTC)
ZHANG = Member("u:zhang", "张女士", "resident", "3-2-501")
UNIT, STAFF, PRIVATE = "g:unit", "g:staff", private_chat(ZHANG.user_id)
LAMP = "3幢2单元三楼的灯不亮了"


@pytest.fixture
def channel(database: Database) -> PlaygroundChannel:
    def furnish(store: Store) -> None:
        store.playground.add_room(UNIT, "3幢2单元邻居群", "residents", "unit", [ZHANG], 0)
        store.playground.add_room(STAFF, "阳光社区工作群", "staff", "community", [ZHANG], 1)
        store.playground.add_room(PRIVATE, ZHANG.name, "private", members=[ZHANG], position=2)

    database.write(furnish)
    return PlaygroundChannel(database, lambda: NOON)


def says(channel: PlaygroundChannel, text: str, chat: str = UNIT, **more: object) -> list[str]:
    """As the sender does."""
    return asyncio.run(channel.send(letter(text, chat, channel, **more)))


def letter(text: str, chat: str, channel: PlaygroundChannel, **more: object) -> Letter:
    values: dict[str, object] = {
        "id": 1,
        "to": Address("playground", chat),
        "text": text,
        "card": None,
        "mode": "new",
        "replies_to": None,
        "buttons": (),
        "media": (),
        "priority": 1,
        "silent": False,
        "attempts": 1,
    }
    fitting = fit(Letter(**(values | more)), channel)  # type: ignore[arg-type]
    assert fitting is not None
    return fitting


def posts(database: Database, chat: str = UNIT) -> list[Post]:
    return [one for one in database.read(lambda store: store.playground.of_room(chat)) if one.bot]


def test_as_a_group_robot_it_prints_commands_and_says_anew(database: Database, channel: PlaygroundChannel) -> None:
    channel.act_as(surfaces()["wecom_webhook"])
    first = says(channel, "阳光1\n等人接", STAFF, buttons=(Button("接单", "接单 阳光1"),))
    says(channel, "阳光1\n李敏在办", STAFF, mode="edit", remotes=tuple(first))
    assert [one.text for one in posts(database, STAFF)] == ["阳光1\n等人接\n接单：接单 阳光1", "阳光1\n李敏在办"]
    assert not any(one.buttons for one in posts(database, STAFF))
    with pytest.raises(SendFailed):
        says(channel, "您好", UNIT)


def test_long_words_are_cut_in_bytes_and_buttons_stand_under_the_last(
    database: Database, channel: PlaygroundChannel
) -> None:
    channel.act_as(surfaces()["wecom_app"])
    says(channel, "水" * 1500, PRIVATE, buttons=(Button("接单", "接单 阳光1"),))
    shown = posts(database, PRIVATE)
    assert len(shown) == 3 and "".join(one.text for one in shown) == "水" * 1500
    assert [bool(one.buttons) for one in shown] == [False, False, True]


def test_nobody_is_written_to_before_he_has_written(database: Database, channel: PlaygroundChannel) -> None:
    channel.act_as(surfaces()["official_account"])
    with pytest.raises(SendFailed):
        says(channel, "您好", PRIVATE)
    database.write(lambda store: store.playground.say(PRIVATE, ZHANG.user_id, ZHANG.name, "在吗", NOON))
    says(channel, "在的", PRIVATE)
    assert [one.text for one in posts(database, PRIVATE)] == ["在的"]


def test_what_must_be_confirmed_says_that_it_waits(database: Database, channel: PlaygroundChannel) -> None:
    channel.act_as(surfaces()["wecom_broadcast"])
    says(channel, "周六停水")
    assert [one.text for one in posts(database)] == ["（等群主点确认，还没发到群里）\n周六停水"]
    channel.act_as(None)
    says(channel, "周六停水")
    assert posts(database)[-1].text == "周六停水"


def test_as_the_robot_it_answers_once_for_each_time_it_is_named(database: Database, channel: PlaygroundChannel) -> None:
    channel.act_as(surfaces()["wecom_aibot"])

    def names_it() -> None:
        raw = database.write(lambda store: store.playground.say(STAFF, ZHANG.user_id, ZHANG.name, "@民情 在吗", NOON))
        assert raw is not None
        asyncio.run(channel.begin(raw))

    def waits(text: str) -> None:
        with pytest.raises(SendFailed, match="waits until"):
            says(channel, text, STAFF)

    waits("早上的名单")
    names_it()
    says(channel, "在的", STAFF)
    waits("还有一句")
    names_it()
    says(channel, "又在了", STAFF)
    assert [one.text for one in posts(database, STAFF)] == ["在的", "又在了"]
    channel.act_as(None)
    says(channel, "随便说", STAFF)


def test_as_the_busy_robot_an_answer_is_begun_and_grows(database: Database, channel: PlaygroundChannel) -> None:
    channel.act_as(playable()[BUSY])

    async def story() -> list[str]:
        raw = database.write(lambda store: store.playground.say(STAFF, ZHANG.user_id, ZHANG.name, "@民情 今日", NOON))
        assert raw is not None
        seen = []

        def looks() -> None:
            seen.extend(one.text for one in posts(database, STAFF))

        await channel.begin(raw)
        looks()
        database.write(lambda store: store.inbox.receive([raw]))
        card = letter("阳光1 公共维修", STAFF, channel, buttons=(Button("接单", "接单 阳光1"),))
        both = [asyncio.create_task(channel.send(one)) for one in (card, letter("另一句", STAFF, channel))]
        assert await both[0] == await both[1], "it is all one message"
        looks()
        database.write(lambda store: store.inbox.done([one.id for one in store.inbox.waiting(10, NOON)], NOON))
        await asyncio.sleep(2.5)
        # It has ended: what comes now waits until it is named again.
        with pytest.raises(SendFailed, match="waits until"):
            await channel.send(letter("后来的话", STAFF, channel))
        looks()
        await channel.close()
        return seen

    whole = "阳光1 公共维修\n接单：@民情 接单 阳光1\n\n另一句"
    assert asyncio.run(story()) == ["稍等，正在看。", whole, whole]


def test_a_begun_answer_of_which_nothing_comes_says_that_it_was_seen(
    database: Database, channel: PlaygroundChannel
) -> None:
    channel.act_as(playable()[BUSY])

    async def story() -> None:
        raw = database.write(lambda store: store.playground.say(STAFF, ZHANG.user_id, ZHANG.name, "@民情 早", NOON))
        assert raw is not None
        await channel.begin(raw)
        await asyncio.sleep(2.5)
        await channel.close()

    asyncio.run(story())
    assert [one.text for one in posts(database, STAFF)] == ["看到了。"]


@pytest.mark.browser
def test_in_a_staff_group_the_busy_robots_answer_grows(screen: Screen) -> None:
    page = screen.page
    page.locator("select[data-act=door]").select_option(BUSY)
    expect(page.locator(".door p")).to_contain_text("先回一句“稍等”")
    screen.be("李敏")
    screen.write("staff", "今天大家辛苦了")
    expect(screen.sees("staff", "今天大家辛苦了")).to_contain_text("它听不到这句话")
    screen.write("staff", f"@民情 代报 {LAMP}")
    begun = screen.sees("staff", "稍等，正在看。")
    post = begun.get_attribute("data-id")
    grown = screen.window("staff").locator(f'.post[data-id="{post}"]')
    expect(grown).to_contain_text("三楼的灯不亮")
    expect(grown).to_contain_text("：@民情 ")
    expect(grown.locator(".press")).to_have_count(0)
    expect(screen.window("staff").get_by_text("稍等，正在看。")).to_have_count(0)
    page.locator("select[data-act=door]").select_option("playground")
    assert screen.wrong == []


@pytest.mark.browser
def test_in_a_staff_group_the_robot_says_the_rest_when_it_is_named_again(screen: Screen) -> None:
    page = screen.page
    page.locator("select[data-act=door]").select_option("wecom_aibot")
    expect(page.locator(".door p")).to_contain_text("叫它一次只能答一回")
    screen.be("李敏")
    said = screen.window("staff").locator(".post.bot")
    before = said.count()
    screen.write("staff", "@民情 代报 5幢1单元的单元门关不上了")
    expect(said).to_have_count(before + 1)
    screen.write("staff", "@民情 帮助")
    screen.card("staff", "单元门关不上", "接单")
    page.locator("select[data-act=door]").select_option("playground")
    assert screen.wrong == []


@pytest.mark.browser
def test_somebody_tries_the_doors_before_choosing_one(screen: Screen) -> None:
    page = screen.page
    chooser = page.locator("select[data-act=door]")
    expect(chooser).to_have_value("playground")
    expect(page.locator(".door p")).to_have_count(0)

    chooser.select_option("wecom_app")
    expect(page.locator(".door p")).to_contain_text("只在私聊里用")
    expect(page.locator(".door p")).to_contain_text("一条最多2048字节")
    screen.be("张女士")
    screen.write("unit", LAMP)
    expect(screen.sees("unit", LAMP)).to_contain_text("它听不到这句话")

    # In private the worker hands it in, pasted as it was said.
    screen.be("李敏")
    paste = f"王芳 上午9:02\n{LAMP}\n老陈 上午9:03\n+1"
    area = screen.window("private").get_by_role("textbox")
    area.fill(paste)
    area.press("Enter")
    screen.press("private", "看出1件事", "登记")
    expect(screen.sees("private", "可以贴回群里")).to_contain_text("王芳，您说的")

    chooser.select_option("playground")
    expect(page.locator(".door p")).to_have_count(0)
    screen.be("小钱")
    screen.write("unit", "3幢2单元楼道的窗玻璃碎了，有人来看看吗")
    expect(screen.sees("unit", "窗玻璃碎了")).not_to_contain_text("它听不到这句话")
    assert screen.wrong == []


@pytest.mark.browser
def test_in_english_too(screen: Screen) -> None:
    page = screen.page
    page.goto(page.url.split("?")[0] + "?lang=en")
    page.locator("select[data-act=door]").select_option("telegram")
    expect(page.locator(".door p")).to_contain_text("Works in groups and in private; hears every line")
    page.locator("select[data-act=door]").select_option("playground")
    expect(page.locator(".door p")).to_have_count(0)
