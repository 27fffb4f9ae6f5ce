"""Visit notes in many manners, and what may not be taken for one: the bench of 290 lines, and rules for any doors."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.visits import DATA, score
from nlu.diary import parse_visits
from nlu.doors import doors_in
from tests.listening.story import Story, reader

ROOMS = st.lists(
    st.tuples(st.integers(1, 33), st.integers(1, 8)).map(lambda at: f"{at[0]}{at[1]:02}"),
    min_size=1,
    max_size=5,
    unique=True,
)
HOTLINES = {"110", "114", "119", "120", "122", "315"}


def test_the_bench_of_visit_notes() -> None:
    rows = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
    found = score(rows, reader())
    assert found["lines"]["f1"] >= 0.96
    assert found["entries"]["f1"] >= 0.95
    assert found["wishes"] >= 0.95
    assert found["false"] <= 2


@given(st.integers(1, 99), st.integers(1, 9), ROOMS, st.sampled_from(["、", "，", "；", " "]))
def test_a_stair_said_once_holds_for_all_rooms_after_it(
    building: int, unit: int, rooms: list[str], between: str
) -> None:
    rooms = [room for room in rooms if room not in HOTLINES] or ["201"]
    text = f"{building}幢{unit}单元：{between.join(f'{room}在' for room in rooms)}"
    assert [door.code for door in doors_in(text)] == [f"{building}-{unit}-{room}" for room in rooms]
    assert [visit.household for visit in parse_visits(text)] == [f"{building}-{unit}-{room}" for room in rooms]


@given(st.text(alphabet="0123456789一二三四零幺千百幢栋单元号组家老李-—:：，、 没人在好王奶", max_size=40))
def test_doors_stand_in_order_where_they_were_read(text: str) -> None:
    doors = doors_in(text)
    assert all(a.end <= b.start for a, b in pairwise(doors))
    assert all(text[door.start : door.end].strip() and door.code for door in doors)


@pytest.mark.parametrize(
    "text", ["血压142/88", "量了130", "走了2026步", "花了201块", "2026-03-10", "9:30开会", "打120", "尾号1203"]
)
def test_figures_that_are_no_doors(text: str) -> None:
    assert doors_in(text) == ()


def test_words_about_one_door_are_not_told_of_the_next() -> None:
    told = {visit.household: visit.note for visit in parse_visits("5-1-101在，5-1-102没人，5-1-201想装扶手")}
    assert list(told) == ["5-1-101", "5-1-102", "5-1-201"]
    assert "扶手" not in told["5-1-101"] and "没人" in told["5-1-102"]


def test_a_room_alone_is_on_the_stair_of_the_round() -> None:
    story = Story()
    story.work("5栋1单元301沈老师电话里讲人在女儿家；302敲了三趟没应")
    story.work("302又去了，人在的，上午出门配眼镜了", after=180)
    assert [(entry["household"], len(entry["from"])) for entry in story.play.diary] == [("5-1-301", 1), ("5-1-302", 2)]


def test_more_about_the_last_of_a_round_belongs_to_it() -> None:
    story = Story()
    story.work("上午跑了两家：3-1-302敲了没人；5-2-101古丽奶奶给我吃了一碗汤饭")
    story.work("汤饭好吃，但她厨房龙头关不死，要找人换个芯子")
    assert [len(entry["from"]) for entry in story.play.diary] == [1, 2]
    assert story.only.known.where.room == "101"


def test_what_is_done_at_the_door_of_an_open_ticket_is_no_visit() -> None:
    story = Story()
    story.say("501老吴", "楼上装修在砸承重墙，501，快来看看", group="u")
    assert story.tickets
    story.work("501我敲了三趟，人在就是不开", group="u", after=20)
    assert story.play.diary == []
    story.work("顺路看了201王阿婆，一个人，药盒按顺序排好，没事", group="u", after=5)
    assert [entry["household"] for entry in story.play.diary] == ["3-2-201"]


def test_shops_of_a_round() -> None:
    story = Story()
    story.work("老陈五金关着门，贴条说回老家收麦子", group="d")
    story.work("遗爱湖快餐：证照齐，后厨干净，老板说缺个洗碗的，没别的。", group="d")
    story.work("老王面馆门口的井盖翘起来了", group="d")
    story.work("我去兴旺建材店买把锁", group="d")
    story.work("便民超市今天有特价鸡蛋", group="d")
    assert [(entry["household"], entry["kind"]) for entry in story.play.diary] == [
        ("老陈五金", "enterprise"),
        ("遗爱湖快餐", "enterprise"),
    ]


@pytest.mark.parametrize(
    ("note", "firms"),
    [
        (
            "兴胜路走了三家：老谭修脚店、亮晶晶洗衣、正街药房，灭火器都在有效期",
            ["老谭修脚店", "亮晶晶洗衣", "正街药房"],
        ),
        (
            "东头走完三家。阿海修车铺，充电线让他挂起来了；巧味面馆，软管新换的；兴达纽扣行，门口堆货，搬了",
            ["阿海修车铺", "巧味面馆", "兴达纽扣行"],
        ),
        (
            "今天去了三家店。福满超市过道堆货，当场搬了；小李理发店没问题；便利蜂没问题",
            ["福满超市", "小李理发店", "便利蜂"],
        ),
        ("码道这边的顺和旅馆，后面的逃生门锁着，老板说怕人逃房费", ["顺和旅馆"]),
        ("星光打印、甜心奶茶、老窖酒行三家都查过，证照全", ["星光打印", "甜心奶茶", "老窖酒行"]),
        ("鸿运洗车场和旁边的老兵烧烤都巡过，没发现明火", ["鸿运洗车场", "老兵烧烤"]),
        (
            "上午看了三家，挨个说：福气鞋店在盘点；阿珍肠粉气瓶换了软管；老吴钟表不在",
            ["福气鞋店", "阿珍肠粉", "老吴钟表"],
        ),
        ("大华五金灭火器换新了，小云裁缝铺门锁着，贴条说回老家", ["大华五金", "小云裁缝铺"]),
        ("转到阿旺烧腊，灭火毯挂上了，后厨干净", ["阿旺烧腊"]),
        ("东头金桥茶馆后厨看过，气瓶都挪到院里了", ["金桥茶馆"]),
        ("第二家是启明针织，老板说订单少了三成，没提要求", ["启明针织"]),
    ],
)
def test_a_round_of_shops_by_their_names(note: str, firms: list[str]) -> None:
    story = Story()
    story.work(note, group="d")
    assert [entry["household"] for entry in story.play.diary] == firms


@pytest.mark.parametrize(
    "line",
    [
        "皮碗烂了，我到五金店买了一只装上",
        "地质队看过，定了一级巡查，后坡做锚固",
        "抢修车在别的区，先关阀，今晚到",
        "提醒一下，最近有人冒充燃气公司上门换表，别开门",
        "在小广场文具店门口，孩子找到了，奶奶领走了",
        "周三陪陈师傅看过了，开了药，他女儿盯着",
        "我叫师傅去3-1-402看地漏了",
    ],
)
def test_whoever_mends_and_wherever_he_buys_is_no_visit(line: str) -> None:
    story = Story()
    story.work(line, group="d")
    assert story.play.diary == []


@pytest.mark.parametrize(
    ("note", "estate"),
    [
        ("友谊九区-6-1-302吉大娘，暖气24度，腿肿消了", "友谊九区"),
        ("二宿舍6-2-302金姨，情绪稳当多了", "二宿舍"),
        ("今天跑了和平里两户。1-1-201刘阿姨的孙女发烧，我帮她约了号", "和平里"),
        ("第一家明珠花园3-2-501的徐奶奶，在家，都好", "明珠花园"),
    ],
)
def test_an_estate_by_any_name(note: str, estate: str) -> None:
    [visit] = parse_visits(note)[:1]
    assert visit.estate == estate


def test_a_room_that_begins_the_line_is_on_the_stair_told_of_just_before() -> None:
    story = Story()
    story.work("走了一圈1栋2单元，201、202都在，没啥事")
    story.work("401老太太耳朵背，敲半天，问她女儿说好着呢")
    assert [entry["household"] for entry in story.play.diary] == ["1-2-201", "1-2-202", "1-2-401"]


def test_a_room_called_at_again_in_the_afternoon_is_on_the_stair_of_the_morning() -> None:
    story = Story()
    story.work("1幢2单元203高阿婆在家，都好；205没人")
    story.work("205那家今天肯开门了，两个打工的，劝他们少用大功率", after=300)
    assert {entry["household"] for entry in story.play.diary} == {"1-2-203", "1-2-205"}


def test_an_estate_is_not_told_by_whoever_left_hospital() -> None:
    [visit] = parse_visits("耿大爷昨天出院了，6-2-802送了箱奶，他说晚上咳")
    assert visit.estate is None


def test_rooms_of_what_all_are_talking_of_are_no_visits() -> None:
    story = Story()
    story.say("楼下", "3楼着火了，往外冒黑烟")
    story.work("302的大人孩子下来了，502的三个人也下来了，都没有烧伤")
    assert story.play.diary == []


@pytest.mark.parametrize(
    ("note", "doors"),
    [
        ("2-1-201/202两户看了，201老人感冒刚好", ["2-1-201", "2-1-202"]),
        ("上午摸排：6-1-401换了租客；6-1-502年画贴倒了自己笑半天", ["6-1-401", "6-1-502"]),
        ("1-2-101陈老太、1-2-203蔡伯，2-1-102王婆婆，三户都在家", ["1-2-101", "1-2-203", "2-1-102"]),
        ("4-1-302何老师，电热毯用了十二年，他说新的烫，僵了半天，答应换了", ["4-1-302"]),
        ("血压130/120，明天再量", []),
    ],
)
def test_doors_of_a_round(note: str, doors: list[str]) -> None:
    assert [visit.household for visit in parse_visits(note)] == doors


def test_a_short_name_before_a_door_is_an_estate_where_none_is_known() -> None:
    story = Story()
    story.work("今天的：西海岸3-2-1804张奶奶，电话里说挺好", group="d")
    story.work("建发8-1-605新生儿，宣传单给了", group="d")
    story.work("8-1-702老两口都在家", group="d")
    assert [entry["household"] for entry in story.play.diary] == [
        "西海岸-3-2-1804",
        "建发-8-1-605",
        "建发-8-1-702",
    ]


@pytest.mark.parametrize(
    ("later", "door"),
    [
        ("丁奶奶还讲牙疼，吃不了硬的", "8-1-201"),
        ("那403登记的租客上个月搬走了", "8-1-403"),
        ("凌叔女儿说周末回来陪他", "8-1-302"),
    ],
)
def test_a_later_line_goes_to_the_door_that_it_names(later: str, door: str) -> None:
    story = Story()
    story.work("8-1-201丁奶奶，胃口还好；8-1-302凌叔手机教会他扫码；8-1-403没人应")
    story.work(later, after=25)
    assert [entry["household"] for entry in story.play.diary if len(entry["from"]) == 2] == [door]


def test_another_call_is_another_entry() -> None:
    story = Story()
    story.work("2-1-504刘大爷痛风犯了，不想下楼")
    story.work("又去看了刘大爷，2-1-504，能下地走两步了", after=90)
    assert [entry["household"] for entry in story.play.diary] == ["2-1-504", "2-1-504"]


def test_who_was_not_in_and_is_heard_of_hours_later_has_two_entries() -> None:
    story = Story()
    story.work("2栋1单元301胡奶奶，降压药够吃；302没人应，贴了联系卡")
    story.work("刚给302打通电话了，在武汉带孙子，下月回", after=84)
    assert [entry["household"] for entry in story.play.diary] == ["2-1-301", "2-1-302", "2-1-302"]


def test_who_was_not_in_and_comes_to_the_door_soon_has_one_entry() -> None:
    story = Story()
    story.work("2栋1单元301胡奶奶，降压药够吃；302没人应，贴了联系卡")
    story.work("302回来了，说都好，药也够", after=15)
    assert [entry["household"] for entry in story.play.diary] == ["2-1-301", "2-1-302"]


def test_the_next_door_of_a_round_is_called_on_too_whatever_is_told_of_it() -> None:
    story = Story()
    story.work("6-1-101老两口吃早饭，6-1-102没人")
    story.work("6-1-402汪大姐家的灶打不着火，点十次着一次，她怕出事。让燃气公司来看", after=4)
    story.work("好，6-1-502不上去了", after=3)
    assert [entry["household"] for entry in story.play.diary] == ["6-1-101", "6-1-102", "6-1-402"]
    assert story.only.known.where.room == "402"


def test_a_unit_said_alone_is_in_the_building_of_the_round() -> None:
    story = Story()
    story.work("4-1-101，爷爷在晒太阳，胃口好")
    story.work("2单元301、302，两家都在上班，门口贴了条", after=10)
    assert [entry["household"] for entry in story.play.diary] == ["4-1-101", "4-2-301", "4-2-302"]


def test_a_call_that_ends_a_matter_is_a_visit_and_a_done() -> None:
    story = Story()
    story.work("3-1-302鲁奶奶出院了，走不了路，家里想借一副轮椅")
    story.work("轮椅我去卫生站借，中午送上门", after=3)
    story.work("轮椅给302鲁奶奶推上去了，扶她坐着晒了会太阳，血压一百四", after=300)
    assert story.only.known.status == "done"
    assert [entry["household"] for entry in story.play.diary] == ["3-1-302"]
    assert story.play.diary[0]["from"][-1] == len(story.play.lines)


@pytest.mark.parametrize(
    "line",
    [
        "302今天不走了，人家夜班在睡觉，明天再去",
        "6-1-901说在外面跑车，约了周六上午",
        "下午本来约了3-1-502，人家发微信说去爬山了，改礼拜四",
        "5-2-101没去成，雨太大，改明天",
        "今天没空去3-2-402王奶奶家",
    ],
)
def test_what_was_put_off_is_no_visit(line: str) -> None:
    assert not parse_visits(line)


@pytest.mark.parametrize(
    ("line", "door"),
    [
        ("1-1-202没开门 明天再去", "1-1-202"),
        ("3-2-401老金，电话里咳嗽，不肯上医院，我明天再去看", "3-2-401"),
        ("8-1-501王娟家，孩子厌学，找了学校的心理老师，约周六", "8-1-501"),
        ("安置点4栋1单元102，陈大爷，堂屋晒了两席辣椒，药没断", "4-1-102"),
        ("3-2-402王奶奶，说儿子没空来看她，老忘了打针", "3-2-402"),
        ("司机宿舍3栋1单元204，住六个人，三个在睡，没在屋里做饭", "3-1-204"),
    ],
)
def test_a_call_that_is_to_be_made_again_is_one_and_what_a_place_is_is_no_name(line: str, door: str) -> None:
    assert [(visit.estate, visit.household) for visit in parse_visits(line)] == [(None, door)]
