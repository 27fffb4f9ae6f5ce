"""Villages: houses by group and number; two of a community number theirs alike, and no list takes the other's doors."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from storage.tables import areas, households, residents
from tests.importing.bureau import AREAS, Bureau, Rows

GRIDS: Rows = (
    *AREAS[:5],
    ("QL/WJ/YG/2", "网格", "第二网格", None),
)
ONE, TWO, COMMUNITY = "QL/WJ/YG/1", "QL/WJ/YG/2", "QL/WJ/YG"
DOORS, LIVING = ("区域", "门牌"), ("区域", "门牌", "姓名")
TAKEN = (
    f"“{ONE}”里已经有“1-12”了，分不清是不是同一户。不是同一户（比如两个自然村）的，请把各村加进“区域”表，类型写“自然村”"
)


def where(bureau: Bureau) -> list[tuple[str, str, str | None]]:
    """Each door by its area, and who lives there."""
    database = bureau.database()
    rows = select(areas.c.name, households.c.code, residents.c.name).select_from(
        households.join(areas, areas.c.id == households.c.area_id).outerjoin(residents)
    )
    with database.engine.connect() as connection:
        found = [(area, code, name) for area, code, name in connection.execute(rows)]
    database.close()
    return sorted(found, key=str)


def test_the_list_of_one_village_does_not_take_the_doors_of_another(bureau: Bureau) -> None:
    bureau.take({"区域": GRIDS, "户": (DOORS, (ONE, "1-12")), "住户成员": (LIVING, (ONE, "1-12", "王秀兰"))})
    second = {"户": (DOORS, (TWO, "1-12")), "住户成员": (LIVING, (TWO, "1-12", "陈桂芳"))}
    for words in (("--dry-run",), ()):
        [told] = bureau.take(second, *words, code=1)
        assert told.startswith(f"户 第2行 区域：{TAKEN}")
    # Who lives there is not put into the house of the other village either.
    [told] = bureau.take({"住户成员": second["住户成员"]}, code=1)
    assert told == f"住户成员 第2行 门牌：“{TWO}”里没有“1-12”这一户。请先在“户”表里加上"
    assert where(bureau) == [("第一网格", "1-12", "王秀兰")]


def test_nor_in_one_file(bureau: Bureau) -> None:
    [told] = bureau.take({"区域": GRIDS, "户": (DOORS, (ONE, "1-12"), (TWO, "1-12"))}, code=1)
    assert told.startswith(f"户 第3行 区域：{TAKEN}")
    [told] = bureau.take({"区域": GRIDS, "户": (DOORS, (ONE, "1-12"), (ONE, "1幢12"))}, code=1)
    assert told == "户 第3行 门牌：和第 2 行说的是同一个。请删掉一行"


def test_each_village_as_an_estate_keeps_its_own(bureau: Bureau) -> None:
    """As the fault says."""
    bureau.take({"区域": GRIDS, "户": (DOORS, (ONE, "1-12")), "住户成员": (LIVING, (ONE, "1-12", "王秀兰"))})
    village = f"{TWO}/XA"
    second = {
        "区域": (GRIDS[0], (village, "小区", "西岙村", None)),
        "户": (DOORS, (village, "1-12")),
        "住户成员": (LIVING, (village, "1-12", "陈桂芳")),
    }
    bureau.take(second)
    assert where(bureau) == [("第一网格", "1-12", "王秀兰"), ("西岙村", "1-12", "陈桂芳")]


def test_a_door_goes_to_another_grid_by_way_of_its_community(bureau: Bureau) -> None:
    """As the fault says; and down the tree, once there are grids."""
    bureau.take({"区域": GRIDS, "户": (DOORS, (ONE, "1-12")), "住户成员": (LIVING, (ONE, "1-12", "王秀兰"))})
    for area, name in ((COMMUNITY, "阳光社区"), (TWO, "第二网格")):
        bureau.take({"户": (DOORS, (area, "1-12"))})
        assert where(bureau) == [(name, "1-12", "王秀兰")]


VILLAGE = "QL/WJ/YG/1/SW"
VILLAGES: Rows = (*GRIDS, (VILLAGE, "自然村", "上王村", None), ("QL/WJ/YG/1/XW", "自然村", "下王村", None))


@pytest.mark.parametrize(
    ("written", "door"),
    [
        ("12号", "12号"), ("12-1号", "12-1号"), ("12号乙", "12号乙"), ("3组12号", "3组12号"), ("三组12号", "3组12号"),
        ("第十二村民小组 5号", "12组5号"), ("上王村3组12号", "3组12号"), ("上王村12号", "12号"), ("12号2楼", "12号2楼"),
        ("3组12", "3组12号"), ("2队7号", "2队7号"), ("3-2-402", "3-2-402"),
    ],
)  # fmt: skip
def test_a_house_is_called_as_on_its_plate(bureau: Bureau, written: str, door: str) -> None:
    bureau.take({"区域": VILLAGES, "户": (DOORS, (VILLAGE, written))})
    assert where(bureau) == [("上王村", door, None)]
    assert bureau.take({"户": (DOORS, (VILLAGE, door))}) is not None
    assert where(bureau) == [("上王村", door, None)]


@pytest.mark.parametrize(
    ("written", "fault"),
    [
        ("3-12", "村里没有幢和单元。“3-12”请写成 12号 或 3组12号"),
        ("下王村12号", f"“下王村12号”不是“{VILLAGE}”这个村的门牌。请改正区域，或只写 12号、3组12号"),
        ("12", "“12”不像门牌。请写成 3-2-402，村里的写成 12号、3组12号；是企业的，类型写“企业”"),
    ],
)
def test_what_is_no_house_of_it_is_a_fault(bureau: Bureau, written: str, fault: str) -> None:
    [told] = bureau.take({"区域": VILLAGES, "户": (DOORS, (VILLAGE, written))}, code=1)
    assert told == f"户 第2行 门牌：{fault}"


def test_a_village_that_was_entered_as_an_estate_becomes_one(bureau: Bureau) -> None:
    estate = (*GRIDS, (VILLAGE, "小区", "上王村", None))
    old = {"户": (DOORS, (VILLAGE, "3-12"), (VILLAGE, "1-7")), "住户成员": (LIVING, (VILLAGE, "3-12", "王秀兰"))}
    bureau.take({"区域": estate, **old})
    bureau.take({"区域": VILLAGES, "户": (DOORS, (VILLAGE, "3组12号"), (VILLAGE, "7号"))})
    assert where(bureau) == [("上王村", "3组12号", "王秀兰"), ("上王村", "7号", None)]


def test_doors_from_before_the_village_go_with_it(bureau: Bureau) -> None:
    bureau.take({"区域": GRIDS, "户": (DOORS, (ONE, "1-12")), "住户成员": (LIVING, (ONE, "1-12", "王秀兰"))})
    bureau.take({"区域": VILLAGES, "户": (DOORS, (VILLAGE, "12号"))})
    assert where(bureau) == [("上王村", "12号", "王秀兰")]


def test_of_two_villages_the_door_is_that_of_its_people(bureau: Bureau) -> None:
    bureau.take({"区域": GRIDS, "户": (DOORS, (ONE, "1-12")), "住户成员": (LIVING, (ONE, "1-12", "王秀兰"))})
    other = "QL/WJ/YG/1/XW"
    bureau.take(
        {
            "区域": VILLAGES,
            "户": (DOORS, (VILLAGE, "12号"), (other, "12号")),
            "住户成员": (LIVING, (VILLAGE, "12号", "陈桂芳"), (other, "12号", "王秀兰")),
        }
    )
    assert where(bureau) == [("上王村", "12号", "陈桂芳"), ("下王村", "12号", "王秀兰")]


def test_an_export_comes_back_as_it_was(bureau: Bureau) -> None:
    bureau.take({"区域": VILLAGES, "户": (DOORS, (VILLAGE, "3组12号"), (VILLAGE, "12号2楼"))})
    file = bureau.folder / "out.xlsx"
    bureau.run("export", str(file))
    before = where(bureau)
    bureau.run("import", str(file))
    assert where(bureau) == before
