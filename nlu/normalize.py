"""One way of writing: half width, simplified characters, and words that came out wrong by sound.

Every step keeps the length, so a position in the folded text is the same position in the original.
"""

from __future__ import annotations

from functools import cache, lru_cache
from operator import add
from pathlib import Path

import rjieba

TABLES = Path(__file__).parent / "tables"

# Characters that stand alone in every sentence; a pair with one of them is no misspelt word.
_FREE = frozenset(
    "的了是在有没不我你他她它们这那就都也还又要会能可很太好来去到上下里外前后和跟把被给让叫从对为吗吧呢啊呀哦嘛一二三四五六七八九十"
    "两个只次天年月日点分号楼幢栋层户家人说看听想做用吃喝走跑打拿放开关什么怎谁哪几多少大小老新真再才刚已正着过得地与及或但而所以"
)


@cache
def _characters() -> dict[int, str]:
    pairs = (TABLES / "traditional.txt").read_text(encoding="utf-8").strip()
    table = {ord(pairs[at]): pairs[at + 1] for at in range(0, len(pairs), 2)}
    table |= {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= {0x3000: " ", 0xA0: " ", ord("﹣"): "-", ord("—"): "-", ord("–"): "-", ord("‐"): "-"}
    table |= {ord("①") + at: str(at + 1) for at in range(9)}
    return table


@cache
def _sounds() -> dict[str, str]:
    """Character to sound, tones left aside. zh and z, ing and in are told apart: among our lines, taking them for one
    put one word right and three wrong (电箱, 厕位, 笑翻)."""
    table = {}
    for line in (TABLES / "sounds.txt").read_text(encoding="utf-8").splitlines():
        sound, _, characters = line.partition(" ")
        table.update(dict.fromkeys(characters, sound))
    return table


@cache
def _meant() -> dict[tuple[str, str], str]:
    """Pairs of sounds to the word that people here mean by them (meant.txt), unless the characters make another."""
    sounds = _sounds()
    words = (TABLES / "meant.txt").read_text(encoding="utf-8").split()
    return {(sounds.get(word[0], word[0]), sounds.get(word[1], word[1])): word for word in reversed(words)}


@cache
def _real() -> frozenset[str]:
    """Pairs that are meant as they stand though they sound like another word (real.txt: 电箱, 漏顶, 雪压)."""
    return frozenset((TABLES / "real.txt").read_text(encoding="utf-8").split())


@cache
def _slips() -> frozenset[str]:
    """Every pair of characters that may be such a word written wrongly."""
    alike: dict[str, list[str]] = {}
    for character, sound in _sounds().items():
        alike.setdefault(sound, []).append(character)
    pairs = {
        pair
        for (first, second), word in _meant().items()
        for pair in (
            *(word[0] + other for other in alike.get(second, ())),
            *(other + word[1] for other in alike.get(first, ())),
        )
    }
    return frozenset(pair for pair in pairs if _misheard(pair[0], pair[1]))


def _misheard(first: str, second: str) -> str | None:
    """The word meant by two characters that sound like it and share one with it, unless they are a word themselves."""
    sounds = _sounds()
    word = _meant().get((sounds[first], sounds[second]))
    shares = word is not None and (word[0] == first) != (word[1] == second)
    return word if shares and first + second not in _real() else None


def _put_right(text: str) -> str:
    """店梯 → 电梯: two characters that make no word together, but sound like one that people use here."""
    # In most lines nothing sounds like another word, and they need not be cut into words.
    if _slips().isdisjoint(map(add, text, text[1:])):
        return text
    sounds = _sounds()
    at, before, repaired = 0, "", []
    for token in rjieba.cut(text, False):
        if len(token) != 1 or token in _FREE or token not in sounds:
            before = ""
        elif before and (word := _misheard(before, token)):
            repaired.append((at - 1, word))
            before = ""
        else:
            before = token
        at += len(token)
    for start, word in repaired:
        text = f"{text[:start]}{word}{text[start + 2 :]}"
    return text


# One line is folded by everything that looks at it, one after the other.
@lru_cache(maxsize=64)
def fold(text: str) -> str:
    """The text in half width, simplified characters and small letters, with misheard words put right."""
    folded = text.translate(_characters())
    lowered = folded.lower()
    return _put_right(lowered if len(lowered) == len(folded) else folded)
