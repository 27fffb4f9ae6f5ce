"""The page's words in the language that its reader chose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from domain.reading import Where
from handlers.reasons import in_words
from handlers.texts import has, say
from storage.playground import Member

_STRETCHES = ("estate", "building", "unit", "floor", "room", "place")


@dataclass(frozen=True, slots=True)
class Words:
    """Texts of handlers/texts/*/playground.py, and times in the district's timezone."""

    language: str
    tz: ZoneInfo

    def __call__(self, key: str, **params: object) -> str:
        return say(f"playground.{key}", self.language, **params)

    def time(self, at: datetime) -> str:
        return at.astimezone(self.tz).strftime("%H:%M")

    def day(self, at: datetime) -> str:
        local = at.astimezone(self.tz)
        month, weekday = self("months").split()[local.month - 1], self("weekdays").split()[local.weekday()]
        return self("day", month=month, day=local.day, weekday=weekday)

    def role(self, member: Member) -> str:
        """What somebody is, in a word or two; what the sample says of him comes first, in Chinese."""
        if member.label and (self.language == "zh-CN" or member.role == "resident"):
            return member.label
        return self(f"role.{member.role}")

    def reason(self, mark: str) -> str:
        """Why a line was heard so: the listener's marks in words, then what the reader saw in it."""
        return self(f"why.{mark}") if has(f"playground.why.{mark}") else in_words(mark, self.language)

    def place(self, where: Where) -> str:
        """A place as people say it."""
        parts = []
        for name in _STRETCHES:
            text = getattr(where, name)
            if text and (text[-1:] in "组队社" or (name == "room" and where.house)):
                parts.append(text)
            elif text:
                parts.append(self("room_number" if name == "room" else name, text=text))
        return ("" if self.language == "zh-CN" else ", ").join(parts)
