"""The settings of private chats: one-time codes by which people bind themselves, and lines that answer small talk."""

from __future__ import annotations

from dataclasses import dataclass

from domain.clocks import within


@dataclass(frozen=True, slots=True)
class Binding:
    """One-time codes by which people bind their own accounts: hours for which one is good, and how many wrong ones
    are heard from one account within so many hours."""

    code_hours: int = within(72, 1, 720)
    guesses: int = within(5, 1, 100)
    guess_hours: int = within(24, 1, 720)


@dataclass(frozen=True, slots=True)
class Private:
    """Private chats: hours between two lines that answer a greeting, thanks or a bare figure."""

    aside_hours: int = within(6, 1, 168)
