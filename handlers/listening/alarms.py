"""People in danger: is it real, is it new, and is this line about the alarm already raised?"""

from __future__ import annotations

import re
from datetime import timedelta

from domain.listening import Known
from domain.reading import Reading, Where
from handlers.listening.company import merry
from handlers.listening.mood import at_play, hushed
from handlers.listening.places import whole_where
from handlers.listening.weigh import DRILL, FAULT, FICTION, REAL, drill_told
from handlers.listening.window import BURST, SPELL, Window
from nlu.danger import seen
from nlu.normalize import fold
from nlu.similar import gist, gist_of
from nlu.threads import place_fits
from nlu.urgency import alarms, beaten, farewell, long_ago

_DANGER = re.compile(
    r"[！!]{2}|救命|快来人|着火|起火|冒烟|火(?:花|星|苗)|煤气|燃气|触电|带电|漏电|电线|小孩|没大人|"
    r"没人应|昏|晕|流血|塌|爆炸|持刀|打人|跳楼|落水|溺|困在"
)
_ASKS_BACK = re.compile(r"^\S{1,6}(?:[?？]+|吗|嘛)[?？!！]*$")
_BARE_CRY = re.compile(
    r"^[\W_]*(?:救命|要命|要?出人命|死人|吓死(?:我|人)|我的妈|天[哪啊])[啊呀哪了吧]{0,2}[\W_]*(?:哈|\[\S{1,3}\]|太\S{1,4}了)*[\W_]*$"
)
# 快点啊, 能不能快点修: how urgently it is wanted, and no danger of its own.
_URGES = re.compile(
    r"^[\W_]*(?:@\S+ )?"
    r"(?:麻烦|能不能|能|可不可以|请|你们|师傅|物业|那|就|倒是|搞)*(?:快|赶紧|赶快|抓紧|速度|早)一?[点些]?"
    r"(?:来(?!人)|修|弄|处理|解决|办|搞|安排|派人|下|一?[点些]|吧|啊|呀|啦|嘛|哦|呢|好[吗不]|行[吗不]|行不行)*[\W_]*$"
)
_CRIES = re.compile(r"[！!]{2}")
_HELP = re.compile(
    r"(?:打|拨|叫|喊|报|联系)(?:了|过|的|好|哒|咗|通|完|个)*[ ]?(?:120|119|救护车|消防(?:车|队)?|急救)|"
    r"(?:120|119|救护车|消防车)(?:已经|已|都|我|他们?|马上|快)*(?:在)?(?:打|叫|拨|报|喊|来|到|路上)|"
    r"(?:还有|有没有|没有?)(?:呼吸|意识|知觉|脉搏|气)[吗么没了不啊?？]*$|人(?:还)?(?:醒着|清醒)[吗没不]|心肺复苏|人工呼吸|除颤|AED",
    re.IGNORECASE,
)
_NO_HELP = re.compile(
    r"(?:别|不用|不要|不必|用不着|没必要|要不要|该不该|至于|没|未|再|就|差点|才|还要)(?:打|叫|拨|报|喊)|"
    r"演(?:员|习|练|得|的)|假人|上[次回周个]|那[次回年天时]|昨|去年|前[天年几]|以前|要是|如果|万一|培训|课|学(?:会|过|一|习)|宣传|装了|配了|比120|来接的|后来[呢才]|再管|都要(?:打|叫)"
)
# A reader as sure as this is believed; in stairs and garages anything may happen.
PLAIN = 0.85
# Water that stands so high where people live and park: whoever goes down for his car is in danger.
_HIGH_WATER = re.compile(
    r"水(?![桶管表龙箱盆缸壶泥费])[^。！!]{0,12}(?:淹|漫|灌|没|涨|过|有|到|泡)[^。！!]{0,6}(?:脚脖|脚踝|脚背|小腿|膝盖?|轮胎|车轮|大腿|腰)|"
    r"(?:[没漫淹泡过]|已经到)(?:过|到|了|在)?(?:半个?)?(?:轮胎|车轮|膝盖)"
)
HELD_POSSIBLE = 0.5  # of a report, by the reader: below it the water is in a tale
_WATER = re.compile(r"进水|泡水|水[^。！!，]{0,4}(?:淹|涨|漫|灌|泡)|泡(?:在)?(?:水|里面)")
_INDOORS = re.compile(
    r"地下|车库|车棚|地库|负[一二三]|(?<![A-Za-z])B\d|[A-Ca-c]区|屋里|家里|幢门口|栋门口|一楼|坡道|里面"
)
_OTHER_WATER = re.compile(r"池|泳|河边|那年|那场|年代|以前|去年|想起|上次|小时候|演练|预案|新闻|视频|[?？]$")
# 六点四十看到个光头小孩跟着一只狗往2号地库口走, while somebody is being looked for.
_SIGHTED = re.compile(r"[看碰遇]+[到见][^，。]{0,10}(?:孩|娃|崽|伢|囡|宝宝|学生|老人|老头|老太|爷爷|奶奶|大[爷妈])")
_SHORT = 8  # characters: whoever is in danger says more, or says it again
_NOTHING_IN_IT = 0.1  # of a report
_WHEREABOUTS = frozenset({"passage", "garage"})
# 还有那个化工厂着火的: what others know of, amid tales; who cries of a fire says where it is.
_RECALLED = re.compile(r"^(?:还有|就是|像|跟)?[那上][个次回][^，。 的]{1,10}的(?=$|[，。 ])")
_SIREN = re.compile(r"演练|演习|警报|试鸣|演的|真烧")


