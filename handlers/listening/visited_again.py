"""Whether a later line about a door tells of another call there, which is another entry, or goes on about the first."""

from __future__ import annotations

import re
from datetime import timedelta

from handlers.listening.window import Window
from nlu.diary import Visit
from nlu.visit_signs import ABSENT, CONTACT, MENDERS, PHONE, WORKS, reached, spans, told

_THERE_AGAIN = re.compile(r"又(?:去|来|敲|上|看|跑|走)|回头看")
_MET_AT_LAST = re.compile(
    r"电话[^，。]{0,2}联系上了|补去的|(?:今天|终于|这回|总算)[^，。]{0,3}(?:敲开|开门|肯|联系上|见[到着]|碰[到着])"
)
# Who was heard of hours later (302打通电话了, 402回来了) was called on twice.
_BACK = re.compile(r"(?<![拿带领取])回来了?|打通|打过去|回电话|接了?电话|开门了")
_LATER = timedelta(hours=1)
# Hours after a call whoever tells that he was there or rang made another; unless he adds what he had left
# out, or something was mended there.
_HOURS_LATER = timedelta(hours=2)
_MET = re.compile(r"敲开|开了?门|[碰遇][到见上着]|见[到着]")
_LEFT_OUT = re.compile(r"补[一充上]|还有|第[二三]趟|打来|给我打")
_RANG_US = re.compile(r"回(?:了|过)?(?:个|我)?电话|电话回|打来")


def called_again(view: Window, number: int, before: Visit) -> bool:
    """Another call: met at last, there once more, reached after nobody was in, or called on hours later. Who rang in
    vain and went again made one."""
    text = view.text
    if _MET_AT_LAST.search(text):
        return True
    if _THERE_AGAIN.search(text):
        return not before.unmet
    old = view.old_line(number)
    gap = view.line.sent_at - old.sent_at if old is not None else timedelta()
    if ABSENT.search(before.note):
        if gap >= _LATER:
            return reached(text) or _BACK.search(text) is not None
        return reached(text) and _met(text) and not _RANG_US.search(text)
    mended = WORKS.search(text) or MENDERS.search(text)
    return gap >= _HOURS_LATER and _called(text) and not (mended or _LEFT_OUT.search(text))


def _called(text: str) -> bool:
    """He says that he was there or rang."""
    return any(CONTACT.search(part) or PHONE.search(part) for a, b in spans(text) if told(part := text[a:b]))


def _met(text: str) -> bool:
    """He rang, or they opened, or came across each other."""
    return any(_MET.search(part) or PHONE.search(part) for a, b in spans(text) if told(part := text[a:b]))
