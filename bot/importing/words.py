"""What is wrong with a file and what to do about it, in plain words: Chinese and English."""

from __future__ import annotations

from typing import Any

from bot.importing.columns import KINDS, SHEETS, Words
from storage.importing.rows import Fault, Handing, Removal

FAULTS: dict[str, Words] = {
    # the sheet and its head
    "sheet_unknown": (
        "不认识这张表。请用样表里的表名，用不着就删掉它",
        "there is no such sheet. Name it as in the template, or delete it",
    ),
    "sheet_twice": ("这张表有两份。请合成一张", "this sheet is there twice. Make one of the two"),
    "head_missing": ("少了这一栏。请照样表补上", "this column is missing. Add it as in the template"),
    "head_unknown": (
        "不认识这一栏。请照样表改名，用不着就删掉",
        "there is no such column. Name it as in the template, or delete it",
    ),
    "head_twice": ("这一栏有两份。请删掉一份", "this column is there twice. Delete one of the two"),
    # one cell
    "needed": ("空着。这里一定要填", "empty. Something has to stand here"),
    "cannot_clear": ("这里不能清空。不改就空着", "this cannot be emptied. Leave the cell empty to change nothing"),
    "formula": ("是公式。请复制后“选择性粘贴—数值”", "a formula. Copy it and paste its value"),
    "error_value": ("是出错的结果 {said}。请写上真正的内容", "the error {said}. Write what is meant"),
    "became_date": (
        "被表格软件改成了日期。请把这一栏设成“文本”，再写一遍",
        "the spreadsheet made a date of it. Format the column as text and write it again",
    ),
    "long_number": (
        "数字太长，后几位已经丢了。请把这一栏设成“文本”，再写一遍",
        "the number has lost its last digits. Format the column as text and write it again",
    ),
    "too_long": ("太长了。最多 {longest} 个字", "too long. {longest} characters at most"),
    "bad_codes": (
        "“{said}”不是编码路径。请写成 QL/WJ/YG 这样，每级最多 32 个字",
        '"{said}" is no path. Write it like QL/WJ/YG, each code 32 characters at most',
    ),
    "bad_door": (
        "“{said}”不像门牌。请写成 3-2-402，村里的写成 12号、3组12号；是企业的，类型写“企业”",
        '"{said}" is no door. Write it like 3-2-402, in a village 12号 or 3组12号; for a firm set its kind to firm',
    ),
    "bad_person": (
        "“{said}”不像姓名。请写成 张伟，有同名的写 张伟#2",
        '"{said}" is no name. Write 张伟, or 张伟#2 where there are namesakes',
    ),
    "bad_phone": ("不像电话号码。请写成 13800001234", "no phone number. Write it like 13800001234"),
    "bad_date": ("“{said}”不是日期。请写成 2026-03-01", '"{said}" is no date. Write it like 2026-03-01'),
    "bad_time": ("“{said}”不是时间。请写成 22:00", '"{said}" is no time. Write it like 22:00'),
    "bad_number": (
        "“{said}”不对。请写 {low} 到 {high} 的整数",
        '"{said}" will not do. Write a whole number from {low} to {high}',
    ),
    "bad_yes": ("“{said}”看不懂。请写 是 或 否", '"{said}" is not clear. Write yes or no'),
    "bad_choice": (
        "“{said}”不在可选的里面。请写其中一个：{choices}",
        '"{said}" is none of those allowed. Write one of: {choices}',
    ),
    "bad_weekday": (
        "“{said}”不是星期。请写成 1、3、5（1是星期一）",
        '"{said}" is no weekday. Write 1、3、5 (1 is Monday)',
    ),
    # one row among others
    "repeated": ("和第 {row} 行说的是同一个。请删掉一行", "the same as row {row}. Delete one of the two"),
    "no_area": (
        "没有编码路径是“{path}”的区域。请先在“区域”表里加上，或改正路径",
        'there is no area "{path}". Add it to the sheet Areas first, or put the path right',
    ),
    "no_parent": (
        "上一级“{path}”还没有。请先在“区域”表里加上它",
        'the area above, "{path}", is not there. Add it to the sheet Areas first',
    ),
    "kind_fixed": (
        "库里它是“{was}”，类型不能改。请改回来，或换一个编码",
        "it is a {was} already, which cannot be changed. Put it back, or take another code",
    ),
    "kind_under": (
        "“{kind}”要放在这些区域下面：{allowed}。请改正路径或类型",
        "a {kind} lies below one of: {allowed}. Put the path or the kind right",
    ),
    "kind_top": ("“{kind}”只能是最上一级。请改正路径或类型", "a {kind} is at the top. Put the path or the kind right"),
    "path_too_deep": ("层级太多了。请减少中间的层级", "too many areas above one another. Leave some out"),
    "label_twice": (
        "本区县里有两个“{label}”，编号会混在一起。请换一个前缀",
        'two areas of the district have the label "{label}" and would share their numbers. Take another',
    ),
    "not_a_district": ("“{path}”不是区县。请写区县的编码", '"{path}" is no district. Write the code of a district'),
    "which_district": (
        "有几个区县，不知道是哪一个。请填上区县的编码",
        "there are several districts. Write the code of the one that is meant",
    ),
    "no_district": ("还没有区县。请先在“区域”表里加上", "there is no district yet. Add it to the sheet Areas first"),
    "no_community": (
        "“{path}”不在任何社区里。请写社区以下的区域",
        '"{path}" lies in no community. Write an area within one',
    ),
    "quiet_both": (
        "安静时间要填两头。请把自和至都填上，或都清空",
        "quiet hours have two ends. Fill in both, or neither",
    ),
    "no_department": (
        "没有叫“{name}”的部门。请先在“部门”表里加上",
        'there is no department "{name}". Add it to the sheet Departments first',
    ),
    "department_needed": ("角色是“部门”，请填上是哪个部门", "the role is department. Write which one"),
    "department_only": (
        "只有角色是“部门”的才填部门。请清空，或改角色",
        "only for the role department. Empty it, or change the role",
    ),
    "no_person": (
        "没有找到“{name}”。请先在“人员”表里加上，或改正姓名",
        'there is nobody called "{name}". Add the person to the sheet People first, or put the name right',
    ),
    "which_person": (
        "“{name}”有同名的，不知道是哪一位。请写成 张伟#2 或加上手机号",
        'there are several called "{name}". Write 张伟#2, or the name and the phone',
    ),
    "bad_nth": (
        "#{nth} 不对：同名的现有 {count} 位。请从下一位接着写",
        "#{nth} will not do: there are {count} of that name so far. Go on with the next number",
    ),
    "phone_taken": (
        "这个手机号已经是 {name} 的了。要是换了人用，请把 {name} 的手机号改掉，或把他的“在用”写成 否",
        "this phone is {name}'s already. If it was passed on, change {name}'s phone, or write no under Active there",
    ),
    "wecom_taken": (
        "企业微信账号“{id}”已经是 {name} 的了，一个账号只能是一个人",
        'the WeCom id "{id}" is {name}\'s already; one id is one person',
    ),
    "no_household": (
        "“{path}”里没有“{code}”这一户。请先在“户”表里加上",
        'there is no door "{code}" in "{path}". Add it to the sheet Households first',
    ),
    "door_elsewhere": (
        "“{path}”里已经有“{code}”了，分不清是不是同一户。不是同一户（比如两个自然村）的，请把各村加进“区域”表，类型写“自然村”，"
        "户写在它下面；同一户换了网格的，先把区域写成“{community}”导入一次，再写新的",
        'there is a "{code}" in "{path}" already, and it may be another door. If it is (two villages), add each one '
        "to the sheet Areas as a village, and its doors below it; if the same door changes its grid, import it in "
        '"{community}" first, and then in the new one',
    ),
    "other_village": (
        "“{code}”不是“{path}”这个村的门牌。请改正区域，或只写 12号、3组12号",
        '"{code}" is no door of "{path}". Put the area right, or write no more than 12号 or 3组12号',
    ),
    "village_door": (
        "村里没有幢和单元。“{code}”请写成 12号 或 3组12号",
        'a village has no buildings. Write 12号 or 3组12号 instead of "{code}"',
    ),
    "no_resident": (
        "这一户里没有“{name}”。请先在“住户成员”表里加上",
        'nobody at that door is called "{name}". Add the resident to the sheet Residents first',
    ),
    "health_consent": (
        "有健康情况，就要有同意日期。请填上，或清空健康一栏",
        "health is kept only with a consent. Write its date, or empty the health cell",
    ),
    "minor_consent": (
        "未成年人的资料，要有父母同意的日期。请填上",
        "a minor is kept only with a parent's consent. Write its date",
    ),
    "ends_before": ("结束早于开始。请改正日期", "it ends before it begins. Put the dates right"),
}


