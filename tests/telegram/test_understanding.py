"""Each kind of update, as Telegram writes it (tests/payloads/telegram), and what it means to us."""

from __future__ import annotations

import json
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.telegram_bot.deliveries import raw_of, start_code
from bot.channels.telegram_bot.updates import understand
from domain.messages import (
    Address,
    Edited,
    Forwarded,
    Incoming,
    Joined,
    Left,
    Media,
    Migrated,
    Pressed,
    Reacted,
    Said,
    Sender,
    SharedContact,
    Spot,
)

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads" / "telegram"
NOW = datetime(2026, 5, 8, 2, 0, tzinfo=UTC)
GROUP = Address("telegram", "-1001234567890")
ZHANG = Sender("5012345678", "Wei Zhang")


def at(seconds: int) -> datetime:
    return datetime.fromtimestamp(1778204205 + seconds, UTC)


def said(number: int, seconds: int, **what: Any) -> Said:
    return Said(**{"at": GROUP, "id": str(number), "sender": ZHANG, "sent_at": at(seconds)} | what)


def event(update: int, seconds: int, **what: Any) -> dict[str, Any]:
    return {"at": GROUP, "id": f"update:{update}", "sender": ZHANG, "sent_at": at(seconds)} | what


MEANS: dict[str, list[Incoming]] = {
    "text": [said(412, 0, text="3幢2单元的路灯坏了 @minqing_bot")],
    "reply": [said(413, 10, text="还没修", replies_to="412")],
    "topic": [said(414, 15, text="楼道灯不亮", at=Address("telegram", GROUP.chat, "11"))],
    "album_part": [said(415, 25, text="墙皮掉了", media=(Media("photo", "AgACAgUAAxkBAAIB-large"),), album="13789901")],
    "voice": [said(416, 35, media=(Media("voice", "AwACAgUAAx-voice"),))],
    "venue": [said(417, 45, spot=Spot("云栖里南门", 30.001, 120.582))],
    "live_place_moves": [],
    "edited": [Edited(at=GROUP, id="412", sender=ZHANG, sent_at=at(100), text="3幢1单元的路灯坏了")],
    "pressed": [Pressed(at=GROUP, id="21530", sender=ZHANG, sent_at=NOW, mark="aaaaaaaaaaaa=接单 阳光1", on="420")],
    "pressed_long_ago": [Pressed(at=GROUP, id="21531", sender=ZHANG, sent_at=NOW, mark="x", on="21")],
    "reaction": [Reacted(**event(83011, 115), on="412", emoji="👌")],
    "reaction_taken_away": [Reacted(**event(83012, 116), on="412", emoji="")],
    "reaction_of_a_hidden_admin": [],
    "hidden_admin": [said(421, 125, text="大家好", sender=Sender(f"chat:{GROUP.chat}", "3幢2单元邻居群", admin=False))],
    "channel_post_passed_on": [
        said(422, 135, text="明天停水", sender=Sender("chat:-1009876543210", "阳光社区公告", is_bot=True))
    ],
    "migrated_to": [Migrated(at=Address("telegram", "-456"), id="423", sender=ZHANG, sent_at=at(145), to=GROUP.chat)],
    "migrated_from": [
        Migrated(
            at=Address("telegram", "-456"),
            id="1",
            sender=Sender(f"chat:{GROUP.chat}", "3幢2单元邻居群", admin=False),
            sent_at=at(145),
            to=GROUP.chat,
        )
    ],
    "bot_let_in": [Joined(**event(83018, 155), bot=True)],
    "bot_made_admin": [],
    "bot_thrown_out": [Left(**event(83020, 157), bot=True)],
    "contact": [
        SharedContact(
            at=Address("telegram", "5012345678"),
            id="9",
            sender=ZHANG,
            sent_at=at(165),
            private=True,
            phone="8613800000001",
        )
    ],
    "contact_of_another": [
        SharedContact(
            at=Address("telegram", "5012345678"), id="10", sender=ZHANG, sent_at=at(166), private=True, phone=""
        )
    ],
    "forwarded": [
        said(
            430,
            200,
            at=Address("telegram", "5012345678"),
            private=True,
            text="3幢2单元电梯又停了",
            album="forwarded",
            forwarded=(Forwarded("刘阿姨", at(-100), "3幢2单元电梯又停了"),),
        )
    ],
    "people_came": [Joined(**event(0, 175, id="424"))],
    "sticker": [],
    "kind_of_tomorrow": [],
}


def test_every_payload_is_looked_at() -> None:
    assert {file.stem for file in PAYLOADS.glob("*.json")} == set(MEANS)


@pytest.mark.parametrize("name", sorted(MEANS))
def test_what_an_update_means(name: str) -> None:
    update = json.loads((PAYLOADS / f"{name}.json").read_text(encoding="utf-8"))
    raw = raw_of(update, 4242, NOW, 1.5)
    assert understand(raw) == MEANS[name]
    assert raw.key == f"4242:{update['update_id']}"
    albums = {"album_part": "13789901", "forwarded": "forwarded"}
    assert (raw.album, raw.not_before is None) == (albums.get(name), name not in albums)


def test_the_chat_is_what_it_is_called_now() -> None:
    update = json.loads((PAYLOADS / "text.json").read_text(encoding="utf-8"))
    raw = raw_of(update, 4242, NOW, 1.5)
    moved = type(raw)(raw.channel, raw.key, "-1009", raw.body, raw.received_at)
    [one] = understand(moved)
    assert one.at == Address("telegram", "-1009")


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["update_id", "message", "chat", "id", "text", "from", "callback_query", "type", "minqing"])
            | st.text(max_size=4),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(anything)
def test_whatever_comes_is_kept_and_understood_or_refused_as_no_update(update: Any) -> None:
    raw = raw_of(update, 4242, NOW, 1.5)
    start_code(update)
    assert raw.key.startswith("4242:") and len(raw.key) <= 128 and len(raw.chat) <= 128
    assert json.loads(raw.body) == update
    with suppress(ValueError):
        understand(raw)


def test_what_is_no_update_is_not_repeated() -> None:
    quoted = {"message_id": 4, "chat": {"id": -100, "type": "supergroup"}, "text": "我在301，电话13700001111"}
    chat = {"id": -100, "type": "supergroup", "title": "3幢"}
    raw = raw_of(
        {"update_id": 1, "message": {"message_id": 5, "chat": chat, "date": 1, "reply_to_message": quoted}}, 1, NOW, 1.5
    )
    with pytest.raises(ValueError, match=r"message\.reply_to_message\.date: missing") as refused:
        understand(raw)
    told = "".join(traceback.format_exception(refused.value))
    assert "13700001111" not in told


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.just(10**400), st.text(max_size=5), st.just("\ud83d")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(("update_id", "message", "chat", "id", "media_group_id", "text")), inner),
    ),
    max_leaves=12,
)


@given(_JSON)
def test_any_json_at_all_is_kept_under_a_name_of_its_own(update: object) -> None:
    raw = raw_of(update, 4242, NOW, 1.5)
    assert json.loads(raw.body) is not ... and len(raw.key) <= 128 and len(raw.chat) <= 128
    assert raw.key == raw_of(update, 4242, NOW, 1.5).key
