"""In private somebody complains of those who would handle his matters: a matter of its own, which they do not read."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.listening import Heard, Opens
from domain.tickets import Against
from handlers.deeds import privacy
from handlers.listening.details import summary, told_where
from handlers.listening.opening import join
from handlers.listening.rating import verdict
from handlers.listening.window import Window

_COMPLAINS = re.compile(r"(?:投诉|举报)")
_DOES_NOT = re.compile(r"(?:不是|不想|不要|不用|没想|没有|别|不)(?:要|想|去|来)?(?:投诉|举报)")
_OF_IT = re.compile(r"怎么?样|如何|进展|结果|处理.?[没吗]|算了")
_NATURES = frozenset({"投诉", "举报"})


def denounces(view: Window) -> Heard | None:
    """One more line about what he reported before it never is, but of the same complaint: whoever handles that would
    read who complains of him. Where a fault is told it stays a repair (灯没人修，物业不接电话)."""
    line, reading = view.line, view.line.reading
    if not line.private or reading.category not in (None, "complaint") or _DOES_NOT.search(line.text):
        return None
    if reading.category is None and reading.nature not in _NATURES and not _COMPLAINS.search(line.text):
        return None
    whom = _whom(line.text)
    if whom is None:
        return None
    made = [one for one in view.tickets.values() if view.mine(one) and one.category == "complaint"]
    made = [one for one in made if _whom(" ".join(one.texts)) == whom]
    # Of what he complained of already he may say that it is good, or needed no more.
    if made and (heard := verdict(replace(view, tickets={one.id: one for one in made}))) is not None:
        return heard
    live = view.live()
    if going_on := next((one for one in made if one in live), None):
        return Heard((join(view, going_on, sure=True),), ("还是投诉他的那件事",))
    if made and _OF_IT.search(line.text):
        return None
    where = told_where(view, "complaint")
    step = Opens((line.id,), "complaint", max(reading.urgency, 1), where, summary(line), private=True)
    return Heard((step,), ("私下投诉经办的人，另开一件",))


def _whom(text: str) -> Against | None:
    return privacy.accused(text, "complaint", None)
