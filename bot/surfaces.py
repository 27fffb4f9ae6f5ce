"""What each door can do, by its name, without loading any platform's library: the playground can act as each."""

from __future__ import annotations

from collections.abc import Mapping
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


def _is_there(module: str) -> bool:
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False
