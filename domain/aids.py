"""The settings of what helps the reader along: learning from corrections, a language model, words in attachments."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time

from domain.clocks import within


@dataclass(frozen=True, slots=True)
class Learning:
    """The nightly look at what people put right: whether, when, and how many corrections must have come since."""

    nightly: bool = False
    at: time = time(3, 30)
    least_corrections: int = within(20, 1, 100_000)


@dataclass(frozen=True, slots=True)
class LanguageModel:
    """An OpenAI-compatible endpoint (`url` up to and with /v1; empty: none) that is asked about what the reader was
    unsure of: seconds that it may take, questions a day, minutes after which a question is not worth asking any more,
    failures in a row after which it is left alone for so many seconds. Its key comes from the environment."""

    url: str = ""
    model: str = ""
    timeout_seconds: float = within(20.0, 0.1, 300.0)
    per_day: int = within(200, 0, 1_000_000)
    late_minutes: int = within(10, 1, 720)
    failures: int = within(3, 1, 100)
    pause_seconds: float = within(300.0, 1.0, 86_400.0)

    def __post_init__(self) -> None:
        if self.url and not self.url.startswith(("https://", "http://")):
            raise ValueError(f"url {self.url!r} is no address", "https://…/v1, or http://127.0.0.1:…/v1")
        if self.url and not self.model:
            raise ValueError("model is missing", "the name by which the endpoint knows it")


@dataclass(frozen=True, slots=True)
class Attached:
    """How attachments are fetched: seconds to wait after each try that failed, given up after the one that follows the
    last. Programs that write down voice messages and read photos: command lines that get the bytes on standard input
    and write the words on standard output (empty: none); seconds that one may take, the most bytes that it is given,
    and for how many hours back attachments are still read."""

    fetch_backoff_seconds: tuple[int, ...] = field(
        default=(2, 4, 8, 15, 30, 60, 120, 600, 1800, 3600, 10_800, 21_600, 43_200), metadata={"low": 0, "high": 86_400}
    )
    voice: tuple[str, ...] = ()
    photos: tuple[str, ...] = ()
    timeout_seconds: float = within(60.0, 0.1, 3600.0)
    most_bytes: int = within(20_000_000, 1, 1_000_000_000)
    hours: int = within(24, 1, 72)
