"""The firm or shop that a worker has been to: a name that ends in a trade, or the head of a line about business."""

from __future__ import annotations

import re

from nlu.clauses import clauses
from nlu.visit_signs import WORKS, told
from nlu.visit_words import BUSINESS, STATE, VERB

TRADE = (
    r"厂|公司|店|馆|铺|坊|超市|药房|酒店|饭店|企业|模具|电机|轴承|洁具|灶具|印染|领带|物流|童装|服饰|"
    r"服装|五金|加工点?|机械|电子|电器|电气|家具|"
    r"食品|水果捞|科技|纺织|针织|制衣|包装|塑料|塑胶|汽修|汽配|民宿|农庄|合作社|工坊|作坊|快递点|驿站|"
    r"批发部?|门市部?|诊所|幼托|托管班|培训班|"
    r"餐厅|餐饮|面馆|小吃|烧烤|火锅|奶茶|咖啡|理发|美容|足浴|网吧|棋牌室|宾馆|旅馆|旅社|商行|商店|商贸|"
    r"贸易|织造|袜业|鞋业|阀门|泵业|缝纫机|"
    r"配件|铸造|电镀|注塑|喷涂|铝业|钢构|建材|石材|木业|竹业|茶业|茶厂|茶庄|酒坊|酒业|水产|养殖场?|果蔬|"
    r"花木|苗圃|美甲|美发|母婴|文具|烘焙|打印|干洗|眼镜|手机|通讯|彩票|早教|琴行|健身|中介|卤味|米线|麻辣烫|"
    r"大排档|菜馆|饺子|包子铺|印刷|广告|门窗|茶行|车厂|粮油|布艺|家纺|家居|装饰|装潢|灯具|建筑|传媒|软件|光电|"
    r"新材料|医药|器械|化工|橡胶|玻璃|陶瓷|灯饰|玩具|箱包|皮革|羽绒|丝绸|毛衫|纽扣|拉链|工具|仪表|仓储|"
    r"排档|发廊|废品站|收购站|冷库|酒吧|修车|小卖部|幼儿园|早餐|早点|馕坑|快餐|便利|修鞋|水果|药店|诊所|浴室|"
    r"澡堂|茶室|麻将馆|蛋糕|货运|车行|"
    r"洗衣|修脚|茶铺|修理部|修车铺|市场|农场|基地"
)
_FIRM = re.compile(
    rf"(?P<f>[一-鿿A-Za-z]{{1,12}}?(?:{TRADE})(?:{TRADE})*(?:行(?=[，,。；：:]|$))?)(?![一-鿿]{{0,1}}(?:门口的路|对面的))"
)
# 兴隆铝门窗看过了: whatever stands before the verb is a firm where the rest speaks of its business.
_SEEN_FIRM = re.compile(
    r"(?P<f>[一-鿿A-Za-z]{3,10}?)(?:我|今天|上午|下午|刚|刚刚|刚才|也|都|那边|那里){0,3}"
    r"(?:(?:看|访|跑|转|走)(?:过了?|完了?|访过?了?)(?=$|[，。,])|[看访跑转走]了(?=一|看|$|"
    r"[，,])(?<!走了(?=[，,]))(?<!走了$)|去过了?(?=$|[，,])|"
    r"(?<=刚)[看走去到](?:完|过|了))"
)
_HEADED = re.compile(r"(?P<f>[一-鿿A-Za-z]{3,10})(?=[，。,：: ])")
_NO_NAME = re.compile(r"[在是有到去给把让和跟的了没]|^(?:今天|明天|我们?|他们?|你们?)")
# Who comes to mend things has not been visited.
_MENDERS = re.compile(
    r"^(?:抢修|地质|鉴定|物业|消防|电梯|维保|供电|水务|燃气|自来水|城管|派出所|施工|保险|厂家|师傅)|在"
)
_NOT_A_NAME = re.compile(r"^(?:是|这|那|大公司|打|配|几|[一二两三四五六七八九十]+家|.{0,4}跑了|还没)|电话给|了.家")
# The road in front of a shop is not the shop.
_BESIDE = re.compile(
    r"^(?:的?(?:门口|旁边?|对面|隔壁|附近|楼上|楼下|后面|前面|那条|门前)|的(?!老板|店)|[一-鿿]{0,2}(?:有特价|"
    r"照常|营业时间|招聘|要带|要交))"
)
_GOING = re.compile(
    r"^(?:(?:今[天早朝]|昨天|上午|下午|中午|早上|晚上|刚才?|刚刚|又|还|再|也|顺[路便道]|我|先|后来|另外|补充|"
    r"陪\S{1,4}?)*"
    r"(?:走访|走到|走企业|[去走看跑访到]了?一?[趟下家]|路过|[去走看跑访](?:了|过)?看?|到|在|和|跟|与|"
    r"打?电话[给问联系]+了?|"
    r"给|联系|电话)了?一?[趟下]?)+"
)
_SPOKEN_TO = re.compile(r"[跟和让叫劝](?:老板|店主|厂长|他们?|她)")
# 好再来超市、丽丽发廊都走了
_ROW = re.compile(
    rf"(?P<names>(?:[一-鿿A-Za-z]{{1,9}}(?:{TRADE})+[、和])+[一-鿿A-Za-z]{{1,9}}?(?:{TRADE})+)(?P<rest>(?:[今都也].{{0,4}})?[走看去跑转查](?:了|"
    rf"过|完).*)"
)
_WAS_THERE = re.compile(r"了|过|走|访|电话")
_KEEPER = re.compile(
    r"^[，,：:\s]?(?:的)?(?:老板娘?|店主|店长|厂长|园长|经理|负责人|[一-鿿]总|老[一-鿿]|阿[一-鿿])(?:在|说|讲|"
    r"反映|叫|问|娘|不在)"
)
_SHUT = re.compile(r"^[，,：:\s]?(?:今天|还是)?(?:关着?门|没开门?|没人|锁着|关门)")
_FIRM_LEAD = re.compile(
    r"^(?:今天|上午|下午|早上|刚|刚刚|刚才|又|还|再|也|顺路|顺便|路过|回来|路上|我|在|去|到|了|一?趟|看|"
    r"走|访|过|企业|那家|这家|一家|的|：|:|和|跟|趟|从|顺|下|"
    r"[一-鿿]{1,4}(?:路|街|巷|大道|门|村|社区)的)+"
)


