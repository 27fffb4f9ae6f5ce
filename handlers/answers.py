"""Short answers to whoever speaks: here, in private, or in his own language."""

from __future__ import annotations

from domain.messages import Account, Address, Button, Outgoing, Person, Pressed, Priority
from handlers.context import Context, Speaker
from handlers.texts import say
from storage.languages import Languages


def language(ctx: Context, speaker: Speaker) -> str:
    """The language he asked for, or the office's."""
    found = Languages(ctx.store.connection).of_account(speaker.account.id)
    return found or ctx.settings.office.language


def language_of(ctx: Context, person: int) -> str:
    """The language of somebody we write to unasked."""
    return ctx.store.people.get(person).language or ctx.settings.office.language


def among_residents(speaker: Speaker) -> bool:
    """Whether everybody in the house can read it."""
    return speaker.group is not None and speaker.group.audience == "residents"


def here(speaker: Speaker, text: str, buttons: tuple[Button, ...] = ()) -> Outgoing:
    """Where he spoke, as a reply to it."""
    reply = not speaker.private and not isinstance(speaker.event, Pressed)
    return Outgoing(
        to=speaker.at,
        text=text,
        mode="reply" if reply else "new",
        replies_to=speaker.event.id if reply else None,
        buttons=buttons,
        priority=Priority.ANSWER,
        silent=True,
    )


def quietly(speaker: Speaker, text: str, buttons: tuple[Button, ...] = ()) -> Outgoing:
    """In his private chat where he has one with us, else where he spoke."""
    if speaker.private or speaker.account.chat is None:
        return here(speaker, text, buttons)
    to: Address | Person | Account = Account(speaker.account.id)
    return Outgoing(to=to, text=text, buttons=buttons, priority=Priority.ANSWER, silent=True)


def acknowledge(ctx: Context, speaker: Speaker, key: str, **params: object) -> list[Outgoing]:
    """One short line that it was done. Not among residents, where the card says it, nor on a group's card pressed."""
    if among_residents(speaker) or (isinstance(speaker.event, Pressed) and not speaker.private):
        return []
    return [here(speaker, say(key, language(ctx, speaker), **params))]
