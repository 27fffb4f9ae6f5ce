"""A verdict put off is neither good nor bad; one that tells of having looked is one."""

from __future__ import annotations

import pytest

from nlu.put_off import puts_off


@pytest.mark.parametrize(
    "text",
    [
        "看明天早上吧",
        "等下一场雨再说",
        "今晚听听看",
        "好的，下班回来试",
        "我再看两天",
        "行，先观察",
        "明天再看",
        "放学我去看看",
        "先不夸，听两天再说",
        "那就看今晚",
        "过几天再讲",
        "雨后再看",
        "用几天再说吧",
    ],
)
def test_he_will_see_first(text: str) -> None:
    assert puts_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "昨晚试了，好的",
        "今晚没响",
        "今晚能睡了",
        "观察了一个礼拜，不漏了，满意",
        "看了三天，没再漏",
        "再也不漏了，谢谢",
        "试过了，好用",
        "等了两天，总算好了",
        "明天就能用了，多谢",
        "下班回来走过去看了，亮的",
        "今晚去看了看，干干净净",
        "改天再说声谢谢",
        "下雨天试过了，没漏",
    ],
)
def test_he_has_seen(text: str) -> None:
    assert not puts_off(text)
