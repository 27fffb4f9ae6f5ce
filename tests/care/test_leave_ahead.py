"""A leave that begins another day: planned, known to the stand-in in time, begun by itself, taken back."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import delete, select, update
from structlog.testing import capture_logs

from domain.errors import Refused
from domain.messages import Outgoing
from domain.people import Role
from handlers.care.today import ensure_alarms
from handlers.context import Context
from handlers.timed import ALARMS
from storage.tables import accounts, outbox, people
from tests.care.conftest import Town
from tests.care.test_leave import asks, says, to
from tests.care.test_night import audit
from tests.care.test_visits import command, open_doors


def rings(town: Town, *kinds: str) -> list[Outgoing]:
    """Every alarm of these kinds that is due by now."""

    def tick(ctx: Context) -> list[Outgoing]:
        said: list[Outgoing] = []
        for alarm in ctx.store.alarms.due(ctx.now, 500):
            if alarm.kind in kinds:
                said += ALARMS[alarm.kind](ctx, alarm)
                ctx.store.alarms.settle(alarm)
        return said

    said = town.do(tick)
    town.deliver(said)
    return said


def day_of(town: Town, text: str) -> list[Outgoing]:
    """What the clock does at that hour."""
    return rings(town.at(text), "morning", "leave")


def spans(town: Town, name: str = "李敏") -> list[tuple[str, str, str | None]]:
    return [(one.first.strftime("%m-%d"), one.last.strftime("%m-%d"), one.half) for one in town.leaves(name)]


@pytest.fixture
def eve(town: Town) -> Town:
    """Monday noon, every clock set."""
    town.at("2026-03-09 12:00").do(ensure_alarms)
    return town


def test_said_ahead_the_stand_in_knows_it_and_has_the_list_on_the_day(eve: Town) -> None:
    deputy = eve.person("周莉")
    said = says(eve, "周三请假")
    assert said is not None
    assert said[0].text == "好，3月11日（周三）请假，记下了。到时候由周莉代，已经跟周莉说了。"
    assert to(said, deputy) == ["李敏3月11日（周三）请假，到时候请您代一下，名单当天发给您。"]
    tuesday = day_of(eve, "2026-03-10 08:00")
    assert to(tuesday, deputy) == [] and len(to(tuesday, eve.person("李敏"))) == 1
    wednesday = day_of(eve, "2026-03-11 08:00")
    [handed] = to(wednesday, deputy)
    assert handed.startswith("李敏今天请假，请您代一下。\n走访4户：3-1-201 陈奶奶")
    assert to(wednesday, eve.person("李敏")) == []
    thursday = day_of(eve, "2026-03-12 08:00")
    assert to(thursday, deputy) == [] and len(to(thursday, eve.person("李敏"))) == 1


def test_what_is_in_hand_goes_along_on_the_first_day_alone(eve: Town) -> None:
    from tests.care.test_contacts import takes

    deputy = eve.person("周莉")
    takes(eve, eve.person("李敏"), 1, None)
    says(eve, "周三到周四请假")
    assert ["手上：阳光1" in one for one in to(day_of(eve, "2026-03-11 08:00"), deputy)] == [True]
    assert ["手上：阳光1" in one for one in to(day_of(eve, "2026-03-12 08:00"), deputy)] == [False]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [("明天请假", 10, 10), ("从周三起请假三天", 11, 13), ("请假 3月12日-3月14日", 12, 14), ("下周一到周三请假", 16, 18),
     ("#请假 后天起", 11, 11), ("请假12号到14号", 12, 14), ("明后天请假", 10, 11), ("我后天休息", 11, 11),
     ("明天请假，孩子病了", 10, 10), ("请假 到周三", 9, 11), ("请两天假", 9, 10)],
)  # fmt: skip
def test_as_people_say_it(eve: Town, text: str, first: int, last: int) -> None:
    (asks if text.startswith(("#", "请假")) else says)(eve, text)
    assert [(one.first, one.last) for one in eve.leaves("李敏")] == [(date(2026, 3, first), date(2026, 3, last))]


def test_the_third_is_no_three_days_and_is_said_so(eve: Town) -> None:
    [said] = to_worker(asks(eve, "请假 3日"))
    assert (
        said.startswith("好，4月3日（周五）请假，记下了。")
        and "要是想说请3天，先回“销假 4月3日”，再回“请假 3天”。" in said
    )
    assert spans(eve) == [("04-03", "04-03", None)]


@pytest.mark.parametrize("text", ["#请假 2月30日", "#请假 月底", "#请假 5", "#请假 3月12日到3月10日"])
def test_what_cannot_be_read_is_asked_again(eve: Town, text: str) -> None:
    with pytest.raises(Refused, match=r"care\.leave_how"):
        command(eve, text)
    assert spans(eve) == []


def test_a_day_that_has_gone_by_is_not_noted(eve: Town) -> None:
    assert "已经过了" in asks(eve, "请假 3月8日")[0].text
    assert "已经过了" in asks(eve.at("2026-03-09 14:00"), "请假 今天上午")[0].text
    assert spans(eve) == []


def test_in_the_evening_tomorrow_is_meant(eve: Town) -> None:
    assert "3月10日（周二）请假" in asks(eve.at("2026-03-09 22:00"), "请假")[0].text
    assert spans(eve) == [("03-10", "03-10", None)]


def test_nobody_is_told_at_night(eve: Town) -> None:
    deputy = eve.person("周莉")
    [letter] = [one for one in asks(eve.at("2026-03-09 22:00"), "请假 明天") if "请您代" in one.text]
    assert to([letter], deputy) and letter.not_before is not None
    assert letter.not_before > eve.now


def test_an_afternoon_off_hands_on_at_noon_what_is_left(eve: Town) -> None:
    deputy = eve.person("周莉")
    said = says(eve.at("2026-03-10 08:30"), "下午请假半天")
    assert said is not None and said[0].text.startswith("好，今天下午请假，记下了。到时候由周莉代")
    assert to(said, deputy) == ["李敏今天下午请假，到时候请您代一下，名单当天发给您。"]
    command(eve.at("2026-03-10 10:00"), "#走访 3-2-402 王奶奶精神不错")
    [handed] = to(day_of(eve, "2026-03-10 12:00"), deputy)
    assert handed.startswith("李敏今天下午请假，请您代一下。\n走访3户") and "3-2-402" not in handed
    assert len(to(day_of(eve, "2026-03-11 08:00"), eve.person("李敏"))) == 1


def test_a_morning_off_leaves_the_list_to_her(eve: Town) -> None:
    said = says(eve, "明天上午请假")
    assert said is not None and len(said) == 1 and "当天的名单还是发给您" in said[0].text
    tuesday = day_of(eve, "2026-03-10 08:00")
    assert to(tuesday, eve.person("周莉")) == [] and len(to(tuesday, eve.person("李敏"))) == 1


def test_half_a_day_is_asked_which(eve: Town) -> None:
    said = says(eve, "明天请半天假")
    assert said is not None and "上午还是下午" in said[0].text
    asks(eve, f"#{said[0].buttons[1].command}")
    assert spans(eve) == [("03-10", "03-10", "afternoon")]


def test_leave_alone_shows_what_is_planned_and_begins_none(eve: Town) -> None:
    asks(eve, "请假 3月12日-3月14日")
    said = asks(eve.at("2026-03-10 09:00"), "请假")
    assert (
        said[0].text == "3月12日（周四）到3月14日（周六）：请假，周莉代\n今天也不在，回“今天请假”；不请了，回“销假”。"
    )
    assert spans(eve) == [("03-12", "03-14", None)]
    # Ill today, and still away later.
    says(eve, "今天请假")
    assert spans(eve) == [("03-10", "03-10", None), ("03-12", "03-14", None)]
    assert "提前回来，回“销假”" in asks(eve, "请假")[0].text


def test_in_answer_to_the_list_it_is_today(eve: Town) -> None:
    asks(eve, "请假 3月12日")
    card = f"morning:{eve.person('李敏')}:2026-03-10"
    says(eve.at("2026-03-10 08:10"), "请假", card=card)
    assert spans(eve) == [("03-10", "03-10", None), ("03-12", "03-12", None)]


def test_taken_back_before_it_begins(eve: Town) -> None:
    deputy = eve.person("周莉")
    asks(eve, "请假 3月12日-3月14日")
    said = asks(eve.at("2026-03-10 09:00"), "销假")
    assert said[0].text == "好，3月12日（周四）到3月14日（周六）的假取消了，走访还是您的。"
    assert to(said, deputy) == ["李敏3月12日（周四）到3月14日（周六）不请假了，不用您代了，谢谢。"]
    assert spans(eve) == []
    assert to(day_of(eve, "2026-03-12 08:00"), deputy) == []


def test_of_several_he_says_which(eve: Town) -> None:
    asks(eve, "请假 3月12日")
    asks(eve, "请假 3月20日")
    said = asks(eve, "销假")
    assert "要销哪一次" in said[0].text
    assert [one.command for one in said[0].buttons] == ["销假 2026-03-12", "销假 2026-03-20"]
    asks(eve, f"#{said[0].buttons[1].command}")
    assert spans(eve) == [("03-12", "03-12", None)]


def test_back_early_he_is_told_what_is_still_planned(eve: Town) -> None:
    asks(eve, "请假 3天")
    asks(eve, "请假 3月20日")
    said = asks(eve.at("2026-03-10 09:00"), "销假")
    assert "欢迎回来" in said[0].text and "另外还记着：3月20日（周五）请假" in said[0].text
    assert spans(eve) == [("03-20", "03-20", None)]


def test_said_anew_the_days_are_those_said_last(eve: Town) -> None:
    deputy = eve.person("周莉")
    asks(eve, "请假 3月12日-3月14日")
    [told] = to(asks(eve, "请假 3月12日-3月13日"), deputy)
    assert "3月12日（周四）到3月13日（周五）" in told
    assert "已经记着了" in asks(eve, "请假 3月13日")[0].text
    asks(eve, "请假 3月13日-3月16日")
    assert spans(eve) == [("03-12", "03-16", None)]


def test_a_stand_in_who_will_be_away_too_is_relieved_in_time(eve: Town) -> None:
    secretary = eve.person("陈卫红")
    asks(eve, "请假 3月12日")
    said = asks(eve.at("2026-03-10 09:00"), "请假 3月12日-3月13日", "u:zhouli")
    assert ["李敏3月12日（周四）请假" in one for one in to(said, secretary) if "李敏" in one] == [True]
    thursday = day_of(eve, "2026-03-12 08:00")
    assert ["走访4户" in one for one in to(thursday, secretary) if "李敏" in one] == [True]


def test_two_workers_away_at_once_are_two_lists(eve: Town) -> None:
    asks(eve, "请假 3月11日")
    asks(eve, "请假 3月11日", "u:zhaoqiang")
    told = to(day_of(eve, "2026-03-11 08:00"), eve.person("周莉"))
    assert sorted(one[:2] for one in told) == ["李敏", "赵强"]


def test_whoever_stands_in_answers_the_list_like_its_worker(eve: Town) -> None:
    asks(eve, "请假 3月11日")
    day_of(eve, "2026-03-11 08:00")
    said = says(eve.at("2026-03-11 15:00"), "都好，陈奶奶血压有点高，就402没人", "u:zhouli")
    assert said is not None and "记上2户" in said[0].text
    assert open_doors(eve) == ["3-2-402"]
    said = says(eve, "除了101", "u:zhouli")
    assert said is not None and "5-1-101" in said[0].text
    assert open_doors(eve) == ["3-2-402", "5-1-101"]


def test_of_two_lists_the_one_quoted_is_answered(eve: Town) -> None:
    asks(eve, "请假 3月11日")
    asks(eve, "请假 3月11日", "u:zhaoqiang")
    [card] = [one.card for one in day_of(eve, "2026-03-11 08:00") if one.text.startswith("赵强")]
    says(eve, "都好", "u:zhouli", card=card)
    assert len(open_doors(eve)) == 4


def test_his_day_shows_whom_the_stand_in_is_to_see_for_others(eve: Town) -> None:
    asks(eve, "请假 3月11日")
    assert "代李敏" not in command(eve.at("2026-03-11 07:00"), "今日", "u:zhouli")[0].text
    day_of(eve, "2026-03-11 08:00")
    assert "代李敏走访4户：3-1-201 陈奶奶" in command(eve, "今日", "u:zhouli")[0].text


@pytest.mark.parametrize("text", ["周三不请假了", "取消周三的请假", "3月11日的假不请了", "销假 3月11日"])
def test_the_leave_of_one_day_is_taken_back(eve: Town, text: str) -> None:
    asks(eve, "请假 3月11日")
    asks(eve, "请假 3月20日")
    (asks if text.startswith("销") else says)(eve, text)
    assert spans(eve) == [("03-20", "03-20", None)]


@pytest.mark.parametrize("text", ["明天回来上班", "我周三回来", "3月11日回岗"])
def test_back_on_a_day_that_is_said_ahead(eve: Town, text: str) -> None:
    deputy = eve.person("周莉")
    asks(eve, "请假 一周")
    said = says(eve.at("2026-03-10 17:00"), text)
    assert said is not None and said[0].text == "好，3月11日（周三）回来，记下了。那天早上名单发给您。"
    assert to(said, deputy) == ["李敏3月11日（周三）回来，请您代到前一天，辛苦了。"]
    wednesday = day_of(eve, "2026-03-11 08:00")
    assert to(wednesday, deputy) == [] and len(to(wednesday, eve.person("李敏"))) == 1


def test_back_after_the_weekend_she_is_away_until_then(eve: Town) -> None:
    asks(eve, "请假 到周五")
    says(eve.at("2026-03-13 15:00"), "我下周一回来上班")
    assert spans(eve) == [("03-09", "03-15", None)]


def test_in_the_evening_the_next_day_is_taken_back_not_the_one_behind(eve: Town) -> None:
    asks(eve, "请假 今天")
    asks(eve.at("2026-03-09 21:00"), "请假 明天")
    said = asks(eve, "销假")
    assert said[0].text == "好，3月10日（周二）的假取消了，走访还是您的。"


def test_on_the_last_day_it_is_today(eve: Town) -> None:
    asks(eve, "请假 2天")
    [told] = to(day_of(eve, "2026-03-10 08:00"), eve.person("周莉"))
    assert told.startswith("李敏今天请假，请您代一下。")


@pytest.mark.parametrize("text", ["明天请假一下", "明天我有事请假", "领导，我明天请假", "身体不舒服，明天请假"])
def test_with_a_word_of_courtesy_or_the_reason_first(eve: Town, text: str) -> None:
    says(eve, text)
    assert spans(eve) == [("03-10", "03-10", None)]


# nobody there


def test_where_nobody_can_stand_in_somebody_who_can_act_learns_of_it(eve: Town) -> None:
    admin = eve.person("许文")
    for user in ("u:zhouli", "u:chenwh"):
        asks(eve, "请假 3月11日-3月12日", user)
    gone = eve.person("郑凯")
    eve.do(lambda ctx: ctx.store.connection.execute(update(people).where(people.c.id == gone).values(active=False)))
    said = asks(eve, "请假 3月11日")
    assert "现在还没找到可以代您的人" in said[0].text
    with capture_logs() as logs:
        told = to(day_of(eve, "2026-03-11 08:00"), admin)
    assert {one["event"] for one in logs} == {"list_undone"}
    [undone] = set(told)
    assert undone.startswith("李敏今天请假，能代的人都不在，今天4户没人走访：3-1-201 陈奶奶")
    # The hourly look tells it once a day, and hands the list over once somebody is back.
    audit(eve.at("2026-03-11 09:00"))
    undone_once = select(outbox.c.id).where(outbox.c.once.startswith("undone:"))
    assert len(eve.do(lambda ctx: ctx.store.connection.execute(undone_once).all())) == 1
    asks(eve.at("2026-03-11 09:30"), "销假", "u:chenwh")
    assert ["走访4户" in one for one in to(audit(eve.at("2026-03-11 10:00")), eve.person("陈卫红"))] == [True]


def test_where_nobody_can_be_written_to_it_is_logged(eve: Town) -> None:
    office = {
        post.person
        for post in eve.do(lambda ctx: ctx.store.people.posts_in(list(Role)))
        if post.role is not Role.GRID_WORKER
    }
    eve.do(lambda ctx: ctx.store.connection.execute(delete(accounts).where(accounts.c.person_id.in_(office))))
    with capture_logs() as logs:
        asks(eve.at("2026-03-10 08:30"), "请假")
    assert {(one["event"], one["visits"], one["told"]) for one in logs} == {("list_undone", 4, None)}


def to_worker(said: list[Outgoing]) -> list[str]:
    return [said[0].text]
