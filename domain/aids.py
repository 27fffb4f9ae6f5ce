"""The settings of what helps the reader along: learning from corrections, a language model, words in attachments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time

from domain.clocks import within


@dataclass(frozen=True, slots=True)
class Learning:
    """The nightly look at what people put right: whether, when, and how many corrections must have come since."""

    nightly: bool = False
    at: time = time(3, 30)
    least_corrections: int = within(20, 1, 100_000)
