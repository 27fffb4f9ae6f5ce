"""Where a visit was: the estate said before, behind or earlier, the stair said last, a firm by its bare name."""

from __future__ import annotations

import pytest

from nlu.diary import parse_visits
from nlu.doors import doors_in, stair_in
from nlu.visit_pieces import Setting
from tests.listening.story import Story

SEVERAL = Setting(several=True)


@pytest.mark.parametrize(
    ("note", "doors"),
    [
        ("柳岸安置房3-1-402董阿婆在，气色好", ["柳岸安置房-3-1-402"]),
        ("城北C区2-1-101马师母在，腿好多了", ["城北C区-2-1-101"]),
        ("永和嘉苑5-1-301的鲍奶奶在家，胃口好；5-2-102没人", ["永和嘉苑-5-1-301", "永和嘉苑-5-2-102"]),
        ("锦绣里1-1-301老两口在；隔壁1-1-302没人", ["锦绣里-1-1-301", "锦绣里-1-1-302"]),
        ("6-1-203在家，翠竹花园的，刚下夜班", ["翠竹花园-6-1-203"]),
        ("201老姑父，药还够；202家里没人，东港新居8幢2单元", ["东港新居-8-2-201", "东港新居-8-2-202"]),
        ("早上跑的柳岸花园7栋2单元，302邹师傅能下地了，301没见着人", ["柳岸花园-7-2-302", "柳岸花园-7-2-301"]),
        ("那柳岸花园3-1-801，冯师傅一家平安", ["柳岸花园-3-1-801"]),
        ("白石岭11-1的103和201都看了，精神都好", ["白石岭-11-1-103", "白石岭-11-1-201"]),
        ("电话问过，柳岸花园9-1-501柏老师，在女儿家，房子托302照看", ["柳岸花园-9-1-501"]),
        ("柳岸花园4栋2单元502熊师傅家看了，出院第三天，能下床", ["柳岸花园-4-2-502"]),
        (
            "柳岸花园6座3单元走了三户，502谭姨家花洒滴水，自己拿布缠着；601不在；102添了二胎",
            ["柳岸花园-6-3-502", "柳岸花园-6-3-601", "柳岸花园-6-3-102"],
        ),
        ("秋实苑7-2，301和302都在，301小夫妻刚生宝宝", ["秋实苑-7-2-301", "秋实苑-7-2-302"]),
        ("讲武巷公寓2-2-201，马奶奶家儿子媳妇都在，没事", ["讲武巷公寓-2-2-201"]),
        ("金奶奶讲了半天，秋实苑7-2-301她腿好多了", ["秋实苑-7-2-301"]),
        ("看过秋实苑7-2-301季奶奶，一个人住，被子够", ["秋实苑-7-2-301"]),
        ("去过秋实苑7-2-301，老两口在，都好", ["秋实苑-7-2-301"]),
        ("刚从东湖懿家6-1-401出来，乐老伯88岁，女儿在上海", ["东湖懿家-6-1-401"]),
        ("江南人家6-2-1103也进去了，三个小哥合租，充电都在楼下", ["江南人家-6-2-1103"]),
        ("走访高桥老粮站1栋3单元202汤老伯，退伍老兵，精神头好", ["高桥老粮站-1-3-202"]),
        ("棉纺厂3-2-501老穆，气色好，药够", ["棉纺厂-3-2-501"]),
    ],
)
def test_the_estate_of_a_door(note: str, doors: list[str]) -> None:
    found = parse_visits(note, setting=SEVERAL)
    assert [f"{visit.estate}-{visit.household}" for visit in found] == doors


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("201在，202没人，5幢3单元", ["5-3-201", "5-3-202"]),
        ("201在，5幢3单元停水", ["201"]),
        ("灯从602到603都不亮", ["602"]),
    ],
)
def test_a_stair_said_last_holds_for_rooms_that_have_none(text: str, codes: list[str]) -> None:
    assert [door.code for door in doors_in(text)] == codes


def test_the_stair_a_line_is_about() -> None:
    assert stair_in("我在柳岸新居三幢。1单元301汪伯在") == "3-1"
    assert stair_in("先跑8幢2单元") == "8-2"
    assert stair_in("血压130") is None


@pytest.mark.parametrize("lead", ["今天去了", "我在", "上午跑", "路过", "刚从", "补充，", "还有"])
def test_words_before_an_estate_are_none_of_its_name(lead: str) -> None:
    (visit,) = parse_visits(f"{lead}东湖懿家6-1-401，乐老伯在家，胃口好", setting=SEVERAL)
    assert visit.estate == "东湖懿家"


def test_the_building_he_spoke_of_just_before_tells_the_estate() -> None:
    story = Story()
    story.work("卫河小区3号楼四十户屋里没超过15度的", group="d")
    story.work("走到3-2-402王老师家，老两口耳背，别的都好", group="d")
    story.work("4-2-402黄老师家也都好", group="d")
    assert [entry["household"] for entry in story.play.diary][:1] == ["卫河小区-3-2-402"]