# 走了三家：, 走完四家。: what follows are names, each at the head of its part.
_COUNTED = re.compile(
    r"^.{0,12}?(?:走|跑|看|去|转|查)(?:完|过)?了?.{0,3}?(?:[一二两三四五六七八九十\d]+|沿街几)(?:家|个门[脸面]|"
    r"间)(?:店|门店)?[：:。，,]"
)
_WHERE_IT_IS = re.compile(
    r"^(?:[一-鿿A-Za-z0-9]{1,4}(?:这边|那边)的?|(?:对面|隔壁|院里|旁边|沿街)的?|[一-鿿]{1,3}[路道]口|[A-Za-z]?\d+[栋幢号楼]+的?)(?=[一-鿿]{3})"
)
_ANY_SHOP = re.compile(rf"(?:{TRADE})+店?")
_SAID_OF_THINGS = re.compile(r"[是把从给我]|前几年|扑灭|老人|先")


def firms_in(body: str, *, tagged: bool) -> tuple[str, ...]:
    """The names of the firms that a line tells of having been to, in order; a round has several."""
    counted = _COUNTED.match(body)
    if counted is not None:
        names = _listed(body[counted.end() :])
        if names:
            return names
    found = [_WHERE_IT_IS.sub("", name) for name in _firms(body, tagged=tagged)]
    return tuple(name for name in found if tagged or not (_SAID_OF_THINGS.search(name) or _on_the_way(name, body)))


def _on_the_way(name: str, body: str) -> bool:
    """我到五金店买了一只: any shop, where nobody was called on."""
    return _ANY_SHOP.fullmatch(name) is not None and not body.startswith(name)


def _listed(rest: str) -> tuple[str, ...]:
    """Names in a row (老谭修脚店、亮晶晶洗衣), or each at the head of its part; one at least ends in a trade."""
    row = re.match(r"(?:[一-鿿A-Za-z]{2,8}、)+[一-鿿A-Za-z]{2,8}(?=[，,。])", rest)
    if row is not None:
        names = row[0].split("、")
    else:
        names = [name for part in re.split(r"[；;。\n]", rest) if (name := _head_of(part.strip()))]
    trades = [name for name in names if _FIRM.fullmatch(name)]
    return tuple(_name_of(name) for name in names) if len(names) > 1 and trades else ()


