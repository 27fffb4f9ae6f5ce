"""Which faults are worth telling: a row that only fails because another row of the file does is not at fault itself."""

from __future__ import annotations

from collections.abc import Sequence

from bot.importing.reading import Read
from storage.importing.rows import SHEETS, Fault, PersonName

# What is said to be missing, and on which sheets it would have been named.
_MISSING = {
    "no_area": ("areas", "path"),
    "no_parent": ("areas", "path"),
    "no_department": ("departments", "name"),
    "no_person": ("people", "name"),
    "no_household": ("households", "code"),
    "no_resident": ("residents", "name"),
}


def worth_telling(found: Read, planned: Sequence[Fault]) -> list[Fault]:
    """All faults of a file in its order, without those that follow from another one."""
    faults = [*found.faults, *planned]
    # A sheet that could not be read at all is missing everything that it may have named.
    unread = {fault.sheet for fault in faults if fault.row == 1 and fault.what == "head_missing"}
    named = _named_at_fault(found, faults)
    own = [fault for fault in faults if not _follows(fault, named, unread)]
    order = {key: place for place, key in enumerate(SHEETS)}
    return sorted(own, key=lambda fault: (order.get(fault.sheet, -1), fault.row))


def _named_at_fault(found: Read, faults: Sequence[Fault]) -> dict[str, set[str]]:
    at_fault = {(fault.sheet, fault.row) for fault in faults}
    values = dict(found.partly)
    for sheet, rows in found.rows.items():
        values |= {(sheet, row.number): dict(row.values) for row in rows if (sheet, row.number) in at_fault}
    named: dict[str, set[str]] = {}
    for sheet, column in set(_MISSING.values()):
        said = [one.get(column) for (where, _), one in values.items() if where == sheet]
        named[sheet] = {one.name if isinstance(one, PersonName) else str(one) for one in said if one is not None}
    return named


def _follows(fault: Fault, named: dict[str, set[str]], unread: set[str]) -> bool:
    if fault.what not in _MISSING:
        return False
    sheet = _MISSING[fault.what][0]
    if sheet in unread:
        return True
    missing = str(fault.params["code" if fault.what == "no_household" else "name" if sheet != "areas" else "path"])
    if sheet == "areas":
        return any(missing == one or missing.startswith(f"{one}/") for one in named[sheet])
    return missing in named[sheet] or missing.split("#")[0].split(" ")[0] in named[sheet]
