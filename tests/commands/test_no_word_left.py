"""After 删除我的信息 every column of every table is looked through for what she said, and for who she is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from domain.messages import Raw
from storage.cipher import WrongKey
from storage.store import Store
from storage.tables import metadata
from tests.commands.neighbourhood import CHANNEL, START, Neighbourhood

PHONE = "13812345678"
# One for each way in which something can be said.
SECRETS = ("摔了一跤", PHONE, *(f"暗号{n}" for n in "甲乙丙丁戊己庚辛壬癸子丑"))
WHO = ("张女士", "张丽华", "3-2-501")
# The community's own file of the door, and our last answer, which had to be told where to go (docs/SECURITY.md).
STAYS = {("households.code", "3-2-501"), ("residents.name", "张丽华"), ("outbox.chat", "@张女士")}


def traces(here: Neighbourhood, *words: str) -> set[tuple[str, str]]:
    """In which columns any of these stand, with all that stands there."""

    def read(store: Store) -> set[tuple[str, str]]:
        return {
            (f"{table.name}.{name}", told)
            for table in metadata.sorted_tables
            for row in store.connection.execute(select(table)).mappings()
            for name, value in row.items()
            for told in [_opened(store, f"{table.name}.{name}", value)]
            if any(word in told for word in words)
        }

    return here.read(read)


def _opened(store: Store, field: str, value: Any) -> str:
    if not isinstance(value, bytes):
        return str(value)
    try:
        return store.cipher.open_text(value, field)
    except (WrongKey, UnicodeDecodeError):
        return value.decode(errors="ignore")


def _came_in(store: Store) -> None:
    """Her deliveries that nobody could handle, with errors that quote them."""
    for n, (chat, word) in enumerate((("unit", "暗号子"), ("@张女士", "暗号丑"))):
        store.inbox.receive([Raw(CHANNEL, f"k{n}", chat, f"张女士：{word}".encode(), START)])
        store.inbox.failed(n + 1, START, "ab12cd34", f"KeyError: '{word}'")


@pytest.fixture
def erased(here: Neighbourhood) -> Neighbourhood:
    """张女士, at home in 3-2-501, has reported, joined, noted, rated, complained and had staff look at it all."""

    def bind(store: Store) -> None:
        person = store.people.add(here.areas["district"], "张丽华", START, PHONE)
        store.people.bind_account(store.people.account(CHANNEL, "张女士", "张女士", START).id, person)
        door = store.households.add(here.areas["unit"], "3-2-501", START)
        store.households.add_resident(
            door.id, "张丽华", phone=PHONE, health="暗号癸", consent_on=START.date(), person=person
        )
        store.alarms.set("forget", here.areas["district"], START, district=here.areas["district"])
        store.channel_state.set(CHANNEL, "consent:template:张女士", "yes")
        store.channel_state.set(CHANNEL, "open:@张女士", "", START + timedelta(hours=48))
        _came_in(store)

    here.database.write(bind)
    here.say("张女士", f"3幢2单元501门口灯坏了，张丽华摔了一跤，电话{PHONE}", "unit", photo=True)
    first = here.tickets()[-1].number
    here.say("李明", f"查单 {first}", "unit-staff")
    here.say("李明", f"查单 {first}")
    here.say("张女士", f"备注 {first} 暗号甲")
    here.say("李明", f"接单 {first}")
    here.say("李明", f"办结 {first} 换了灯泡")
    here.say("张女士", f"评价 {first} 3 暗号乙")
    here.say("李明", f"办结 {first} 又换了灯泡")
    here.say("张女士", f"重办 {first} 暗号丙")
    here.wait(hours=30)
    here.say("李明", f"办结 {first} 再换了灯泡")
    here.say("张女士", f"评价 {first} 1 暗号丁")
    here.say("老刘", "3幢2单元电梯坏了，按了没反应", "unit")
    his = here.tickets()[-1].number
    here.say("张女士", "我也是，暗号戊，电梯坏了我腿不好", "unit")
    here.say("张女士", f"备注 {his} 暗号己")
    here.say("李明", f"改类 {his} 居家维修")
    here.say("张女士", "投诉物业不修，暗号庚")
    here.say("张女士", f"撤回 {here.tickets()[-1].number}")
    here.say("张女士", "更正 门牌是3-2-502，暗号辛")
    here.say("张女士", "今天天气真好，暗号壬", "unit")
    assert {word for word in SECRETS if not traces(here, word)} == set()
    here.say("张女士", "删除我的信息 确认")
    return here


def test_at_once_they_stand_at_most_where_all_is_forgotten_in_time(erased: Neighbourhood) -> None:
    """What staff were told beside the cards, deliveries of the group, and until when she may be written to."""
    columns = {column for column, _ in traces(erased, *SECRETS, *WHO) - STAYS}
    assert columns <= {"outbox.text", "inbox.body", "inbox.error", "channel_state.name"}
    assert not traces(erased, "consent:template")
    assert not traces(erased, "暗号丑")


def test_three_days_later_nowhere(erased: Neighbourhood) -> None:
    erased.wait(hours=72 + 24)
    assert traces(erased, *SECRETS, *WHO) == STAYS
