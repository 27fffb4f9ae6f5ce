"""What crosses the edge: bytes that came in, what they mean, and what we want said.

Every channel turns its deliveries into these and sends nothing but these, so that
the rooms further in know no platform.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Literal, TypeAlias

from domain.reading import Category

MediaKind: TypeAlias = Literal["photo", "voice", "video", "file"]
# Which figures of degrees: the world's own, or China's (up to some hundred metres beside them).
Datum: TypeAlias = Literal["WGS-84", "GCJ-02"]
# "leave": nothing is said, the room is left.
Mode: TypeAlias = Literal["new", "edit", "reply", "leave"]


@dataclass(frozen=True, slots=True)
class Address:
    """A room of a platform: a group or a private chat; `thread` is a forum topic."""

    channel: str
    chat: str
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """An account as the platform names it; it is nobody in particular until bound. `admin`: whether it runs the
    room it speaks in, None where the platform was not asked."""

    user_id: str
    name: str
    is_bot: bool = False
    admin: bool | None = None


@dataclass(frozen=True, slots=True)
class Media:
    """A reference to something attached; the bytes are fetched after the commit."""

    kind: MediaKind
    ref: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """A location sent from a phone; degrees as the platform gave them, never converted: `datum` says in which figures.
    Only the name goes on to lines and tickets."""

    name: str
    lat: float
    lng: float
    datum: Datum = "WGS-84"


@dataclass(frozen=True, slots=True)
class Forwarded:
    """What somebody else said elsewhere and the sender passed on; `name` as the platform tells it."""

    name: str
    at: datetime
    text: str
    photo: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """One delivery, stored before anybody tries to understand it. The deliveries of one `album` wait for each other
    until `not_before`, which every further one puts off."""

    channel: str
    key: str
    chat: str
    body: bytes
    received_at: datetime
    album: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What every incoming thing has: where, its id there, who, when, in private or not."""

    at: Address
    id: str
    sender: Sender
    sent_at: datetime
    private: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Said(Event):
    """Words, photos, a voice message, a place; `replies_to` is a platform message id. `named`: said to us by our name,
    which does not stand in the text any more. `forwarded`: the text is not the sender's own but these lines."""

    text: str = ""
    replies_to: str | None = None
    media: tuple[Media, ...] = ()
    spot: Spot | None = None
    album: str | None = None
    named: bool = False
    forwarded: tuple[Forwarded, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited(Said):
    """The new wording of the message `id`."""


@dataclass(frozen=True, slots=True)
class Step:
    """What was done about a matter elsewhere; `key` tells it from the other steps there."""

    key: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed(Said):
    """A matter as another system has it now, by that system's own id `order`: a report already, whatever it reads like.
    `grid` is the area's id there and `grid_name` its name; what is None or 0 that system does not say. `steps` oldest
    first; `solved` how it was solved there."""

    order: str
    grid: str = ""
    grid_name: str = ""
    category: Category | None = None
    urgency: int = 0
    phone: str = ""
    steps: tuple[Step, ...] = ()
    solved: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised(Event):
    """A second opinion on a ticket that staff were asked about; `matter` and `place` are words out of the message."""

    ticket: int
    report: bool
    matter: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOut(Event):
    """The words in the attachment `media` of the line `line` of ours."""

    line: int
    media: int
    kind: MediaKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed(Event):
    """How far a member got with a push that he must send himself: `sent` of `groups` rooms, `failed` where it cannot be
    any more; `on` is the platform id of the push."""

    on: str
    sent: int
    groups: int
    failed: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed(Event):
    """A button; `command` is its command text, `on` the platform id of the card. Where the platform lets anybody
    send what he likes as pressed, `mark` is what we gave out with the button (handlers/marks.py), unchecked."""

    command: str = ""
    on: str | None = None
    mark: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reacted(Event):
    """An emoji put on the message `on` (empty when taken away)."""

    on: str
    emoji: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined(Event):
    """Somebody came into the room; `bot` when it was us."""

    bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Left(Event):
    """Somebody went out of the room; `bot` when it was us."""

    bot: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Barred(Event):
    """The platform refused our letter `letter` and said that nothing can be said in this room any more."""

    letter: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Migrated(Event):
    """The platform gave the room a new id."""

    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedContact(Event):
    """A phone number that the platform vouches for as the sender's own; empty: it was somebody else's."""

    phone: str


Incoming: TypeAlias = (
    Said
    | Edited
    | Filed
    | Advised
    | ReadOut
    | Confirmed
    | Pressed
    | Reacted
    | Joined
    | Left
    | Barred
    | Migrated
    | SharedContact
)


class Priority(IntEnum):
    """What leaves first when a channel's budget is short."""

    EMERGENCY = 0
    ANSWER = 1
    NOTICE = 2
    ROUTINE = 3


# The channel that makes a telephone ring; its rooms are persons: "person:17".
RING = "ring"

# What comes from beside the channels (bot/aids.py, bot/barred.py) names the lane that it belongs to: "lane:5".
LANGUAGE_MODEL, ATTACHED_WORDS, BARRED = "language_model", "attached_words", "barred"
AIDS = frozenset({LANGUAGE_MODEL, ATTACHED_WORDS, BARRED})
LANE = "lane:"

# The command of a button that asks the platform for the presser's own phone number.
SHARE_PHONE = "/phone"


@dataclass(frozen=True, slots=True)
class Button:
    """A label and the command that pressing it gives."""

    label: str
    command: str


@dataclass(frozen=True, slots=True)
class Person:
    """Send to this person privately, by whichever account he can be reached on."""

    id: int


@dataclass(frozen=True, slots=True)
class Account:
    """Send privately to an account that is bound to nobody (a resident we only know by name)."""

    id: int


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to say. `card` is our own key of the message, by which it is edited or replied to;
    `replies_to` a platform message id; `once` refuses a second one of the same key."""

    to: Address | Person | Account
    text: str
    card: str | None = None
    mode: Mode = "new"
    replies_to: str | None = None
    buttons: tuple[Button, ...] = ()
    media: tuple[Media, ...] = ()
    priority: Priority = Priority.NOTICE
    not_before: datetime | None = None
    once: str | None = None
    silent: bool = False
