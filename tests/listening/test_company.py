"""What a line comes after: chat, laughter, silence; agreeing with oneself settles nothing; one breath is one alarm."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from domain.listening import Line, Scene
from domain.reading import Where
from handlers.listening.company import company_marks
from handlers.listening.window import window
from tests.listening.story import Story

NOW = datetime(2026, 5, 6, 10, 0, tzinfo=UTC)


def marks(*told: tuple[str, str, int]) -> dict[str, float]:
    """Of the last line; each is told by somebody so many minutes after the one before."""
    at, lines = NOW, []
    for number, (who, text, after) in enumerate(told, 1):
        at += timedelta(minutes=after)
        lines.append(Line(number, 1, hash(who), who, "resident", text, at, "community"))
    return company_marks(window(Scene(lines[-1], tuple(lines[:-1]), (), Where())))


def test_a_first_word_into_silence() -> None:
    found = marks(("阿芳", "晚上跳舞改七点", 1), ("老周", "楼道灯不亮了", 90))
    assert found["first word"] == found["into silence"] == 1.0
    assert found["chat near"] == found["chat lately"] == 0.0
    assert "after chat" not in found


def test_amid_chat_and_laughter() -> None:
    found = marks(
        ("阿芳", "我家猫会开冰箱", 1), ("老周", "哈哈哈哈 成精了", 1), ("阿芳", "昨天还偷鱼", 1), ("老周", "关好门", 1)
    )
    assert found["after chat"] == found["laughter near"] == found["own chat"] == 1.0
    assert "first word" not in found
    assert "into silence" not in found
    assert found["chat near"] > found["chat lately"] > 0


def test_who_agrees_with_an_answer_confirms_nothing() -> None:
    told = Story()
    told.say("夜班小钱", "老板又扣我全勤，真想把桌子掀了")
    told.say("语文老师", "掀了更没全勤")
    told.say("夜班小钱", "也是")
    assert told.tickets == []


def test_somebodys_glove_is_no_ticket() -> None:
    told = Story()
    told.say("小羊", "谁的一只灰手套在三号门禁旁边挂着")
    told.say("阿K", "我的，谢谢")
    assert told.tickets == []


def test_a_brother_in_another_town() -> None:
    told = Story()
    told.say("茹姐", "我弟弟在金华，说他们那边单元门一个月坏三回，还是我们这里好")
    assert told.tickets == []


def test_rights_in_parking_places_are_argued_about() -> None:
    told = Story()
    told.say("小蔡", "车位到底算谁的，我翻过物权法")
    told.say("一只羊", "民法典了，这就是侵犯业主权益")
    assert told.tickets == []


def test_sparks_told_in_the_same_breath_raise_what_was_told_before() -> None:
    told = Story()
    told.say("小冯", "3幢一楼那个电表箱在滋滋响")
    told.say("小冯", "冒火花了！！！", after=0.3)
    assert told.only.known.urgency == 3
    assert told.only.known.lines == (1, 2)


def test_danger_in_two_scraps_is_heard_with_the_second() -> None:
    told = Story()
    told.say("俊俊妈", "哎呀 电梯停咗")
    told.say("阿May", "左边定右边", after=0.3)
    told.say("俊俊妈", "我同俊俊喺里面", after=0.3)
    assert told.only.known.urgency == 3
    assert told.only.raised_after == 3


def test_a_cry_that_caps_a_joke() -> None:
    told = Story()
    told.say("晶晶", "双十一 我的钱包着火了")
    told.say("大飞", "快叫救命")
    assert told.tickets == []


def test_who_fears_something_has_nothing_to_report() -> None:
    told = Story()
    told.say("小温", "暖气片要不要放气呀")
    told.say("老戴", "要 拿个盆接着 拧那个小帽 出水就关")
    told.say("小温", "我怕拧坏了喷一屋")
    assert told.tickets == []


def test_a_worker_goes_on_about_the_alarm_that_he_raised() -> None:
    told = Story()
    told.work("樊村三楼仓库起火了，浓烟从卷帘门下面出来", group="d")
    told.work("越来越黑了，堆的都是塑料花，楼上租了两户", group="d")
    assert told.only.known.lines == (1, 2)


def test_what_became_of_somebody_is_no_second_alarm() -> None:
    told = Story()
    told.say("小翟", "3幢二单元302有人晕倒在厨房叫不醒")
    told.work("门开了，人昏迷，120拉走了", after=20)
    assert len(told.tickets) == 1
