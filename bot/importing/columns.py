"""The sheets of a workbook and their columns: what they are called, what may stand in them, and an example."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from typing import Any, Literal, TypeAlias, cast

from domain.archive import Flag
from domain.people import Role

Kind: TypeAlias = Literal[
    "text", "long", "codes", "door", "person", "dweller", "phone", "date", "year", "day", "time", "yes", "choice",
    "several", "words", "weekdays",
]  # fmt: skip
Words: TypeAlias = tuple[str, str]
# Stored → in Chinese, in English, and how else it may be written.
Choices: TypeAlias = dict[str, tuple[str, ...]]

KINDS: Choices = {
    "district": ("区县", "district"),
    "street": ("街道", "street", "镇", "乡"),
    "community": ("社区", "community", "行政村"),
    "grid": ("网格", "grid"),
    "estate": ("小区", "estate"),
    "village": ("自然村", "village"),
    "building": ("幢", "building"),
    "unit": ("单元", "unit"),
}
# Where there are rooms to be bound (a test holds it beside the doors).
PLATFORMS: Choices = {
    one: (one, one) for one in ("playground", "telegram", "wecom_appchat", "wecom_webhook", "wecom_aibot")
}
TIERS: Choices = {"unit": ("单元", "unit"), "community": ("社区", "community"), "district": ("区县", "district")}
AUDIENCES: Choices = {"residents": ("居民", "residents"), "staff": ("工作人员", "staff")}
DEPARTMENTS: Choices = {
    one: (one, name)
    for one, name in (
        ("职能部门", "office"),
        ("社会组织", "association"),
        ("共建单位", "partner"),
        ("乡贤", "notables"),
        ("志愿者", "volunteers"),
        ("专家团组", "experts"),
    )
}
CATEGORIES: Choices = {
    "public_repair": ("公共维修", "public_repair"),
    "complaint": ("投诉举报", "complaint"),
    "community_report": ("小区报事", "community_report"),
    "home_repair": ("居家维修", "home_repair"),
    "legal_dispute": ("法律纠纷", "legal_dispute"),
    "renovation": ("装修上报", "renovation"),
    "emergency": ("紧急求救", "emergency"),
    "public_security": ("社会治安", "public_security"),
    "consultation": ("咨询求助", "consultation"),
}
ROLES: Choices = {
    str(Role.GRID_WORKER): ("网格员", "grid_worker"),
    str(Role.PROPERTY_DUTY): ("物业值班", "property_duty"),
    str(Role.COMMUNITY_STAFF): ("社区工作人员", "community_staff"),
    str(Role.SECRETARY): ("书记", "secretary"),
    str(Role.DEPARTMENT): ("部门", "department"),
    str(Role.STREET_DUTY): ("街道值班", "street_duty"),
    str(Role.DISTRICT_ADMIN): ("区管理员", "district_admin"),
}
DOORS: Choices = {"resident": ("住户", "home"), "enterprise": ("企业", "firm")}
RHYTHMS: Choices = {"daily": ("每天", "daily"), "weekly": ("每周", "weekly"), "monthly": ("每月", "monthly")}
LANGUAGES: Choices = {"zh-CN": ("中文", "zh-CN"), "en": ("英文", "en")}
FLAGS: Choices = {
    str(flag): (str(flag), name)
    for flag, name in zip(Flag, ("old", "young", "firm", "disabled", "hazard", "alone", "poor", "ill"), strict=True)
}


CHOICES: dict[str, Choices] = {
    "kinds": KINDS,
    "platforms": PLATFORMS,
    "tiers": TIERS,
    "audiences": AUDIENCES,
    "departments": DEPARTMENTS,
    "categories": CATEGORIES,
    "roles": ROLES,
    "doors": DOORS,
    "rhythms": RHYTHMS,
    "languages": LANGUAGES,
    "flags": FLAGS,
}


@dataclass(frozen=True, slots=True)
class Column:
    """`name` in Chinese and English; `longest` in characters; `choices` stored value → what it is called;
    `only_with` keeps it out of an export unless asked for; `clears`: a minus sign empties it."""

    key: str
    name: Words
    kind: Kind
    note: Words
    example: str = ""
    needed: bool = False
    longest: int = 60
    choices: Choices | None = None
    only_with: Literal["", "phones", "health"] = ""
    clears: bool = False
    wide: int = 14


@dataclass(frozen=True, slots=True)
class Sheet:
    key: str
    name: Words
    note: Words
    columns: tuple[Column, ...]
    more: tuple[tuple[str, ...], ...] = ()

    def column(self, key: str) -> Column | None:
        return next((one for one in self.columns if one.key == key), None)


def _words(said: list[str]) -> Words:
    chinese, english = said
    return chinese, english


def _column(said: dict[str, Any]) -> Column:
    choices = CHOICES[said["choices"]] if "choices" in said else None
    return Column(**{**said, "name": _words(said["name"]), "note": _words(said["note"]), "choices": choices})


def _sheets() -> tuple[Sheet, ...]:
    text = files("bot.importing").joinpath("sheets.toml").read_text(encoding="utf-8")
    return tuple(
        Sheet(
            one["key"],
            _words(one["name"]),
            _words(one["note"]),
            tuple(_column(column) for column in one["columns"]),
            tuple(tuple(row) for row in one.get("more", ())),
        )
        for one in cast(list[dict[str, Any]], tomllib.loads(text)["sheets"])
    )


SHEETS: tuple[Sheet, ...] = _sheets()
NOTES: Words = ("说明", "Notes")
# A row that begins so is an example and is not read.
EXAMPLE: Words = ("（例）", "(example)")
