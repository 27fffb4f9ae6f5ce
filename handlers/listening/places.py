"""Where the fault is: what the line says, completed by the group and, for one's own flat, by the speaker's name."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.listening import Line
from domain.reading import OF_A_HOME, Category, Where
from nlu.normalize import fold
from nlu.place import where as read_where
from nlu.similar import gist

_OWN_FLAT: frozenset[Category] = OF_A_HOME | {"renovation"}
_NAME_FULL = re.compile(r"(?<!\d)(\d{1,3})[-—](\d{1,2})[-—](\d{3,4})(?!\d)")
_NAME_ROOM = re.compile(r"(?<!\d)(\d{3,4})(?!\d)")
_NAME_BUILDING = re.compile(r"(?<!\d)(\d{1,3})\s*(?:幢|栋|号楼|#)")
_MINE = re.compile(r"我(?:们)?(?:家|这|屋|门|卫生间|厨房|阳台|客厅|房|的|妈|爸|奶奶|婆婆)|家里|自家|我一个人")
_OF_A_FLAT = re.compile(
    r"我(?:们)?(?:[女儿]|老|孩|爷|姥|外|岳|公公|屋)|阳台|厨房|卫生间|浴[室缸]|卧室|客厅|装修|房东|租[房客]|退租|房产"
)
# 5-2-204阿国, 11-1404, 6-1的小周
_NAME_DOOR = re.compile(r"(?<![\d-])(\d{1,2})[-—](?:(\d)(?![\d])|\d{3,4}(?!\d))")
# What is inside of a house, or of somebody in it.
_INSIDE = re.compile(
    r"[\d一二三四五六甲乙东西]单元|单元[门里楼]|我们?(?:这)?(?:单元|楼|栋|幢|层)(?!下)|楼道|楼梯|电梯|门禁|对讲|过道|走廊|楼顶|顶楼|"
    r"楼上(?!的?(?:朋友|说|各位|那位|两位))|消防门|[\d一二三四五六七八九十]楼(?![盘市])|隔壁\d{3}"
)
# A club or a market has storeys too, and so has the garage; who is sought is not at home.
_NOT_INSIDE = re.compile(
    r"(?:会所|商铺|市场|菜场|超市|医院|学校|商场|停车楼|工地|社区|街道|对面|活动中心|店)[^，,。 ]{0,4}[楼层电梯]|"
    r"往楼上[灌飘吹]|车库|地库|没回来|不见了|走丢|谁看[见到]|贴满|小广告"
)
_OF_WORK = re.compile(r"老板|工[资钱]|欠薪|催收|网贷|网上|厂里|公司(?!漏)|单位(?!楼)")
_TAKES_BACK = re.compile(r"不是\s*\S{0,4}?\d+\s*[幢栋#号楼单元室-]+")
_AROUND = re.compile(
    r"^(?:我家|我们家?|店|楼上?|楼下|家|自家|这里|那里|这边|门|院子?)?(?:门口|楼下|楼上|里面?|外面|旁边|"
    r"隔壁|附近|下面|上面|底下|前面|后面)?$"
)
_LANDMARK = re.compile(
    r"[一-鿿]桥(?!栏)|工坊|祠堂|老屋|菜场|水库|大坝|学校|医院|卫生院|礼堂|食堂|仓库|路口|村口|岭头|后山|"
    r"[一-鿿](?:路|街|巷|弄)(?!灯|面|过|上|口|人|由)|\d组|亭|广场|幼儿园|超市|厂"
)
# Places of the whole estate: told in a house's group they are not of that house.
_OF_ALL = re.compile(
    r"小区(?:的)?(?:[东南西北正大侧后]{0,2}门|里|内|外|路|入口|出口)|(?<!单元)(?<!楼)[东南西北正侧后]门(?:口|岗|外|内|的?道闸|$)|"
    r"地下车?库|地库|广场(?!舞)|球场|游乐|健身|凉亭|喷泉|池塘|围墙|岗亭|门岗|道闸|马路|路口|主干?道|快递柜|垃圾[房站亭]|驿站|红绿灯|公交"
)
_AT_HOME = re.compile(r"我(?:家|屋|门|卫生间|厨房|阳台|客厅|房)|家里|一个人在家")
_HOME_OR_KIN = re.compile(
    r"卫生间|厨房|阳台|卧室|浴[室缸]|客厅|[锅灶]|被子|[我俺](?:家?[的]?)?(?:妈|爸|老公|老婆|老伴|婆婆|公公|奶奶|爷爷|外婆|外公|姥姥|姥爷|姐|哥|"
    r"弟|妹|儿子|女儿|孩子|娃|宝宝|小孩|东家|孙)|门[^，。 ]{0,4}带上|药[^，。 ]{0,4}[攒吞]"
)
# Out of doors, on the stairs, at somebody else's, or nobody knows where.
_AWAY = re.compile(
    r"没回|出去|不见|走丢|走失|找不到|谁看[见到]|电话|手机|短信|微信|视频|外地|老家|上班|出差|广场|河|湖|池|路|桥|车|电梯|楼道|过道|走廊|楼梯|楼下|楼上|楼顶|"
    r"楼里|大堂|单元门|地库|对面|隔壁|小区|学校|幼儿园|滑梯|工地|店|[\d一二三四五六七八九十]楼|[\d一二三四五六七八九十][幢栋号]|看[到见]|听[到见]|闻[到着]|"
    r"有个?人|一个人(?!在[里家屋])|他家|她家|你家|谁家|哪家|人家|邻居"
)
_RELATIVE = re.compile(r"楼上|楼下|隔壁|对门|邻居")
CORRECTS = re.compile(r"打错|写错|说错|不是\s*\S{1,6}[，。 ]|更正|是\s*\d+\s*[幢栋#号]|应该是")


def said_where(line: Line) -> Where:
    """The place in the line's own words."""
    spot = line.spot
    return replace(line.reading.where, place=line.reading.where.place or spot) if spot else line.reading.where


