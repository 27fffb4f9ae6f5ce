"""Each kind of callback of the app, as WeCom writes it (tests/payloads/wecom_app), and what it means to us."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom_app.deliveries import Press, delivered
from bot.channels.wecom_app.updates import understand
from domain.messages import Address, Incoming, Left, Media, Pressed, Raw, Said, Sender, Spot
from tests.tencent.far_end import CORP

PAYLOADS = Path(__file__).resolve().parents[1] / "payloads" / "wecom_app"
NOW = datetime(2026, 5, 8, 2, 0, tzinfo=UTC)
SENT = datetime.fromtimestamp(1778204205, UTC)


def body_of(name: str) -> bytes:
    return (PAYLOADS / f"{name}.xml").read_bytes()


def raw(name: str) -> Raw:
    return delivered(body_of(name), CORP, NOW).raw


def event(of: str | int) -> dict[str, Any]:
    """A message's id is its MsgId, an event's is its delivery's."""
    told = str(of) if isinstance(of, int) else raw(of).key
    where = Address("wecom_app", "limin")
    return {"at": where, "id": told, "sender": Sender("limin", "limin"), "sent_at": SENT, "private": True}


def number(last: int) -> int:
    return 7437283948273647280 + last


PHOTO = Media("photo", "1G6nrLmr5EC3MMb_-zK1dDdzmd0p7cNliYu9V5w7o8K0")
MEANS: dict[str, list[Incoming]] = {
    "text": [Said(**event(number(1)), text="3幢2单元的路灯坏了")],
    "image": [Said(**event(number(2)), media=(PHOTO,))],
    "voice": [Said(**event(number(3)), media=(Media("voice", "2G6nrLmr5EC3MMb-voice"),))],
    "video": [Said(**event(number(4)), media=(Media("video", "3G6nrLmr5EC3MMb-video"),))],
    "location": [Said(**event(number(5)), spot=Spot("云栖里南门", 30.001234, 120.582345, "GCJ-02"))],
    "location_without_name": [
        Said(**event(number(6)), spot=Spot("30.00123,120.58235（GCJ-02）", 30.001234, 120.582345, "GCJ-02"))
    ],
    "link": [Said(**event(number(7)), text="停水通知\n明天8点到12点\nhttps://example.org/1")],
    "file": [Said(**event(number(8)), media=(Media("file", "4G6nrLmr5EC3MMb-file", "名单.xlsx"),))],
    "kind_of_tomorrow": [],
    "subscribe": [Said(**event("subscribe"), text="/start")],
    "unsubscribe": [Left(**event("unsubscribe"), bot=True)],
    "enter_agent": [],
    "menu": [Said(**event("menu"), text="今日")],
    "pressed": [Pressed(**event("pressed"), mark="aaaaaaaaaaaa=接单 阳光1", on="card-0a1b2c")],
    "chosen": [Pressed(**event("chosen"), mark="key111", on="card-0a1b2d")],
    "place_reported": [],
}


def test_every_payload_is_looked_at() -> None:
    assert {file.stem for file in PAYLOADS.glob("*.xml")} == set(MEANS)


@pytest.mark.parametrize("name", sorted(MEANS))
def test_what_a_callback_means(name: str) -> None:
    assert understand(raw(name)) == MEANS[name]
    assert raw(name).chat == "limin" and len(raw(name).key) <= 128


def test_every_delivery_has_a_key_of_its_own_and_the_same_again() -> None:
    keys = [raw(name).key for name in MEANS]
    assert len(set(keys)) == len(keys) and keys == [raw(name).key for name in MEANS]
    assert raw("text").key == f"{CORP}:{number(1)}"


def test_the_code_of_a_pressed_card_is_found_without_understanding_it() -> None:
    assert delivered(body_of("pressed"), CORP, NOW).press == Press("card-0a1b2c", "RESPONSE-1")
    assert [delivered(body_of(name), CORP, NOW).press for name in ("text", "menu")] == [None, None]
    assert delivered(b"<xml>", CORP, NOW).press is None


NAMES = ["MsgType", "Event", "EventKey", "FromUserName", "CreateTime", "MsgId", "MediaId", "Location_X", "TaskId", "x"]
VALUES = ["text", "event", "image", "location", "template_card_event", "limin", "1778204205", "-1", "9" * 30, "", "密"]
ELEMENTS = st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES) | st.text(max_size=5)), max_size=8)


@given(ELEMENTS)
def test_whatever_comes_is_kept_and_understood_or_refused(elements: list[tuple[str, str]]) -> None:
    body = "".join(f"<{name}><![CDATA[{value}]]></{name}>" for name, value in elements)
    body = f"<xml>{body}</xml>"
    with suppress(UnicodeEncodeError):
        made = delivered(body.encode(), CORP, NOW).raw
        assert made.key.startswith(f"{CORP}:") and len(made.key) <= 128 and len(made.chat) <= 128
        assert made.body == body.encode()
        with suppress(ValueError):
            for incoming in understand(made):
                assert incoming.private and incoming.at.channel == "wecom_app"


@given(st.binary(max_size=200))
def test_any_bytes_are_kept_as_they_are(body: bytes) -> None:
    made = delivered(body, CORP, NOW).raw
    assert made.body == body
    with suppress(ValueError):
        understand(made)
