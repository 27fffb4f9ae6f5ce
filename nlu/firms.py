"""The firm or shop that a worker has been to: a name that ends in a trade, or the head of a line about business."""

from __future__ import annotations

import re

from nlu.clauses import clauses
from nlu.shops import FIRM, TRADE, bare, shop_round
from nlu.visit_signs import WORKS, told
from nlu.visit_words import BUSINESS, STATE, VERB

# 兴隆铝门窗看过了: whatever stands before the verb is a firm where the rest speaks of its business.
_SEEN_FIRM = re.compile(
    r"(?P<f>[一-鿿A-Za-z]{3,10}?)(?:我|今天|上午|下午|刚|刚刚|刚才|也|都|又|再|那边|那里){0,3}"
    r"(?:(?:看|访|跑|转|走)(?:过了?|完了?|访过?了?)(?=$|[，。,])|[看访跑转走]了(?=一|看|$|"
    r"[，,])(?<!走了(?=[，,]))(?<!走了$)|去过了?(?=$|[，,])|"
    r"(?<=刚)[看走去到](?:完|过|了))"
)
# 超越杯业去了，产线开满; 金盛冲件在，班长带着看的: said of people and cars too, so that the rest has to be of a firm.
_WENT_TO = re.compile(
    r"(?P<f>[一-鿿A-Za-z]{4,8}?)(?:我|今天|上午|下午|刚|刚刚|刚才|也|都|又|再)*(?:去(?:看)?了|到(?:过|了)|进(?:去)?(?:看)?(?:过了?|了)|"
    r"在|开着门?|有人)(?=[，,：:\s])"
)
_FIRM_LIFE = re.compile(
    r"老板|店主|厂长|[一-鿿]总(?![是在要会])|员工|工人|女工|订单|产线|产能|开工|车间|班长|招(?:了|工|人)|学徒|接待|[两三]班[倒转]|外贸|出口|营业|灭火器|"
    r"消防栓|气瓶|证照|执照|厂里|店里|铺里|人手|用工|贷款|租金|房租|生意|演习|安全员|冲床|机床|机器|除尘|消防演练"
)
# Of whom one may say as well that he went there.
_SOMEBODY = re.compile(
    r"^(?:社区|街道|民警|警察|交警|执法|市监|环卫|城管|保安|保洁|志愿|网格|居委|干部|大家|房东|邻居|电工|工人|老板|医生|家属|孩子|[儿女]|老[公婆伴]|[老小阿])|"
    r"(?:书记|主任|所长|队长|科长|干部|经理|警官|民警|同志|师傅|大姐|大哥|[哥姐叔伯婶嫂姨妈爸爷奶]|先生|女士|车|队|组|员|工|们)$|[户家栋幢楼]$"
)
# Of those whom he says to be firms, whatever stands first is the name (走访企业瑞隆铸件，七十二人).
_SAID_TO_BE = re.compile(r"[：:\s]*(?P<f>[一-鿿A-Za-z]{3,10}?)(?=[，,：:\s]|的?(?:老板|店主|厂长|经理|负责人))")
_NO_FIRM_SAID = re.compile(
    r"^(?:[一二两三四五六七八九十几\d]|情况|时|途中|反映|代表|负责|老板|员工|过程|名单|记录|需求|问题|服务|发现|了解|宣传|检查)|(?:时|时候|问题|情况)$"
)
_HEADED = re.compile(r"(?P<f>[一-鿿A-Za-z]{3,10})(?=[，。,：: ])")
_AT_HEAD = re.compile(r"(?P<f>[一-鿿A-Za-z]{3,8}?)(?=[，,：: ]|没问题|的?(?:老板|店主|厂长|经理|负责人|门卫))")
_NO_NAME = re.compile(r"[在是有到去给把让和跟的了没她他想]|^(?:今天|明天|我们?|他们?|你们?)")
# Who comes to mend things has not been visited.
_MENDERS = re.compile(
    r"^(?:街道|抢修|地质|鉴定|物业|消防|电梯|维保|供电|水务|燃气|自来水|城管|派出所|施工|保险|厂家|师傅)|在|"
    r"(?:环卫|天然气|燃气|维修|开锁|保洁|路灯|防水|电梯|供电|电力|电信|通信|移动|联通|物业|搬家|疏通|消杀|绿化|园林|市政|自来水|水务|热力|供热|家政|消防|广电|管道|清淤|吊装|拖车)"
    r"[一-鿿]{0,2}公司$"
)
_NOT_A_NAME = re.compile(
    r"冒充|自称|有人|^(?:归|属|转|报给|派[人单了给去]|联系|[一二两三四五六七八九十几百\d]+[多来]?[个名号口位])|^(?:产线|车间|员工|工人|消防|灭火器|订单|生意|宿舍|食堂|仓库|现场|目前|现在|其他|证照|机器|设备)|师傅$|(?:奶奶|爷爷|阿姨|大爷|大妈|叔|婆婆|老师)$|^(?:是|这|那|听|问|据|大公司|打|配|几|[一二两三四五六七八九十]+家|.{0,4}跑了|还没)|电话给|了.家"
)
# The road in front of a shop is not the shop.
_BESIDE = re.compile(
    r"^(?:的?(?:门口|旁边?|对面|隔壁|附近|楼上|楼下|后面|前面|那条|门前)|的(?!老板|店|厂|经理|负责|灭火器|消防|后厨|仓库|电线|配电|气瓶)|[一-鿿]{0,2}(?:有特价|"
    r"(?:里|门口)?(?:碰|遇|撞)[到见上着]|照常|营业时间|招聘|要带|要交))"
)
_PASSING = re.compile(r"[^，,]{0,4}在[^，,。]{2,10}[，,]")
_GOING = re.compile(
    r"^(?:(?:今[天早朝日]|昨[天日]|上午|下午|中午|早上|晚上|刚才?|刚刚|又|[还仲]有?|再|也|顺[路便道带手脚]|我|先|后来|另外|补充|"
    r"陪\S{1,4}?)*"
    r"(?:走访|走到|走企业|[去走看跑访到]了?一?[趟下家]|路过|[去走看跑访进](?:[了咗]|过)?看?|到|在|和|跟|与|"
    r"打?电话[给问联系]+了?|"
    r"转[到去]了?|第[一二三四五六七八九十]家(?:是|去的?是?|到)?|给|联系|电话)了?一?[趟下]?)+"
)
_SPOKEN_TO = re.compile(r"[跟和让叫劝](?:老板|店主|厂长|他们?|她)")
_WAS_THERE = re.compile(r"了|过|走|访|电话")
_KEEPER = re.compile(
    r"^[，,：:\s]?(?:的)?(?:[一-鿿]?(?:老板娘?|店长|厂长|园长|经理)|店主|负责人|[一-鿿]总|老[一-鿿]|阿[一-鿿])(?:在|说|讲|带着|陪着|领着|"
    r"反映|叫|问|娘|不在|谈|聊|接待|陪|带|领)"
    r"|^[，,：:\s]?(?:厂|店|铺子?|馆|公司)里(?:[一二两三四五六七八九十几\d]+[口个名]|没(?:难处|困难|问题|事)|都[在好]|人都|说|讲)"
)
_SHUT = re.compile(r"^[，,：:\s]?(?:今天|还是)?(?:门锁|关着?门|没开门?|没人|锁着|关门|停[工产业]|歇业|复工|放假)")
_FIRM_LEAD = re.compile(
    r"^(?:今天|上午|下午|早上|刚|刚刚|刚才|又|还|再|也|顺路|顺便|路过|回来|路上|我|在|去|到|了|一?趟|看|"
    r"走|访|过|企业|那家|这家|一家|的|：|:|和|跟(?!着)|趟|从|顺[带手脚]|顺(?=[去到看进走])|今日|咗|带?进|"
    r"[一-鿿]{1,4}(?:路|街|巷|大道|门|村|社区)的)+"
)
# What a name does not hold: 摩托推到修车铺, 她想加做蛋糕, 北岸那排烧烤, 量一下分贝.
_NO_FIRM = re.compile(
    r"[了是把被的也都]|一下|[一二三四五六七八九十]楼.+楼|今[年天]|见到|答应|[推送拿搬拉]到|时候|那[排片]|有个|(?<!吉)[她他]|反映|投诉|^[一二两三四五六七八九十几\d]+家店?$"
)
_ONE_MORE = re.compile(r"^(?:再|还要)?补(?:充|一[下个条家]|[说记报]一?[下个条家]?)[，,：:\s]+")
_ANY_SHOP = re.compile(rf"(?:{TRADE})+店?")
_ON_THE_SPOT = re.compile(r"当场|当面|现场[^，]{0,4}(?:搬|改|清|换|挪)|抽查")
# 盛达汽配：十一个人，没要求: what is told of a firm by whoever has been in it.
_SEEN_INSIDE = re.compile(
    r"(?:[一二两三四五六七八九十几百\d]|来)(?:个|名|口|号)(?:人|工人|女工|员工|姑娘|小伙|学徒|师傅)|两口子|夫妻(?:店|俩|两)|没(?:有)?(?:要求|诉求|需求|困难|难处)|"
    r"灭火毯|台账|盘点|登记本|健康证|招租|产值|当场|当面|(?<!有人)(?:翻|查|验|催|劝)(?:了|过)"
)
_SAID_OF_THINGS = re.compile(r"[是把从给我]|前几年|扑灭|老人|先")


