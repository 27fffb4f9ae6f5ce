"""Who first said what somebody forwards to us on Telegram. Pure."""

from __future__ import annotations

from aiogram.types import (
    Message,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
)

from domain.messages import Forwarded


def forwarded_in(message: Message, text: str, photo: bool) -> tuple[Forwarded, ...]:
    """The line as it was said elsewhere; nothing where it is the sender's own, or a bot's: our cards are no reports."""
    match message.forward_origin:
        case MessageOriginUser(sender_user=user, date=at) if not user.is_bot:
            return (Forwarded(user.full_name, at, text, photo),)
        case MessageOriginHiddenUser(sender_user_name=name, date=at):
            return (Forwarded(name, at, text, photo),)
        case MessageOriginChat(sender_chat=chat, date=at) | MessageOriginChannel(chat=chat, date=at):
            return (Forwarded(chat.title or "", at, text, photo),)
        case _:
            return ()
