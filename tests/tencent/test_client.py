"""Calls over real HTTP: tokens run out, the platform is busy, slow or confused; and no secret is in what is said."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeAlias

import pytest

from bot.tencent.client import Caller, official, wecom
from bot.tencent.errors import ApiRefused
from bot.tencent.sessions import Sessions
from domain.errors import SendFailed
from storage.database import Database
from tests.tencent.far_end import ACCOUNT, ACCOUNT_SECRET, CORP, SECRET, FarEnd

Story: TypeAlias = Callable[[FarEnd, Caller], Awaitable[None]]
TEXT = {"touser": "limin", "msgtype": "text", "agentid": 1000002, "text": {"content": "您好"}}


def told(database: Database, story: Story, *, seconds: float = 5.0, secret: str = SECRET) -> FarEnd:
    far = FarEnd()
    far.members.add("limin")

    async def whole() -> None:
        await far.start()
        try:
            await story(far, wecom(far.address, seconds, CORP, secret, Sessions(database, "wecom_app")))
        finally:
            await far.stop()

    asyncio.run(whole())
    return far


async def failure(work: Awaitable[object]) -> SendFailed:
    with pytest.raises(SendFailed) as caught:
        await work
    said = f"{caught.value!r} {caught.value} {caught.value.why} {caught.value.__cause__}"
    assert "token-" not in said and SECRET not in said and SECRET[:10] not in said
    assert caught.value.__cause__ is None and (caught.value.__suppress_context__ or caught.value.__context__ is None)
    return caught.value


def test_one_token_serves_many_calls_and_every_process(database: Database) -> None:
    async def story(far: FarEnd, caller: Caller) -> None:
        await asyncio.gather(*(caller.post("message/send", TEXT) for _ in range(8)))
        other = wecom(far.address, 5.0, CORP, SECRET, Sessions(database, "wecom_app"))
        await other.post("message/send", TEXT)
        assert far.fetched == 1 and len(far.to("message/send")) == 9
        apart = wecom(far.address, 5.0, CORP, SECRET, Sessions(database, "wecom_report"))
        await apart.post("message/send", TEXT)
        assert far.fetched == 2

    told(database, story)


def test_a_token_that_has_run_out_is_fetched_before_it_is_refused(database: Database) -> None:
    async def story(far: FarEnd, caller: Caller) -> None:
        far.expires_in = 4
        await caller.post("message/send", TEXT)
        await asyncio.sleep(2.1)
        await caller.post("message/send", TEXT)
        assert far.fetched == 2

    told(database, story)


def test_a_token_that_was_taken_from_us_is_replaced_once(database: Database) -> None:
    async def story(far: FarEnd, caller: Caller) -> None:
        await caller.post("message/send", TEXT)
        far.forget_tokens()
        await asyncio.gather(*(caller.post("message/send", TEXT) for _ in range(6)))
        assert far.fetched == 2

    told(database, story)


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
def test_tokens_that_are_never_accepted_end_after_one_more_try(database: Database, errcode: int) -> None:
    """wechatpy itself calls itself until Python's stack is full."""

    async def story(far: FarEnd, caller: Caller) -> None:
        far.refuse_tokens_with = errcode
        failed = await failure(caller.post("message/send", TEXT))
        assert isinstance(failed, ApiRefused) and failed.errcode == errcode and not failed.permanent
        assert len(far.to("message/send")) == 2 and far.fetched == 2

    told(database, story)


def test_a_wrong_secret_is_said_plainly(database: Database) -> None:
    async def story(far: FarEnd, caller: Caller) -> None:
        failed = await failure(caller.post("message/send", TEXT))
        assert isinstance(failed, ApiRefused) and "the secret is wrong" in failed.why
        assert far.to("message/send") == []

    told(database, story, secret="another-secret-of-some-length-000000000000")


