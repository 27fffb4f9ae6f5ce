"""What the words about a door tell: somebody was there, nobody opened, how its people are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from nlu.visit_words import LIFE, WISH

_END = r"(?=$|[，,。；;、！!\s])"
CONTACT = re.compile(
    r"(?:走访|入户|上门|家访|探访|探望|拜访|看望|慰问|[回随例巡]访|查访|登门)(?!的?(?:表|记录|同事|人员|通知|"
    r"服务|时间|调查))|"
    r"[走上跑去到转](?:的是|了)?\s*(?=\d{1,2}\s*[号栋幢楼])|[说讲](?:了|过)?[几两一]句|进屋|挨[家户]|串(?:了|"
    r"门)|走(?:了(?!吗)|过|完|到)|(?<![过出回上下进不没])去(?:了|过|看|望|瞅)|敲(?:了|过)?(?:[几两一二三四五六七八九十\d]+|一圈)[家户圈]|看(?:了|过|完|望|下来)|跑(?:了|完|过)|"
    r"访(?:了|过|完)|坐(?:了坐|了?一?会|坐)|"
    r"聊(?:了|过|几|天)|谈(?:了|过|谈)|唠|[瞅瞧望](?:了|过|[瞅瞧望])|见(?:到|着|了|面|过)|碰(?:到|见|上)|"
    r"陪(?:了|着|她|他|老|网格)|隔着?门|"
    r"量(?:了|过)?(?:个|一下)?(?:血压|体温)|巡(?:了|完)|(?<![搬放拿推塞装掉])进去|刚从|串(?:了|过)?个?门|送(?:到|去|了|上门)|慰问|"
    r"家去(?:了|过)|敲开|(?<!不)(?<!没)肯开|坐了|按了?[^，。]{0,4}铃|铃响|让我进|来过"
)
PHONE = re.compile(
    r"(?:电话|视频|微信)(?:里|上|中)?(?:打|通|联系|找到|问|回访|说|讲|聊|接|了)|打(?:了|过)?\S{0,4}电话|打(?:了|"
    r"过)\S{0,2}个电话|打[通过]|"
    r"通(?:了|过)个?(?:电话|视频)|联系(?:上|了(?=$|[，。,他她老]))(?!电)|接的|电话[:：，,]"
)
ABSENT = re.compile(
    r"[没无冇莫](?:得|有)?(?:人(?!管|再|反映|投诉|要|认)|应|回应|接|开门|敲开|在家|在(?![意乎])|见(?:到|着)|碰)|[冒冇]得?人|"
    r"(?<!是)不在(?!意|乎|行|了)|未遇|不开(?!心)|不应(?!该)|"
    r"没(?:有)?(?:动静|反应|答应|声音|接(?:我?(?:的|们)*电话|听|通|$|[，,。；;]))|不接|门?锁[着门]|关着门|门关着|铁将军|空着|空"
    + _END
    + r"|出(?:远?门|差)|旅游|回(?:了|去)?老家|上班(?:去|了|呢)|买菜|外出|拒访|"
    r"敲了?(?:半天|.{0,4}[遍趟次回门]|没开)|搬走|在(?:女儿|儿子|闺女|亲戚|医院|老家)|"
    r"打不通|没(?:有)?打通|(?:没(?:有)?联系|联系不)[上到](?![她他老儿女孙家子亲])|关机|空号|没(?:有)?回(?:复|应|音|消息)|"
    r"^(?:也|都|还|一直)?没(?:有)?回(?:我|话)?$"
)
# Nobody opened, but somebody was asked or rang: where they are and how is known.
_REACHED = re.compile(
    r"(?<!没接)(?<!没有接)(?:电话|微信|视频|打[通过了])(?!.{0,10}(?:不接|没接|没人|打不|没(?:有)?[打通回联]|关机|不[通回]|停机|空号|无人|联系不))|"
    r"(?:邻居|对门|对面|隔壁|楼[上下]|保姆|儿子|女儿|闺女|儿媳|老伴|家属|房东|亲戚|物业|门口大爷).{0,4}(?:说|讲|话|告诉|回)|"
    r"隔着?门|里[面头](?:说|应|讲)|在(?:女儿|儿子|闺女|亲戚|医院|老家|上班|外地)|[住出]院|回(?:了|去)?老家|旅游|"
    r"出(?:远?门|差)|上班(?:去|了|呢)|搬走|打工|外地|买菜|遛弯|散步|(?<![没不])下楼"
)
_ALWAYS = re.compile(
    r"(?:平时|平常|往常|从来|每天|天天)[^。！!]{0,14}(?:在|坐|下楼|出门|开门|点)|今[早天][^，。]{0,3}没(?:下来|下楼|出门|出来|见)"
)
_STIRS = re.compile(
    r"(?:电视|灯|收音机|水龙头|煤气|门缝)[^，。]{0,6}(?:开着?的?|亮着?的?|响|有光|在放|在流)|里[面头][^，。]{0,3}(?:有声|有动静|响)"
)
_NOBODY_IN = re.compile(r"[没无冇](?:得|有)?人(?:还)?在(?:家|屋|里面|的)?")
OKAY = re.compile(
    r"[挺都蛮很还人]好|好(?:着|得很|好的|多了|些了|点了|好)|不错|还行|平安|(?:一切|都|体温|血压|吃饭|产检|生活|"
    r"状态)正常|"
    r"没[啥什]么?(?:大?事|问题|别的|需求|要求|诉求|大碍)?"
    + _END
    + r"|没事(?!了|的|先|就)|[莫冇](?:得)?(?:大?事|嘢)|没别的|[没无](?:需求|诉求|要求|异常|恙)|安好|情绪|稳定|"
    r"平稳|稳着|"
    r"精神|硬[朗实]|气色|[oO][kK](?![A-Za-z])|✅|✔|(?<!不)(?<!没)在家(?![吗么嘛])|在屋|"
    r"(?<![不没现正住存])在(?:的|呢|了)?" + _END + r"|好" + _END + r"|"
    r"家里有人|有人在|高兴|缓和|和好|乐(?:呵|坏)|平静|没(?:啥|什么)(?:要|缺)"
)
# Whoever speaks so of a door mends something there, hands it on, or sends word of papers and parcels.
WORKS = re.compile(
    r"漏水|渗水|滴水|堵(?:了|住)|停电|没电|停水|跳闸|坏了|修好|修了|换好|(?<!租[户客])(?<!房客)(?<!保姆)换了(?!租|房客|保姆|护工|人|个?工作|单位|一?[户家])|装[好完]|疏通|报修|投诉|派(?:人|"
    r"单|了)|转(?:给|交|派)|交社区|"
    r"处理(?:完|好|了)|解决了|办结|着火|起火|煤气(?!(?:总?阀门?|灶|表)?(?:都|也|也都)?关(?:了|好|着)|报警器?[^，。]{0,4}(?:亮|绿|正常|好的|有电|装了|在)|管?[^，。]{0,2}(?:新的?|换过|没漏|没问题|好的|正常)|罐?[^，。]{0,2}(?:没漏|没问题|正常|不漏))|冒烟|报警(?!器)|砸|关了?总?阀|抽干|密封|打胶|困(?:人|住)"
)
# Word of papers and parcels; beside how the people are it takes nothing away.
PAPERS = re.compile(
    r"快递|验收|检查通过|审批|批(?:了|下来)|投票|欠费|缴|水费|电费|费单|单子|表(?:交|格|还)|交了|没交|收到|钥匙|"
    r"来拿|让[他她]来|送表|核实|办好"
)
_QUESTION = re.compile(
    r"[?？]|(?:怎么样|咋样|什么情况|如何)了?$|[吗么嘛]$|谁|哪位|有没有人|要不要|在不在|去了没(?!人|应|动静|见|开|碰|敲|遇|在)|没有$"
)
_IF = re.compile(r"要是|如果|的话|假如|万一|^(?:听说(?!话)|听讲|据说)")
_ASKS = re.compile(
    r"(?<![想要望能申邀])请(?![了人到来假教])|麻烦|记得|注意|(?<!一)大家(?!子)|各位|各户|你家|你们(?!社区)|您|"
    r"^(?:别|不要|莫|勿)|不(?:上|过|下)去了$|^\S{0,6}你(?!们)|来[拿取领]|自取|领取|配合|尽快|@|(?<![小老阿])谢(?!师傅|[伯叔姨婶哥姐嫂阿老奶爷婆公大]|[一-鿿]?家)|感谢|收一?下|挪一?下|下来"
    r"(?:拿|取|集合)"
)
_SOON = re.compile(
    r"明[天早晚儿]|后天|下(?:个?月|周|礼拜|星期)(?!底?到期)|过[几两]天|改天|等下|等会|待会|一会儿?|马上|准备|打算|要去|"
    r"这就|还没(?:走|去)|还剩|"
    r"晚上再|再[去来](?!了)|(?:今天|今晚|上午|下午|晚上|周[一二三四五六日天]|"
    r"[\d一二三四五六七八九十]点).{0,6}(?:去|来|走访?|看|到|上门|过来)(?![了过看的时])"
)
_PAST = re.compile(r"[了过完着]|没|不|在[，,。\s]|在家|刚")
MENDERS = re.compile(
    r"师傅(?!家)|电工|维保|施工|物业|抢修|消防|燃气公司|供电|水务|服务队|工程队|自来水|大夫(?!说)|专家|保险|住建|警"
)
# 昨天去看了王奶奶, 昨天去了402: not what she did herself (昨天去看了医生, 她昨天去了超市), nor her daughter.
_DAYS_BEFORE = re.compile(
    r"(?<![她他儿子女大])(?P<when>昨[天日晚]|大前天|前[天日晚](?!后)|上个?(?:周|星期|礼拜)[一二三四五六日天末]?)"
    r"(?:[给跟][她他])?[^，,。；;她他]{0,6}?"
    r"(?:(?:去看望?|看望|探望|走访|上门|联系|打电话|看)(?:了|过)|"
    r"去(?:了|过)(?=了?\s*(?:$|[，,。；;])|[^，,。；;]{0,6}(?:\d|家|奶奶|爷爷|[她他]那)))"
    r"(?![^，,。；;]{0,3}(?:医|病|女儿|儿子|闺女|孙|菜|街|社区|居委|物业|电视))"
)
_TODAY = re.compile(r"今[天日早晚]|刚|现在|这会")
_BACK = {"昨": 1, "前": 2, "大": 3}
_CUT = re.compile(r"(?:[，。！；!;,\n…~～]|[?？]+(?=[^?？])|(?<=[一-鿿）)】])\s+(?=\S))+")

# He speaks of himself (今天没空去看王奶奶), not of her children (儿子没空来看她).
_I = r"(?:^|[，,。；;\s]|我|今[天早晚]|[上下]午|一直|还|实在|又)"
# 302今天不走了, 约了周六上午, 忘了去看王奶奶: nobody was there yet, unless he knocked.
_PUT_OFF = re.compile(
    r"(?:先|就|天|午)?不(?:走|去|跑|上门|打扰)了|没(?:去|走|跑|上门)成|"
    rf"{_I}没(?:有)?(?:空|时间|工夫|功夫|来得及|顾得?上)(?:去|走|跑|看|上门|给|打|联系)[^，,。；;]*|"
    rf"{_I}来不及(?:去|走|跑|看|上门|给|打|联系)[^，,。；;]*|"
    rf"{_I}忘(?:了|记)(?:要)?(?:去[看走访]|看望|走访|上门|给|打电话|联系)[^，,。；;]*|改(?:到|成|在|约)?(?:明|后天|下个?|周|星期|礼拜)|"
    r"约(?:了|好|到|在|的)?(?:明|后天|下个?|周[一二三四五六日末]|星期|礼拜)|(?:明天|后天|下周|改天)再(?:去|来|走|跑|上门)"
)
_BEEN = re.compile(
    r"敲|按[^，。]{0,3}铃|门[锁关开]|(?<!不)(?<!没)[去看走跑](?:了|过)|到了|见(?:到|着|了)|聊|坐|进(?:去|屋|门)|没人[应开]|没开|开门|电话|打了|劝|帮|托|找了|教|留了|公司|师傅"
)


@dataclass(frozen=True, slots=True)
class Signs:
    """What a piece of a line tells. `life`: how many different words of how people live."""

    contact: bool = False
    absent: bool = False
    okay: bool = False
    life: int = 0
    wish: bool = False
    works: bool = False
    papers: bool = False

    def of_people(self) -> bool:
        return self.absent or self.okay or self.life > 0


def nobody_met(text: str, signs: Signs) -> bool:
    """True where a door stayed shut and nothing tells how its people are: such a call has reached nobody."""
    return signs.absent and not reached(_NOBODY_IN.sub("", text))


def put_off(text: str) -> bool:
    """The visit is still to be made."""
    return bool(_PUT_OFF.search(text)) and not _BEEN.search(_PUT_OFF.sub("", text)) and not OKAY.search(text)


def unlike_her(text: str) -> str | None:
    """Nobody opens where somebody always is, and her lamp or television is on: somebody looks after her."""
    return text if ABSENT.search(text) and _ALWAYS.search(text) and _STIRS.search(text) else None


def called_on(text: str, day: date) -> date:
    """The day on which somebody was there, told on `day`: the day before or the one before that; of last week, its
    last."""
    found = _DAYS_BEFORE.search(text)
    if found is None or _TODAY.search(text):
        return day
    return day - timedelta(days=_BACK.get(found["when"][:1] if found["when"] != "大前天" else "大", day.isoweekday()))


def reached(text: str) -> bool:
    """True of words that tell how the people behind a shut door are, or that they are there after all."""
    return bool(_REACHED.search(text) or OKAY.search(text))


def spans(text: str) -> tuple[tuple[int, int], ...]:
    """Beginnings and ends of its clauses."""
    found, start = [], 0
    for cut in _CUT.finditer(text):
        found.append((start, cut.start()))
        start = cut.end()
    return tuple((a, b) for a, b in [*found, (start, len(text))] if a < b)


def told(clause: str) -> bool:
    """False of a clause that asks, begs, thanks, supposes, or tells what is still to be done."""
    if _QUESTION.search(clause) or _IF.search(clause) or _ASKS.search(clause):
        return False
    return not (_SOON.search(clause) and not _PAST.search(clause))


def signs_of(clauses: list[str]) -> Signs:
    """Of clauses that tell something."""
    text = "，".join(clauses)
    seen = [clause for clause in clauses if not MENDERS.search(clause)]
    return Signs(
        contact=any(CONTACT.search(clause) or PHONE.search(clause) for clause in seen),
        absent=any(ABSENT.search(clause) for clause in seen),
        okay=bool(OKAY.search(text)),
        life=len(set(LIFE.findall(text))),
        wish=bool(WISH.search(text)),
        works=bool(WORKS.search(text)),
        papers=bool(PAPERS.search(text)),
    )
