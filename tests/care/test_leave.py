"""销假, and what becomes of a list whose stand-in is away himself."""

from __future__ import annotations

import pytest
from sqlalchemy import insert, update

from domain.messages import Outgoing, Person
from handlers.care.contacts import answer_contacts
from storage.tables import leaves, people, posts
from tests.care.conftest import Town
from tests.care.test_morning import ring
from tests.care.test_night import audit
from tests.care.test_visits import command, open_doors


def says(town: Town, text: str, user: str = "u:limin", card: str | None = None) -> list[Outgoing] | None:
    said = town.says(user, text, lambda ctx, speaker: answer_contacts(ctx, speaker, text), card=card)
    town.deliver(said or [])
    return said


def asks(town: Town, text: str, user: str = "u:limin") -> list[Outgoing]:
    said = command(town, text, user)
    town.deliver(said)
    return said


def to(said: list[Outgoing] | None, person: int) -> list[str]:
    return [one.text for one in said or [] if one.to == Person(person)]


def morning(town: Town) -> tuple[int, int]:
    """李敏 is away for three days, and 周莉 has her list of the first; 周莉 and 陈卫红."""
    town.at("2026-03-10 07:30")
    asks(town, "请假 3天")
    return town.person("周莉"), town.person("陈卫红")


@pytest.mark.parametrize("text", ["#销假", "/end_leave"])
def test_whoever_comes_back_has_her_visits_again_and_the_stand_in_is_told(town: Town, text: str) -> None:
    deputy, _ = morning(town)
    said = asks(town.at("2026-03-11 09:00"), text)
    assert "欢迎回来" in said[0].text and "走访4户：3-1-201 陈奶奶" in said[0].text
    [told] = to(said, deputy)
    assert told == "李敏销假回来了，今天起的走访还由李敏去，辛苦您了。"
    assert town.leaves("李敏") == []
    assert to(ring(town.at("2026-03-12 08:00")), deputy) == []


@pytest.mark.parametrize("text", ["我销假了", "请假取消", "销假", "取消请假", "我提前回来了", "回来上班了", "不请假了"])
def test_in_plain_words(town: Town, text: str) -> None:
    deputy, _ = morning(town)
    said = says(town.at("2026-03-11 09:00"), text)
    assert to(said, deputy) and said and "走访4户" in said[0].text
    assert says(town, text) is None or "没有请假" in str(says(town, text))


def test_who_is_not_away_is_told_so(town: Town) -> None:
    [said] = asks(town.at("2026-03-10 09:00"), "#销假")
    assert said.text == "您现在没有请假，也没有记着要请的假。"


def test_on_leave_again_the_stand_in_is_told_again(town: Town) -> None:
    deputy, _ = morning(town)
    asks(town.at("2026-03-10 09:00"), "#销假")
    [again] = to(asks(town.at("2026-03-10 10:00"), "请假 3天"), deputy)
    assert "3-1-201 陈奶奶" in again


def test_asked_for_twice_it_is_handed_over_once(town: Town) -> None:
    deputy, _ = morning(town)
    assert to(asks(town.at("2026-03-10 08:30"), "请假 3天"), deputy) == []


def test_a_stand_in_who_goes_on_leave_hands_on_what_he_had(town: Town) -> None:
    deputy, secretary = morning(town)
    command(town.at("2026-03-10 09:00"), "#走访 3-2-402 王奶奶精神不错", "u:zhouli")
    [handed] = [one for one in to(asks(town.at("2026-03-10 10:00"), "请假", "u:zhouli"), secretary) if "李敏" in one]
    assert "原先转给周莉，周莉也不在" in handed
    assert "走访3户：3-1-201 陈奶奶" in handed and "3-2-402" not in handed
    # Back again, whoever has the list now keeps it for the day, and hands it back should she go herself.
    asks(town.at("2026-03-10 11:00"), "#销假", "u:zhouli")
    [back] = [one for one in to(asks(town.at("2026-03-10 12:00"), "请假", "u:chenwh"), deputy) if "李敏" in one]
    assert "原先转给陈卫红" in back


@pytest.mark.parametrize("how", ["removed", "moved on", "marked away"])
def test_of_a_stand_in_who_is_gone_the_next_is_told_within_the_hour(town: Town, how: str) -> None:
    deputy, secretary = morning(town)
    assert [one for one in to(audit(town.at("2026-03-10 09:00")), secretary) if "李敏" in one] == []
    day, district = town.now.date(), town.do(lambda ctx: ctx.store.people.get(deputy).district)
    gone = {
        "removed": update(people).where(people.c.id == deputy).values(active=False),
        "moved on": update(posts).where(posts.c.person_id == deputy).values(until=town.now),
        "marked away": insert(leaves).values(district_id=district, person_id=deputy, first_on=day, last_on=day),
    }[how]
    town.do(lambda ctx: ctx.store.connection.execute(gone))
    [handed] = [one for one in to(audit(town.at("2026-03-10 10:00")), secretary) if "李敏" in one]
    assert "走访4户" in handed and "原先转给周莉" in handed
    assert [one for one in to(audit(town.at("2026-03-10 11:00")), secretary) if "李敏" in one] == []
    assert len(open_doors(town)) == 4
