"""A gateway for calls and SMS on this machine that behaves well, badly and slowly; and the ladder that needs it."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from threading import Thread
from typing import Any

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update
from typer.testing import CliRunner

from bot.app import NotReady, refuse_contradictions
from bot.channels.ring.channel import RingChannel
from bot.channels.ring.gateway import Gateway, filled
from bot.cli import app
from bot.config import read_text
from bot.credentials import Secrets
from bot.sender import Sender
from domain.errors import BadConfig, SendFailed
from domain.ring import Ring
from domain.settings import Settings
from nlu.reader import Reader
from storage.database import Database
from storage.people import PHONE
from storage.store import Store
from storage.tables import people
from tests.commands.neighbourhood import START, Neighbourhood

TOKEN = "Bearer hush-hush"
PHONE_NUMBER = "13800001234"


@dataclass
class Far:
    """The far end: what it was asked, and what it answers, one after the other (the last one for ever)."""

    answers: list[Callable[[], Awaitable[web.Response]]]
    url: str = ""
    asked: list[dict[str, Any]] = field(default_factory=list)

    async def serve(self, request: web.Request) -> web.Response:
        self.asked.append(
            {
                "method": request.method,
                "query": dict(request.query),
                "body": await request.text(),
                "secret": request.headers.get("Authorization"),
            }
        )
        answer = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return await answer()


def says(status: int, text: str = "", **headers: str) -> Callable[[], Awaitable[web.Response]]:
    async def answer() -> web.Response:
        return web.Response(
            status=status, text=text, headers={name.replace("_", "-"): v for name, v in headers.items()}
        )

    return answer


def sleeps(seconds: float) -> Callable[[], Awaitable[web.Response]]:
    async def answer() -> web.Response:
        await asyncio.sleep(seconds)
        return web.Response()

    return answer


@contextmanager
def gateway(*answers: Callable[[], Awaitable[web.Response]]) -> Iterator[Far]:
    """A real server on loopback, in a thread of its own."""
    far = Far(list(answers))
    loop = asyncio.new_event_loop()
    app_ = web.Application()
    app_.router.add_route("*", "/ring", far.serve)
    runner = web.AppRunner(app_)

    async def start() -> None:
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        far.url = f"http://127.0.0.1:{runner.addresses[0][1]}/ring"

    loop.run_until_complete(start())
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield far
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(5)
        loop.close()


def ring(far: Far, text: str = "阳光1，急", **changes: Any) -> None:
    async def once() -> None:
        settings = replace(Ring(url=far.url, pause_seconds=0.0, timeout_seconds=2.0), **changes)
        one = Gateway(settings, TOKEN)
        try:
            await one.ring(PHONE_NUMBER, text)
        finally:
            await one.close()

    asyncio.run(once())


# a gateway that behaves


def test_the_number_and_the_text_go_where_the_template_says() -> None:
    body = '{"to": ["{phone}"], "message": {"tts": "民情：{text}", "repeat": 2}}'
    with gateway(says(200)) as far:
        ring(far, body=body)
    [asked] = far.asked
    assert json.loads(asked["body"]) == {"to": [PHONE_NUMBER], "message": {"tts": "民情：阳光1，急", "repeat": 2}}
    assert (asked["method"], asked["secret"]) == ("POST", TOKEN)


def test_by_get_it_is_the_query() -> None:
    with gateway(says(204)) as far:
        ring(far, "a&b=c {phone}", method="GET")
    assert far.asked[0]["query"] == {"phone": PHONE_NUMBER, "text": "a&b=c {phone}"}
    assert far.asked[0]["body"] == ""


@given(st.text(), st.text())
def test_whatever_is_said_stays_inside_its_text(phone: str, text: str) -> None:
    assert filled({"a": "{text}", "b": ["{phone}", 3, None]}, phone, text) == {"a": text, "b": [phone, 3, None]}


# one that does not


def test_a_stumble_is_tried_again_at_once() -> None:
    with gateway(says(503), says(200)) as far:
        ring(far)
    assert len(far.asked) == 2


def test_what_it_refuses_is_not_tried_again() -> None:
    with gateway(says(401)) as far, pytest.raises(SendFailed) as caught:
        ring(far)
    assert caught.value.permanent and len(far.asked) == 1
    assert PHONE_NUMBER not in caught.value.why and "hush" not in caught.value.why


def test_told_to_wait_it_waits() -> None:
    with gateway(says(429, retry_after="7")) as far, pytest.raises(SendFailed) as caught:
        ring(far)
    assert caught.value.retry_after == 7.0 and not caught.value.permanent and len(far.asked) == 1


def test_a_good_status_with_a_bad_answer_is_a_failure_where_words_are_expected() -> None:
    with gateway(says(200, '{"code": 17}'), says(200, '{"code": 0}')) as far:
        ring(far, expects='"code": 0')
    assert len(far.asked) == 2


def test_a_redirect_does_not_get_the_secret() -> None:
    with gateway(says(302, location="/ring")) as far, pytest.raises(SendFailed) as caught:
        ring(far)
    assert caught.value.permanent and len(far.asked) == 1


def test_a_slow_one_does_not_hold_us() -> None:
    began = time.monotonic()
    with gateway(sleeps(1.5)) as far, pytest.raises(SendFailed, match="in time") as caught:
        ring(far, timeout_seconds=0.2, tries=2)
    assert time.monotonic() - began < 4 and not caught.value.permanent and len(far.asked) == 2


def test_where_nobody_listens_it_is_worth_another_try() -> None:
    with gateway(says(200)) as far:
        gone = Far([], url=far.url)
    with pytest.raises(SendFailed) as caught:
        ring(gone)
    assert not caught.value.permanent and PHONE_NUMBER not in caught.value.why


# the ladder


@pytest.fixture
def town(database: Database, settings: Settings, reader: Reader) -> Callable[[str], Neighbourhood]:
    def settled(url: str) -> Neighbourhood:
        own = replace(
            settings, ring=Ring(url=url, pause_seconds=0.0), outbox=replace(settings.outbox, backoff_seconds=(0,))
        )
        here = Neighbourhood(database, own, reader).settle()
        sealed = database.cipher.seal(PHONE_NUMBER, PHONE)
        chosen = update(people).where(people.c.name == "孙值班").values(phone=sealed)
        database.write(lambda store: store.connection.execute(chosen) and None)
        return here

    return settled


def send(here: Neighbourhood, times: int = 1) -> None:
    """What the sender does with what waits for the gateway."""

    async def work() -> None:
        channel = RingChannel(here.database, here.settings, TOKEN)
        sender = Sender(here.database, {"ring": channel}, here.settings, lambda: here.now)
        try:
            for _ in range(times):
                await sender.send_due()
        finally:
            await channel.close()

    asyncio.run(work())


def letters(here: Neighbourhood, states: Sequence[str]) -> list[str]:
    found = here.read(lambda store: store.outbox.listed(states, 100))
    return [one.chat for one in found if one.channel == "ring"]


def test_at_night_the_street_duty_s_telephone_rings(town: Callable[[str], Neighbourhood]) -> None:
    with gateway(says(500), says(200)) as far:
        here = town(far.url)
        here.now = START + timedelta(hours=18)
        ticket = here.report(summary="3幢2单元402张女士被困在电梯里", category="emergency", urgency=3)
        here.wait(minutes=9)
        send(here)
        assert far.asked == []
        here.wait(minutes=2)
        assert letters(here, ["queued"]) == [f"person:{here.people['孙值班']}"]
        send(here, 2)
        said = json.loads(far.asked[-1]["body"])
        assert len(far.asked) == 2 and said["phone"] == PHONE_NUMBER
        assert ticket.number in said["text"] and "3幢2单元" in said["text"]
        assert "张" not in said["text"] and "402" not in said["text"]
        assert letters(here, ["sent"]) and not letters(here, ["queued"])


def test_what_a_dead_gateway_did_not_take_waits_for_the_next_try(town: Callable[[str], Neighbourhood]) -> None:
    with gateway(says(500)) as far:
        here = town(far.url)
        here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
        here.wait(minutes=11)
        send(here)
        assert letters(here, ["queued"])
        far.answers[:] = [says(200)]
        send(here)
        assert letters(here, ["sent"])


def test_taken_in_time_nobody_is_rung_out_of_bed(town: Callable[[str], Neighbourhood]) -> None:
    here = town("http://127.0.0.1:9/ring")
    here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    here.wait(minutes=2)
    here.say("李明", "接单")
    here.wait(minutes=20)
    assert letters(here, ["queued", "sent"]) == []


def test_handed_on_after_it_has_rung_the_telephone_rings_again(town: Callable[[str], Neighbourhood]) -> None:
    here = town("http://127.0.0.1:9/ring")
    ticket = here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    here.wait(minutes=46)
    rung = len(letters(here, ["queued"]))
    for other in ("消防队", "维保公司"):
        here.say("李明", f"接单 {ticket.number}")
        here.say("李明", f"转办 {ticket.number} {other}")
        here.wait(minutes=6)
        rung += 1
        assert len(letters(here, ["queued"])) == rung


def test_without_a_gateway_all_is_as_before(town: Callable[[str], Neighbourhood]) -> None:
    here = town("")
    here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    assert here.wait(minutes=11).to("@孙值班")
    assert letters(here, ["queued"]) == []


def test_no_number_stands_in_the_outbox_and_who_has_none_is_set_aside(town: Callable[[str], Neighbourhood]) -> None:
    with gateway(says(200)) as far:
        here = town(far.url)
        here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
        here.wait(minutes=11)

        def forget(store: Store) -> None:
            store.connection.execute(update(people).values(phone=None))

        here.database.write(forget)
        send(here)
        assert far.asked == [] and letters(here, ["failed"])


# settings


def test_a_template_must_be_json_and_say_where_the_number_goes() -> None:
    for body in ("phone={phone}", '["{phone}"]', '{"to": "13800001234"}'):
        with pytest.raises(BadConfig, match=r"\{phone\}|JSON"):
            read_text(f"[ring]\nbody = '{body}'")
    with pytest.raises(BadConfig, match="http"):
        read_text('[ring]\nurl = "gateway.example"')


def test_a_clock_that_can_be_moved_rings_nobody() -> None:
    on = replace(Settings(), ring=Ring(url="http://127.0.0.1:9/ring"))
    with pytest.raises(NotReady, match="virtual_clock"):
        refuse_contradictions(on, Secrets())
    refuse_contradictions(replace(on, playground=replace(on.playground, virtual_clock=False)), Secrets())


def test_check_says_that_there_is_none(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    said = CliRunner().invoke(app, ["check"]).output
    assert "ring: no gateway" in said and "[ring] url" in said
