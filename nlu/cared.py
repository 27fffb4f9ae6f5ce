"""People known by name alone: whom a worker means by 王奶奶, 老周 or 王秀英 among those he looks after."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from domain.visits import Cared
from nlu.doors import Door
from nlu.shops import TRADE

_WOMAN = r"奶奶|婆婆|阿婆|大妈|大娘|嬷嬷|孃孃|嬢嬢|娭毑|阿姨|婶|姨|嫂|姐|女士|姥姥|师母|妈"
_MAN = r"爷爷|大爷|大伯|伯伯?|叔叔?|阿公|公公|大叔|爹爹?|嗲|哥|先生|姥爷|老爷子"
_TITLE = re.compile(rf"(?P<s>[一-鿿])(?:(?P<w>{_WOMAN})|(?P<m>{_MAN}))|[老小](?P<s2>[一-鿿])")
_IS_WOMAN, _IS_MAN = re.compile(_WOMAN), re.compile(_MAN)
_A_SHOP = re.compile(rf"[一-鿿]{{0,2}}?(?:{TRADE})")
# 老人, 小孩 and the like are nobody's name.
_NO_NAME = frozenset("人太头年家两伴师板子旧是有了的在小孩区时店组朋伙姑学女男事心明声")


def people_in(text: str, cared: Sequence[Cared]) -> tuple[Door, ...]:
    """The doors of the people named, each at its first mention; where two fit, both as `choices`."""
    found: dict[tuple[str, ...], Door] = {}
    for start, end, fitting in meant_in(text, cared):
        said = text[start:end]
        doors = {one.where: one for one in fitting}
        one = fitting[0]
        choices = tuple(doors) if len(doors) > 1 else ()
        door = Door(start, end, one.door if not choices else said, whole=True, person=said, choices=choices)
        if not any(old.start < end and start < old.end for old in found.values()):
            found.setdefault(tuple(doors), door)
    return tuple(sorted(found.values(), key=lambda door: door.start))


def meant_in(text: str, cared: Sequence[Cared]) -> Iterator[tuple[int, int, list[Cared]]]:
    """Where somebody is named, and all whom that may mean; the full name and the short one may both be found."""
    for name in dict.fromkeys(name for one in cared for name in (one.name, one.called) if len(name) > 1):
        at = text.find(name)
        if at >= 0 and not _A_SHOP.match(text, at + len(name)):
            yield at, at + len(name), [one for one in cared if name in (one.name, one.called)]
    for said in _TITLE.finditer(text):
        surname = said["s"] or said["s2"]
        if surname in _NO_NAME or _A_SHOP.match(text, said.end()):
            continue
        fitting = [one for one in cared if one.name.startswith(surname) and _may_be(one, said)]
        if fitting:
            yield said.start(), said.end(), fitting


def _may_be(one: Cared, said: re.Match[str]) -> bool:
    """王叔 is not her whom everybody calls 王奶奶."""
    if said["w"]:
        return not _IS_MAN.search(one.called)
    if said["m"]:
        return not _IS_WOMAN.search(one.called)
    return not one.called  # 老王 is hardly the one whom everybody calls 王奶奶
