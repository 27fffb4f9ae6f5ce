"""What is meant by "not this, but that": 不是烧饭，是地下室冒烟; 以为是烧烤，其实是阳台着了."""

from __future__ import annotations

import re

# What it was taken for is named in a few words, before what it is.
_TAKEN_FOR = r"[^，,。！!？?\n ]{1,10}"
_PAUSE = r"[，。,！! ]+"
_NOT_BUT = re.compile(
    rf"(?:(?<!是)不是|哪(?:里|儿)?是|并非){_TAKEN_FOR}?(?:{_PAUSE}(?:而是|就?是|真的?是)?|而是)|"
    rf"(?:以为|当)(?:是|有人在?|在)?{_TAKEN_FOR}(?:呢|呐)?{_PAUSE}"
    r"(?:其实|结果|原来|不是|[谁哪]晓得|谁知道?|没想到)[，, ]?(?:真的?)?是?"
)


def after_contrast(folded: str) -> str | None:
    """What is said after what it is not, in the words of `fold`; None where nothing is denied or nothing follows."""
    found = _NOT_BUT.search(folded)
    rest = folded[found.end() :].strip() if found else ""
    return rest if len(rest) >= 3 else None
