"""When somebody asks for leave: 明天, 从周三起三天, 5月12日-5月14日, 下周一到周三, 下午半天, 一周, 到周五."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from domain.leaves import Half
from nlu.numbers import in_digits


@dataclass(frozen=True, slots=True)
class LeaveAsked:
    """From `first` on (None: from today), to `last` or for so many days or weeks; `half`: "some" where it is not said
    which. `by_number`: 3日, the day of the month, which somebody may say who means three days."""

    first: date | None = None
    last: date | None = None
    days: int | None = None
    weeks: int | None = None
    half: Half | Literal["some"] | None = None
    by_number: int | None = None


_LEAD = r"(?:从|自|我|们|要|想|得|需要|就|也|先|再|那|本人|打算|准备|[,，:：\s])*"
_WEEK = r"(?:周|星期|礼拜)"
_DAY = (
    rf"今[天日早]|明[天日早儿]|大?后[天日]|(?:这个?|本|下下?个?)?{_WEEK}[1-7日天]|"
    r"20\d\d[-./年]\d{1,2}[-./月]\d{1,2}[日号]?|\d{1,2}月\d{1,2}[日号]?|\d{1,2}[./]\d{1,2}[日号]?(?!\d|天|个)|"
    r"\d{1,2}[日号](?![楼院门])"
)
_TO = r"\s*(?:到|至|[-–—~～－]+|、|和|跟)\s*"
_HALVES: dict[str, Half] = {"上午": "morning", "早上": "morning", "下午": "afternoon", "午后": "afternoon"}
_HALF = "|".join(_HALVES)
_LONG = rf"(?:请|休)?(?P<n>\d{{1,2}})\s*个?\s*(?:(?P<days>整?天|days?)|{_WEEK}|weeks?)(?![\d天])"
_WHEN = re.compile(
    rf"{_LEAD}(?:(?P<pair>[今明][明后][2]?天)|(?P<week>(?:这个?|本|下下?个?){_WEEK})(?![1-7日天末])|"
    rf"(?P<end>(?:这个?|本|下个?)?周末)|"
    rf"(?:(?P<first>{_DAY}|\d{{1,2}}(?={_TO}\d{{1,2}}[日号]))(?:{_TO}(?P<last>{_DAY}|\d{{1,2}}(?![\d天个]))|"
    rf"(?P<next>{_WEEK}[1-7日天]))?|"
    rf"(?:到|至)(?P<until>{_DAY}))?"
    rf"\s*(?:起|开始|以后|那天|当天)?\s*[,，]?\s*(?P<half>{_HALF})?(?P<some>半天)?(?:全天|1?整天)?"
    rf"\s*[,，]?\s*(?:{_LONG})?(?P<behind>{_HALF})?)(?:我|要|想|得|也|(?:家里|临时)?有点?事情?)*",
    re.IGNORECASE,
)
# The words for it; who rests or is out without a word of himself may be one of those visited.
_ASKED = re.compile(
    r"请个?假|请(?P<long>半天|\d{1,2}\s*个?(?:天|周|星期|礼拜))的?假|调休|休年?假|年休假?|"
    r"(?P<plain>休息|出差|不在(?!家)|不上班|不来上班)"
)
_TAIL = re.compile(r"(?:[一1]下|[了吧哈啊呢哦哟。.!！\s])+$")
# 明天不请假了, 取消明天的请假; 明天回来上班.
_OFF = re.compile(
    r"(?P<day>.+?)的?(?:假不[请休]|不(?:用|再)?请假|(?:请假|休假|假)(?:取消|作废|不要))|"
    r"(?:取消|撤销|销掉?)(?P<of>.+?)的?(?:请假|休假|假)"
)
_RETURNS = re.compile(r"(?P<day>.+?)(?:就|可以|能|我)*(?:回来上班|回来|回岗|上班|到岗)")
# What cannot follow where it is asked for: 请假3天的流程, 请假1天扣多少钱.
_NOT_ASKED = re.compile(r"[的吗么可能行算扣怎多有是几]")
_LONGEST = timedelta(days=190)
_FILLER = re.compile(rf"{_LEAD}(?:今[天日])?(?:我|要|想|得|也|(?:家里|临时)?有点?事情?)*$")


def leave_in(words: str, today: date) -> LeaveAsked | None:
    """What the words behind 请假 say of when, without the reasons after it; None where they begin with nothing of the
    kind, or with a day that there is not."""
    found = _said(words)
    return _read(found, today) if found is not None else None


def says_when(words: str) -> bool:
    """Whether they begin with a day or a length."""
    return _said(words) is not None


def asks_leave(clause: str) -> str | None:
    """我明天下午请假: the words that say when ("" for today), None where it is no such thing."""
    text = _TAIL.sub("", _folded(clause))
    found = _ASKED.search(text)
    if found is None:
        return None
    before, after = text[: found.start()], text[found.end() :]
    when = f"{before}{found['long'] or ''}{after}"
    whole = _WHEN.fullmatch(when)
    says = whole is not None and _any(whole)
    if not says and _FILLER.match(when) is None:
        return None
    if found["plain"] and "我" not in before and not (whole is not None and _names_day(whole)):
        return None
    return when if says else ""


def calls_off(clause: str) -> str | None:
    """明天不请假了: the words that say which day's leave is off; None where no day is said."""
    return _day_said(_OFF, clause)


