"""WeCom says that a group is gone, or that somebody may not see the app: that is believed; that it is busy, is not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from domain.messages import Address, Outgoing, Person
from storage.playground import Member, private_chat
from storage.store import Store
from tests.tencent.conftest import Play
from tests.tencent.test_push import push_too, sends, with_group, with_robot
from tests.tencent.town import LIMIN, START, WANG, Town

AT_HOME = Member("u:limin", "李敏", "grid_worker")


def app_chat(town: Town, who: str) -> str | None:
    accounts = town.read(lambda store: store.people.accounts_of(town.places[who]))
    return next(one.chat for one in accounts if one.channel == "wecom_app")


@pytest.mark.parametrize("with_room", [with_robot, with_group])
def test_a_group_that_is_gone_is_bound_no_more_and_the_secretary_hears_it_once(
    play: Play, with_room: Callable[..., object]
) -> None:
    async def story(town: Town) -> None:
        room: Address = await with_room(town)  # type: ignore[misc]
        town.far.robots.clear()
        town.far.chats.clear()
        await sends(town, Outgoing(to=room, text="一"), Outgoing(to=room, text="二"))
        assert town.read(lambda store: store.areas.group_at(room)) is None
        await sends(town, Outgoing(to=room, text="三"))
        told = [text for text in town.far.texts(WANG) if "发不进去" in text]
        assert len(told) == 1 and "云栖里" in told[0]

    play(story, changed=push_too)


@pytest.mark.parametrize(
    "fault",
    [{"errcode": -1}, {"errcode": 45009}, {"errcode": 40014}, {"errcode": 60020}, {"status": 502}, {"body": b"<html>"}],
    ids=["busy", "too many", "token", "ip", "gateway", "no json"],
)
def test_what_may_pass_unbinds_nothing(play: Play, fault: dict[str, object]) -> None:
    async def story(town: Town) -> None:
        room = await with_group(town)
        for path, to in (("appchat/send", room), ("message/send", Address("wecom_app", LIMIN))):
            town.far.fault(path, **fault)
            town.write(lambda store, to=to: store.outbox.put(Outgoing(to=to, text="一"), to, START))  # type: ignore[misc]
            town.parts.sender.wake()
            await town.until(lambda path=path: not town.far.faults[path])  # type: ignore[misc]
            await asyncio.sleep(0.2)
        assert town.read(lambda store: store.areas.group_at(room)) is not None
        assert app_chat(town, LIMIN) == LIMIN

    play(story, changed=push_too)


def test_who_may_not_see_the_app_gets_it_where_else_he_is_until_he_may_again(play: Play) -> None:
    async def story(town: Town) -> None:
        def at_home(store: Store) -> None:
            chat = private_chat(AT_HOME.user_id)
            store.playground.add_room(chat, AT_HOME.name, "private", members=[AT_HOME], position=9)
            account = store.people.account("playground", AT_HOME.user_id, AT_HOME.name, START, chat)
            store.people.bind_account(account.id, town.places[LIMIN])

        town.write(at_home)
        town.far.members.discard(LIMIN)
        await sends(town, Outgoing(to=Person(town.places[LIMIN]), text="今天三户"))
        assert app_chat(town, LIMIN) is None
        assert town.posts(private_chat(AT_HOME.user_id)) == ["今天三户"]
        town.far.members.add(LIMIN)
        await town.brings("event", LIMIN, Event="subscribe", EventKey="")
        assert app_chat(town, LIMIN) == LIMIN

    play(story)


def test_a_licence_that_is_missing_takes_nobody_his_chat(play: Play) -> None:
    async def story(town: Town) -> None:
        town.far.unlicensed.add(LIMIN)
        await sends(town, Outgoing(to=Person(town.places[LIMIN]), text="今天三户"))
        assert town.outbox() == {"failed": 1} and app_chat(town, LIMIN) == LIMIN

    play(story)
