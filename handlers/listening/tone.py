"""How somebody puts it beside an open matter: he agrees, has seen it, tells of his child; it is back, it is so again.

Marks of one more word about a ticket, weighed by weigh.py. What its reporter says of it is put otherwise than what
neighbours say; and of a matter in somebody's own home, or between two people, neighbours mostly only talk.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from domain.listening import Known
from handlers.listening.window import Window

_THEIRS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("truly", r"真(?!皮|丝|空)"),
        ("affirms", r"^(?:对|是)(?!不起|不是|谁|哪|你|门|面|了$)"),
        ("of his kin", r"孩|娃|宝宝|闺女|孙|老人|我妈|我爸|老婆|老公|奶奶|爷爷|婆婆"),
        ("says I", r"^[我俺]"),
        ("says we", r"^(?:我们|咱们?|俺们)"),
        ("saw it", r"[看听碰遇][见到]|闻到"),
        ("took it for", r"以为"),
        ("names a price", r"钱|[\d一二两三四五六七八九十百千]块(?:钱|$|[，, ])|元"),
        ("urges", r"^(?:快|别|先|拿|赶|等|把|找|打|叫|去|用|问)|一下$"),
        ("back then", r"上[次回]|去年|以前|前年|当年|从前"),
        ("guesses", r"是不是|应该|可能|估计|怕是|大概|恐怕|好像"),
        ("of yesterday", r"昨"),
        ("of comers", r"客|送|快递|外卖|推车|婴儿车|轮椅|上班|上学|老师"),
        ("at the foot", r"楼下"),
        ("who or which", r"哪|谁"),
        ("perhaps", r"吧"),
        ("but not", r"[，, ]不"),
        ("cannot", r"不得|都没|没法|不了"),
        ("which way", r"跑|往"),
        ("tells of mending", r"修|换|装"),
    )
)
_HIS_OWN = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("own again", r"又|还是|老样|照样|第[二三四五六]"),
        ("own too", r"也"),
        ("own dated", r"今|早|昨|刚|现在|几[天回次]|[天晚]$"),
        ("own plainly", r"的$"),
        ("own door", r"\d(?:幢|号楼|单元|栋|-\d|楼)"),
        ("own question", r"几|么|[?？]"),
        ("own wish", r"要|换|接"),
    )
)
_ASKED = re.compile(r"[?？吗哪几谁]")
_BEFORE = timedelta(hours=12)
_BETWEEN_THEM = {"home_repair": "in his home", "legal_dispute": "between two"}


@lru_cache(maxsize=4096)
def said_how(text: str, own: bool) -> tuple[str, ...]:
    """The marks that stand in the words; `own`: of a matter of his own."""
    return tuple(name for name, sign in (_HIS_OWN if own else _THEIRS) if sign.search(text))


def tone_marks(view: Window, ticket: Known, own: bool) -> dict[str, float]:
    """How the line is put, and whose word it comes after, as marks of 1."""
    line = view.line
    names = [*said_how(line.text, own)]
    before = next(iter(view.lately(_BEFORE, 1)), None)
    after_staff = before is not None and before.role != "resident"
    if own:
        if line.photo:
            names.append("own photo")
        if line.voice:
            names.append("own voice message")
        if before is not None and after_staff and _ASKED.search(before.text):
            names.append("own answer to staff")
        if before is not None and before.speaker == line.speaker and ticket.id in before.tickets:
            names.append("own next line")
    else:
        if ticket.category in _BETWEEN_THEM:
            names.append(_BETWEEN_THEM[ticket.category])
        if after_staff:
            names.append("staff before")
    return dict.fromkeys(names, 1.0)
