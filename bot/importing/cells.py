"""One cell: what somebody wrote into it → the value it stands for, and back. Pure.

A text that a spreadsheet could take for a formula is written with an apostrophe before it, which is taken off again.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Any, Final, cast

from bot.importing.columns import Choices, Column
from domain.archive import HouseholdKey
from domain.errors import Refused
from storage.importing.rows import PersonName

CLEAR: Final = ("-", "－", "—")
_RISKY = "=+-@\t\r\n'"
_NUMBER = re.compile(r"-?\d+")
_ERRORS = {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#GETTING_DATA"}
_BETWEEN = re.compile(r"[、,，;；\n]+")
_VILLAGE = re.compile(r"^[一-鿿]{1,12}?(?=第?(?:[0-9]|[一二三四五六七八九十]{1,3}(?:村民|生产|小)?[组队社]))")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROL_IN_LONG = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]+")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)(?::00)?")
_PERSON = re.compile(r"(?P<name>[^#＃]+?)(?:\s*[#＃](?P<nth>[1-9]\d{0,3}))?(?:\s+(?P<phone>\+?[\d（）() -]{5,24}))?")
_YES = {"是": True, "否": False, "yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}
_DAYS = {
    **{name: day for day, name in enumerate("一二三四五六日", 1)},
    "天": 7,
    **{str(day): day for day in range(1, 8)},
}
_DAY_BEFORE = re.compile(r"^(?:周|星期|礼拜)")
# An Excel number keeps fifteen digits; a longer one has lost its last ones.
_EXACT = 10**15


class BadCell(ValueError):
    """What is wrong with a cell: the key of a text, and what fills it in."""

    def __init__(self, what: str, **params: Any) -> None:
        super().__init__(what)
        self.what, self.params = what, params


class _Left:
    """An empty cell: what is there stays as it is."""


LEFT: Final = _Left()


def read(column: Column, raw: object) -> Any:
    """The value of a cell: LEFT where it is empty, None where it clears. Raises BadCell."""
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        if column.needed:
            raise BadCell("needed")
        return LEFT
    if column.kind == "date" and isinstance(raw, date):
        return raw.date() if isinstance(raw, datetime) else raw
    if column.kind == "time" and isinstance(raw, time | datetime):
        return time(raw.hour, raw.minute)
    said = _said(raw)
    if said in CLEAR:
        if not column.clears:
            raise BadCell("cannot_clear")
        return None
    said = safe_off(said)
    if column.kind == "long":
        said = _CONTROL_IN_LONG.sub(" ", said.replace("\r\n", "\n").replace("\r", "\n")).strip()
    else:
        said = _CONTROL.sub(" ", said).strip()
    if len(said) > column.longest:
        raise BadCell("too_long", longest=column.longest)
    return _READ[column.kind](column, said)


def _said(raw: object) -> str:
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, int | float):
        if abs(raw) >= _EXACT:
            raise BadCell("long_number")
        return str(int(raw)) if raw == int(raw) else str(raw)
    if isinstance(raw, date | time):
        raise BadCell("became_date")
    if not isinstance(raw, str) or raw.startswith("="):
        raise BadCell("formula")
    said = raw.strip(" \u3000\xa0") if raw.startswith("'") else raw.strip()
    if said in _ERRORS:
        raise BadCell("error_value", said=said)
    return said


def safe_on(text: str) -> str:
    """So that no spreadsheet program takes it for a formula; a plain number needs nothing."""
    return f"'{text}" if text[:1] and text[0] in _RISKY and not _NUMBER.fullmatch(text) else text


def safe_off(text: str) -> str:
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in _RISKY else text


def _codes(column: Column, said: str) -> str:
    parts = [part.strip() for part in said.replace("／", "/").strip("/").split("/")]
    if not all(parts) or any(len(part) > 32 for part in parts):
        raise BadCell("bad_codes", said=said)
    return "/".join(parts)


def _door(column: Column, said: str) -> str:
    # 上王村3组12号: whether it is that village the area tells (storage/importing/villages.py).
    for named in ("", *_VILLAGE.findall(said)):
        try:
            return f"{named}{HouseholdKey.parse(said.removeprefix(named))}"
        except Refused:
            continue
    return said


def is_home(said: str) -> bool:
    """Whether a door's cell, as it was read, names a home."""
    for house in (said, _VILLAGE.sub("", said)):
        try:
            return bool(HouseholdKey.parse(house))
        except Refused:
            continue
    return False


