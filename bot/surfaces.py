"""What each door can do, by its name, without loading any platform's library: the playground can act as each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from importlib.util import find_spec

from bot.channel import Capabilities
from bot.doors import DOORS

# Records that do not lie in bot/channels/<name>/capabilities.py.
_ELSEWHERE: Mapping[str, tuple[str, str]] = {
    "telegram": ("bot.channels.telegram_bot.capabilities", "CAPABILITIES"),
    "wecom_webhook": ("bot.tencent.groups", "WEBHOOK"),
    "wecom_appchat": ("bot.tencent.groups", "APPCHAT"),
}


def surfaces() -> dict[str, Capabilities]:
    """The doors to real platforms whose record is at hand, in the order of bot/doors.py. A new door appears by itself
    once it has its record."""
    found = {}
    for door in DOORS:
        module, name = _ELSEWHERE.get(door.name, (f"bot.channels.{door.name}.capabilities", "CAPABILITIES"))
        if door.real and _is_there(module):
            found[door.name] = getattr(import_module(module), name)
    return found


# WeCom's robot as it answers where the office is busy: by a stream, which has no buttons (101031).
BUSY = "wecom_aibot_busy"


def playable() -> dict[str, Capabilities]:
    """What the playground can act as: each door, and the robot a second time, since it answers in two ways."""
    found: dict[str, Capabilities] = {}
    for name, able in surfaces().items():
        found[name] = able
        if name == "wecom_aibot":
            found[BUSY] = replace(able, grows=True)
    return found


_READS = {
    "all": "hears everything said there",
    "mentions": "hears what is said to it by name, and everything in private",
    "none": "hears nothing",
    "poll": "fetches what was filed, now and then",
}
_PUSH = {
    "yes": "may speak at any time",
    "after_first_message": "may speak for a while after somebody wrote to it",
    "needs_confirmation": "makes a task which a colleague must confirm",
    "no": "says nothing",
}


def in_words(able: Capabilities) -> str:
    """What can my group do, in one line for `minqing check`: where it is at work, what it hears, how it speaks."""
    lacks = {"buttons": able.buttons, "edited cards": able.edit, "replies": able.reply, "photos out": able.media_out}
    missing = [name for name, there in lacks.items() if not there]
    said = [f"at work in {', '.join(able.rooms)} rooms", _READS[able.reads], _PUSH[able.push]]
    if missing and able.push != "no":
        said.append(f"without {', '.join(missing)}")
    return "; ".join(said)


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
