"""How places, times, people and matters are put into words; what must not stand in a shared room is left out."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache

from domain.reading import Where
from domain.settings import Settings
from domain.tickets import Ticket
from handlers.context import Context
from handlers.texts import say
from nlu.clauses import clauses
from nlu.people import personal
from nlu.similar import gist, thing_named

PHRASE = 16
# As many characters of a clause can be followed by 的事: 楼道灯不亮的事, not 声控灯坏了好几天了的事.
SAYABLE = 6
# What is left of a clause when its beginning was a place or stood in the one before.
_TORN = re.compile(r"[家的那这还在又把被给让往得从说/]|门口|指着")
_DIGITS = "0-9一二三四五六七八九十"
# 3幢2单元, 12号楼1203室, 3-2-402, 3#2-402, 二楼: the place is named apart from these.
_PLACE = re.compile(
    rf"(?:[{_DIGITS}A-Za-z]+(?:幢|栋|号楼|单元|室|号房|楼|层)的?)+|\d+(?:[-—#/]\d+)+(?:室|号)?|(?<!\d)\d{{3,4}}(?:室|号|的)?(?![\d年元块])"
)
# Only at the beginning: what is in the middle ("停在9楼不动") belongs to the words.
_FIRST = re.compile(f"^(?:{_PLACE.pattern})+")
_ROOM = re.compile(
    r"\d+(?:[-—#/]\d+){1,2}(?:室|号)?|(?<!\d)\d{3,4}(?:室|房|户)|"
    r"(?<!\d)\d{3,4}(?=[一-鿿]{0,3}(?:家|奶奶|爷爷|阿姨|大爷|住户))|(?<![\d月])(?:\d{1,3}[组队社])?\d{1,4}号(?=家(?!门口))"
)
_ADDRESSING = re.compile(
    r"@\S+|\[[^\]]{1,6}\]|^(?:请问|各位|大家好?|你好|您好|麻烦|那个|有没有人|我想问(?:一下|下)?|"
    r"反映(?:一下|个事)?|报修|我们|咱们|我家|家里|我们家)+[，,：: ]*"
)
_MENTION = re.compile(r"@\S+\s*")
# 不亮了的事 is 不亮的事.
_STATE = re.compile(r"(?<=[不没].)了$|(?<=[不没]..)了$")
_TAIL = re.compile(r"[吧呀啊呢嘛哦噢哎唉了吗?？的]*$")
# 臭死了: how bad it is, not what.
_GROAN = re.compile(r"(?:[真太好又]|都要?|快要?)*[臭吵烦热冷黑呛闷脏气急累](?:死|得要命|得不行|到不行)(?:了|人|我)*$")
# Words that point at a neighbour, at somebody's body or at kin: not for everybody's eyes.
_CLOSE = re.compile(
    r"我|邻居|楼上|楼下|隔壁|对门|他家|她家|人家|那户|这户|[他她]|奶奶|爷爷|阿婆|"
    # A door without its house: 怀疑502漏水.
    r"(?<!\d)\d{3,4}(?![\d年元块])|病|血压|残疾|轮椅|怀孕|癌|摔|瘫|精神|喝醉|吵架|离婚|欠|名字|姓"
)


def place(where: Where, language: str, *, room: bool = False, estate: bool = True, said: str = "") -> str:
    """ "云栖里3幢2单元"; the room only where `room` (staff and the reporter himself). What the words `said`
    after it name themselves is left out, but never the house in front of a door."""
    named: list[str] = []
    if where.building:
        # 3组 of a village says itself what it is; so do its houses, 12号 and 老王家.
        whole = where.building[-1:] in "幢栋楼组队社"
        named.append(where.building if whole else say("place.building", language, building=where.building))
    if where.unit:
        named.append(say("place.unit", language, unit=where.unit))
    if where.floor and (room or not where.room):
        named.append(say("place.floor", language, floor=where.floor))
    if where.room and room:
        named.append(where.room if where.house else say("place.room", language, room=where.room))
    joint = say("place.joint", language)
    numbers = () if all(one in said for one in named) else tuple(named)
    if where.estate and estate:
        named.insert(0, where.estate)
    if where.place and (room or not _CLOSE.search(where.place)) and where.place not in joint.join(named):
        named.append(where.place)
    return joint.join(one for one in named if one not in said or one in numbers)


def moment(at: datetime, now: datetime, settings: Settings, language: str) -> str:
    """A time as people say it: 19:12, 明天12点, 周五, 下周二, 12月3日."""
    here, today = at.astimezone(settings.office.tz), now.astimezone(settings.office.tz).date()
    if here.minute == 0 and here.date() != today:
        clock = say("time.hour", language, hour=here.hour)
    else:
        clock = f"{here.hour}:{here.minute:02d}"
    days = (here.date() - today).days
    if days == 0:
        return clock
    if days == 1:
        return say("time.tomorrow", language, clock=clock)
    if days == -1:
        return say("time.yesterday", language, clock=clock)
    if 1 < days < 7:
        names = say("time.weekdays", language).split()
        key = "time.weekday" if here.isocalendar().week == today.isocalendar().week else "time.next_weekday"
        return say(key, language, weekday=names[here.weekday()])
    return say("time.date", language, month=here.month, day=here.day)


@lru_cache(maxsize=64)
def phrase(summary: str) -> str:
    """The few words of a report that everybody may read: the clause that names the trouble, without the place;
    "" where no clause will do."""
    best = ""
    things = 0
    for clause in clauses(summary):
        bare = _ROOM.sub("", _FIRST.sub("", _ADDRESSING.sub("", clause))).strip(" ，,：:-")
        bare = _TAIL.sub("", bare.rstrip("？?")) + ("了" if clause.rstrip("。！!啊呀").endswith("了") else "")
        if not 2 <= len(bare) <= PHRASE or _TORN.match(bare) or _GROAN.match(bare):
            continue
        if _CLOSE.search(bare) or personal(bare):
            continue
        count = len(gist(bare).things)
        if count > things:
            best, things = bare, count
    return best


def words_of(ticket: Ticket) -> str:
    """As `phrase`, without the house of a village, which is somebody's door."""
    room = ticket.where.room
    return phrase(ticket.summary.replace(room, "") if room and ticket.where.house else ticket.summary)


