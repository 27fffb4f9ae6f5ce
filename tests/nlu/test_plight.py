"""Danger in plain sight, told without its word, also in Cantonese; and what only sounds like it."""

from __future__ import annotations

import pytest

from nlu.danger import seen
from nlu.normalize import fold
from nlu.southern import common
from nlu.urgency import alarms, beaten


@pytest.mark.parametrize(
    ("told", "plight"),
    [
        ("风把门带上了，我在外头，家里就一个两岁的娃", "小孩锁在屋里"),
        ("门反锁了 屋里只有小孩 才六个月", "小孩锁在屋里"),
        ("几个学生坐在楼顶边上，脚悬在外面", "坐在墙沿"),
        ("有个小孩骑女儿墙上", "坐在墙沿"),
        ("我女儿不见了，刚还在滑梯那", "自家人不见了"),
        ("我个仔唔见咗", "自家人不见了"),
        ("小宇四点放学到现在还没到家，老师说早走了", "放学没到家"),
        ("锅里突然冒火了", "锅里冒火"),
        ("火舌窜上二楼阳台了，棚子里还有电瓶车", "火窜到房子"),
        ("表箱里噼啪响，闪蓝光，我不敢走近", "电光"),
        ("我家老二不在沙坑那边了，刚刚还在的", "刚还在"),
        ("吊顶一块板砸到我婆婆头上了", "砸到头上"),
        ("对面棚子里红通通的，有烟", "红光带烟"),
        ("电梯卡住了，我跟我娃在里面", "停了在里面"),
        ("桥洞里水都淹到车窗了", "水没车窗"),
        ("楼梯间闻着像做饭的那种气", "灶上的气"),
        ("有没有人看见我奶奶，昨晚八点出去的没回来", "找人"),
        ("走廊里全是黑烟，看不见门牌", "满是黑烟"),
        ("六岁男孩 黄衣服 在菜场走散 一个小时了", "走散多时"),
        ("爷爷痴呆，早上出去打针到现在没回来", "走散多时"),
        ("有没有人看到我家婆", "没返来"),
        ("水漫上堤了，路边的车都漂起来了", "车漂起来"),
        ("刷墙的师傅从五楼掉下去了", "师傅坠落"),
        ("洗外墙的工人吊在十二楼外面晃", "吊在半空"),
        ("人没气了 快来", "没气了"),
        ("漏气了 嘶嘶响 在灶台下面", "漏气响"),
        ("厨房的报警器响个不停，味道很刺鼻", "报警器有味"),
        ("屋里有股怪味，我腿都软了", "怪味腿软"),
        ("后面院子着了火，风往这边吹", "屋子着了"),
        ("路口那根电线断了垂下来，大家别过去，刚才还在冒蓝火", "线上冒火"),
        ("烟从地板缝里往上冒", "烟往上冒"),
    ],
)
def test_danger_is_heard_in_what_is_seen(told: str, plight: str) -> None:
    assert plight in seen(fold(told))


@pytest.mark.parametrize(
    "told",
    [
        "温州那边发大水，丈母娘家一楼进水，冰箱漂起来了",
        "风把门带上了，钥匙在家里，谁有开锁的电话",
        "我女儿的水杯不见了",
        "我儿子不见了？哦在你家写作业",
        "锅烧糊了，没冒火了放心",
        "灶头的火苗窜到屋顶那么高，大厨厉害",
        "充电桩闪绿光是充满了吗",
        "老二不在家，刚去上学",
        "楼下炒菜的烟往上冒，熏死人",
        "昨天一个苹果差点砸到我头上",
        "孩子放学了没到家就喊饿",
        "洒水车的水喷到车顶上",
        "门口别放花盆，别砸到小孩",
    ],
)
def test_what_only_sounds_like_it_is_none(told: str) -> None:
    assert seen(fold(told)) == ()


def test_a_child_who_begs_is_beaten() -> None:
    assert beaten(fold("楼上又打孩子 孩子一直喊不要打了"))
    assert not beaten(fold("楼上打孩子疫苗那家社区医院几点开门"))


def test_thanks_in_the_word_of_alarm() -> None:
    assert "施暴" not in alarms(fold("快递到了 救命"))
    assert "施暴" in alarms(fold("救命 有人打人"))


def test_cantonese_is_heard_like_mandarin() -> None:
    assert common("电梯停咗 我哋喺里面") == "电梯停了 我们在里面"
    assert "电梯困人" in alarms(fold("电梯停咗 我同阿妈喺里面"))


@pytest.mark.parametrize(
    "told",
    [
        "谁见着我外孙了 三岁 黄外套 我结个账一扭头人没了",
        "找孩子 穿绿裤子 6岁 我就系个鞋带一抬头没影了",
        "一个小男孩 4岁 刚在超市门口 他奶奶一回头找不着了",
    ],
)
def test_a_child_told_by_its_age_is_gone_in_a_moment(told: str) -> None:
    assert "转身没了" in seen(fold(told))


@pytest.mark.parametrize(
    "told", ["孩子五岁了，一转眼就上学了", "三岁那年一抬头看见雪", "七岁的作业本一转身没了", "我家狗两岁 一转身没了"]
)
def test_time_that_flies_and_what_is_mislaid_is_no_missing_child(told: str) -> None:
    assert "转身没了" not in seen(fold(told))
