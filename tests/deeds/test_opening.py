"""A report is heard: what the group, the staff and the reporter then see, by day and by night."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Refused
from domain.messages import Priority
from domain.reading import Category, Where
from handlers.deeds import correcting, handling
from tests.deeds.street import NIGHT, Street


def test_one_short_card_answers_the_report_and_the_staff_get_theirs(street: Street) -> None:
    ticket, said = street.report(photo=True)
    assert ticket.number == "阳光1" and ticket.status == "open" and ticket.tier == "unit"
    (card,) = said.to("unit")
    assert card.text == ("收到，3幢2单元电梯停了，已登记（阳光1）。最晚19:12前有人回话。要是记错了，回“不是报事”就行。")
    assert (card.mode, card.replies_to, card.card, card.buttons) == ("reply", "m1", f"ticket:{ticket.id}:residents", ())
    (work,) = said.to("unit-staff")
    assert work.text.splitlines() == [
        "阳光1 公共维修",
        "3幢2单元电梯停了",
        "张女士15:12在群里说的，照片1张",
        "请在19:12前回话",
    ]
    assert [one.command for one in work.buttons] == ["接单 阳光1", "转办 阳光1", "上报 阳光1", "不是报事 阳光1"]
    assert said.chats == {"unit", "unit-staff"}


def test_numbers_count_on_within_the_community(street: Street) -> None:
    assert [street.report()[0].number for _ in range(3)] == ["阳光1", "阳光2", "阳光3"]


def test_neither_names_nor_doors_nor_neighbours_stand_in_the_group(street: Street) -> None:
    where = Where(building="3", unit="2", room="502")
    for text, category in (
        ("3-2-502王奶奶家马桶堵了，电话13700001234", "home_repair"),
        ("502一直往下滴水，她家没人管", "complaint"),
        ("我妈高血压，楼道灯坏了不敢下楼", "public_repair"),
    ):
        _, said = street.report(text=text, category=category, where=where)  # type: ignore[arg-type]
        card = said.text("unit")
        assert card
        for secret in ("502", "王奶奶", "1370", "她家", "血压", "我妈", "张女士"):
            assert secret not in card


def test_without_a_staff_group_of_the_unit_the_community_is_told(empty: Street) -> None:
    street = empty.settle(without=("unit-staff",))
    ticket, said = street.report()
    assert said.chats == {"unit", "community-staff"}
    assert said.to("community-staff")[0].card == f"ticket:{ticket.id}:staff:community"


def test_with_no_staff_group_at_all_the_worker_is_told_in_private(empty: Street) -> None:
    street = empty.settle(without=("unit-staff", "community-staff", "street-staff"))
    _, said = street.report()
    assert said.chats == {"unit", "@小李"}


def test_what_is_urgent_goes_to_those_on_duty_besides(street: Street) -> None:
    ticket, said = street.report(urgency=2)
    assert said.chats == {"unit", "unit-staff", "@小李", "@老赵"}
    assert said.to("@小李")[0].text.startswith("【急】阳光1 公共维修")
    assert said.to("@小李")[0].card == f"ticket:{ticket.id}:person:{street.people['小李']}"


def test_at_night_the_answer_is_silent_and_the_rest_waits_unless_it_is_urgent(street: Street) -> None:
    street.now = NIGHT
    _, calm = street.report()
    assert calm.to("unit")[0].silent and calm.to("unit")[0].not_before is None
    assert calm.to("unit-staff")[0].not_before == NIGHT + timedelta(hours=8, minutes=30)  # 07:30
    _, urgent = street.report(urgency=2)
    assert [one.not_before for one in urgent.messages] == [None] * 4


def test_an_unsure_report_asks_the_staff_alone(street: Street) -> None:
    ticket, said = street.report(text="楼道灯是不是不亮", sure=False)
    assert ticket.status == "proposed" and said.chats == {"unit-staff"}
    assert [one.command for one in said.messages[0].buttons] == ["登记 阳光1", "不是报事 阳光1"]
    assert [street.alarm(kind, ticket) for kind in ("first_reply", "solve", "ladder")] == [None] * 3

    street.now += timedelta(hours=1)
    said = street.by("小李", correcting.register, ticket, room="unit-staff")
    (card,) = said.to("unit")
    assert card.mode == "reply" and card.replies_to == "m1" and "已登记（阳光1）" in card.text
    assert "接单 阳光1" in [one.command for one in said.edits("unit-staff")[0].buttons]
    now = street.ticket(ticket)
    assert now.status == "open" and now.first_due == street.now + timedelta(hours=3, minutes=48, days=0) + timedelta(
        hours=12, minutes=12
    )
    assert ("register", "none", "public_repair") in street.corrections(ticket)


def test_a_missing_place_is_asked_for_once_and_in_the_card_itself(street: Street) -> None:
    ticket, said = street.report(text="地下室漏水了", room="estate", where=Where(), ask_where=True)
    (card,) = said.to("estate")
    assert "您说的地下室漏水在几幢几单元？回“3-2”就行" in card.text and "请私聊我" in card.text
    said = street.joins("张女士", ticket, "3-1", room="estate", where=Where(building="3", unit="1"))
    assert said.new("estate") == []
    assert said.edits("estate")[0].text.startswith("收到，3幢1单元地下室漏水了，已登记")
    assert street.ticket(ticket).area in (street.areas["b3"], street.areas["u31"])


def test_a_report_in_private_is_answered_in_private_and_seen_by_few(street: Street) -> None:
    ticket, said = street.report(room=None, private=True, area="u32")
    assert ticket.private and said.chats == {"@张女士", "@小李", "@王书记"}
    assert "只有负责的人看得到" in said.text("@张女士")
    assert "【不公开】" in said.text("@小李")


def test_a_private_word_in_the_group_gets_no_content_there(street: Street) -> None:
    _, said = street.report(text="楼上天天吵架，别在群里说", category="complaint", private=True)
    assert said.text("unit") == "收到，会有人单独联系您，不在群里说。"
    assert said.chats == {"unit", "@小李", "@王书记"}
    street.befriend("张女士")
    _, said = street.report(text="楼上天天吵架，别在群里说", category="complaint", private=True)
    assert said.chats == {"@张女士", "@小李", "@王书记"}


@pytest.mark.parametrize(
    ("text", "against", "told"),
    [
        ("我要投诉物业乱收费", "property", {"@小李", "@王书记"}),
        ("网格员态度太差", "worker", {"@王书记"}),
        ("投诉社区不作为", "community", {"@小李"}),
    ],
)
def test_a_complaint_goes_round_those_it_is_about(street: Street, text: str, against: str, told: set[str]) -> None:
    ticket, said = street.report(text=text, category="complaint")
    assert ticket.against == against and ticket.private
    assert said.chats == {"unit", *told}
    assert text not in said.text("unit")


def test_the_accused_can_neither_take_it_nor_be_handed_it(street: Street) -> None:
    ticket, _ = street.report(text="我要投诉物业乱收费", category="complaint")
    with pytest.raises(Refused) as no:
        street.by("老赵", handling.claim, ticket)
    assert no.value.key == "refused.not_allowed"
    for name in ("物业", "老赵"):
        with pytest.raises(Refused) as no:
            street.by("小李", handling.transfer, ticket, name)
        assert no.value.key == "refused.accused"
    assert street.ticket(ticket) == ticket


def test_violence_at_home_is_for_two_people_and_leaves_no_trace_in_the_group(street: Street) -> None:
    ticket, said = street.report(who="小美", text="老公又打我，孩子也打", category="public_security", urgency=2)
    assert ticket.sensitive and said.chats == {"@王书记", "@吴主任"}
    assert "未成年人" in said.text("@王书记")
    with pytest.raises(Refused):
        street.by("小李", handling.claim, ticket)
    said = street.by("王书记", handling.claim, ticket)
    assert "unit" not in said.chats and "unit-staff" not in said.chats


def test_a_lift_with_people_in_it(street: Street) -> None:
    ticket, said = street.report(text="3幢2单元电梯又坏了，老人被困在里面", category="emergency", urgency=3)
    assert said.text("unit") == (
        "收到（阳光1）。电梯困人：请按轿厢里的警铃，打96333或119，不要扒门。"
        "已通知物业值班室和网格员。群里说了不等于报警。"
    )
    assert said.chats == {"unit", "unit-staff", "@小李", "@老赵"}
    assert {one.priority for one in said.messages} == {Priority.EMERGENCY}
    # The first rung has been called; the second is due after three minutes.
    assert street.alarm("ladder", ticket) == street.now + timedelta(minutes=3)
    assert street.alarm("first_reply", ticket) == street.now + timedelta(minutes=4)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("一楼好大煤气味", "先到室外，再打85220000或119。"),
        ("12楼着火了冒黑烟", "马上打119，听接警员的，不要坐电梯。"),
        ("有人在花坛边昏倒了叫不醒", "马上打120，听医生的，旁边留人。"),
        ("有人在撬门", "先到安全的地方，打110。"),
        ("小孩掉河里了", "不要下水去拉"),
        ("出事了快来人", "马上打110、119或120。"),
    ],
)
def test_each_emergency_has_its_line(street: Street, text: str, line: str) -> None:
    _, said = street.report(text=text, category="emergency", urgency=3)
    assert line in said.text("unit")


def test_only_those_who_were_told_are_said_to_have_been(empty: Street) -> None:
    street = empty.settle(without=("老赵",))
    _, said = street.report(text="老人被困在电梯里", category="emergency", urgency=3)
    assert "已通知网格员。" in said.text("unit") and "物业" not in said.text("unit")


def test_an_emergency_told_in_private_still_reaches_those_on_duty(street: Street) -> None:
    ticket, said = street.report(
        room=None, text="家里着火了", category="emergency", urgency=3, private=True, area="u32"
    )
    assert said.chats == {"@张女士", "unit-staff", "@小李", "@老赵"}
    assert "119" in said.text("@张女士")
    assert not ticket.private


def test_a_worker_who_hands_it_in_for_somebody(street: Street) -> None:
    ticket, said = street.report(who="小李", room=None, on_behalf_of="张奶奶", area="u32", text="水龙头漏水")
    assert said.chats == {"unit-staff"}
    assert "小李15:12替张奶奶报的" in said.text("unit-staff")
    assert ticket.reporter_person == street.people["小李"]


def test_my_mother_is_somebodys_family_on_the_card(street: Street) -> None:
    _, said = street.report(text="我妈79岁，想办老年助餐", category="consultation", on_behalf_of="我妈")
    assert "替家里人报的" in said.text("unit-staff")


def test_the_same_fault_back_again_names_the_old_ticket(street: Street) -> None:
    old, _ = street.report()
    _, said = street.report(reopens=old.id)
    assert "上次是阳光1，又坏了" in said.text("unit-staff")


@pytest.mark.parametrize("category", ["renovation", "community_report", "public_security", "consultation"])
def test_every_category_has_its_card(street: Street, category: Category) -> None:
    _, said = street.report(text="楼道里堆了建筑垃圾", category=category)
    assert "（阳光1）" in said.text("unit") and "回“不是报事”就行" in said.text("unit")


def test_nobody_knows_where_that_is(street: Street) -> None:
    with pytest.raises(Refused) as no:
        street.report(who="路人", room=None)
    assert no.value.key == "refused.unknown_area"
