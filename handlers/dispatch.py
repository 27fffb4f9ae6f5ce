"""Who speaks, where, and what: hands each incoming thing to the room that deals with it."""

from __future__ import annotations

from dataclasses import replace

from domain.errors import Refused
from domain.messages import (
    Address,
    Advised,
    Barred,
    Confirmed,
    Edited,
    Event,
    Filed,
    Incoming,
    Joined,
    Left,
    Migrated,
    Outgoing,
    Pressed,
    Priority,
    Reacted,
    ReadOut,
    Said,
    SharedContact,
)
from handlers import (
    asides,
    barred,
    binding,
    broadcasting,
    buttons,
    choices,
    command,
    homes,
    leaving,
    opinions,
    orders,
    reactions,
    read_out,
    reply,
)
from handlers.answers import language
from handlers.care import forwarded
from handlers.context import Context, Speaker
from handlers.listening.hearing import keep_line
from handlers.texts import say
from handlers.unplaced import listen_placed
from storage.areas import Seat


def handle(ctx: Context, incoming: Incoming) -> list[Outgoing]:
    """What to say to one incoming thing. A refusal becomes its text; anything else raised is a bug."""
    match incoming:
        case Filed():
            return orders.take(ctx, incoming)
        case Advised():
            return opinions.take(ctx, incoming)
        case ReadOut():
            return _read_out(ctx, incoming)
        case Confirmed():
            return broadcasting.confirmed(ctx, incoming)
        case Said():
            return _said(ctx, incoming)
        case Pressed():
            return _pressed(ctx, incoming)
        case Joined(bot=True):
            return _joined(ctx, incoming)
        case Left(bot=True, private=True):
            ctx.store.people.lose_chat(incoming.at.channel, incoming.at.chat)
        case Left(bot=True):
            return leaving.thrown_out(ctx, incoming.at)
        case Barred():
            return barred.barred(ctx, incoming)
        case Migrated():
            ctx.store.rooms.move(incoming.at, incoming.to)
        case Reacted():
            return reactions.react(ctx, speaker_of(ctx, incoming), incoming)
        case SharedContact():
            return _shared(ctx, incoming)
        case _:
            pass
    return []


def speaker_of(ctx: Context, event: Event, card: str | None = None) -> Speaker:
    """The account, its person and posts, the group and its place in the tree."""
    account = ctx.store.people.account(
        event.at.channel,
        event.sender.user_id,
        event.sender.name,
        ctx.now,
        private_chat=event.at.chat if event.private else None,
    )
    group = None if event.private else ctx.store.areas.group_at(event.at)
    actor = ctx.store.people.actor(account, ctx.settings.sensitive.people)
    if not account.name:
        account = replace(account, name=_called(ctx, account.person))
    if event.private:
        actor = replace(actor, kin=ctx.store.kin.of_account(account.id))
    seat: Seat | None
    if group is not None:
        seat = ctx.store.areas.seat(group.area_path)
    elif actor.posts:
        seat = ctx.store.areas.seat(actor.posts[0].area_path)
    else:
        seat = homes.seat_of(ctx, account, actor)
    return Speaker(account, actor, event.at, group, seat, event.private, event, card=card)


def _called(ctx: Context, person: int | None) -> str:
    """Where the platform names nobody: what those who bound him call him."""
    return (
        ctx.store.people.get(person).name if person is not None else say("bind.nameless", ctx.settings.office.language)
    )


def _said(ctx: Context, said: Said) -> list[Outgoing]:
    if said.sender.is_bot:
        return []
    card = ctx.store.outbox.card_of(said.at.channel, said.at.chat, said.replies_to) if said.replies_to else None
    speaker = speaker_of(ctx, said, card)
    if speaker.group is None and not speaker.private:
        return _in_unbound_room(ctx, speaker, said)
    edited = isinstance(said, Edited)
    if said.forwarded:
        # Not his own words: no command, and no answer to a question of ours.
        handed_in = forwarded.take_forwarded(ctx, speaker, said)
        if handed_in is not None:
            return handed_in
    elif not edited:
        said = choices.answered(ctx.store, said, ctx.now)
        addressed = said.named or speaker.private or card is not None or _in_staff_group(speaker)
        try:
            parsed = command.parse(
                said.text, addressed=addressed, staff=bool(speaker.actor.posts), private=speaker.private
            )
            if parsed is not None:
                return command.run(ctx, keep_line(ctx, speaker, said), parsed)
            answer = reply.answer(ctx, speaker, said)
            if answer is None:
                answer = asides.shown(ctx, speaker, said)
            if answer is not None:
                keep_line(ctx, speaker, said)
                return answer
            pasted = forwarded.take_pasted(ctx, speaker, said)
            if pasted is not None:
                return pasted
        except Refused as refused:
            return [_refusal(ctx, speaker, refused, said.id)]
    heard = listen_placed(ctx, speaker, said)
    if edited:
        return heard
    if heard:
        return [*heard, *asides.noted(ctx, speaker, said, heard)]
    return forwarded.take_photo(ctx, speaker, said) or asides.answer(ctx, speaker, said)


def _read_out(ctx: Context, words: ReadOut) -> list[Outgoing]:
    """A voice message goes the way of all words, only later."""
    said = read_out.as_said(ctx, words)
    if said is None:
        return read_out.note(ctx, words)
    outgoing = _said(ctx, said)
    read_out.keep_voice(ctx, words, said)
    return outgoing


def _in_unbound_room(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing]:
    """Nothing is heard there but the code that binds it."""
    parsed = command.parse(said.text, addressed=said.named)
    if parsed is None or parsed.command.latin != "bind" or isinstance(said, Edited):
        return []
    try:
        return command.run(ctx, speaker, parsed)
    except Refused as refused:
        return [_refusal(ctx, speaker, refused, said.id)]


def _shared(ctx: Context, contact: SharedContact) -> list[Outgoing]:
    speaker = speaker_of(ctx, contact)
    try:
        return binding.bind_by_phone(ctx, speaker, contact)
    except Refused as refused:
        return [_refusal(ctx, speaker, refused, contact.id)]


def _pressed(ctx: Context, pressed: Pressed) -> list[Outgoing]:
    card = ctx.store.outbox.card_of(pressed.at.channel, pressed.at.chat, pressed.on) if pressed.on else None
    speaker = speaker_of(ctx, pressed, card)
    try:
        return buttons.press(ctx, speaker, pressed)
    except Refused as refused:
        return [_refusal(ctx, speaker, refused, pressed.on)]


def _in_staff_group(speaker: Speaker) -> bool:
    return speaker.group is not None and speaker.group.audience == "staff"


def _refusal(ctx: Context, speaker: Speaker, refused: Refused, replies_to: str | None) -> Outgoing:
    text = say(refused.key, language(ctx, speaker), **refused.params)
    return Outgoing(
        to=speaker.at,
        text=text,
        mode="reply" if replies_to else "new",
        replies_to=replies_to,
        priority=Priority.ANSWER,
        silent=True,
    )


def _joined(ctx: Context, joined: Joined) -> list[Outgoing]:
    """A notice, once for each time the bot is let in: of what it keeps, or that it does not listen yet."""
    room: Address = joined.at
    bound = ctx.store.areas.group_at(room) is not None
    text = binding.notice(ctx) if bound else say("listening.joined_unbound", ctx.settings.office.language)
    return [Outgoing(to=room, text=text, once=f"joined:{room.channel}:{room.chat}:{joined.id}")]
