"""What staff say of the alarm that is raised here, without naming it: they are on their way, or it is over."""

from __future__ import annotations

import re

from domain.listening import Acts, Heard, Known
from handlers.listening.alarms import in_drill
from handlers.listening.window import SPELL, Window

# Nothing but that: 我马上到, 收到，这就过去, 在路上了.
_ON_THE_WAY = re.compile(
    r"^[\W_]*(?:收到|好的?|嗯+|知道了|看到了|来了)?[\W_]*(?:我们?|我这边?|人)?(?:马上|立刻|立即|这就|现在|赶紧|正|就|已经?)*在?"
    r"(?:到|来|去|(?:赶|跑|冲)?(?:过|上|下)[来去]|赶来|路上|出发|往(?:那边?|这边?)[赶跑来去])(?:看看|一下|看|了|啦)*[\W_]*$"
)
# 救出来了，一个老人带孙子; 油锅起火，已经扑灭了; 阀门关掉了，没味道了: the danger has an end, and nothing is
# left to be done at once. Of 54 such lines in the fitted talks 48 are the end.
_OUT = re.compile(r"(?:人|[两三四五六]个|位|母子|母女|大人|小孩|孩子)[^，。]{0,6}出来了|[救放]出来了|脱险")
_PUT_OUT = re.compile(r"扑灭|(?:火|全|^)灭了|没人受伤|没?味(?:道|儿)?(?:都|也)?(?:散|没)了|没味道?了")
_NOT_ENDED = re.compile(
    r"医|120|救护|迷糊|头晕|[背抬扶]|[等查]|消防(?:在|还)|[?？]|[吗没]$|哭|先散|抢救|上车|还[在有没]|没(?:扑|全)?灭|快要|如果|要是|谁|听说"
)
_RAGES = re.compile(r"火|烟|烧|水|塌")  # whoever is brought out of it leaves it behind


def to_the_alarm(view: Window) -> Heard | None:
    """我马上到, right after an alarm that nobody has taken: whatever else is open can wait, and nobody means that."""
    raised = _raised(view)
    if raised is None or raised.status != "open" or view.line.sent_at - raised.last_at > SPELL:
        return None
    if view.pointed() or not _ON_THE_WAY.match(view.text) or in_drill(view):
        return None
    return Heard((Acts(raised.id, "claim", note=view.text),), ("员工的话：去急事那里",))


def out_of_danger(view: Window) -> Heard | None:
    """The only alarm that is raised here has an end, by the words alone: until then the ladder rings for it."""
    if _NOT_ENDED.search(view.text) or in_drill(view):
        return None
    raised, pointed = _raised(view), view.pointed()
    if raised is None or raised.private or (pointed and raised not in pointed):
        return None
    rages = any(_RAGES.search(text) for text in raised.texts)
    if not (_PUT_OUT.search(view.text) or (_OUT.search(view.text) and not rages)):
        return None
    return Heard((Acts(raised.id, "done", note=view.text),), ("员工的话：急事过去了",))


def _raised(view: Window) -> Known | None:
    """The only alarm of this room that is not over."""
    raised = [one for one in view.live() if one.urgency == 3 and one.status != "proposed" and view.here(one)]
    return raised[0] if len(raised) == 1 else None
