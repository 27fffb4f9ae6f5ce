"""The answer to the morning list: 都好, 除了201, 都好，就陈奶奶没接电话, 都好，陈奶奶血压有点高, 明天请假, 销假."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from domain.visits import Cared
from nlu.cared import meant_in
from nlu.clauses import clauses
from nlu.leave import asks_leave, calls_off, comes_back
from nlu.numbers import in_digits
from nlu.visit_signs import ABSENT


@dataclass(frozen=True, slots=True)
class ContactsAnswer:
    """Everybody was contacted, save the doors named. `unclear`: somebody was not, and it is not said who. `told`: what
    is told beside of those at the doors `told_of`, `remark` what is told beside of nobody at a door. `leave`: the words
    that say when he is away ("": today); `leave_unclear`: they cannot be read. `back`: his leave is over, or that of
    the day `back_on` is off, or with `returns` is over on that day. `only`: the doors reached after all, no others."""

    all_well: bool
    except_for: tuple[str, ...] = ()
    unclear: bool = False
    told: str = ""
    told_of: tuple[str, ...] = ()
    remark: str = ""
    leave: str | None = None
    leave_unclear: bool = False
    back: bool = False
    back_on: str = ""
    returns: bool = False
    only: tuple[str, ...] = ()


_WELL = (
    r"(?:都|全|全部|大家都?|每户都?|一切)"
    r"(?:已?联系(?:过|好|上)?了?|好|好的|好着|平安|正常|走过了|看过了|走了)\s*[了的呢啦呀]?"
)
_OTHERS = r"(?:其[他它余]的?[人户]?|别的)"
_ALL_WELL = re.compile(rf"^\s*(?:今天)?(?P<others>{_OTHERS})?{_WELL}(?=$|[^\w?？]|除)")
_OTHERS_WELL = re.compile(rf"[，,。；;\s]+{_OTHERS}{_WELL}[^\w?？]*$")
_EXCEPT = re.compile(r"^\s*(?:今天)?(?:除了|除|就差|只差|差|还差|还有|缺|没联系上|漏了)")
_ROOM = re.compile(r"(?<!\d)(?:(?:[A-Za-z]\d{0,2}[-—－]|\d{1,3}[-—－]\d{1,2}[-—－])\d{2,4}|\d{3,4})(?!\d)")
# 除了12号, 除了3组5号, 除了12: as villages have them.
_HOUSE = re.compile(r"(?<![\d-])(?:\d{1,2}[组队社])?\d{1,4}(?:-\d{1,2})?号?[甲乙丙丁]?(?![\d点月日个天岁])")
# What may stand beside the doors, where nothing is told but who is left.
_BESIDE = re.compile(
    rf"其[他它余]的?[人户]?|别的|{_WELL}|没(?:有)?(?:联系上?|打通?|接|人|应|在家?|开门?)+|不在家?|不接|电话|手机|打?不通|"
    r"关机|停机|空号|出门|[一直还]直?(?=没|不)|(?:明[天早]|后天|下午|晚上|晚点|回头)再(?:去|打|联系|看)|在家|\d+(?:幢|栋|号楼|单元)|以?外|还有|和|跟|[了的这那就户家号室\d]"
)
# Somebody is left after all (都好，就201没人; 都联系过了，陈奶奶明天再打).
_LEFT = re.compile(
    rf"{ABSENT.pattern}|除|差(?!不多)|缺(?=\s*\d)|漏了(?=\s*\S)|没(?:有)?(?:联系|打|接|通|回|去|看|走|跑|敲|找|问(?!题))|"
    r"(?:联系|打|接|敲)不|不[接通应回]|出门|关机|停机|空号|无人|还没|未[接联通开]|"
    r"(?:明[天早晚]|后天|下午|晚上|晚点|待会|等会|回头|改天)[^，。]{0,6}[再去打补看]|再[去打联]"
)
_AWAY = re.compile(r"^\s*(?:今天)?(?:我)?(?:请假|休息|不在|调休|出差)(?:了|一天)?\s*[。.!！]?\s*$")
# Begins with another day than today, in whatever words.
_LATER = re.compile(
    r"(?:从|自|我|就|要)*(?:今[天日]?[明后]|[明后][天日早儿]|大后天|(?:这个?|本|下下?个?)?(?:周|星期|礼拜)|月[底初]|"
    r"[下上本这]个?月|[一二两三四五六七八九十\d]+\s*(?:月|号|日|$|[-~到/.])|国庆|春节|五一|元旦|清明|端午|中秋|节)"
)
# Why somebody is away is said beside it in a few words.
_REASON = 24
# 我下午去开会, 下午街道培训: what he himself is about to do.
_TIMES = r"今[天晚早]|明[天早]|[上下中]午|晚上|等[下会]儿?|待会儿?|一会儿?|马上|现在|\d{1,2}点半?"
_HIMSELF = re.compile(
    rf"(?:{_TIMES}|我们?|本人|这[边会]儿?)*(?:还|也|就|正|要|得|有个?|需要|先|在|去|到|来|参加|[上回接送打做跑])*"
    r"[^，。]{0,6}(?:开(?:个|着)?会|会议|例会|培训|学习|考试|体检|看病|看牙|挂水|打针|疫苗|值(?:夜)?班|巡[查逻]|办(?:点)?事|"
    r"[接送]孩子|家长会|街道|社区|居委会?|村委会?|镇[上里]|区[里上]|市[里上]|局里|派出所|医院|银行|学校)"
    r"(?:开(?:个)?会|培训|学习|体检|办(?:点)?事|值班|看病|交(?:个)?材料|拿(?:个)?材料)?(?:一下|一趟|去)?[了呢啊]?"
)
_POLITE = re.compile(
    r"(?:大家|您|你|您们|今天|都|也|就|很|非常|太|这样|先|没|一切|情况|身体|的|了|吧|啦|哈|呢|啊|嗯|辛苦|谢谢|感谢|好的?|收到|放心|"
    r"没事|问题|什么|啥|别的|正常|平安|稳定|不错|老人|他们|她们|汇报|完毕|以上|请|我|知道)*"
)
_BACK = re.compile(
    r"(?:今[天日]|我|已经?|现在|提前|先)*(?:销假|(?:请假|休假)(?:取消|作废|结束)|(?:取消|结束)(?:请假|休假)|不(?:用|再)?请假|"
    r"(?:假期?|请假的?)(?:休完|用不[着上]|取消|结束|不请|不休)|休完假|回来上班|回岗|(?<=提前)(?:回来|上班))[了啦啊]*"
)
# 201也联系上了: whoever was left is reached.
_REACHED = re.compile(
    r"(?:[了的那这户家号室，,\s]|也|都|刚刚?|现在|又|后来|今天|已经?|电话|再|我|在家|人|和|跟|、)*(?:联系(?:上|到|过|好)|打通|接(?:通|了)|回(?:我|电话))"
    r"(?:电话)?了?[啦呀啊]*(?:[，,\s]*(?:都|也|一切|很)?(?:没事|没问题|挺?好的?|都好|平安|正常|在家))?了?[啦呀啊。.!！]*"
)
_ANOTHER = re.compile(r"还[有剩差]|另[外有]|[就有][一两几\d]+[户家个]")


def parse_contacts_answer(text: str, cared: Sequence[Cared] = ()) -> ContactsAnswer | None:
    """ "都好" → all were contacted; "除了201", "都好，陈奶奶没接" → all but those, named by room or, of `cared`, by
    name; "请假" → away; "都好，明天请假" → both. None when it is no such answer."""
    if _AWAY.match(text):
        return ContactsAnswer(all_well=False, leave="今天" if "今天" in text else "")
    said = clauses(text)
    if said and all(_BACK.fullmatch(one) for one in said):
        return ContactsAnswer(all_well=False, back=True)
    if len(said) == 1 and (off := calls_off(text)) is not None:
        return ContactsAnswer(all_well=False, back=True, back_on=off)
    if len(said) == 1 and (returns := comes_back(text)) is not None:
        return ContactsAnswer(all_well=False, back=True, back_on=returns, returns=True)
    for one in said:
        leave = asks_leave(one)
        unclear = leave is None and one == said[0] and "请假" in one and _LATER.match(one) is not None
        if leave is None and not unclear:
            continue
        rest = re.sub(rf"[，,。；;\s]*{re.escape(one)}", "", text, count=1)
        answered = _parse_contacts(rest, cared)
        if answered is not None:
            return replace(answered, remark="", leave=leave, leave_unclear=unclear)
        if (one == said[0] or "请假" in one) and (len(said) == 1 or _is_reason(rest, cared)):
            return ContactsAnswer(all_well=False, leave=leave, leave_unclear=unclear)
        return None
    return _parse_contacts(text, cared)


def of_another_day(words: str) -> bool:
    """请假 月底: what follows names a day to come, whichever it is."""
    return _LATER.match(words) is not None


def _is_reason(rest: str, cared: Sequence[Cared]) -> bool:
    return len(rest) <= _REASON and not _doors(rest, cared) and not re.search(r"[?？]|\d", rest)


def _parse_contacts(text: str, cared: Sequence[Cared]) -> ContactsAnswer | None:
    said = clauses(text)
    own = [one for one in said if _HIMSELF.fullmatch(one) and not _doors(one, cared)]
    if not own or len(own) == len(said):
        return _parse_doors(text, cared)
    # Of the doors nothing is told by what he is about to do.
    others = "，".join(one for one in said if one not in own)
    found = _parse_doors(others, cared)
    if found is None or found.unclear:
        return found
    return replace(found, remark="；".join(one for one in (*own, found.remark) if one))


def _parse_doors(text: str, cared: Sequence[Cared]) -> ContactsAnswer | None:
    reached = _doors(text, cared)
    if reached and _REACHED.fullmatch(_without_doors(text, cared).strip()):
        return ContactsAnswer(all_well=True, only=reached)
    well = _ALL_WELL.match(text)
    if well is not None:
        rest = text[well.end() :]
        if well["others"] is not None:
            left = _doors(rest, cared)
            return ContactsAnswer(all_well=bool(left), except_for=left, unclear=not left)
        return _all_well_and(rest, cared)
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


def _all_well_and(rest: str, cared: Sequence[Cared]) -> ContactsAnswer:
    """What follows 都好: who is left after all, and what is told of one or another."""
    someone_left = _LEFT.search(rest) is not None
    left: list[str] = []
    told: list[str] = []
    remarks: list[str] = []
    for about in _by_door(rest, cared):
        beside = _told_beside(about, cared)
        if _LEFT.search(about) or (someone_left and not beside):
            left += _doors(about, cared)
        elif beside and _doors(about, cared):
            told.append(about)
        elif beside and not _POLITE.fullmatch(re.sub(r"\W", "", about)):
            remarks.append(about)
    if someone_left and not left:
        return ContactsAnswer(all_well=False, unclear=True)
    told_of = tuple(dict.fromkeys(door for one in told for door in _doors(one, cared)))
    return ContactsAnswer(
        all_well=True,
        except_for=tuple(dict.fromkeys(left)),
        told="；".join(told),
        told_of=told_of,
        remark="；".join(remarks),
    )


def _by_door(rest: str, cared: Sequence[Cared]) -> list[str]:
    """Its clauses, each that names a door with those after it that name none."""
    found: list[str] = []
    for one in clauses(rest):
        if found and not _doors(one, cared) and not _ANOTHER.match(one):
            found[-1] = f"{found[-1]}，{one}"
        else:
            found.append(one)
    return found


def _doors(rest: str, cared: Sequence[Cared]) -> tuple[str, ...]:
    rooms = [re.sub(r"[—－]", "-", room) for room in _ROOM.findall(in_digits(unicodedata.normalize("NFKC", rest)))]
    if any("号" in one.door for one in cared):
        rooms = [found.group().strip() for found in _HOUSE.finditer(in_digits(unicodedata.normalize("NFKC", rest)))]
    named = [one.door for _, _, fitting in meant_in(rest, cared) for one in fitting]
    return tuple(dict.fromkeys([*rooms, *named]))


def _told_beside(rest: str, cared: Sequence[Cared]) -> bool:
    return re.search(r"\w", _BESIDE.sub("", _without_doors(rest, cared))) is not None


def _without_doors(rest: str, cared: Sequence[Cared]) -> str:
    for start, end, _ in list(meant_in(rest, cared)):
        # As long as before: one name may be found twice.
        rest = f"{rest[:start]}{' ' * (end - start)}{rest[end:]}"
    rest = in_digits(unicodedata.normalize("NFKC", rest))
    return _HOUSE.sub("", rest) if any("号" in one.door for one in cared) else _ROOM.sub("", rest)
