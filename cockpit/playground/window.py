"""One chat window: whose room it is, what stands in it, and the place to write."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal, TypeAlias

from nicegui import events, ui

from cockpit.playground import icons
from cockpit.playground.news import Heard
from cockpit.playground.posts import Setting, post_html, snippet
from cockpit.playground.words import Words
from storage.playground import Member, Post, Room

Slot: TypeAlias = Literal["unit", "community", "district", "staff", "private"]
SLOTS: tuple[Slot, ...] = ("unit", "community", "district", "staff", "private")

# A long day in one room; older lines stay in the table.
SHOWN = 120
# Characters of one message, as messengers have it.
LONGEST = 4000
PHOTO_BYTES = 8 * 1024 * 1024
PHOTOS = 4


@dataclass(frozen=True, slots=True)
class Scene:
    """What a window is drawn from: all posts known to the page, what was heard in them, who looks; `unheard` never came
    to us."""

    posts: Mapping[int, Post]
    heard: Mapping[int, Heard]
    me: Member
    unheard: frozenset[int] = frozenset()


class Window:
    """Built once for each slot; `show` puts a room into it. `photos` wait to be sent with the next line."""

    def __init__(self, slot: Slot, words: Words) -> None:
        self.slot = slot
        self.words = words
        self.room: Room | None = None
        self.reply: Post | None = None
        self.editing: Post | None = None
        self.photos: list[bytes] = []
        self._drawn: dict[int, ui.html] = {}
        self._last_day: dict[int, str | None] = {}
        self._day: str | None = None

    def build(self) -> None:
        words, slot = self.words, self.slot
        section = ui.element("section").classes("win").props(f"data-slot={slot}")
        section.props["aria-label"] = words(f"slot.{slot}")
        with section:
            self._head = ui.html("", sanitize=False, tag="header").classes("head")
            self._log = ui.element("div").classes("log").props("role=log aria-live=polite tabindex=0")
            self._empty = ui.html("", sanitize=False).classes("empty")
            ui.html(
                f'<button type="button" data-act="latest">{icons.DOWN}{escape(words("latest"))}</button>',
                sanitize=False,
            ).classes("latest")
            with ui.element("footer").classes("foot"):
                self._context = ui.html("", sanitize=False).classes("context")
                with ui.element("div").classes("write"):
                    self._photo = self._sign("photo", words("photo"), icons.PHOTO)
                    self._text = ui.element("textarea").props(
                        f"rows=1 data-slot={slot} data-longest={LONGEST} enterkeyhint=send "
                        f"aria-keyshortcuts=Alt+{SLOTS.index(slot) + 1}"
                    )
                    self._send = self._sign("say", words("send"), icons.SEND)
                self._closed = ui.html("", sanitize=False).classes("closed")
            self._upload = (
                ui.upload(
                    multiple=True,
                    auto_upload=True,
                    max_file_size=PHOTO_BYTES,
                    max_files=50,
                    on_upload=self._received,
                    on_rejected=lambda: ui.notify(words("photo_refused")),
                )
                .props("accept=image/*")
                .classes("picker")
            )
            self._photo.props["data-picker"] = str(self._upload.id)

    def _sign(self, act: str, label: str, icon: str) -> ui.html:
        button = ui.html(icon, sanitize=False, tag="button").classes(f"sign {act}")
        button.props(f"type=button data-act={act} data-slot={self.slot}")
        button.props["aria-label"] = button.props["title"] = label
        return button

    async def _received(self, event: events.UploadEventArguments) -> None:
        photo = await event.file.read()
        if not is_photo(photo):
            ui.notify(self.words("photo_refused"))
        elif len(self.photos) < PHOTOS:
            self.photos.append(photo)
            self.draw_context()
        self._upload.reset()

    # what stands in it

    def show(self, room: Room | None, ids: Sequence[int], scene: Scene, empty: str) -> None:
        """Draw a room anew, with its last lines."""
        if room is None or self.room is None or room.chat != self.room.chat:
            self.reply = self.editing = None
            self.photos.clear()
        self.room = room
        self._log.clear()
        self._drawn.clear()
        self._last_day.clear()
        self._day = None
        self._empty.set_content(empty)
        for one in ids[-SHOWN:]:
            self.draw(scene.posts[one], scene)
        self._empty.set_visibility(not self._drawn)
        self._draw_writer(scene.me)
        self.draw_context()

    def draw(self, post: Post, scene: Scene) -> None:
        """Add a post at the end, or draw it anew where it stands."""
        known = self._drawn.get(post.id)
        if known is None:
            self._last_day[post.id] = self._day
            self._day = self.words.day(post.at)
        html = post_html(post, self.words, self._setting(post, scene), scene.heard.get(post.id))
        if known is not None:
            known.set_content(html)
            return
        with self._log:
            self._drawn[post.id] = ui.html(html, sanitize=False, tag="article")
        self._empty.set_visibility(False)

    def _setting(self, post: Post, scene: Scene) -> Setting:
        members = self.room.members if self.room is not None else ()
        author = next((one for one in members if one.user_id == post.user_id), None)
        quoted = scene.posts.get(post.replies_to) if post.replies_to is not None else None
        talk = self.room is not None and self.room.kind == "residents"
        return Setting(author, quoted, self._last_day[post.id], scene.me, talk, post.id in scene.unheard)

    # its head and foot

    def draw_head(self, rooms: Sequence[Room], unread: Mapping[str, int]) -> None:
        """The tier, the room's name (or a choice of rooms), and how many are in it."""
        words, room = self.words, self.room
        if room is None:
            self._head.set_content(f'<span class="pill {self.slot}">{escape(words(f"slot.{self.slot}"))}</span>')
            return
        tier = words(f"tier.{room.tier}") if room.kind != "private" and room.tier else words("slot.private")
        color = room.tier or "private"
        if len(rooms) > 1:
            options = "".join(_option(one, one.chat == room.chat, unread.get(one.chat, 0), words) for one in rooms)
            label = escape(words("room"), quote=True)
            title = f'<select data-act="room" data-slot="{self.slot}" aria-label="{label}">{options}</select>'
        else:
            title = f"<h2>{escape(self.title(room))}</h2>"
        count = (
            "" if room.kind == "private" else f'<span class="count">{words("members", count=len(room.members))}</span>'
        )
        dot = '<span class="dot"></span>' if any(unread.get(one.chat) for one in rooms) else ""
        kind = " staff" if room.kind == "staff" else ""
        self._head.set_content(f'<span class="pill {color}{kind}">{escape(tier)}</span>{title}{dot}{count}')

    def title(self, room: Room) -> str:
        if room.kind != "private":
            return room.title
        return self.words("private_with", name=room.members[0].name if room.members else room.title)

    def _draw_writer(self, me: Member) -> None:
        words, room = self.words, self.room
        inside = room is not None and any(one.user_id == me.user_id for one in room.members)
        for part in (self._photo, self._text, self._send):
            part.set_visibility(inside)
        self._closed.set_visibility(not inside)
        if room is None:
            self._closed.set_content(escape(words("no_room", name=me.name)))
        elif not inside:
            self._closed.set_content(escape(words("not_member", name=me.name)))
        else:
            self._text.props["placeholder"] = words("write_as", name=me.name)
            self._text.props["aria-label"] = words("write_label", room=self.title(room), name=me.name)

    def draw_context(self) -> None:
        """What is replied to or edited, and the photos that wait."""
        words, parts = self.words, []
        aimed = self.editing or self.reply
        if aimed is not None:
            name = words("bot") if aimed.bot else aimed.name
            head = words("editing") if self.editing else words("replying", name=name)
            line = f"<b>{escape(head)}</b>{escape(snippet(aimed, words))}"
            parts.append(self._aim("edit" if self.editing else "reply", line, "cancel", words("cancel")))
        for n, _ in enumerate(self.photos):
            line = f"{escape(words('photo_ready', number=n + 1))}"
            parts.append(self._aim("photo", line, "drop", words("remove"), n))
        self._context.set_content("".join(parts))

    def _aim(self, kind: str, line: str, act: str, label: str, n: int = 0) -> str:
        sign = icons.PHOTO if kind == "photo" else ""
        label = escape(label, quote=True)
        return (
            f'<div class="aim {kind}">{sign}<p>{line}</p><button type="button" data-act="{act}" '
            f'data-slot="{self.slot}" data-n="{n}" aria-label="{label}" title="{label}">{icons.CLOSE}</button></div>'
        )

    def aim(self, *, reply: Post | None = None, editing: Post | None = None) -> None:
        """Reply to a post, edit one, or (with neither) do as usual."""
        self.reply, self.editing = reply, editing
        self.draw_context()


def _option(room: Room, chosen: bool, unread: int, words: Words) -> str:
    title = words("room_new", title=room.title, count=unread) if unread else room.title
    selected = " selected" if chosen else ""
    return f'<option value="{escape(room.chat, quote=True)}"{selected}>{escape(title)}</option>'


def is_photo(data: bytes) -> bool:
    return photo_type(data) is not None


def photo_type(data: bytes) -> str | None:
    """The media type of a picture by its first bytes; None for anything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if data.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if data.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return None
