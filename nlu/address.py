"""A line known to be an address (a form's field, a letter's heading): its building, unit, floor and room.

Talk is read by nlu/place.py, which doubts every figure; here each is some part, and parts come in falling order.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from nlu.numbers import ZH, number

Part: TypeAlias = Literal["building", "unit", "floor", "room", "number", "bare", "name"]

# In this order: of 号楼 and 号, the longer is meant.
_WORDS: tuple[tuple[Part, str], ...] = (
    ("building", r"号楼|号[幢栋]|[幢栋橦憧撞檐](?:楼)?|#楼|座|排|单体楼"),
    ("room", r"号?(?:房间|室|窒|房)|号(?:店面|店铺|商铺|铺|门店|门面|网点|办公室)|档口?|户"),
    (
        "unit",
        r"单[元圆园源]?(?!位)|门洞|号门洞|梯|(?<=\d)门(?=\d)|(?<=[一二三四五六七八九])门(?=[一二三四五六七八九\d])",
    ),
    ("unit", r"(?<=[区楼层期][\d一二三四五六七八九])街(?=\d{3})|(?<=\d\d)街(?=\d{3})"),
    ("floor", r"楼|层|f(?![a-z])"),
    ("name", r"号(?:门(?!面)|院|桥|线|路|街|地块|库|仓库|厂房|大街|机库|公馆|高速|公路|码头|井|口)"),
    ("number", r"号"),
    ("name", r"[一-龥]"),
)
_KINDS = "|".join(f"(?P<{kind}{at}>{words})" for at, (kind, words) in enumerate(_WORDS))
_TOKEN = re.compile(
    rf"(?<![a-z0-9.])第?(?P<low>负|地下|-(?=[1-5][楼层f]))?"
    rf"(?P<said>[a-z]{{0,2}}\d+(?:[a-eg-z](?![a-z0-9])|(?![a-eg-z0-9]))|[a-z](?![a-z0-9])|[{ZH}]+)(?:{_KINDS})?"
)
_JOIN = re.compile(r"\s*(?:[-_/#、.—~－]+|\s)?\s*|[,，]\s?")
_ROAD = re.compile(r"(?:路|街|大道|道|巷|胡同|弄|段|线|条|横|村|组|队|屯|庄|镇|乡|社区|[东西南北]侧|环|桥|头)\s*$")
_LANE = re.compile(r"弄\s*$")
_HOMES = re.compile(r"(?:[苑园城庭湾厦墅邸府居寓里坊郡都场轩阁区楼幢号期\-_ ]|公馆|花苑|大院)$")
_STALLS = re.compile(r"[场城厦馆]$")


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    part: Part
    said: str
    """As written, below ground with B before it: "501", "a", "b1", "三"."""
    joined: bool
    """It stands right after the token before it, with no more than a dash or a blank between."""


def address_parts(folded: str) -> dict[str, str]:
    """The parts named in an address: any of building, unit, floor, room; figures as text, letters as capitals.

    `folded` is the address in one way of writing (nlu/normalize.py). The number of a house in a road (中山路12号) is
    none of the four; that in a lane (832弄125号) is the building.
    """
    slots: dict[str, str] = {}
    sure: set[str] = set()
    tokens = list(_tokens(folded))
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.part == "bare":
            row = 1
            while at + row < len(tokens) and tokens[at + row].part == "bare" and tokens[at + row].joined:
                row += 1
            after = tokens[at + row] if at + row < len(tokens) and tokens[at + row].joined else None
            _take_row(folded, tokens[at : at + row], after, slots)
            at += row
            continue
        at += 1
        if token.part == "name":
            continue
        part: str = token.part
        if part == "number":
            part = _numbered(folded, token, slots)
        elif part == "building" and "building" in sure:
            part = "unit"
        elif part == "building" or part not in slots:
            sure.add(part)
            slots[part] = token.said
        if part and part not in slots:
            slots[part] = token.said
    return {part: _value(said, part) for part, said in slots.items()}


def _tokens(text: str) -> Iterator[_Token]:
    ended = -1
    for match in _TOKEN.finditer(text):
        kind = next((name for name in match.groupdict() if name not in ("low", "said") and match[name]), "bare")
        part: Part = kind.rstrip("0123456789")  # type: ignore[assignment]
        said, end = match["said"], match.end()
        if part == "name" and len(match[kind]) == 1:
            end = match.end("said")  # 501张先生: the character belongs to what follows
            part = "bare" if said[-1].isdigit() and _leans(text, match.start(), ended) else "name"
        if part == "bare" and not _can_stand_bare(said, text, match.start(), ended):
            part = "name"
        if part != "name" and said.isdecimal() and len(said) > 5:
            part = "name"
        if part == "room" and text[match.start("said") : end].endswith("户") and len(said) < 3:
            part = "name"
        low = "b" if match["low"] and part == "floor" else ""
        yield _Token(match.start(), end, part, low + said, _leans(text, match.start(), ended))
        ended = end if part != "name" else -1


def _leans(text: str, start: int, ended: int) -> bool:
    return ended >= 0 and bool(_JOIN.fullmatch(text[ended:start]))


def _can_stand_bare(said: str, text: str, start: int, ended: int) -> bool:
    """Figures can; numerals in characters are mostly names (三里), unless they follow a part and are long."""
    if any(char.isdigit() and char.isascii() for char in said):
        return True
    if said.isascii():
        return text[start + 1 : start + 2] in ("-", "_", "#") or _leans(text, start, ended)
    return len(said) >= 3 and _leans(text, start, ended)


def _numbered(text: str, token: _Token, slots: dict[str, str]) -> str:
    """Which part a number with 号 is; "" for the number of a house in a road."""
    before = text[: token.start]
    if not slots:
        if _LANE.search(before):
            return "building"
        if _ROAD.search(before):
            return ""
        if len(token.said) >= 3 and _STALLS.search(before):
            return "room"
        return "building" if len(token.said) < 4 and _HOMES.search(before) else ""
    return "unit" if len(token.said) < 3 and not {"floor", "unit"} & set(slots) else "room"


def _take_row(text: str, row: list[_Token], after: _Token | None, slots: dict[str, str]) -> None:
    """Bare figures in a row, in falling order; what follows with a word of its own (3-2单元) closes the row."""
    said = [token.said for token in row]
    if not slots and not row[0].joined and _ROAD.search(text[: row[0].start]) and len(row) < 3:
        return
    closing = after.part if after else None
    if closing == "number" and not slots and not _HOMES.search(text[: row[0].start]):
        return
    names = ["building", "unit", "room"]
    if "building" in slots:
        names.remove("building")
    if "unit" in slots or "floor" in slots:
        names = ["room"]
    if closing in ("building", "unit", "floor", "room"):
        names = [name for name in names if name != closing and not (closing == "unit" and name == "room")]
        if closing == "building":
            return
    long = [len(re.sub(r"\D", "", one)) >= 3 for one in said]
    if not names:
        return
    if len(said) > len(names):
        said = said[-len(names) :]
    elif closing not in ("unit", "floor", "room") and len(said) < len(names) and long[-1]:
        for name, one in zip(names, said[:-1], strict=False):
            slots.setdefault(name, one)
        slots.setdefault("room", said[-1])
        return
    for name, one in zip(names, said, strict=False):
        slots.setdefault(name, one)


def _value(said: str, part: str) -> str:
    below = part == "floor" and said.startswith("b") and len(said) > 1
    value = number(said[1:] if below else said)
    return f"B{value}" if below and value is not None else str(value) if value is not None else said.upper()
