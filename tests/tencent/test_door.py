"""The door that WeCom calls: what it did not sign leaves no trace, what it brings twice is taken once, and the answer
comes when the commit is there."""

from __future__ import annotations

import asyncio
import base64
import sqlite3
import time

import pytest
import structlog

from bot.tencent.door import FORGED
from tests.tencent.caller import AES_KEY, message, sealed
from tests.tencent.conftest import Play
from tests.tencent.far_end import CORP
from tests.tencent.town import LIMIN, Town

SQLITE = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
REPORT = "代报 张女士 3幢2单元大门的门禁坏了，刷卡没反应"


def forged() -> float:
    return float(FORGED.labels("/wecom/app")._value.get())


def test_the_console_verifies_the_address(play: Play) -> None:
    async def story(town: Town) -> None:
        assert await town.app.verifies("4401375317") == (200, b"4401375317")
        assert town.read(lambda store: store.channel_state.get("wecom_app", "verified", town.parts.clock.now()))
        town.app.token = "another"
        assert (await town.app.verifies())[0] == 403
        assert (await town.app.asks())[0] == 403

    play(story)


def test_what_was_not_signed_leaves_nothing_but_a_count(play: Play) -> None:
    async def story(town: Town) -> None:
        good = message("text", LIMIN, 1, Content=REPORT)
        before = forged()
        knocks = 0
        for receiver in ("", "wwanother", CORP + "0"):
            assert (await town.app.brings(sealed(good, AES_KEY, receiver)))[0] == 403
            knocks += 1
        there = sealed(good, AES_KEY, CORP)
        for query in ({"msg_signature": ""}, {"msg_signature": "密"}, {"timestamp": "1"}, {"nonce": "2"}):
            assert (await town.app.brings(there, **query))[0] == 403
            knocks += 1
        for body in (b"", b"<xml>", b"\xff\xfe", b"<xml><Encrypt></Encrypt></xml>", b"{}"):
            assert (await town.app.posts(body, **town.app.signed(there)))[0] == 403
            knocks += 1
        for spoilt in ("", "AAAA", "!" * 40, base64.b64encode(b"x" * 33).decode(), there[:-8]):
            assert (await town.app.brings(spoilt))[0] == 403
            knocks += 1
        assert forged() - before == knocks
        assert town.inbox() == {}

    play(story)


def test_a_repeat_is_taken_once_whatever_it_is(play: Play) -> None:
    """WeCom asks again after five seconds, with the same MsgId but another ciphertext; events have no id at all."""

    async def story(town: Town) -> None:
        text = message("text", LIMIN, 77, Content="今日")
        menu = message("event", LIMIN, 0, Event="click", EventKey="我的")
        for _ in range(3):
            assert await town.app.says(text) == (200, b"")
            assert await town.app.says(menu) == (200, b"")
        same = sealed(text, AES_KEY, CORP)
        assert await town.app.brings(same) == await town.app.brings(same) == (200, b"")
        await town.settle()
        assert town.inbox() == {"done": 2}
        # The same press a moment later is another one.
        assert await town.app.says(message("event", LIMIN, 0, town.app.now + 1, Event="click", EventKey="我的")) == (
            200,
            b"",
        )
        await town.settle()
        assert town.inbox() == {"done": 3}

    play(story)


def test_what_makes_no_sense_becomes_a_dead_letter_and_stops_nobody(play: Play) -> None:
    async def story(town: Town) -> None:
        odd = (
            "not xml at all",
            "<xml></xml>",
            message("text", "", 5, Content="x"),
            message("image", LIMIN, 6),
            message("location", LIMIN, 7, Location_X="north", Location_Y="east"),
            "<!DOCTYPE a [<!ENTITY b 'c'>]><xml><MsgType>text</MsgType></xml>",
            message("text", LIMIN, 8, Content="x").replace("1778203805", "soon"),
        )
        for one in odd:
            assert await town.app.says(one) == (200, b"")
        await town.says(LIMIN, "今日")
        assert town.inbox() == {"failed": len(odd), "done": 1}
        assert len(town.far.to("message/send")) == 1

    play(story)


@SQLITE
def test_too_long_is_refused_before_it_is_opened(play: Play) -> None:
    async def story(town: Town) -> None:
        assert (await town.app.posts(b"x" * 2_000_000, msg_signature="x"))[0] == 413
        assert town.inbox() == {}

    play(story)


@SQLITE
def test_what_could_not_be_kept_is_not_confirmed(play: Play) -> None:
    async def story(town: Town) -> None:
        other = sqlite3.connect(str(town.parts.database.engine.url.database), isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        first = asyncio.create_task(town.app.says(message("text", LIMIN, 9, Content="今日")))
        await asyncio.sleep(0.3)
        assert not first.done(), "answered before the commit"
        other.execute("ROLLBACK")
        other.close()
        assert await first == (200, b"")
        await town.settle()
        assert town.inbox() == {"done": 1}

    play(story)


@SQLITE
def test_a_wrong_signature_takes_as_long_as_a_right_one_with_wrong_contents(play: Play) -> None:
    """No early end at the first byte that differs: the time says nothing about how much of it was right."""

    async def story(town: Town) -> None:
        there = sealed("x", AES_KEY, CORP)
        right = town.app.signed(there)["msg_signature"]
        near, far = right[:-1] + ("0" if right[-1] != "0" else "1"), "f" * 40

        async def took(signature: str) -> float:
            began = time.perf_counter()
            assert (await town.app.brings(there, msg_signature=signature))[0] == 403
            return time.perf_counter() - began

        pairs = [(await took(near), await took(far)) for _ in range(60)]
        first, second = (sorted(times)[30] for times in zip(*pairs, strict=True))
        assert 0.5 < first / second < 2.0

    play(story)


@SQLITE
def test_a_flood_of_forgeries_writes_few_lines(play: Play) -> None:
    async def story(town: Town) -> None:
        with structlog.testing.capture_logs() as lines:
            for _ in range(70):
                assert (await town.app.posts(b"<xml/>"))[0] == 403
        assert 1 <= len([line for line in lines if line["event"] == "callback_forged"]) <= 8

    play(story)
