"""What to do at once, by the kind of emergency (SERVICE.md §4, end); the numbers come from the settings."""

from __future__ import annotations

import re

from domain.tickets import Ticket, is_emergency
from handlers.context import Context
from handlers.texts import say
from nlu.danger import seen
from nlu.normalize import fold

# The first that fits: gas before fire (燃气着火 needs both, but nobody may switch a light on first).
_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("gas", re.compile(r"燃气|煤气|天然气|液化气|瓦斯|臭鸡蛋")),
    (
        "electric",
        re.compile(
            r"触电|被电|带电|漏电|水(?:都)?是麻的|(?:电线|高压线|电缆).{0,8}(?:掉|断|垂|落|搭).{0,16}(?:水|地|路|孩|人|火花)"
        ),
    ),
    ("fire", re.compile(r"着火|起火|失火|火苗|火光|火灾|火警|烧起来|冒.{0,2}烟|浓烟|爆炸")),
    ("water", re.compile(r"落水|溺水|掉.{0,3}(?:河|湖|水|池|塘|井)|在水里")),
    (
        "height",
        re.compile(
            r"(?:楼顶|顶楼|天台|窗台|窗户|阳台|护栏|栏杆|桥|塔吊|屋顶).{0,6}(?:边|沿|外|上).{0,4}(?:坐|站|爬|挂|吊|跨|走)|"
            r"(?:坐|站|爬|挂|吊|跨)(?:在|到|上|出)?.{0,8}(?:楼顶|天台|窗台|窗外|窗户外|护栏外|栏杆外|塔吊|屋顶)|跳楼|往下跳"
        ),
    ),
    (
        "missing",
        re.compile(
            r"走丢|走失|失踪|(?:孩子|老人|小孩|奶奶|爷爷|[爸妈]|老伴).{0,6}(?:不见|找不到)|"
            r"(?:还|到现在|一直|都)?没(?:有)?(?:回家|回来|到家|回屋|回(?=[，。,！!]|$))"
        ),
    ),
    ("violence", re.compile(r"打[人我]|揍我|动手|家暴|在打|被打|打架|砍|捅|持刀|拿.{0,3}刀|撬|抢|歹徒|救命")),
    ("hurt", re.compile(r"晕|昏|倒地|倒在|不醒|没反应|没有?呼吸|抽搐|流血|受伤|骨折|心脏|触电|摔|120|吐白沫|中毒")),
)
# What is seen of somebody in danger (nlu/danger.py), where no word names the kind.
_SEEN: dict[str, str] = {
    "燃气味": "gas",
    "烟困": "fire", "起火": "fire", "水带电": "electric", "树压线": "electric", "关在轿厢": "lift", "没回家": "missing",
    "掉进水里": "water", "持刀": "violence", "闯门": "violence", "打出血": "violence", "挨打": "violence",
    "躺倒": "hurt", "坠落": "hurt", "掉进坑里": "hurt", "救不上来": "hurt", "人被砸": "hurt", "被咬": "hurt",
    "伤己": "hurt", "误吞": "hurt", "中风": "hurt", "被撞": "hurt", "塌了压人": "hurt",
    "浓烟": "fire", "烧着": "fire", "水深": "water", "撬门": "violence", "晕过去": "hurt", "抽搐": "hurt",
    "闷毒": "gas", "孩子在高处": "height",
}  # fmt: skip
_LIFT = re.compile(r"电梯|轿厢|升降梯")
_TRAPPED = re.compile(r"困|关在|出不来|卡|救|里面有人|有人在里")


def kind_of(text: str) -> str:
    """lift, gas, electric, fire, water, height, missing, violence, hurt or other.

    Somebody hurt in a lift is hurt, not stuck."""
    lift = _LIFT.search(text) is not None
    if lift and _TRAPPED.search(text):
        return "lift"
    named = next((kind for kind, pattern in _KINDS if pattern.search(text)), "lift" if lift else None)
    return named or next((_SEEN[name] for name in seen(fold(text)) if name in _SEEN), "other")


def line_for(ctx: Context, ticket: Ticket, tongue: str) -> str:
    """What everybody should do now; "" where it is no emergency."""
    if not is_emergency(ticket):
        return ""
    return advice(ctx, ticket.summary + "".join(_said(ctx, ticket)), tongue)


def advice(ctx: Context, told: str, tongue: str) -> str:
    """What everybody should do now who is in the danger that these words tell of."""
    kind = kind_of(told)
    phones = ctx.settings.office.phones
    numbers = {"lift": (phones.lift_rescue, "119"), "gas": (phones.gas_repair, "119")}.get(kind, ())
    return say(f"emergency.{kind}", tongue, phones=say("emergency.or", tongue).join(one for one in numbers if one))


def _said(ctx: Context, ticket: Ticket) -> list[str]:
    return [line.text for line in ctx.store.lines.many(ctx.store.tickets.lines_of(ticket.id))]
