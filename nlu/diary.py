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
from nlu.visit_names import estate_in, person_in, villager
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
_ONLY_JOINS = re.compile(r"[\s、,，和跟与及/&＋+]*(?:还有)?[\s、,，]*")
_APPROACH = re.compile(r"(?:[去到上从给跟和在访]|去了?趟|看[了望过]?|[敲陪走见]了|见到)$")
# What leads up to a list of doors where somebody has been.
_ROUND = re.compile(
    r"(?:走访|入户|上门|摸排|扫楼|爬楼|巡访|跑|走|看|访|问|去|来过|电话)[^。\n]{0,14}[：:。，,\n]|"
    r"[一二两三四五六七八九十几\d]+户[^。\n]{0,8}[：:。，,\n]"
)
# Named in talk of another door, of whoever lives there or of what is wrong between them.
_BY_THE_WAY = re.compile(r"[说讲嫌怪骂找吵告跟被叫让]|楼[上下]|隔壁|对[门面]|投诉|反映|漏到|借")
# 煤球是303的: a thing, and nobody was there.
_OF_THEIRS = re.compile(r"(?:是|的是|师傅.{0,4}到了?)$")
_SENT_THERE = re.compile(
    r"(?:叫|请|让|喊|派|找|联系|带)[^，。]{0,6}(?:师傅|物业|电工|水工|维保|人)[^，。]{0,4}[上去到给]$"
)
# Whoever begins a line with a full door and goes on with no thing of it speaks of its people.
_OF_ITS_PEOPLE = re.compile(
    r"(?!\s*(?:的(?!是|人|业|孩|老|阿|大|小|租)|那边|门口|报|反映|业主[，,]|[和跟、]|$))"
    r"(?!.*(?:水管|管道|下水|马桶|地漏|电梯|路灯|楼道|门禁|空调|阳台|窗|墙|噪|装修|井盖|[爆漏裂塌堵臭吵断]|不通|没水)).{4,}"
)


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
    text: str, estates: tuple[str, ...] = (), *, here: bool = False, several: bool = False, cared: Sequence[Cared] = ()
) -> tuple[Visit, ...]:
    """Every visit that a line tells of, tagged (#走访 3-2-402 王奶奶血压偏高) or in plain words (刚从1202唐奶奶家出来):
    a round (101好，102没人) has several. None of visits still to be made, and none without a household or firm.
    `here`: the talk is in one stair, so that 402 alone is a door; `several`: of several estates. `cared`: who may be
    named without a door."""
    text = text.strip()
    head = _TAG.match(text)
    body = text[head.end() :] if head else text
    if "【" in text[:2]:
        return ()
    found = _to_doors(body, _doors(body, cared), estates, tagged=bool(head), here=here, several=several)
    if found or PLAN.search(text):
        return found
    return _to_firms(body, tagged=bool(head))


def _to_firms(body: str, *, tagged: bool) -> tuple[Visit, ...]:
    names = firms_in(body, tagged=tagged)
    if not names:
        return ()
    if len(names) == 1:
        person = person_in(body[:60][body.find(names[0]) + len(names[0]) :])
        return (Visit(names[0], "enterprise", body.strip("：: "), None, person, tagged, wish(body), went=True),)
    starts = [body.find(name) for name in names]
    notes = [body[a:b].strip("：:，,。；;、 ") for a, b in zip(starts, [*starts[1:], len(body)], strict=True)]
    return tuple(
        Visit(name, "enterprise", note, None, person_in(note[len(name) :]), tagged, wish(note), went=True)
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
    body: str, doors: Sequence[Door], estates: tuple[str, ...], *, tagged: bool, here: bool, several: bool
) -> tuple[Visit, ...]:
    if not doors:
        return ()
    pieces = _pieces(body, doors)
    opening = signs_of([c for a, b in spans(body[: doors[0].start]) if told(c := body[a:b])])
    found: dict[str, Visit] = {}
    estate = None
    people = [piece.door.person or _whose(piece) for piece in pieces]
    heard = [
        _tells(piece, opening, who, many=len(pieces) > 1, here=here) for piece, who in zip(pieces, people, strict=True)
    ]
    round_ = any(heard) or _ROUND.search(body[: doors[0].start]) is not None
    for at, piece in enumerate(pieces):
        code, before = piece.door.code, piece.before
        estate = (estate_in(before, estates, several=several) if code.count("-") > 0 else None) or (
            estate_in(body[: doors[0].start], estates, several=several) if at == 0 else estate
        )
        person = people[at]
        piece_tagged = tagged and (at == 0 or piece.signs.of_people() or piece.signs.wish)
        if not piece_tagged and not heard[at] and not (round_ and len(pieces) > 1 and _on_the_list(piece, here=here)):
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
        # What leads up to a list (今天走河东新村：) is not said of its first door.
        start = max(starts[at], *(body.rfind(colon, 0, door.start) + 1 for colon in "：:"))
        parts = [body[max(a, start) : min(b, end)] for a, b in cuts if a < end and b > start]
        tells = [part for part in parts if told(part)]
        signs = found[-1].signs if joined else signs_of(tells)
        own = bool(parts) and told(parts[0])
        found.append(_Piece(door, before, after, signs, found[-1].told if joined else own))
    return found[::-1]


def _whose(piece: _Piece) -> str | None:
    return person_in(piece.after) or person_in(piece.before) or villager(piece.door.code)


def _on_the_list(piece: _Piece, *, here: bool) -> bool:
    """A door that heads its clause in a line which tells of a round: he was there too, whatever he found."""
    if piece.door.doubtful or not (piece.told and (piece.door.whole or here)) or _BY_THE_WAY.search(piece.before):
        return False
    return not (piece.signs.works or piece.signs.papers or MENDERS.search(piece.after))


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
    if (not piece.told and not contact) or _OF_THEIRS.search(piece.before) or _SENT_THERE.search(piece.before):
        return False
    if not (door.whole or here or person or many):
        return contact and signs.of_people() and not works and not door.doubtful
    if door.doubtful:
        return contact and signs.of_people() and not works
    if works:
        near = contact or ((door.whole or here) and not MENDERS.search(piece.after))
        return near and bool(person or signs.life) and (signs.okay or signs.life > 1 or bool(person and signs.life))
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
