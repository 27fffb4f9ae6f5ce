"""A report told in scraps (那个架子 / 8号楼前头 / 焊口开了), read together where one alone says too little.

So is danger that no line tells alone (不是火锅味，是那种臭鸡蛋 / 三楼最重，我脑壳都昏).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from domain.listening import Line, Scene
from domain.reading import Reading, Tier
from handlers.listening.alarms import named_danger
from handlers.listening.mood import at_play
from handlers.listening.weigh import FICTION, TALE
from handlers.listening.window import BURST, SELLING
from nlu.threads import ASIDE

MOST = 3
LONGEST = 30  # characters of one scrap; longer lines speak for themselves
ENOUGH = 0.6  # of a report: such a line needs no help
HINTED = 0.5  # of a report, in one of the lines: from talk below it no danger comes
CERTAIN = 0.9  # of an alarm that the model alone reads in several lines

Read = Callable[[str, Tier, datetime], Reading]


def with_story(scene: Scene, read: Read) -> Scene:
    """The scene, its line read together with the speaker's scraps just before it if that makes more of it."""
    line = scene.line
    if line.role != "resident" or not line.text or line.edits is not None:
        return scene
    told = scene if line.reading.confidence >= ENOUGH else _as_report(scene, read)
    return _as_alarm(told, read) if told.line.reading.urgency < 3 else told


def _as_report(scene: Scene, read: Read) -> Scene:
    line = scene.line
    scraps = _scraps(line, scene.recent)
    if not scraps:
        return scene
    whole = "，".join([*(old.text for old in scraps), line.text])
    together = read(whole, line.tier, line.sent_at)
    alone = [line.reading, *(old.reading for old in scraps)]
    # An alarm that only the model sees in scraps is none; one that the words name together is.
    if (
        not together.report
        or together.confidence <= max(one.confidence for one in alone)
        or (together.urgency == 3 and not _new_danger(together, alone))
    ):
        return scene
    return replace(scene, line=replace(line, reading=together), story=tuple(old.id for old in scraps))


def _as_alarm(scene: Scene, read: Read) -> Scene:
    """What its speaker said in one breath is an alarm: told by the words, or read with hardly a doubt."""
    line = scene.line
    before = _own_breath(line, scene.recent)
    parts = [line.reading, *(old.reading for old in before)]
    if not before or any(one.urgency == 3 for one in parts):
        return scene
    whole = "，".join([*(old.text for old in before), line.text])
    if TALE.search(whole) or FICTION.search(whole) or at_play(whole):
        return scene
    together = read(whole, line.tier, line.sent_at)
    if together.urgency < 3 or not (named_danger(together) or together.confidence >= CERTAIN):
        return scene
    if max(one.confidence for one in parts) < HINTED and not _new_danger(together, parts):
        return scene
    # Places in the text are the line's own, since masking counts its characters.
    reading = replace(together, personal=line.reading.personal)
    loose = tuple(old.id for old in before if not old.tickets)
    return replace(scene, line=replace(line, reading=reading), story=loose)


def _own_breath(line: Line, recent: tuple[Line, ...]) -> list[Line]:
    """The speaker's last short lines, whatever became of them, oldest first, each soon after the other."""
    found: list[Line] = []
    after = line
    for old in reversed(recent):
        if after.sent_at - old.sent_at > BURST or len(found) == MOST:
            break
        if old.speaker == line.speaker and old.text:
            if len(old.text) > LONGEST:
                break
            found.append(old)
            after = old
    return found[::-1]


def _new_danger(together: Reading, alone: list[Reading]) -> bool:
    """A rule hears in the whole what it heard in none of the parts."""
    known = {word for one in alone for word in one.why}
    return any(word.startswith("rule:") and word not in known for word in together.why)


def _scraps(line: Line, recent: tuple[Line, ...]) -> list[Line]:
    """The speaker's last loose lines, oldest first, each soon after the other."""
    found: list[Line] = []
    after = line
    for old in reversed(recent):
        if after.sent_at - old.sent_at > BURST or len(found) == MOST:
            break
        if old.speaker != line.speaker:
            continue
        if old.tickets or not old.text or len(old.text) > LONGEST or ASIDE.search(old.text) or SELLING.search(old.text):
            break
        found.append(old)
        after = old
    return found[::-1]
