"""Whose flat a report names as the source (楼上803漏水): what its people answer is no second voice."""

from __future__ import annotations

import re

from domain.listening import Known
from handlers.listening.window import Window

PLAIN = 0.6  # of a report: from here on they have a trouble of their own
_ROOM = re.compile(r"(?<!\d)([1-9]\d?)(\d\d)(?!\d)")
_ABOVE = re.compile(r"楼上|顶上|上面|头顶|天花|往下")


def answers_for_himself(view: Window, ticket: Known) -> bool:
    """He is not its reporter, his room (by the name he goes by) is the one told of or the one above the reporter's,
    and he does not plainly tell a trouble of his own."""
    line = view.line
    if view.mine(ticket) or line.reading.confidence >= PLAIN or 3 in (line.reading.urgency, ticket.urgency):
        return False
    mine = _rooms(line.name)
    if not mine:
        return False
    told = " ".join(ticket.texts)
    first = next((old for old in view.scene.recent if old.speaker == ticket.reporter), None)
    if first is not None and first.role != "resident":
        return False
    his = _rooms(first.name) if first is not None else set()
    above = {(floor + 1, door) for floor, door in his} if _ABOVE.search(told) else set()
    return bool(mine & ((_rooms(told) - his) | above))


def _rooms(text: str) -> set[tuple[int, str]]:
    """Floors and doors: 803 is the third door of floor eight."""
    return {(int(floor), door) for floor, door in _ROOM.findall(text)}
