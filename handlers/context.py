"""What every handler gets: the time, the data, the settings, the reader, and who is speaking where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from domain.areas import Group
from domain.messages import Address, Event
from domain.people import Account, Actor
from domain.reading import Where
from domain.settings import Settings
from nlu.reader import Reader
from storage.areas import Seat
from storage.store import Store


@dataclass(frozen=True, slots=True)
class Context:
    """`now` is aware UTC and the only clock; whatever is done goes through `store` in one transaction."""

    now: datetime
    store: Store
    settings: Settings
    reader: Reader


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks (or presses), and where. `group` is None in a private chat and in a room bound to nothing;
    `seat` is the group's place in the tree, or the place of the speaker's first post in private; `told` is where he
    says that he is, of whom nothing else is known."""

    account: Account
    actor: Actor
    at: Address
    group: Group | None
    seat: Seat | None
    private: bool
    event: Event
    line: int | None = None
    card: str | None = None
    told: Where | None = None

    @property
    def area_path(self) -> str | None:
        """Where he speaks from: the group's area, or his first post's."""
        if self.group is not None:
            return self.group.area_path
        return self.actor.posts[0].area_path if self.actor.posts else None