def in_drill(view: Window) -> bool:
    """An announced drill is on here, and the line does not say that this is real or name another building."""
    line = view.line
    told = [old for old in view.scene.recent if old.role != "resident" and DRILL.search(old.text)]
    if not told or REAL.search(line.text):
        return False
    named_there = [old.reading.where.building for old in told if old.reading.where.building]
    if line.reading.where.building and named_there and line.reading.where.building not in named_there:
        return False
    near = any(_SIREN.search(old.text) for old in view.lately(timedelta(hours=1), 40))
    return near or line.reading.urgency == 3


def cries_real(view: Window) -> bool:
    """ "救命，不是演练": during a drill, words of danger that say so themselves, whatever the reader makes of them."""
    if not REAL.search(view.text) or not drill_told(view):
        return False
    return view.line.reading.urgency == 3 or bool(_DANGER.search(view.text))


def alarm_counts(view: Window) -> bool:
    """Somebody in danger here and now: not a film, not more of an alarm already raised at that place."""
    if view.line.reading.confidence < 0.6 or FICTION.search(view.text) or figurative(view):
        return False
    if hushed(view) and _RECALLED.search(view.text):
        return False
    if (hushed(view) or long_ago(view.text)) and not named_danger(view.line.reading):
        return False
    raised = {n for old in view.lately(SPELL, 20) for n in old.tickets}
    where = whole_where(view.line, view.scene.home, view.line.reading.category)
    return all(t.urgency < 3 or not place_fits(where, t) for t in view.known(tuple(raised)))


def figurative(view: Window) -> bool:
    """A bare 救命 among talk of films and jokes, or with a laugh, danger at cards, or 快点啊: nobody is in danger."""
    if urges(view.text) or (at_play(view.text) and not seen(fold(view.text))):
        return True
    if _caps_a_joke(view):
        return True
    if not _BARE_CRY.match(view.text):
        return False
    around = view.lately(SPELL, 6)
    joke = merry(view.text) or any(merry(o.text) or FICTION.search(o.text) for o in around)
    return joke and not any(ticket.urgency == 3 for old in around for ticket in view.known(old.tickets))


def urges(text: str) -> bool:
    """Nothing but that somebody should hurry; the model alone takes it for a cry."""
    return bool(_URGES.match(text)) and not _CRIES.search(text)


def _caps_a_joke(view: Window) -> bool:
    """ "快叫救命" right after 我的钱包着火了: words of danger, in which the reader sees nothing at all."""
    before = next(iter(view.lately(BURST, 1)), None)
    if before is None or before.speaker == view.line.speaker or before.tickets or len(view.text) > _SHORT:
        return False
    joke = before.role == "resident" and before.reading.confidence < _NOTHING_IN_IT and bool(alarms(fold(before.text)))
    return joke and not seen(fold(view.text))


def in_jest(view: Window) -> bool:
    """Whoever names a danger here jests or plays: in this line or in those that he said just before."""
    own = [old.text for old in view.own_lines(BURST)]
    return any(merry(text) or at_play(text) or FICTION.search(text) for text in (view.text, *own))


def at_ease(view: Window, within: timedelta = BURST) -> bool:
    """They laugh, play or tell stories just now: an echo settles nothing."""
    loose = [old for old in view.lately(within, 6) if old.role == "resident"]
    near = [old.text for old in loose if all(ticket.status == "proposed" for ticket in view.known(old.tickets))]
    return any(merry(text) or at_play(text) or FICTION.search(text) for text in (view.text, *near))


def half_heard_cry(view: Window) -> bool:
    """A word of danger in a line that does not quite read as a report: staff are asked, the group is not."""
    line = view.line
    rule = named_danger(line.reading)
    fiction = FICTION.search(line.text) or figurative(view)
    return rule and line.reading.confidence >= 0.3 and not fiction and not in_drill(view)