def _head_of(part: str) -> str | None:
    part = _WHERE_IT_IS.sub("", part.removeprefix("还有"))
    firm = _FIRM.match(part)
    if firm is not None and len(firm["f"]) > 2:
        return firm["f"]
    head = re.match(r"[一-鿿A-Za-z]{3,8}?(?=[，,：:]|没|关|老板)", part)
    return head[0] if head is not None else None


def _name_of(name: str) -> str:
    found = _FIRM.match(name)
    return found["f"] if found is not None else name


def _firms(body: str, *, tagged: bool) -> tuple[str, ...]:
    parts = [part.strip() for part in re.split(r"[；;。\n]|(?<=家店)[，,：:]", body) if part.strip()]
    row = _ROW.match(body)
    if row is not None:
        names = [name for name in re.split(r"[、和，,]", row["names"]) if _FIRM.fullmatch(name)]
        return tuple(dict.fromkeys(names)) if told(row["rest"]) else ()
    headed = [name for part in parts if (name := _at_head(part, tagged=tagged))]
    if len(headed) > 1:
        return tuple(dict.fromkeys(headed))
    first = _first_named(body, tagged=tagged)
    if first is not None and _NOT_A_NAME.search(first):
        first = None
    return (first,) if first is not None else tuple(headed[:1])


def _at_head(part: str, *, tagged: bool) -> str | None:
    """美甲店看了, 老陈五金关着门, 遗爱湖快餐：证照齐: the name first, then what was found there."""
    going = _GOING.match(part)
    rest = part[going.end() :] if going else part
    named = _FIRM.match(rest)
    # Where the rest is about business, the head is a name whatever it ends in.
    headed = re.match(r"(?P<f>[一-鿿A-Za-z]{3,8})(?=[，,：: ]|没问题)", rest) if named is None else None
    found = named or headed
    if found is None or not all(told(clause) for clause in clauses(part)[:1]):
        return None
    name, after = found["f"], rest[found.end() :]
    if len(name) < 3 or _MENDERS.search(name) or _BESIDE.match(after) or _NOT_A_NAME.search(name):
        return None
    business = len(set(BUSINESS.findall(after)))
    if headed is not None:
        return name if (business >= 2 or (business and (tagged or going))) and not _NO_NAME.search(name) else None
    # 我去建材店买锁: on the way somewhere, and of no visit.
    went = (
        (going is not None and bool(_WAS_THERE.search(going[0])))
        or VERB.search(after[:12]) is not None
        or tagged
        or "查访" in after[:6]
    )
    keeper = _KEEPER.match(after) or _SHUT.match(after)
    told_of = business > 0 and (went or _SPOKEN_TO.search(after) is not None or going is not None)
    return name if keeper or (went and not WORKS.search(part)) or told_of or business >= 2 else None


def _first_named(body: str, *, tagged: bool) -> str | None:
    """Wherever in its opening clauses."""
    first = body[:60]
    states = len(STATE.findall(body))
    firm = _firm(first) if tagged or VERB.search(first) else None
    if firm is None and states >= 2:
        head_firm = _FIRM.match(body)
        firm = head_firm.group("f") if head_firm and len(head_firm.group("f")) >= 4 else None
    seen = _SEEN_FIRM.match(body) or (_HEADED.match(body) if tagged else None)
    if firm is None and seen is not None and BUSINESS.search(body) and not _NO_NAME.search(seen.group("f")):
        firm = seen.group("f")
    if firm and not _MENDERS.search(firm) and (tagged or states or len(body) >= 20):
        return firm
    return None


def _firm(text: str) -> str | None:
    """The first name in a visit's opening clauses that ends in a trade; `在…，` and `了…，` bound it on the left."""
    for clause in clauses(text.replace("：", "，").replace(":", "，"))[:6]:
        named = re.sub(r"^(?:补充|再补一条|还有|另外)", "", clause)
        verb = VERB.search(named)
        starts = [named[verb.end() :], named] if verb else [named]
        for part in starts:
            part = _FIRM_LEAD.sub("", part.strip())
            found = _FIRM.match(part)
            if found and len(found.group("f")) >= 3:
                return _FIRM_LEAD.sub("", found.group("f")) or found.group("f")
    return None