def firms_in(body: str, *, tagged: bool, firm: bool = False) -> tuple[str, ...]:
    """The names of the firms that a line tells of having been to, in order; a round has several. `firm`: the writer
    says that it is one."""
    several = shop_round(body)
    if several:
        return several
    said = _SAID_TO_BE.match(body) if firm else None
    if said is not None and not (_NO_FIRM_SAID.search(said["f"]) or _NO_NAME.search(said["f"])):
        return (bare(said["f"]),)
    body = _ONE_MORE.sub("", body)
    found = [name for one in _firms(body, tagged=tagged) if not _NO_FIRM.search(name := bare(one))]
    return tuple(name for name in found if tagged or not (_SAID_OF_THINGS.search(name) or _on_the_way(name, body)))


def _on_the_way(name: str, body: str) -> bool:
    """我到五金店买了一只: any shop, where nobody was called on."""
    return _ANY_SHOP.fullmatch(name) is not None and not body.startswith(name)


def _firms(body: str, *, tagged: bool) -> tuple[str, ...]:
    parts = _parts(body)
    headed = [name for part in parts if (name := _at_head(part, tagged=tagged))]
    if headed and len(parts) > 1:
        headed = [name for part in parts if (name := _at_head(part, tagged=True))]
    if len(headed) > 1:
        return tuple(dict.fromkeys(headed))
    first = _first_named(body, tagged=tagged)
    if first is not None and _NOT_A_NAME.search(first):
        first = None
    return (first,) if first is not None else tuple(headed[:1])


