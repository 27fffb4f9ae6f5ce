"""How likely a line must be a report to open a ticket by itself, without staff being asked first."""

from __future__ import annotations

import re

from handlers.listening.mood import hushed, tale, tells_of_old
from handlers.listening.settled import BUT_NOW
from handlers.listening.weigh import TURNS, said_marks
from handlers.listening.window import BURST, SPELL, Window
from nlu.out_of_order import out_of_order

PLAIN_SURE = 0.995  # a line that names neither a fault nor a wish, or caps another's, is shown to staff first
UNPROMPTED = 0.96  # of the reader alone
CERTAIN, CERTAIN_SURE = 0.98, 0.9  # a reader as certain as the first makes the second enough
TURNED = 0.8
SHORTEST = 5  # characters: 热水没了 is one more word to many a talk before
DECLARED = 0.5  # whoever says himself that he complains or reports
READ_WELL, OUT_OF_ORDER = 0.85, 0.3  # a thing that does not do what it is for (厨房水下不去), amid talk of else too
HAZARD, HAZARD_SURE = 2, 0.65  # what can hurt somebody is not kept waiting for more
_OUTDOES = re.compile(r"你们?[那这]个?(?:算|叫)(?:什么|啥)")  # caps another's tale: as often a joke as a report
# 我要投诉, 反映一下; not what was done, or is threatened to a neighbour, or is told of another.
_DECLARES = re.compile(
    r"(?:^|[，。,! ！])(?:我|我们|本人)?(?:要|想|来|得)?(?:实名)?(?:投诉|举报|反映|报修)"
    r"(?!过|了|你|吧|电话|箱|没|都|也|有|的|信|中心|热线)|"
    r"[我俺咱]们?(?:要|想|来)(?:实名)?(?:投诉|举报|反映|报修)(?!过|了|你|吧|电话|箱|信)"
)
# Defends himself, fears his neighbours' word, asks back what they mean, or disputes a right to what is ours, or a vote.
_BANTER = re.compile(
    r"凭什么(?:来)?(?:走|用|停|进|占|坐|蹭)[^，。收]{0,3}(?:我们|咱)[^。]{0,16}你们(?!物业)|"
    r"谁(?:同意|投票|投的票|签的?字|代表)(?:了|过|的)?[?？。！! ]*$|"
    r"我\S{0,5}又没|(?:投诉|举报|骂|嫌)我(?:吧|呀|啊|哈)|^[?？]{2}|^(?:哪里|哪儿|谁|啥)\S{0,4}了[?？ ]"
)
# Faults and requests in plainer words, which alone say less than those.
_LESSER = re.compile(
    r"问(?:下|一下|个)|请问|咨询|(?:行|能|弄|管)不(?=$|[，。?？ ])|锁(?:了|着)|[黄浑绿]的?(?=$|[，。像 ])|发浑|"
    r"挡着|泼|滋|嗞|塞(?:死|满|了)|"
    r"返水|进水|往里灌|水漫|泡(?:得|在|鼓)|不认|黑(?:着|了|到)|全黑|一半黑|湿了|热风|没(?:网|灯|暖)|不(?:热|凉|"
    r"行了)|抬不起|推不出"
)
_LONG_SETTLED = re.compile(
    r"(?:上周|上次|上回|前几天|前天|昨天|那天|上个?月|去年)[^没不]{0,24}(?:当天|当晚|第二天|很快|马上|就)[^没不]{0,8}"
    r"(?:来修|修好|修了|弄好|换好|解决|搞定|处理)[^没不]{0,4}(?:$|[，。 ](?:记[你他她]|多?谢|感谢|点赞|表扬|好评|辛苦))"
)
# 堵过一回, 昨天也停过, 上次修我家龙头: it was so once, or it was mended once.
_ONCE = re.compile(
    r"(?<![没不])(?:堵|漏|坏|停|断|爆|淹|卡|渗|灭|跳)过(?![夜户滤敏道水])|(?:上[次回]|那[次回])[^，。没不]{0,8}(?:修|通|换|装|弄|补|疏|清)"
)
_YEARS_AGO = re.compile(r"[去前往那]年")
_FOUND_THING = re.compile(
    r"捡到|谁家?[^，。]{0,14}(?:落|忘|丢|掉)在(?!楼|外墙|头)|(?:落|忘|丢)在[^，。]{1,8}[，, ](?:谁|失主|来[拿领])|"
    r"谁家?的(?:一[只条件把双个顶]|[^，。车狗猫]{0,6}(?:手套|帽子?|围巾|袜子?|衣服|裤子|鞋|伞|枕头|被子|床单|毛巾|钥匙|水杯|书包|玩具))"
    r"[^，。]{0,8}(?:在|挂|掉|晒|飘|吹|落)"
)
# 今早雾大得像锅盖: how the weather is, whatever cannot be seen for it.
_WEATHER = re.compile(
    r"^(?:[今昨前][天早晚]上?|早上|晚上|外面|刚才|这|好)*的?(?:[浓大]?雾|霾|[大狂]?风|[大暴]?雨|大?雪|太阳|霜|天)[^，。]{0,4}"
    r"[大浓冷热晒毒猛厚密]得(?![^。]*[把将给被])"
)
# 每天像打仗, 电话打不通跟停电似的: a likeness, whatever it names.
_LIKENESS = re.compile(
    r"[像跟](?:打仗|打过仗|停电|断电|断网|遭贼|抄家|地震|下雪|过年|被雷劈)[^，。]{0,2}(?:一样|似的|$|[，。 ])"
)
_BARE_DENIAL = re.compile(
    r"^(?:一[滴点丝]|完全|真的?|再也?|后来)*[都也就再]*(?:没有?|没再?[一-龥]|不[一-龥])(?:过|了|啦|呢|呀)*[。！!~ ]*$"
)
_ASKS = re.compile(r"[?？]|[吗没么]\s*$")
_LITTER = re.compile(r"垃圾|屎|烟头|袋|砸|危险|绊")


