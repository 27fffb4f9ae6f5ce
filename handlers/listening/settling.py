"""What makes half a report a whole one: its reporter goes on as plainly, or somebody else tells the same trouble."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.listening import Known, Line
from handlers.listening.alarms import at_ease, in_drill
from handlers.listening.mood import at_play, hushed, tale, tells_of_old
from handlers.listening.needed import names_trouble, needed
from handlers.listening.settled import over, rescued
from handlers.listening.weigh import FICTION, TURNS, opening_chance, said_marks
from handlers.listening.window import BURST, Window, window
from handlers.listening.wording import wording

ECHOES, ECHOES_UNNAMED = 0.6, 0.7  # the second where neither line names a trouble
PLAIN = 0.7  # of opening a ticket by itself
MORE = 0.5
TOLD = 0.45  # of a report, in what is echoed
HALF = 0.5  # of opening a ticket, in what is echoed: below it two lines of talk are no report
_FEARS = re.compile(r"^[我俺咱]?(?:就|也|还)?怕")  # nothing has happened yet
_DONE_WELL = re.compile(r"(?:修|补|换|装|铺|弄|填|刷)得(?:真|很|挺)?(?:好|平|快|漂亮|牢)")


def settles(view: Window, ticket: Known, odds: float) -> bool:
    """Whether the line, which belongs to the ticket by these odds, makes it more than half a report."""
    if hushed(view) or in_drill(view) or TURNS.search(view.text) or rescued(view.text):
        return False
    told = [old for old in view.scene.recent if old.id in ticket.lines]
    if _FEARS.search(view.text) or any(praises(text) for text in (view.text, *(old.text for old in told))):
        return False
    if (at_ease(view) or tells_of_old(view)) and ticket.reporter != view.line.speaker:
        return False
    opens = opening_chance(view)
    if told_amid_tales(view, ticket):
        return opens >= needed(view)
    if opens >= PLAIN:
        return True
    named = any(names_trouble(text) for text in (view.text, *(old.text for old in told)))
    if view.mine(ticket):
        enough = 0.4 if "fault" in said_marks(view.text) else 0.5
        return named and view.line.reading.confidence >= enough and len(view.text.strip()) > 2
    sure = max((old.reading.confidence for old in told), default=1.0)
    if told and _was_likely(view, told[0]) < HALF:
        return False
    return odds >= (ECHOES if named else ECHOES_UNNAMED) and wording(view.text, "neighbour") >= MORE and sure >= TOLD


def _was_likely(view: Window, first: Line) -> float:
    """How likely a line opened a ticket when it was said, after what stood before it."""
    before = tuple(old for old in view.scene.recent if old.id < first.id)
    older = tuple(ticket for ticket in view.scene.tickets if min(ticket.lines, default=0) < first.id)
    return opening_chance(window(replace(view.scene, line=first, recent=before, tickets=older, story=())))


def praises(text: str) -> bool:
    """What was put right and is good now (我也看到了，补得好)."""
    return bool(_DONE_WELL.search(text)) or over(text) or said_marks(text) >= {"settled", "pleased"}


def told_amid_tales(view: Window, ticket: Known) -> bool:
    """Its first line was said amid talk of other times, of a film or at play."""
    return any(_of_elsewhere(old) for old in _around_its_first(view, ticket))


def told_at_play(view: Window, ticket: Known) -> bool:
    """Its first line was said at cards (我卡在一张三条上, after 杠上开花三回)."""
    return any(at_play(old.text) for old in _around_its_first(view, ticket))


def _around_its_first(view: Window, ticket: Known) -> list[Line]:
    """Residents' lines just before the first of the ticket, and that one."""
    recent = [old for old in view.scene.recent if old.role == "resident"]
    first = next((old for old in recent if old.id in ticket.lines), None)
    if first is None:
        return []
    return [old for old in recent if first.sent_at - BURST <= old.sent_at <= first.sent_at]


def _of_elsewhere(old: Line) -> bool:
    return tale(old.text) or bool(FICTION.search(old.text)) or at_play(old.text)
