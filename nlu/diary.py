"""A visit told in a worker's own words: which household or firm, who, and what was asked for or promised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from domain.visits import Cared
from nlu.cared import people_in
from nlu.clauses import clauses
from nlu.doors import Door, doors_in
from nlu.firms import firms_in
from nlu.visit_signs import MENDERS, Signs, nobody_met, signs_of, spans, told
from nlu.visit_words import HAZARD, MENDED, PLAN, SETTLED, WISH


@dataclass(frozen=True, slots=True)
class Visit:
    """`household` is building-unit-room as far as it was said ("1403" alone is completed by the group's own place),
    or the firm's name. `tagged`: the writer said 走访 himself. `wish`: the words in which something is asked for.
    `went`: he says that he was there or rang. `choices`: the doors of those who may be meant by a name. `unmet`:
    nobody opened, and nothing tells how they are."""

    household: str
    kind: Literal["resident", "enterprise"]
    note: str
    estate: str | None = None
    person: str | None = None
    tagged: bool = False
    wish: str | None = None
    went: bool = False
    choices: tuple[str, ...] = ()
    unmet: bool = False


_TAG = re.compile(
    r"^\s*(?:#\s*)?(?:(?:今天|上午|下午)?[跑查访走](?:企业|商户|店铺|沿街)|走访(?:日记|记录|情况)?|入户走访|"
    r"入户|民情日记|日记|上门(?:走访|看望)?|走企业?|"
    r"探访|探望|家访|回访|慰问)(?:了|到|：|:|\s|(?=[^，。]))"
)
_PERSON = re.compile(
    r"(?P<p>(?:[一-鿿]{1,3})(?:奶奶|爷爷|阿婆|阿公|大爷|大妈|大伯|大娘|阿姨|婆婆|公公|师傅|阿太|嬷嬷|"
    r"叔叔?|伯伯?|老师|老太|先生|女士|夫妻|小两口|老板娘?|总|厂长|经理|店长|老伯|孃孃|嬢嬢|年轻人?|"
    r"班长|主任|校长|队长|书记|医生|会计|[大小老二三]?(?:嫂|姐|哥|婶|姨|妹|弟)|爹爹?|姥姥|姥爷|娭毑|阿姆|婆|"
    r"师母|老师傅)|老两口|老(?![人年家旧化板是在了远太头小少弱])[一-鿿]|"
    r"小[一-鿿](?=[，,家夫])|(?!.?.?[没人在有个户的各到])[一-鿿]{2,4}(?=家))"
)
_NAME_JUNK = re.compile(
    r"^(?:室|号|房|的|了|看|去|走|访|租户|住户|独居|低保|残疾|户|家|过|到|老党员|是|我|在|想|让|和|跟|与|"
    r"给|帮|问|请)+"
)
_ESTATE_CUT = re.compile(
    r"[，。：:；;\s#了]|走访|上门|入户|再补一条|补充|去|到|看望|探望|刚从|还有|在|给|和(?![平谐睦美佳风])|跟|从"
)
_ESTATE_JUNK = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[家户]|群里|户|家|一户|的|一?趟|今[天朝早]|[昨前]天|上午|下午|早上|晚上|是|顺[道路便]|[看走访瞧转])+"
)
_IN_HOSPITAL = re.compile(r"[住出进]院|医院")
_COUNT_LAST = re.compile(r"(?:[一二两三四五六七八九十\d几]+[户家个]|这边|那边)$")
_ESTATE = re.compile(
    r"[一-鿿]{1,9}(?:[里苑园村庭府城湾区寓邸舍居庄厦院坊阁轩墅郡岸镇屯弄巷街台港桥坦坝埠坪洲]|家园|公馆|国际|宿舍|新村|家属院|[一二三四五六七八九十]{1,3}区)[A-Z]?区?"
)
_ONLY_JOINS = re.compile(r"[\s、,，和跟与及/&＋+]*(?:还有)?[\s、,，]*")
_APPROACH = re.compile(r"(?:[去到上从给跟和在访]|去了?趟|看[了望过]?|[敲陪走见]了|见到)$")
# 煤球是303的: a thing, and nobody was there.
_OF_THEIRS = re.compile(r"(?:是|的是|师傅.{0,4}到了?)$")
# Whoever begins a line with a full door and goes on with no thing of it speaks of its people.
_OF_ITS_PEOPLE = re.compile(
    r"(?!\s*(?:的(?!是|人|业|孩|老|阿|大|小|租)|那边|门口|报|反映|业主[，,]|[和跟、]|$))"
    r"(?!.*(?:水管|管道|下水|马桶|地漏|电梯|路灯|楼道|门禁|空调|阳台|窗|墙|噪|装修|井盖|[爆漏裂塌堵臭吵断]|不通|没水)).{4,}"
)
_VILLAGE = re.compile(r"\d组.*?((?:老)?[一-鿿]{1,4}?)家?$")


def wish(text: str) -> str | None:
    """The clauses in which somebody wants something that has not been seen to yet; None where nobody does."""
    wanted = [clause for clause in clauses(text) if WISH.search(clause)]
    if not wanted:
        return None
    settled = [clause for clause in clauses(text) if SETTLED.search(clause)]
    open_ones = [clause for clause in wanted if clause not in settled]
    if not open_ones or (settled and clauses(text).index(settled[-1]) > clauses(text).index(open_ones[-1])):
        return None
    return "，".join(open_ones)


def hazard(text: str) -> str | None:
    """A danger seen on a visit and left as it is (消防通道堵死); None where none was or it is mended."""
    seen = [clause for clause in clauses(text) if HAZARD.search(clause)]
    if not seen or MENDED.search(text) or SETTLED.search(text):
        return None
    return "，".join(seen)


def parse_visit(text: str, estates: tuple[str, ...] = ()) -> Visit | None:
    """The first visit of a line, as `parse_visits` finds them."""
    return next(iter(parse_visits(text, estates)), None)


def parse_visits(
    text: str, estates: tuple[str, ...] = (), *, here: bool = False, cared: Sequence[Cared] = ()
) -> tuple[Visit, ...]:
    """Every visit that a line tells of, tagged (#走访 3-2-402 王奶奶血压偏高) or in plain words (刚从1202唐奶奶家出来):
    a round (101好，102没人) has several. None of visits still to be made, and none without a household or firm.
    `here`: the talk is in one stair, so that 402 alone is a door. `cared`: who may be named without a door."""
    text = text.strip()
    head = _TAG.match(text)
    body = text[head.end() :] if head else text
    if "【" in text[:2]:
        return ()
    found = _to_doors(body, _doors(body, cared), estates, tagged=bool(head), here=here)
    if found or PLAN.search(text):
        return found
    return _to_firms(body, tagged=bool(head))


def _to_firms(body: str, *, tagged: bool) -> tuple[Visit, ...]:
    names = firms_in(body, tagged=tagged)
    if not names:
        return ()
    if len(names) == 1:
        person = _person(body[:60][body.find(names[0]) + len(names[0]) :])
        return (Visit(names[0], "enterprise", body.strip("：: "), None, person, tagged, wish(body), went=True),)
    starts = [body.find(name) for name in names]
    notes = [body[a:b].strip("：:，,。；;、 ") for a, b in zip(starts, [*starts[1:], len(body)], strict=True)]
    return tuple(
        Visit(name, "enterprise", note, None, _person(note[len(name) :]), tagged, wish(note), went=True)
        for name, note in zip(names, notes, strict=True)
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A door with the words about it: those before it in its clause, and all until the next door's."""

    door: Door
    before: str
    after: str
    signs: Signs
    told: bool


def _doors(body: str, cared: Sequence[Cared]) -> tuple[Door, ...]:
    """Those written, and those of people named in sentences that name no door."""
    written = doors_in(body)
    if not cared:
        return written
    # Beside a door a name says who lives there, or what is told there of others.
    named = [one for one in people_in(body, cared) if not any(_one_sentence(body, one, door) for door in written)]
    return tuple(sorted([*written, *named], key=lambda door: door.start))


def _one_sentence(body: str, one: Door, other: Door) -> bool:
    first, second = sorted((one.start, other.start))
    return not re.search(r"[；;。\n]", body[first:second])


def _to_doors(
    body: str, doors: Sequence[Door], estates: tuple[str, ...], *, tagged: bool, here: bool
) -> tuple[Visit, ...]:
    if not doors:
        return ()
    pieces = _pieces(body, doors)
    opening = signs_of([c for a, b in spans(body[: doors[0].start]) if told(c := body[a:b])])
    found: dict[str, Visit] = {}
    estate = None
    for at, piece in enumerate(pieces):
        code, before = piece.door.code, piece.before
        estate = (_estate(before, estates) if code.count("-") > 0 else None) or (
            _estate(body[: doors[0].start], estates) if at == 0 else estate
        )
        person = piece.door.person or _person(piece.after) or _person(before) or _villager(code)
        piece_tagged = tagged and (at == 0 or piece.signs.of_people() or piece.signs.wish)
        if not piece_tagged and not _tells(piece, opening, person, many=len(pieces) > 1, here=here):
            continue
        note = body if len(pieces) == 1 else f"{piece.door.person or ''}{_words_about(pieces, at)}"
        note = note.strip("：:，,。；;、 ")
        if code in found:
            old = found[code]
            note = f"{old.note}，{note}"
            unmet = old.unmet and nobody_met(note, piece.signs)
            found[code] = replace(old, note=note, wish=wish(note), unmet=unmet)
            continue
        went = piece.signs.contact or opening.contact or bool(_APPROACH.search(before))
        found[code] = Visit(
            code,
            "resident",
            note or body,
            estate,
            person,
            tagged,
            wish(note),
            went,
            piece.door.choices,
            nobody_met(note, piece.signs),
        )
    return tuple(found.values())


def _pieces(body: str, doors: Sequence[Door]) -> list[_Piece]:
    cuts = spans(body)
    starts: list[int] = []
    for at, door in enumerate(doors):
        clause = next((a for a, b in cuts if a <= door.start < b), door.start)
        # Of two doors in one clause the words between are about the first.
        starts.append(clause if at == 0 or clause >= doors[at - 1].end else door.start)
    found: list[_Piece] = []
    for at in reversed(range(len(doors))):
        door = doors[at]
        end = starts[at + 1] if at + 1 < len(doors) else len(body)
        joined = at + 1 < len(doors) and _ONLY_JOINS.fullmatch(body[door.end : doors[at + 1].start]) is not None
        before, after = body[starts[at] : door.start], body[door.end : end]
        parts = [body[max(a, starts[at]) : min(b, end)] for a, b in cuts if a < end and b > starts[at]]
        tells = [part for part in parts if told(part)]
        signs = found[-1].signs if joined else signs_of(tells)
        own = bool(parts) and told(parts[0])
        found.append(_Piece(door, before, after, signs, found[-1].told if joined else own))
    return found[::-1]


def _words_about(pieces: Sequence[_Piece], at: int) -> str:
    """The words of a piece; of a row of doors (201、202都好) those that follow the last."""
    while at + 1 < len(pieces) and _ONLY_JOINS.fullmatch(pieces[at].after + pieces[at + 1].before):
        at += 1
    return pieces[at].before + pieces[at].after


def _tells(piece: _Piece, opening: Signs, person: str | None, *, many: bool, here: bool) -> bool:
    """Do the words about a door tell of having been there? By a verb, or by how its people are."""
    signs, door = piece.signs, piece.door
    contact = signs.contact or opening.contact or bool(_APPROACH.search(piece.before) and signs.of_people())
    works = signs.works or opening.works or (signs.papers and not (signs.absent or signs.okay or signs.life > 1))
    if (not piece.told and not contact) or _OF_THEIRS.search(piece.before):
        return False
    if not (door.whole or here or person or many):
        return contact and signs.of_people() and not works and not door.doubtful
    if door.doubtful:
        return contact and signs.of_people() and not works
    if works:
        return contact and bool(person or signs.life) and (signs.okay or signs.life > 1 or bool(person and signs.life))
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


def _estate(before: str, estates: tuple[str, ...]) -> str | None:
    known = [name for name in estates if name and name in before]
    if known:
        return max(known, key=len)
    for tail in reversed([part for part in _ESTATE_CUT.split(before) if part]):
        tail = _COUNT_LAST.sub("", _ESTATE_JUNK.sub("", tail)).strip("-— ")
        if _ESTATE.fullmatch(tail) and not _IN_HOSPITAL.search(tail):
            return tail
    return None


def _person(after: str) -> str | None:
    found = _PERSON.search(after[:24])
    if not found:
        return None
    return _NAME_JUNK.sub("", re.sub(r"^.*的", "", found.group("p"))) or None


def _villager(code: str) -> str | None:
    found = _VILLAGE.match(code)
    return found[1] if found else None
