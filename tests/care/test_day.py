"""The scripted day, played from morning to night through the real office: intake, dispatch, outbox and clock."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.channels.playground import PlaygroundChannel
from bot.clock import OfficeClock
from bot.intake import Intake
from bot.office import RunningOffice
from bot.sender import Sender
from domain.tickets import STATUSES, Ticket
from handlers.care.today import ensure_alarms
from handlers.context import Context
from tests.care.conftest import ZONE, Town

MORNING = datetime(2026, 3, 10, 7, 0, tzinfo=ZONE)


def play(town: Town) -> None:
    town.at("2026-03-10 07:00").do(ensure_alarms)
    clock = OfficeClock(lambda: MORNING)
    channels = {"playground": PlaygroundChannel(town.database, clock.now)}
    intake = Intake(town.database, channels, town.settings, town.reader, clock.now)
    sender = Sender(town.database, channels, town.settings, clock.now)
    office = RunningOffice(town.settings, town.database, town.reader, clock, intake, sender)
    asyncio.run(office.play_day())
    town.now = MORNING + timedelta(hours=14)


def test_the_whole_day(town: Town) -> None:
    play(town)
    _what_became_of_it(town)
    _nothing_private_was_read_by_residents(town)
    _group_purchase_and_chatter_got_no_answer(town)
    assert town.do(lambda ctx: ctx.store.inbox.counts().get("failed", 0)) == 0


def _what_became_of_it(town: Town) -> None:
    tickets = town.do(lambda ctx: ctx.store.tickets.in_area("/", STATUSES))

    def about(words: str) -> Ticket:
        return next(ticket for ticket in tickets if words in ticket.summary)

    assert {ticket.tier for ticket in tickets} == {"unit", "community", "district"}
    assert {ticket.rating for ticket in tickets} >= {1, 2}
    bins, water, lift, wheelchair = (about(words) for words in ("垃圾桶", "水压", "电梯", "轮椅"))
    assert (bins.status, bins.reopened, bins.rating) == ("closed", 1, 2)
    assert (water.tier, water.status) == ("district", "closed")
    assert (lift.category, lift.urgency, lift.status) == ("emergency", 3, "closed")
    assert wheelchair.private and wheelchair.on_behalf_of == "王奶奶"
    assert "withdrawn" in {ticket.status for ticket in tickets}
    entries = town.do(lambda ctx: ctx.store.diary.all())
    assert {"3-2-402", "3-1-201", "2-1-102"} <= {entry.household for entry in entries}


def _nothing_private_was_read_by_residents(town: Town) -> None:
    private = ("麻将", "轮椅", "血压", "李奶奶", "张女士")

    def told(ctx: Context) -> list[str]:
        rooms = [room for room in ctx.store.playground.rooms() if room.kind == "residents"]
        posts = [post for room in rooms for post in ctx.store.playground.of_room(room.chat) if post.bot]
        return [post.text for post in posts if any(word in post.text for word in private)]

    assert town.do(told) == []


def _group_purchase_and_chatter_got_no_answer(town: Town) -> None:
    def answered(ctx: Context) -> list[str]:
        posts = ctx.store.playground.of_room("g:community:yangguang")
        talk = {post.id for post in posts if any(word in post.text for word in ("草莓", "早上好", "葱", "1盒"))}
        assert len(talk) >= 5
        return [post.text for post in posts if post.bot and post.replies_to in talk]

    assert town.do(answered) == []