def _parts(body: str) -> list[str]:
    """Sentences, and clauses that begin with another name (绿谷五金灭火器换新了，小雨裁缝铺门锁着)."""
    found: list[str] = []
    for part in re.split(r"[；;。\n]|(?<=家店)[，,：:]", body):
        for at, clause in enumerate(re.split(r"[，,]", part)):
            name = FIRM.match(clause)
            after = clause[name.end() :] if name is not None else ""
            own = name is not None and len(name["f"]) > 3 and (_SHUT.match(after) or _KEEPER.match(after))
            if at == 0 or own:
                found.append(clause)
            else:
                found[-1] += "，" + clause
    return [part.strip() for part in found if part.strip()]


def _at_head(part: str, *, tagged: bool) -> str | None:
    """美甲店看了, 老陈五金关着门, 遗爱湖快餐：证照齐: the name first, then what was found there."""
    going = _GOING.match(part)
    rest = part[going.end() :] if going else part
    named = FIRM.match(rest)
    # Where the rest is about business, the head is a name whatever it ends in.
    headed = _AT_HEAD.match(rest) if named is None else None
    found = named or headed
    if found is None or not all(told(clause) for clause in clauses(part)[:1]):
        return None
    name, after = found["f"], rest[found.end() :]
    if len(name) < 3 or _MENDERS.search(name) or _BESIDE.match(after) or _NOT_A_NAME.search(name):
        return None
    business = len(set(BUSINESS.findall(after)))
    if headed is not None:
        if not any(told(clause) and BUSINESS.search(clause) for clause in clauses(after)):
            return None
        return name if (business >= 2 or (business and (tagged or going))) and not _NO_NAME.search(name) else None
    # 我去建材店买锁: on the way somewhere, and of no visit.
    went = (
        (going is not None and bool(_WAS_THERE.search(going[0])))
        or VERB.search(after[:12]) is not None
        or tagged
        or "查访" in after[:6]
    )
    keeper = _KEEPER.match(after) or _SHUT.match(after)
    told_of = business > 0 and (
        went
        or (_ON_THE_SPOT.search(after) is not None and not WORKS.search(part))
        or _SPOKEN_TO.search(after) is not None
        or going is not None
    )
    works = WORKS.search(part) is not None
    if _ANY_SHOP.fullmatch(name) and business < 2 and (works or not (went or going or _SHUT.match(after))):
        return None  # 五金店老板说这种锁没货: any shop
    inside = len(name) > 3 and after[:1] in "，,：: " and not works and _SEEN_INSIDE.search(after) is not None
    return name if keeper or inside or (went and not works) or told_of or business >= 2 else None


