"""The bot is asked to leave a group: by whom, what it says, what it forgets, and what it keeps."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from domain.messages import Address, Left, Said, Sender
from storage.store import Store
from storage.tables import lines
from tests.commands.neighbourhood import CHANNEL, Heard, Neighbourhood


def asks(here: Neighbourhood, who: str, admin: bool | None) -> Heard:
    said = Said(
        at=Address(CHANNEL, "unit"),
        id=f"m{next(iter(here.numbers))}",
        sender=Sender(who, who, admin=admin),
        sent_at=here.now,
        text="#退群",
    )
    return here.takes(said)


def bound(here: Neighbourhood) -> bool:
    return here.read(lambda store: store.areas.group_at(Address(CHANNEL, "unit"))) is not None


def kept_lines(here: Neighbourhood) -> int:
    def work(store: Store) -> int:
        of_room = select(func.count()).select_from(lines).where(lines.c.group_id == here.groups["unit"].id)
        return int(store.connection.execute(of_room).scalar_one())

    return here.read(work)


def test_only_who_runs_the_group_may_ask(here: Neighbourhood) -> None:
    assert "群管理员" in asks(here, "老刘", False).said_to("unit")
    assert "没法确认" in asks(here, "老刘", None).said_to("unit")
    assert "没法确认" in asks(here, "李明", None).said_to("unit")
    assert bound(here)
    assert "那个群里" in here.say("老刘", "#退群").said_to("@老刘")


def test_thrown_out_it_falls_silent_forgets_and_tells_who_binds_rooms_once(here: Neighbourhood) -> None:
    here.say("老刘", "今天天气不错", "unit")
    here.do("张女士", "3幢2单元电梯停了，谁来看看", "unit")
    at = Address(CHANNEL, "unit")
    left = Left(at=at, id="left", sender=Sender("老刘", "老刘"), sent_at=here.now, bot=True)
    heard = here.takes(left)
    assert heard.to("unit") == [] and not bound(here)
    assert "unit" in heard.said_to("@王芳") and "绑定" in heard.said_to("@王芳")
    [ticket] = here.tickets()
    assert kept_lines(here) == len(here.read(lambda store: store.tickets.lines_of(ticket.id))) > 0
    assert "我被移出群了" not in here.takes(left).said_to("@王芳")
    assert "我被移出群了" not in here.wait(days=1).said_to("@王芳")


def test_it_says_what_it_keeps_forgets_the_rest_and_goes(here: Neighbourhood) -> None:
    here.say("老刘", "今天天气不错", "unit")
    here.say("张女士", "3幢2单元电梯停了，谁来看看", "unit")
    [ticket] = here.read(lambda store: store.tickets.in_area("/", ("open",)))
    said = asks(here, "老刘", True).to("unit")
    assert [letter.mode for letter in said] == ["reply", "leave"]
    assert "已经删掉" in said[0].text and "移出去" in said[0].text and said[1].text == ""
    assert not bound(here)
    # What belongs to the ticket stays with it.
    assert kept_lines(here) == len(here.read(lambda store: store.tickets.lines_of(ticket.id))) > 0
    assert here.say("张女士", "又停了", "unit").to("unit") == []
    # The matter itself goes on, without a word in that room.
    assert not here.say("李明", f"接单 {ticket.number}").to("unit")
    done = here.say("李明", f"办结 {ticket.number} 换了门机皮带")
    assert not done.to("unit") and done.to("@张女士")


def test_a_secretary_may_take_it_out_of_a_group_of_the_community(here: Neighbourhood) -> None:
    assert asks(here, "王芳", None).to("unit")
    assert not bound(here)


def test_what_waited_for_the_morning_is_not_said_any_more(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    here.now += timedelta(hours=14)
    here.say("李明", f"办结 {ticket.number} 换了门机皮带")
    asks(here, "老刘", True)
    assert not here.wait(hours=12).to("unit")
