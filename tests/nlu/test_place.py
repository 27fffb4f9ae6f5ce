"""Where: addresses in every notation, and the figures that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.normalize import fold
from nlu.numbers import number
from nlu.place import where


def slots(text: str) -> dict[str, str]:
    found = where(fold(text), text)
    named = {
        "building": found.building,
        "unit": found.unit,
        "floor": found.floor,
        "room": found.room,
    }
    return {key: value for key, value in named.items() if value}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3幢2单元501漏水", {"building": "3", "unit": "2", "room": "501"}),
        ("我家3-2-501没电了", {"building": "3", "unit": "2", "room": "501"}),
        ("3#2-501 马桶堵了", {"building": "3", "unit": "2", "room": "501"}),
        ("三栋二门洞 灯不亮", {"building": "3", "unit": "2"}),
        ("6座1梯大门合不上", {"building": "6", "unit": "1"}),
        ("9栋两梯四户 我看着挺好", {"building": "9"}),
        ("B2栋的信报箱锈了", {"building": "B2"}),
        ("2栋C单元没人扫", {"building": "2", "unit": "C"}),
        ("a单元门口积水", {"unit": "A"}),
        ("3栋2门501室跳闸", {"building": "3", "unit": "2", "room": "501"}),
        ("１３－２－１００１ 管井里滴答滴答", {"building": "13", "unit": "2", "room": "1001"}),
        ("十六幢二单元一一零一的门铃坏了", {"building": "16", "unit": "2", "room": "1101"}),
        ("3棟2單元電梯壞了", {"building": "3", "unit": "2"}),
        ("三橦三丹元五楼 墙里啪啪响", {"building": "3", "unit": "3", "floor": "5"}),
        ("22#1 电表箱的锁没了", {"building": "22", "unit": "1"}),
        ("七号三门洞的灯泡没人换", {"building": "7", "unit": "3"}),
        ("9号3门204 有人敲暖气管", {"building": "9", "unit": "3", "room": "204"}),
        ("负二的排风停了一个月", {"floor": "B2"}),
        ("B1电梯厅有人倒下", {"floor": "B1"}),
        ("三层管道井里哗哗响", {"floor": "3"}),
        ("7栋两部电梯都停了 我住29楼", {"building": "7"}),
        ("14-602 预计明天起贴砖", {"building": "14", "room": "602"}),
        ("8号1602 公共烟道倒灌", {"building": "8", "room": "1602"}),
        ("五楼的小伙子抱着电瓶上楼", {"floor": "5"}),
        ("负一楼电梯口的灯一个都不亮", {"floor": "B1"}),
        ("地下二层那段打着手电走", {"floor": "B2"}),
        ("18楼拐角的灯坏了", {"floor": "18"}),
        ("302 阳台地漏堵住", {"room": "302"}),
        ("15橦1单无电梯不动了", {"building": "15", "unit": "1"}),
        ("听澜庭9号别墅想装电梯", {"building": "9"}),
        ("4-2 平台上有只鸽子", {"building": "4", "unit": "2"}),
        ("804周四起拆旧砖 报备一下", {"room": "804"}),
        ("1103下月初装修", {"room": "1103"}),
        ("一幢没电了", {"building": "1"}),
        ("一栋门口的灯不亮", {"building": "1"}),
        ("水流到8幢门口了", {"building": "8"}),
        ("送到3幢的快递不见了", {"building": "3"}),
    ],
)
def test_an_address_is_read_however_it_is_written(text: str, expected: dict[str, str]) -> None:
    assert slots(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "10月4日晚上停水",
        "昨天足球3-2赢了",
        "大概2-3天没人来收垃圾",
        "电话13700012345",
        "301路公交半天不来",
        "价格1299元太贵",
        "快打120",
        "今天负二度",
        "地库B2区有只猫",
        "打119了没有",
        "阳台上一层灰",
        "从一楼走到六楼",
        "上午9-11点施工",
        "二三楼之间墙皮往下掉",
        "尾号0916的包裹是谁的",
        "就我们这一幢停电",
        "洗到一半没水 一栋都这样",
        "警报响一夜 一栋人没睡",
        "一幢的人都下来了",
        "前面一幢楼下有只伤猫",
        "隔壁一栋也停电",
        "卡掉了 在西门到12幢这一段",
        "从大门到8幢一共十一坨狗屎",
        "门岗到三幢那条路没有灯",
        "308国道旁边又倒渣土",
        "502胶水灌进锁眼里",
        "天花板掉了501×501那种方板",
        "公摊比501那家多一倍",
    ],
)
def test_a_date_a_score_a_price_or_a_phone_is_no_address(text: str) -> None:
    assert slots(text) == {}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("三幢 不对四幢 门禁坏了", {"building": "4"}),
        ("九零一 不是 九零二 天天咚咚响", {"room": "902"}),
        ("八幢 啊是九幢 有人摔了", {"building": "9"}),
        ("七幢 不对七单元 没电了", {"unit": "7"}),
        ("七幢 不对 三单元 没电了", {"building": "7", "unit": "3"}),
        ("6号楼5单元到7号楼那段路积水", {"unit": "5"}),
        ("一单元还是二单元 哦二单元 门锁坏了", {"unit": "2"}),
        ("3幢和5幢都没水", {}),
        ("13幢1201，楼上漏水到我家", {"building": "13", "room": "1201"}),
    ],
)
def test_a_slip_is_corrected_and_what_stays_in_dispute_is_left_out(text: str, expected: dict[str, str]) -> None:
    assert slots(text) == expected


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("东门岗亭没人", "东门岗亭"),
        ("地库入口的灯坏了", "地库入口"),
        ("18楼拐角堆着纸箱", "拐角"),
        ("人工湖边上的栏杆断了", "人工湖边上"),
    ],
)
def test_a_spot_is_copied_as_it_stands(text: str, place: str) -> None:
    assert where(fold(text), text).place == place


def test_an_estate_is_named_before_its_building_or_its_firm() -> None:
    assert where("金桂园3幢门口有积水", "金桂园3幢门口有积水").estate == "金桂园"
    assert where("我们小区3幢门口有积水", "我们小区3幢门口有积水").estate is None


@given(st.integers(1, 59), st.integers(1, 9), st.integers(1, 33), st.integers(1, 12))
def test_every_notation_of_one_flat_gives_the_same_flat(building: int, unit: int, level: int, door: int) -> None:
    room = f"{level}{door:02d}"
    expected = {"building": str(building), "unit": str(unit), "room": room}
    for text in (
        f"{building}幢{unit}单元{room}漏水",
        f"{building}-{unit}-{room} 漏水",
        f"{building}号楼{unit}单元{room}室漏水",
    ):
        assert slots(text) == expected, text


@given(st.text(max_size=80))
def test_no_text_breaks_it_and_what_it_copies_stands_in_the_text(text: str) -> None:
    found = where(fold(text), text)
    for copied in (found.place, found.estate):
        assert copied is None or copied in text


def test_numerals() -> None:
    assert [number(said) for said in ("12", "十二", "二十一", "廿六", "一一零一", "幺零二", "一百零三", "两", "x")] == [
        12, 12, 21, 26, 1101, 102, 103, 2, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("电梯到12楼没停稳", "12"),
        ("电梯到12楼就下去了 走的楼梯", None),
        ("电锯声从一楼商铺传上来", "1"),
        ("三层那户把暖气管锯了", "3"),
        ("桌上三层灰", None),
        ("对面大概十五六层 有个窗户冒烟", None),
    ],
)
def test_a_storey_is_where_something_stands_not_what_one_passes_or_guesses(text: str, level: str | None) -> None:
    assert where(fold(text), text).floor == level


@pytest.mark.parametrize(
    ("text", "estate", "place"),
    [
        ("我住云溪苑3幢101 想装扶手", "云溪苑", None),
        ("云溪苑北面围墙塌了一截", "云溪苑", "北面"),
        ("幼儿园门口的井盖裂了", None, "幼儿园门口"),
        ("水费减免怎么弄", None, None),
    ],
)
def test_an_estate_is_no_nursery_and_no_way_of_doing(text: str, estate: str | None, place: str | None) -> None:
    found = where(fold(text), text)
    assert found.estate == estate
    assert found.place == place
