"""What a file says, row by row, and what is wrong with it. Pure values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

# The sheets in the order in which they are read: what is named stands before what names it.
SHEETS = ("areas", "departments", "groups", "people", "posts", "households", "residents", "care_plans")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a sheet, by its number there. `values` holds what the file says and nothing else: a column that
    is missing or an empty cell is left as it is, None clears."""

    sheet: str
    number: int
    values: Mapping[str, Any]

    def get(self, column: str, default: Any = None) -> Any:
        said = self.values.get(column)
        return default if said is None else said

    def some(self, columns: Sequence[str]) -> dict[str, Any]:
        """What is said in these columns."""
        return {name: self.values[name] for name in columns if name in self.values}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where: `what` names the text, `params` fill it in. Row 1 is the head of the sheet; an empty
    column means the whole row, row 0 the whole sheet."""

    sheet: str
    row: int
    column: str
    what: str
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Handing:
    """So many plans go from one worker to another, by their names; None where it is not clear to whom."""

    worker: str
    to: str | None
    plans: int


@dataclass(frozen=True, slots=True)
class Removal:
    """Who moves, by his row; the path and the door that he leaves, which plans go with him, and how many for the
    whole household stay there; which of his plans another worker has to take."""

    row: Row
    left: tuple[str, str]
    plans: tuple[int, ...]
    staying: int
    handings: tuple[Handing, ...] = ()


@dataclass(frozen=True, slots=True)
class PersonName:
    """Somebody as a cell names him: 张伟, 张伟#2 (the second of that name in the district), 张伟 13800001234."""

    name: str
    nth: int | None = None
    phone: str | None = None

    def __str__(self) -> str:
        return self.name + (f"#{self.nth}" if self.nth is not None else "") + (f" {self.phone}" if self.phone else "")
