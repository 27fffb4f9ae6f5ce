"""Taken, noted, handed over, passed up: what everybody sees of it, and the clocks that run meanwhile."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Refused
from domain.messages import Priority
from handlers.deeds import correcting, handling
from handlers.texts import say
from tests.deeds.street import Street


def test_more_voices_change_the_card_and_add_no_line(street: Street) -> None:
    ticket, _ = street.report()
    street.joins("老刘", ticket, "我们这边也停了", voice=True)
    said = street.joins("小美", ticket, "+1", voice=True)
    assert said.new("unit") == [] and said.new("unit-staff") == []
    assert "另有2户也反映" in said.edits("unit")[0].text
    assert "另有2户也反映" in said.edits("unit-staff")[0].text
    again = street.joins("小美", ticket, "还没人来吗", voice=True)
    assert again.messages == []
    assert street.joins("小美", ticket, "", photo=True).text("unit-staff").count("照片1张") == 1


def test_a_line_that_adds_nothing_is_kept_and_nothing_is_said(street: Street) -> None:
    ticket, _ = street.report()
    assert street.joins("张女士", ticket, "等着呢").messages == []
    assert len(street.database.read(lambda store: store.tickets.lines_of(ticket.id))) == 2


def test_when_it_turns_out_to_be_an_emergency_everybody_is_called(street: Street) -> None:
    ticket, _ = street.report(text="3幢2单元电梯停了")
    street.now += timedelta(minutes=5)
    said = street.joins("老刘", ticket, "里面有人！", voice=True, category="emergency", urgency=3)
    (card,) = said.new("unit")
    assert "电梯" in card.text and card.priority is Priority.EMERGENCY and not card.silent
    assert {"@小李", "@老赵"} <= said.chats
    assert street.alarm("ladder", ticket) is not None
    assert ("urgency", "1", "3") in street.corrections(ticket)


def test_an_emergency_by_category_alone_is_one(street: Street) -> None:
    ticket, _ = street.report(text="3幢2单元电梯停了")
    said = street.by("周姐", correcting.correct, ticket, category="emergency")
    assert {"unit", "@小李", "@老赵"} <= said.chats
    assert street.alarm("ladder", ticket) is not None


def test_whoever_took_it_is_called_when_it_becomes_an_emergency(street: Street) -> None:
    ticket, _ = street.report(text="3幢2单元电梯停了")
    street.by("小李", handling.claim, ticket)
    said = street.joins("老刘", ticket, "里面有人！", voice=True, category="emergency", urgency=3)
    assert said.new("@小李")[0].priority is Priority.EMERGENCY and said.new("@老赵") and said.new("unit")


def test_an_emergency_handed_on_and_not_taken_is_called_out_again_soon(street: Street) -> None:
    ticket, _ = street.report(text="3幢2单元电梯困人了", category="emergency", urgency=3)
    street.by("小李", handling.claim, ticket)
    street.by("小李", handling.escalate, ticket, "叫不到维保")
    assert street.alarm("ladder", ticket) == street.now + timedelta(minutes=5)


def test_a_matter_made_private_is_taken_back_from_the_rooms(street: Street) -> None:
    ticket, _ = street.report(text="楼上漏水到我家", category="home_repair")
    said = street.joins("张女士", ticket, "别在群里说了", private=True)
    assert said.edits("unit")[0].text == "阳光1 会有人单独联系，不在群里说了。"
    assert said.edits("unit-staff")[0].text == "阳光1 已改为单独办理" and said.edits("unit-staff")[0].buttons == ()
    assert {"@小李", "@王书记"} <= said.chats
    assert all(one.mode == "edit" for one in said.to("unit"))


def test_who_takes_it_is_named_on_the_cards_and_to_the_reporter(street: Street) -> None:
    street.befriend("张女士")
    ticket, _ = street.report()
    assert street.alarm("first_reply", ticket) is not None
    said = street.by("小李", handling.claim, ticket, room="unit-staff")
    assert said.new("unit") == []
    assert said.edits("unit")[0].text == "阳光1 3幢2单元电梯停了：网格员小李已经接了。最晚周五给大家回话。"
    assert [one.command for one in said.edits("unit-staff")[0].buttons] == ["办结 阳光1", "转办 阳光1", "上报 阳光1"]
    assert said.text("@张女士").startswith("3幢2单元电梯停了的事（阳光1），网格员小李已经接了")
    now = street.ticket(ticket)
    assert (now.status, now.assignee, now.taken_at) == ("taken", street.people["小李"], street.now)
    assert street.alarm("first_reply", ticket) is None and street.alarm("solve", ticket) is not None


def test_it_can_be_taken_once(street: Street) -> None:
    ticket, _ = street.report()
    street.by("小李", handling.claim, ticket)
    with pytest.raises(Refused) as no:
        street.by("周姐", handling.claim, ticket)
    assert say(no.value.key, **no.value.params) == "阳光1小李已经接了。要换人，请他转办给您。"
    with pytest.raises(Refused) as no:
        street.by("小李", handling.claim, ticket)
    assert no.value.key == "refused.already_yours"


@pytest.mark.parametrize("who", ["张女士", "老刘", "小陈"])
def test_residents_and_workers_of_elsewhere_cannot_take_it(street: Street, who: str) -> None:
    ticket, _ = street.report()
    with pytest.raises(Refused) as no:
        street.by(who, handling.claim, ticket)
    assert no.value.key == "refused.not_allowed"
    assert street.ticket(ticket).status == "open"


def test_taking_what_was_only_suspected_registers_it(street: Street) -> None:
    ticket, _ = street.report(sure=False)
    said = street.by("小李", handling.claim, ticket)
    assert "网格员小李已经接了" in said.new("unit")[0].text
    assert street.ticket(ticket).solve_due is not None


def test_an_emergency_that_was_taken_is_asked_after_and_not_climbed(street: Street) -> None:
    ticket, _ = street.report(text="老人被困在电梯里", category="emergency", urgency=3)
    said = street.by("老赵", handling.claim, ticket)
    assert "物业老赵已经接了" in said.text("unit") and "96333" in said.text("unit")
    assert street.alarm("ladder", ticket) == street.now + timedelta(minutes=30)


def test_a_note_is_for_the_staff(street: Street) -> None:
    ticket, _ = street.report()
    said = street.by("小李", handling.note, ticket, "配件明天到")
    assert "备注：配件明天到" in said.text("unit-staff")
    assert "配件" not in said.text("unit")
    assert street.ticket(ticket).answered_at is None
    street.by("小李", handling.note, ticket, "师傅在路上了", room="unit")
    assert street.ticket(ticket).answered_at == street.now


def test_handed_to_a_department_its_people_get_the_card(street: Street) -> None:
    ticket, _ = street.report(text="楼下水管爆了")
    street.by("小李", handling.claim, ticket)
    said = street.by("小李", handling.transfer, ticket, "水务", "主管道的事")
    assert "已转水务局，网格员小李跟着" in said.text("@水务小吴")
    assert "接单 阳光1" in [one.command for one in said.to("@水务小吴")[0].buttons]
    assert "原因：主管道的事" in said.text("unit-staff")
    assert said.edits("unit")[0].text.startswith("阳光1 ") and "已经转给水务局了" in said.text("unit")
    assert "主管道的事" not in said.text("unit")
    now = street.ticket(ticket)
    assert (now.department, now.assignee, now.followed_by) == (street.water, None, street.people["小李"])
    street.by("水务小吴", handling.claim, ticket)
    said = street.by("水务小吴", handling.finish, ticket, "换了一段主管")
    assert "换了一段主管" in said.new("unit")[0].text


@pytest.mark.parametrize(
    ("to", "department", "person"),
    [("自来水公司", True, None), ("给水务来看看", True, None), ("周姐", False, "周姐"), ("社区周姐", False, "周姐"),
     ("物业", False, "老赵"), ("书记", False, "王书记")],
)  # fmt: skip
def test_names_and_offices_are_understood(street: Street, to: str, department: bool, person: str | None) -> None:
    ticket, _ = street.report()
    street.by("小李", handling.transfer, ticket, to)
    now = street.ticket(ticket)
    assert (now.department == street.water) is department
    assert now.assignee == (street.people[person] if person else None)


def test_whoever_is_not_in_our_book_is_named_as_he_was_called(street: Street) -> None:
    ticket, _ = street.report(text="窨井盖破了")
    said = street.by("小李", handling.transfer, ticket, "排水公司")
    assert "已转排水公司，网格员小李跟着" in said.text("unit-staff")
    assert "已经转给排水公司了" in said.text("unit")
    now = street.ticket(ticket)
    assert (now.status, now.department, now.assignee, now.followed_by) == ("open", None, None, street.people["小李"])
    with pytest.raises(Refused) as no:
        street.by("小李", handling.transfer, ticket, "  ")
    assert no.value.key == "refused.needs_target"


def test_passed_up_tier_by_tier_and_the_result_comes_back_down(street: Street) -> None:
    ticket, _ = street.report(text="3幢水压低")
    due = ticket.solve_due
    street.by("小李", handling.claim, ticket)
    up = street.by("小李", handling.escalate, ticket, "要换主泵", room="unit-staff")
    assert "接单 阳光1" in [one.command for one in up.new("community-staff")[0].buttons]
    assert up.edits("unit-staff")[0].buttons == ()
    assert "楼里解决不了，已经报到社区" in up.text("unit") and "要换主泵" not in up.text("unit")
    top = street.by("周姐", handling.escalate, ticket, "请水务来查", room="community-staff")
    assert top.edits("unit")[0].text == (
        "阳光1 3幢2单元水压低：小区里解决不了，已经报到街道。最晚周五给大家回话，还是网格员小李跟着。"
    )
    assert [one.command for one in top.new("street-staff")[0].buttons] == ["接单 阳光1", "转办 阳光1", "不是报事 阳光1"]
    now = street.ticket(ticket)
    assert (now.tier, now.solve_due, now.followed_by) == ("district", due, street.people["小李"])
    with pytest.raises(Refused) as no:
        street.by("周姐", handling.escalate, ticket, "还是不行")
    assert no.value.key == "refused.top_tier"
    above = street.by("老孙", handling.escalate, ticket, "是市里的管网", room="street-staff")
    assert "这里解决不了，已经报到上级部门" in above.text("unit")
    done = street.by("老孙", handling.finish, ticket, "水务换了主泵", room="street-staff")
    assert done.new("unit")[0].text.startswith("阳光1 3幢2单元水压低的事办好了：水务换了主泵。")
    assert done.new("estate") == []


def test_passed_up_where_there_is_no_group_the_leads_are_told(empty: Street) -> None:
    street = empty.settle(without=("community-staff", "street-staff"))
    ticket, _ = street.report()
    said = street.by("小李", handling.escalate, ticket, "办不了")
    assert {"@王书记", "@周姐"} <= said.chats


@pytest.mark.parametrize(("said", "to"), [("城管", "城管"), ("请城管来处理一下", "城管"), ("水厂管一下", "水厂")])
def test_an_office_keeps_its_name_when_it_is_asked_to_see_to_it(street: Street, said: str, to: str) -> None:
    ticket, _ = street.report(text="3幢楼下噪音")
    told = street.by("小李", handling.transfer, ticket, said, room="unit-staff")
    assert f"已转{to}，" in told.text("unit-staff")