def whole_where(line: Line, home: Where, category: Category | None, before: tuple[str, ...] = ()) -> Where:
    """The place of a fault that this line opens, or goes on with: `before` was said of it."""
    said = said_where(line)
    estate = said.estate if said.estate and said.estate != home.estate else None
    building, unit, room = said.building, said.unit, said.room
    own = category in _OWN_FLAT or (category in ("emergency", "public_security") and bool(_AT_HOME.search(line.text)))
    own = own or (category == "emergency" and _befell_his(line.text, before) and not of_all(said, line.text))
    if own and _is_elsewhere(line.text, category):
        own = False
    if own and line.role == "resident":
        full = _NAME_FULL.search(line.name)
        near = _NAME_ROOM.search(line.name)
        block = _NAME_BUILDING.search(line.name)
        mine = bool(_MINE.search(line.text)) or category == "home_repair" or room is None
        foreign = category == "renovation" and (room is not None or bool(_RELATIVE.search(line.text)))
        if line.house is not None and room is None and building in (None, line.house.building) and mine and not foreign:
            building, room = line.house.building, line.house.room
        elif full and building in (None, full.group(1)) and not foreign:
            building, unit = full.group(1), unit or full.group(2)
            room = room or full.group(3)
        elif near and line.tier == "unit" and building in (None, home.building) and mine and not foreign:
            asks_other = room is not None and room != near.group(1) and _MINE.search(line.text)
            room = near.group(1) if room is None or asks_other else room
        elif home.room and room is None and building in (None, home.building) and mine and not foreign:
            room = home.room
        elif block and building is None and not foreign and category == "home_repair":
            building = block.group(1)
    if category is not None and building is None and (door := _of_his_house(line, said)) is not None:
        building, unit = door[0], unit or door[1]
    if line.tier == "unit" and building in (None, home.building) and not (building is None and of_all(said, line.text)):
        building, unit = home.building, unit or home.unit
    return Where(estate, building, unit, said.floor, room, said.place)


def _befell_his(text: str, before: tuple[str, ...]) -> bool:
    """锅里油烧起来了, 我妈喊不醒: in an emergency the speaker's own door, if nothing says that it is elsewhere."""
    return bool(_HOME_OR_KIN.search(text)) and not any(_AWAY.search(one) for one in (text, *before))


def _of_his_house(line: Line, said: Where) -> tuple[str, str | None] | None:
    """21幢叶子: 1单元电梯门开一半. The building and unit that a resident goes by, where he tells of the inside of a
    house: nobody need ask him which."""
    if line.tier != "community" or line.role != "resident" or said.estate is not None:
        return None
    if not _INSIDE.search(line.text) or of_all(said, line.text) or _NOT_INSIDE.search(line.text):
        return None
    found = _NAME_DOOR.search(line.name) or _NAME_BUILDING.search(line.name)
    if found is None:
        return None
    return found.group(1), found.group(2) if found.re is _NAME_DOOR else None


def _is_elsewhere(text: str, category: Category | None) -> bool:
    """高龄补贴怎么领 is asked from home, not about it; 老板欠我工资 is of a firm."""
    if category == "consultation":
        return not (_MINE.search(text) or _OF_A_FLAT.search(text))
    return category == "legal_dispute" and bool(_OF_WORK.search(text))


def home_in_name(line: Line) -> str | None:
    """The building that the speaker goes by (3-2-501小陈, 12号楼贝贝)."""
    found = _NAME_FULL.search(line.name) or _NAME_BUILDING.search(line.name)
    return found.group(1) if found else None


def of_all(said: Where, text: str) -> bool:
    """The place is one of the whole estate."""
    return said.unit is None and said.room is None and bool(_OF_ALL.search(said.place or text))


def corrected_where(line: Line, home: Where, category: Category | None) -> Where:
    """The place in an edited line, without the one that it takes back ("6幢西边，不是5幢")."""
    where = whole_where(line, home, category)
    if (text := _TAKES_BACK.sub("", line.text)) != line.text:
        said = read_where(fold(text), text)
        return replace(where, building=said.building, unit=said.unit, room=said.room or where.room)
    return where


def merged(old: Where, new: Where, line: Line, *, override: bool) -> Where | None:
    """The ticket's place with what this line adds (or corrects); None when nothing changes."""
    override = override or bool(CORRECTS.search(line.text))
    fields = {}
    for key in ("estate", "building", "unit", "floor", "room", "place"):
        fresh, before = getattr(new, key), getattr(old, key)
        fields[key] = fresh if fresh and (override or not before) else before
    if old.building and new.building and old.building != new.building and not override:
        return None
    if override and new.building and new.building != old.building and not new.unit:
        fields["unit"], fields["room"] = None, new.room
    result = Where(**fields)
    return result if result != old else None


def named(line: Line) -> bool:
    """The line says where: a building, a room or a spot that neighbours know."""
    where = said_where(line)
    place = bool(where.place and not _AROUND.match(where.place))
    spots = {spot for spot in gist(line.text).spots if not _AROUND.match(spot)}
    return bool(
        where.building or where.room or place or where.estate or line.spot or spots or _LANDMARK.search(line.text)
    )
