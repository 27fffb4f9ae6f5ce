"""A language model that behaves well, badly and slowly: what it may do to a ticket that staff were asked about."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.aids import examined
from bot.app import build, running
from bot.clock import OfficeClock
from bot.config import read_text
from bot.credentials import Secrets
from bot.intake import Intake
from bot.language_model.aid import LanguageModelAid
from bot.language_model.answers import BadAnswer, Opinion, copied, understood
from bot.language_model.asking import Breaker
from domain.aids import LanguageModel
from domain.errors import BadConfig
from domain.reading import Where
from domain.settings import Settings
from domain.tickets import Ticket
from handlers.deeds import correcting
from nlu.masking import MASK, masked
from nlu.reader import Reader
from storage.database import Database
from tests.aids.far_model import FarModel, far_model
from tests.deeds.street import Street

DOUBTFUL = "东门那个灯一闪一闪的，王奶奶回来看不清，我电话13800001234"
REPORT = {"report": True, "matter": "灯一闪一闪", "place": "东门"}
LEAVES = st.none() | st.booleans() | st.integers() | st.text()
TALK = {"report": False, "matter": "", "place": ""}


@dataclass
class Desk:
    """The road from a doubtful ticket to the model and back through the inbox."""

    street: Street
    far: FarModel
    aid: LanguageModelAid
    intake: Intake
    steady: float = 0.0

    async def ask(self) -> bool:
        """One question; what came of it is handled."""
        asked = await self.aid.ask_next(self.intake.receive)
        await self.intake.handle_waiting()
        return asked

    async def rows(self) -> dict[str, int]:
        return await asyncio.to_thread(self.street.database.read, lambda store: store.inbox.counts())


@pytest.fixture
def street(database: Database, settings: Settings, reader: Reader) -> Street:
    there = LanguageModel(url="http://127.0.0.1:1/v1", model="small")
    return Street(database, replace(settings, language_model=there), reader).settle()


def with_model(street: Street, story: Callable[[Desk], Awaitable[None]], *answers: Any, **settings: Any) -> None:
    async def whole() -> None:
        async with far_model(*answers) as far:
            there = replace(street.settings.language_model, url=far.url, **settings)
            street.settings = replace(street.settings, language_model=there)
            secrets = Secrets(language_model_key="hush")

            def steady() -> float:
                return desk.steady

            aid = LanguageModelAid(street.database, street.settings, secrets, lambda: street.now, steady)
            channels = {aid.name: aid}
            intake = Intake(street.database, channels, street.settings, street.reader, lambda: street.now)
            desk = Desk(street, far, aid, intake)
            try:
                await story(desk)
            finally:
                await aid.close()

    asyncio.run(whole())


def doubtful(street: Street, text: str = DOUBTFUL, **more: Any) -> Ticket:
    ticket, _ = street.report(text=text, sure=False, where=more.pop("where", Where()), **more)
    return ticket


def status(street: Street, ticket: Ticket) -> str:
    return street.ticket(ticket).status


def test_it_turns_a_doubt_into_a_ticket(street: Street) -> None:
    ticket = doubtful(street, category="complaint")

    async def story(desk: Desk) -> None:
        assert await desk.ask() and not await desk.ask()
        now = street.ticket(ticket)
        assert (now.status, now.where.place) == ("open", "东门") and now.first_due is not None
        # The reader itself says of which category the words are that the model pointed at.
        assert now.category == "public_repair"
        letters = street.database.read(lambda store: store.outbox.counts())
        assert letters["queued"] >= 2
        notes = street.database.read(lambda store: store.tickets.events(ticket.id, ["note"]))
        assert [note.event.data["text"] for note in notes] == ["自动复核：像是报事，已登记"]
        # It teaches the reader nothing.
        assert street.corrections(ticket) == []
        assert desk.far.keys == ["Bearer hush"]

    with_model(street, story, REPORT)


def test_a_running_office_asks_and_hears_the_answer(street: Street, key: str) -> None:
    ticket = doubtful(street)

    async def story(desk: Desk) -> None:
        # The playground's office as `minqing run` makes it, with a clock of the street's.
        parts = build(street.settings, key, OfficeClock(lambda: street.now), street.reader, Secrets())
        try:
            async with running(parts, ["intake"]):
                async with asyncio.timeout(20):
                    while status(street, ticket) == "proposed":
                        await asyncio.sleep(0.05)
        finally:
            parts.close()
        assert status(street, ticket) == "open" and desk.far.keys == [None]

    with_model(street, story, REPORT)


def test_check_names_it(street: Street) -> None:
    told = [found.what for found in examined(street.settings, Secrets())]
    assert told == [
        "language model: small at http://127.0.0.1:1/v1, without a key (MINQING_LANGUAGE_MODEL_KEY), "
        "200 questions a day"
    ]
    assert list(examined(Settings(), Secrets())) == []


@pytest.mark.parametrize("text", ['url = "ftp://x"', 'url = "https://x/v1"', 'url = "https://x/v1"\nper_day = -1'])
def test_settings_that_cannot_work_are_refused(text: str) -> None:
    with pytest.raises(BadConfig):
        read_text(f"[language_model]\n{text}")


def test_what_leaves_the_house_names_nobody(street: Street) -> None:
    doubtful(street, "@物业小李 东门灯坏了，王奶奶住3-2-501，电话13800001234，车浙A12345")

    async def story(desk: Desk) -> None:
        await desk.ask()
        (text,) = desk.far.texts
        assert text == masked(text) and text.count(MASK) > 10
        for secret in ("王", "501", "1380000", "A12345", "小李", "张女士"):
            assert secret not in json.dumps(desk.far.asked[0], ensure_ascii=False), secret
        assert "东门灯坏了" in text and "奶奶" in text

    with_model(street, story, TALK)


def test_it_turns_a_doubt_into_nothing(street: Street) -> None:
    ticket = doubtful(street)

    async def story(desk: Desk) -> None:
        await desk.ask()
        assert status(street, ticket) == "rejected" and street.corrections(ticket) == []

    with_model(street, story, TALK)


def test_staff_who_were_faster_are_right(street: Street) -> None:
    ticket = doubtful(street)

    async def story(desk: Desk) -> None:
        assert await desk.aid.ask_next(desk.intake.receive)
        await asyncio.to_thread(street.by, "小李", correcting.register, ticket)
        await desk.intake.handle_waiting()
        assert status(street, ticket) == "open"

    with_model(street, story, TALK)


def test_only_open_talk_that_can_wait_is_asked_about(street: Street) -> None:
    doubtful(street, private=True)
    doubtful(street, "老公又打我", category="public_security")
    doubtful(street, "好像有烟味", category="emergency", urgency=3)
    doubtful(street, room=None, area="garden")
    doubtful(street, "灯坏了没", room="unit-staff", who="小李")
    street.report(text="电梯停了")

    async def story(desk: Desk) -> None:
        assert not await desk.ask() and desk.far.asked == []

    with_model(street, story, TALK)


@pytest.mark.parametrize(
    "answer",
    [
        "是的，这是一条报事。",
        "{",
        "[]",
        b"\x00\xff",
        b'{"choices": []}',
        b"x" * 200_000,
        {"report": "yes", "matter": "灯", "place": ""},
        {"report": True, "matter": "灯", "place": None},
        {"report": True, "matter": "灯", "place": "", "category": "emergency"},
        {"report": True, "matter": "电梯坏了", "place": ""},
        500,
        429,
        302,
    ],
    ids=str,
)
def test_whatever_it_answers_wrongly_leaves_it_to_the_staff(street: Street, answer: Any) -> None:
    ticket = doubtful(street)

    async def story(desk: Desk) -> None:
        assert await desk.ask()
        desk.steady += 1000
        assert await desk.ask() and not await desk.ask(), "tried twice"
        assert status(street, ticket) == "proposed" and await desk.rows() == {}

    with_model(street, story, answer)


def test_an_answer_that_comes_too_late_is_none(street: Street) -> None:
    ticket = doubtful(street)

    async def story(desk: Desk) -> None:
        began = asyncio.get_running_loop().time()
        assert await desk.ask()
        assert asyncio.get_running_loop().time() - began < 2
        assert status(street, ticket) == "proposed"

    with_model(street, story, 5.0, timeout_seconds=0.2)


def test_an_invented_place_is_dropped_and_a_copied_one_only_completes(street: Street) -> None:
    first, second = doubtful(street), doubtful(street, where=Where(place="南门"), who="老刘")

    async def story(desk: Desk) -> None:
        await desk.ask()
        await desk.ask()
        assert status(street, first) == "open" and not street.ticket(first).where
        assert street.ticket(second).where.place == "南门"

    with_model(street, story, REPORT | {"place": "5幢3单元"}, REPORT)


def test_the_days_budget_outlives_the_process(street: Street) -> None:
    for who in ("张女士", "老刘", "小美"):
        doubtful(street, who=who)

    async def two_of_three(desk: Desk) -> None:
        assert [await desk.ask() for _ in range(4)] == [True, True, False, False]

    async def none_is_left(desk: Desk) -> None:
        assert not await desk.ask() and desk.far.asked == []

    async def next_day(desk: Desk) -> None:
        street.now += timedelta(days=1)
        assert await desk.ask() and desk.far.asked == [], "that question is too old by now"
        doubtful(street)
        assert await desk.ask() and len(desk.far.asked) == 1

    with_model(street, two_of_three, TALK, per_day=2)
    with_model(street, none_is_left, TALK, per_day=2)
    with_model(street, next_day, TALK, per_day=2)


def test_after_some_failures_it_is_left_alone(street: Street) -> None:
    for who in ("张女士", "老刘", "小美"):
        doubtful(street, who=who)

    async def story(desk: Desk) -> None:
        assert [await desk.ask() for _ in range(5)] == [True, True, False, False, False]
        assert len(desk.far.asked) == 2
        desk.steady += 299
        assert not await desk.ask()
        desk.steady += 2
        assert await desk.ask(), "one try"
        desk.steady += 1
        assert await desk.ask(), "and it is back"

    with_model(street, story, 500, 500, TALK, failures=2, pause_seconds=300.0)


def test_told_to_wait_it_waits(street: Street) -> None:
    doubtful(street)

    async def story(desk: Desk) -> None:
        assert await desk.ask() and not await desk.ask()
        desk.steady += 41
        assert await desk.ask()

    with_model(street, story, 429, TALK)


def test_the_same_opinion_twice_is_one(street: Street) -> None:
    ticket = doubtful(street)

    async def story(desk: Desk) -> None:
        raws: list[Any] = []

        async def keep(found: Any) -> None:
            raws.extend(found)

        await desk.aid.ask_next(keep)
        await desk.intake.receive(raws)
        await desk.intake.receive(raws)
        await desk.intake.handle_waiting()
        assert await desk.rows() == {"done": 1} and status(street, ticket) == "open"

    with_model(street, story, REPORT)


@given(st.text(max_size=30), st.text(max_size=60))
def test_only_what_stands_there_is_believed(words: str, text: str) -> None:
    found = copied(words, text)
    assert found == "" or (found in text and found in words)


@given(st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=8))
def test_no_answer_breaks_it(said: Any) -> None:
    for content in (said, json.dumps(said)):
        body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
        with pytest.raises(BadAnswer):
            understood(body, "东门灯坏了")


@given(st.booleans(), st.sampled_from(["", "灯坏了", "东门", "西门"]), st.sampled_from(["", "东门", "西门"]))
def test_a_good_answer_says_only_words_of_the_text(report: bool, matter: str, place: str) -> None:
    content = json.dumps({"report": report, "matter": matter, "place": place})
    body = json.dumps({"choices": [{"message": {"content": content}}]}).encode()
    try:
        opinion = understood(body, "东门灯坏了")
    except BadAnswer:
        assert report and matter in ("", "西门")
        return
    assert opinion == Opinion(report, matter if matter != "西门" else "", place if place != "西门" else "")


@given(st.lists(st.booleans(), max_size=40))
def test_the_breaker_opens_after_so_many_failures_in_a_row(outcomes: list[bool]) -> None:
    breaker, row = Breaker(3, 60.0, lambda: 0.0), 0
    for good in outcomes:
        if breaker.is_open:
            break
        row = 0 if good else row + 1
        breaker.succeeded() if good else breaker.failed()
        assert breaker.is_open == (row >= 3)


@pytest.mark.parametrize(
    ("said", "leaves"),
    [
        ("3幢2单元501漏水", "3幢2单元＊＊＊漏水"),
        ("3-2-501漏水，找王师傅", "3-2-＊＊＊漏水，找＊师傅"),
        ("五零一漏水，一直没人来", "＊＊＊漏水，一直没人来"),
        ("老李家门口，小陈你看看", "老＊家门口，小＊你看看"),
        ("我叫赵小明，身份证330106199003072345", "我叫＊＊＊，身份证" + "＊" * 18),
        ("东门小路灯坏了三天了，小车也出不去", "东门小路灯坏了三天了，小车也出不去"),
        ("402和502都停水", "＊＊＊和＊＊＊都停水"),
        ("502室、六零二室都漏", "＊＊＊室、＊＊＊室都漏"),
        ("我是3-2-402的，楼上3-2-502半夜装修", "我是3-2-＊＊＊的，楼上3-2-＊＊＊半夜装修"),
        ("3-2-402 漏水\n我是楼下3-2-302的", "3-2-＊＊＊ 漏水\n我是楼下3-2-＊＊＊的"),
        ("3幢402漏水，楼上502不承认", "3幢＊＊＊漏水，楼上＊＊＊不承认"),
        ("502年轻人天天吵，402路过都听见", "＊＊＊年轻人天天吵，＊＊＊路过都听见"),
        ("三百零二室漏水", "＊＊＊＊室漏水"),
        ("101幢2单元、阳光路128号停电，200块", "101幢2单元、阳光路128号停电，200块"),
        ("138.0000.1234", "＊" * 13),
        ("1380 0001 234", "＊" * 13),
        ("12-2-1102 138 0000 1234 3-2-402", "12-2-＊＊＊＊ " + "＊" * 13 + " 3-2-＊＊＊"),
        ("138 0000 1234 3幢漏水", "＊" * 13 + " 3幢漏水"),
        ("我叫欧阳娜娜", "我叫＊＊＊＊"),
        ("我是陈建国\n楼上慕容奶奶家漏水", "我是＊＊＊\n楼上＊＊奶奶家漏水"),
        ("王芳说楼道灯坏了，找李秀英吧", "＊＊说楼道灯坏了，找＊＊＊吧"),
        ("张建国又在楼道里堆东西", "＊＊＊又在楼道里堆东西"),
        ("那个刘大伟天天半夜打麻将", "那个＊＊＊天天半夜打麻将"),
        ("王娟家漏水了", "＊＊家漏水了"),
        ("柳荫里3幢停水，安静点，谢谢你们", "柳荫里3幢停水，安静点，谢谢你们"),
        ("毛巾掉到四楼雨棚上，马蜂窝也在那", "毛巾掉到四楼雨棚上，马蜂窝也在那"),
    ],
)
def test_what_is_masked(said: str, leaves: str) -> None:
    assert masked(said) == leaves


@given(st.text(alphabet="王李张奶奶女士先生住在东门幢单元室0123456789-@，电话浙A", max_size=60))
def test_masking_keeps_every_other_character_in_its_place(text: str) -> None:
    hidden = masked(text)
    assert len(hidden) == len(text)
    assert all(one in (MASK, other) for one, other in zip(hidden, text, strict=True))


@given(
    st.integers(1, 99),
    st.integers(1, 29),
    st.lists(st.integers(101, 4920), min_size=1, max_size=4),
    st.sampled_from(["和", "、", " ", "，楼上", "\n楼下"]),
    st.sampled_from(["{b}-{u}-{r}", "{b}幢{u}单元{r}室", "{b}号楼{u}单元 {r}"]),
)
def test_of_an_address_the_house_is_told_and_the_room_is_not(
    building: int, unit: int, rooms: list[int], between: str, shape: str
) -> None:
    hidden = masked(between.join(shape.format(b=building, u=unit, r=room) for room in rooms) + "漏水")
    house = shape.partition("{r}")[0].format(b=building, u=unit)
    assert hidden.count(house.strip()) == len(rooms) and hidden.endswith("漏水")
    assert hidden.count(MASK) == sum(len(str(room)) for room in rooms)


@given(
    st.from_regex(r"1[3-9]\d{9}", fullmatch=True).filter(str.isascii),
    st.sampled_from([(3, 7), (4, 8), (4, 7), (3, 6), (5, 8)]),
    st.sampled_from(["", " ", ".", "-"]),
    st.sampled_from(["", "打我", "\n3幢", " 3幢漏水"]),
)
def test_no_figure_of_a_phone_leaves_however_it_is_grouped(
    phone: str, cuts: tuple[int, int], between: str, after: str
) -> None:
    written = between.join((phone[: cuts[0]], phone[cuts[0] : cuts[1]], phone[cuts[1] :]))
    assert masked(f"电话{written}{after}") == f"电话{MASK * len(written)}{after}"
