"""A storey is where something stands, falls from or is seen; not what one passes, counts, or hears something from."""

from __future__ import annotations

import pytest

from nlu.normalize import fold
from nlu.place import where


def level(text: str) -> str | None:
    return where(fold(text), text).floor


@pytest.mark.parametrize(
    ("text", "said"),
    [
        # What one sees or is told of stands there.
        ("刚看到七楼在拆阳台", "7"),
        ("我听到九楼有人喊救命", "9"),
        ("听说四楼那家要开民宿", "4"),
        ("我妈说五楼走廊的灯又灭了", "5"),
        ("孩子看见三楼平台上有只猫", "3"),
        # Where something falls, hangs or climbs from is where one has to look.
        ("有人从四楼掉下来了", "4"),
        ("谁家的线从三楼吊下来充电", "3"),
        ("花盆从六楼摔下来差点砸到人", "6"),
        ("一盆水从五楼直接倒下来", "5"),
        ("小孩要从七楼往下跳 快来人", "7"),
        ("装修垃圾从八楼直接往下扔", "8"),
        ("猫从二楼窗户跑出去了", "2"),
        ("烟往十楼窗户里钻", "10"),
        ("风筝挂到六楼空调外机上了", "6"),
        ("被子掉到二楼雨棚上了", "2"),
        ("水冲到一楼窗台了", "1"),
        ("吊篮从12层掉到10层卡住了", "10"),
        # The house before it says only what kind of house.
        ("宿舍楼三楼的开水器不出水", "3"),
        ("对面楼六楼窗帘着火", "6"),
        ("写字楼9层走廊灯全灭", "9"),
        ("养老院三楼冒烟了", "3"),
        ("顶楼7楼漏雨", "7"),
        # Said twice for being heard.
        ("着火了 四楼 四楼", "4"),
    ],
)
def test_a_storey_where_something_is_or_comes_from(text: str, said: str) -> None:
    assert level(text) == said


@pytest.mark.parametrize(
    "text",
    [
        # One goes past it.
        "我从四楼走下来 没看到人",
        "从一楼走到六楼 灯都不亮",
        "收废品的从二楼爬到九楼",
        "我抱着孩子到七楼才喘口气",
        "送水的往八楼送",
        "臭味从一楼飘到六楼",
        "立管从三楼往下全堵了",
        # It only hears, smells or feels it.
        "垃圾房那个味 我们六楼都闻到了",
        "音响开得我在八楼都听得清歌词",
        "水压小得四楼都上不去",
        # So many storeys, not the one of that number.
        "六层老楼加装电梯有补贴吗",
        "给五层楼装个电梯手续找谁",
        "屋顶上面又加了四层",
        "隔壁翻建高了一层半",
        "承重墙拆了 上面还有六层",
        "前面那幢要盖七层 挡光",
        # The word after it makes another one.
        "鞋子放了一楼道",
        "雨飘进来一楼道的水",
        # A button.
        "电梯按钮五楼不亮",
        "电梯按键 8楼那个按不亮",
        # A shop's or a market's storey is not of a house.
        "菜场二楼那家修电器的把我手机弄坏了",
        "停车楼三层的灯全灭了",
        # No single one.
        "6幢2单元三楼到四楼的灯不亮",
        "9幢1单元5楼和6楼之间的窗破了",
        "二十二幢二单元十七楼以上没水",
        "6幢1单元四层往上全停水了",
    ],
)
def test_a_storey_that_is_passed_counted_or_only_reached(text: str) -> None:
    assert level(text) is None
