"""Where log lines go, and how they look."""

from __future__ import annotations

import logging
import sys
import traceback
from typing import Any, TextIO

import structlog
from structlog.typing import ExcInfo

from domain.running import Logging

_BETWEEN = "\n\nfrom which came:\n\n"


def set_up_logging(settings: Logging) -> None:
    """Log to stderr: text for a terminal, JSON lines for a file or a collector."""
    text = settings.format == "text" or (settings.format == "auto" and sys.stderr.isatty())
    level = logging.getLevelNamesMapping()[settings.level.upper()]
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Discreet("%(name)s: %(message)s"))
    logging.basicConfig(level=max(level, logging.WARNING), handlers=[handler])
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.StackInfoRenderer() if text else structlog.processors.ExceptionRenderer(_of),
            # The default would print local variables with a traceback: what people wrote, their phones, the key.
            structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=_below)
            if text
            else structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def discreet(error: BaseException | None) -> str:
    """As Python tells of an error and of what led to it, but with the first line only of what each of them says: below
    it databases and validators repeat the values, which are what people wrote."""
    chain: list[BaseException] = []
    while error is not None and error not in chain:
        chain.append(error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return _BETWEEN.join(_one(led) for led in reversed(chain))


def _one(error: BaseException) -> str:
    said = traceback.format_exception_only(error)[0].splitlines()[0]
    return "".join(["Traceback (most recent call last):\n", *traceback.format_tb(error.__traceback__), said])


def _of(exc_info: ExcInfo) -> str:
    return discreet(exc_info[1])


def _below(line: TextIO, exc_info: ExcInfo) -> None:
    line.write("\n" + discreet(exc_info[1]))


class _Discreet(logging.Formatter):
    """What libraries log by themselves, an error in a page for one."""

    def formatException(self, ei: Any) -> str:
        return discreet(ei[1])
