"""Words that take back what was told: that it was a mistake, or that it is not so."""

from __future__ import annotations

import re
from collections.abc import Iterable

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
_STANDS_BY = re.compile(
    r"(?:(?<!是)不是|没有?|别当|不算|并非|绝非|不可能)(?:是|什么|[我俺咱他她它你您]们?|人家|在){0,3}"
    r"(?:[看听说讲搞弄]错|误[报会]|虚惊|乌龙)"
)
# 不用来了？还漏着呢; 别不用来了; 不是不用修，是没人修.
_STILL_NEEDED = re.compile(
    r"还(?:在|是)?(?:漏|滴|堵|臭|黑|坏|吵|冒|渗)|(?:别|(?<!是)不是|没说|没人说|没叫|谁说|谁叫)[我你他她您]?们?(?:说|叫|都)?不用|"
    r"不用(?:来|修|管|查|看)了?(?:吗|[?？])|不用来电|不用管(?:他|她|它|别人)"
)


def still_needed(text: str) -> bool:
    """Whether somebody is to come all the same, whatever it sounds like."""
    return _STILL_NEEDED.search(text) is not None


def stands_by(text: str) -> bool:
    """不是误报, 我没看错: that it was no mistake."""
    return _STANDS_BY.search(text) is not None


def is_mistaken(text: str) -> bool:
    """Whether one of its clauses is 说错了 and the like, and nothing else."""
    return any(_MISTAKEN.fullmatch(one) for one in clauses(text))


def retracts(text: str, told: Iterable[str]) -> bool:
    """Whether all of it, but for what is only polite, says that it was a mistake or is not as was told."""
    said = [one for one in clauses(text) if not _FILLER.fullmatch(one)]
    return bool(said) and all(_MISTAKEN.fullmatch(one) or _is_denied(one, tuple(told)) for one in said)


def _is_denied(clause: str, told: tuple[str, ...]) -> bool:
    """What was told to be so is said not to be so (坏了 → 没坏), or to be as it should."""
    found = _DENIED.search(clause)
    if found is not None:
        return any(re.search(_FAILS + found[1], text) for text in told)
    return _WELL.search(clause) is not None or undone(clause, told)
