"""The answer to the morning list: 都好, 除了201, 都好，就陈奶奶没接电话, 请假."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from domain.visits import Cared
from nlu.cared import meant_in
from nlu.numbers import in_digits
from nlu.visit_signs import ABSENT


@dataclass(frozen=True, slots=True)
class ContactsAnswer:
    """Everybody was contacted, save the doors named; or `away` today. `unclear`: somebody was not, and it is not said
    who."""

    all_well: bool
    except_for: tuple[str, ...] = ()
    away: bool = False
    unclear: bool = False


_WELL = (
    r"(?:都|全|全部|大家都?|每户都?|一切)"
    r"(?:已?联系(?:过|好|上)?了?|好|好的|好着|平安|正常|走过了|看过了|走了)\s*[了的呢啦呀]?"
)
_OTHERS = r"(?:其[他它余]的?[人户]?|别的)"
_ALL_WELL = re.compile(rf"^\s*(?:今天)?(?P<others>{_OTHERS})?{_WELL}(?=$|[^\w?？]|除)")
_OTHERS_WELL = re.compile(rf"[，,。；;\s]+{_OTHERS}{_WELL}[^\w?？]*$")
_EXCEPT = re.compile(r"^\s*(?:今天)?(?:除了|除|就差|只差|差|还差|还有|缺|没联系上|漏了)")
_ROOM = re.compile(r"(?<!\d)(?:(?:[A-Za-z]\d{0,2}[-—－]|\d{1,3}[-—－]\d{1,2}[-—－])\d{2,4}|\d{3,4})(?!\d)")
# What may stand beside the doors, where nothing is told but who is left.
_BESIDE = re.compile(
    rf"其[他它余]的?[人户]?|别的|{_WELL}|没(?:有)?(?:联系上?|打通?|接|人|应|在家?|开门?)+|不在家?|不接|电话|手机|打?不通|"
    r"关机|停机|空号|(?:明[天早]|后天|下午|晚上|晚点|回头)再(?:去|打|联系|看)|在家|\d+(?:幢|栋|号楼|单元)|以?外|还有|和|跟|[了的这那就户家号室\d]"
)
# Somebody is left after all (都好，就201没人; 都联系过了，陈奶奶明天再打).
_LEFT = re.compile(
    rf"{ABSENT.pattern}|除|差(?!不多)|缺(?=\s*\d)|漏了(?=\s*\S)|没(?:有)?(?:联系|打|接|通|回|去|看|走|跑|敲|找|问(?!题))|"
    r"(?:联系|打|接|敲)不|不[接通应回]|关机|停机|空号|无人|还没|未[接联通开]|"
    r"(?:明[天早晚]|后天|下午|晚上|晚点|待会|等会|回头|改天)[^，。]{0,6}[再去打补看]|再[去打联]"
)
_AWAY = re.compile(r"^\s*(?:今天)?(?:我)?(?:请假|休息|不在|调休|出差)(?:了|一天)?\s*[。.!！]?\s*$")


def parse_contacts_answer(text: str, cared: Sequence[Cared] = ()) -> ContactsAnswer | None:
    """ "都好" → all were contacted; "除了201", "都好，陈奶奶没接" → all but those, named by room or, of `cared`, by
    name; "请假" → away. None when it is no such answer."""
    if _AWAY.match(text):
        return ContactsAnswer(all_well=False, away=True)
    well = _ALL_WELL.match(text)
    if well is not None:
        rest = text[well.end() :]
        if _LEFT.search(rest) is None and well["others"] is None:
            return ContactsAnswer(all_well=True)
        left = _doors(rest, cared)
        return ContactsAnswer(all_well=bool(left), except_for=left, unclear=not left)
    others = _OTHERS_WELL.search(text)
    if others is not None:
        before = text[: others.start()]
        left = _doors(before, cared)
        if left and _LEFT.search(before) and not _told_beside(before, cared):
            return ContactsAnswer(all_well=True, except_for=left)
    found = _EXCEPT.match(text)
    if found is None:
        return None
    rest = text[found.end() :]
    left = _doors(rest, cared)
    # 还有201漏水 tells something else.
    return ContactsAnswer(all_well=True, except_for=left) if left and not _told_beside(rest, cared) else None


def _doors(rest: str, cared: Sequence[Cared]) -> tuple[str, ...]:
    rooms = [re.sub(r"[—－]", "-", room) for room in _ROOM.findall(in_digits(unicodedata.normalize("NFKC", rest)))]
    named = [one.door for _, _, fitting in meant_in(rest, cared) for one in fitting]
    return tuple(dict.fromkeys([*rooms, *named]))


def _told_beside(rest: str, cared: Sequence[Cared]) -> bool:
    for start, end, _ in sorted(meant_in(rest, cared), key=lambda one: one[0], reverse=True):
        rest = f"{rest[:start]} {rest[end:]}"
    rest = _ROOM.sub("", in_digits(unicodedata.normalize("NFKC", rest)))
    return re.search(r"\w", _BESIDE.sub("", rest)) is not None
