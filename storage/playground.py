"""The playground's own "platform": rooms, posts, and the updates that a messenger's server would deliver of them.

Whoever writes as a person goes through say, change and press, and hands the update to intake like any delivery.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import Connection, func, insert, select, update

from domain.messages import Button, Raw, Spot
from domain.reading import Tier
from storage.playground_updates import CHANNEL, pressed, said
from storage.tables import playground_posts, playground_rooms
from storage.upsert import upsert

BOT = "bot"

__all__ = ["BOT", "CHANNEL", "Member", "Playground", "Post", "Room", "RoomKind", "private_chat"]

RoomKind: TypeAlias = Literal["residents", "staff", "private"]

# Any number will do, so long as nothing else in the database locks by it.
_POSTS_LOCK = 0x9A7E_0001


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who can write in a room; `role` is a role of domain.people, and `label` says who he is
    ("3-2-402", "水务公司")."""

    user_id: str
    name: str
    role: str = "resident"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Room:
    """A chat window. A private one has a single member, and us."""

    chat: str
    title: str
    kind: RoomKind
    tier: Tier | None
    members: tuple[Member, ...]
    position: int

    @property
    def private(self) -> bool:
        return self.kind == "private"


@dataclass(frozen=True, slots=True)
class Post:
    """What stands in a room. `seq` grows with every new post and every edit, over all rooms."""

    id: int
    seq: int
    chat: str
    user_id: str
    name: str
    bot: bool
    text: str
    photo: bool
    voice: bool
    spot: Spot | None
    replies_to: int | None
    buttons: tuple[Button, ...]
    silent: bool
    at: datetime
    edited_at: datetime | None


def private_chat(user_id: str) -> str:
    """The name of somebody's private chat with us."""
    return f"private:{user_id}"


_POST_COLUMNS = (
    *(column for column in playground_posts.c if column.name != "photo"),
    playground_posts.c.photo.is_not(None).label("has_photo"),
)


