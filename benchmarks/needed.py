"""`python -m benchmarks.needed`: writes nlu/tables/needed.txt, the characters that the patterns of each sieve cannot do
without, read from the patterns themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from math import fsum
from re import _constants as op  # type: ignore[attr-defined]  # Python has no public parser of patterns
from re import _parser as parser  # type: ignore[attr-defined]  # nor types for this one
from typing import Any, TypeAlias

from handlers.listening.weigh import SAID
from nlu.danger import SIGHTS
from nlu.people import TAGS
from nlu.sieve import SETS, TABLE, Sieve, Way, mark
from nlu.signs import SIEVE as SIGNS
from nlu.spots import PLACES
from nlu.urgency import ALARMS, SAYINGS

SIEVES: tuple[Sieve, ...] = (SIGHTS, ALARMS, SAYINGS, SIGNS, TAGS, PLACES, SAID)
# The commonest characters of chat, the commonest first; all others are taken for as rare as the one at RARE.
_COMMON = (
    "了的我一不个上在家人来下有是子里天楼没那到门水说电要都小车老着去三大就好还口开面两们道地点看头把打十出得过能走业今他谁这手房年孩公给"
    "边区请半梯二物管你机换路晚1被外修自台也问放吗么用发装进后多哪回停现儿几单收工时位掉五灯想会起窗师0气保板块2生快已全月别社墙昨夜只住"
    "以花前钱关动早从户拿话间带可费又行四分叫空报次往3火八明场跟倒经找傅中接六学箱新隔吃条妈让事对烟己证号店见居顶洗交心周元声成知雨线"
    "主排拉壁刚卡先防屋断送阳像底谢做东太包听买转室幢漏风菜器百办午跑班锁每安高直站贴院和调卖通同女完衣长金消帮身坐白租怎表味清样什改压"
)
RARE = 500
# A larger set of characters is hardly ever missed in a text.
MOST = 80
_RANKS = {char: rank for rank, char in reversed(list(enumerate(_COMMON)))}
_Need: TypeAlias = list[frozenset[str]]


def _weight(chars: Iterable[str]) -> float:
    """How often a line holds one of them, about: the n-th common character is in 3.5 / (n + 8) of the lines."""
    return fsum(3.5 / (_RANKS.get(char, RARE) + 8) for char in chars)


def ways(pattern: re.Pattern[str]) -> tuple[Way, ...]:
    """The ways in which the pattern can match, each with up to SETS sets of characters of which one must stand in the
    text; a way without any can match everything."""
    if pattern.flags & re.IGNORECASE:
        return ((),)
    return tuple(dict.fromkeys(_ways(list(parser.parse(pattern.pattern)))))


def _ways(tree: list[tuple[Any, Any]]) -> list[Way]:
    """One way for a part of a pattern, or where that part is a choice, or has one and needs nothing beside it, those of
    each branch."""
    needed = _need(tree)
    for at, (kind, of) in enumerate(tree):
        inner = _inside(kind, of)
        choice = inner[0] if len(inner) == 1 else (kind, of)
        if choice[0] is op.BRANCH and (len(tree) == 1 or not needed):
            return [way for branch in choice[1][1] for way in _ways([*tree[:at], *branch, *tree[at + 1 :]])]
    return [tuple("".join(sorted(chars)) for chars in needed[:SETS])]


def _inside(kind: Any, of: Any) -> list[tuple[Any, Any]]:
    return list(of[3]) if kind is op.SUBPATTERN and not of[1] & re.IGNORECASE else []


def _need(tree: Iterable[tuple[Any, Any]]) -> _Need:
    """Sets of characters, of each of which the text holds one wherever this part of a pattern matches; the one that is
    rarest in texts first, none that contains another."""
    found: _Need = []
    for kind, of in tree:
        found += _of_one(kind, of)
    kept: _Need = []
    for chars in sorted(found, key=lambda chars: (_weight(chars), sorted(chars))):
        if not any(other <= chars for other in kept):
            kept.append(chars)
    return kept


def _of_one(kind: Any, of: Any) -> _Need:
    if kind is op.LITERAL:
        return _told([of])
    if kind is op.IN:
        return _told(_members(of))
    if kind is op.BRANCH:
        return _either([_need(branch) for branch in of[1]])
    if kind is op.SUBPATTERN:
        return [] if of[1] & re.IGNORECASE else _need(of[3])
    if kind is op.ATOMIC_GROUP:
        return _need(of)
    if kind in (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT) and of[0] > 0:
        return _need(of[2])
    if kind is op.ASSERT:
        return _need(of[1])
    return []  # whatever need not be there, or may be anything


def _members(of: Sequence[tuple[Any, Any]]) -> list[int]:
    """The characters of a class; none where it has too many to be missed, or says which it does not have."""
    codes: list[int] = []
    for kind, what in of:
        if kind is op.LITERAL:
            codes.append(what)
        elif kind is op.RANGE and what[1] - what[0] < MOST:
            codes += range(what[0], what[1] + 1)
        else:
            return []
    return codes


def _told(codes: Sequence[int]) -> _Need:
    chars = frozenset(map(chr, codes))
    # Blanks part the sets and the ways in the table.
    return [chars] if 0 < len(chars) <= MOST and not any(char.isspace() for char in chars) else []


def _either(branches: list[_Need]) -> _Need:
    """Of several branches one matches: their rarest sets together, and their next ones."""
    if not all(branches):
        return []
    rows = [[need[min(place, len(need) - 1)] for need in branches] for place in range(SETS)]
    joined = [frozenset().union(*row) for row in rows]
    return [chars for chars in joined if len(chars) <= MOST]


def table(sieves: Iterable[Sieve]) -> str:
    """One line for each pattern that can be ruled out: its mark, then its ways, each in a column of its own."""
    rows = {}
    for sieve in sieves:
        for _, pattern in sieve.patterns:
            if all(found := ways(pattern)):
                rows[mark(pattern.pattern)] = "\t".join(" ".join(way) for way in found)
    return "".join(f"{name}\t{row}\n" for name, row in sorted(rows.items()))


def main() -> None:
    TABLE.write_text(table(SIEVES), encoding="utf-8")


if __name__ == "__main__":
    main()