def comes_back(clause: str) -> str | None:
    """明天回来上班: the words that say on which day he is back; None where no day is said."""
    return _day_said(_RETURNS, clause)


def _day_said(pattern: re.Pattern[str], clause: str) -> str | None:
    found = pattern.fullmatch(_TAIL.sub("", _folded(clause)))
    if found is None:
        return None
    said = next(one for one in found.groups() if one is not None)
    when = _WHEN.fullmatch(said)
    return said if when is not None and _names_day(when) else None


def _folded(text: str) -> str:
    return in_digits(unicodedata.normalize("NFKC", text).replace("两", "二")).strip()


def _any(found: re.Match[str]) -> bool:
    return any(found.groupdict().values())


def _names_day(found: re.Match[str]) -> bool:
    return any(found[name] for name in ("pair", "week", "end", "first", "until"))


def _said(words: str) -> re.Match[str] | None:
    text = _folded(words)
    found = _WHEN.match(text)
    if found is None or not _any(found) or _NOT_ASKED.match(text, found.end()):
        return None
    return found


def _read(found: re.Match[str], today: date) -> LeaveAsked | None:
    if found["pair"]:
        begins = today + timedelta(days="今明".index(found["pair"][0]))
        return LeaveAsked(begins, begins + timedelta(days=1))
    if found["week"] or found["end"]:
        monday = _monday(found["week"] or found["end"], today)
        if found["end"]:
            return LeaveAsked(max(monday + timedelta(days=5), today), monday + timedelta(days=6))
        return LeaveAsked(max(monday, today), monday + timedelta(days=6))
    said = found["half"] or found["behind"]
    half: Half | Literal["some"] | None = _HALVES[said] if said else "some" if found["some"] else None
    # 5月12日周二 is one day, 周三周四 are two.
    to = found["last"] or found["until"] or (found["next"] if re.search(_WEEK, found["first"] or "") else None)
    first = _day(found["first"], today, today) if found["first"] else None
    last = _day(to, today, first or today) if to else None
    if (found["first"] and first is None) or (to and (last is None or not _follows(last, first or today))):
        return None
    count = int(found["n"]) if found["n"] else None
    days, weeks = (count, None) if found["days"] else (None, count)
    number = re.fullmatch(r"(\d{1,2})日", found["first"] or "") if last is None and count is None else None
    return LeaveAsked(first, last, days, weeks, half, int(number[1]) if number else None)


def _follows(last: date, first: date) -> bool:
    """12月31日到1月3日, but not 3月12日到3月10日 of the next year."""
    return timedelta(0) <= last - first <= _LONGEST


def _monday(said: str, today: date) -> date:
    return today - timedelta(days=today.weekday()) + timedelta(weeks=said.count("下"))


def _day(said: str, today: date, after: date) -> date | None:
    """The day that is meant, not before `after`; None where there is none such."""
    for words, ahead in (("今", 0), ("明", 1), ("大后", 3), ("后", 2)):
        if said.startswith(words):
            return today + timedelta(days=ahead)
    numbers = [int(one) for one in re.findall(r"\d+", said)]
    if re.search(_WEEK, said):
        weekday = numbers[0] - 1 if numbers else 6
        if said[0] in "这本下":
            return _monday(said, today) + timedelta(days=weekday)
        return after + timedelta(days=(weekday - after.weekday()) % 7)
    if len(numbers) == 3:
        return _date(*numbers)
    if len(numbers) == 2:
        here = _date(after.year, *numbers)
        return here if here is not None and here >= after else _date(after.year + 1, *numbers)
    here = _date(after.year, after.month, numbers[0])
    following = (after.replace(day=1) + timedelta(days=32)).replace(day=1)
    return here if here is not None and here >= after else _date(following.year, following.month, numbers[0])


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
