"""Mended and praised, done by oneself, offered for sale, told of another province: nothing opens. Still broken does."""

from __future__ import annotations

import pytest

from domain.listening import Joins
from tests.listening.story import Story


@pytest.mark.parametrize(
    "text",
    [
        "昨天新换的路灯真亮，晚上遛弯不怕了",
        "上礼拜修的电梯现在稳当多了，表扬维保",
        "前天装的那个门禁真好用，不用半夜喊保安了",
        "楼道灯我自己换掉了，旧灯管扔在垃圾房旁边",
        "我家水龙头我自己换好了，才八块钱",
        "出一台燃气灶，九成新，打火灵，从来没漏过气",
        "转让热水器，一点不漏水不跳闸，三百自提",
        "河北一个小区煤气爆炸，窗户全没了",
        "外省又有电梯掉下来了，想想都后怕",
        "我妹妹那边邻居打架打到派出所",
        "公司楼下电梯坏了，爬了二十层",
        "淘宝买的灯三天就坏了",
        "高速上看到一辆车烧起来了",
        "杭州那边昨晚地铁停了，我同学走回去的",
        "郑州那边下大雨，我侄子单位车库进水了",
        "闻不着了",
        "我弟弟在苏州那个小区地库进水了，车泡了",
        "昨晚电话一个都打不通，跟停电似的",
        "我家早上天天像打仗，鞋子乱飞",
        "味道散了",
        "第九集楼道着火那段，孩子从窗户跳下来，看哭了",
    ],
)
def test_nothing_is_to_be_done(text: str) -> None:
    story = Story()
    story.say("老田", text)
    assert not story.tickets


@pytest.mark.parametrize(
    "text",
    [
        "昨天新换的路灯又不亮了，晚上没法走",
        "楼道灯我自己换了三次都不亮，是不是线路坏了",
        "新装的路灯太刺眼，照得人睡不着，能不能调一下",
        "河北路的路灯不亮了，黑乎乎的一段",
        "上礼拜修的电梯今天又停在三楼不动了",
        "别家出了一台挖机在挖我们楼下的水管，水管挖断了",
    ],
)
def test_what_is_still_broken_opens(text: str) -> None:
    story = Story()
    story.say("老田", text)
    assert len(story.tickets) == 1


def test_danger_seen_is_heard_beside_things_for_sale() -> None:
    story = Story()
    story.say("老田", "我在楼下卖二手车，刚看到四楼窗台外面坐着个小孩，脚悬在外面")
    assert [ticket.known.urgency for ticket in story.tickets] == [3]


def test_staff_speak_of_what_two_have_told_amid_tales() -> None:
    story = Story()
    story.say("孙阿姨", "昨晚看的那个消防员的剧 楼都烧塌了 哭死我", after=0.2)
    story.say("老刘", "我妹妹宁波那套房 楼上漏水漏到床上", after=0.2)
    story.say("孙阿姨", "有一次我家也漏 早修好了", after=0.2)
    story.say("张女士", "楼道灯坏了，三楼黑漆漆的", after=0.2)
    story.say("老刘", "我家那层也黑", after=0.2)
    story.work("我去看看灯")
    story.work("镇流器换了，都亮了", after=30)
    assert story.only.known.status == "done"


def test_words_of_staff_in_a_drill_settle_nothing() -> None:
    story = Story()
    story.say("社区", "十点一刻消防演练，听到警报不要慌", "secretary")
    story.say("阿秀", "9幢冒烟了！！好浓啊", after=16)
    story.say("老叶", "我这边也看到了", after=0.5)
    story.work("我在现场，烟马上散了")
    assert not story.tickets


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ("家里跳闸了，推不上去，有没有电工", "好了 是热水器的问题"),
        ("闻到一股煤气味 7幢1单元", "虚惊一场"),
        ("3幢2单元墙上滴水", "是我自己空调水，没事了"),
        ("7幢1单元冒烟了", "看错了，是人家在炒辣椒"),
        ("3幢2单元电梯坏了，按了没反应", "又好了，不用来了"),
        ("3幢2单元电梯坏了，按了没反应", "说错了，电梯没坏"),
        ("我的三轮车不见了，停5幢墙根的，帮忙看看监控", "找到了，在车棚后面"),
        ("我快递放门口不见了，监控坏了吗", "快递找到了，邻居帮我拿了"),
        ("浙H12345的车主挪一下车，堵着3幢门口", "挪走了，谢谢"),
    ],
)
def test_who_says_plainly_that_it_was_nothing_takes_it_back(told: str, then: str) -> None:
    story = Story()
    story.say("张女士", told)
    assert len(story.tickets) == 1
    story.say("李叔", "怎么了")
    story.say("张女士", then)
    assert story.tickets == []


@pytest.mark.parametrize(
    "then", ["对了 我家猫自己回来了", "今天没事了，出去走走", "是我们这边还是都这样", "说错了，是5幢门口的"]
)
def test_who_speaks_of_something_else_takes_nothing_back(then: str) -> None:
    story = Story()
    story.say("张女士", "3幢门口路灯不亮")
    story.say("张女士", then)
    assert len(story.tickets) == 1