def needed(view: Window) -> float:
    """The odds from which a line opens a ticket by itself."""
    if tale(view.text) or _OUTDOES.search(view.text) or _BANTER.search(view.text) or _WEATHER.search(view.text):
        return PLAIN_SURE
    if _denies_to_staff(view) or _LIKENESS.search(view.text):
        return PLAIN_SURE
    if not names_trouble(view.text) and not _out_of_the_blue(view):
        certain = view.line.reading.confidence >= CERTAIN and not _YEARS_AGO.search(view.text)
        return CERTAIN_SURE if certain else PLAIN_SURE
    if _past_or_found(view.text):
        return PLAIN_SURE
    if view.line.reading.confidence >= READ_WELL and _DECLARES.search(view.text):
        return DECLARED
    if hushed(view) or (tells_of_old(view) and not _of_a_house(view)):
        return view.scene.sure  # nothing is taken off it; what is told around, the odds know by themselves
    if view.line.reading.confidence >= READ_WELL and out_of_order(view.text):
        return OUT_OF_ORDER
    return min(view.scene.sure, HAZARD_SURE) if view.line.reading.urgency >= HAZARD else view.scene.sure


def _denies_to_staff(view: Window) -> bool:
    """ "一滴都没有", right after 后来没再漏就好: a bare denial only answers what staff have said of something past."""
    before = next(iter(view.lately(BURST, 1)), None)
    if before is None or before.role == "resident" or before.tickets or _ASKS.search(before.text):
        return False
    return bool(_BARE_DENIAL.match(view.text))


def _of_a_house(view: Window) -> bool:
    where = view.line.reading.where
    return bool(where.building or where.unit or where.room)


def _out_of_the_blue(view: Window) -> bool:
    """Reads plainly as a report (楼道一股尿味) and is said into a silent group, so that it answers nobody; or he says
    himself that he comes to something else."""
    if TURNS.search(view.text) and view.line.reading.confidence >= TURNED:
        return True
    if view.line.reading.confidence < UNPROMPTED or view.lately(SPELL, 1) or len(view.text.strip()) < SHORTEST:
        return False
    return not any(view.mine(ticket) for ticket in view.tickets.values())


def names_trouble(text: str) -> bool:
    """A fault or a request stands in the words themselves."""
    return bool(said_marks(text) & {"fault", "helps"} or _LESSER.search(text)) or out_of_order(text)


def _past_or_found(text: str) -> bool:
    """Mended long since (上个月漏过，当天就来修了), or somebody's scooter left by the slide."""
    if _FOUND_THING.search(text) and not _LITTER.search(text):
        return True
    return bool(_LONG_SETTLED.search(text) or _ONCE.search(text)) and not BUT_NOW.search(text)
