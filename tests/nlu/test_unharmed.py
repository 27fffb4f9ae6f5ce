"""What sounds like danger and is none: advice, a good end, an animal, a play, a claim; and danger beside it."""

from __future__ import annotations

import pytest

from nlu.normalize import fold
from nlu.reader import Reader
from nlu.unharmed import nobody


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


@pytest.mark.parametrize(
    "told",
    [
        "遇到有人触电 先拉闸再救人",
        "万一困在电梯里 别扒门",
        "噎住了不要拍背，从后面抱住往上顶",
        "电梯困人的话按黄色的铃",
        "看到有人落水 别手拉手下去",
        "我爸噎着了一口，喝点水就顺了",
        "老人从床上掉下来，没摔着，已经扶起来了",
        "打了麻药，嘴歪了一下午，话都说不清",
        "追剧追到男主掉进河里，急死人",
        "一只野狗被车撞了躺在路中间不动",
        "电梯门卡住不动了，没人在里面",
        "河里有人冬泳，看着都冷",
        "男人打我两次了，我要离婚，社区能帮我写材料吗",
        "隔壁着火烧了我家窗户，他不肯赔，赔偿的事求社区调解",
        "上周电梯困了六个人，闷得够呛",
        "两个闹钟都叫不醒他",
        "我先走一步，明天再聊",
    ],
)
def test_nobody_is_called_out_where_nobody_is_in_danger(reader: Reader, told: str) -> None:
    assert nobody(fold(told))
    assert reader.read(told).urgency < 3


@pytest.mark.parametrize(
    "told",
    [
        "有人触电倒在水里了，别直接碰他，快来人拉闸",
        "厨房起火了，五楼的往下走，3幢2单元",
        "他噎住了，拍背没用，谁会那个抱腰的",
        "湖边钓鱼的大爷掉下去了，抓着石头快滑下去了",
        "广告牌掉下来砸着一个人，头上都是血",
        "我老公又在打我，我要离婚，现在躲在厕所不敢出去",
        "我妈晕倒了，吃了糖还是没醒，已经叫了120",
    ],
)
def test_danger_beside_such_words_is_heard(reader: Reader, told: str) -> None:
    assert not nobody(fold(told))
    assert reader.read(told).urgency == 3


@pytest.mark.parametrize(
    "told",
    [
        "我妈追剧追着追着突然倒地没反应了",
        "孩子的书包掉进河里，人也没看到",
        "拔牙回来一直流血止不住，人晕过去了",
        "上周困过人的那部电梯，现在又关了两个人",
        "邻居家的自行车掉进沟里，人在下面喊",
        "一只狗掉进井里，小孩下去捞也上不来了",
    ],
)
def test_a_play_an_animal_or_the_past_is_no_excuse_where_somebody_is_down(told: str) -> None:
    assert not nobody(fold(told))


def test_a_farewell_is_heard_whatever_good_end_it_names(reader: Reader) -> None:
    assert reader.read("吃完这瓶安眠药就好了，替我照顾好我妈").urgency == 3
    assert reader.read("我先走一步，明天不用找我，替我照顾好爸妈").urgency == 3
