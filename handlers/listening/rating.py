"""What residents say about a ticket of theirs: it is good now, it is still broken, never mind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal, TypeAlias

from domain.listening import Acts, Deed, Heard, Known, Line
from handlers.listening.act_odds import resident_able, resident_marks, shares
from handlers.listening.act_weights import RESIDENT
from handlers.listening.alarms import dangers
from handlers.listening.opening import join
from handlers.listening.window import PRAISE_TIME, RATING_TIME, SPELL, Window
from nlu.act_model import act_scores
from nlu.acts import read_act
from nlu.put_off import puts_off
from nlu.retracted import found_again, is_mistaken, moved_away, retracts, stands_by, still_needed, wants_instead
from nlu.similar import gist, gist_of, strangers
from nlu.undone import undone

Rating: TypeAlias = Literal["satisfied", "unsatisfied"]

SURE = 0.5
SURE_FIRST = 0.8
SURE_IF_SAID = 0.25  # that he takes it back, where he says so plainly
NEARLY = 0.5  # of a score: with the resident's good word the last word of staff was the end, though another is likelier
PRAISED = 1.0  # of a score: how much likelier it is praise than anything else, days after it was done
CALLED_OFF = 0.8  # an alarm is not taken back by what may mean something else
# Displeasure in so many words; 满不满意 only asks.
_DISPLEASED = re.compile(r"(?<!满)不(?:太|很|怎么|是很)?满意(?![吗么?？])|差评")
_ACTS: dict[str, tuple[Deed, Rating | None, str]] = {
    "good": ("rate", "satisfied", "办结后说好"),
    "bad": ("rate", "unsatisfied", "办结后说没好"),
    "withdraw": ("withdraw", None, "报的人说不用了"),
}
# 吓死我了, after a rescue, says how he feels and not that he is content.
_FRIGHTENED = re.compile(
    r"(?:真是?|可)?(?:把我|[给快]?我)?吓(?:死|坏|了?我?一跳|得)[我人了]*|[我俺]?腿[^，。]{0,3}软了?|后怕"
)
BRIEF = 4  # characters beside it
# 看错了, 虚惊一场: that there was no danger at all.
_NO_DANGER = re.compile(r"撤[了掉吧单]|[看听搞弄]错[了咗]|误报|乌龙|虚惊")
# 保安说看错了，但我看到烟: what others say, or what is not all, is not so plain.
_DOUBTED = re.compile(r"(?:[他她家安业们警管]|[有没]人)(?:都|就|还)?[说讲]|但|可是|不过|明明|还在|又|快来|[?？]|[吗嘛]")
# 好了，是热水器的问题; 是我自己空调的水: names the cause, which was no part of what he told.
_CAUSE = re.compile(
    r"^(?:[哦噢啊咦]+|原来|其实|[，, ])*(?:\S{0,4}了[，,。！ ]+)?(?:原来|其实|就)?是"
    r"(?:[我俺咱](?!们)|自[己家]|.{1,8}(?:问题|原因|松了|没|忘))"
)
# 不用来了: nobody need come for what he told of.
_NEEDLESS = re.compile(r"不用(?:再)?(?:来|管|查|跑|修|派|麻烦)|当我没[说问]|[条个]不算")


def verdict(view: Window) -> Heard | None:
    """A rating or a withdrawal in plain words; None when the line is neither. Judged by wording and situation."""
    tickets = [ticket for ticket in view.tickets.values() if may_speak_of(view, ticket)]
    if not tickets:
        return None
    scores = act_scores(view.text, "resident")
    best: tuple[float, Acts, str] | None = None
    plainly = _takes_back(view.text)
    against = {_plainly_against(view.text, scores), "good" if puts_off(view.text) else None}
    if "谢" not in view.text and len(_FRIGHTENED.sub("", view.text)) < min(BRIEF, len(view.text)):
        against.add("good")
    if stands_by(view.text) or still_needed(view.text):
        against.add("withdraw")
    able = [[deed for deed in resident_able(view, ticket) if deed not in against] for ticket in tickets]
    for ticket, chances in zip(tickets, shares(resident_marks(view, tickets, scores), able, RESIDENT), strict=True):
        if not chances:
            continue
        name = max(chances, key=lambda one: chances[one])
        wanted = SURE_IF_SAID if plainly and name == "withdraw" else SURE
        if sum(chances.values()) < wanted or (best and chances[name] <= best[0]):
            continue
        if name == "withdraw" and not _may_be_taken_back(view, ticket, chances[name], plainly=plainly):
            continue
        does, value, why = _ACTS[name]
        best = chances[name], Acts(ticket.id, does, value=value, note=view.text), why
    if best is not None:
        return Heard((best[1],), (f"{best[2]} {best[0]:.2f}",))
    return (
        _was_found(view, tickets)
        or _was_mistaken(view, tickets)
        or _another_way(view, tickets, scores)
        or _before_the_end(view, scores)
    )


def _another_way(view: Window, tickets: Sequence[Known], scores: Mapping[str, float]) -> Heard | None:
    """不用上门，打个电话就行: what sounds like taking it back asks for another way, which its mender must hear of."""
    if not wants_instead(view.text):
        return None
    going = [ticket for ticket in tickets if ticket.status in ("open", "taken") and view.here(ticket)]
    marks = resident_marks(view, going, scores)
    for ticket, chances in zip(
        going, shares(marks, [resident_able(view, one) for one in going], RESIDENT), strict=True
    ):
        if chances.get("withdraw", 0) >= SURE_IF_SAID:
            return Heard((join(view, ticket),), ("不用来，但要别的",))
    return None


def _may_be_taken_back(view: Window, ticket: Known, chance: float, *, plainly: bool) -> bool:
    """An alarm only by words that can mean nothing else; and nothing by words of another thing (我家猫自己回来了,
    by one who has reported a lamp)."""
    alarm = ticket.urgency == 3 and not (plainly and _NO_DANGER.search(view.text))
    if alarm and (chance < CALLED_OFF or dangers(view.text)):
        return False
    return plainly or ticket in view.pointed() or not strangers(gist(view.text), gist_of(ticket.texts))


def _was_found(view: Window, tickets: Sequence[Known]) -> Heard | None:
    """找到了，在车底下: what he asked everybody to look for; 挪走了: what stood in his way, before anybody took it on.
    How a child was found is told by who looks after it."""
    for ticket in sorted(tickets, key=lambda one: one.last_at, reverse=True):
        live = ticket.status not in ("done", "closed") and ticket.urgency < 3
        if live and found_again(view.text, ticket.texts):
            return Heard((Acts(ticket.id, "withdraw", note=view.text),), ("要找的找到了",))
        if live and ticket.status == "open" and moved_away(view.text, ticket.texts):
            return Heard((Acts(ticket.id, "withdraw", note=view.text),), ("挡着的挪走了",))
    return None


def _was_mistaken(view: Window, tickets: Sequence[Known]) -> Heard | None:
    """说错了，电梯没坏, of what he has just told: by the words alone, that are nothing else."""
    for ticket in tickets:
        just_now = ticket.status == "open" and view.line.sent_at - ticket.opened_at <= SPELL and ticket.urgency < 3
        if just_now and is_mistaken(view.text) and retracts(view.text, ticket.texts):
            return Heard((Acts(ticket.id, "withdraw", note=view.text),), ("说自己报错了",))
    return None


def _takes_back(text: str) -> bool:
    """In so many words, so that little more is asked for."""
    if _DOUBTED.search(text):
        return False
    return any(one.search(text) for one in (_NO_DANGER, _NEEDLESS, _CAUSE)) and any(
        act.does == "withdraw" and act.plain for act in read_act(text, "resident")
    )


def _plainly_against(text: str, scores: Mapping[str, float]) -> str | None:
    """The verdict that both the plain words and all that is like them speak against (没修好 is never good), however
    often people say the other one just then."""
    said = {act.value for act in read_act(text, "resident") if act.does == "rate"}
    figure = len(text.strip()) == 1 and bool(said)  # 1, 2 and 3 are what we asked for
    if _DISPLEASED.search(text) or ("unsatisfied" in said and (figure or scores["bad"] > scores["good"])):
        return "good"
    return "bad" if "satisfied" in said and (figure or scores["good"] > scores["bad"]) else None


def _before_the_end(view: Window, scores: Mapping[str, float]) -> Heard | None:
    """He says that it is good, and nobody was heard to say that it is done: then the last word of staff on it was that,
    if it can have been."""
    best: tuple[float, Known, Line] | None = None
    if puts_off(view.text):
        return None
    for ticket in view.live():
        heard_of = view.mine(ticket) and view.here(ticket) and ticket.status != "proposed"
        told = _last_word(view, ticket) if heard_of else None
        if told is None:
            continue
        ended = replace(ticket, status="done", done_at=told.sent_at)
        seen = replace(view, tickets=view.tickets | {ticket.id: ended})
        marks = resident_marks(seen, [ended], scores)
        good = next(iter(shares(marks, [resident_able(seen, ended)], RESIDENT)))["good"]
        if good >= SURE_FIRST and (best is None or good > best[0]):
            best = good, ticket, told
    if best is None:
        return None
    good, ticket, told = best
    steps = (
        Acts(ticket.id, "done", note=told.text, line=told.id),
        Acts(ticket.id, "rate", value="satisfied", note=view.text),
    )
    return Heard(steps, (f"没听出办结就说好 {good:.2f}",))


def _last_word(view: Window, ticket: Known) -> Line | None:
    """What staff last said here since it was told, if it can have been the end of it."""
    own = [
        old
        for old in view.scene.recent
        if old.role != "resident" and old.sent_at >= ticket.opened_at and (not old.tickets or ticket.id in old.tickets)
    ]
    if not own or (ticket.status == "taken" and ticket.id in own[-1].tickets):
        return None  # nothing since he took it
    scores = act_scores(own[-1].text, "staff")
    others = max(scores[name] for name in scores if name not in ("done", "other"))
    return own[-1] if scores["done"] >= others - NEARLY else None


def may_speak_of(view: Window, ticket: Known) -> bool:
    """His own matters that are open or were done lately; days later only plain praise, which can be meant of that."""
    if ticket.status not in ("done", "closed"):
        return ticket.reporter == view.line.speaker
    if not view.mine(ticket):
        return False
    since = view.line.sent_at - ticket.done_at if ticket.done_at is not None else None
    if ticket in view.pointed() or (since is not None and since <= RATING_TIME):
        return True
    return since is not None and since <= PRAISE_TIME and _late_praise(view, ticket)


def _late_praise(view: Window, ticket: Known) -> bool:
    """Not thanks for what staff have just told, nor words of another thing."""
    before = next(iter(view.lately(SPELL, 1)), None)
    if before is not None and before.role != "resident" and ticket.id not in before.tickets:
        return False
    if undone(view.text, ticket.texts):
        return True
    if strangers(gist(view.text), gist_of(ticket.texts)):
        return False
    scores = act_scores(view.text, "resident")
    return scores["good"] >= max(scores[name] for name in scores if name != "good") + PRAISED


def quoted(view: Window) -> Heard | None:
    """A card quoted by a resident: a rating when it is done, a withdrawal, or one more line of the ticket."""
    ticket = view.tickets.get(view.line.quotes) if view.line.quotes is not None else None
    if ticket is None:
        return None
    heard = verdict(view)
    if heard is not None:
        return heard
    if ticket.status in ("done", "closed"):
        if view.line.reading.confidence >= 0.6 and not ticket.rated:
            return Heard((Acts(ticket.id, "rate", value="unsatisfied", note=view.text),), ("引用办结的卡片又报",))
        return Heard((), ("引用了办结的卡片，没有说好坏",))
    return Heard((join(view, ticket),), ("引用了卡片",))
