"""群发: a task that waits for its owner is never called sent; what became of it is asked for and told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, TypeAlias

import pytest
from sqlalchemy.exc import OperationalError

from bot.channels.wecom_broadcast.channel import WecomBroadcastChannel
from bot.intake import Intake
from bot.sender import Sender
from domain.errors import SendFailed
from domain.messages import Address, Outgoing, Said
from domain.messages import Sender as Speaks
from domain.settings import Settings
from domain.wecom import Wecom, WecomBroadcast
from handlers.context import Context
from handlers.delivery import post
from handlers.dispatch import handle
from nlu.reader import Reader
from storage import sample
from storage.database import Database
from tests.tencent.far_end import CORP, SECRET, Call, FarEnd, Refuse

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
TEXT = "周六上午停水，请先接好水"


class Tasks:
    """externalcontact/* of the far end: tasks, their owner's confirmation, and each group's result."""

    def __init__(self, far: FarEnd) -> None:
        self.made: dict[str, dict[str, Any]] = {}
        self.confirmed: dict[str, list[int]] = {}
        self.refused: dict[str, int] = {}
        far.serve("externalcontact/add_msg_template", self._add)
        far.serve("externalcontact/get_groupmsg_task", self._task)
        far.serve("externalcontact/get_groupmsg_send_result", self._result)

    def _add(self, call: Call) -> dict[str, Any]:
        if call.data.get("chat_type") != "group" or not call.data.get("sender"):
            raise Refuse(40058, "chat_type or sender missing")
        if call.data["sender"] == "without-groups":
            raise Refuse(41048, "no customer to send")
        name = f"msg-{len(self.made) + 1}"
        self.made[name] = call.data
        return {"fail_list": [], "msgid": name}

    def _task(self, call: Call) -> dict[str, Any]:
        name = call.data["msgid"]
        if name in self.refused:
            raise Refuse(self.refused[name])
        owner = self.made[name]["sender"]
        return {"task_list": [{"userid": owner, "status": 2 if name in self.confirmed else 0}]}

    def _result(self, call: Call) -> dict[str, Any]:
        name = call.data["msgid"]
        rows = [{"chat_id": f"wr{n}", "status": one} for n, one in enumerate(self.confirmed[name])]
        start = int(call.data.get("cursor") or 0)
        more = start + 2 < len(rows)
        return {"send_list": rows[start : start + 2], "next_cursor": str(start + 2) if more else ""}


@dataclass
class Office:
    database: Database
    settings: Settings
    reader: Reader
    tasks: Tasks
    far: FarEnd
    channel: WecomBroadcastChannel
    intake: Intake
    sender: Sender
    now: datetime = NOW

    def says(self, text: str, user: str = "u:chen") -> list[Outgoing]:
        def work(store: Any) -> list[Outgoing]:
            ctx = Context(self.now, store, self.settings, self.reader)
            said = Said(
                at=Address("playground", f"private:{user}"), id=f"{text[:20]}{self.now}", sender=Speaks(user, ""),
                sent_at=self.now, private=True, text=text,
            )  # fmt: skip
            outgoing = handle(ctx, said)
            post(store, outgoing, self.now)
            return outgoing

        return self.database.write(work)

    async def ask(self) -> int:
        count = await self.channel.ask(self.intake.receive)
        await self.intake.handle_waiting()
        return count


Story: TypeAlias = Callable[[Office], Awaitable[None]]
Tell: TypeAlias = Callable[[Story], None]


@pytest.fixture
def tell(database: Database, settings: Settings, reader: Reader) -> Tell:
    def prepare(store: Any) -> None:
        sample.load(store, NOW)
        people = store.people
        worker = people.account("playground", "u:limin", "李敏", NOW).person
        people.bind_account(people.account("wecom_app", "limin", "李敏", NOW).id, worker)

    database.write(prepare)

    def told(story: Story) -> None:
        async def whole() -> None:
            far = FarEnd()
            await far.start()
            corp = Wecom(corp_id=CORP, api=far.address, broadcast=WecomBroadcast(on=True, monthly=2))
            wired = replace(settings, wecom=corp)
            channel = WecomBroadcastChannel(database, wired, lambda: NOW, SECRET)
            channels = {channel.name: channel}
            intake = Intake(database, channels, wired, reader, lambda: NOW)
            sender = Sender(database, channels, wired, lambda: NOW)
            try:
                await story(Office(database, wired, reader, Tasks(far), far, channel, intake, sender))
            finally:
                await far.stop()

        asyncio.run(whole())

    return told


def secretary(office: Office) -> str:
    """The secretary of the sample's first community, as the playground knows him."""

    def look(store: Any) -> str:
        area = store.areas.find("/", name="阳光社区")[0]
        person = store.people.posts_along(area.path, ("secretary",))[0].person
        return str(store.people.accounts_of(person)[0].user_id)

    return office.database.read(look)


def test_a_task_waits_for_its_owner_and_nothing_says_that_it_was_sent(tell: Tell) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        said = office.says(f"#群发 {TEXT}", boss)
        assert "还没有发出去" in said[-1].text and "李敏" in said[-1].text and "2次" in said[-1].text
        assert office.tasks.made == {}
        await office.sender.send_due()
        [task] = office.tasks.made.values()
        assert (task["chat_type"], task["sender"], task["text"]["content"]) == ("group", "limin", TEXT)
        assert await office.ask() == 1
        assert "等李敏确认，还没发" in office.says("群发", boss)[0].text

        office.tasks.confirmed["msg-1"] = [1, 0, 1]
        await office.ask()
        assert "发到2个群，1个群没发到" in office.says("群发", boss)[0].text
        office.tasks.confirmed["msg-1"] = [1, 3, 1]
        await office.ask()
        assert "发到2个群，1个群没发到" in office.says("群发", boss)[0].text
        assert await office.ask() == 0, "what is settled is asked about no longer"

    tell(story)


def test_all_groups_reached_is_told_once_to_whoever_asked_for_it(tell: Tell) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        office.says(f"#群发 {TEXT}", boss)
        await office.sender.send_due()
        office.tasks.confirmed["msg-1"] = [1, 1, 1]
        for _ in range(3):
            await office.ask()
        assert "李敏已确认，发到3个群" in office.says("群发", boss)[0].text

        def news(store: Any) -> int:
            return len([one for one in store.outbox.listed(("queued", "sent"), 50) if one.channel == "playground"])

        # The answer when it was made, the news, and the answer just now.
        assert office.database.read(news) == 3

    tell(story)


def test_the_cap_of_a_month_is_said_and_kept(tell: Tell) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        for n in range(2):
            office.now = NOW + timedelta(hours=n)
            office.says(f"#群发 {TEXT}{n}", boss)
        office.now = NOW + timedelta(hours=5)
        said = office.says(f"#群发 {TEXT}又", boss)
        assert len(said) == 1 and "已经满2次" in said[0].text
        office.now = datetime(2026, 4, 1, 1, tzinfo=UTC)
        assert len(office.says(f"#群发 {TEXT}四月", boss)) == 2

    tell(story)


def test_what_wecom_does_not_take_is_shown_as_refused(tell: Tell) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        office.far.fault("externalcontact/add_msg_template", errcode=41048, errmsg="no customer to send")
        office.says(f"#群发 {TEXT}", boss)
        await office.sender.send_due()
        assert "没收下，没有发" in office.says("群发", boss)[0].text

        assert "太长了" in office.says("#群发 " + "停" * 1001, boss)[0].text
        assert office.tasks.made == {}

    tell(story)


def test_a_task_that_wecom_does_not_tell_about_holds_up_no_other(tell: Tell) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        for n in range(2):
            office.now = NOW - timedelta(hours=n)
            office.says(f"#群发 {TEXT}{n}", boss)
        while await office.sender.send_due():
            pass
        assert len(office.tasks.made) == 2
        office.tasks.confirmed = {"msg-1": [1], "msg-2": [1, 1]}
        for refused, reached in (("msg-1", "发到2个群"), ("msg-2", "发到1个群")):
            office.tasks.refused = {refused: 60111}
            await office.ask()
            assert f"李敏已确认，{reached}" in office.says("群发", boss)[0].text
        # What could not be told was asked for again.
        assert await office.ask() == 0

    tell(story)


def test_a_pause_that_wecom_asks_for_is_kept_with_all_tasks(tell: Tell) -> None:
    async def story(office: Office) -> None:
        for n in range(2):
            office.now = NOW - timedelta(hours=n)
            office.says(f"#群发 {TEXT}{n}", secretary(office))
        while await office.sender.send_due():
            pass
        assert len(office.tasks.made) == 2
        office.tasks.refused = {"msg-1": 45009, "msg-2": 45009}
        with pytest.raises(SendFailed):
            await office.ask()
        assert len(office.far.to("externalcontact/get_groupmsg_task")) == 1

    tell(story)


def test_silence_is_no_refusal_and_the_task_is_not_made_twice(tell: Tell) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        office.far.fault("externalcontact/add_msg_template", body=b"<html>", done=True)
        office.says(f"#群发 {TEXT}", boss)
        await office.sender.send_due()
        await office.sender.send_due()
        assert len(office.tasks.made) == 1
        assert "没有回音，请李敏看看" in office.says("群发", boss)[0].text

    tell(story)


@pytest.mark.parametrize("another", [True, False])
def test_a_task_that_was_in_hand_when_the_process_ended_is_not_made_twice(tell: Tell, another: bool) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        office.says(f"#群发 {TEXT}", boss)
        office.says(f"#群发 {TEXT}，谢谢", boss)
        if not another:
            # Ours by now, and the letter is not yet: it was taken for a while that is over.
            await office.sender.leasing.hold(f"speak:{office.channel.name}")
        ago = datetime.now(UTC) - timedelta(minutes=5)
        until = ago + timedelta(hours=1) if another else ago + timedelta(minutes=2)

        def takes(store: Any) -> None:
            assert len(store.outbox.claim(ago, NOW, "another", until, 1, office.channel.name)) == 1

        office.database.write(takes)
        await office.sender.send_due()
        await office.sender.send_due()
        [task] = office.tasks.made.values()
        assert task["text"]["content"] == f"{TEXT}，谢谢"
        [lost] = office.database.read(lambda store: store.outbox.listed(["unknown"], 5))
        assert lost.error == "the process ended while sending"

    tell(story)


def test_a_task_that_could_not_be_noted_is_not_made_twice(tell: Tell, monkeypatch: pytest.MonkeyPatch) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        office.says(f"#群发 {TEXT}", boss)

        async def away(work: Any) -> None:
            raise OperationalError("INSERT", {}, OSError("disk full"))

        monkeypatch.setattr(office.channel, "_write", away)
        await office.sender.send_due()
        assert len(office.tasks.made) == 1
        assert office.database.read(lambda store: [one.state for one in store.outbox.listed(["unknown"], 5)])
        assert "没有回音，请李敏看看" in office.says("群发", boss)[0].text

    tell(story)


def test_workers_and_residents_may_not_and_talk_about_it_is_talk(tell: Tell) -> None:
    async def story(office: Office) -> None:
        for user in ("u:limin", "u:zhang"):
            assert all(one.to != Address("wecom_broadcast", "limin") for one in office.says(f"#群发 {TEXT}", user))
        boss = secretary(office)
        assert all(one.to != Address("wecom_broadcast", "limin") for one in office.says("群发 一下通知吧", boss))

    tell(story)


def test_without_its_mark_it_is_asked_back_in_private_and_sent_when_pressed(tell: Tell) -> None:
    async def story(office: Office) -> None:
        boss = secretary(office)
        [asked] = office.says(f"群发 {TEXT}", boss)
        assert TEXT in asked.text and [button.command for button in asked.buttons] == [f"#群发 {TEXT}"]
        said = office.says(asked.buttons[0].command, boss)
        assert any(one.to == Address("wecom_broadcast", "limin") for one in said)
        assert office.says("群发一下通知", "u:limin") == []

    tell(story)
