"""What a platform can honestly do: where it is at work, what is heard there, what can be said and how."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

RoomKind: TypeAlias = Literal["residents", "staff", "private"]
_US = re.compile(r"@\s?(?:机器人|小助手|民情|minqing)|^\s*[/]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What is true of the platform; limits in the platform's own units. Shown to staff as it stands.

    `repeat_is_harmful`: a message whose fate is unknown is not sent again but shown to staff. `rooms`: where it is at
    work at all; `leave`: it can walk out of a group. `grows`: an answer is begun at once, and what comes of it is added
    to the same message. `answers`: it says one thing for each time that it is spoken to, and the rest waits.
    """

    reads: Literal["all", "mentions", "none", "poll"] = "all"
    push: Literal["yes", "after_first_message", "needs_confirmation", "no"] = "yes"
    buttons: bool = True
    edit: bool = True
    reply: bool = True
    threads: bool = False
    leave: bool = False
    media_in: bool = True
    media_out: bool = True
    text_limit: int = 4096
    limit_unit: Literal["characters", "bytes"] = "characters"
    per_minute: int | None = None
    repeat_is_harmful: bool = False
    rooms: tuple[RoomKind, ...] = ("residents", "staff", "private")
    grows: bool = False
    answers: bool = False

    @property
    def takes_figures(self) -> bool:
        """Without buttons, but alone with one reader whose every word is heard: he chooses by a figure."""
        return not self.buttons and self.reads == "all" and self.rooms == ("private",)


def hears(able: Capabilities, room: RoomKind, text: str, *, to_us: bool) -> bool:
    """Whether the platform tells us of this line. `to_us`: it replies to something of ours. With mentions (and with
    orders, which are filed by a mention) only what is said to us comes; alone with us everything is."""
    if room not in able.rooms or able.reads == "none":
        return False
    if able.reads == "all" or room == "private":
        return True
    return to_us or _US.search(text) is not None


def speaks(able: Capabilities, room: RoomKind, *, spoken_to: bool) -> bool:
    """Whether anything of ours can appear there. `spoken_to`: somebody has written to us in that room."""
    if room not in able.rooms or able.push == "no":
        return False
    return able.push != "after_first_message" or spoken_to
