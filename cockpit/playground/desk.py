"""One open page: who writes, which rooms it shows, what it has seen; what is done here goes to intake."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from secrets import token_hex

import structlog
from nicegui import run, ui

from cockpit.playground.news import Heard, News, news
from cockpit.playground.stage import Stage
from cockpit.playground.window import SLOTS, Scene, Slot, Window
from cockpit.playground.words import Words
from domain.capabilities import hears
from domain.messages import Raw
from storage.playground import Member, Post, Room
from storage.playground_updates import post_of
from storage.store import Store

log = structlog.get_logger()

# How often a line is looked up again until it is known what became of it (some lines become nothing at all).
LOOKS = 12


class Desk:
    def __init__(self, stage: Stage, words: Words, rooms: Sequence[Room]) -> None:
        self.stage = stage
        self.office = stage.office
        self.words = words
        self.rooms = list(rooms)
        self.members = _members(rooms)
        self.me: Member = next(iter(self.members.values()), Member("nobody", "—"))
        self.windows: dict[Slot, Window] = {slot: Window(slot, words) for slot in SLOTS}
        self.posts: dict[int, Post] = {}
        self.heard: dict[int, Heard] = {}
        self.unread: dict[str, int] = defaultdict(int)
        self.on_unread: Callable[[], None] = lambda: None
        self._by_chat: dict[str, list[int]] = defaultdict(list)
        self._looks: dict[int, int] = {}
        self._seq = 0
        self._unheard: set[int] = set()

    # what it shows

    def rooms_of(self, slot: Slot) -> list[Room]:
        """The rooms that a window can show to this person; those he is in come first."""
        if slot == "private":
            return [room for room in self.rooms if room.kind == "private" and self._inside(room)]
        if slot == "staff":
            found = [room for room in self.rooms if room.kind == "staff"]
        else:
            found = [room for room in self.rooms if room.kind == "residents" and room.tier == slot]
        return sorted(found, key=lambda room: not self._inside(room))

    def _inside(self, room: Room) -> bool:
        return any(member.user_id == self.me.user_id for member in room.members)

    def choose(self, user_id: str) -> None:
        """Be somebody else: his groups come up where he is in any."""
        self.me = self.members.get(user_id, self.me)
        for slot, window in self.windows.items():
            if window.editing is not None:
                window.aim()
            rooms = self.rooms_of(slot)
            inside = [room for room in rooms if self._inside(room)]
            stays = window.room in (inside or rooms)
            self._put(slot, window.room if stays else next(iter(rooms), None))
        self.draw_heads()

    def open(self, slot: Slot, chat: str) -> None:
        """Show another room in a window."""
        self._put(slot, next((room for room in self.rooms_of(slot) if room.chat == chat), None))
        self.draw_heads()

    def _put(self, slot: Slot, room: Room | None) -> None:
        window = self.windows[slot]
        if room is None:
            window.show(None, (), self.scene(), "")
            return
        self.unread.pop(room.chat, None)
        window.show(room, self._by_chat[room.chat], self.scene(), self._empty(slot, room))

    def _empty(self, slot: Slot, room: Room) -> str:
        words = self.words
        if slot in ("staff", "private"):
            text = words("empty_staff") if slot == "staff" else words("empty_private", name=self.me.name)
            return f"<p>{text}</p>"
        first = next(one for one in self.rooms if one.tier == room.tier)
        room_text = words(f"try.{slot}" if room == first else "try.other")
        return (
            f'<p>{words("empty")}</p><button type="button" data-act="try" data-slot="{slot}" data-text="{room_text}">'
            f"<span>{words('try')}</span>{room_text}</button>"
        )

    def scene(self) -> Scene:
        return Scene(self.posts, self.heard, self.me, frozenset(self._unheard))

    def draw_heads(self) -> None:
        for slot, window in self.windows.items():
            window.draw_head(self.rooms_of(slot), self.unread)
        self.on_unread()

    # what comes in

    async def refresh(self) -> None:
        """Look for posts newer than seen, and for what became of the last lines."""
        waiting: dict[str, list[int]] = defaultdict(list)
        for one in self._looks:
            waiting[self.posts[one].chat].append(one)
        since = self._seq
        found = await run.io_bound(self.office.database.read, lambda store: news(store, since, waiting))
        if found is not None:
            self._take(found)

    def take_first(self, found: News) -> None:
        """What stood there before the page was opened is not new."""
        self._take(found)
        self.unread.clear()

    def _take(self, found: News) -> None:
        self._seq = found.seq
        shown = {window.room.chat: window for window in self.windows.values() if window.room is not None}
        changed: dict[int, Post] = {}
        for post in sorted(found.posts, key=lambda post: post.id):
            if post.id not in self.posts:
                self._by_chat[post.chat].append(post.id)
                if post.chat not in shown:
                    self.unread[post.chat] += 1
            if not post.bot:
                self._looks[post.id] = 0
            self.posts[post.id] = changed[post.id] = post
        for one, heard in found.heard.items():
            if self.heard.get(one) != heard:
                self.heard[one] = heard
                changed[one] = self.posts[one]
        for one in list(self._looks):
            self._looks[one] += 1
            if self._looks[one] > LOOKS:
                del self._looks[one]
        for post in changed.values():
            if window := shown.get(post.chat):
                window.draw(post, self.scene())
        if found.posts:
            self.draw_heads()

    # what is done here

    async def say(self, slot: Slot, text: str) -> None:
        """Write as the chosen person: a new line (with the photos that wait), a reply, or an edit."""
        window = self.windows[slot]
        room, me, now, text = window.room, self.me, self.office.now(), text.strip()
        editing, reply = window.editing, window.reply
        # A line that is changed takes no photos: they wait for the next.
        photos = tuple(window.photos) if editing is None else ()
        if room is None or not self._inside(room) or not (text or photos):
            return
        if editing is None:
            window.photos.clear()
        window.aim()

        def work(store: Store) -> list[Raw | None]:
            if editing is not None:
                return [store.playground.change(editing.id, text, now)]
            album = token_hex(6) if len(photos) > 1 else None
            reply_to = reply.id if reply is not None else None
            return [
                store.playground.say(
                    room.chat,
                    me.user_id,
                    me.name,
                    text if n == 0 else "",
                    now,
                    photo=photo,
                    replies_to=reply_to if n == 0 else None,
                    album=album,
                )
                for n, photo in enumerate(photos or (None,))
            ]

        to_us = reply is not None and reply.bot
        await self._deliver(work, heard=self._hears(room, text, to_us=to_us))

    def _hears(self, room: Room, text: str, *, to_us: bool) -> bool:
        """Whether the platform that the playground acts as would tell us of it."""
        able = self.office.doors.get(self.office.door)
        return able is None or hears(able, room.kind, text, to_us=to_us)

    async def press(self, post_id: int, n: int) -> None:
        """Press the n-th button of a card as the chosen person."""
        post, me, now = self.posts.get(post_id), self.me, self.office.now()
        if post is not None and n < len(post.buttons):
            command = post.buttons[n].command
            await self._deliver(lambda store: [store.playground.press(post_id, command, me.user_id, me.name, now)])

    async def _deliver(self, work: Callable[[Store], list[Raw | None]], *, heard: bool = True) -> None:
        """What the messenger's server does: keep the post, then deliver the update, unless we are not to hear it."""
        try:
            for raw in await run.io_bound(self.office.database.write, work) or ():
                if raw is not None and heard:
                    await self.office.submit(raw)
                elif raw is not None:
                    self._unheard.add(post_of(raw))
        except Exception:
            reference = token_hex(4)
            log.exception("playground_lost", reference=reference)
            ui.notify(self.words("lost", reference=reference), type="warning")

    def aim(self, post_id: int, *, edit: bool) -> Slot | None:
        """Reply to a post, or edit an own one; returns the slot of its window."""
        post = self.posts.get(post_id)
        for slot, window in self.windows.items():
            if post is None or window.room is None or window.room.chat != post.chat or not self._inside(window.room):
                continue
            if edit and (post.bot or post.user_id != self.me.user_id):
                return None
            window.aim(editing=post) if edit else window.aim(reply=post)
            return slot
        return None


def _members(rooms: Sequence[Room]) -> dict[str, Member]:
    """Everybody in any room, by user id; the one who says most about himself where rooms differ."""
    found: dict[str, Member] = {}
    for room in rooms:
        for member in room.members:
            if member.user_id not in found or (member.label and not found[member.user_id].label):
                found[member.user_id] = member
    return found
