"""Whose parts, tools and outcomes staff name, beside what residents told: the lift's belt is not the gate's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.trades import trades_asked, trades_at_work

LIFT = "3号楼西边那部电梯到六楼就卡住不动"
GATE = "北门道闸抬不起来，车排到马路上了"
LAMP = "二楼转角那里黑漆漆的，我差点踩空"
DRAIN = "厨房水池下不去，还往上返"
TAP = "龙头拧开一滴水都没有"
ROOF = "下雨天花板就渗水，墙都霉了"
RAIL = "楼梯扶手松了，一拉直晃"
DOOR = "单元门关不上，谁都能进来"
HEAT = "暖气片摸着冰凉"
PIT = "车库口塌了个坑，推车的都绊"
STALL = "楼下烧烤的油烟往我家灌"
DANCE = "广场上音响震得我睡不着"
THIEF = "我的车电瓶昨晚叫人偷了"
CHILD = "谁看见我家小宝，刚才还在滑梯那里，一转身不见了"
OLD = "对门大爷倒在楼道里，叫不应"
RATS = "花坛里老鼠白天乱窜"
PAPERS = "高龄补贴怎么申请，要带什么"
DEBT = "房东押金不退给我"
NET = "家里的宽带从昨晚就转圈"
TREE = "那棵树的枝子快戳到我家窗了"


@pytest.mark.parametrize(
    ("said", "meant", "other"),
    [
        ("门机皮带老化，换了新的", LIFT, GATE),
        ("光幕擦干净了，跑了二十趟没问题", LIFT, LAMP),
        ("曳引绳明天厂家来换", LIFT, DRAIN),
        ("我先手动打到常开，识别等厂家", GATE, LIFT),
        ("镇流器烧了，换了一个", LAMP, TAP),
        ("感应器对好了，人一走近就亮了", LAMP, DOOR),
        ("存水弯里一团头发，掏出来了", DRAIN, LAMP),
        ("喊疏通的带机器过来", DRAIN, ROOF),
        ("加压泵跳了，已经启起来", TAP, ROOF),
        ("水务说管网在抢修", TAP, HEAT),
        ("卷材补了一层，浇水试过", ROOF, DRAIN),
        ("膨胀螺丝打了四个，焊牢了", RAIL, TAP),
        ("闭门器装好，自己能扣上", DOOR, RAIL),
        ("读卡头换过了", DOOR, PIT),
        ("窝气，放了气就热了", HEAT, TAP),
        ("回填压实，沥青明天铺", PIT, ROOF),
        ("净化器装上了，城管也来看过", STALL, DANCE),
        ("说好了九点收摊，音量不过六十分贝", DANCE, PIT),
        ("监控拷出来给民警了", THIEF, LAMP),
        ("找到了，在门岗那里吃饼干", CHILD, LAMP),
        ("120到了，担架抬下去的", OLD, LIFT),
        ("药投好了，诱饵站摆了六个", RATS, DANCE),
        ("带身份证到一楼窗口", PAPERS, RATS),
        ("两边签了字，月底前赔清", DEBT, RAIL),
        ("光猫坏了，电信换了新的", NET, HEAT),
        ("园林的下午来锯", TREE, DEBT),
    ],
)
def test_the_work_tells_the_matter(said: str, meant: str, other: str) -> None:
    at_work = trades_at_work(said)
    assert len(at_work & trades_asked((meant,))) > len(at_work & trades_asked((other,)))


@pytest.mark.parametrize(
    "said",
    [
        "收到",
        "好的，我来",
        "大家放心",
        "明天上午到",
        "我跟老张说了",
        "都弄好了",
        "在路上",
        "谢谢各位",
        "我看看",
        "已经办了",
    ],
)
def test_words_without_a_part_speak_of_no_trade(said: str) -> None:
    assert not trades_at_work(said)


@pytest.mark.parametrize(
    "told", ["大家早上好", "谢谢小李", "今天下午开会吗", "周末包粽子，来的报数", "哈哈你真会说", "我也是", "同问"]
)
def test_talk_asks_for_no_trade(told: str) -> None:
    assert not trades_asked((told,))


@given(st.lists(st.sampled_from([LIFT, GATE, DRAIN, "好的"]), max_size=3), st.sampled_from([LAMP, PIT, "谢谢"]))
def test_more_words_ask_for_no_less(told: list[str], more: str) -> None:
    assert trades_asked(tuple(told)) <= trades_asked((*told, more))
