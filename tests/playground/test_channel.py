"""The playground as a platform: what its server delivers, and what the bot's letters become there."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import insert

from bot.channels.playground import PlaygroundChannel
from cockpit.playground.news import first_news, news
from domain.errors import SendFailed
from domain.messages import Address, Button, Edited, Media, Mode, Pressed, Raw, Said, Spot
from storage.database import Database
from storage.outbox import Letter
from storage.playground import Member, private_chat
from storage.store import Store
from storage.tables import playground_posts

NOON = datetime(2026, 6, 9, 4, 0, tzinfo=UTC)
UNIT = "g:unit"
ZHANG = Member("u:zhang", "张女士", "resident", "3-2-501")
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


@pytest.fixture
def channel(database: Database) -> PlaygroundChannel:
    def furnish(store: Store) -> None:
        store.playground.add_room(UNIT, "3幢2单元邻居群", "residents", "unit", [ZHANG], 0)
        store.playground.add_room(private_chat(ZHANG.user_id), ZHANG.name, "private", members=[ZHANG], position=1)

    database.write(furnish)
    return PlaygroundChannel(database, lambda: NOON)


def say(database: Database, text: str, chat: str = UNIT, photo: bytes | None = None, **more: object) -> Raw:
    return database.write(
        lambda store: store.playground.say(chat, ZHANG.user_id, ZHANG.name, text, NOON, photo=photo, **more)  # type: ignore[arg-type]
    )


def letter(text: str, mode: Mode = "new", remotes: Sequence[str] = (), **more: object) -> Letter:
    values: dict[str, object] = {
        "id": 1,
        "to": Address("playground", UNIT),
        "text": text,
        "card": None,
        "mode": mode,
        "replies_to": None,
        "buttons": (),
        "media": (),
        "priority": 1,
        "silent": False,
        "attempts": 1,
        "remotes": tuple(remotes),
    }
    return Letter(**(values | more))  # type: ignore[arg-type]


def test_a_line_with_a_photo_a_place_and_a_quote_arrives_as_it_was_written(
    database: Database, channel: PlaygroundChannel
) -> None:
    first = say(database, "电梯又坏了")
    second = say(database, "就是这台", photo=PNG, replies_to=1, spot=Spot("东门", 30.1, 120.2), album="a")
    assert (first.key, second.key) == ("post:1", "post:2")
    [said] = channel.to_incoming(second)
    assert isinstance(said, Said)
    assert (said.id, said.text, said.replies_to, said.album) == ("2", "就是这台", "1", "a")
    assert said.spot == Spot("东门", 30.1, 120.2)
    assert (said.at, said.sender.user_id, said.sender.name) == (Address("playground", UNIT), "u:zhang", "张女士")
    assert (said.sent_at, said.private) == (NOON, False)
    [media] = said.media
    assert asyncio.run(channel.fetch(media)) == PNG


def test_an_edit_is_a_delivery_of_its_own_each_time(database: Database, channel: PlaygroundChannel) -> None:
    say(database, "三幢二单元")
    edits = [
        database.write(lambda store, text=text: store.playground.change(1, text, NOON + timedelta(minutes=1)))
        for text in ("3幢2单元", "3幢3单元")
    ]
    keys = {edit.key for edit in edits if edit is not None}
    assert len(keys) == 2
    assert edits[1] is not None
    [edited] = channel.to_incoming(edits[1])
    assert isinstance(edited, Edited)
    assert (edited.id, edited.text, edited.sent_at) == ("1", "3幢3单元", NOON + timedelta(minutes=1))
    assert database.read(lambda store: store.playground.change(99, "谁", NOON)) is None


def test_pressing_twice_is_two_presses_on_the_same_card(database: Database, channel: PlaygroundChannel) -> None:
    asyncio.run(channel.send(letter("卡片", buttons=(Button("接单", "接单 阳光1"),))))
    raws = [
        database.write(lambda store: store.playground.press(1, "接单 阳光1", ZHANG.user_id, ZHANG.name, NOON))
        for _ in range(2)
    ]
    assert len({raw.key for raw in raws if raw is not None}) == 2
    assert raws[0] is not None
    [pressed] = channel.to_incoming(raws[0])
    assert isinstance(pressed, Pressed)
    assert (pressed.command, pressed.on, pressed.sender.user_id) == ("接单 阳光1", "1", "u:zhang")


def test_what_is_said_in_the_private_chat_is_private(database: Database, channel: PlaygroundChannel) -> None:
    [said] = channel.to_incoming(say(database, "别在群里说", chat=private_chat(ZHANG.user_id)))
    assert said.private


def test_the_bots_card_is_written_quoted_and_edited(database: Database, channel: PlaygroundChannel) -> None:
    say(database, "电梯又坏了")
    buttons = (Button("接单", "接单 阳光1"), Button("转办", "转办 阳光1"))
    [remote] = asyncio.run(channel.send(letter("收到", "reply", replies_to="1", buttons=buttons)))
    seen = database.read(lambda store: store.playground.last_seq())
    assert asyncio.run(channel.send(letter("办好了", "edit", [remote]))) == [remote]
    [again] = database.read(lambda store: store.playground.posts_since(seen))
    assert (again.id, again.text, again.buttons, again.bot) == (int(remote), "办好了", (), True)
    assert again.replies_to == 1
    [followed] = asyncio.run(channel.send(letter("还有一句", "reply", [remote])))
    quoting = database.read(lambda store: store.playground.get(int(followed)))
    assert quoting is not None
    assert quoting.replies_to == int(remote)


def test_photos_travel_on_in_posts_of_their_own(database: Database, channel: PlaygroundChannel) -> None:
    for photo in (PNG, PNG + b"2"):
        say(database, "", photo=photo)
    media = (Media("photo", "post:1"), Media("photo", "post:2"), Media("photo", "elsewhere"))
    remotes = asyncio.run(channel.send(letter("卡片", media=media)))
    photos = [database.read(lambda store, one=one: store.playground.photo(int(one))) for one in remotes]
    for number in (10**20, -(10**20), 0):
        assert database.read(lambda store, one=number: store.playground.photo(one)) is None
    assert photos == [PNG, PNG + b"2"]


@pytest.mark.parametrize("lost", [letter("谁在", to=Address("playground", "nowhere")), letter("改", "edit", ["99"])])
def test_what_cannot_be_delivered_is_said_at_once(channel: PlaygroundChannel, lost: Letter) -> None:
    with pytest.raises(SendFailed) as failed:
        asyncio.run(channel.send(lost))
    assert failed.value.permanent


def test_a_page_asks_only_for_what_it_has_not_seen(database: Database, channel: PlaygroundChannel) -> None:
    say(database, "一")
    say(database, "二")
    seen = database.read(lambda store: store.playground.last_seq())
    assert database.read(lambda store: store.playground.posts_since(seen)) == []
    say(database, "三")
    database.write(lambda store: store.playground.edit(1, "一一", NOON))
    news = database.read(lambda store: store.playground.posts_since(seen))
    assert [(post.id, post.text) for post in news] == [(3, "三"), (1, "一一")]


def test_rooms_keep_their_order_and_learn_new_members(database: Database, channel: PlaygroundChannel) -> None:
    liu = Member("u:liu", "老刘")
    database.write(lambda store: store.playground.add_room(UNIT, "邻居群", "residents", "unit", [ZHANG, liu], 0))
    rooms = database.read(lambda store: store.playground.rooms())
    assert [(room.title, len(room.members)) for room in rooms] == [("邻居群", 2), ("张女士", 1)]


def test_an_update_of_no_known_kind_is_refused(channel: PlaygroundChannel) -> None:
    raw = Raw(
        "playground",
        "x",
        UNIT,
        b'{"kind":"danced","id":"1","user":"u","name":"n","private":false,"at":"2026-06-09T04:00:00+00:00"}',
        NOON,
    )
    with pytest.raises(ValueError, match="danced"):
        channel.to_incoming(raw)


@pytest.mark.parametrize("text", ['"引号"\\反斜杠', "一\n二\r\n三", "👍🏽 \u202e反", "</script>{}%s", "𠮷野家", " "])
def test_whatever_is_written_arrives_unchanged(database: Database, channel: PlaygroundChannel, text: str) -> None:
    [said] = channel.to_incoming(say(database, text))
    assert isinstance(said, Said)
    assert said.text == text


def test_a_page_that_is_opened_late_begins_with_the_latest(database: Database, channel: PlaygroundChannel) -> None:
    say(database, "第一句")
    database.write(lambda store: [store.playground.say(UNIT, "u:liu", "老刘", f"{n}", NOON) for n in range(1, 31)])
    database.write(lambda store: store.playground.change(1, "第一句，改过", NOON))
    latest = database.read(lambda store: store.playground.latest(5))
    assert [post.text for post in latest] == ["27", "28", "29", "30", "第一句，改过"]
    found = database.read(first_news)
    assert found.seq == database.read(lambda store: store.playground.last_seq()) and len(found.posts) == 31
    # From there on it misses nothing.
    say(database, "后来的一句")
    assert [post.text for post in database.read(lambda store: news(store, found.seq, {})).posts] == ["后来的一句"]


def test_of_a_long_time_the_latest_is_shown(database: Database, channel: PlaygroundChannel) -> None:
    def many(store: Store) -> None:
        row = {"chat": UNIT, "user_id": "u:liu", "name": "老刘", "bot": False, "at": NOON}
        store.connection.execute(insert(playground_posts), [{"seq": n, "text": f"{n}", **row} for n in range(1, 5_011)])

    database.write(many)
    found = database.read(first_news)
    assert (found.posts[0].text, found.posts[-1].text, found.seq) == ("11", "5010", 5010)
