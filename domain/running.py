"""How the machine runs: intake, sending, the clock, the database, logs. Settings like those in settings.py."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from domain.clocks import within

LogFormat: TypeAlias = Literal["auto", "text", "json"]
LogLevel: TypeAlias = Literal["debug", "info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Intake:
    """Handling what came in: rows of one community in a batch, rows of a district; tries, seconds."""

    batch: int = within(64, 1, 1000)
    district_batch: int = within(256, 1, 4000)
    poll_seconds: float = within(0.5, 0.01, 60.0)
    attempts: int = within(2, 1, 10)
    max_bytes: int = within(1_048_576, 1024, 104_857_600)


@dataclass(frozen=True, slots=True)
class Budget:
    """How much a channel may send; 0 is without limit."""

    channel: str = "playground"
    per_second: float = within(0.0, 0.0, 10_000.0)
    per_chat_per_minute: int = within(0, 0, 10_000)
    per_chat_per_hour: int = within(0, 0, 100_000)


@dataclass(frozen=True, slots=True)
class Outbox:
    """Sending: seconds, tries, and a budget for each channel. `sender_lease_seconds`: for so long a process that died
    keeps the others from speaking in its place."""

    batch: int = within(50, 1, 1000)
    poll_seconds: float = within(0.5, 0.01, 60.0)
    send_timeout_seconds: float = within(20.0, 1.0, 120.0)
    lease_seconds: int = within(120, 10, 3600)
    sender_lease_seconds: int = within(15, 1, 600)
    attempts: int = within(8, 1, 100)
    backoff_seconds: tuple[int, ...] = field(
        default=(2, 10, 30, 120, 600, 1800, 3600), metadata={"low": 0, "high": 86_400}
    )
    budgets: tuple[Budget, ...] = field(
        default=(
            Budget("playground"),
            Budget("telegram", 25.0, 18),
            Budget("wecom_app", 0.0, 27),
            Budget("wecom_webhook", 0.0, 18),
            Budget("wecom_appchat", 0.0, 60),
            Budget("wecom_aibot", 0.0, 16, 900),
        ),
        metadata={"named_by": "channel"},
    )


@dataclass(frozen=True, slots=True)
class Beat:
    """The clock: seconds between ticks, and rows that one job does in a tick."""

    seconds: int = within(20, 1, 600)
    batch: int = within(500, 1, 100_000)


@dataclass(frozen=True, slots=True)
class StorageSettings:
    """The database (an SQLAlchemy url, without a password: those come from the environment) and its copies.

    `writers`: communities handled at the same time by one process (PostgreSQL; SQLite has one writer).
    `idle_seconds`: a connection that lay longer is asked whether the server is there, before it is used.
    """

    url: str = "sqlite:///var/minqing.db"
    readers: int = within(4, 1, 100)
    writers: int = within(1, 1, 64)
    conflict_tries: int = within(6, 1, 100)
    busy_timeout_ms: int = within(5000, 0, 600_000)
    cache_mib: int = within(8, 1, 1024)
    group_commit: int = within(64, 1, 1000)
    connect_tries: int = within(5, 1, 100)
    connect_pause_seconds: float = within(0.5, 0.0, 60.0)
    idle_seconds: float = within(5.0, 0.0, 3600.0)
    close_seconds: float = within(30.0, 1.0, 600.0)
    backup_dir: str = "var/backup"
    backups_kept: int = within(14, 1, 1000)


@dataclass(frozen=True, slots=True)
class Logging:
    """`auto` writes text to a terminal and JSON lines elsewhere."""

    level: LogLevel = "info"
    format: LogFormat = "auto"
