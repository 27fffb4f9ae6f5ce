"""When: the time as said (昨晚八点半, 从上周六开始, 三天了) and what instant that was, against the message's own date.

Days and hours are the district's (Asia/Shanghai unless told otherwise); the answer is aware UTC.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

from domain.reading import When
from nlu.numbers import ZH, number

SHANGHAI = ZoneInfo("Asia/Shanghai")
_NUM = rf"(?:\d{{1,4}}|[{ZH}两几]{{1,4}})"
_PART = r"凌晨|清晨|大清早|一大早|早上|早晨|上午|中午|午后|下午|傍晚|晚上|夜里|半夜|深夜|今夜"
_DAY = (
    r"大前天|前天|昨天|昨日|今天|今日|今早|今晨|今晚|今夜|昨晚|昨夜|昨早|前晚|前夜|当天|今朝|昨朝|"
    r"(?:上上|上|这|本)(?:个)?(?:周|星期|礼拜)[一二三四五六日天末]|周[一二三四五六日末](?!围)|"
    r"星期[一二三四五六日天]|礼拜[一二三四五六天]|"
    r"(?:上上|上|这|本)(?:个)?(?:周|星期|礼拜|月)(?![一二三四五六日])|"
    r"(?:去年|今年|前年)?(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|"
    r"[一二三四五六七八九十]{1,3})(?:号|日)|(?:\d{1,2}|"
    r"[一二三四五六七八九十廿]{1,3})号(?![楼幢栋门岗线桌口机公\d])"
)
_CLOCK = (
    r"(?:\d{1,2}[:：]\d{2}|(?:\d{1,2}|[一二三四五六七八九十两]{1,3})点(?:钟|半|[一三]刻|\d{1,2}分?|"
    r"[一二三四五]?十[一二三四五六七八九]?分?|多|左右)?)"
)
POINT = re.compile(
    rf"(?=[从自打大前昨今当上这本周星礼去凌清早中午下傍晚夜半深两廿一二三四五六七八九十\d])(?P<from>从|"
    rf"自从?|打)?(?P<day>{_DAY})?(?P<part>{_PART})?(?P<clock>{_CLOCK})?(?P<since>开始|起|到现在|至今|"
    rf"以来)?"
)
# One of these stands in every day, part of the day and hour of the clock.
_TIMELY = re.compile(r"[天日早晨晚夜朝周期拜月号午点:：]")
JUST = re.compile(r"刚刚|刚才|方才|就在刚|现在|此刻|这会儿|正在|眼下")
AGO = re.compile(
    rf"(?P<n>{_NUM}|半)(?P<half>个半)?个?(?P<unit>分钟|小时|钟头|天|夜|晚上|周|星期|礼拜|月|"
    rf"年)(?P<tail>前|以前|之前|多?了|来|没)"
)
_WEEKDAYS = {char: index for index, char in enumerate("一二三四五六日")} | {"天": 6, "末": 5}
_HOURS = {
    "凌晨": 2, "清晨": 6, "大清早": 6, "一大早": 6, "早上": 7, "早晨": 7, "上午": 9, "中午": 12, "午后": 14, "下午": 14,
    "傍晚": 18, "晚上": 20, "夜里": 22, "半夜": 0, "深夜": 23, "今夜": 22,
}  # fmt: skip
_LATE = ("下午", "傍晚", "晚上", "夜里", "午后", "今晚", "昨晚", "前晚", "今夜", "昨夜", "前夜", "深夜")
_STEPS = {
    "分钟": timedelta(minutes=1), "小时": timedelta(hours=1), "钟头": timedelta(hours=1), "天": timedelta(days=1),
    "夜": timedelta(days=1), "晚上": timedelta(days=1), "周": timedelta(weeks=1), "星期": timedelta(weeks=1),
    "礼拜": timedelta(weeks=1), "月": timedelta(days=30), "年": timedelta(days=365),
}  # fmt: skip


def when(folded: str, text: str, sent_at: datetime | None, zone: tzinfo = SHANGHAI) -> When | None:
    """The first time said in the text; `start` only where `sent_at` is known and the words fix an instant."""
    local = sent_at.astimezone(zone) if sent_at else None
    for match in POINT.finditer(folded) if _TIMELY.search(folded) else ():
        if not (match["day"] or match["part"] or match["clock"]):
            continue
        if match["clock"] and not (match["day"] or match["part"]) and not _is_clock(folded, match):
            continue
        said = text[match.start() : match.end()]
        return When(said, _point(match, local, zone) if local else None)
    if ago := AGO.search(folded):
        start = _ago(ago, sent_at) if sent_at else None
        return When(text[ago.start() : ago.end()], start)
    if just := JUST.search(folded):
        return When(text[just.start() : just.end()], sent_at.astimezone(UTC) if sent_at else None)
    return None


def _is_clock(text: str, match: re.Match[str]) -> bool:
    """一点 and 两点 are more often "a little" than an hour; 8点 and 六点半 are hours."""
    said = match["clock"]
    if ":" in said or "：" in said:
        return True
    hour = number(said.split("点")[0])
    bare = said.endswith("点")
    return hour is not None and hour <= 24 and not (bare and hour <= 3 and not said[0].isdigit())


def _ago(match: re.Match[str], sent_at: datetime) -> datetime | None:
    if match["unit"] == "年":
        return None
    if match["n"] in ("半",):
        count = 0.5
    elif "几" in match["n"]:
        return None
    else:
        value = number(match["n"])
        if value is None or value > 1000:
            return None
        count = value + (0.5 if match["half"] else 0)
    return (sent_at - _STEPS[match["unit"]] * count).astimezone(UTC)


def _point(match: re.Match[str], local: datetime, zone: tzinfo) -> datetime | None:
    day_said, part, clock = match["day"] or "", match["part"] or "", match["clock"]
    day = _day(day_said, local.date()) if day_said else local.date()
    if day is None:
        return None
    late = any(word in day_said + part for word in _LATE)
    hour, minute = _clock(clock, late, part or day_said) if clock else (_hour(day_said, part), 0)
    if hour is None:
        return None
    if hour >= 24:
        day, hour = day + timedelta(days=1), hour - 24
    try:
        found = datetime.combine(day, time(hour, minute), zone)
    except ValueError:
        return None
    if not day_said and found > local + timedelta(hours=1):
        found -= timedelta(days=1)
    return found.astimezone(UTC)


def _hour(day_said: str, part: str) -> int:
    if part:
        return _HOURS.get(part, 0)
    if day_said.endswith(("晚", "夜")):
        return 20
    return 7 if day_said.endswith(("早", "晨", "朝")) and day_said != "今朝" else 0


def _clock(said: str, late: bool, part: str) -> tuple[int | None, int]:
    hours, _, rest = re.sub("[:：]", "点", said).partition("点")
    hour = number(hours)
    if hour is None or hour > 24:
        return None, 0
    minute = {"半": 30, "一刻": 15, "三刻": 45}.get(rest, number(rest.rstrip("分")) or 0)
    if (late and 1 <= hour < 12 and not (hour < 5 and "下午" not in part and "午后" not in part)) or (
        "中午" in part and hour < 3
    ):
        hour += 12
    elif (late and hour in (12, 0)) or (late and hour < 5):
        hour = hour % 12 + 24  # 晚上十二点 and 昨夜两点 belong to the night that follows that day
    elif part in ("半夜", "凌晨") and hour == 12:
        hour = 0
    return hour, min(minute, 59)


def _day(said: str, today: date) -> date | None:
    for words, back in (("大前", 3), ("前天", 2), ("前晚", 2), ("前夜", 2), ("昨", 1), ("今", 0), ("当天", 0)):
        if said.startswith(words) and not said.startswith("今年"):
            return today - timedelta(days=back)
    if match := re.match(r"(上上|上|这|本)?个?(?:周|星期|礼拜)([一二三四五六日天末])?$", said):
        monday = today - timedelta(days=today.weekday())
        monday -= timedelta(weeks={"上上": 2, "上": 1}.get(match[1] or "", 0))
        if match[2] is None:
            return monday
        day = monday + timedelta(days=_WEEKDAYS[match[2]])
        return day if match[1] or day <= today else day - timedelta(weeks=1)
    if match := re.match(r"(上上|上|这|本)个?月$", said):
        first = today.replace(day=1)
        for _ in range({"上上": 2, "上": 1}.get(match[1], 0)):
            first = (first - timedelta(days=1)).replace(day=1)
        return first
    if match := re.match(rf"(去年|今年|前年)?(?:({_NUM})月)?({_NUM})[号日]$", said):
        month = number(match[2]) if match[2] else today.month
        return _date(today, {"去年": -1, "前年": -2}.get(match[1] or "", 0), month, number(match[3]), bool(match[2]))
    return None


def _date(today: date, years: int, month: int | None, day: int | None, month_said: bool) -> date | None:
    try:
        found = date(today.year + years, month or 0, day or 0)
    except ValueError:
        return None
    if found > today and not years:
        if month_said:
            return (
                found.replace(year=found.year - 1) if (found - today).days > 180 and (month, day) != (2, 29) else found
            )
        if found - today > timedelta(days=15):
            return (found.replace(day=1) - timedelta(days=1)).replace(day=min(found.day, 28))
    return found
