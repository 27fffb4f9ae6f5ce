"""1, 2 or 3 as residents say it: the digit, a few plain words, in Chinese or English."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WIDTH = str.maketrans("１２３①②③", "123123")
_DIGIT = re.compile(r"(?:回|选|按)?\s*([123])(?!\d)(?:分|号)?[\s,，。.、:：!！]*(.*)", re.DOTALL)
_HAN = {"一": 1, "二": 2, "三": 3}
# The bad comes first: 不满意 holds 满意, 还没好 holds 好.
_BAD = re.compile(
    r"(?:还|都|根本|一点)?(?:没有?|未)(?:修|弄|办|解决|处理|搞|通|换)*(?:好|成|掉|解决|修|弄|处理|来)|不满意|不行|"
    r"不(?:是|太|怎么?|大|算)(?:很|太|特别)?(?:满意|好|行|理想)|"
    r"很差|太差|差评|"
    r"还是(?:老样子|坏|漏|不|没|那样)|(?:又|还在)(?:坏|漏|停|堵|滴)|"
    r"not (?:yet|fixed|done|solved|good|happy)|still|(?<!not )bad"
)
_FAIR = re.compile(r"一般|还行|还可以|凑合|马马虎虎|过得去|fair|so-?so|okay")
_GOOD = re.compile(
    r"满意|好了|好的|很好|挺好|蛮好|不错|可以了?|行了|修好|谢谢|感谢|辛苦|没问题|点赞|解决了|通了|亮了|"
    r"👍|👌|\[强\]|\[赞\]|\[OK\]|good|not bad|fine|great|thanks?|fixed|^ok$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"[?？]|吗\s*$|什么时候|怎么|为什么|几时")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`words`: what was said beside the figure."""

    score: int
    words: str = ""


def verdict_in(text: str) -> Verdict | None:
    """What the text says of how it went; None when it says nothing of it, or asks."""
    said = text.strip()
    if (digit := _DIGIT.fullmatch(said.translate(_WIDTH))) is not None:
        return Verdict(int(digit[1]), said[digit.start(2) : digit.end(2)].strip())
    bare = said.strip(" 。.!！~～")
    if bare in _HAN:
        return Verdict(_HAN[bare])
    if not bare or _ASKS.search(said):
        return None
    for score, words in ((3, _BAD), (2, _FAIR), (1, _GOOD)):
        if words.search(said.lower()):
            return Verdict(score, said)
    return None