def _first_named(body: str, *, tagged: bool) -> str | None:
    """Wherever in its opening clauses."""
    first = body[:60]
    states = len(STATE.findall(body))
    firm = _firm(first) if tagged or VERB.search(first) else None
    if firm is None and states >= 2:
        going = _GOING.match(body)
        head_firm = FIRM.match(body[going.end() :] if going else body)
        firm = head_firm.group("f") if head_firm and len(head_firm.group("f")) >= 4 else None
    seen = _SEEN_FIRM.match(body) or (_HEADED.match(body) if tagged else None)
    if firm is None and seen is not None and BUSINESS.search(body) and not _NO_NAME.search(seen.group("f")):
        firm = seen.group("f")
    firm = firm or _went_to(body)
    beside = firm is not None and _BESIDE.match(body[body.find(firm) + len(firm) :]) is not None
    passing = _PASSING.match(body) is not None and not BUSINESS.search(body)
    if firm and not beside and not passing and not _MENDERS.search(firm) and (tagged or states or len(body) >= 20):
        return firm
    return None


def _went_to(body: str) -> str | None:
    """The bare name of whose business a line tells, said to have been gone to or to be open."""
    going = _GOING.match(body)
    rest = body[going.end() :] if going else body
    seen = _WENT_TO.match(rest)
    if seen is None or _SOMEBODY.search(seen["f"]) or _NO_NAME.search(seen["f"]) or not told(clauses(rest)[0]):
        return None
    life = set(_FIRM_LIFE.findall(" ".join(clause for clause in clauses(rest[seen.end() :]) if told(clause))))
    # 在 and 有人 are said of anything.
    return seen["f"] if len(life) > 1 or (life and seen[0][-1] in "了过") else None


def _firm(text: str) -> str | None:
    """The first name in a visit's opening clauses that ends in a trade; `在…，` and `了…，` bound it on the left."""
    for clause in clauses(text.replace("：", "，").replace(":", "，"))[:6]:
        named = re.sub(r"^(?:补充|再补一条|还有|另外)", "", clause)
        verb = VERB.search(named)
        starts = [named[verb.end() :], named] if verb else [named]
        for part in starts:
            part = _FIRM_LEAD.sub("", part.strip())
            found = FIRM.match(part)
            if found and len(found.group("f")) >= 3:
                return _FIRM_LEAD.sub("", found.group("f")) or found.group("f")
    return None
