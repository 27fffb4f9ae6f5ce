"""请假 and 销假: whoever is away, for how long, until he is back."""

from __future__ import annotations

import re
import unicodedata
from datetime import timedelta

from domain.messages import Outgoing
from handlers.answers import here, language, quietly
from handlers.care.standing_in import hand_on, hand_over, is_away, relieve, stand_in
from handlers.care.today import morning_list, today
from handlers.context import Context, Speaker
from handlers.texts import say
from nlu.numbers import in_digits

_LEAVE = re.compile(r"\s*(\d{1,2})\s*个?\s*(?:(天|days?)|周|星期|礼拜|weeks?)(?![\d天])", re.IGNORECASE)
_MOST_DAYS = 30


def leave_days(words: str) -> int | None:
    """三天, ３天, 一周，孩子病了: for how many days, where the words begin with that."""
    found = _LEAVE.match(in_digits(unicodedata.normalize("NFKC", words).replace("两", "二")))
    return int(found[1]) * (1 if found[2] else 7) if found is not None else None


def take_leave(ctx: Context, speaker: Speaker, words: str = "") -> list[Outgoing]:
    """He is away today (or for as many days as he says): his list goes to the community, and so do those that he had
    of others."""
    worker = speaker.actor.person
    assert worker is not None, "asked of staff only"
    day = today(ctx)
    days = min(max(leave_days(words) or 1, 1), _MOST_DAYS)
    ctx.store.people.away(worker, day + timedelta(days=days - 1))
    tongue, person = language(ctx, speaker), ctx.store.people.get(worker)
    passed_on = hand_on(ctx, person.district, day) if person.district is not None else []
    to = stand_in(ctx, worker, day)
    if to is None:
        return [here(speaker, say("care.leave_nobody", tongue)), *passed_on]
    handed = hand_over(ctx, person, day, to, matters=True)
    return [here(speaker, say("care.leave_noted", tongue, deputy=ctx.store.people.get(to).name)), *handed, *passed_on]


def end_leave(ctx: Context, speaker: Speaker) -> list[Outgoing]:
    """He is back: what is due from today on is his again, and whoever stood in is told."""
    worker = speaker.actor.person
    assert worker is not None, "asked of staff only"
    tongue, day = language(ctx, speaker), today(ctx)
    person = ctx.store.people.get(worker)
    if not is_away(person, day):
        return [here(speaker, say("care.leave_none", tongue))]
    relieved = relieve(ctx, person, day)
    ctx.store.people.away(worker, None)
    lines = [say("care.leave_ended", tongue)]
    if speaker.private or speaker.account.chat is not None:
        listed = morning_list(ctx, worker, day, greet=False)
        lines += [listed.text] if listed.has_anything else []
    return [quietly(speaker, "\n".join(lines)), *relieved]
