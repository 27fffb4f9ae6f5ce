"""What an update of Telegram means. Pure: the bytes that were stored, and nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Message,
    MessageReactionUpdated,
    ReactionTypeEmoji,
    Update,
    User,
)
from pydantic import ValidationError

from bot.channels.telegram_bot.deliveries import CHANNEL, FORWARDED, OURS
from bot.channels.telegram_bot.forwards import forwarded_in
from domain.messages import (
    Address,
    Edited,
    Incoming,
    Joined,
    Left,
    Media,
    Migrated,
    Pressed,
    Raw,
    Reacted,
    Said,
    Sender,
    SharedContact,
    Spot,
)

# Accounts of Telegram itself: an admin who hides, a channel that speaks, a channel's post passed on to its group.
ANONYMOUS_ADMIN, CHANNEL_BOT, FORWARDED_POST = 1087968824, 136817688, 777000
_IN = frozenset({"creator", "administrator", "member"})


def understand(raw: Raw) -> list[Incoming]:
    """What a delivery means; ValueError when it is no update that we know."""
    body = json.loads(raw.body)
    update = _update(body)
    if update.message is not None:
        return _message(raw, update.message, _admin(body))
    if update.edited_message is not None:
        return _edited(raw, update.edited_message)
    if update.callback_query is not None:
        return _pressed(raw, update.callback_query)
    if update.my_chat_member is not None:
        return _member(raw, update.my_chat_member, update.update_id, bot=True)
    if update.chat_member is not None:
        return _member(raw, update.chat_member, update.update_id, bot=False)
    if update.message_reaction is not None:
        return _reacted(raw, update.message_reaction, update.update_id)
    return []


def _update(body: object) -> Update:
    try:
        return Update.model_validate(body)
    except ValidationError as error:
        # By its own text it repeats what people wrote.
        wrong = error.errors(include_url=False, include_context=False, include_input=False)
        what = "; ".join(f"{'.'.join(map(str, one['loc']))}: {one['type']}" for one in wrong)
        raise ValueError(f"no update that we know: {what}") from None


def _admin(body: dict[str, Any]) -> bool | None:
    ours = body.get(OURS)
    return ours["admin"] if isinstance(ours, dict) else None


def _room(raw: Raw, message: Message) -> Address:
    """The chat as it is called now (it may have been given another id since), and the topic of a forum."""
    thread = message.message_thread_id if message.is_topic_message else None
    return Address(CHANNEL, raw.chat, str(thread) if thread is not None else None)


def sender_of(user: User | None, chat: Chat | None, *, automatic: bool = False, admin: bool | None = None) -> Sender:
    """Who speaks. An admin who hides and a channel are accounts of their own, `chat:…`, which nobody can bind to a
    person; a post that Telegram passes on by itself is a notice of a machine."""
    if automatic or (user is not None and user.id == FORWARDED_POST):
        return Sender(f"chat:{chat.id}" if chat is not None else str(FORWARDED_POST), _title(chat), is_bot=True)
    if chat is not None:
        return Sender(f"chat:{chat.id}", _title(chat), admin=False)
    if user is None or user.id in (ANONYMOUS_ADMIN, CHANNEL_BOT):
        return Sender("chat:0", "", admin=False)
    return Sender(str(user.id), user.full_name, is_bot=user.is_bot, admin=admin)


def _title(chat: Chat | None) -> str:
    return (chat.title or chat.full_name or "") if chat is not None else ""


def _message(raw: Raw, message: Message, admin: bool | None) -> list[Incoming]:
    at, private = _room(raw, message), message.chat.type == "private"
    sender = sender_of(
        message.from_user, message.sender_chat, automatic=bool(message.is_automatic_forward), admin=admin
    )
    event: dict[str, Any] = {
        "at": at,
        "id": str(message.message_id),
        "sender": sender,
        "sent_at": message.date,
        "private": private,
    }
    if message.migrate_to_chat_id is not None:
        return [Migrated(**event, to=str(message.migrate_to_chat_id))]
    if message.migrate_from_chat_id is not None:
        event["at"] = Address(CHANNEL, str(message.migrate_from_chat_id))
        return [Migrated(**event, to=raw.chat)]
    if message.new_chat_members or message.left_chat_member is not None:
        return _came_and_went(event, message)
    if message.contact is not None:
        own = message.from_user is not None and message.contact.user_id == message.from_user.id
        return [SharedContact(**event, phone=message.contact.phone_number if own else "")] if private else []
    text, media, spot = message.text or message.caption or "", _media(message), _spot(message)
    if not text and not media and spot is None:
        return []
    passed_on = forwarded_in(message, text, bool(media and media[0].kind == "photo")) if private else ()
    album = message.media_group_id or (FORWARDED if passed_on else None)
    return [
        Said(
            **event,
            text=text,
            replies_to=_quoted(message),
            media=media,
            spot=spot,
            album=album,
            forwarded=passed_on,
        )
    ]


def _edited(raw: Raw, message: Message) -> list[Incoming]:
    """A new wording. A live place that moves is an edit without words: nothing new was said."""
    text = message.text or message.caption
    if not text:
        return []
    return [
        Edited(
            at=_room(raw, message),
            id=str(message.message_id),
            sender=sender_of(message.from_user, message.sender_chat, automatic=bool(message.is_automatic_forward)),
            sent_at=datetime.fromtimestamp(message.edit_date, UTC) if message.edit_date else message.date,
            private=message.chat.type == "private",
            text=text,
            replies_to=_quoted(message),
            media=_media(message),
            album=message.media_group_id,
        )
    ]


def _quoted(message: Message) -> str | None:
    """The message replied to. In a forum every line is formally a reply to the one that began its topic."""
    quoted = message.reply_to_message
    if quoted is None or quoted.forum_topic_created is not None:
        return None
    if message.is_topic_message and quoted.message_id == message.message_thread_id:
        return None
    return str(quoted.message_id)


def _media(message: Message) -> tuple[Media, ...]:
    if message.photo:
        return (Media("photo", message.photo[-1].file_id),)
    if message.voice is not None:
        return (Media("voice", message.voice.file_id),)
    video = message.video or message.video_note
    if video is not None:
        return (Media("video", video.file_id),)
    if message.document is not None:
        image = (message.document.mime_type or "").startswith("image/")
        return (Media("photo" if image else "file", message.document.file_id, message.document.file_name),)
    if message.audio is not None:
        return (Media("file", message.audio.file_id, message.audio.file_name),)
    return ()


def _spot(message: Message) -> Spot | None:
    if message.venue is not None:
        place = message.venue.location
        return Spot(message.venue.title, place.latitude, place.longitude)
    if message.location is None:
        return None
    place = message.location
    return Spot(f"{place.latitude:.5f},{place.longitude:.5f}", place.latitude, place.longitude)


def _pressed(raw: Raw, query: CallbackQuery) -> list[Incoming]:
    """A button; the message may be too old to be had, its id and chat are there all the same."""
    message = query.message
    if message is None or query.data is None:
        return []
    at = _room(raw, message) if isinstance(message, Message) else Address(CHANNEL, raw.chat)
    return [
        Pressed(
            at=at,
            id=query.id,
            sender=sender_of(query.from_user, None),
            sent_at=raw.received_at,
            private=message.chat.type == "private",
            mark=query.data,
            on=str(message.message_id),
        )
    ]


def _member(raw: Raw, change: ChatMemberUpdated, number: int, *, bot: bool) -> list[Incoming]:
    was, now = change.old_chat_member, change.new_chat_member
    before, after = _is_in(was), _is_in(now)
    if before == after:
        return []
    event: dict[str, Any] = {
        "at": Address(CHANNEL, raw.chat),
        "id": f"update:{number}",
        "sender": sender_of(change.from_user if bot else now.user, None),
        "sent_at": change.date,
        "private": change.chat.type == "private",
    }
    return [Joined(**event, bot=bot) if after else Left(**event, bot=bot)]


def _is_in(member: object) -> bool:
    status = str(getattr(member, "status", ""))
    return status in _IN or (status == "restricted" and bool(getattr(member, "is_member", False)))


def _came_and_went(event: dict[str, Any], message: Message) -> list[Incoming]:
    """People only: of ourselves my_chat_member tells."""
    found: list[Incoming] = [
        Joined(**(event | {"sender": sender_of(user, None)}))
        for user in message.new_chat_members or ()
        if not user.is_bot
    ]
    gone = message.left_chat_member
    if gone is not None and not gone.is_bot:
        found.append(Left(**(event | {"sender": sender_of(gone, None)})))
    return found


def _reacted(raw: Raw, change: MessageReactionUpdated, number: int) -> list[Incoming]:
    """What was put on; empty when it was only taken away. Anonymous ones are nobody's."""
    if change.user is None:
        return []
    before = {one.emoji for one in change.old_reaction if isinstance(one, ReactionTypeEmoji)}
    new = [one.emoji for one in change.new_reaction if isinstance(one, ReactionTypeEmoji) and one.emoji not in before]
    return [
        Reacted(
            at=Address(CHANNEL, raw.chat),
            id=f"update:{number}",
            sender=sender_of(change.user, None),
            sent_at=change.date,
            private=change.chat.type == "private",
            on=str(change.message_id),
            emoji=new[0] if new else "",
        )
    ]