def _person(column: Column, said: str) -> PersonName:
    found = _PERSON.fullmatch(said)
    if found is None or (column.kind == "dweller" and found["phone"]):
        raise BadCell("bad_person", said=said)
    phone = plain_phone(found["phone"]) if found["phone"] else None
    return PersonName(found["name"].strip(), int(found["nth"]) if found["nth"] else None, phone)


def plain_phone(said: str) -> str:
    """13800001234, however it was written. Raises BadCell."""
    digits = re.sub(r"[\s()（）-]", "", said)
    digits = re.sub(r"^(?:\+86|0086|86)(?=1\d{10}$)", "", digits)
    if not re.fullmatch(r"\+?\d{5,18}", digits):
        raise BadCell("bad_phone")
    return digits


def _date(column: Column, said: str) -> date:
    found = _DATE.fullmatch(said)
    try:
        if found is not None:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        pass
    raise BadCell("bad_date", said=said)


def _time(column: Column, said: str) -> time:
    found = _TIME.fullmatch(said)
    if found is None:
        raise BadCell("bad_time", said=said)
    return time(int(found[1]), int(found[2]))


def _between(said: str, low: int, high: int) -> int:
    if not re.fullmatch(r"\d{1,4}", said) or not low <= int(said) <= high:
        raise BadCell("bad_number", said=said, low=low, high=high)
    return int(said)


def _yes(column: Column, said: str) -> bool:
    if said.casefold() not in _YES:
        raise BadCell("bad_yes", said=said)
    return _YES[said.casefold()]


def _choice(column: Column, said: str) -> str:
    choices = cast(Choices, column.choices)
    for stored, names in choices.items():
        if said.casefold() in (stored.casefold(), *(name.casefold() for name in names)):
            return stored
    raise BadCell("bad_choice", said=said, choices=choices)


def _several(column: Column, said: str) -> list[str]:
    return list(dict.fromkeys(_choice(column, one) for one in _split(said)))


def _split(said: str) -> list[str]:
    return [one.strip() for one in _BETWEEN.split(said) if one.strip()]


def _weekdays(column: Column, said: str) -> list[int]:
    # 一三五 and 135 stand for themselves.
    several = [one for part in _split(said) for one in _DAY_BEFORE.sub("", part).replace(" ", "")]
    unknown = [one for one in several if one not in _DAYS]
    if unknown:
        raise BadCell("bad_weekday", said=said)
    return sorted({_DAYS[one] for one in several})


_READ = {
    "text": lambda column, said: said,
    "long": lambda column, said: said,
    "codes": _codes,
    "door": _door,
    "person": _person,
    "dweller": _person,
    "phone": lambda column, said: plain_phone(said),
    "date": _date,
    "year": lambda column, said: _between(said, 1900, 2100),
    "day": lambda column, said: _between(said, 1, 31),
    "time": _time,
    "yes": _yes,
    "choice": _choice,
    "several": _several,
    "words": lambda column, said: list(dict.fromkeys(_split(said))),
    "weekdays": _weekdays,
}


def write(column: Column, value: Any, english: bool) -> str | int | None:
    """How a value stands in a cell; numbers and texts only, so that no program reads its own meaning into a date."""
    if value is None or (isinstance(value, list | tuple) and not value):
        return None
    if column.kind in ("year", "day"):
        return int(value)
    if column.kind == "yes":
        return ("yes" if value else "no") if english else ("是" if value else "否")
    if column.kind == "time":
        return f"{value:%H:%M}"
    if column.kind == "choice":
        return _called(column, value, english)
    if column.kind == "several":
        return "、".join(_called(column, one, english) for one in value)
    if column.kind in ("words", "weekdays"):
        return safe_on("、".join(map(str, value)))
    return safe_on(str(value))


def _called(column: Column, value: str, english: bool) -> str:
    names = cast(Choices, column.choices).get(value)
    return names[english] if names is not None else value
