"""Short answers that are no commands: 1, 2, 3, 还没好 to how it went, "办好了 换了灯", 我来, 都好.

In groups only what answers a question of ours is taken here; the rest is for the listener.
"""

from __future__ import annotations

import re
from datetime import timedelta

from domain.errors import Refused
from domain.messages import Outgoing, Said
from domain.tickets import Ticket, may_be_rated, possible
from handlers import binding, command
from handlers.asked import candidates, may_rate, ticket_of_card
from handlers.care.contacts import answer_contacts
from handlers.context import Context, Speaker
from handlers.deeds import closing
from handlers.verdicts import Verdict, verdict_in

# 办好了, 修好了 alone: done, but not how.
_DONE = re.compile(
    r"(?:已经?|都|全部?)?(?:办好|修好|弄好|处理好|解决|搞定|完成|办完|处理完|修完|办结|好)(?:了|啦|咯)?"
    r"(?:$|(?P<rest>[\s,，。.:：;；、].*))|(?:done|fixed)(?:$|(?P<latin>[\s,.:;].*))",
    re.DOTALL | re.IGNORECASE,
)
_CLAIM = re.compile(
    r"(?:我来|我去|我接|接了|收到[,， ]*我来|我来办|我来处理|i take it|mine)[了吧。.!！]*", re.IGNORECASE
)
# 5 is no star here, and a listener could only guess.
_FIGURE = re.compile(r"[\d０-９]{1,2}[分星。.!！]?")
_JOINT = " \t\r\n,，。.:：;；、"


def answer(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing] | None:
    """What to say to a short answer, or None when it is none and the listener should have it."""
    if speaker.private and (code := binding.typed_code(said.text)) is not None:
        return [binding.bind_by_code(ctx, speaker, code)]
    on_card = ticket_of_card(speaker.card)
    ticket = ctx.store.tickets.find(on_card) if on_card is not None else None
    contacts = answer_contacts(ctx, speaker, said.text)
    if contacts is not None:
        return contacts
    rating = _asks_rating(speaker.card or "")
    if not speaker.private and not rating:
        return None
    text = said.text.strip()
    if speaker.actor.posts and not rating:
        answered = _of_staff(ctx, speaker, text, ticket)
        if answered is not None:
            return answered
    return _of_reporter(ctx, speaker, text, ticket)


def _asks_rating(card: str) -> bool:
    """The private question, or the closing line in the group where the reporter has no private chat."""
    return card.startswith("rating:") or card.endswith(":closing")


# the reporter


def _of_reporter(ctx: Context, speaker: Speaker, text: str, ticket: Ticket | None) -> list[Outgoing] | None:
    verdict = verdict_in(text)
    if verdict is None:
        if speaker.private and _FIGURE.fullmatch(text) and _asked_about(ctx, speaker):
            raise Refused("refused.rating_1_to_3")
        return None
    asked = [ticket] if ticket is not None else _asked_about(ctx, speaker)
    if not asked and verdict.words != text:
        asked = _unasked(ctx, speaker)
    asked = [one for one in asked if possible(one, "rate") and may_rate(ctx, speaker, one)]
    if verdict.words == text:
        # 谢谢 is no score: where there is none to give, it is heard as talk.
        asked = [one for one in asked if may_be_rated(one, speaker.actor.person, verdict.score)]
    if not asked or (ticket is None and not _answers(text, verdict)):
        return None
    if len(asked) > 1:
        score = f"{verdict.score} {verdict.words}".strip()
        return [command.ask_which(ctx, speaker, command.COMMANDS["rate"], asked, score)]
    return closing.rate(ctx, speaker, asked[0], verdict.score, verdict.words)


def _asked_about(ctx: Context, speaker: Speaker) -> list[Ticket]:
    """His tickets about which the question is still open."""
    return [
        one
        for one in candidates(ctx, speaker, command.COMMANDS["rate"])
        if one.done_at is not None and ctx.now - one.done_at <= timedelta(hours=ctx.settings.rating.give_up_hours)
    ]


def _unasked(ctx: Context, speaker: Speaker) -> list[Ticket]:
    """His tickets that ended without the question, an emergency say: a figure about the latest is taken as 评价 is."""
    tickets, actor = ctx.store.tickets, speaker.actor
    ended = tickets.of_reporter(actor.account, actor.person, frozenset({"closed"}), actor.kin)
    since = ctx.now - timedelta(hours=ctx.settings.rating.give_up_hours)
    fresh = [one for one in ended if one.rating is None and one.done_at is not None and one.done_at >= since]
    return sorted(fresh, key=lambda one: one.done_at or since)[-1:]


def _answers(text: str, verdict: Verdict) -> bool:
    """Unquoted, only a figure or a few words answer; a longer message has more to say than how it went."""
    return not verdict.words or verdict.words != text or len(text) <= 16


# staff


def _of_staff(ctx: Context, speaker: Speaker, text: str, ticket: Ticket | None) -> list[Outgoing] | None:
    if _CLAIM.fullmatch(text):
        return _on(ctx, speaker, "claim", ticket, "")
    found = _DONE.fullmatch(text)
    if found is None:
        return None
    rest = (found["rest"] or found["latin"] or "").strip(_JOINT)
    return _on(ctx, speaker, "done", ticket, rest)


def _on(ctx: Context, speaker: Speaker, what: str, ticket: Ticket | None, words: str) -> list[Outgoing] | None:
    """The same as the command; but where nothing can be meant it was only talk."""
    asked = command.COMMANDS[what]
    if ticket is None:
        found = candidates(ctx, speaker, asked)
        # 好了 from somebody with nothing in hand may be his answer as a resident.
        found = [one for one in found if what == "claim" or _in_hand(speaker, one)]
        if not found:
            return None
        if len(found) > 1:
            return [command.ask_which(ctx, speaker, asked, found, words)]
        ticket = found[0]
    if what == "done" and not possible(ticket, "done"):
        return None
    return asked.run(ctx, speaker, words, ticket)


def _in_hand(speaker: Speaker, ticket: Ticket) -> bool:
    if speaker.actor.person is not None and speaker.actor.person == ticket.assignee:
        return True
    return any(post.department is not None and post.department == ticket.department for post in speaker.actor.posts)
