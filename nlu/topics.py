"""What a message is about, by words of one kind (水管, 声音, 诈骗): a rare word counts like its commoner sisters."""

from __future__ import annotations

from functools import lru_cache

from nlu.normalize import TABLES, fold


def _read() -> dict[str, tuple[str, ...]]:
    kinds: dict[str, tuple[str, ...]] = {}
    for line in (TABLES / "topics.txt").read_text(encoding="utf-8").splitlines():
        kind, colon, words = line.partition(": ")
        for word in words.split() if colon and not line.startswith("#") else ():
            kinds[word] = (*kinds.get(word, ()), f"≈{kind}")
    return kinds


_KINDS = _read()
KNOWN = frozenset(_KINDS)


def topics(grams: set[str]) -> list[str]:
    """The kinds of words in the text (`≈kind`), and once more (`≈≈kind`) those of which it has two or more words.
    `grams`: the pieces of the folded text of up to 3 characters; no word of the table is longer."""
    once: dict[str, None] = {}
    twice: dict[str, None] = {}
    for word in grams & KNOWN:
        for kind in _KINDS[word]:
            if kind in once:
                twice["≈" + kind] = None
            else:
                once[kind] = None
    return [*once, *twice]


@lru_cache(maxsize=4096)
def kinds_in(text: str) -> frozenset[str]:
    """The kinds of words in a text as it was written."""
    said = fold(text)
    grams = {said[at : at + size] for size in (1, 2, 3) for at in range(len(said) - size + 1)}
    return frozenset(kind for kind in topics(grams) if not kind.startswith("≈≈"))


@lru_cache(maxsize=4096)
def kinds_of(texts: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*map(kinds_in, texts))
