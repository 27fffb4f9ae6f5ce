"""How likely a resident's line opens a ticket, or belongs to one: marks and their weights, added up.

The weights (talk_weights.py) were fitted by logistic regression (benchmarks/weigh_listening.py does it again);
each mark is a plain question about the line, so that `why` can tell which of them spoke.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache
from math import log

from domain.listening import Known
from domain.reading import Where
from handlers.listening.company import company_marks
from handlers.listening.odds import Marks, chance, strongest
from handlers.listening.settled import SETTLED
from handlers.listening.talk_weights import BELONGING, OPENING
from handlers.listening.together import together
from handlers.listening.tone import tone_marks
from handlers.listening.turns import nearness, turn_marks
from handlers.listening.window import BURST, PLUS_LEAD, SELLING, SPELL, Window
from handlers.listening.wording import Told, wording
from nlu.elsewhere import ELSEWHERE
from nlu.sieve import Sieve
from nlu.similar import gist, gist_of, strangers
from nlu.threads import ASIDE, ASKS_BACK, CHASES, DENIES, SPEAKS_TO, place_fits, words_tie

DRILL = re.compile(r"演练|演习|试鸣|彩排")
REAL = re.compile(r"不是演[练习]|是真的")
FICTION = re.compile(
    r"片子|电影|电视剧|大结局|看球|球赛|进球|后卫|防守|半场|罚球|三分球|小说|游戏|追星|偶像|股票|炒股|"
    r"大盘|基金|段子|热搜|朋友圈看到|新闻|听说外地|网上(?:看|说|传|都)|哈哈|紧急扩散|转给|"
    r"门将|射门|点球|越位|红牌|世界波|补时|加时赛|绝杀|客场|帽子戏法|乌龙球|裁判|国足|[中英西意]超|[欧亚]冠|世界杯|扣篮|盖帽|"
    r"季后赛|总决赛|五排|下路|打野|团战|推塔|[一二]塔|[上守推]高地|大招|[三四五]杀|残血|"
    r"那集|第[一二三四五六七八九十百\d]+集|男[主二]|女[主二]|编剧|剧情|导演|演员|追更|连载|主播|副本|开黑|上分|作文|讲故事|故事[里书]|绘本|动画|漫画|童话|剧本杀|桌游"
)
# Told of another time or another town.
TALE = re.compile(
    r"想起|^后来|那次|那[回趟]|忆(?:起|[一二三四五六七八九])|那(?:年|会儿|时候|阵子?)|当年|小时候|年轻(?:时|"
    r"那)|从前|老早以?前|以前我|上辈子|"
    r"(?<![了用住有快近过好])[四五六七八九][〇零○一二三四五六七八九]年(?![级纪多来了没])|"
    r"(?<!\d)(?:19)?[4-9]\d年(?![级纪多来了没])|"
    r"(?<![了用住有快近过好十百两])[〇零○一二][〇零○一二三四五六七八九]年(?![级纪多来了没前后内])|"
    r"这道?题|作业本?|卷子|[一二三四五六七八九〇零○\d]{2,4}年(?:前|那|夏|冬|春|秋|我)|梦(?:见|到)|"
    r"做了?个?[^，。 ]{0,2}梦|有一[次回](?!性|.{0,24}(?:现在|这[次回]|今天|又))|"
    r"(?:外甥|侄子|表[哥弟姐妹]|同学|同事|朋友(?!圈)|亲戚|老乡|闺蜜|老家|娘家|[姐妹哥弟]{2}|婆家|亲家)\S{0,3}(?:那边|那里|说|讲|公司|单位)|"
    r"(?:外甥|侄[子女]|表[哥弟姐妹]|同学|同事|朋友|亲戚|老乡|闺蜜|我[哥弟姐妹]{1,2}|[儿孙]子|女儿)"
    r"在\S{2,8}?[，, ]*(?:说|讲|那边|上班|打工|上学)|说那边|"
    r"(?:女儿|儿子|闺女|我[哥弟姐妹]|妹妹|孙子)在(?!楼|小区|隔壁|对[面门]|这|家|村|镇)[一-龥]{2,5}家里|"
    r"隔壁床|邻床|同病房|病友|产房|生(?:老[大二三]|孩子|娃|宝宝|[你我他她])?的时候|"
    r"(?:昨[天晚]|前天|上周|上个?(?:月|礼拜|星期)|周末|国庆|过年|春节|暑假)[我俺咱]?们?[在去](?!楼|小区|隔壁|对[面门]|社区|物业|村|镇)"
    r"[一-龥]{2,4}(?:吃|玩|看|住|喝|开会|出差|旅游|爬|办)|上(?:个?礼拜|个?星期|周|个?月)[^。]{0,24}后来|"
    r"(?:看|刷)\S{0,2}朋友圈|朋友圈(?:看|刷|转|有人)|抖音|快手|视频号|旧闻|大前年|面试|服务器|内存|代码|项目组|"
    + ELSEWHERE
)
# Owners among themselves about votes, committees and money (SERVICE.md §3: never mined).
QUARREL = re.compile(
    r"推选|改选|筹备组|提名|竞选|参选|连任|居民代表|一户一票|这届|上届|按(?:户|面积|平方|平米)(?!收|交|算钱)|"
    r"少数服从多数|表决|投票|票箱|选票|换届|双过半|罢免|黑箱|业委会.{0,6}(?:改?选|换|成员|主任|候选|凭什么|"
    r"几时)|业主大会|签名(?:去|我|的|表)|"
    r"公共收益|公摊(?:收入|收益)|维修基金.{0,8}(?:用|花|动|去)|账目|收了?.{0,6}好处|红包|律师.{0,4}(?:函|那|告)|告你|血口喷人|"
    r"候选人|法院(?:告|见)|物权法|民法典|业主(?:的)?权益|侵犯[^，。]{0,4}权益"
)
_ASKS_HELP = re.compile(
    r"有没有人|有人管|谁管|管管|师傅|物业|网格|社区|书记|能不能|麻烦|请|求|帮|投诉|反映|报修|报一下|"
    r"怎么办|要不要紧|归谁|看看|来人|通知|@"
)
_AT_HOME = re.compile(r"我家|我们|咱|楼道|单元|家里|我妈|我爸|奶奶|屋里|小区|门口|楼下|楼上|隔壁")
_NEIGHBOURS = re.compile(
    r"谁家(?!的?狗)|谁有|谁(?:能)?带|谁要|有人(?:看到|要|借|知道)|借|哪里买|几点|推荐|"
    r"有没有(?:人)?(?:要|去|会)|要不要(?!紧)|来拿|给我|放你|送你"
)
FAULT = re.compile(
    r"坏|漏(?!洞)|堵|碎|缺|停(?:了|水|电|在)|没(?:水|电|气|热水|信号|亮|人管|清|收)|不(?:亮|动|出水|制冷|通|开|退|"
    r"灵)|臭|吵|裂|掉(?:了|下)|塌|歪|断|烂|锈|松|翘|冒|渗|滴|"
    r"灭|跳闸|卡|困|乱|满|脏|响|偷|打|摔|滑|霸|占|拖欠|不发|涨|打不开|关不|合不|失灵|失踪|不见|着火|烟|"
    r"火花|冻|淹|积水|飞|挖|敲|拆|欠|毒|烫|麻|没过|拧|撬|撞|绊|堆(?:满|着|在|的)|挡(?:住|路|道)|倒(?:了|"
    r"下|在)|刮|咬|可疑|陌生|"
    r"味道?(?:很|好|特别?|这么)?(?:大|重|冲|难闻)"
)
_BROKEN = re.compile(
    r"坏(?:了|掉)|打不开|没反应|按不|不亮|失灵|不动|不灵|不通|关不|开不|漏水|渗水|堵(?:了|住|死)|断(?:了|裂)|脱落"
)
_AGREES = re.compile(
    r"怪不得|难怪|真的(?:诶|啊|是|耶|欸)|确实|就是[啊呀嘛说]|^对[呀啊]|天天这样|一直这样|每次都|更危险|"
    r"太(?:危险|过分)|也\S{0,3}[漏滴堵停黑吵臭响卡渗裂歪少坏没断]|"
    r"比上[回次]|也(?:看|见|碰|遇|听|闻|门|被|勾|摔|滑)|对我也|我也|还有我|就是这"
)
# Not only in the words of PLUS_LEAD: 我屋里天花板也有, 我这层也黑, 都黑了, 我就是第六台, 又是我.
_ALSO = re.compile(
    r"[我俺咱阿]\S{0,8}也(?!想|要|去|不想|想要|来一)|^也(?!想|要)|(?:我|俺|咱)\S{0,4}(?:更|都)|又是我|我就是|"
    r"我(?:妈|爸|娃|家\S{0,2})(?:也|都)"
)
_THIS = re.compile(
    r"那个|这个|那儿|这儿|那边|这边|那里|同一|[那这]条|那点|里面|里头|就是|还(?:在|没|满|是|有)|后天|已经|"
    r"第[一二三四五六几\d]+次|他家|他们家|越"
)
# He goes over to another matter.
TURNS = re.compile(
    r"^(?:还有|另外|另[，, ]|对了|再说|说到|话说|趁)|还有(?:一)?(?:件|个)?事|另外|顺[便带嘴]|"
    r"不是(?:你们)?那个|是另|不搭界|无涉|两码事|别的事"
)
_OF_OURS = re.compile(r"[我俺咱阿]|[幢栋楼层户]|\d{3,4}")
_ADVICE = re.compile(
    r"^(?:先|快|赶紧|都|千万)?(?:别|不要|小心|注意)|^快(?:叫|打|报)|要不|试试|可以(?:去|打|找)|你(?:是|"
    r"可以|要|家|们|那|先|哪)|^你"
)
SAID = Sieve(
    (
        ("selling", SELLING),
        ("fiction", FICTION),
        ("aside", ASIDE),
        ("helps", _ASKS_HELP),
        ("home", _AT_HOME),
        ("neighbours", _NEIGHBOURS),
        ("fault", FAULT),
        ("broken", _BROKEN),
        ("advice", _ADVICE),
        ("plus", PLUS_LEAD),
        ("agrees", _AGREES),
        ("push", CHASES),
        ("also", _ALSO),
        ("this", _THIS),
        ("ours", _OF_OURS),
        ("turns", TURNS),
        ("tale", TALE),
        ("quarrel", QUARREL),
        ("drill", DRILL),
        *SETTLED,
        ("denies", DENIES),
        ("asks back", ASKS_BACK),
        ("speaks to", SPEAKS_TO),
    )
)


DOUBT, CERTAIN = 0.015, 0.0005  # how near to 0 and 1 the reader is believed


def _logit(chance: float, doubt: float = DOUBT) -> float:
    chance = min(1 - doubt, max(doubt, chance))
    return log(chance / (1 - chance))


@lru_cache(maxsize=4096)
def said_marks(text: str) -> frozenset[str]:
    """The marks that stand in the words alone."""
    said = {*SAID.found(text)}
    if text.rstrip().endswith(("?", "？", "吗", "伐")):
        said.add("question")
    if len(text) <= 4:
        said.add("short")
    return frozenset(said)


_FOR_OPENING = frozenset(
    {"question", "selling", "fiction", "aside", "helps", "home", "neighbours", "fault", "broken", "advice"}
    | {"settled", "pleased"}
)
_FOR_BELONGING = frozenset({"plus", "aside", "agrees", "push", "question", "selling", "advice", "fault", "fiction"}) | {
    "short",
    "neighbours",
    "also",
    "this",
    "home",
    "ours",
}
_IN_ANSWERS = frozenset({"denies", "asks back", "speaks to"})  # they weigh otherwise of his own matter


def drill_told(view: Window) -> bool:
    """Staff have told of a drill in the talk before."""
    return any(old.role != "resident" and "drill" in said_marks(old.text) for old in view.scene.recent)


def opening_marks(view: Window, told: Told = wording) -> Marks:
    """What speaks for and against a new ticket out of this line. `told` judges its wording."""
    line, text = view.line, view.story
    words = gist(text)
    marks: Marks = {"bias": 1.0, "reader": _logit(line.reading.confidence), "length": min(len(text), 40) / 20}
    marks["certain"] = _logit(line.reading.confidence, CERTAIN)
    marks["more"] = told(text, "neighbour")
    marks["wording"] = told(text, "room")
    where = line.reading.where
    flags = {
        "urgent": line.reading.urgency == 3,
        "thing": bool(words.things),
        "numbered": bool(where.building or where.room),
        "spot": bool(words.spots or where.place),
        "fiction near": any("fiction" in said_marks(old.text) for old in view.lately(BURST, 3)),
        "answers": line.replies_to is not None,
        "drill": drill_told(view) and not REAL.search(text),
    }
    own = view.own_lines(SPELL)
    loose = [old for old in own if not old.tickets]
    flags["photo before"] = any(not old.text and (old.photo or old.spot) for old in loose)
    flags["story before"] = any(old.reading.confidence >= 0.35 for old in loose if old.sent_at >= line.sent_at - BURST)
    flags["own ticket"] = any(view.mine(t) and line.sent_at - t.last_at <= SPELL for t in view.live())
    others = {n for old in view.lately(BURST, 4) for n in old.tickets if old.speaker != line.speaker}
    flags["others' ticket"] = bool(others)
    lately = {n for old in view.lately(timedelta(minutes=30), 20) for n in old.tickets}
    flags["alarm near"] = any(view.tickets[n].urgency == 3 for n in lately if n in view.tickets)
    said = said_marks(text)
    flags["thing fails"] = bool(words.things) and "fault" in said and "question" not in said
    flags["quarrel"] = "quarrel" in said
    flags["quarrel near"] = any("quarrel" in said_marks(old.text) for old in view.lately(SPELL, 6))
    flags["tale"] = "tale" in said
    flags["tale near"] = any("tale" in said_marks(old.text) for old in view.lately(BURST, 3))
    flags["turns"] = "turns" in said
    flags["nothing wrong"] = not (flags["urgent"] or said & {"fault", "helps"})
    marks.update(dict.fromkeys(said & _FOR_OPENING, 1.0))
    marks.update({name: 1.0 for name, on in flags.items() if on})
    marks.update(company_marks(view))
    if words.things and (others or lately):
        around = [view.tickets[n] for n in lately if n in view.tickets]
        marks["new thing"] = float(all(strangers(words, gist_of(t.texts)) for t in around))
    return marks


def belonging_marks(view: Window, ticket: Known, where: Where, told: Told = wording) -> Marks:
    """What speaks for and against the line being one more about this ticket. `told` as in opening_marks."""
    line, text = view.line, view.text
    words, theirs = gist(text), gist_of(ticket.texts)
    tie = words_tie(words, where, ticket)
    own = view.mine(ticket)
    said = said_marks(text)
    marks: Marks = {"bias": 1.0, "words": max(-0.5, min(2.0, tie)), "reader": _logit(line.reading.confidence)}
    marks["more own" if own else "more"] = told(text, "own" if own else "neighbour")
    if own:
        marks["own"] = 1.0
        marks["own words"] = max(-0.5, min(2.0, tie))
    flags = {
        "reporter": ticket.reporter == line.speaker,
        "strangers": strangers(words, theirs),
        "elsewhere": not place_fits(where, ticket),
        "other group": ticket.group != line.group,
        "fails alike": bool(words.faults & theirs.faults),
        "own push": own and "push" in said,
        "alarm": ticket.urgency == 3,
        "alarm both": ticket.urgency == 3 and line.reading.urgency == 3,
        "taken": ticket.status == "taken" and not own,
        "turns": "turns" in said,
        "own taken": ticket.status == "taken" and own,
        "asks it": "question" in said and not own,
        "same kind": line.reading.category is not None and line.reading.category == ticket.category,
        "pointed": ticket in view.pointed(),
        "place": bool(line.reading.where.building or line.reading.where.room or words.spots),
        "answers other": line.replies_to is not None and ticket not in view.pointed(),
    }
    marks.update({name: 1.0 for name, on in flags.items() if on})
    marks.update(dict.fromkeys(said & _FOR_BELONGING, 1.0))
    answers = said & _IN_ANSWERS
    marks.update(dict.fromkeys((f"own {name}" for name in answers) if own else answers, 1.0))
    marks["own told" if own else "told"] = min(len(ticket.lines), 8) / 8
    marks.update(nearness(view, ticket))
    marks |= turn_marks(view, ticket, own) | tone_marks(view, ticket, own)
    if not own:
        marks["voices"] = min(len(ticket.voices), 4) / 4
        marks["newcomer"] = float(not view.own_lines(SPELL))
    marks["long"] = min(len(text), 40) / 20
    if line.reading.confidence >= 0.5 and not words.things & theirs.things:
        marks["own tale" if own else "another's tale"] = line.reading.confidence * max(0.0, 1.0 - max(0.0, tie))
    return marks | together(marks, own)


def weighed(view: Window) -> tuple[float, Marks]:
    """The chance that the line opens a ticket, and the marks that it was made of."""
    marks = opening_marks(view)
    return chance(marks, OPENING), marks


def opening_chance(view: Window) -> float:
    return weighed(view)[0]


def why_opens(marks: Marks) -> tuple[str, ...]:
    return strongest(marks, OPENING)


def belonging_chance(view: Window, ticket: Known, where: Where) -> float:
    return chance(belonging_marks(view, ticket, where), BELONGING)


def why_belongs(view: Window, ticket: Known, where: Where) -> tuple[str, ...]:
    return strongest(belonging_marks(view, ticket, where), BELONGING)
