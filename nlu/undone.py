"""Does a line say that what was complained of is over (不热 → 热了, 漏 → 不漏了), or that it still is so?"""

from __future__ import annotations

import re
from functools import lru_cache

_DENIED = re.compile(r"(?:不(?![是知会要用好到得了只过]|太)|没有?(?![人事去来了问想]))(?:太|怎么|法)?([一-鿿])")
_COULD_NOT = re.compile(r"([一-鿿])不(?:了|上|开|动|出|住|到|着|亮|进|掉|起|好|通|严|紧|下)")
_HAPPENS = re.compile(r"[漏滴堵停黑吵臭响卡渗裂歪翘冒喷塌断灭跳闪晃抖锈砸烫冻淹味烟叫夹松掉倒乱满脏闹敲挤咬熏滑堆占挡]")
_NO_MORE = re.compile(r"(?:不(?:再|会|怎么)?|没有?)([一-鿿])(?=[了啦哒咯喽嘞]|$|[，。！ ,!])")
_AGAIN_SO = re.compile(
    r"(?:能|可以|得|会|都|已经|又)?([一-鿿])(?:得(?:上|开|动|出|了|好)|[上开动出进住]?(?:了|啦|哒|咯|喽|嘞|着))"
)
_STILL = re.compile(r"还(?:是|在|有)?|又|仍|照样|依旧|依然|一样|老样子|更")
_COMMON = frozenset("好是有来去到看说做想走过给用办讲问搞弄打收")


@lru_cache(maxsize=4096)
def _lacking(told: str) -> frozenset[str]:
    """What does not happen, by its character: 不亮, 没水, 关不上."""
    return frozenset(_DENIED.findall(told) + _COULD_NOT.findall(told)) - _COMMON


@lru_cache(maxsize=4096)
def _happening(told: str) -> frozenset[str]:
    return frozenset(_HAPPENS.findall(told))


def undone(text: str, told: tuple[str, ...]) -> bool:
    """The words say that the lacking is there again, or that the trouble of `told` (a ticket's lines) is no more."""
    whole = "，".join(told)
    gone = set(_NO_MORE.findall(text))
    if gone & _happening(whole):
        return True
    back = set(_AGAIN_SO.findall(text)) - gone - _lacking(text)
    return bool(back & _lacking(whole))


def goes_on(text: str, told: tuple[str, ...]) -> bool:
    """The words say that it still is, or is again, as `told`."""
    if not _STILL.search(text):
        return False
    whole = "，".join(told)
    gone = set(_NO_MORE.findall(text)) - _lacking(whole)
    return bool(_lacking(text) & _lacking(whole) or (_happening(text) - gone) & _happening(whole))
