"""What was copied out of a WeChat group: who said what, and when, in any of the usual layouts. Nothing is dropped.

张三 10月8日 晚上7:12 / 电梯又停了 · 张三: / 电梯又停了 · 张三：电梯又停了 · a merged forward with its title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

# The longest name that is taken for one; WeChat allows 16 in a group's nickname, firms write longer ones.
NAME = 20
_DAY = (
    r"(?:\d{4}\s?[年/.-]\s?\d{1,2}\s?[月/.-]\s?\d{1,2}(?:\s?日)?|\d{1,2}\s?月\s?\d{1,2}\s?日|\d{1,2}[/-]\d{1,2}|"
    r"今天|昨天|前天|(?:星期|周)[一二三四五六日天])"
)
_PART = r"(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|[AaPp][Mm])"
_CLOCK = rf"{_PART}?\s?\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?(?:\s?[AaPp][Mm])?"
_STAMP = rf"(?:{_DAY}\s{{0,3}}T?{_CLOCK}|{_CLOCK}|{_DAY})"
_NAME = rf"[^\s:：，。！？,!?；;、\[\]【】][^:：，。！？,!?；;\n\[\]【】]{{0,{NAME - 1}}}?"
_ONLY_STAMP = re.compile(rf"[\[(（【—\-\s]*(?P<stamp>{_STAMP})[\])）】—\-\s]*")
_NAME_STAMP = re.compile(
    rf"(?P<name>{_NAME})\s{{1,4}}[\[(（]?(?P<stamp>(?:{_DAY}\s{{0,3}})?{_CLOCK})[\])）]?(?:\s*[:：]\s*(?P<rest>.*)|\s*)"
)
# Without a colon only a whole date makes what follows a name: "19:12 电梯停了" is talk.
_STAMP_NAME = re.compile(
    rf"[\[(（【]?(?P<stamp>(?:{_DAY}\s{{0,3}})?{_CLOCK})[\])）】]?\s{{1,4}}(?P<name>{_NAME})\s*[:：]\s*(?P<rest>.*)|"
    rf"[\[(（【]?(?P<date>\d{{4}}[年/.-]\d{{1,2}}[月/.-]\d{{1,2}}日?\s{{1,3}}{_CLOCK})[\])）】]?\s{{1,4}}(?P<who>{_NAME})\s*"
)
_NAME_COLON = re.compile(rf"(?P<name>{_NAME})\s?[:：](?!//|\d\d(?!\d))\s*(?P<rest>.*)")
_TITLE = re.compile(r".{0,40}(?:的)?聊天记录[:：]?|以下(?:为|是).{0,12}(?:消息|聊天|记录)[:：]?|[-—–=_*·.\s]{2,}")
# What stands before a colon in a form, not in talk.
_LABEL = re.compile(
    r"(?:详细)?(?:地点|地址|位置|时间|日期|电话|手机|手机号|联系电话|联系方式|事项|内容|情况|诉求|问题|联系人|姓名|住址|备注|标题|"
    r"主题|附|注|原因|结果|要求|微信|通知|公告|提醒|温馨提示|紧急|急|求助|反映|报修|投诉|建议|比如|例如|另外|还有|其中|"
    r"代报|回复|答|问)"
)
_MARK = re.compile(
    r"\[(?:图片|照片|视频|语音|动画表情|表情|文件|链接|位置|小程序|音乐|名片|红包|聊天记录|视频号)\](?:\s?\d{1,3}[\"'″”秒]+)?"
)
_PICTURE = re.compile(r"\[(?:图片|照片|视频)\]")
_PLAIN_NAME = re.compile(r"[^\s:：，。！？,!?；;、\[\]]{1,16}")


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One thing said: the name as typed ("" where none stood there), the time as typed, the words with their marks."""

    name: str
    stamp: str
    text: str

    @property
    def words(self) -> str:
        """The words without [图片] and the like."""
        return _MARK.sub(" ", self.text).strip()

    @property
    def photo(self) -> bool:
        return _PICTURE.search(self.text) is not None


@dataclass(frozen=True, slots=True)
class Pasted:
    """`aside` are titles and lines of dashes; `stamped` how many lines had a time beside the name, `named` how many a
    name at all."""

    lines: tuple[PastedLine, ...]
    aside: tuple[str, ...]
    stamped: int
    named: int

    @property
    def certain(self) -> bool:
        """Nobody writes so by hand: a time beside a name, or several names."""
        return self.stamped > 0 or self.named > 1