def of_the_alarm(view: Window, where: Where) -> Known | None:
    """While people are in danger, what bystanders say that names no fault of its own is about that."""
    if FAULT.search(view.text) or view.line.reading.urgency == 3:
        return None
    lately = {n for old in view.lately(SPELL, 12) for n in old.tickets}
    for ticket in sorted(view.live(), key=lambda t: t.last_at, reverse=True):
        if ticket.urgency == 3 and ticket.id in lately and not ticket.private and place_fits(where, ticket):
            return None if apart(view, ticket) else ticket
    return None


def apart(view: Window, ticket: Known) -> bool:
    """A plain report of something else does not sink into a ticket that people happen to be talking of."""
    line, words, theirs = view.line, gist(view.text), gist_of(ticket.texts)
    if "missing" in theirs.things and _SIGHTED.search(line.text):
        return False
    plain = line.reading.confidence >= PLAIN and line.reading.urgency < 3 and bool(words.things - _WHEREABOUTS)
    if not plain or line.reading.category == ticket.category or ticket in view.pointed():
        return False
    return not (words.things - _WHEREABOUTS) & theirs.things and not words.faults & theirs.faults


def new_accident(view: Window, ticket: Known) -> bool:
    """Somebody is in danger at a thing that was reported a while ago: that is no more of the old matter."""
    line = view.line
    return line.reading.urgency == 3 and ticket.urgency < 3 and line.sent_at - ticket.last_at > SPELL


def told_in_pieces(view: Window, ticket: Known) -> bool:
    """ "电梯停在半中腰了" / "我跟俩个小伢在里头": each line harmless, what was said of the ticket together an alarm."""
    line = view.line
    if ticket.urgency == 3 or not line.text or FICTION.search(line.text) or _ASKS_BACK.search(line.text.strip()):
        return False
    before = [
        old.text for old in reversed(view.lately(SPELL, 6)) if ticket.id in old.tickets and old.role == "resident"
    ]
    if not any(before) or in_drill(view):
        return False
    alone = {name for text in (*before, line.text) for name in dangers(text)}
    return bool(dangers("，".join([*before, line.text])) - alone)


def dangers(text: str) -> frozenset[str]:
    """What danger the words name or show."""
    folded = fold(text)
    grave = (("诀别", farewell(folded)), ("打人", beaten(folded)))
    return frozenset((*alarms(folded), *seen(folded), *(name for name, heard in grave if heard)))


def same_alarm(view: Window, where: Where) -> Known | None:
    """The emergency already raised somewhere around of which this line tells again, so that nobody is called twice."""
    told = dangers(view.text)
    for ticket in sorted(view.live(), key=lambda t: t.last_at, reverse=True):
        raised = ticket.urgency == 3 and ticket.status != "proposed" and not ticket.private
        fresh = raised and view.line.sent_at - ticket.last_at <= SPELL
        beside = ticket.group == view.line.group or (where.building and where.building == ticket.where.building)
        if fresh and beside and place_fits(where, ticket):
            kinds = {name for text in ticket.texts for name in dangers(text)}
            flooded = _WATER.search(view.text) and any(_HIGH_WATER.search(text) for text in ticket.texts)
            if flooded or told & kinds or gist(view.text).things & gist_of(ticket.texts).things - _WHEREABOUTS:
                return ticket
    return None


def high_water(view: Window) -> bool:
    """ "负二楼水都淹到脚背了": told by how high it stands, in a house or garage, now."""
    text = view.text
    if (
        view.line.role != "resident"
        or view.line.reading.confidence < HELD_POSSIBLE
        or _OTHER_WATER.search(text)
        or FICTION.search(text)
    ):
        return False
    return bool(_HIGH_WATER.search(text) and _INDOORS.search(text)) and not (in_drill(view) or hushed(view))


def calls_for_help(view: Window) -> bool:
    """ "我打120了", "还有呼吸吗", "谁会心肺复苏": how people answer when somebody is in danger."""
    text = view.text
    if not _HELP.search(text) or _NO_HELP.search(text) or FICTION.search(text) or merry(text):
        return False
    return not in_drill(view)


def named_danger(reading: Reading) -> bool:
    """A rule heard danger in the words, not the model alone."""
    return any(word.startswith("rule:") for word in reading.why)


def sounds_dangerous(view: Window) -> bool:
    """The words themselves speak of danger, so that an alarm read into the line may raise a ticket's urgency."""
    return named_danger(view.line.reading) or bool(_DANGER.search(view.text))
