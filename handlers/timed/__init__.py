"""What alarms do when they are due: one file a kind, each with its run; none knows another."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeAlias

from domain.messages import Outgoing
from handlers.context import Context
from storage.alarms import Alarm

Run: TypeAlias = Callable[[Context, Alarm], list[Outgoing]]

ALARMS: dict[str, Run] = {
    module.name: import_module(f"{__name__}.{module.name}").run for module in iter_modules(__path__)
}
