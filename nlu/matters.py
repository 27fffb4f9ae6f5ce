"""Two matters in one line: where a second one begins, by the words that lead over to it or count them up."""

from __future__ import annotations

import re
from functools import lru_cache

from nlu.clauses import clauses
from nlu.similar import fails_itself, gist, strangers

SHORTEST = 5  # characters of a part
# 反映两个事, 三样事, 有俩问题: whoever counts them up will tell them one after the other.
_MANY = {"两": 2, "二": 2, "俩": 2, "2": 2, "三": 3, "仨": 3, "3": 3, "四": 4, "4": 4}
_COUNTED = re.compile(
    r"(?P<many>[两二三四几俩仨2-4]|好几)(?:小|大)?[件个样桩处点档]?(?:小|大|烦心|要紧)?(?:事(?!故|业|务)情?|问题|情况|毛病)"
    r"(?:(?:想|要|请|跟|和|给|麻烦)[^，。；：:,;]{0,14})?[儿啊呀哈呢]?"
)
_PLACES = "一二三四1234①②③④"
# At the head of a clause: 一是, 其二, 第三, 2、; and where they were counted, 一个 … 再一个.
_NUMBERED = (
    rf"(?:[{_PLACES}]是|其[{_PLACES}]|第[{_PLACES}](?:[个件](?:是|事)?|是|(?=[，,、：: ]))|[①②③④]|[1-4][、．)）:：])"
)
_ONE_BY_ONE = r"(?:再|还有|另|另外)?一(?:个|件|处|样|桩)(?:是|呢|就是|事)?"
_TURNS = (
    r"(?:另外|此外|顺便(?:说|问|讲|反映|提)?(?:一下|下|一句|个事)?|顺带|对了|再(?:说|问|讲)(?:一下|个|件|一件)|再者|"
    r"再(?:有|就是)(?:就是|一[个件])?|还有(?:就是|一?[件个]事|一点)?)"
)
_PAUSE = r"[，,、：: ]*"
_BREAK = r"(?:^|(?<=[，,。；;：:！!？?、\s]))"
_HEAD = re.compile(rf"{_BREAK}(?:{_NUMBERED}){_PAUSE}")
_HEAD_COUNTED = re.compile(
    rf"{_BREAK}(?:{_NUMBERED}|{_ONE_BY_ONE}|{_TURNS}){_PAUSE}|还有(?!人|没|[一两几]?[个家户]人){_PAUSE}"
)
# 另外两台, 还有人, 还有老人小孩, 还有三天: more of the same, not another matter.
_TURNED = re.compile(
    rf"(?:{_BREAK}{_TURNS}|(?:另外|顺便(?:说|问|讲|反映)(?:一下|下)?|还有(?:就是|一?[件个]事)))"
    rf"(?!人|没|[一两二三四五六几\d]++(?![楼号栋幢单#-])|老人|小孩|孩子|谁|的|味|点){_PAUSE}"
)
_TOO = "也"
_MARKS = " ，,。；;：:、\n"
_ALSO = re.compile(r"(?<=.{5})还有(?=.{5})")


@lru_cache(maxsize=4096)
def parts(text: str) -> tuple[str, ...]:
    """The line cut where another matter begins; the whole line alone where none does."""
    head = _COUNTED.search(text)
    if head is not None and head.end() <= len(text) - 2 * SHORTEST:
        rest = text[head.end() :]
        return _told(rest, _HEAD_COUNTED) or _one_a_clause(rest, _MANY.get(head["many"], 0)) or (text,)
    numbered = _told(text, _HEAD)
    return numbered or _turned(text) or _side_by_side(text) or (text,)


def counted(text: str) -> bool:
    """Says itself that it tells of several matters (反映两个事)."""
    return _COUNTED.search(text) is not None or bool(_told(text, _HEAD))


def _told(text: str, head: re.Pattern[str]) -> tuple[str, ...]:
    """Cut before each head; what stands before the first is a part of its own if it is long enough."""
    cuts = [(found.start(), found.end()) for found in head.finditer(text)]
    if not cuts:
        return ()
    pieces = [text[: cuts[0][0]]]
    pieces += [text[end : cuts[at + 1][0] if at + 1 < len(cuts) else len(text)] for at, (_, end) in enumerate(cuts)]
    return _whole(pieces)


def _whole(pieces: list[str]) -> tuple[str, ...]:
    """The pieces that are long enough to be told of, if they are two at least."""
    long = tuple(bare for piece in pieces if len(bare := piece.strip(_MARKS)) >= SHORTEST)
    return long if len(long) > 1 else ()


def _turned(text: str) -> tuple[str, ...]:
    """One word leads over to another matter, in the middle of the line."""
    for found in _TURNED.finditer(text):
        halves = text[: found.start()].strip(_MARKS), text[found.end() :].strip(_MARKS)
        if min(len(half) for half in halves) >= SHORTEST:
            return halves
    return ()


def _one_a_clause(text: str, many: int) -> tuple[str, ...]:
    """So `many` were counted up (0 if it is not said), and nothing stands between them: as many clauses are one each,
    else a clause that names another thing begins another."""
    said = [clause for clause in clauses(text) if len(clause.strip(_MARKS)) >= SHORTEST]
    if len(said) != many:
        said = [clause for at, clause in enumerate(said) if at == 0 or strangers(gist(clause), gist(said[at - 1]))]
    cuts = [text.find(clause.rstrip("?")) for clause in said]
    if not cuts:
        return ()
    return _whole([text[cut:end] for cut, end in zip(cuts, [*cuts[1:], len(text)], strict=True)])


def _side_by_side(text: str) -> tuple[str, ...]:
    """单元门关不上，路灯也不亮; 门坏了还有路灯不亮: in each half another thing that fails by itself."""
    too = [text.find(clause.rstrip("?")) for clause in clauses(text)[1:] if _TOO in clause]
    cuts = [(cut, cut) for cut in too]
    cuts += [(found.start(), found.end()) for found in _ALSO.finditer(text)]
    for cut, goes_on in cuts:
        before, after = text[:cut].strip(_MARKS), text[goes_on:].strip(_MARKS)
        head = clauses(after)[:1]
        apart = head and fails_itself(head[0]) and fails_itself(before)
        if apart and strangers(gist(head[0]), gist(before)) and min(len(before), len(after)) >= SHORTEST:
            return before, after
    return ()
