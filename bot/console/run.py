"""`minqing run`: the whole program in one process."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import structlog
import typer

from bot.app import NotReady, build, check_ready, make_app
from bot.console.office import fail, key_of, settings_of
from bot.console.serving import open_socket, serve
from domain.settings import Logging


def run(config: Path | None) -> None:
    settings = settings_of(config)
    set_up_logging(settings.logging)
    try:
        parts = build(settings, key_of())
    except ValueError as error:
        raise fail(str(error), 2) from None
    try:
        check_ready(parts)
        if not parts.channels:
            raise NotReady("no channel is on; switch one on in config.toml")
        sock = open_socket(settings.web.host, settings.web.port)
        serve(make_app(parts), sock, lambda address: typer.echo(f"minqing: {address}", err=True))
    except NotReady as error:
        raise fail(str(error)) from None
    finally:
        parts.close()


def set_up_logging(settings: Logging) -> None:
    """Log to stderr: text for a terminal, JSON lines for a file or a collector."""
    text = settings.format == "text" or (settings.format == "auto" and sys.stderr.isatty())
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    logging.basicConfig(level=max(level, logging.WARNING), stream=sys.stderr, format="%(name)s: %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info if not text else structlog.processors.StackInfoRenderer(),
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty())
            if text
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
