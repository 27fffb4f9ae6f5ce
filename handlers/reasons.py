"""Why a line was read as it was, in words that whoever works with it understands."""

from __future__ import annotations

from handlers.texts import DEFAULT, has, say

_COUNTS = ("length", "clauses", "tier")


def in_words(mark: str, language: str = DEFAULT) -> str:
    """A mark of domain.reading.Reading.why in words: `rule:燃气`, `p=0.97`, `§settled`, `§-settled` (in the last
    clause), `≈水管`, `≈≈水管` (two words of that kind), or a word of the line. An unknown mark stays as it is."""
    if mark.startswith("rule:"):
        return say("reading.rule", language, rule=mark.removeprefix("rule:"))
    if mark.startswith("p="):
        return say("reading.chance", language, share=round(float(mark.removeprefix("p=")) * 100))
    if mark.startswith("≈"):
        kind = mark.lstrip("≈")
        return say("reading.kinds" if mark.startswith("≈≈") else "reading.kind", language, kind=kind)
    if mark.startswith("§"):
        return _sign(mark.removeprefix("§"), mark, language)
    return say("reading.word", language, word=mark)


def _sign(name: str, mark: str, language: str) -> str:
    last = name.startswith("-")
    name = name.removeprefix("-")
    count = next((one for one in _COUNTS if name.startswith(one)), None)
    key = f"reading.{count}" if count else f"reading.sign.{name}"
    if not has(key):
        return mark
    told = say(key, language)
    return say("reading.ends", language, sign=told) if last else told
