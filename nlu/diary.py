"""A visit told in a worker's own words: which household or firm, who, and what was asked for or promised."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from nlu.clauses import clauses
from nlu.visit_words import (
    ABSENT,
    BUSINESS,
    HAZARD,
    LIFE,
    MENDED,
    PLAN,
    SETTLED,
    STATE,
    WELFARE,
    WISH,
    WORKS,
)

_DIGIT = {char: number for number, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


@dataclass(frozen=True, slots=True)
class Visit:
    """`household` is building-unit-room as far as it was said ("1403" alone is completed by the group's own place),
    or the firm's name. `tagged`: the writer said 走访 himself. `wish`: the words in which something is asked for."""

    household: str
    kind: Literal["resident", "enterprise"]
    note: str
    estate: str | None = None
    person: str | None = None
    tagged: bool = False
    wish: str | None = None


_NUM = r"(?:[A-Za-z]?\d{1,4}|[一二三四五六七八九十〇零两]{1,4})"
_SPOKEN = r"[一二三四五六七八九][一二三四五六七八九十〇零两幺]{2,3}"
_ADDRESS = re.compile(
    rf"(?P<b>{_NUM})(?:\s*(?:幢|栋|号楼?|楼|座|#)\s*|\s*[-—－]\s*)(?P<u>{_NUM})(?:\s*单元\s*|\s*[-—－]\s*|"
    rf"\s*门洞?\s*|\s*梯\s*)(?P<r>\d{{3,4}}(?!\d)|{_NUM}(?=室)|{_SPOKEN})"
)
_HOUSE_ROOM = re.compile(
    rf"(?P<b>{_NUM})\s*(?:幢|栋|号楼|座|#)\s*[-—－]?\s*(?P<r>\d{{3,4}}|{_SPOKEN})(?!\d)|"
    r"(?<![\d.:：-])(?P<b2>\d{1,2})[-—－](?P<r2>\d{3,4})(?![\d:：-])"
)
_ROOM = re.compile(
    r"(?<![\d.:：])(?P<r>\d{3,4})(?:室|号|房)?\s*(?=的?[一-鿿]{0,4}?(?:家|奶奶?|爷爷?|阿婆|阿公|大爷|大妈|大娘|"
    r"大伯|阿姨|老|师傅|屋|婆婆?|公公|住户|租户|租客|太|叔|伯|嬷|嫂|姐|哥|姨|婶|孃|嬢|爹|先生|女士|娭|姥)|(?<=[去到在]\d{4})(?:看|坐|走)|(?<=[去到在]\d{3})(?:看|坐|走))"
)
_VILLAGE = re.compile(rf"(?P<b>{_NUM})\s*组\s*(?P<r>{_NUM})\s*号")
_TAG = re.compile(
    r"^\s*(?:#\s*)?(?:走访(?:日记|记录|情况)?|入户走访|入户|民情日记|日记|上门(?:走访|看望)?|走企业?|"
    r"探访|探望|家访|回访|慰问)(?:了|到|：|:|\s|(?=[^，。]))"
)
_VERB = re.compile(
    r"(?:走|去|看|走访|探望|探访|拜访|看望|到|访)(?:了|过)(?:一?趟|一?下|一户|下|一家|一圈)?|刚从|"
    r"(?:从)?.{0,14}(?:屋里|家里?)(?:下|出|回)来|走完|去过|走过|路过|顺路(?:看|去|到)了?|"
    r"在(?=[^，。]{2,10}[，,])|走访|走企业|家去(?:了|过)|坐(?:了坐|了一?会|坐)|陪(?:着|了)?|(?:走访|访|见)到|唠(?:了|嗑)|聊(?:了|聊)|"
    r"送(?:了|去|到|来)|敲(?:了|过)?门|量(?:了|过)?血压|看(?:望|过)|[瞅瞧](?:了|瞅|瞧|过)|转(?:了|过)|(?:刚|才|都)[看走去访](?=$|[，。,了完])|"
    r"(?:上|跑|串|进|绕)(?:了|过)?个?(?:一?趟|门|屋|户|到)|登门|慰问|问候|见(?:着|了|过)|碰(?:到|见)|回访|"
    r"(?:电话|微信|视频)(?:里|上|中)?(?:问|联系|打|聊|回访|说|讲|报平安|通)|(?:打|通)(?:了|过)(?:个)?(?:电话|视频)|"
    r"[去来看]了$|(?:那儿?|那里|那边)(?:出|回)来"
)
_PERSON = re.compile(
    r"(?P<p>(?:[一-鿿]{1,3})(?:奶奶|爷爷|阿婆|阿公|大爷|大妈|大伯|大娘|阿姨|婆婆|公公|师傅|阿太|嬷嬷|"
    r"叔叔?|伯伯?|老师|老太|先生|女士|夫妻|小两口|老板娘?|总|厂长|经理|店长|老伯|孃孃|嬢嬢|年轻人?|"
    r"班长|主任|校长|队长|书记|医生|会计|[大小老二三]?(?:嫂|姐|哥|婶|姨|妹|弟)|爹爹?|姥姥|姥爷|娭毑|阿姆|婆|师母|老师傅)|老两口|老[一-鿿]|"
    r"小[一-鿿](?=[，,家夫])|[一-鿿]{2,4}(?=家))"
)
_NAME_JUNK = re.compile(
    r"^(?:室|号|房|的|了|看|去|走|访|租户|住户|独居|低保|残疾|户|家|过|到|老党员|是|我|在|想|让|和|跟|与|"
    r"给|帮|问|请)+"
)
_TRADE = (
    r"厂|公司|店|馆|铺|坊|超市|药房|酒店|饭店|企业|模具|电机|轴承|洁具|灶具|印染|领带|物流|童装|服饰|"
    r"服装|五金|加工点?|机械|电子|电器|电气|家具|"
    r"食品|水果捞|科技|纺织|针织|制衣|包装|塑料|塑胶|汽修|汽配|民宿|农庄|合作社|工坊|作坊|快递点|驿站|"
    r"批发部?|门市部?|诊所|幼托|托管班|培训班|"
    r"餐厅|餐饮|面馆|小吃|烧烤|火锅|奶茶|咖啡|理发|美容|足浴|网吧|棋牌室|宾馆|旅馆|旅社|商行|商店|商贸|"
    r"贸易|织造|袜业|鞋业|阀门|泵业|缝纫机|"
    r"配件|铸造|电镀|注塑|喷涂|铝业|钢构|建材|石材|木业|竹业|茶业|茶厂|茶庄|酒坊|酒业|水产|养殖场?|果蔬|"
    r"花木|苗圃|美甲|美发|母婴|文具|烘焙|打印|干洗|眼镜|手机|通讯|彩票|早教|琴行|健身|中介|卤味|米线|麻辣烫|大排档|菜馆|饺子|包子铺|印刷|广告|门窗|茶行|车厂|粮油|布艺|家纺|家居|装饰|装潢|灯具|建筑|传媒|软件|光电|"
    r"新材料|医药|器械|化工|橡胶|玻璃|陶瓷|灯饰|玩具|箱包|皮革|羽绒|丝绸|毛衫|纽扣|拉链|工具|仪表|仓储|"
    r"货运|车行|修理部|修车铺|市场|农场|基地"
)
_FIRM = re.compile(rf"(?P<f>[一-鿿A-Za-z]{{1,12}}?(?:{_TRADE})(?:{_TRADE})*)(?![一-鿿]{{0,1}}(?:门口的路|对面的))")
# 兴隆铝门窗看过了: whatever stands before the verb is a firm where the rest speaks of its business.
_SEEN_FIRM = re.compile(
    r"(?P<f>[一-鿿A-Za-z]{3,10}?)(?:我|今天|上午|下午|刚|刚刚|刚才|也|都|那边|那里){0,3}"
    r"(?:(?:看|访|跑|转|走)(?:过了?|完了?|访过?了?)(?=$|[，。,])|[看访跑转走]了(?=一|看|$|[，,])(?<!走了(?=[，,]))(?<!走了$)|去过了?(?=$|[，,])|"
    r"(?<=刚)[看走去到](?:完|过|了))"
)
_HEADED = re.compile(r"(?P<f>[一-鿿A-Za-z]{3,10})(?=[，。,：: ])")
_NO_NAME = re.compile(r"[在是有到去给把让和跟的了没]|^(?:今天|明天|我们?|他们?|你们?)")
# Who comes to mend things has not been visited.
_MENDERS = re.compile(r"^(?:物业|消防|电梯|维保|供电|水务|燃气|自来水|城管|派出所|施工|保险|厂家|师傅)|在")
_FIRM_LEAD = re.compile(
    r"^(?:今天|上午|下午|早上|刚|刚刚|刚才|又|还|再|也|顺路|顺便|路过|回来|路上|我|在|去|到|了|一?趟|看|"
    r"走|访|过|企业|那家|这家|一家|的|：|:|和|跟|趟|从|顺|下|"
    r"[一-鿿]{1,4}(?:路|街|巷|大道|门|村|社区)的)+"
)


def _number(text: str) -> str:
    if text[-1:].isdigit() or not text:
        return text
    if "十" in text:
        left, _, right = text.partition("十")
        return str((_DIGIT.get(left, 1) if left else 1) * 10 + (_DIGIT.get(right, 0) if right else 0))
    return "".join(str(_DIGIT.get(char, char)) for char in text)


def _estate(before: str, estates: tuple[str, ...]) -> str | None:
    known = [name for name in estates if name and name in before]
    if known:
        return max(known, key=len)
    tail = re.split(r"[，。：:；\s#了]|走访|上门|入户|再补一条|补充|去|到|看望|探望|刚从|还有|在", before)[-1]
    tail = re.sub(r"^(?:户|家|一户|的|趟|今天|上午|下午|早上|是|顺[道路便]|[看走访瞧转])+", "", tail)
    return tail if re.fullmatch(r"[一-鿿]{2,10}[A-Z]?区?", tail) else None


def _person(after: str) -> str | None:
    found = _PERSON.search(after[:24])
    if not found:
        return None
    return _NAME_JUNK.sub("", re.sub(r"^.*的", "", found.group("p"))) or None


def wish(text: str) -> str | None:
    """The clauses in which somebody wants something that has not been seen to yet; None where nobody does."""
    wanted = [clause for clause in clauses(text) if WISH.search(clause)]
    if not wanted:
        return None
    settled = [clause for clause in clauses(text) if SETTLED.search(clause)]
    open_ones = [clause for clause in wanted if clause not in settled]
    if not open_ones or (settled and clauses(text).index(settled[-1]) > clauses(text).index(open_ones[-1])):
        return None
    return "，".join(open_ones)


def hazard(text: str) -> str | None:
    """A danger seen on a visit and left as it is (消防通道堵死); None where none was or it is mended."""
    seen = [clause for clause in clauses(text) if HAZARD.search(clause)]
    if not seen or MENDED.search(text) or SETTLED.search(text):
        return None
    return "，".join(seen)


def parse_visits(text: str, estates: tuple[str, ...] = ()) -> tuple[Visit, ...]:
    """Every visit that a line tells of: mostly one; a round (走了三户：2-1-301…，2-1-402没人) has several."""
    whole = parse_visit(text, estates)
    if whole is None or whole.kind == "enterprise":
        return (whole,) if whole is not None else ()
    doors = [found.start() for found in _ADDRESS.finditer(text)]
    if len(doors) < 2:
        return (whole,)
    head = text[: doors[0]]
    ends = [_clause_start(text, at) for at in doors[1:]]
    parts = [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]
    told = parse_visit(parts[0], estates)
    found = [told] if told is not None else []
    for part in parts[1:]:
        if _PERSON.search(part) or LIFE.search(part) or STATE.search(part):
            more = parse_visit(f"走访 {part}", estates)
            if more is not None:
                estate = more.estate or (whole.estate if head else None)
                found.append(replace(more, estate=estate, tagged=whole.tagged))
    return tuple(found) or (whole,)


def _clause_start(text: str, at: int) -> int:
    """Where the clause begins in which an address stands: its estate's name goes with it."""
    before = re.split(r"[，。；;、,\n]", text[:at])[-1]
    return at - len(before)


def parse_visit(text: str, estates: tuple[str, ...] = ()) -> Visit | None:
    """A visit entry, tagged (#走访 3-2-402 王奶奶血压偏高) or in plain words (刚从1202唐奶奶屋里下来). None when the
    text tells of no visit, of a visit still to be made, or names neither household nor firm."""
    text = text.strip()
    head = _TAG.match(text)
    tagged = bool(head)
    body = text[head.end() :] if head else text
    first = body[:60]
    if PLAN.search(text) or "【" in text[:2]:
        return None
    verb = _VERB.search(first)
    states = len(STATE.findall(body))
    place = _ADDRESS.search(first) or _VILLAGE.search(first) or _HOUSE_ROOM.search(first) or _ROOM.search(first)
    if place and _tells_of(body, place, tagged=tagged, went=bool(verb), states=states):
        person = _person(first[place.end() :]) or _person(first[: place.start()])
        if person or tagged or verb or WELFARE.search(body):
            parts = {key.rstrip("2"): value for key, value in place.groupdict().items() if value}
            told = [_number(parts[key]) for key in ("b", "u", "r") if parts.get(key)]
            estate = _estate(first[: place.start()], estates) if len(told) > 1 else None
            return Visit("-".join(told), "resident", body.strip("：: "), estate, person, tagged, wish(body))
    firm = _firm(first) if tagged or verb else None
    if firm is None and states >= 2:
        head_firm = _FIRM.match(body)
        firm = head_firm.group("f") if head_firm and len(head_firm.group("f")) >= 4 else None
    seen = _SEEN_FIRM.match(body) or (_HEADED.match(body) if tagged else None)
    if firm is None and seen is not None and BUSINESS.search(body) and not _NO_NAME.search(seen.group("f")):
        firm = seen.group("f")
    if firm and not _MENDERS.search(firm) and (tagged or states or len(body) >= 20):
        person = _person(first[first.find(firm) + len(firm) :])
        return Visit(firm, "enterprise", body.strip("：: "), None, person, tagged, wish(body))
    return None


def _tells_of(body: str, place: re.Match[str], *, tagged: bool, went: bool, states: int) -> bool:
    """Do the words about a door tell of having been there? By a verb, or by how its people live."""
    if tagged or (went and states):
        return True
    if "b2" in place.groupdict() and place.group("b2"):
        return False  # 2-301 by itself may be a score, a price or a bus
    if place.start() > 16:
        return False
    person = _person(body[place.end() :]) or _person(body[: place.start()])
    if states >= 2 and person:
        return True
    whole = place.re is _ADDRESS or place.re is _VILLAGE
    if whole and len(WELFARE.findall(body)) >= 2:
        return True
    if WORKS.search(body):
        return False
    lives = len(LIFE.findall(body)) + states
    absent = bool(ABSENT.search(body))
    return bool((whole or person) and ((person and lives >= 2) or (went and lives) or (absent and (person or went))))


def _firm(text: str) -> str | None:
    """The first name in a visit's opening clauses that ends in a trade; `在…，` and `了…，` bound it on the left."""
    for clause in clauses(text.replace("：", "，").replace(":", "，"))[:6]:
        named = re.sub(r"^(?:补充|再补一条|还有|另外)", "", clause)
        verb = _VERB.search(named)
        starts = [named[verb.end() :], named] if verb else [named]
        for part in starts:
            part = _FIRM_LEAD.sub("", part.strip())
            found = _FIRM.match(part)
            if found and len(found.group("f")) >= 3:
                return _FIRM_LEAD.sub("", found.group("f")) or found.group("f")
    return None
