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
