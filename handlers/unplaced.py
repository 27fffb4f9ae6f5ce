"""Somebody in private of whom nobody knows where he lives: what is wrong and where may come in two messages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from domain.areas import Area
from domain.listening import Line
from domain.messages import Edited, Outgoing, Said
from handlers import asides
from handlers.context import Context, Speaker
from handlers.listening.hearing import hear, keep_line, listen
from nlu.normalize import fold
from nlu.place import where

# What is said along with a place and is no report: who lives there, and words of courtesy.
_BESIDE = re.compile(
    r"麻烦|请|尽快|快点|快来|谢谢|帮忙|帮我|看看|一下|你好|您好|你们|您|师傅|"
    r"[\d一二三四五六七八九十幢栋座号楼单元层室户小区的我们家住是在这里那边位于地址了吧啊呢哦\s,，.。、!！#—-]"
)


def listen_placed(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing]:
    """As `listen`. Asked for his estate he answers with nothing else (云栖里3-2): then what he had reported is heard
    from there. Or he sends his place first: then what he reports next is. An estate that he names counts for as long
    as other talk does (`recent_hours`)."""
    if not speaker.private or speaker.seat is not None or speaker.actor.posts or isinstance(said, Edited):
        return listen(ctx, speaker, said)
    listening = ctx.settings.listening
    estates = ctx.store.areas.estates("/")
    since = said.sent_at - timedelta(hours=listening.recent_hours)
    before = ctx.store.lines.recent_private(speaker.account.id, since, listening.recent_lines)
    words = " ".join(one for one in (said.spot.name if said.spot is not None else "", said.text) if one)
    if _estate(estates, words) is None:
        told = [_words(line) for line in before if _estate(estates, _words(line)) is not None]
        return listen(ctx, _at(ctx, speaker, estates, told[-1]) if told else speaker, said)
    there = _at(ctx, speaker, estates, words)
    if not _only_a_place(estates, words):
        return listen(ctx, there, said)
    keep_line(ctx, speaker, said)
    waiting = [line for line in before if line.reading.confidence >= listening.unsure and not line.tickets]
    reported = [line for line in waiting if _estate(estates, _words(line)) is None]
    if not reported:
        return asides.once(ctx, speaker, "place")
    return hear(ctx, replace(there, line=reported[-1].id), said, reported[-1])


def _only_a_place(estates: Sequence[Area], words: str) -> bool:
    """Nothing but where he is (我住云栖里3-2，麻烦快点)."""
    estate = _estate(estates, words)
    return estate is not None and not _BESIDE.sub("", words.replace(estate.name, ""))


def _at(ctx: Context, speaker: Speaker, estates: Sequence[Area], words: str) -> Speaker:
    """The speaker where these words say that he is."""
    estate = _estate(estates, words)
    seat = ctx.store.areas.seat(estate.path) if estate is not None else None
    return replace(speaker, seat=seat, told=where(fold(words), words))


def _estate(estates: Sequence[Area], words: str) -> Area | None:
    """The one that is named; None where none or several are."""
    named = [area for area in estates if area.name in words]
    longest = [area for area in named if not any(area.name in other.name for other in named if other is not area)]
    return longest[0] if len(longest) == 1 else None


def _words(line: Line) -> str:
    return " ".join(one for one in (line.spot or "", line.text) if one)
