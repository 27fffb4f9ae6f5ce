"""What `minqing check` found: one thing looked at, and what is to be done about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `do` says what to do where it is not in order, or could be better."""

    good: bool
    what: str
    do: str = ""

    @property
    def mark(self) -> str:
        """What stands before it: "ok" followed by something to do would be read past."""
        if not self.good:
            return "BAD"
        return "note" if self.do else "ok"
