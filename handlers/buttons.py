"""A pressed button: its command text is taken as if it had been said, with the card it stands on."""

from __future__ import annotations

from domain.errors import Refused
from domain.messages import Outgoing, Pressed, Said
from handlers import command, marks, reply
from handlers.context import Context, Speaker


def press(ctx: Context, speaker: Speaker, pressed: Pressed) -> list[Outgoing]:
    """What pressing gives; Refused (to be shown to the presser) where he may not, or the button is out of date."""
    words = marks.command_of(ctx.store, pressed)
    if words is None:
        raise Refused("command.button_old")
    parsed = command.parse(words, addressed=True)
    if parsed is not None:
        return command.run(ctx, speaker, parsed)
    # Buttons of the morning list and of a rating hold short answers: 都好, 1.
    said = Said(
        at=pressed.at,
        id=pressed.id,
        sender=pressed.sender,
        sent_at=pressed.sent_at,
        private=pressed.private,
        text=words,
    )
    answered = reply.answer(ctx, speaker, said)
    if answered is None:
        raise Refused("command.button_old")
    return answered
