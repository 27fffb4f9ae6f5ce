"""A file full of mistakes: all of them are told at once, each with its place and what to do; nothing is stored."""

from __future__ import annotations

import re
import string
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.importing.columns import PLATFORMS, SHEETS
from bot.importing.words import FAULTS
from bot.surfaces import surfaces
from storage.tables import FILLED, STAGED
from tests.importing.bureau import AREAS, DISTRICT, UNIT, Bureau, Rows, with_rows

WRONG: dict[str, Rows] = {
    "区域": (
        *AREAS,
        ("QL/WJ/YG/1/YQ/5-1", "片区", "云栖里5幢1单元", None),
        ("QL/XX/ZZ", "社区", "远方社区", "远方"),
        ("QL/WJ/YG/2", "街道", "第二网格", None),
        (UNIT, "单元", "又一遍", None),
        ("QL/WJ/QH", "社区", None, "清河"),
        ("QL/WJ/HP", "社区", "河畔社区", "阳光"),
    ),
    "部门": (("名称", "类别", "承办类别"), ("水务公司", "职能部门", "公共维修、修水管")),
    "群": (
        ("平台", "群号", "区域", "层级", "对象", "群名", "安静自"),
        ("telegram", -1001234567890, "QL/WJ/YG", "社区", "居民", "居民群", "25:00"),
        ("telegram", 1234567890123456, "QL/WJ/YG", "社区", "居民", "居民群", None),
        ("telegram", "5", "QL/WJ/YG", "社区", "居民", "居民群", "22:00"),
        ("telegramm", "6", "QL/WJ/YG", "社区", "居民", "居民群", None),
    ),
    "人员": (
        ("姓名", "手机号", "请假至"),
        ("李敏", "不知道", None),
        ("周莉", "13800000002", "2026-02-30"),
        ("周莉", "13800000002", None),
    ),
    "岗位": (
        ("姓名", "区域", "角色", "部门", "专职"),
        ("李敏", "QL/WJ/YG/1", "网格员", None, "是"),
        ("赵强", "QL/WJ/YG/1", "网格员", None, "是"),
        ("周莉", "QL", "部门", None, "是"),
        ("周莉", "QL", "部门", "电力局", "也许"),
        ("周莉", "QL/WJ", "区长", None, None),
    ),
    "户": (
        ("区域", "门牌", "类型"),
        (UNIT, "3-2-402", None),
        (UNIT, date(2002, 3, 4), None),
        (UNIT, "四楼东边", None),
        ("QL", "3-2-403", None),
        ("QL/WJ/YG/9", "1-1-101", None),
        (UNIT, "3幢2单元402", None),
        (UNIT, "=CONCAT(1,2)", None),
        (UNIT, "老王面馆", "企业"),
    ),
    "住户成员": (
        ("区域", "门牌", "姓名", "出生年", "标签", "健康", "同意日期"),
        (UNIT, "3-2-402", "王秀兰", 1838, "涉老", None, None),
        (UNIT, "3-2-402", "王大山", None, "爱下棋", None, None),
        (UNIT, "3-2-402", "王二山", None, None, "糖尿病", None),
        (UNIT, "3-2-402", "王小山", 2020, None, None, None),
        (UNIT, "3-2-999", "王四山", None, None, None, None),
        (UNIT, "3-2-402", "王五山#3", None, None, None, None),
    ),
    "走访计划": (
        ("区域", "门牌", "成员", "走访人", "频次", "星期", "每月几号", "开始", "结束"),
        (UNIT, "3-2-402", "王秀兰", "李敏", "每周", 8, None, None, None),
        (UNIT, "3-2-402", "陈桂芳", "周莉", "每年", None, 32, None, None),
        (UNIT, "3-2-402", None, "周莉", "每天", None, None, "2026-03-01", "2026-02-01"),
    ),
    "天气": (("阴晴",),),
}  # fmt: skip

