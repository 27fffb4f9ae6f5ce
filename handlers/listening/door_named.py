"""Of which ticket a worker's words name the door: 803的拉完了, 3幢的我带电工, 9-2电梯恢复."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from domain.listening import Known
from domain.reading import Where
from handlers.listening.alikeness import told_alike
from handlers.listening.places import home_in_name
from handlers.listening.window import Window
from nlu.normalize import fold
from nlu.place import where as read_where

_ONE_AFTER_THE_OTHER = re.compile(r"[、和跟，。；;,!！?？ ]")
_CALLED = re.compile(r"@\S+")
TOGETHER = re.compile(
    r"两(?!个人)[个件边处样盏台头家户桩扇部层辆]|都(?!别|不|先|要|小心|注意|留|到)|分别|各|一起|和|、"
)
_SHARED = 0.3
_MOST = 3  # doors: who names more tells of a round


@lru_cache(maxsize=4096)
def door_in(text: str) -> Where | None:
    """The building or the room in the words, if one is named."""
    text = _CALLED.sub("", text)
    said = read_where(fold(text), text)
    return said if said.building or said.room else None


def doors_in(text: str) -> list[Where]:
    """All of them, one after the other (六栋、十九栋我都记下)."""
    found = [door for part in _ONE_AFTER_THE_OTHER.split(text) if (door := door_in(part)) is not None]
    return found if len(found) <= _MOST else []


def is_there(view: Window, door: Where, ticket: Known) -> bool:
    """The ticket was told of that door, or by whoever lives behind it."""
    name = next((old.name for old in view.scene.recent if old.speaker == ticket.reporter), "")
    if door.building:
        lives = next((home_in_name(old) for old in view.scene.recent if old.speaker == ticket.reporter), None)
        if door.building != (ticket.where.building or lives):
            return False
        if door.unit and ticket.where.unit and door.unit != ticket.where.unit:
            return False
    if not door.room or door.room == ticket.where.room:
        return True
    number = re.compile(rf"(?<!\d){re.escape(door.room)}(?!\d)")
    return any(number.search(text) for text in (name, *ticket.texts))


def meant_by_door(view: Window, text: str, tickets: Iterable[Known]) -> Known | None:
    """The only one of the tickets whose door the words name."""
    door = door_in(text)
    if door is None:
        return None
    there = [ticket for ticket in tickets if is_there(view, door, ticket)]
    return there[0] if len(there) == 1 else None


def meant_together(view: Window, tickets: list[Known]) -> list[Known]:
    """Of a line that says itself that it is for several (六栋、十九栋我都记下; 石板和货车都归我) those that it
    means: by their doors, or by what the words share with each of them and with no other."""
    if not TOGETHER.search(view.text) or len(tickets) < 2:
        return []
    doors = set(doors_in(view.text))
    there = [t for t in tickets if any(is_there(view, door, t) for door in doors)]
    if len(there) == len(doors) > 1:
        return there
    alike = told_alike(view, view.text, tickets)
    shared = [
        ticket
        for ticket, marks in zip(tickets, alike, strict=True)
        if marks["pieces"] > 0 and marks["rare shared"] >= _SHARED
    ]
    return shared if len(shared) > 1 else []