@dataclass(slots=True)
class _Page:
    """What has been read so far."""

    lines: list[tuple[str, str, list[str]]]
    aside: list[str]
    stamp: str = ""
    stamped: int = 0
    named: int = 0
    open: bool = False  # whether what follows belongs to the last name

    def begin(self, name: str, stamp: str, rest: str) -> None:
        self.stamped += bool(stamp)
        self.named += 1
        self.lines.append((name, stamp or self.stamp, [rest] if rest else []))
        self.open = True

    def go_on(self, text: str) -> None:
        if self.open:
            self.lines[-1][2].append(text)
        else:
            self.lines.append(("", self.stamp, [text]))


def read_pasted(text: str) -> Pasted:
    """The lines of a paste in their order; whatever is written, every word of it is in one of them or in `aside`."""
    page = _Page([], [])
    rows = [row.strip() for row in re.split(r"[\r\n\u2028]+", text)]
    rows = [row for row in rows if row]
    skip = False
    for row, after in zip(rows, [*rows, ""][1:], strict=True):
        if skip:
            skip = False
            continue
        only = _ONLY_STAMP.fullmatch(row)
        if _TITLE.fullmatch(row) and not page.open:
            page.aside.append(row)
        elif only is not None:
            page.stamp, page.open = only["stamp"], False
            page.aside.append(row)
        elif _PLAIN_NAME.fullmatch(row) and (next_stamp := _ONLY_STAMP.fullmatch(after)) is not None:
            page.begin(row, next_stamp["stamp"], "")
            skip = True
        else:
            _row(page, row)
    lines = tuple(PastedLine(name, stamp, "\n".join(words)) for name, stamp, words in page.lines)
    return Pasted(lines, tuple(page.aside), page.stamped, page.named)


def _row(page: _Page, row: str) -> None:
    found = _STAMP_NAME.fullmatch(row)
    if found is not None and _is_name(found["name"] or found["who"]):
        page.begin(
            (found["name"] or found["who"]).strip(), found["stamp"] or found["date"], (found["rest"] or "").strip()
        )
        return
    found = _NAME_STAMP.fullmatch(row)
    if found is not None and _is_name(found["name"]):
        page.begin(found["name"].strip(), found["stamp"], (found["rest"] or "").strip())
        return
    found = _NAME_COLON.fullmatch(row)
    if found is not None and _is_name(found["name"]):
        page.begin(found["name"].strip(), "", found["rest"].strip())
        return
    page.go_on(row)


def _is_name(text: str) -> bool:
    name = text.strip()
    if not name or _LABEL.fullmatch(name) or name.lower() in ("http", "https"):
        return False
    # 3-2 and 19 are no names; 3-2-501 王芳 and 138****1234 may be, in a group where people are called so.
    return any(one.isalpha() for one in name) or len(name) >= 5


def said_at(stamp: str, now: datetime) -> datetime | None:
    """When that was, in the zone of `now` and never after it; None where no clock is given or it is no time."""
    clock = re.search(r"(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?", stamp)
    if clock is None:
        return None
    hour, minute, second = int(clock[1]), int(clock[2]), int(clock[3] or 0)
    if (
        re.search(r"下午|傍晚|晚上|夜里|中午|[Pp][Mm]", stamp)
        and 1 <= hour < 12
        and not ("中午" in stamp and hour > 10)
    ):
        hour += 12
    elif re.search(r"凌晨|[Aa][Mm]", stamp) and hour == 12:
        hour = 0
    try:
        day = _day(stamp[: clock.start()], now)
        found = day.replace(hour=hour, minute=minute, second=second, microsecond=0)
        if found > now and re.search(r"\d\s?月|\d[/-]\d", stamp) and not re.search(r"\d{4}", stamp):
            found = found.replace(year=found.year - 1)
    except ValueError:
        return None
    return found if found <= now else None


def _day(text: str, now: datetime) -> datetime:
    full = re.search(r"(\d{4})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})", text)
    if full is not None:
        return now.replace(year=int(full[1]), month=int(full[2]), day=int(full[3]))
    part = re.search(r"(\d{1,2})\s?[月/-]\s?(\d{1,2})", text)
    if part is not None:
        return now.replace(month=int(part[1]), day=int(part[2]))
    if "昨天" in text:
        return now - timedelta(days=1)
    if "前天" in text:
        return now - timedelta(days=2)
    weekday = re.search(r"(?:星期|周)([一二三四五六日天])", text)
    if weekday is not None:
        index = "一二三四五六日天".index(weekday[1]) % 7 if weekday[1] != "天" else 6
        return now - timedelta(days=(now.weekday() - index) % 7)
    return now
