"""政民沟通: what residents filed with the robot of their WeChat group becomes tickets, and is followed to its end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.wecom_report.channel import WecomReportChannel
from bot.channels.wecom_report.deliveries import raw_of, understand
from bot.intake import Intake
from domain.errors import SendFailed
from domain.messages import Media, Raw
from domain.settings import Settings
from domain.tickets import Ticket
from domain.wecom import CaseName, StepName, Wecom, WecomReport
from nlu.reader import Reader
from storage import sample
from storage.database import Database
from tests.tencent.far_end import CORP, SECRET, FarEnd
from tests.tencent.reports import PHOTO, Reports

NOW = datetime(2026, 3, 10, 2, 0, tzinfo=UTC)
REPORT = WecomReport(
    on=True,
    solved=(3,),
    urgent=(2,),
    cases=(CaseName("电梯", "public_repair"), CaseName("咨询", "consultation")),
    steps=(StepName(1, "受理"), StepName(2, "办结")),
)
LIFT = {
    "order_id": "o-1", "desc": "3幢2单元电梯停了，上不去", "case_name": "设施维修/电梯", "grid_id": "g-yunqi",
    "grid_name": "云栖里", "urge_type": 1, "create_time": int((NOW - timedelta(minutes=30)).timestamp()),
    "reporter_name": "王芳", "reporter_mobile": "13800001111", "unionid": "union-1",
    "location": {"name": "云栖里3幢", "address": "望江街道", "latitude": 28.9, "longitude": 118.8},
}  # fmt: skip


@dataclass
class Office:
    """A sample district with 政民沟通 as its only door. `at` is the clock."""

    database: Database
    far: FarEnd
    reports: Reports
    channel: WecomReportChannel
    intake: Intake
    clock: list[datetime]

    async def look(self) -> int:
        count = await self.channel.look("resident", self.intake.receive)
        count += await self.channel.look("patrol", self.intake.receive)
        await self.intake.handle_waiting()
        return count

    def tickets(self) -> list[Ticket]:
        found = self.database.read(
            lambda store: store.tickets.in_area("/", ("proposed", "open", "taken", "done", "closed"))
        )
        return sorted(found, key=lambda one: one.id)

    def notes(self, ticket: Ticket) -> list[str]:
        events = self.database.read(lambda store: store.tickets.events(ticket.id, ["note"]))
        return [str(kept.event.data["text"]) for kept in events]

    def inbox(self) -> dict[str, int]:
        return self.database.read(lambda store: store.inbox.counts())


Story: TypeAlias = Callable[[Office], Awaitable[None]]
Tell: TypeAlias = Callable[[Story], None]


@pytest.fixture
def tell(database: Database, settings: Settings, reader: Reader) -> Tell:
    database.write(lambda store: sample.load(store, NOW))

    def told(story: Story) -> None:
        async def whole() -> None:
            far = FarEnd()
            await far.start()
            clock = [NOW]
            wired = replace(settings, wecom=Wecom(corp_id=CORP, api=far.address, report=REPORT))
            channel = WecomReportChannel(database, wired, lambda: clock[0], SECRET)
            intake = Intake(database, {channel.name: channel}, wired, reader, lambda: clock[0])
            try:
                await story(Office(database, far, Reports(far), channel, intake, clock))
            finally:
                await far.stop()

        asyncio.run(whole())

    return told


def second(at: datetime) -> int:
    return int(at.timestamp())


def test_an_order_becomes_a_ticket_and_ends_when_it_is_solved_there(tell: Tell) -> None:
    async def story(office: Office) -> None:
        office.reports.put(second(NOW), **LIFT)
        assert await office.look() == 1
        [ticket] = office.tickets()
        assert (ticket.category, ticket.status, ticket.reporter_name) == ("public_repair", "open", "王芳")
        assert (ticket.where.estate, ticket.where.building, ticket.where.unit) == ("云栖里", "3", "2")
        area = office.database.read(lambda store: store.areas.get(ticket.area).name)
        assert area == "云栖里3幢2单元"
        assert "13800001111" not in ticket.summary and ticket.summary == LIFT["desc"]

        office.clock[0] += timedelta(minutes=5)
        office.reports.put(
            second(office.clock[0]), order_id="o-1", processor_userids=["limin"],
            process_list=[{"process_type": 1, "solve_userid": "limin", "process_desc": "已派人", "status": 1}],
        )  # fmt: skip
        await office.look()
        assert office.notes(ticket) == ["政民沟通 受理 limin 状态1 已派人", "政民沟通 处理人 limin"]

        office.clock[0] += timedelta(minutes=50)
        office.reports.put(
            second(office.clock[0]), order_id="o-1",
            process_list=[
                {"process_type": 1, "solve_userid": "limin", "process_desc": "已派人", "status": 1},
                {"process_type": 2, "solve_userid": "limin", "process_desc": "换了门机皮带", "status": 3},
            ],
        )  # fmt: skip
        await office.look()
        [ticket] = office.tickets()
        assert (ticket.status, ticket.result) == ("closed", "换了门机皮带")
        assert office.notes(ticket)[2:] == ["政民沟通 办结 limin 换了门机皮带"]

    tell(story)


def test_looks_overlap_and_nothing_comes_twice(tell: Tell) -> None:
    async def story(office: Office) -> None:
        office.reports.put(second(NOW), **(LIFT | {"image_urls": [f"{office.far.address}/a.png"]}))
        for _ in range(4):
            await office.look()
            office.clock[0] += timedelta(minutes=1)
        assert len(office.tickets()) == 1
        assert sum(office.inbox().values()) == 1, "a link that was signed anew is no change"
        asked = office.far.to("report/resident/get_order_list")
        assert asked[0]["begin_modify_time"] == second(NOW - timedelta(days=7, minutes=10))
        assert asked[1]["begin_modify_time"] == second(NOW - timedelta(minutes=10))
        assert {one["cursor"] for one in asked} == {""}

    tell(story)


def test_a_long_list_comes_page_by_page_and_a_broken_look_begins_anew(tell: Tell) -> None:
    async def story(office: Office) -> None:
        for n in range(7):
            office.reports.put(second(NOW), **(LIFT | {"order_id": f"o-{n}", "desc": f"{n + 1}幢1单元楼道灯不亮了"}))
        office.reports.page = 3
        path = "report/resident/get_order_list"
        office.far.fault(path, errcode=0, body=b"")  # the first call: rubbish
        with pytest.raises(SendFailed):
            await office.look()
        assert await office.look() == 7
        assert [one["cursor"] for one in office.far.to(path)][1:] == ["", "3", "6"]
        assert len(office.tickets()) == 7

    tell(story)


def test_the_same_fault_filed_by_two_is_one_ticket_and_ends_with_the_first_only(tell: Tell) -> None:
    async def story(office: Office) -> None:
        office.reports.put(second(NOW), **LIFT)
        await office.look()
        office.clock[0] += timedelta(minutes=3)
        second_one = LIFT | {"order_id": "o-2", "unionid": "union-2", "reporter_name": "老陈"}
        office.reports.put(second(office.clock[0]), **(second_one | {"desc": "3幢2单元电梯停了，老人下不来"}))
        await office.look()
        [ticket] = office.tickets()
        voices = office.database.read(lambda store: [voice.name for voice in store.tickets.voices(ticket.id)])
        assert voices == ["王芳", "老陈"]
        office.clock[0] += timedelta(minutes=3)
        office.reports.put(
            second(office.clock[0]),
            order_id="o-2",
            process_list=[{"process_type": 2, "status": 3, "process_desc": "重复"}],
        )
        await office.look()
        [ticket] = office.tickets()
        assert ticket.status == "open" and office.notes(ticket) == ["政民沟通 办结 重复"]

    tell(story)


def test_patrols_urgency_photos_and_an_order_of_no_known_grid(tell: Tell) -> None:
    async def story(office: Office) -> None:
        office.reports.put(
            second(NOW), "patrol", order_id="p-1", desc="", case_name="其他", grid_id="g-x", grid_name="不知道的网格",
            urge_type=2, create_time=0, reporter_userid="limin",
            image_urls=[f"{office.far.address}/cgi-bin/webhook/a.png"],
        )  # fmt: skip
        # A path of the far end that asks for no token, as the links of photos do not.
        office.far.serve("webhook/a.png", lambda _call: PHOTO)
        await office.look()
        [ticket] = office.tickets()
        assert ticket.urgency == 2 and ticket.summary == "没有文字，请看照片和位置"
        assert office.database.read(lambda store: store.areas.get(ticket.area).kind) == "district"
        [wanted] = office.database.read(lambda store: store.media.wanted(5, NOW, ["wecom_report"]))
        assert await office.channel.fetch(wanted.media) == PHOTO

    tell(story)


def test_photos_are_fetched_by_the_latest_link_and_from_nowhere_unsafe(tell: Tell) -> None:
    async def story(office: Office) -> None:
        office.far.media["clip"] = b"a video"
        assert await office.channel.fetch(Media("video", "media:clip")) == b"a video"
        with pytest.raises(SendFailed):
            await office.channel.fetch(Media("photo", "photo:o-1:0"))
        office.reports.put(second(NOW), **(LIFT | {"image_urls": ["http://10.0.0.1/secret"]}))
        await office.look()
        with pytest.raises(SendFailed) as caught:
            await office.channel.fetch(Media("photo", "photo:o-1:0"))
        assert caught.value.permanent

    tell(story)


def test_a_permission_that_is_missing_is_said_in_plain_words(tell: Tell) -> None:
    async def story(office: Office) -> None:
        office.far.fault("report/resident/get_order_list", errcode=48002, errmsg="api forbidden")
        with pytest.raises(SendFailed) as caught:
            await office.look()
        assert "48002" in str(caught.value) and "interface" in str(caught.value)

    tell(story)


HALF = "\ud83d"


@pytest.mark.parametrize(
    "bad",
    [{"desc": f"3幢1单元漏水{HALF}"}, {"desc": "3幢1单元漏水\0"}, {"image_urls": ["https://[x/1.jpg"]}, {HALF: "x"}],
)
def test_one_order_that_cannot_be_kept_holds_up_no_other(tell: Tell, bad: dict[str, object]) -> None:
    async def story(office: Office) -> None:
        broken = {"order_id": "o-0", "desc": "3幢1单元漏水", "grid_id": "g-yunqi", "grid_name": "云栖里"}
        office.reports.put(second(NOW), **(broken | bad))
        office.reports.put(second(NOW), **LIFT)
        office.reports.put(second(NOW), "patrol", order_id="p-1", desc="5幢1单元楼道灯不亮了")
        for _ in range(2):
            await office.look()
            office.clock[0] += timedelta(minutes=1)
        kept = [ticket.summary for ticket in office.tickets() if "漏水" not in ticket.summary]
        assert kept == [LIFT["desc"], "5幢1单元楼道灯不亮了"]
        assert office.inbox() == {"done": 2 if HALF in bad else 3}, "and none comes twice"
        assert office.far.to("report/resident/get_order_list")[1]["begin_modify_time"] == second(
            NOW - timedelta(minutes=10)
        ), "the next look begins where this one did"

    tell(story)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
FIELDS = (*LIFT, "process_list", "processor_userids", "image_urls", "video_media_ids")


@given(st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=12), st.text(min_size=1, max_size=80))
def test_whatever_stands_in_an_order_it_is_understood_or_refused(order: dict[str, object], name: str) -> None:
    raw = raw_of("resident", order | {"order_id": name}, NOW)
    assert raw is not None and len(raw.key) <= 128 and len(raw.chat) <= 128
    [filed] = understand(raw, REPORT)
    assert filed.sent_at <= NOW and filed.order == f"resident:{name}"
    assert all(len(item.ref) <= 255 for item in filed.media if item.kind == "photo")


@given(st.binary(max_size=60))
def test_bytes_that_are_no_order_are_refused(body: bytes) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        understand(Raw("wecom_report", "k", "c", body, NOW), REPORT)


def test_an_order_without_an_id_is_left_out() -> None:
    assert raw_of("resident", json.loads('{"desc": "x"}'), NOW) is None
