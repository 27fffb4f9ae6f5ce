"""What a line comes after: neighbours' chat and laughter, its speaker's own, or silence.

Whoever reports comes mostly for that alone; whoever has chatted all along goes on chatting.
"""

from __future__ import annotations

import re
from datetime import timedelta
from functools import lru_cache

from domain.listening import Line
from handlers.listening.window import BURST, SPELL, Window

_MERRY = re.compile(
    r"哈哈|笑|骗你的|逗你|开个?玩笑|耍起的|心碎|😂|🤣|😆|🙏|剧透|电影|综艺|追剧|段子|打死你|好吃|减肥|加班|作业|过瘾|颜值|[真太]帅|帅(?:得很|呆|气)"
)
_QUIET = timedelta(hours=1)
_HALF_A_DAY = timedelta(hours=12)
_IDLE = 0.2  # of a report: below it a line of one's own was chat
_MOST_NEAR, _MOST_LATELY = 3, 6


def company_marks(view: Window) -> dict[str, float]:
    """What the talk before speaks for and against a report: marks of 0 to 1."""
    line = view.line
    # A line that is heard once more, now that its place is known, stands before the one that told the place.
    lately = [old for old in view.lately(SPELL, 8) if old.sent_at <= line.sent_at]
    near = [old for old in lately[:6] if line.sent_at - old.sent_at <= BURST]
    before = near[0] if near else None
    own = [old for old in view.own_lines(_HALF_A_DAY) if old.sent_at <= line.sent_at]
    flags = {
        "after chat": before is not None and _chat(before, line),
        "laughter near": any(merry(old.text) for old in lately[:6]),
        "own chat": any(
            old.text and not old.tickets and old.reading.confidence < _IDLE and line.sent_at - old.sent_at <= SPELL
            for old in own[:2]
        ),
        "first word": not own,
        "into silence": all(old.sent_at > line.sent_at for old in view.lately(_QUIET, 8)),
    }
    return {
        "chat near": min(_MOST_NEAR, sum(_chat(old, line) for old in near)) / _MOST_NEAR,
        "chat lately": min(_MOST_LATELY, sum(_chat(old, line) for old in lately)) / _MOST_LATELY,
    } | {name: 1.0 for name, on in flags.items() if on}


@lru_cache(maxsize=4096)
def merry(text: str) -> bool:
    """Laughter, jokes and pastimes in the words; each line is asked for by those that come after it."""
    return _MERRY.search(text) is not None


def _chat(old: Line, line: Line) -> bool:
    """A neighbour's line of which nothing became."""
    return old.role == "resident" and old.speaker != line.speaker and bool(old.text) and not old.tickets
