"""What to do at once, by the kind of emergency (SERVICE.md §4, end); the numbers come from the settings."""

from __future__ import annotations

import re

from domain.tickets import Ticket, is_emergency
from handlers.context import Context
from handlers.texts import say

# The first that fits: gas before fire (燃气着火 needs both, but nobody may switch a light on first).
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("gas", re.compile(r"燃气|煤气|天然气|液化气|瓦斯|臭鸡蛋")),
    ("fire", re.compile(r"着火|起火|失火|火苗|火光|火灾|火警|烧起来|冒.{0,2}烟|浓烟|爆炸")),
    ("water", re.compile(r"落水|溺水|掉.{0,3}(?:河|湖|水|池|塘|井)|在水里")),
    ("missing", re.compile(r"走丢|走失|失踪|(?:孩子|老人|小孩).{0,6}(?:不见|找不到)")),
    ("violence", re.compile(r"打人|在打|被打|打架|砍|捅|持刀|拿.{0,3}刀|撬|抢|歹徒|救命")),
    ("hurt", re.compile(r"晕|昏|倒地|倒在|不醒|没反应|没有?呼吸|抽搐|流血|受伤|骨折|心脏|触电|摔|120|吐白沫|中毒")),
)
_LIFT = re.compile(r"电梯|轿厢|升降梯")
_TRAPPED = re.compile(r"困|关在|出不来|卡|救|里面有人|有人在里")


def kind_of(text: str) -> str:
    """lift, gas, fire, water, missing, violence, hurt or other. Somebody hurt in a lift is hurt, not stuck."""
    lift = _LIFT.search(text) is not None
    if lift and _TRAPPED.search(text):
        return "lift"
    return next((kind for kind, pattern in _KINDS if pattern.search(text)), "lift" if lift else "other")


def line_for(ctx: Context, ticket: Ticket, tongue: str) -> str:
    """What everybody should do now; "" where it is no emergency."""
    if not is_emergency(ticket):
        return ""
    kind = kind_of(ticket.summary + "".join(_said(ctx, ticket)))
    phones = ctx.settings.office.phones
    numbers = {"lift": (phones.lift_rescue, "119"), "gas": (phones.gas_repair, "119")}.get(kind, ())
    return say(f"emergency.{kind}", tongue, phones=say("emergency.or", tongue).join(one for one in numbers if one))


def _said(ctx: Context, ticket: Ticket) -> list[str]:
    return [line.text for line in ctx.store.lines.many(ctx.store.tickets.lines_of(ticket.id))]
