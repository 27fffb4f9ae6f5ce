"""Asked to be kept from the group: by whoever reported, by a neighbour, by staff (别说是哪家, 莫打听, 私下讲)."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.listening import Acts, Heard, Joins, Known, Opens
from handlers.deeds.privacy import is_sensitive
from handlers.listening.details import PRIVATE
from handlers.listening.window import SPELL, Window

_DONT = r"(?:别|莫|勿|甭|不要|不用|不许|不准|不能|休|先别|表)(?:再|都|去|要|在)*"
# The household is not to be named or talked over: whoever asks for it, whatever the matter.
HUSH = re.compile(
    rf"{_DONT}(?:在)?(?:这个?|大)?群里(?:头|面)?(?:再|都)?(?:说|讲|提|问|讨论|议论|传|聊|摆|喊)|"
    rf"群里(?:头|面)?(?:就|都|先)?{_DONT}(?:说|讲|提|问|讨论|议论|传|聊|摆|喊)(?!价|话费)|"
    rf"{_DONT}(?:说|讲|提|问|传|猜|打听|议论)(?:了|出去|是)*(?:哪[一]?[家户间栋个层室]|谁家|几[号楼]|门牌|房号|名字)|"
    rf"{_DONT}(?:打听|议论|外传|外讲|声张|张扬|往外(?:说|讲|传|转)|传出去|到处(?:说|讲))|"
    r"不在(?:这|群)里(?:头|面)?(?:说|讲|议|聊|摆)|"
    rf"(?:大家|大伙|都|请).{{0,4}}当没(?:看见|看到|听见)|{_DONT}问了?[。！!]*$"
)
# Of what may hurt somebody: staff ask to go on in private.
_APART = re.compile(
    r"私下(?:里)?(?:说|讲|聊|跟|和|找|来|再)|单独(?:说|讲|聊|跟|和|找)|"
    r"(?:来|去)(?:办公室|社区|我这).{0,4}(?:说|讲|谈)"
)
_PERSONAL = frozenset({"legal_dispute", "complaint", "public_security", "emergency", "consultation"})
_NOT_SO = re.compile(r"广告|链接|拼单|接龙|砍价|发票|红包|吵|骂|刷屏|语音|表情|无关|谣言?|造谣|不实")


def asked_for_privacy(view: Window) -> Heard | None:
    """别在群里说, by whoever reported it; 别说是哪家, by anybody of what was just told."""
    line = view.line
    if line.reading.confidence >= 0.6 or _NOT_SO.search(line.text):
        return None
    if PRIVATE.search(line.text) or HUSH.search(line.text):
        for old in view.own_lines(SPELL):
            for ticket in view.known(old.tickets):
                if ticket.reporter == line.speaker:
                    return Heard((Joins(ticket.id, private=True),), ("报的人要保密",))
    if HUSH.search(line.text):
        told = _just_told(view)
        if told is not None and not told.private:
            return Heard((Joins(told.id, private=True),), ("邻居说不要在群里讲",))
    return None


def kept_by_staff(view: Window, heard: Heard) -> Heard:
    """What staff's words do, and beside it that what they are about is kept from the group where they ask for it."""
    text = view.text
    if _NOT_SO.search(text) or not (HUSH.search(text) or _APART.search(text)):
        return heard
    named = [step.ticket for step in heard.steps if isinstance(step, Acts)]
    ticket = view.tickets.get(named[0]) if named else _just_told(view, ended=True)
    if ticket is None or ticket.private or (not HUSH.search(text) and ticket.category not in _PERSONAL):
        return heard
    return replace(heard, steps=(*heard.steps, Joins(ticket.id, private=True)), why=(*heard.why, "员工说不要在群里讲"))


def with_secrets_kept(heard: Heard, text: str) -> Heard:
    """What goes into a ticket is kept from the group where its words tell of violence at home or of farewell."""
    if not any(isinstance(step, Joins | Opens) for step in heard.steps) or not is_sensitive(text):
        return heard
    kept = (replace(step, private=True) if isinstance(step, Joins | Opens) else step for step in heard.steps)
    return replace(heard, steps=tuple(kept))


def _just_told(view: Window, *, ended: bool = False) -> Known | None:
    """What people here were last told of, newest first; what was just done (`ended`) may be meant as well."""
    for old in view.lately(SPELL, 6):
        for ticket in view.known(old.tickets):
            if ended or ticket.status not in ("done", "closed"):
                return ticket
    return None
