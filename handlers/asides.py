"""What is said to us in private and became nothing: a greeting, thanks, a bare figure, a photo or a place alone. One
short line that says what can be done here, and then none for some hours."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Literal, TypeAlias

from domain.messages import Outgoing, Priority, Said
from handlers import command
from handlers.answers import language
from handlers.asked import named
from handlers.context import Context, Speaker
from handlers.texts import say
from storage.pushes import Pushes

Kind: TypeAlias = Literal["greeting", "thanks", "figure", "photo", "voice", "place", "unclear"]

# Below this confidence (0 to 1) it is mere talk, which is left alone.
LEAST = 0.1
_MARKS = r"[\s,，。.!！?？~～、…]"
_GREETING = re.compile(
    rf"(?:(?:你|您|大家|各位)?好(?:啊|呀|呢)?|在吗|在么|在不在|有人吗|有人在吗|有人么|喂|嗨|哈喽|早(?:上好)?|上午好|中午好|下午好|"
    rf"晚上好|晚安|打扰了?|请问|机器人|小助手|你是谁|您是谁|你是机器人吗|怎么用|怎么弄|能做什么|能干什么|"
    rf"hi|hello|hey|good (?:morning|afternoon|evening)|anybody there|who are you|{_MARKS})+",
    re.IGNORECASE,
)
_THANKS = re.compile(
    rf"(?:谢谢|多谢|感谢|谢了|辛苦|麻烦|好的?|嗯|哦|知道|收到|明白|行|可以|ok|okay|thanks?|thank you|got it|"
    rf"你们?|您们?|大家|师傅|了|啦|啊|呀|哈|{_MARKS})+",
    re.IGNORECASE,
)
_FIGURE = re.compile(r"(?:回|选)?\s*(?P<number>[\d０-９]{1,4})\s*[。.!！号]?")
# A ticket's number with its label stands for nothing else.
_LABELLED = re.compile(r"#?\s?[一-鿿A-Za-z]{1,8}\s?-?\d{1,7}号?")
# A ticket's number in full, or long enough not to be an answer: "128 alone is understood" (SERVICE.md §1).
_NUMBER = re.compile(r"#?\s?(?:[一-鿿A-Za-z]{1,8}\s?-?\d{1,7}|\d{2,7})号?")


def shown(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing] | None:
    """A ticket's full number alone, in private, shows it to whom it concerns; None where it is not that."""
    text = said.text.strip()
    if not speaker.private or not _LABELLED.fullmatch(text):
        return None
    ticket = named(ctx, speaker, text)
    return command.COMMANDS["show"].run(ctx, speaker, "", ticket) if ticket is not None else None


def answer(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing]:
    """What to say to it: mostly nothing. In private only, and only where the listener made nothing of it."""
    if not speaker.private:
        return []
    if _tickets(ctx, said):
        return noted(ctx, speaker, said, [])
    text = said.text.strip()
    if _NUMBER.fullmatch(text) and (ticket := named(ctx, speaker, text)) is not None:
        return command.COMMANDS["show"].run(ctx, speaker, "", ticket)
    kind = kind_of(said)
    if kind is None or (kind == "voice" and ctx.settings.attachments.voice):
        # Its words come later, and are heard then.
        return []
    if kind == "unclear" and (speaker.actor.posts or _sounds_like_a_report(ctx, said) < LEAST):
        return []
    return once(ctx, speaker, kind)


def kind_of(said: Said) -> Kind | None:
    """What it is, by its words alone; None where there is nothing to answer."""
    text = said.text.strip()
    if not text:
        kinds = {item.kind for item in said.media}
        if "voice" in kinds:
            return "voice"
        return "photo" if kinds & {"photo", "video"} else "place" if said.spot is not None else None
    if _FIGURE.fullmatch(text):
        return "figure"
    if _GREETING.fullmatch(text):
        return "greeting"
    if _THANKS.fullmatch(text):
        return "thanks"
    return "unclear" if re.search(r"\w{2}", text) else None


def _sounds_like_a_report(ctx: Context, said: Said) -> float:
    """As the listener read it."""
    number = ctx.store.lines.at(said.at.channel, said.at.chat, said.id)
    line = ctx.store.lines.get(number, "unit") if number is not None else None
    return line.reading.confidence if line is not None else 0.0


def _tickets(ctx: Context, said: Said) -> tuple[int, ...]:
    """What the line belongs to."""
    line = ctx.store.lines.at(said.at.channel, said.at.chat, said.id)
    return ctx.store.tickets.tickets_of_lines([line]).get(line, ()) if line is not None else ()


def noted(ctx: Context, speaker: Speaker, said: Said, heard: Sequence[Outgoing]) -> list[Outgoing]:
    """A resident's further word in private went to a matter of his: he is told to which, now and then, so that another
    matter is not lost in it. Nothing where he gets an answer as it is."""
    if not speaker.private or speaker.actor.posts or any(one.mode != "edit" or one.to == speaker.at for one in heard):
        return []
    ticket = next((ctx.store.tickets.get(one) for one in _tickets(ctx, said)), None)
    if ticket is None or ticket.status not in ("open", "taken"):
        return []
    card = f"aside:noted:{ticket.id}"
    if _was_said(ctx, card, ctx.settings.private.aside_hours):
        return []
    text = say("aside.noted", language(ctx, speaker), number=ticket.number)
    return [Outgoing(to=speaker.at, text=text, card=card, priority=Priority.ANSWER, silent=True)]


def _was_said(ctx: Context, card: str, hours: int) -> bool:
    last = Pushes(ctx.store.connection).last(card)
    return last is not None and ctx.now - last < timedelta(hours=hours)


def once(ctx: Context, speaker: Speaker, kind: Kind) -> list[Outgoing]:
    """The line, unless such a line was said to him a while ago. To ask what is meant is apart from talk."""
    asks = kind in ("photo", "voice", "place", "unclear")
    card = f"aside:{'asks' if asks else 'talk'}:{speaker.account.id}"
    hours = 24 if kind == "thanks" else ctx.settings.private.aside_hours
    if _was_said(ctx, card, hours):
        return []
    text = _line(ctx, speaker, kind)
    return [Outgoing(to=speaker.at, text=text, card=card, priority=Priority.ANSWER, silent=True)]


def _line(ctx: Context, speaker: Speaker, kind: Kind) -> str:
    tongue = language(ctx, speaker)
    staff = "_staff" if speaker.actor.posts and kind not in ("photo", "voice", "place", "thanks") else ""
    phones = ctx.settings.office.phones
    phone = phones.community_office or phones.property_duty or phones.hotline
    return say(
        f"aside.{kind}{staff}",
        tongue,
        office=ctx.settings.office.name,
        name=speaker.account.name,
        phone=say("aside.phone", tongue, phone=phone) if phone else "",
    )