def tell(fault: Fault, english: bool) -> str:
    """区域 第3行 类型：…"""
    sheet = next((one for one in SHEETS if one.key == fault.sheet), None)
    title = sheet.name[english] if sheet is not None else fault.sheet
    column = sheet.column(fault.column) if sheet is not None else None
    name = column.name[english] if column is not None else fault.column
    if english:
        where = ", ".join([title, *([f"row {fault.row}"] if fault.row else []), *([name] if name else [])])
        return f"{where}: {said(fault, english)}"
    where = " ".join([title, *([f"第{fault.row}行"] if fault.row else []), *([name] if name else [])])
    return f"{where}：{said(fault, english)}"


def tell_removal(one: Removal, english: bool) -> str:
    """住户成员 第3行：王秀兰从…搬到…"""
    name, before, now = one.row.get("name"), " ".join(one.left), f"{one.row.get('area')} {one.row.get('code')}"
    handed = "".join(_handed(handing, english) for handing in one.handings)
    if english:
        stays = f"; {one.staying} for the whole household stay at the door" if one.staying else ""
        plans = f", care plans going along: {len(one.plans)}" if one.plans else ""
        return f"Residents, row {one.row.number}: {name} moves from {before} to {now}{plans}{handed}{stays}"
    stays = f"；原来那一户还有全户的走访计划 {one.staying} 条，不动" if one.staying else ""
    plans = f"，走访计划 {len(one.plans)} 条跟着走" if one.plans else ""
    return f"住户成员 第{one.row.number}行：{name} 从 {before} 搬到 {now}{plans}{handed}{stays}"


def _handed(one: Handing, english: bool) -> str:
    if one.to is not None:
        return (
            f"; {one.worker}'s {one.plans} handed to {one.to}, the grid worker there"
            if english
            else f"；{one.worker} 的 {one.plans} 条交给那里的网格员 {one.to}"
        )
    return (
        f"; {one.plans} still with {one.worker}, who has no post there: name another worker on the sheet Care plans"
        if english
        else f"；其中 {one.plans} 条还是 {one.worker} 的，新的一户不归其管，请在“走访计划”表里写上接手的人"
    )


def said(fault: Fault, english: bool) -> str:
    """The fault without its place."""
    return FAULTS[fault.what][english].format(**{key: _shown(one, english) for key, one in fault.params.items()})


def _shown(value: Any, english: bool) -> str:
    if isinstance(value, dict):
        return ("、", ", ")[english].join(names[english] for names in value.values())
    if isinstance(value, list):
        return ("、", ", ")[english].join(_shown(one, english) for one in value)
    return KINDS[value][english] if isinstance(value, str) and value in KINDS else str(value)
