"""He who has just reported something says himself that he comes to something else (再说个事, 对了, 顺便问下).

Such a lead is of talk more often than of reports, so what follows it is read by itself."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.listening import Known, Scene
from handlers.listening.story import Read
from handlers.listening.window import SPELL, Window
from nlu.similar import NEAR_NOTHING, gist, gist_of

TOLD = 0.4  # of a report, in what follows: from here on it is another matter
_THING = r"(?:一?[个件桩]|[点些])?(?:事情?|问题|情况)"
_LEAD = re.compile(
    r"^[哦噢喔啊诶哎嗯]?[，, ]*(?:"
    r"(?:对了)+(?!就)|另外|话说|顺[便带嘴](?:再?[说问报讲提]|反映)?(?:一?[下声句嘴哈])?|"
    r"再(?:[说问报讲提]|反映|就是)(?!了|吧)(?:一?[下声句嘴哈])?|还有"
    rf")(?:就?是)?{_THING}?(?:[哈哦啊呢个嘛]|就是)?[，,。:： ]*"
)
# These leave a doubt: 还有苍蝇 goes on with the rubbish.
_LOOSE = re.compile(r"[哦噢喔啊诶哎嗯]?[，, ]*(?:话说|再就是|还有(?:就是|[呢个嘛])?)[，,。:： ]*")
_LEAST = 4  # characters that must follow


def with_turn(scene: Scene, read: Read) -> Scene:
    """The scene, its line read without the lead if that makes more of it."""
    line = scene.line
    rest = _LEAD.sub("", line.text, count=1)
    if line.role != "resident" or line.edits is not None or rest == line.text or len(rest) < _LEAST:
        return scene
    if not any(
        old.tickets for old in scene.recent if old.speaker == line.speaker and line.sent_at - old.sent_at <= SPELL
    ):
        return scene
    alone = read(rest, line.tier, line.sent_at)
    if alone.confidence <= line.reading.confidence or alone.urgency == 3:
        return scene
    return replace(scene, line=replace(line, reading=alone))


def _plainly(text: str) -> bool:
    lead = _LEAD.match(text)
    return lead is not None and not _LOOSE.fullmatch(lead[0])


def comes_to_another(view: Window) -> bool:
    """He says so right after something that he has reported."""
    lately = {number for old in view.own_lines(SPELL) for number in old.tickets}
    return _plainly(view.text) and any(view.mine(ticket) for ticket in view.known(tuple(lately)))


def turned_from(view: Window, ticket: Known) -> bool:
    """The line says plainly that it is of another matter than its speaker's, and names nothing of it."""
    line = view.line
    if ticket.reporter != line.speaker or line.reading.confidence < TOLD or not _plainly(line.text):
        return False
    return (gist(line.text).things & gist_of(ticket.texts).things) <= NEAR_NOTHING
