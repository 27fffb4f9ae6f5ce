"""Do two letters, each with a subject and a body, tell of one matter? Pairs of characters, the rare ones weigh most.

Lines of chat are compared by nlu/similar.py; a letter has hundreds of characters, most of them form.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log, sqrt

from nlu.normalize import TABLES

# Above all other pairs: one that fewer than RARE of the lines in nlu/data hold weighs as if RARE held it.
RARE = 20
# In one office everybody writes from the same city and district, and when he wrote is not what about.
_FRAME = re.compile(r"[A-Za-z]\d*[省市区县]|[一-龥]{2}[市县]|\d{4}年|\d+月\d*[日号]?|\d+[日号点]")
_FORM = re.compile(
    r"尊敬的?|领导|[您你]好|各位|[有相]关部门|部门|政府|希望|请求|恳[请求]|强烈|反映|投诉|举报|咨询|关于|问题|情况|"
    r"我们?是|我们|业主|居民|小区|市民|老?百姓|谢谢|感谢|尽快|解决|处理|给予|答复|回复|严重|影响|生活|正常|百忙之中|"
    r"目前|现在|一直|没有|请问|如何|怎么|为什么|是否|已经|以及|因为|所以|由于|进行|多次|望|书记|[市局]长|同志|住户"
)
_RUN = re.compile(r"[一-龥a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Gauge:
    """A letter made ready for comparing: weights of its pairs of characters, of length 1 all together."""

    subject: dict[str, float]
    whole: dict[str, float]


def pairs(text: str) -> Counter[str]:
    """How often each pair of neighbouring characters stands in the text, forms of politeness and dates left out."""
    bare = _FORM.sub(" ", _FRAME.sub(" ", text)).lower()
    return Counter(run[at : at + 2] for run in _RUN.findall(bare) for at in range(len(run) - 1))


@cache
def _weights() -> tuple[dict[str, float], float]:
    """What each common pair weighs (the logarithm of its rarity among the lines of nlu/data), and what a rare one."""
    first, *rows = (TABLES / "pairs.txt").read_text(encoding="utf-8").splitlines()
    lines = int(first)
    weights = {}
    for row in rows:
        held, _, said = row.partition(" ")
        weights.update(dict.fromkeys(said.split(), log(lines / int(held))))
    return weights, log(lines / RARE)


def _weighed(text: str) -> dict[str, float]:
    weights, rare = _weights()
    row = {pair: (1 + log(times)) * weights.get(pair, rare) for pair, times in pairs(text).items()}
    length = sqrt(sum(weight * weight for weight in row.values())) or 1.0
    return {pair: weight / length for pair, weight in row.items()}


def gauge(subject: str, body: str) -> Gauge:
    """The letter, ready to be compared with many others."""
    return Gauge(_weighed(subject), _weighed(f"{subject} {body}"))


def likeness(a: Gauge, b: Gauge) -> float:
    """0 for letters that share nothing to 1 for the same one; half of it is what their subjects share."""
    return (_cosine(a.subject, b.subject) + _cosine(a.whole, b.whole)) / 2


def _cosine(a: dict[str, float], b: dict[str, float]) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return min(1.0, sum(weight * large.get(pair, 0.0) for pair, weight in small.items()))
