"""A visit told in a worker's own words: which household or firm, who, and what was asked for or promised."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from nlu.clauses import clauses

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
_ADDRESS = re.compile(
    rf"(?P<b>{_NUM})(?:\s*(?:幢|栋|号楼|座|#)\s*|\s*[-—－]\s*)(?P<u>{_NUM})(?:\s*单元\s*|\s*[-—－]\s*|"
    rf"\s*门\s*)(?P<r>\d{{3,4}}|{_NUM}(?=室))"
)
_HOUSE_ROOM = re.compile(rf"(?P<b>{_NUM})\s*(?:幢|栋|号楼|座|#)\s*[-—－]?\s*(?P<r>\d{{3,4}})(?!\d)")
_ROOM = re.compile(
    r"(?<![\d.:：])(?P<r>\d{3,4})(?:室|号)?\s*(?=的?[一-鿿]{1,4}?(?:家|奶奶|爷爷|阿婆|阿公|大爷|大妈|"
    r"大伯|阿姨|老|师傅|屋|婆婆|公公|住户|租户|太|叔|伯|嬷))"
)
_VILLAGE = re.compile(rf"(?P<b>{_NUM})\s*组\s*(?P<r>{_NUM})\s*号")
_TAG = re.compile(
    r"^\s*(?:#\s*)?(?:走访(?:日记|记录|情况)?|入户走访|入户|民情日记|日记|上门(?:走访|看望)?|走企业?|"
    r"探访|探望|家访)(?:了|到|：|:|\s|(?=[^，。]))"
)
_VERB = re.compile(
    r"(?:走|去|看|走访|探望|探访|拜访|看望|到|访)(?:了|过)(?:一?趟|一?下|一户|下|一家|一圈)?|刚从|"
    r"(?:从)?.{0,14}(?:屋里|家里?)(?:下|出|回)来|走完|去过|走过|路过|顺路(?:看|去|到)了?|"
    r"在(?=[^，。]{2,10}[，,])|走访|走企业|家去(?:了|过)|坐(?:了坐|了一?会|坐)|陪(?:着|了)?|(?:走访|访|见)到|唠(?:了|嗑)|聊(?:了|聊)|"
    r"送(?:了|去|到|来)|敲(?:了|过)?门|量(?:了|过)?血压|看(?:望|过)|瞅(?:了|瞅)|转了"
)
_PERSON = re.compile(
    r"(?P<p>(?:[一-鿿]{1,3})(?:奶奶|爷爷|阿婆|阿公|大爷|大妈|大伯|大娘|阿姨|婆婆|公公|师傅|阿太|嬷嬷|"
    r"叔叔?|伯伯?|老师|老太|先生|女士|夫妻|小两口|老板娘?|总|厂长|经理|店长|老伯|孃孃)|老[一-鿿]|"
    r"小[一-鿿](?=[，,家夫])|[一-鿿]{2,4}(?=家))"
)
_NAME_JUNK = re.compile(
    r"^(?:室|号|的|了|看|去|走|访|租户|住户|独居|低保|残疾|户|家|过|到|老党员|是|我|在|想|让|和|跟|与|"
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
    r"花木|苗圃|美甲|美发|母婴|文具|烘焙|打印|干洗|眼镜|手机|通讯|彩票|早教|琴行|健身|中介|卤味|米线|麻辣烫|大排档|菜馆|饺子|包子铺|印刷|广告|传媒|软件|光电|"
    r"新材料|医药|器械|化工|橡胶|玻璃|陶瓷|灯饰|玩具|箱包|皮革|羽绒|丝绸|毛衫|纽扣|拉链|工具|仪表|仓储|"
    r"货运|车行|修理部|修车铺|市场|农场|基地"
)
_FIRM = re.compile(rf"(?P<f>[一-鿿A-Za-z]{{1,12}}?(?:{_TRADE})(?:{_TRADE})*)(?![一-鿿]{{0,1}}(?:门口的路|对面的))")
_FIRM_LEAD = re.compile(
    r"^(?:今天|上午|下午|早上|刚|刚刚|刚才|又|还|再|也|顺路|顺便|路过|回来|路上|我|在|去|到|了|一?趟|看|"
    r"走|访|过|企业|那家|这家|一家|的|：|:|和|跟|趟|从|顺|下|"
    r"[一-鿿]{1,4}(?:路|街|巷|大道|门|村|社区)的)+"
)
_STATE = re.compile(
    r"独居|一个人住|空巢|身体|精神|血压|血糖|吃药|药|岁|住院|出院|轮椅|卧床|耳朵|眼睛|腿|中风|恢复|康复|"
    r"睡|吃饭|烧饭|胃口|心情|儿子|女儿|儿媳|子女|孙|"
    r"租户|租客|新搬来|新搬|居住证|登记|没开门|不在家|没人应|敲门|电话通|平安|一切都?好|都好|稳定|情况|"
    r"生意|订单|工人|证照|健康证|灭火器|消防|招工|缺工|"
    r"老板|店主|厂长|经理|没啥要求|没什么|聊了|坐了|双胞胎|满月|孕|低保|残疾|党员|退伍|货款|贷款|司机|"
    r"车间|老两口|状态|气色|念叨|疼|唠|缺|会用|接待|用工|招人|插座|过载|闺女|一个人|老伴|在家|反映|说(?!要|是来)|讲|问"
)
# How the people of a household are: who tells that has been there.
_WELFARE = re.compile(
    r"血压|血糖|精神|气色|老两口|独居|身体|吃药|腿|疼|一个人|老伴|儿子|女儿|闺女|不?在家|唠|聊|念叨|都好|平安|"
    r"状态|没人应|会用|胃口|睡"
)
_PLAN = re.compile(
    r"还没(?:走|去|访|看)|没走|没去|还剩|准备去|打算去|要去|待会|等会|明天(?:去|走|上门)|下午(?:去|走|"
    r"上门)|周[一二三四五六日](?:去|走|上门)(?!了)|谁去|请大家|各社区|各网格|安排走访|开始走访|记得走访|"
    r"走一遍|中午前"
)
_WISH = re.compile(
    r"(?:想|希望|要求|请|盼|求|问|需要|提出)[^，。；]{0,16}(?:能不能|可不可以|申请|补贴|装|换|改|批|招|"
    r"留|划|挪|修|催|来|推荐|有没有|怎么|快|帮|办|加固|协调|安排|拆|清|介绍|解决|减|贷)|"
    r"想(?:请|让|叫)(?:人|社区|物业|街道|师傅|你们|[^，。；]{0,6}(?:去|来|给))|要(?:换|修|装|申请|叫|请|补|拆|办|清理)|(?:帮|替|给|代)(?:她|他|他们|我|老人|阿婆|店里|企业|厂里|"
    r"其)?(?:报|反映|问|申请|催|协调)(?!.{0,4}好了)|"
    r"请(?:园区|社区|街道|物业|相关|各位|[^，。\s]{1,6}(?:局|所|公司|部门|中队))|能不能|有没有(?:补贴|"
    r"办法|政策|救助|什么)|请帮|让[^，。]{0,6}挪|招不(?:满|到|齐)|(?:坏|锈|裂|漏|堵|塌|松|断)(?:了|得|"
    r"着)"
)
_SETTLED = re.compile(
    r"当场|(?:我|帮|替)(?:她|他|他们)?[^，。；]{0,10}(?:配|买|办|约|领|填|换|拿)(?:好|到|回来|掉)了?|"
    r"已让|已经让|已(?:经)?(?:整改|处理|解决|办好)|帮(?:她|他|他们)?(?:填|办|弄|约|买|换|配|修)(?:好|"
    r"了)|先记|记一笔|教(?:她|他)|填掉|没(?:啥|什么)要求|"
    r"别的没有|让他们?[^，。]{0,8}(?:清掉|整改|换)|让老板换|已劝|当面整改"
)


_HAZARD = re.compile(
    r"(?:通道|出口|后门|楼梯口|疏散|门口).{0,8}(?:堵|占|封|锁|出不去|过不去|打不开)|堵(?:死|住|满)了|"
    r"(?:灭火器|气瓶|软管|烟感|报警器).{0,6}(?:过期|没压|坏|没装|不响|老化)|没(?:有)?(?:灭火器|装报警器)|"
    r"电线.{0,4}(?:裸|乱|老化|露)|私拉|飞线|住人.{0,4}(?:仓库|车间)|三合一|漏电|漏气|墙.{0,4}(?:裂|歪)|要塌"
)
_MENDED = re.compile(
    r"当场(?!搬不)|已(?:经)?(?:搬|清|换|整改|处理|修)|(?:搬|清|换|整改|处理|修)(?:好|走|掉|完|开)了|没(?:发现|有)(?:隐患|问题)"
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
    tail = re.sub(r"^(?:户|家|一户|的|趟|今天|上午|下午|早上|是)+", "", tail)
    return tail if re.fullmatch(r"[一-鿿]{2,10}[A-Z]?区?", tail) else None


def _person(after: str) -> str | None:
    found = _PERSON.search(after[:24])
    if not found:
        return None
    return _NAME_JUNK.sub("", found.group("p")) or None


def wish(text: str) -> str | None:
    """The clauses in which somebody wants something that has not been seen to yet; None where nobody does."""
    wanted = [clause for clause in clauses(text) if _WISH.search(clause)]
    if not wanted:
        return None
    settled = [clause for clause in clauses(text) if _SETTLED.search(clause)]
    open_ones = [clause for clause in wanted if clause not in settled]
    if not open_ones or (settled and clauses(text).index(settled[-1]) > clauses(text).index(open_ones[-1])):
        return None
    return "，".join(open_ones)


def hazard(text: str) -> str | None:
    """A danger seen on a visit and left as it is (消防通道堵死); None where none was or it is mended."""
    seen = [clause for clause in clauses(text) if _HAZARD.search(clause)]
    if not seen or _MENDED.search(text) or _SETTLED.search(text):
        return None
    return "，".join(seen)


def parse_visit(text: str, estates: tuple[str, ...] = ()) -> Visit | None:
    """A visit entry, tagged (#走访 3-2-402 王奶奶血压偏高) or in plain words (刚从1202唐奶奶屋里下来). None when the
    text tells of no visit, of a visit still to be made, or names neither household nor firm."""
    text = text.strip()
    head = _TAG.match(text)
    tagged = bool(head)
    body = text[head.end() :] if head else text
    first = body[:60]
    if _PLAN.search(text) or "【" in text[:2]:
        return None
    verb = _VERB.search(first)
    states = len(_STATE.findall(body))
    address = _ADDRESS.search(first) or _VILLAGE.search(first) or _HOUSE_ROOM.search(first)
    room = None if address else _ROOM.search(first)
    place = address or room
    if place and (
        tagged
        or (verb and states)
        or (states >= 2 and place.start() <= 16 and _person(first[place.end() :]))
        or (address and place.start() <= 16 and len(_WELFARE.findall(body)) >= 2)
    ):
        person = _person(first[place.end() :])
        if person or tagged or verb or _WELFARE.search(body):
            parts = place.groupdict()
            told = [_number(parts[key]) for key in ("b", "u", "r") if parts.get(key)]
            estate = _estate(first[: place.start()], estates) if address else None
            return Visit("-".join(told), "resident", body.strip("：: "), estate, person, tagged, wish(body))
    firm = _firm(first) if tagged or verb else None
    if firm is None and states >= 2:
        head_firm = _FIRM.match(body)
        firm = head_firm.group("f") if head_firm and len(head_firm.group("f")) >= 4 else None
    if firm and (tagged or states or len(body) >= 20):
        person = _person(first[first.find(firm) + len(firm) :])
        return Visit(firm, "enterprise", body.strip("：: "), None, person, tagged, wish(body))
    return None


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
