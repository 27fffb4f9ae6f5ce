"""A line about doors, cut into a piece for each, and whether a piece tells of having been there"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from nlu.doors import Door
from nlu.visit_signs import MENDERS, Signs, put_off, signs_of, spans, told

ONLY_JOINS = re.compile(r"[\s、,，和跟与及/&＋+]*(?:还有)?[\s、,，]*")
APPROACH = re.compile(r"(?:[去到上从给跟和在访]|去了?趟|看[了望过]?|[敲陪走见]了|见到)$")
# What leads up to a list of doors where somebody has been.
ROUND = re.compile(
    r"(?:走访|入户|上门|摸排|扫楼|爬楼|巡访|跑|走|看|访|问|去|来过|电话)[^。\n]{0,14}[：:。，,\n]|"
    r"[一二两三四五六七八九十几\d]+(?:户[^。\n]{0,8}[：:。，,\n]|[户家]\s)"
)
# Named in talk of another door, of whoever lives there or of what is wrong between them.
_BY_THE_WAY = re.compile(r"[说讲嫌怪骂找吵告跟被叫让托]|楼[上下]|隔壁|对[门面]|投诉|反映|漏到|借")
# 煤球是303的: a thing, and nobody was there.
_OF_THEIRS = re.compile(r"(?:是|的是|师傅.{0,4}到了?|[托交借留]给?)$")
_SENT_THERE = re.compile(
    r"(?:叫|请|让|喊|派|找|联系|带)[^，。]{0,6}(?:师傅|物业|电工|水工|维保|人)[^，。]{0,4}[上去到给]$"
)
_ITS_THING = re.compile(
    r"(?:那边|这边)?的?(?:门|灯|管|锁|窗户?|水|电|马桶|龙头|空调|车|阀|表|箱|被子|地漏|热水器|钥匙|快递)(?![开没锁上])|房间?"
)
_SOMEBODY = re.compile(r"^\s*[说讲问]|[她他]|老人|老两口|小两口|夫妻|孩子|娃")
# 1508去过了，三个人合租: he says first that he was there.
_CALLED_THERE = re.compile(
    r"\s*(?:[，,]|我|今天|上午|下午|刚|刚才|也|都|已经?)*(?:去|看|来|到|走访|入户|上门|进去)(?:看|走)?(?:过了?|了)[，,：:。\s]"
)
# Whoever begins a line with a full door and goes on with no thing of it speaks of its people.
_OF_ITS_PEOPLE = re.compile(
    r"(?!\s*(?:的(?!是|人|业|孩|老|阿|大|小|租)|那边|还没[去走看敲]|门[口前]|报|反映|业主[，,]|[和跟、]|$))"
    r"(?!.*(?:水管|管道|下水|马桶|地漏|电梯|路灯|楼道|门禁|空调|阳台|窗|墙|噪|装修|井盖|[爆漏裂塌堵臭吵断]|不通|没水)).{4,}"
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of a line before it is read. `here`: the talk is in one stair, so that 402 alone is a door;
    `building`: where he is, for a unit said alone; `several`: it is of several estates; `on_round`: he told of a visit
    a short while ago, so that the door which he names next is one too; `village`: doors are houses (12号)."""

    here: bool = False
    building: str | None = None
    several: bool = False
    on_round: bool = False
    village: bool = False


NOWHERE = Setting()


@dataclass(frozen=True, slots=True)
class Piece:
    """A door with the words about it: those before it in its clause, and all until the next door's."""

    door: Door
    before: str
    after: str
    signs: Signs
    told: bool


def pieces_of(body: str, doors: Sequence[Door]) -> list[Piece]:
    cuts = spans(body)
    starts: list[int] = []
    for at, door in enumerate(doors):
        clause = next((a for a, b in cuts if a <= door.start < b), door.start)
        # Of two doors in one clause the words between are about the first.
        starts.append(clause if at == 0 or clause >= doors[at - 1].end else door.start)
    found: list[Piece] = []
    for at in reversed(range(len(doors))):
        door = doors[at]
        end = starts[at + 1] if at + 1 < len(doors) else len(body)
        joined = at + 1 < len(doors) and ONLY_JOINS.fullmatch(body[door.end : doors[at + 1].start]) is not None
        before, after = body[starts[at] : door.start], body[door.end : end]
        # What leads up to a list (今天走河东新村：) is not said of its first door.
        start = max(starts[at], *(body.rfind(colon, 0, door.start) + 1 for colon in "：:"))
        parts = [body[max(a, start) : min(b, end)] for a, b in cuts if a < end and b > start]
        tells = [part for part in parts if told(part)]
        signs = found[-1].signs if joined else signs_of(tells)
        own = bool(parts) and told(parts[0])
        found.append(Piece(door, before, after, signs, found[-1].told if joined else own))
    return found[::-1]


def on_the_list(piece: Piece, setting: Setting, person: str | None, *, counted: bool = False) -> bool:
    """A door that heads its clause in a line which tells of a round, or in the next line of a round: he was there too,
    whatever he found. On a round he hears of what does not work as well (402汪大姐家的灶打不着火，她怕出事), and
    so he does where he says first how many doors there were (`counted`)."""
    door = piece.door
    if door.doubtful or not (piece.told and (door.whole or setting.here)) or _BY_THE_WAY.search(piece.before):
        return False
    if put_off(piece.before + piece.after):
        return False
    if _ITS_THING.match(piece.after):
        return False
    if (setting.on_round or counted) and (person or _SOMEBODY.search(piece.after)):
        return True
    return not (piece.signs.works or piece.signs.papers or MENDERS.search(piece.after))


def tells(piece: Piece, opening: Signs, person: str | None, *, many: bool, here: bool) -> bool:
    """Do the words about a door tell of having been there? By a verb, or by how its people are."""
    signs, door = piece.signs, piece.door
    contact = signs.contact or opening.contact or bool(APPROACH.search(piece.before) and signs.of_people())
    called_on = signs.absent or signs.okay or signs.life > 1 or (signs.contact and person is not None)
    works = signs.works or opening.works or (signs.papers and not called_on)
    if put_off(piece.before + piece.after):
        return False
    if (not piece.told and not contact) or _OF_THEIRS.search(piece.before) or _SENT_THERE.search(piece.before):
        return False
    if not (door.whole or here or person or many):
        return contact and signs.of_people() and not works and not door.doubtful
    if door.doubtful:
        return contact and signs.of_people() and not works
    if works:
        near = contact or ((door.whole or here) and not MENDERS.search(piece.after))
        return (
            near
            and bool(person or signs.life)
            and (signs.okay or signs.life > 1 or bool(signs.life and (person or _CALLED_THERE.match(piece.after))))
        )
    if door.person is not None:
        # A name alone is less than a door: 王奶奶想要个轮椅 may be anybody's news.
        return signs.absent or signs.okay or contact or signs.life > 1
    if signs.absent or signs.okay or signs.life > 1:
        return True
    return (
        (signs.life > 0 and (contact or person is not None or many))
        or (contact and person is not None)
        or (signs.wish and (many or person is not None))
        or (opening.contact and many)
        or (contact and (door.whole or here))
        or (door.whole and not MENDERS.search(piece.after) and bool(_OF_ITS_PEOPLE.match(piece.after)))
    )