@pytest.mark.parametrize(
    ("fault", "permanent", "wait", "unknown"),
    [
        ({"errcode": -1}, False, None, False),
        ({"errcode": 45009}, False, 60.0, False),
        ({"errcode": 45033}, False, 5.0, False),
        ({"errcode": 45047}, True, None, False),
        ({"errcode": 81013}, True, None, False),
        ({"errcode": 60020}, False, None, False),
        ({"errcode": 987654}, False, None, False),
        ({"status": 502}, False, None, False),
        ({"status": 403, "body": b"<html>gateway</html>"}, False, None, False),
        ({"body": b"<html>nothing to read</html>"}, False, None, False),
        ({"seconds": 3.0}, False, None, True),
    ],
)
def test_what_goes_wrong_is_told_to_the_outbox(
    database: Database, fault: dict[str, object], permanent: bool, wait: float | None, unknown: bool
) -> None:
    async def story(far: FarEnd, caller: Caller) -> None:
        far.fault("message/send", **fault)
        failed = await failure(caller.post("message/send", TEXT))
        assert (failed.permanent, failed.retry_after, failed.unknown) == (permanent, wait, unknown)
        assert (await caller.post("message/send", TEXT))["msgid"]

    told(database, story, seconds=1.0)


def test_gettoken_has_a_time_out_too_and_leaves_nothing_unknown(database: Database) -> None:
    """wechatpy gives it none: it would wait for ever."""

    async def story(far: FarEnd, caller: Caller) -> None:
        far.fault("gettoken", seconds=6.0)
        began = time.monotonic()
        failed = await failure(caller.post("message/send", TEXT))
        assert time.monotonic() - began < 4.0 and not failed.unknown and not failed.permanent

    told(database, story, seconds=1.0)


def test_a_platform_that_does_not_answer_holds_up_nobody_else(database: Database) -> None:
    """Its calls wait in threads of their own, not in those by which pages and intake read."""

    async def story(far: FarEnd, caller: Caller) -> None:
        await caller.post("message/send", TEXT)
        for _ in range(40):
            far.fault("message/send", seconds=2.0)
        calls = [asyncio.create_task(caller.post("message/send", TEXT)) for _ in range(40)]
        await asyncio.sleep(0.1)
        began = time.monotonic()
        await asyncio.gather(*(asyncio.to_thread(time.sleep, 0) for _ in range(20)))
        assert time.monotonic() - began < 3.0
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)

    told(database, story, seconds=1.0)


def test_nobody_at_home(database: Database) -> None:
    async def story(far: FarEnd, caller: Caller) -> None:
        await far.stop()
        failed = await failure(caller.post("message/send", TEXT))
        assert not failed.permanent and not failed.unknown and "at 127.0.0.1 cannot be reached" in failed.why
        assert "token" not in failed.why

    told(database, story)


def test_media_go_up_whole_also_after_a_stale_token_and_come_down_as_they_are(database: Database) -> None:
    """wechatpy sends a file's end the second time; and takes a file of JSON for an answer."""

    async def story(far: FarEnd, caller: Caller) -> None:
        await caller.post("message/send", TEXT)
        far.forget_tokens()
        photo = await caller.upload("image", "lift.jpg", b"\xff\xd8 a picture")
        assert far.media[photo] == b"\xff\xd8 a picture"
        assert await caller.download(photo) == b"\xff\xd8 a picture"
        far.media["listing"] = b'{"errcode": 7, "rows": []}'
        assert await caller.download("listing") == b'{"errcode": 7, "rows": []}'
        failed = await failure(caller.download("gone"))
        assert failed.permanent

    told(database, story)


def test_an_official_account_is_called_at_its_own_address(database: Database) -> None:
    async def story(far: FarEnd, _caller: Caller) -> None:
        account = official(far.address, 5.0, ACCOUNT, ACCOUNT_SECRET, Sessions(database, "official_account"))
        far.serve("menu/get", lambda call: {"menu": {"button": []}})
        assert (await account.get("menu/get"))["menu"] == {"button": []}
        assert far.paths() == ["token", "menu/get"]

    told(database, story)


def test_no_part_of_a_secret_stands_unsealed_in_the_table(database: Database) -> None:
    async def story(far: FarEnd, caller: Caller) -> None:
        await caller.post("message/send", TEXT)

    told(database, story)
    with database.engine.connect() as connection:
        from storage.tables import channel_state

        rows = connection.execute(channel_state.select()).all()
    assert rows and all(SECRET[:10] not in row.name and b"token-" not in row.value for row in rows)