def what(ticket: Ticket, language: str, home: Where | None = None) -> str:
    """What it is about, for shared rooms: "3幢2单元电梯停了", "3幢2单元的事", or "您反映的事". `home` is what the
    room stands for."""
    words = words_of(ticket)
    there = _there(ticket, language, home, words)
    if words:
        return say("place.thing", language, place=there, thing=words) if there else words
    return say("place.matter", language, place=there) if there else say(f"thing.{ticket.category}", language)


def matter(ticket: Ticket, language: str, home: Where | None = None) -> str:
    """As `what`, to be followed by a verb: "3幢2单元电梯停了的事", of a longer clause its thing "3楼声控灯的事", else
    "您反映的事"."""
    if not words_of(ticket):
        return what(ticket, language, home)
    words = _in_few(_STATE.sub("", words_of(ticket)))
    if not words:
        return say(f"thing.{ticket.category}", language)
    there = _floor(ticket, language, home) or _there(ticket, language, home, words)
    return say("card.matter", language, what=say("place.thing", language, place=there, thing=words) if there else words)


def is_named(ticket: Ticket, language: str) -> bool:
    """Whether `matter` names it by more than that it was told to us."""
    return matter(ticket, language) != say(f"thing.{ticket.category}", language)


def subject(ticket: Ticket, language: str) -> str:
    """What it is about, to be asked where it is: 漏水, 声控灯, else 情况."""
    return _in_few(words_of(ticket).removesuffix("了")) or say("card.ask_where.thing", language)


def _in_few(words: str) -> str:
    """The clause where it is short, else the thing in it; "" where it names none."""
    return words if len(words) <= SAYABLE and "了" not in words[:-1] else thing_named(words)


def heard(ticket: Ticket, language: str, home: Where | None = None) -> str:
    """As `what`, where it is read back to the one who said it: "3幢2单元电梯停了，" or "您反映的事"."""
    if words_of(ticket):
        return say("card.heard", language, what=what(ticket, language, home))
    return say("card.heard.bare", language)


def _there(ticket: Ticket, language: str, home: Where | None, words: str) -> str:
    # In somebody's home the place is his door, and advice or a complaint about an office has none: left out.
    # The group's own estate goes without saying.
    if ticket.category in ("legal_dispute", "consultation") or ticket.against is not None:
        return ""
    if ticket.category == "home_repair" and ticket.where.room:
        return ""
    same = home is not None and ticket.where.estate is not None and ticket.where.estate == home.estate
    return place(ticket.where, language, estate=not same, said=words)


def _floor(ticket: Ticket, language: str, home: Where | None) -> str:
    """Where the room stands for that very entrance, the floor says enough."""
    where = ticket.where
    same = home is not None and home.unit is not None and (home.building, home.unit) == (where.building, where.unit)
    if not same or not where.floor or where.room or ticket.against is not None:
        return ""
    return say("place.floor", language, floor=where.floor)


def shareable(text: str, language: str) -> str:
    """A worker's words made fit for everybody: phone numbers, plates and doors taken out."""
    text = _MENTION.sub("", text)
    for found in sorted(personal(text), key=lambda one: one.start, reverse=True):
        text = text[: found.start] + say("mask.phone", language) + text[found.end :]
    return _ROOM.sub(say("mask.home", language), text)


def sentence(text: str) -> str:
    """With a full stop at its end."""
    text = text.strip()
    return text if text[-1:] in "。！？!?.…～~" else text + ("." if text.isascii() else "。")


def title(ctx: Context, person: int | None, path: str, language: str) -> str:
    """ "网格员小李": what he is there, and his name; the community where it is nobody's yet."""
    if person is None:
        return say("card.somebody", language)
    posts = sorted(
        (post for post in ctx.store.people.posts_of(person) if path.startswith(post.area_path)),
        key=lambda post: -len(post.area_path),
    )
    name = ctx.store.people.get(person).name
    if not posts:
        return name
    office = say(f"role.{posts[0].role}", language)
    if posts[0].department is not None:
        office = department(ctx, posts[0].department) or office
    return say("role.named", language, role=office, name=name)


def department(ctx: Context, department_id: int | None) -> str | None:
    """The name of a department."""
    return ctx.store.tickets.department_name(department_id) if department_id is not None else None
