"""Which database a url means, and how its connections behave."""

from __future__ import annotations

import json
import re
import sqlite3
from functools import partial
from importlib.util import find_spec
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, ProgrammingError

from domain.errors import BadConfig
from domain.running import StorageSettings
from storage.driver import number_parameters
from storage.living import keep_alive

# How PostgreSQL turns somebody away, in its English and its Chinese words: libpq gives no code for a connection that
# was refused. Other ways of asking who it is (LDAP, RADIUS) have servers of their own, which may be down for a while.
_TURNED_AWAY = re.compile(
    r"(?i:password|peer) (?i:authentication failed|认证失败)|no password supplied|pg_hba\.conf|"
    r"(?:role|database|角色|数据库) \".*\" (?:does not exist|不存在)|is not permitted to log in|不允许登录"
)
_SPOILT = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM})


def is_for_operator(error: Exception) -> bool:
    """Whether a database that refused us will refuse again until somebody mends it: a wrong password, no such role or
    database, no right to its tables, a file that is none or may not be written. A server that is not up yet, is full or
    cannot be reached is none of these."""
    if not isinstance(error, DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        # The lowest byte says what it is, the others which kind of that.
        return getattr(error.orig, "sqlite_errorcode", 0) & 0xFF in _SPOILT
    return isinstance(error, ProgrammingError) or _TURNED_AWAY.search(str(error.orig)) is not None


def address(url: str) -> URL:
    """The url with our driver: postgresql://… and postgres://… mean psycopg 3."""
    parsed = make_url(url)
    if parsed.drivername in ("postgresql", "postgres"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    return parsed


def open_engines(settings: StorageSettings) -> tuple[Engine, Engine]:
    """For writing and for reading. On SQLite there is one writing connection; a server has one for each writer.

    Errors do not show the values of a statement: they end in logs and in `inbox.error`.
    """
    url = address(settings.url)
    if url.get_backend_name() == "sqlite":
        readers = settings.readers
        open_engine = partial(
            create_engine, url, hide_parameters=True, json_serializer=_json, json_deserializer=_from_json
        )
        writing = open_engine(pool_size=1, max_overflow=0)
        reading = open_engine(pool_size=readers, max_overflow=readers)
        _tune_sqlite(writing, "BEGIN IMMEDIATE", settings)
        _tune_sqlite(reading, "BEGIN", settings)
        return writing, reading
    if find_spec("psycopg") is None:
        raise BadConfig(
            "[storage] url", "", 'PostgreSQL needs psycopg, not installed here: pip install "minqing[postgresql]"'
        )
    # READ COMMITTED: whoever waited for a lane's lock must see what was committed while he waited.
    writing = create_engine(
        url,
        pool_size=settings.writers + max(2, settings.writers) + 1,
        max_overflow=2,
        # The connection that was used last knows most (storage/memory.py).
        pool_use_lifo=True,
        isolation_level="READ COMMITTED",
        hide_parameters=True,
        json_serializer=_json,
    )
    # A page reads several tables and must find them as of one moment.
    reading = create_engine(
        url,
        pool_size=settings.readers,
        max_overflow=settings.readers,
        isolation_level="REPEATABLE READ",
        hide_parameters=True,
        json_serializer=_json,
    )
    for engine in (writing, reading):
        number_parameters(engine)
        keep_alive(engine, settings.idle_seconds)
    return writing, reading


def storable(value: Any) -> Any:
    """The value as PostgreSQL can keep it: no text holds NUL, or half a surrogate pair."""
    match value:
        case str():
            return value.replace("\0", "").encode("utf-8", "replace").decode()
        case dict():
            return {name: storable(one) for name, one in value.items()}
        case list() | tuple():
            return [storable(one) for one in value]
        case _:
            return value


def _json(value: Any) -> str:
    if not value and isinstance(value, (list, dict)):
        return "[]" if isinstance(value, list) else "{}"
    text = json.dumps(value)
    return json.dumps(storable(value)) if "\\u0000" in text or "\\ud" in text else text


def _from_json(text: str) -> Any:
    """Most of what is kept so is empty."""
    return [] if text == "[]" else {} if text == "{}" else json.loads(text)


def _tune_sqlite(engine: Engine, begin: str, settings: StorageSettings) -> None:
    """Driver autocommit with our own BEGIN: SQLAlchemy's default lets the first RELEASE commit."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        cursor = connection.cursor()
        for pragma in (
            "journal_mode = WAL",
            "synchronous = NORMAL",
            f"busy_timeout = {settings.busy_timeout_ms}",
            "foreign_keys = ON",
            "temp_store = MEMORY",
            f"cache_size = -{settings.cache_mib * 1024}",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)
