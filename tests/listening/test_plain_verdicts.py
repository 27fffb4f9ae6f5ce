"""What people most often say of a finished repair, in two to ten characters: good is good and bad is bad."""

from __future__ import annotations

import pytest

from domain.listening import Acts
from tests.listening.story import Story

FAULTS = [
    ("楼道灯不亮了", "u", "修好了"),
    ("3号楼电梯停在五楼不动了", "c", "电梯恢复了"),
    ("下水道堵了，水都漫出来了", "u", "疏通好了"),
]
GOOD = ["好了，谢谢", "满意", "可以了", "没问题了", "挺好的", "真快，谢谢小李", "现在可以了", "谢谢师傅，弄得很干净"]
BAD = ["没好", "还没好", "没修好", "不满意", "还是不行啊", "根本没弄", "还是老样子", "没修好，你来看看", "又坏了"]


def verdict(fault: str, group: str, done: str, said: str) -> list[tuple[str, str | None]]:
    story = Story()
    story.say("甲", fault, group=group)
    story.work("我去看看", group=group, after=3)
    story.work(done, group=group, after=60)
    story.say("甲", said, group=group, after=20)
    return [(step.does, step.value) for step in story.steps if isinstance(step, Acts)]


@pytest.mark.parametrize(("fault", "group", "done"), FAULTS)
@pytest.mark.parametrize("said", GOOD)
def test_a_good_word_is_heard(fault: str, group: str, done: str, said: str) -> None:
    assert verdict(fault, group, done, said) == [("rate", "satisfied")]


@pytest.mark.parametrize(("fault", "group", "done"), FAULTS)
@pytest.mark.parametrize("said", BAD)
def test_a_bad_word_is_never_taken_for_a_good_one(fault: str, group: str, done: str, said: str) -> None:
    assert verdict(fault, group, done, said) in ([("rate", "unsatisfied")], [("reopen", None)])


@pytest.mark.parametrize(("fault", "group", "done"), FAULTS)
@pytest.mark.parametrize(("said", "never"), [("1", "unsatisfied"), ("3", "satisfied")])
def test_a_bare_figure_is_never_its_opposite(fault: str, group: str, done: str, said: str, never: str) -> None:
    assert ("rate", never) not in verdict(fault, group, done, said)


@pytest.mark.parametrize("said", ["搞定", "已经正常运行", "已经清运", "已经疏通", "恢复运行了", "处理好了", "弄完了"])
def test_whoever_took_it_ends_it_in_a_word(said: str) -> None:
    story = Story()
    story.say("甲", "3号楼电梯停在五楼不动了")
    story.work("我去看看", after=3)
    story.work(said, after=60)
    assert [step.does for step in story.steps if isinstance(step, Acts)] == ["done"]


@pytest.mark.parametrize("said", ["今晚听听看", "等下一场雨再说", "好的，下班回来试", "先观察两天"])
@pytest.mark.parametrize(("fault", "group", "done"), FAULTS)
def test_a_verdict_put_off_is_none(fault: str, group: str, done: str, said: str) -> None:
    assert ("rate", "satisfied") not in verdict(fault, group, done, said)


DAY = 24 * 60


@pytest.mark.parametrize(
    ("fault", "done", "said", "after"),
    [
        ("我家天花板漏水，滴到床上了", "防水重做好了", "昨晚下了一夜雨，一滴没漏，谢谢小李", 5 * DAY),
        ("楼道灯不亮了", "灯换好了", "亮堂堂的，满意", 4 * DAY),
        ("楼下烧烤摊天天熏得我睡不着", "说好了，摊子搬走了", "一个礼拜没闻到油烟了，你们办得好", 7 * DAY),
    ],
)
def test_a_good_word_may_come_days_later(fault: str, done: str, said: str, after: int) -> None:
    story = Story()
    story.say("甲", fault)
    story.work("我去看看", after=3)
    story.work(done, after=60)
    story.say("甲", said, after=after)
    assert [(step.does, step.value) for step in story.steps if isinstance(step, Acts)] == [("rate", "satisfied")]


@pytest.mark.parametrize(
    "said", ["今天真热", "谢谢老王送的菜", "大家早上好", "快递到了，谢谢", "我到家了", "菜场的鱼今天真便宜"]
)
def test_talk_of_days_later_is_no_verdict(said: str) -> None:
    story = Story()
    story.say("甲", "楼道灯不亮了")
    story.work("我去看看", after=3)
    story.work("灯换好了", after=60)
    story.say("甲", said, after=5 * DAY)
    assert not [step for step in story.steps if isinstance(step, Acts)]


def test_thanks_for_what_staff_just_told_are_none_for_what_was_done_days_ago() -> None:
    story = Story()
    story.say("甲", "楼道灯不亮了")
    story.work("我去看看", after=3)
    story.work("灯换好了", after=60)
    story.work("明天上午九点社区有义诊，欢迎大家来", after=5 * DAY)
    story.say("甲", "收到，谢谢")
    assert not [step for step in story.steps if isinstance(step, Acts)]


@pytest.mark.parametrize(("said", "good"), [("吓死我了", False), ("可吓死我了", False), ("吓死我了，谢谢小李", True)])
def test_fright_is_no_praise(said: str, good: bool) -> None:
    found = verdict("2号楼电梯里关了人，有小孩在哭", "c", "人出来了，母子俩都没事", said)
    assert (("rate", "satisfied") in found) is good
