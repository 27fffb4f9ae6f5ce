"""Who is asked where it is: whoever tells of one lamp of many, not who lives there by name, nor of what wanders."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


def asked(who: str, text: str) -> bool:
    story = Story()
    story.say(who, text)
    return story.opened()[0].ask_where


def test_one_lamp_of_many() -> None:
    assert asked("租房的小陶", "路灯坏了一个，一闪一闪的")


@pytest.mark.parametrize("who", ["9栋小叶", "3-2-501", "21号老耿", "理发店阿勇"])
def test_whoever_goes_finds_his_door(who: str) -> None:
    assert not asked(who, "路灯坏了一个，一闪一闪的")


def test_what_all_know_by_its_name() -> None:
    assert not asked("阿强", "篮球架那块板松了，扣一下就要砸下来")
    assert not asked("老戴", "茶馆门口石板翘了一头，我差点绊倒")


def test_somebody_who_wanders_is_nowhere() -> None:
    assert not asked("轩轩外婆", "有没有人看见我外孙，五岁，穿红拖鞋，我转个身就没影子了")
