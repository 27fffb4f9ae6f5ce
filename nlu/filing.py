"""Under which category staff put a matter in free words: 这不是修的事，按纠纷记; 换到投诉那边."""

from __future__ import annotations

import re

from domain.reading import Category

_KINDS: tuple[tuple[str, Category], ...] = (
    ("投诉|举报", "complaint"),
    ("纠纷|调解", "legal_dispute"),
    ("装修", "renovation"),
    ("治安", "public_security"),
    ("咨询|求助", "consultation"),
    ("居家|户内", "home_repair"),
    ("公家的|公维|公共(?:维修|设施|部位)?", "public_repair"),
    ("报事|安全隐患|隐患", "community_report"),
)
_KIND = "|".join(words for words, _ in _KINDS)
_PUT = r"(?:改|换|挪|放|调|划)(?:改|记|成|到|作|做|为|进|入|返)+"
# The category that a matter is put under, by a verb of filing.
_UNDER = re.compile(
    rf"(?P<put>{_PUT})[^，。；？?]{{0,4}}?(?P<a>{_KIND})|"
    rf"(?<![不别没])(?:算(?:是|作)?|按|归|当|记)(?:你们|他们|两家|邻里|的)*[^，。；？?]{{0,3}}?(?P<b>{_KIND})"
)
_JUST_IS = re.compile(rf"(?:^|[，。])是(?P<c>{_KIND})")
# What it was filed under is denied: 不是修的事, 不叫维修了, 别按维修走, 不算报修, 居家里面不对.
_DENIED = re.compile(
    r"(?:不(?:是|算|叫|能算|归|按|属于)|别(?:按|算|当)|唔系)[^，。；？?不]{0,4}?(?:修|噪|扰民|投诉|报事|治安|居家|家里|设备|装修|纠纷|公共)|"
    r"(?:那?一?[栏类]|里[面头]?|那边)不(?:对|合适)"
)
_CHANGED = re.compile(r"改(?:一下|掉了|过来|一改)")


def refiled(text: str) -> Category | None:
    """The category that the words put a matter under, where they say as well that it stood under another; else None."""
    if text.rstrip().endswith(("？", "?", "吗")):
        return None
    found = list(_UNDER.finditer(text))
    denied, changed = _DENIED.search(text) is not None, _CHANGED.search(text) is not None
    sure = [one for one in found if denied or changed or one["put"]]
    if not sure and changed:
        sure = list(_JUST_IS.finditer(text))
    if not sure:
        return None
    words = next(value for name, value in sure[-1].groupdict().items() if value and name != "put")
    return next(code for kinds, code in _KINDS if re.fullmatch(kinds, words))