def test_a_room_told_of_by_another_is_in_the_estate_of_his_round() -> None:
    story = Story()
    story.work("水院宿舍12-1-203钱阿姨电话打了，腿消肿了", group="d")
    story.say("欧阳", "12-1-301那户怎么样了", "secretary", group="d")
    story.work("301那位上午去了，没开门", group="d")
    assert [entry["household"] for entry in story.play.diary] == ["水院宿舍-12-1-203", "水院宿舍-12-1-301"]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("7/1/302 新租户，三个小伙子", ["7-1-302"]),
        ("2/3/1201和2/3/1202都在", ["2-3-1201", "2-3-1202"]),
        ("12/1/901没人", ["12-1-901"]),
        ("3/12/2026 开会", []),
        ("2026/3/12 开会", []),
        ("5/6/2024 到期", []),
        ("血压130/80/75", []),
        ("分了1/2/3组", []),
    ],
)
def test_doors_with_strokes(text: str, codes: list[str]) -> None:
    assert [door.code for door in doors_in(text)] == codes


@pytest.mark.parametrize(
    ("note", "firm"),
    [
        ("顺达电器去看了，灭火器换了新的，证照齐", "顺达电器"),
        ("顺手进阿强五金看了看，气瓶挪到外头了，老板说记住了", "阿强五金"),
        ("补一下，西街二区隔壁的丰顺饰品，仓库里有两辆车，当面推出去了，老板态度好", "丰顺饰品"),
        ("楼下那个老胡超市，冰柜漏电，老板娘手麻了一下", "老胡超市"),
        ("修车街走了明达钣金，营业正常，老板答应下周装水帘", "明达钣金"),
        ("春来木业的灭火器过期，我让他换，明天验", "春来木业"),
        ("星星幼儿园 门口隔离桩齐 厨房留样齐 没得问题", "星星幼儿园"),
        ("还有路口的金穗粮油，老板说今年生意淡，想问小微贷款", "金穗粮油"),
    ],
)
def test_a_firm_by_its_bare_name(note: str, firm: str) -> None:
    assert [visit.household for visit in parse_visits(note)] == [firm]


@pytest.mark.parametrize(
    "line",
    [
        "电动车推到修车铺去了，地上的油我盖了沙子",
        "轩轩妈答应铺一层垫子，八点以后不跳",
        "河边那排烧烤，半夜还在喊，老板说马上收",
        "水一涨洗衣服就踩空，想请街道帮忙看看踏步",
        "三楼炸鱼五楼呛，那是顶上堵了，我带烟道的师傅上楼顶",
        "老梁的人把管接了，砖也铺回去了，干爽爽的",
        "我先去看一下水压，再找老板谈",
    ],
)
def test_what_holds_a_trade_is_no_firm_yet(line: str) -> None:
    assert parse_visits(line) == ()


def test_shops_one_after_another() -> None:
    found = parse_visits("走了乐乐美发、老邹箱包、甜甜母婴，小乐说缺两个学徒")
    assert [visit.household for visit in found] == ["乐乐美发", "老邹箱包", "甜甜母婴"]


def test_the_room_beside_the_last_one() -> None:
    story = Story()
    story.work("3-1-302詹老师在，眼睛做了手术", group="d")
    story.work("对门301锁着，邻居说去海南过冬了", group="d", after=5)
    assert [entry["household"].endswith("3-1-301") for entry in story.play.diary] == [False, True]


def test_what_is_carried_into_a_room_is_no_call_there() -> None:
    assert parse_visits("402的箱子卖给收废品的了，鞋柜搬进去了", setting=Setting(here=True)) == ()


def test_a_shop_at_the_end_of_a_round_of_doors() -> None:
    found = parse_visits("翠苑2-1-101老两口好，2-1-201没人；还有新景商行，老板说电价的事", setting=SEVERAL)
    assert [(visit.household, visit.kind) for visit in found] == [
        ("2-1-101", "resident"),
        ("2-1-201", "resident"),
        ("新景商行", "enterprise"),
    ]


def test_who_is_called_xie_is_not_thanked() -> None:
    (visit,) = parse_visits("9-2-101新搬来的小谢，怀孕五个月，我叮嘱她别搬重东西，叶酸还在吃")
    assert visit.household == "9-2-101"


def test_a_settlement_between_two_doors_is_no_visit() -> None:
    story = Story()
    story.say("402杜姐", "502的空调水滴到我家窗台上，被子全湿了", group="u")
    assert story.tickets
    story.work("我下午去问问", group="u", after=5)
    story.work("502说是管子松了，态度还行，愿意赔", group="u", after=120)
    assert story.play.diary == []


def test_the_same_room_of_another_stair_is_another_door() -> None:
    story = Story()
    story.say("小吴", "3幢2单元402卫生间漏水，楼下都湿了")
    assert story.tickets
    story.work("5-1-402今天补去的，敲了没开门", after=200)
    assert [entry["household"] for entry in story.play.diary] == ["5-1-402"]
