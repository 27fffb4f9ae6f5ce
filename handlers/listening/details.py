"""What a new ticket says of itself: its lines, title, whom it serves, whether it is private, whether to ask where."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.listening import Line
from domain.reading import Category, Where
from handlers.deeds.privacy import is_sensitive
from handlers.listening.places import merged, whole_where
from handlers.listening.window import BURST, SELLING, SPELL, Window
from nlu.clauses import clauses
from nlu.contrast import after_contrast
from nlu.threads import ASIDE

_DONT = r"(?:别|莫|勿|甭|不要|不用|不许|不准|先别)"
# Whoever tells it is not to be named, asked by himself or by staff for him: 她不让提名, 别写她名, 莫说是我讲的.
UNNAMED = re.compile(
    rf"(?:{_DONT}|不让|不肯|不愿|不想)(?:再|给)?(?:提|写|记|留|登|露|点|报|挂|说)(?:出|了|上)?(?:[她他我俺]|人家|老人|对方)?们?家?的?"
    rf"(?:真|大)?名(?!额|单)|{_DONT}(?:[给跟和对][^，。]{{1,3}})?(?:说|讲|提|透露)(?:出去?)?(?:是|到)?(?:我|俺)(?:们|家)?(?!.{{0,2}}[没不])|"
    r"怕[^，。]{0,4}(?:知道|晓得)(?:$|[，。])"
)
PRIVATE = re.compile(
    rf"{UNNAMED.pattern}|"
    r"(?:别|不要|莫|甭)在?(?:这个?)?群里|不敢在?群里|不想点名|不(?:便|点)点?名|怕(?:以后)?不好(?:打交道|相处|见面|做人)|不(?:好|方便|便|想)在群里|别(?:跟|和|给|对|让)\S{0,6}(?:说|讲|知道|晓得)|"
    r"(?:别|不要)说(?:是|出去)?\S{0,3}(?:我|谁)|保密|(?:别|不要)(?:透露|提|讲)\S{0,3}(?:我|名字)|"
    r"不想(?:让)?(?:邻居|别人|人家|大家)\S{0,3}(?:知道|晓得)|只(?:想)?让\S{0,6}(?:看到|知道)|别转发|"
    r"匿名|私(?:下|聊)(?:说|讲|跟|告诉|回|找|来|联系)|别写我|难为情|(?:别|不要)(?:在这|公开|声张|张扬|外传|往外)|悄悄(?:地)?(?:问|说|帮|处理|办)"
)
TALE = 12  # characters beside the plea: less may be of what was told before
_LEADS_UP = re.compile(r"在吗|有[件个]?事|想(?:反映|问|说)")
# How somebody who came from the office has spoken: whoever tells it has to meet him again.
_MANNERS = re.compile(
    r"(?:工作人员|网格员|社工|办事员|窗口|调解员|来我家的)[^。！!]{0,14}(?:说话|态度|脸色|口气|语气)[^。！!]{0,6}"
    r"(?:冲|差|凶|难听|不耐烦|不好|恶劣|不客气|吓人)"
)
_FOR_OTHER = re.compile(
    r"(?:帮|替|代)(?P<a>[^，。\s说报讲问反]{1,8}?)(?:说|报|讲|问|反映|喊|叫)|(?P<b>我(?:妈|爸|奶奶|爷爷|"
    r"婆婆|公公|外婆|外公|老婆|老公|丈母娘|岳父|岳母|儿子|女儿|家老太婆))|"
    r"(?:隔壁|楼[上下]|对[门面])?(?P<c>(?:(?![们的是和跟给说在去看叫让有家])[一-鿿]){1,2}(?:阿太|阿婆|奶奶|爷爷|大爷|大妈|婆婆|公公|大伯|大娘|嬷嬷))"
)
_PHONE = re.compile(r"1\d{10}|1\d{2}[ -]\d{4}[ -]\d{4}")


def told_in(view: Window) -> tuple[int, ...]:
    """The new line, and the speaker's loose lines just before it: a bare photo, a place, the start of the story."""
    line = view.line
    taken = [line.id, *view.scene.story]
    for old in view.own_lines(SPELL):
        if old.tickets or old.edits is not None:
            break
        if old.id in taken:
            continue
        gap = line.sent_at - old.sent_at
        bare = not old.text and (old.photo or old.spot is not None)
        spoken = (
            gap <= BURST
            and not ASIDE.search(old.text)
            and not SELLING.search(old.text)
            and old.reading.confidence >= 0.2
        )
        if (
            bare
            or (spoken and old.text)
            or (gap <= timedelta(minutes=1) and old.text and old.reading.confidence >= 0.1)
        ):
            taken.append(old.id)
        else:
            break
    return tuple(sorted(taken))


def told_where(view: Window, category: Category | None) -> Where:
    """The place of what the new line opens, with what its speaker named in the lines that go with it."""
    where = whole_where(view.line, view.scene.home, category)
    told = told_in(view)
    for old in reversed(view.scene.recent):
        if old.id in told and old.speaker == view.line.speaker:
            where = merged(where, whole_where(old, view.scene.home, category), old, override=False) or where
    return where


def is_private(view: Window) -> bool:
    """Asked for in the line itself or by the speaker just before it."""
    text = view.line.text
    if PRIVATE.search(text) or is_sensitive(text) or (_MANNERS.search(text) and view.line.role == "resident"):
        return True
    return any(PRIVATE.search(old.text) and not old.tickets for old in view.own_lines(timedelta(minutes=10)))


def pleads(line: Line) -> bool:
    """A tale with which a resident asks not to be named: it was told to be acted on."""
    if line.role != "resident" or not UNNAMED.search(line.text):
        return False
    tale = [clause for clause in clauses(line.text) if not (UNNAMED.search(clause) or _LEADS_UP.search(clause))]
    return sum(map(len, tale)) >= TALE


def on_behalf(line: Line) -> str | None:
    """Whom somebody else speaks for: 帮302郏阿婆说一声, 我妈."""
    found = _FOR_OTHER.search(line.text)
    if not found:
        return None
    name = found.group("a") or found.group("b") or found.group("c")
    return re.sub(r"^(?:隔壁|楼上|楼下|对门|\d+)+", "", name) or None


def summary(line: Line) -> str:
    """The line as a title: one breath, without phone numbers, and of an alarm without what it was taken for."""
    said = (after_contrast(line.text) if line.reading.urgency == 3 else None) or line.text
    text = _PHONE.sub("〔电话〕", " ".join(said.split()))
    return text if len(text) <= 40 else text[:39] + "…"
