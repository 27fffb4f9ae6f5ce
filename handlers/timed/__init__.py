"""What alarms do when they are due: one file a kind, each with its run; none knows another. A kind of which thousands
are due at one moment has a sweep besides, which does many at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import TypeAlias

from domain.messages import Outgoing
from handlers.context import Context
from storage.alarms import Alarm

Run: TypeAlias = Callable[[Context, Alarm], list[Outgoing]]
# It settles its alarms by itself; every message of it has a `once` key and a new card.
Sweep: TypeAlias = Callable[[Context, Sequence[Alarm]], list[Outgoing]]

_MODULES = {module.name: import_module(f"{__name__}.{module.name}") for module in iter_modules(__path__)}
ALARMS: dict[str, Run] = {name: module.run for name, module in _MODULES.items()}
SWEEPS: dict[str, Sweep] = {name: module.sweep for name, module in _MODULES.items() if hasattr(module, "sweep")}