TOLD = """
天气：不认识这张表。请用样表里的表名，用不着就删掉它
区域 第8行 类型：“片区”不在可选的里面。请写其中一个：区县、街道、社区、网格、小区、自然村、幢、单元
区域 第9行 编码路径：上一级“QL/XX”还没有。请先在“区域”表里加上它
区域 第10行 类型：“街道”要放在这些区域下面：区县。请改正路径或类型
区域 第11行 编码路径：和第 7 行说的是同一个。请删掉一行
区域 第12行 名称：空着。这里一定要填
区域 第13行 编号前缀：本区县里有两个“阳光”，编号会混在一起。请换一个前缀
部门 第2行 承办类别：“修水管”不在可选的里面。
群 第2行 安静自：“25:00”不是时间。请写成 22:00
群 第3行 群号：数字太长，后几位已经丢了。请把这一栏设成“文本”，再写一遍
群 第4行 安静至：安静时间要填两头。请把自和至都填上，或都清空
群 第5行 平台：“telegramm”不在可选的里面。请写其中一个：playground、telegram、wecom_appchat、wecom_webhook、wecom_aibot
人员 第2行 手机号：不像电话号码。请写成 13800001234
人员 第3行 请假至：“2026-02-30”不是日期。请写成 2026-03-01
岗位 第3行 姓名：没有找到“赵强”。请先在“人员”表里加上，或改正姓名
岗位 第4行 部门：角色是“部门”，请填上是哪个部门
岗位 第5行 专职：“也许”看不懂。请写 是 或 否
岗位 第6行 角色：“区长”不在可选的里面。
户 第3行 门牌：被表格软件改成了日期。请把这一栏设成“文本”，再写一遍
户 第4行 门牌：“四楼东边”不像门牌。请写成 3-2-402，村里的写成 12号、3组12号；是企业的，类型写“企业”
户 第5行 区域：“QL”不在任何社区里。请写社区以下的区域
户 第6行 区域：没有编码路径是“QL/WJ/YG/9”的区域。请先在“区域”表里加上，或改正路径
户 第7行 门牌：和第 2 行说的是同一个。请删掉一行
户 第8行 门牌：是公式。请复制后“选择性粘贴—数值”
住户成员 第2行 出生年：“1838”不对。请写 1900 到 2100 的整数
住户成员 第3行 标签：“爱下棋”不在可选的里面。
住户成员 第4行 同意日期：有健康情况，就要有同意日期。请填上，或清空健康一栏
住户成员 第5行 同意日期：未成年人的资料，要有父母同意的日期。请填上
住户成员 第6行 门牌：“QL/WJ/YG/1/YQ/3-2”里没有“3-2-999”这一户。请先在“户”表里加上
住户成员 第7行 姓名：#3 不对：同名的现有 0 位。请从下一位接着写
走访计划 第2行 星期：“8”不是星期。请写成 1、3、5（1是星期一）
走访计划 第3行 频次：“每年”不在可选的里面。请写其中一个：每天、每周、每月
走访计划 第3行 每月几号：“32”不对。请写 1 到 31 的整数
走访计划 第4行 结束：结束早于开始。请改正日期
""".strip().splitlines()


def rows_kept(bureau: Bureau) -> int:
    database = bureau.database()
    try:
        with database.engine.connect() as connection:
            tables = [*FILLED, *STAGED.values()]
            return sum(connection.execute(select(func.count()).select_from(one)).scalar_one() for one in tables)
    finally:
        database.close()


@pytest.mark.parametrize("words", [("--dry-run",), ()])
def test_every_fault_is_told_by_sheet_row_and_column(bureau: Bureau, words: tuple[str, ...]) -> None:
    told = bureau.take(WRONG, *words, code=1)
    assert [line for line, wanted in zip(told, TOLD, strict=False) if not line.startswith(wanted)] == []
    assert len(told) == len(TOLD), set(told) - set(TOLD)
    assert rows_kept(bureau) == 0


def test_in_english_too(bureau: Bureau) -> None:
    told = bureau.take(WRONG, "--dry-run", "--language", "en", code=1)
    assert len(told) == len(TOLD)
    assert told[0] == "天气: there is no such sheet. Name it as in the template, or delete it"
    assert told[2] == 'Areas, row 9, Path: the area above, "QL/XX", is not there. Add it to the sheet Areas first'
    assert not any(re.search("[请的了]", re.sub('"[^"]*"', "", line)) for line in told[1:])


def test_one_wrong_area_is_one_fault_and_not_one_for_each_door_below_it(bureau: Bureau) -> None:
    areas = (*AREAS[:5], ("QL/WJ/YG/1/YQ", "小曲", "云栖里", None), *AREAS[6:])
    told = bureau.take(with_rows(区域=areas), "--dry-run", code=1)
    assert len(told) == 1 and told[0].startswith("区域 第6行 类型：“小曲”")


def test_a_missing_column_is_told_once(bureau: Bureau) -> None:
    told = bureau.take(with_rows(人员=(("名字", "手机号"), ("李敏", "13800000001"))), "--dry-run", code=1)
    assert told == [
        "人员 第1行 名字：不认识这一栏。请照样表改名，用不着就删掉",
        "人员 第1行 姓名：少了这一栏。请照样表补上",
    ]


def test_a_good_file_has_none_and_a_dry_run_stores_nothing(bureau: Bureau) -> None:
    told = bureau.take(DISTRICT, "--dry-run")
    assert told[0] == "区域：新增 6，改动 0，不变 0" and told[-1] == "没有问题；这是试导，库里没有动"
    assert rows_kept(bureau) == 0


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 half a zip", "区域,类型\n".encode()])
def test_what_is_no_workbook_is_said_so(bureau: Bureau, content: bytes) -> None:
    file = bureau.folder / "list.xlsx"
    file.write_bytes(content)
    assert "no .xlsx workbook" in bureau.run("import", str(file), code=1).stderr


def test_a_file_that_is_not_there(bureau: Bureau, tmp_path: Path) -> None:
    assert "there is no file" in bureau.run("import", str(tmp_path / "nothing.xlsx"), code=1).stderr


def test_a_room_is_on_a_platform_that_has_rooms() -> None:
    assert set(PLATFORMS) == {"playground", *(name for name, able in surfaces().items() if "staff" in able.rooms)}


def test_both_languages_fill_in_the_same() -> None:
    def holes(text: str) -> set[str]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [what for what, (zh, en) in FAULTS.items() if holes(zh) != holes(en)] == []
    assert [sheet.key for sheet in SHEETS if len({one.name for one in sheet.columns}) != len(sheet.columns)] == []