class Playground:
    def __init__(self, connection: Connection) -> None:
        self._c = connection

    # rooms

    def add_room(
        self,
        chat: str,
        title: str,
        kind: RoomKind,
        tier: Tier | None = None,
        members: Sequence[Member] = (),
        position: int = 0,
    ) -> None:
        """A room, or a new title and new members for the one that has this name."""
        values: dict[str, Any] = {
            "title": title,
            "kind": kind,
            "tier": tier,
            "members": [[one.user_id, one.name, one.role, one.label] for one in members],
            "position": position,
        }
        self._c.execute(
            upsert(self._c, playground_rooms)
            .values(chat=chat, **values)
            .on_conflict_do_update(index_elements=["chat"], set_=values)
        )

    def rooms(self) -> list[Room]:
        """All rooms, in their order."""
        rows = self._c.execute(select(playground_rooms).order_by(playground_rooms.c.position, playground_rooms.c.chat))
        return [_room(row) for row in rows]

    def room(self, chat: str) -> Room | None:
        row = self._c.execute(select(playground_rooms).where(playground_rooms.c.chat == chat)).first()
        return _room(row) if row is not None else None

    # posts

    def post(
        self,
        chat: str,
        user_id: str,
        name: str,
        text: str,
        at: datetime,
        *,
        bot: bool = False,
        photo: bytes | None = None,
        voice: bool = False,
        spot: Spot | None = None,
        replies_to: int | None = None,
        buttons: Sequence[Button] = (),
        silent: bool = False,
    ) -> int:
        """A new post; its id."""
        return int(
            self._c.execute(
                insert(playground_posts)
                .values(
                    seq=self._next_seq(),
                    chat=chat,
                    user_id=user_id,
                    name=name,
                    bot=bot,
                    text=text,
                    photo=photo,
                    voice=voice,
                    spot=[spot.name, spot.lat, spot.lng] if spot else None,
                    replies_to=replies_to,
                    buttons=_pairs(buttons),
                    silent=silent,
                    at=at,
                )
                .returning(playground_posts.c.id)
            ).scalar_one()
        )

    def edit(self, post_id: int, text: str, at: datetime, buttons: Sequence[Button] | None = None) -> int | None:
        """New wording (and new buttons, where given); its seq, or None when there is no such post."""
        values: dict[str, Any] = {"seq": self._next_seq(), "text": text, "edited_at": at}
        if buttons is not None:
            values["buttons"] = _pairs(buttons)
        return self._c.execute(
            update(playground_posts)
            .where(playground_posts.c.id == post_id)
            .values(**values)
            .returning(playground_posts.c.seq)
        ).scalar()

    def get(self, post_id: int) -> Post | None:
        row = self._c.execute(select(*_POST_COLUMNS).where(playground_posts.c.id == post_id)).first()
        return _post(row) if row is not None else None

    def latest(self, limit: int = 5000) -> list[Post]:
        """The posts that were written or edited last, oldest change first."""
        rows = self._c.execute(select(*_POST_COLUMNS).order_by(playground_posts.c.seq.desc()).limit(limit)).all()
        return [_post(row) for row in reversed(rows)]

    def posts_since(self, seq: int, limit: int = 5000) -> list[Post]:
        """Posts written or edited after `seq`, oldest change first."""
        rows = self._c.execute(
            select(*_POST_COLUMNS).where(playground_posts.c.seq > seq).order_by(playground_posts.c.seq).limit(limit)
        )
        return [_post(row) for row in rows]

    def of_room(self, chat: str, limit: int = 200) -> list[Post]:
        """The last posts of a room, oldest first."""
        rows = self._c.execute(
            select(*_POST_COLUMNS)
            .where(playground_posts.c.chat == chat)
            .order_by(playground_posts.c.id.desc())
            .limit(limit)
        ).all()
        return [_post(row) for row in reversed(rows)]

    def last_seq(self) -> int:
        return int(self._c.execute(select(func.coalesce(func.max(playground_posts.c.seq), 0))).scalar_one())

    def photo(self, post_id: int) -> bytes | None:
        if not 0 < post_id < 2**63:  # more than a database can hold; it comes from an address
            return None
        return self._c.execute(select(playground_posts.c.photo).where(playground_posts.c.id == post_id)).scalar()

    def _next_seq(self) -> int:
        """SQLite has one writer; elsewhere a lock keeps a page from passing over a seq that commits late."""
        if self._c.dialect.name == "postgresql":
            self._c.execute(select(func.pg_advisory_xact_lock(_POSTS_LOCK)))
        return self.last_seq() + 1

    # what the server delivers

    def say(
        self,
        chat: str,
        user_id: str,
        name: str,
        text: str,
        at: datetime,
        *,
        photo: bytes | None = None,
        voice: bool = False,
        spot: Spot | None = None,
        replies_to: int | None = None,
        album: str | None = None,
    ) -> Raw:
        """Somebody writes: the post, and its delivery. `album` ties photos sent together."""
        post_id = self.post(chat, user_id, name, text, at, photo=photo, voice=voice, spot=spot, replies_to=replies_to)
        return self._said("said", f"post:{post_id}", post_id, album)

    def change(self, post_id: int, text: str, at: datetime) -> Raw | None:
        """Somebody edits his own post; None when there is no such post."""
        seq = self.edit(post_id, text, at)
        return self._said("edited", f"edit:{post_id}:{seq}", post_id) if seq is not None else None

    def press(self, post_id: int, command: str, user_id: str, name: str, at: datetime) -> Raw | None:
        """Somebody presses a button of a card; None when the post is gone."""
        post = self.get(post_id)
        if post is None:
            return None
        return pressed(post, command, user_id, name, at, private=self._is_private(post.chat))

    def _said(self, kind: str, key: str, post_id: int, album: str | None = None) -> Raw:
        post = self.get(post_id)
        assert post is not None, "written in this very transaction"
        return said(kind, key, post, private=self._is_private(post.chat), album=album)

    def _is_private(self, chat: str) -> bool:
        room = self.room(chat)
        return room is not None and room.private


def _pairs(buttons: Sequence[Button]) -> list[list[str]]:
    return [[button.label, button.command] for button in buttons]


def _room(row: Any) -> Room:
    members = tuple(Member(*member) for member in row.members)
    return Room(row.chat, row.title, row.kind, row.tier, members, row.position)


def _post(row: Any) -> Post:
    values = row._mapping
    return Post(
        **{name: values[name] for name in ("id", "seq", "chat", "user_id", "name", "bot", "text", "voice")},
        photo=values["has_photo"],
        spot=Spot(*values["spot"]) if values["spot"] else None,
        replies_to=values["replies_to"],
        buttons=tuple(Button(label, command) for label, command in values["buttons"]),
        silent=values["silent"],
        at=values["at"],
        edited_at=values["edited_at"],
    )
