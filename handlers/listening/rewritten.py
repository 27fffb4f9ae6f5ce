"""The new wording of a line: its tickets take over what it corrects, or are needed no more."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.listening import Acts, Heard, Known, Step
from handlers.listening.alarms import dangers
from handlers.listening.opening import join, report
from handlers.listening.places import corrected_where, merged
from handlers.listening.rating import verdict
from handlers.listening.window import Window
from nlu.clauses import clauses
from nlu.undone import undone

_MISTAKEN = re.compile(
    r"(?:是?[我俺咱])?(?:刚才?|前面)?(?:[说讲弄搞看听记认]错(?:地方|人)?|误[报会]|虚惊一场|大惊小怪)[了啦的啊哈]*"
)
_FILLER = re.compile(
    r"(?:真|实在)?(?:不好意思|抱歉|对不起|打扰|打搅|麻烦|谢谢|多谢|没事)(?:大家|各位|[你您]们?|师傅)?[了啦的啊哈]*"
)
_DENIED = re.compile(r"(?:没有?|不(?:再|是)?)([坏破漏滴堵停黑吵臭响卡渗裂歪冒塌断跳抖])[了啦呀啊的哈过]*$")
_WELL = re.compile(r"(?:正常|没(?:有)?(?:问题|毛病|事)|(?:是|挺|都)?好的)[了啦呀啊的哈]*$")
_FAILS = r"(?<![没不未有])"


def rewritten(view: Window) -> Heard:
    """The decision about an edit. Read like any line that calls a report off; and since nothing else is left of the
    report, by less than that."""
    line = view.line
    old = view.old_line(line.edits)
    tickets = view.known(old.tickets) if old else []
    if not tickets:
        return report(view) or Heard()
    steps: list[Step] = []
    for ticket in tickets:
        if _called_off(view, ticket):
            steps.append(Acts(ticket.id, "withdraw", note=line.text))
            continue
        where = merged(ticket.where, corrected_where(line, view.scene.home, ticket.category), line, override=True)
        steps.append(replace(join(view, ticket), where=where, private=None))
    return Heard(tuple(steps), ("改了前面那句",))


def _called_off(view: Window, ticket: Known) -> bool:
    if ticket.reporter != view.line.speaker or ticket.status not in ("open", "taken"):
        return False
    if ticket.urgency == 3 and dangers(view.text):
        return False
    heard = verdict(replace(view, tickets={ticket.id: ticket}))
    if heard is not None and any(isinstance(step, Acts) and step.does == "withdraw" for step in heard.steps):
        return True
    said = [one for one in clauses(view.text) if not _FILLER.fullmatch(one)]
    return bool(said) and all(_MISTAKEN.fullmatch(one) or _is_denied(one, ticket.texts) for one in said)


def _is_denied(clause: str, told: tuple[str, ...]) -> bool:
    """What was told to be so is said not to be so (坏了 → 没坏), or to be as it should."""
    found = _DENIED.search(clause)
    if found is not None:
        return any(re.search(_FAILS + found[1], text) for text in told)
    return _WELL.search(clause) is not None or undone(clause, told)
