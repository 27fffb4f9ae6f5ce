"""Done, rated, not yet right, withdrawn, put right: how a ticket ends, and what is learnt from it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.errors import Refused
from domain.messages import Media
from domain.reading import Where
from handlers.deeds import closing, correcting, handling
from handlers.texts import say
from tests.deeds.street import NIGHT, Street


def test_done_is_told_once_in_the_group_and_asked_in_private(street: Street) -> None:
    street.befriend("张女士")
    ticket, _ = street.report()
    street.by("小李", handling.claim, ticket)
    said = street.by("小李", handling.finish, ticket, "换了门机皮带，19:50恢复运行", (Media("photo", "p9"),))
    (line,) = said.new("unit")
    assert line.text == "阳光1 3幢2单元电梯停了的事办好了：换了门机皮带，19:50恢复运行。"
    assert line.mode == "reply" and line.media == (Media("photo", "p9"),)
    (question,) = said.to("@张女士")
    assert question.text == (
        "张女士，3幢2单元电梯停了的事办好了（阳光1）：换了门机皮带，19:50恢复运行。您看怎么样？\n"
        "回 1 好了，满意　2 好了，一般　3 还没好\n没空回也没关系。"
    )
    assert question.card == f"rating:{ticket.id}"
    assert street.alarm("rating", ticket) == street.now + timedelta(hours=24)
    assert street.alarm("solve", ticket) is None


def test_who_cannot_be_reached_is_asked_along_with_that_line(street: Street) -> None:
    ticket, _ = street.report()
    said = street.by("小李", handling.finish, ticket, "修好了")
    (line,) = said.new("unit")
    assert line.text.startswith("阳光1 3幢2单元电梯停了的事办好了。报的邻居看看怎么样？回 1 好了")
    assert said.chats == {"unit", "unit-staff"}


def test_what_the_residents_never_saw_is_not_closed_before_their_eyes(street: Street) -> None:
    ticket, _ = street.report(sure=False)
    said = street.by("小李", handling.finish, ticket, "去看过了，没事")
    assert said.new("unit") == []


def test_a_worker_who_says_it_in_the_group_is_not_repeated(street: Street) -> None:
    ticket, _ = street.report()
    said = street.by("小李", handling.finish, ticket, "修好了", room="unit")
    assert said.new("unit") == []


def test_what_a_worker_writes_is_made_fit_for_the_group(street: Street) -> None:
    ticket, _ = street.report(text="楼道漏水")
    said = street.by("小李", handling.finish, ticket, "@张女士 502王奶奶家阀门换了，电话13700001234")
    line = said.new("unit")[0].text
    assert "阀门换了" in line
    for secret in ("502", "13700001234", "@张女士"):
        assert secret not in line
    assert "13700001234" in said.text("unit-staff")


def test_a_private_matter_ends_in_private(street: Street) -> None:
    ticket, _ = street.report(text="我要投诉物业乱收费", category="complaint")
    said = street.by("小李", handling.finish, ticket, "已退费")
    assert said.to("unit") == []
    assert "没法私聊" in said.text("@小李")
    assert street.alarm("rating", ticket) is not None


def test_nobody_is_asked_to_rate_an_emergency(street: Street) -> None:
    street.befriend("张女士")
    ticket, _ = street.report(text="老人被困在电梯里", category="emergency", urgency=3)
    said = street.by("老赵", handling.finish, ticket, "人救出来了")
    assert street.ticket(ticket).status == "closed"
    assert "怎么样" not in said.text("@张女士") + said.text("unit")
    assert [street.alarm(kind, ticket) for kind in ("rating", "ladder", "solve")] == [None] * 3


def test_the_question_waits_for_the_morning(street: Street) -> None:
    street.befriend("张女士")
    ticket, _ = street.report()
    street.now = NIGHT
    said = street.by("小李", handling.finish, ticket, "通了")
    morning = NIGHT + timedelta(hours=8, minutes=30)
    assert said.to("@张女士")[0].not_before == morning and said.new("unit")[0].not_before == morning
    assert street.alarm("rating", ticket) == morning + timedelta(hours=24)


def test_done_needs_words(street: Street) -> None:
    ticket, _ = street.report()
    with pytest.raises(Refused) as no:
        street.by("小李", handling.finish, ticket, " ")
    assert "怎么办好的" in say(no.value.key, **no.value.params)


def test_satisfied_closes_it_with_thanks(street: Street) -> None:
    street.befriend("张女士")
    ticket, _ = street.report()
    street.by("小李", handling.finish, ticket, "换了皮带")
    said = street.by("张女士", closing.rate, ticket, 1)
    assert said.text("@张女士") == "谢谢您告诉我们，记下了。再有事，直接说一声就行。"
    assert said.new("unit") == []
    assert "评价：满意" in said.text("unit-staff")
    assert street.ticket(ticket).status == "closed" and street.alarm("rating", ticket) is None
    assert street.ratings(ticket) == [(1, "")]


def test_thanks_in_the_group_are_not_answered_there(street: Street) -> None:
    ticket, _ = street.report()
    street.by("小李", handling.finish, ticket, "换了皮带")
    assert street.by("张女士", closing.rate, ticket, 1, room="unit").new("unit") == []


def test_not_yet_gives_it_back_and_tells_the_tier_above(street: Street) -> None:
    street.befriend("张女士")
    ticket, _ = street.report()
    street.by("小李", handling.claim, ticket)
    street.by("小李", handling.finish, ticket, "换了皮带")
    street.now += timedelta(days=1)
    said = street.by("张女士", closing.rate, ticket, 3, "又停了")
    assert said.text("@张女士") == ("对不起，没给您办好。已请网格员小李再去看，社区也会盯着，19:12前给您回话。")
    assert "报的人说还没好（“又停了”）" in said.text("@小李")
    assert "请一起盯着" in said.new("community-staff")[0].text
    assert "还没好，已请网格员小李再去看" in said.edits("unit")[0].text and said.new("unit") == []
    now = street.ticket(ticket)
    assert (now.status, now.assignee, now.reopened) == ("taken", street.people["小李"], 1)
    assert now.solve_due is not None and now.solve_due > street.now + timedelta(days=2)
    assert street.alarm("solve", ticket) is not None and street.alarm("rating", ticket) is None


def test_only_the_reporter_rates(street: Street) -> None:
    ticket, _ = street.report()
    street.by("小李", handling.finish, ticket, "换了皮带")
    for who in ("老刘", "小李"):
        with pytest.raises(Refused) as no:
            street.by(who, closing.rate, ticket, 1)
        assert no.value.key == "refused.not_allowed"


def test_no_word_from_the_reporter_closes_it_unrated(street: Street) -> None:
    ticket, _ = street.report()
    street.by("小李", handling.finish, ticket, "换了皮带")
    said = street.act(lambda ctx: closing.close_unrated(ctx, ctx.store.tickets.get(ticket.id)))
    assert "未评价" in said.text("unit-staff") and said.new("unit") == []
    assert street.ticket(ticket).status == "closed"
    # Not even then is it too late to say that it is not right.
    street.by("张女士", closing.rate, ticket, 3)
    assert street.ticket(ticket).status == "taken"


def test_the_secretary_reopens_it(street: Street) -> None:
    ticket, _ = street.report()
    street.by("小李", handling.finish, ticket, "换了皮带")
    said = street.by("王书记", closing.reopen, ticket, "回访说没好")
    assert "请您再去看看" in said.text("@小李") and "对不起" not in said.text("@王书记")
    assert street.ticket(ticket).status == "taken"


def test_withdrawn_by_the_reporter(street: Street) -> None:
    ticket, _ = street.report()
    street.by("小李", handling.claim, ticket)
    said = street.by("张女士", closing.withdraw, ticket, "自己好了", room="unit")
    assert said.edits("unit")[0].text == "阳光1 已撤回。" and said.new("unit") == []
    assert "不用去了" in said.text("@小李")
    assert ("withdraw", "taken", "withdrawn") in street.corrections(ticket)
    assert [street.alarm(kind, ticket) for kind in ("first_reply", "solve")] == [None, None]
    with pytest.raises(Refused):
        street.by("老刘", closing.withdraw, ticket)


def test_it_was_no_report(street: Street) -> None:
    ticket, _ = street.report(text="电梯广告里的门又开了")
    said = street.by("张女士", correcting.reject, ticket, room="unit")
    assert said.edits("unit")[0].text == "阳光1 是我记错了，已取消，打扰了。"
    assert said.edits("unit-staff")[0].buttons == ()
    assert ("reject", "public_repair", "none") in street.corrections(ticket)
    said = street.by("小李", correcting.register, ticket)
    assert said.new("unit") == [] and "已登记（阳光1）" in said.edits("unit")[0].text


def test_who_ran_to_a_false_alarm_is_called_back(street: Street) -> None:
    ticket, _ = street.report(text="着火了", category="emergency", urgency=3)
    said = street.by("周姐", correcting.reject, ticket)
    assert "不用去了" in said.new("@小李")[0].text and "不用去了" in said.new("@老赵")[0].text
    assert street.alarm("ladder", ticket) is None


def test_an_alarm_that_was_real_after_all_climbs_the_ladder_again(street: Street) -> None:
    ticket, _ = street.report(text="着火了", category="emergency", urgency=3)
    street.by("周姐", correcting.reject, ticket)
    street.by("周姐", correcting.register, ticket)
    assert street.alarm("ladder", ticket) == street.now


def test_of_violence_at_home_nothing_is_asked_on_a_phone_that_others_may_read(street: Street) -> None:
    street.befriend("小美")
    ticket, _ = street.report(who="小美", text="老公又打我", category="public_security", urgency=2)
    said = street.by("王书记", handling.finish, ticket, "已经陪她去了派出所")
    assert "@小美" not in said.chats and street.alarm("rating", ticket) is None
    assert street.ticket(ticket).status == "closed"


def test_another_category_brings_other_deadlines(street: Street) -> None:
    ticket, _ = street.report()
    before = ticket.solve_due
    said = street.by("小李", correcting.correct, ticket, category="complaint")
    now = street.ticket(ticket)
    assert before is not None and now.solve_due is not None and now.solve_due > before
    assert "阳光1 投诉举报" in said.text("unit-staff")
    assert ("category", "public_repair", "complaint") in street.corrections(ticket)
    # Naming the category that it has already changes nothing, but is remembered to learn from.
    assert street.by("小李", correcting.correct, ticket, category="complaint").messages == []
    assert ("category", "complaint", "complaint") in street.corrections(ticket)


def test_another_house_takes_the_old_door_with_it(street: Street) -> None:
    ticket, _ = street.report(where=Where(building="3", unit="2", room="502"))
    street.by("小李", correcting.correct, ticket, where=Where(building="5"))
    assert street.ticket(ticket).where == Where(building="5")


def test_the_same_matter_twice_becomes_one(street: Street) -> None:
    one, _ = street.report()
    two, _ = street.report(who="老刘", text="电梯不动了")
    said = street.by("小李", correcting.merge, two, one)
    texts = [message.text for message in said.edits("unit")]
    assert texts[0] == "阳光2 和阳光1是一件事，一起办。" and "另有1户也反映" in texts[1]
    assert len(street.database.read(lambda store: store.tickets.lines_of(one.id))) == 2
    assert street.database.read(lambda store: store.tickets.lines_of(two.id)) == []
    with pytest.raises(Refused):
        street.by("小李", correcting.merge, one, one)


def test_a_neighbour_who_has_the_same_trouble_may_praise_after_another_but_once(street: Street) -> None:
    ticket, _ = street.report()
    street.joins("小陈", ticket, "我家也是", voice=True)
    street.by("小李", handling.finish, ticket, "修好了")
    street.by("张女士", closing.rate, ticket, 2, "还行")
    street.by("小陈", closing.rate, ticket, 1, "不抖了")
    assert street.ratings(ticket) == [(2, "还行"), (1, "不抖了")]
    assert street.ticket(ticket).rating == 2
    with pytest.raises(Refused, match=r"already_rated"):
        street.by("小陈", closing.rate, ticket, 1, "不抖了")
