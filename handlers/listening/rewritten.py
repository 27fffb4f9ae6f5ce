"""The new wording of a line: its tickets take over what it corrects, or are needed no more."""

from __future__ import annotations

from dataclasses import replace

from domain.listening import Acts, Heard, Known, Line, Step
from handlers.listening.alarms import dangers
from handlers.listening.opening import join, report
from handlers.listening.places import corrected_where, merged
from handlers.listening.rating import verdict
from handlers.listening.window import Window
from nlu.retracted import retracts


def rewritten(view: Window) -> Heard:
    """The decision about an edit. Read like any line that calls a report off; and since nothing else is left of the
    report, by less than that."""
    line = view.line
    old = view.old_line(line.edits)
    tickets = view.known(old.tickets) if old else []
    if old is None or not tickets:
        return report(view) or Heard()
    steps: list[Step] = []
    for ticket in tickets:
        if _called_off(view, ticket, old):
            steps.append(Acts(ticket.id, "withdraw", note=line.text))
            continue
        where = merged(ticket.where, corrected_where(line, view.scene.home, ticket.category), line, override=True)
        steps.append(replace(join(view, ticket), where=where, private=None))
    return Heard(tuple(steps), ("改了前面那句",))


def _called_off(view: Window, ticket: Known, old: Line) -> bool:
    if ticket.reporter != view.line.speaker or ticket.status not in ("open", "taken"):
        return False
    if ticket.urgency == 3 and dangers(view.text):
        return False
    if retracts(view.text, ticket.texts):
        return not _told_before(view, ticket, old)
    heard = verdict(replace(view, tickets={ticket.id: ticket}))
    return heard is not None and any(isinstance(step, Acts) and step.does == "withdraw" for step in heard.steps)


def _told_before(view: Window, ticket: Known, old: Line) -> bool:
    """Whether he had told of the matter before he wrote what he takes back now (按钮也坏了): that stands."""
    first = old
    while (earlier := view.old_line(first.edits)) is not None:
        first = earlier
    before = [line for line in view.scene.recent if line.id < first.id and ticket.id in line.tickets]
    return any(line.speaker == old.speaker and line.reading.category is not None for line in before)
