"""What the listener looks at (a Scene) and what it decides (Steps). Pure values, no database.

handlers/listening/scene.py loads a Scene, decide.py turns it into Steps, apply.py carries them out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from domain.reading import NOTHING, Category, Reading, Tier, Where
from domain.visits import Cared

Voice: TypeAlias = Literal["resident", "grid_worker", "property", "secretary", "admin"]
Deed: TypeAlias = Literal[
    "claim", "done", "escalate", "transfer", "rate", "withdraw", "correct_category", "reopen", "reject"
]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said in a group (or privately: `private`). `replies_to` and `edits` are ids of other lines;
    `quotes` is the ticket whose card it replies to; `tickets` those that it already belongs to. `speaker` is the
    account, `person` whoever is known to be behind it, `house` that of a village by which he goes."""

    id: int
    group: int
    speaker: int
    name: str
    role: Voice
    text: str
    sent_at: datetime
    tier: Tier = "community"
    photo: bool = False
    voice: bool = False
    spot: str | None = None
    private: bool = False
    replies_to: int | None = None
    replies_to_speaker: int | None = None
    quotes: int | None = None
    edits: int | None = None
    mentions: tuple[str, ...] = ()
    reading: Reading = NOTHING
    tickets: tuple[int, ...] = ()
    person: int | None = None
    house: Where | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A ticket that a line may belong to: open, or closed lately, somewhere in the same community
    (the whole district for a district group). `texts` are the words of its lines so far, oldest first; `helpers` the
    persons who came along to whoever has it, `follower` who passed it on and follows it while nobody has it."""

    id: int
    category: Category
    urgency: int
    where: Where
    texts: tuple[str, ...]
    group: int
    tier: Tier
    reporter: int
    voices: frozenset[int]
    status: Literal["proposed", "open", "taken", "done", "closed"]
    opened_at: datetime
    last_at: datetime
    assignee: int | None = None
    assignee_name: str | None = None
    helpers: frozenset[int] = frozenset()
    follower: int | None = None
    lines: tuple[int, ...] = ()
    asked_where: int | None = None
    private: bool = False
    done_at: datetime | None = None
    rated: bool = False


@dataclass(frozen=True, slots=True)
class Scene:
    """A new line (its `reading` filled in), what was said before in the same group (oldest first, at most a few
    dozen lines and a few hours), the tickets around, and what the group itself stands for. From the chance `sure`
    on a report becomes a ticket by itself, from `unsure` on the staff are asked; at once, where `danger` is the
    chance that people are in danger.
    `story`: the speaker's lines just before with which the line was read together. `board`: the tickets whose card
    hangs in this room, which is a staff group or the chat of one of the staff. `villages`: the talk is of
    their houses. `cared`: whom the speaker looks after,
    if he is of the staff. `parts`: of a line that tells of several matters the line once for each, with its words and
    its reading; else empty."""

    line: Line
    recent: tuple[Line, ...] = ()
    tickets: tuple[Known, ...] = ()
    home: Where = field(default_factory=Where)
    estates: tuple[str, ...] = ()
    sure: float = 0.8
    unsure: float = 0.25
    story: tuple[int, ...] = ()
    board: frozenset[int] = frozenset()
    cared: tuple[Cared, ...] = ()
    parts: tuple[Line, ...] = ()
    villages: tuple[str, ...] = ()
    danger: float = 0.15


@dataclass(frozen=True, slots=True)
class Opens:
    """A new ticket out of these lines (the new one among them; earlier ones when a photo came first).
    `sure` False asks the staff only. `reopens` names the old ticket when the same fault is back.
    `ask_where` asks the speaker once for the place. `visit` is the place in the decision of the Notes of which it
    came. `feared`: people may be in danger, and staff look at it now."""

    lines: tuple[int, ...]
    category: Category
    urgency: int
    where: Where
    summary: str
    sure: bool = True
    private: bool = False
    on_behalf_of: str | None = None
    reopens: int | None = None
    ask_where: bool = False
    visit: int | None = None
    feared: bool = False


@dataclass(frozen=True, slots=True)
class Joins:
    """The line belongs to a ticket. `voice`: its speaker has the same trouble. What is not None corrects.
    `sure`: its words settle that a proposed ticket is a real one; `feared`: by them people may be in danger."""

    ticket: int
    voice: bool = False
    where: Where | None = None
    category: Category | None = None
    urgency: int | None = None
    private: bool | None = None
    lines: tuple[int, ...] = ()
    sure: bool = False
    feared: bool = False


@dataclass(frozen=True, slots=True)
class Acts:
    """The speaker does something to a ticket. `to` is the department (transfer) or category code
    (correct_category); `value` satisfied | unsatisfied (rate); `note` what was done or why; `line` an earlier
    line, whose speaker did it."""

    ticket: int
    does: Deed
    to: str | None = None
    value: Literal["satisfied", "unsatisfied"] | None = None
    note: str = ""
    line: int | None = None


@dataclass(frozen=True, slots=True)
class AsksWhich:
    """Two tickets or more could be meant: ask the speaker which."""

    tickets: tuple[int, ...]
    does: Deed


@dataclass(frozen=True, slots=True)
class Notes:
    """A diary entry by a worker. `household` as building-unit-room (the estate in front where several are
    meant) or a firm's name; `person` the resident named; `lines` further lines that belong to the entry.
    `choices`: the doors of those who may be meant by a name. `corrects`: the line puts `lines` right, whose entries it
    takes the place of. `unmet`: nobody opened, and nothing tells how they are, so that the visit is still due. `gone`:
    who lives there is said to be gone, for good or in words that may mean less."""

    household: str
    kind: Literal["resident", "enterprise"]
    note: str
    estate: str | None = None
    person: str | None = None
    lines: tuple[int, ...] = ()
    choices: tuple[str, ...] = ()
    corrects: bool = False
    unmet: bool = False
    gone: Literal["unclear", "for_good"] | None = None


Step: TypeAlias = Opens | Joins | Acts | AsksWhich | Notes


@dataclass(frozen=True, slots=True)
class Heard:
    """The decision about one line: the steps in order, and why (shown to staff and in the playground)."""

    steps: tuple[Step, ...] = ()
    why: tuple[str, ...] = ()
