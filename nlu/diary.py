"""A visit told in a worker's own words: which household or firm, who, and what was asked for or promised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from domain.archive import is_whole
from domain.visits import Cared
from nlu.cared import people_in
from nlu.clauses import clauses
from nlu.departed import Gone, gone
from nlu.doors import Door, doors_in, houses_in
from nlu.firms import firms_in
from nlu.visit_names import estate_after, estate_in, person_in, villager
from nlu.visit_pieces import APPROACH, NOWHERE, ONLY_JOINS, ROUND, Piece, Setting, on_the_list, pieces_of, tells
from nlu.visit_signs import Signs, nobody_met, signs_of, spans, told
from nlu.visit_words import HAZARD, MENDED, PLAN, SETTLED, WISH


@dataclass(frozen=True, slots=True)
class Visit:
    """`household` is building-unit-room as far as it was said ("1403" alone is completed by the group's own place),
    or the firm's name. `tagged`: the writer said 走访 himself. `wish`: the words in which something is asked for.
    `went`: he says that he was there or rang. `choices`: the doors of those who may be meant by a name. `unmet`:
    nobody opened, and nothing tells how they are. `gone`: she is said to be gone, which is no visit made either."""

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
    gone: Gone | None = None


_TAG = re.compile(
    r"^\s*(?:#\s*|【(?=[^】]{0,4}(?:日记|走访)】))?(?:(?:今天|上午|下午)?(?:走访|探访|回访|看望|慰问)(?:了|过)?(?P<firm>企业|商户|店铺|门店)|(?:今天|上午|下午)?访企|"
    r"(?:今天|上午|下午)?[跑查访走](?:企业|商户|店铺|沿街)|走访(?:日记|记录|情况)?|入户走访|"
    r"入户|民情日记|日记|上门(?:走访|看望)?|走企业?|"
    r"探访|探望|家访|回访|慰问)(?:】|了|到|：|:|\s|(?=[^，。]))"
)

_PROMISE = re.compile(r"我(?:陪|带|领|想着)|急着")
_KEEPER_SPOKE = re.compile(r"(?:老板娘?|店主|店长|厂长|经理)(?:说|讲|在)")


def wish(text: str) -> str | None:
    """The clauses in which somebody wants something that has not been seen to yet; None where nobody does."""
    wanted = [clause for clause in clauses(text) if WISH.search(clause)]
    if not wanted:
        return None
    settled = [clause for clause in clauses(text) if SETTLED.search(clause)]
    open_ones = [clause for clause in wanted if clause not in settled]
    if not open_ones or (settled and clauses(text).index(settled[-1]) > clauses(text).index(open_ones[-1])):
        return None
    return "，".join(_with_matter(open_ones, clauses(text)))


def _with_matter(open_ones: list[str], told_there: Sequence[str]) -> list[str]:
    """A promise (我陪他补) stands for the trouble told before it (医保卡丢了)."""
    first = told_there.index(open_ones[0])
    return [told_there[first - 1], *open_ones] if first and _PROMISE.match(open_ones[0]) else open_ones


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
    text: str, estates: tuple[str, ...] = (), *, setting: Setting = NOWHERE, cared: Sequence[Cared] = ()
) -> tuple[Visit, ...]:
    """Every visit that a line tells of, tagged (#走访 3-2-402 王奶奶血压偏高) or in plain words (刚从1202唐奶奶家出来):
    a round (101好，102没人) has several. None of visits still to be made, and none without a household or firm.
    `cared`: who may be named without a door."""
    text = text.strip()
    head = _TAG.match(text)
    body = text[head.end() :] if head else text
    if "【" in body[:2]:
        return ()
    found = _to_doors(body, _doors(body, setting, cared), estates, setting, tagged=bool(head))
    if found:
        return found + _beside_doors(body, setting)
    return () if _planned(text) else _to_firms(body, tagged=bool(head), firm=bool(head and head["firm"]))


def _beside_doors(body: str, setting: Setting) -> tuple[Visit, ...]:
    """The firms that later sentences of a round tell of (2-1-301跟一位租客聊；还有景剑商行，老板说电价的事)."""
    parts = [part.strip() for part in re.split(r"[；;。\n]", body)[1:]]
    told_of = [part for part in parts if part and not _written(part, setting) and not _planned(part)]
    return tuple(visit for part in told_of for visit in _to_firms(part, tagged=False))


def _planned(text: str) -> bool:
    """Still to be made; but who tells what the owner said was there (下午去鑫达五金，老板说)."""
    return PLAN.search(text) is not None and _KEEPER_SPOKE.search(text) is None


def _to_firms(body: str, *, tagged: bool, firm: bool = False) -> tuple[Visit, ...]:
    """`firm`: he says that it is one (走访企业…)."""
    names = firms_in(body, tagged=tagged, firm=firm)
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


def _written(body: str, setting: Setting) -> tuple[Door, ...]:
    return houses_in(body) if setting.village else doors_in(body, setting.building)


def _doors(body: str, setting: Setting, cared: Sequence[Cared]) -> tuple[Door, ...]:
    """Those written, and those of people named in sentences that name no door."""
    written = _written(body, setting)
    if not cared:
        return written
    # Beside a door a name says who lives there, or what is told there of others.
    named = [one for one in people_in(body, cared) if not any(_one_sentence(body, one, door) for door in written)]
    return tuple(sorted([*written, *named], key=lambda door: door.start))


def _one_sentence(body: str, one: Door, other: Door) -> bool:
    first, second = sorted((one.start, other.start))
    return not re.search(r"[；;。\n]", body[first:second])


def _to_doors(
    body: str, doors: Sequence[Door], estates: tuple[str, ...], setting: Setting, *, tagged: bool
) -> tuple[Visit, ...]:
    if not doors:
        return ()
    pieces = pieces_of(body, doors)
    opening = signs_of([c for a, b in spans(body[: doors[0].start]) if told(c := body[a:b])])
    found: dict[str, Visit] = {}
    # Said at the end of a line, it is of all its doors.
    estate, last = None, estate_after(body[body.rfind("，") :])
    people = [piece.door.person or _whose(piece) for piece in pieces]
    left = [_gone(piece, opening, who) for piece, who in zip(pieces, people, strict=True)]
    heard = [
        (away is not None and piece.told) or tells(piece, opening, who, many=len(pieces) > 1, here=setting.here)
        for piece, who, away in zip(pieces, people, left, strict=True)
    ]
    counted = len(pieces) > 1 and ROUND.search(body[: doors[0].start]) is not None
    several = len(pieces) > 1 and (any(heard) or counted)
    for at, piece in enumerate(pieces):
        code, before = piece.door.code, piece.before
        estate = (
            estate_in(before, estates, several=setting.several) if is_whole(code) or setting.village else None
        ) or (estate_in(body[: doors[0].start], estates, several=setting.several) if at == 0 else estate)
        estate = estate or estate_after(piece.after) or last
        person = people[at]
        piece_tagged = tagged and (at == 0 or piece.signs.of_people() or piece.signs.wish)
        listed = (several or (setting.on_round and len(piece.after) > 3)) and on_the_list(
            piece, setting, person, counted=counted
        )
        if not (piece_tagged or heard[at] or listed):
            continue
        note = body if len(pieces) == 1 else f"{piece.door.person or ''}{_words_about(pieces, at)}"
        note = note.strip("：:，,。；;、 ")
        if code in found:
            old = found[code]
            note = f"{old.note}，{note}"
            unmet = old.unmet and nobody_met(note, piece.signs)
            found[code] = replace(old, note=note, wish=wish(note), unmet=unmet or left[at] is not None, gone=left[at])
            continue
        went = piece.signs.contact or opening.contact or bool(APPROACH.search(before))
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
            left[at] is not None or nobody_met(note, piece.signs),
            left[at],
        )
    return tuple(found.values())


def _gone(piece: Piece, opening: Signs, person: str | None) -> Gone | None:
    """Only of a person, named by himself or right behind his door; a round (走访：王奶奶走了) lists whom he saw."""
    after = piece.after.strip()
    if piece.door.person is None:
        if person is None or not after.startswith(person):
            return None
        after = after.removeprefix(person)
    return gone(after, piece.before) if not opening.contact else None


def _whose(piece: Piece) -> str | None:
    return person_in(piece.after) or person_in(piece.before) or villager(piece.door.code)


def _words_about(pieces: Sequence[Piece], at: int) -> str:
    """The words of a piece; of a row of doors (201、202都好) those that follow the last."""
    while at + 1 < len(pieces) and ONLY_JOINS.fullmatch(pieces[at].after + pieces[at + 1].before):
        at += 1
    return pieces[at].before + pieces[at].after
