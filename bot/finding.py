"""What `minqing check` found: one thing looked at, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `do` says what to do where it is not in order."""

    good: bool
    what: str
    do: str = ""