@pytest.mark.parametrize("then", ["原因找到了，是阀门坏了", "漏点找到了，是楼上管子裂了", "查出问题了，管子老化"])
def test_a_cause_that_is_known_is_not_mended(then: str) -> None:
    story = Story()
    story.say("张女士", "卫生间顶在漏水")
    story.say("张女士", then)
    assert len(story.tickets) == 1


def test_a_cause_of_his_own_takes_it_back() -> None:
    story = Story()
    story.say("张女士", "家里跳闸了，推不上去，有没有电工")
    story.say("张女士", "原因找到了，是我自己的热水壶，没事了")
    assert not story.tickets


@pytest.mark.parametrize("then", ["有人找到了请联系我", "找到了吗", "还没找到，谁拿走了", "那人又跑回来了吗"])
def test_who_is_still_looking_takes_nothing_back(then: str) -> None:
    story = Story()
    story.say("张女士", "我的三轮车不见了，停5幢墙根的，帮忙看看监控")
    story.say("张女士", then)
    assert len(story.tickets) == 1


@pytest.mark.parametrize(
    ("told", "then"),
    [
        ("我家马桶堵了，麻烦看看，3幢2单元501", "我回来了，可以上门"),
        ("我家马桶堵了，麻烦看看，3幢2单元501", "儿子回来了，师傅可以来了"),
        ("我家马桶堵了，麻烦看看，3幢2单元501", "柜子挪开了，师傅可以来了"),
        ("3幢下水道堵了，污水往外冒", "东西都搬走了"),
        ("卫生间漏水，麻烦师傅来看看哪里漏，3幢2单元501", "停水了，现在水回来了"),
        ("有人看到3幢楼道灯坏了吗，麻烦修一下", "钥匙找到了"),
        ("消防通道被车堵了，天天这样", "开走了，不过天天停"),
        ("3幢门口老有车堵着，麻烦管管", "这辆开走了，又来一辆"),
    ],
)
def test_what_is_found_or_moved_beside_the_matter_takes_nothing_back(told: str, then: str) -> None:
    story = Story()
    story.say("张女士", told)
    story.say("张女士", then)
    assert len(story.tickets) == 1


@pytest.mark.parametrize("told", ["7幢1单元着火了，快来人", "闻到一股煤气味 7幢1单元"])
@pytest.mark.parametrize(
    "then",
    [
        "不是误报，真的着火了",
        "我没看错了，真有烟",
        "不是我们误报，快来",
        "别当误报，快来",
        "这不是虚惊一场，快来",
        "不是我搞错了，是真有煤气味",
        "保安说看错了，但我明明看到烟",
        "物业说是误报，可是烟还在冒",
    ],
)
def test_who_stands_by_an_alarm_does_not_take_it_back(told: str, then: str) -> None:
    story = Story()
    story.say("张女士", told)
    story.say("李叔", "怎么了")
    story.say("张女士", then)
    assert len(story.tickets) == 1


def test_what_nobody_said_takes_nothing_back() -> None:
    story = Story()
    story.say("张女士", "3幢2单元电梯坏了，按了没反应")
    story.say("李叔", "怎么了")
    story.say("张女士", "没人说不用修")
    assert len(story.tickets) == 1


@pytest.mark.parametrize(
    "then",
    [
        "不用来了？还漏着呢",
        "别不用来了呀，还漏",
        "不是不用修，是没人修",
        "我没说不用来",
        "不用来电话，直接修",
        "不用管他们",
        "不用修了吗",
    ],
)
def test_who_still_needs_it_takes_nothing_back(then: str) -> None:
    story = Story()
    story.say("张女士", "我家厨房水龙头漏水，3幢2单元501")
    story.say("张女士", then)
    assert len(story.tickets) == 1


@pytest.mark.parametrize(
    "then",
    [
        "不用麻烦师傅上门，你们打个电话就行",
        "不用派人来，发个微信告诉我怎么弄就可以",
        "不用修了，换个新的吧",
        "不用麻烦上门，先给我回个电话",
        "不用来看，寄个零件过来就好",
        "不用来了，但得给个说法",
        "不用上门了，电话里说就行",
        "不用今天来，明天来就行",
    ],
)
def test_who_wants_it_done_another_way_takes_nothing_back_and_is_heard(then: str) -> None:
    story = Story()
    story.say("张女士", "我家厨房水龙头漏水，3幢2单元501")
    story.say("张女士", then)
    assert len(story.tickets) == 1
    assert [type(step) for step in story.steps] == [Joins]


@pytest.mark.parametrize(
    "then",
    [
        "不用来了，我自己修就行",
        "不用来了，换了个灯泡就好了",
        "不用麻烦师傅了，谢谢",
        "不用来了，麻烦跟师傅说一声",
        "不用来了，师傅电话里教我弄好了",
        "不用修了，我自己换个新的",
        "不用来了，谢谢你们打电话来",
        "不用来了，邻居帮我弄好了",
    ],
)
def test_who_needs_nobody_takes_it_back(then: str) -> None:
    story = Story()
    story.say("张女士", "我家厨房水龙头漏水，3幢2单元501")
    story.say("张女士", then)
    assert story.tickets == []
