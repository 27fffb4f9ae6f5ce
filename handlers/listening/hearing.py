"""Talk on its way in: kept as a line, read, looked at in its scene, decided upon, carried out."""

from __future__ import annotations

import re
from dataclasses import replace

from domain.areas import contains
from domain.listening import Line, Voice
from domain.messages import Edited, Outgoing, Said
from domain.people import Role
from domain.reading import NOTHING, Reading
from handlers.asked import ticket_of_card
from handlers.context import Context, Speaker
from handlers.listening.apply import apply
from handlers.listening.decide import decide
from handlers.listening.parts import with_parts
from handlers.listening.place import read_at, villages_at
from handlers.listening.scene import load_scene
from handlers.listening.story import with_story
from handlers.listening.turned import with_turn
from nlu.villages import house_of_name

_MENTION = re.compile(r"@([^\s@,，。:：]{1,20})")

# The strongest role a speaker has where he speaks decides how his words are taken.
_VOICES: tuple[tuple[Role, Voice], ...] = (
    (Role.GRID_WORKER, "grid_worker"),
    (Role.SECRETARY, "secretary"),
    (Role.PROPERTY_DUTY, "property"),
    (Role.COMMUNITY_STAFF, "secretary"),
    (Role.DEPARTMENT, "admin"),
    (Role.STREET_DUTY, "admin"),
    (Role.DISTRICT_ADMIN, "admin"),
)


def listen(ctx: Context, speaker: Speaker, said: Said) -> list[Outgoing]:
    """What to say to a line of talk: mostly nothing."""
    tier = speaker.group.tier if speaker.group is not None else "unit"
    reading = read_at(ctx, speaker.seat)(said.text, tier, said.sent_at) if said.text else NOTHING
    # 不记我 is about groups: what somebody tells us in private he wants us to hear.
    if speaker.account.opted_out and not speaker.private and reading.urgency < 3:
        return []
    speaker, line = _keep(ctx, speaker, said, reading)
    return hear(ctx, speaker, said, line)


def hear(ctx: Context, speaker: Speaker, said: Said, line: Line) -> list[Outgoing]:
    """What to say to a line that was kept and read; `said` is what he says now."""
    read = read_at(ctx, speaker.seat)
    scene = with_parts(with_story(with_turn(load_scene(ctx, speaker, line), read), read), read)
    heard = decide(scene)
    outgoing, why = apply(ctx, speaker, said, scene, heard)
    if why:
        ctx.store.lines.note_heard(line.id, why)
    return outgoing


def keep_line(ctx: Context, speaker: Speaker, said: Said) -> Speaker:
    """Keep a command or an answer as a line, unread; the speaker with the line's id."""
    return _keep(ctx, speaker, said, NOTHING)[0]


def voice_of(speaker: Speaker) -> Voice:
    """How the speaker's words are taken here; outside his area a worker is a resident like others."""
    path = speaker.group.area_path if speaker.group is not None else None
    roles = {
        post.role
        for post in speaker.actor.posts
        if path is None or contains(post.area_path, path) or contains(path, post.area_path)
    }
    return next((voice for role, voice in _VOICES if role in roles), "resident")


def _keep(ctx: Context, speaker: Speaker, said: Said, reading: Reading) -> tuple[Speaker, Line]:
    store = ctx.store
    if speaker.group is not None and speaker.account.last_group != speaker.group.id:
        store.people.heard_in(speaker.account, speaker.group.id)
    channel, chat = said.at.channel, said.at.chat
    replies_to = store.lines.at(channel, chat, said.replies_to) if said.replies_to else None
    line = Line(
        id=0,
        group=speaker.group.id if speaker.group is not None else 0,
        speaker=speaker.account.id,
        name=speaker.account.name,
        role=voice_of(speaker),
        text=said.text,
        sent_at=said.sent_at,
        tier=speaker.group.tier if speaker.group is not None else "unit",
        photo=any(item.kind in ("photo", "video") for item in said.media),
        voice=any(item.kind == "voice" for item in said.media),
        spot=said.spot.name if said.spot is not None else None,
        private=speaker.private,
        replies_to=replies_to,
        replies_to_speaker=store.lines.speaker_of(replies_to) if replies_to is not None else None,
        quotes=ticket_of_card(speaker.card),
        edits=store.lines.at(channel, chat, said.id) if isinstance(said, Edited) else None,
        mentions=tuple(_MENTION.findall(said.text)),
        reading=reading,
        person=speaker.actor.person,
        house=house_of_name(speaker.account.name) if villages_at(ctx, speaker.seat) else None,
    )
    line_id = store.lines.add(
        line,
        account=speaker.account.id,
        group=speaker.group.id if speaker.group is not None else None,
        district=speaker.seat.district if speaker.seat is not None else None,
        community=speaker.seat.community if speaker.seat is not None else None,
        channel=channel,
        chat=chat,
        remote=said.id,
        thread=said.at.thread,
    )
    if said.media and not isinstance(said, Edited):
        store.media.want(line_id, channel, said.media, said.forwarded)
    return replace(speaker, line=line_id), replace(line, id=line_id)
