"""What goes wrong is logged without what people said: no local variables, no values of statements."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError

from bot.console.logs import discreet
from storage.database import Database
from storage.store import Store
from storage.tables import counters

ROOT = Path(__file__).parents[2]
SECRET = "13700001111"
FAILS = f"""
import structlog
from bot.console.logs import set_up_logging
from domain.running import Logging
set_up_logging(Logging(level="info", format="FORMAT"))
def handle(text):
    raise RuntimeError("this one cannot be read")
try:
    handle("{SECRET[:5]}" + "{SECRET[5:]}")
except RuntimeError:
    structlog.get_logger().exception("message_failed")
"""


REPEATS = f"""
import logging
import structlog
from bot.console.logs import set_up_logging
from domain.running import Logging
set_up_logging(Logging(level="info", format="FORMAT"))
def handle(text):
    try:
        raise ValueError("one value is wrong\\nDETAIL: it was " + text)
    except ValueError as error:
        raise RuntimeError("this one cannot be kept\\nof " + text) from error
try:
    handle("{SECRET[:5]}" + "{SECRET[5:]}")
except RuntimeError as error:
    structlog.get_logger().error("message_failed", exc_info=error)
    logging.getLogger("library").exception("failed")
"""


@pytest.mark.parametrize("form", ["text", "json"])
def test_a_bug_is_logged_without_local_variables(form: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FAILS.replace("FORMAT", form)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "this one cannot be read" in done.stderr
    assert SECRET not in done.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_what_an_error_says_below_its_first_line_is_left_out(form: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", REPEATS.replace("FORMAT", form)], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for said in ("ValueError: one value is wrong", "RuntimeError: this one cannot be kept"):
        assert done.stderr.count(said) == 2, "by structlog and by logging"
    assert SECRET not in done.stderr


def test_an_error_of_the_database_does_not_tell_the_values(database: Database) -> None:
    def twice(store: Store) -> None:
        for _ in range(2):
            store.connection.execute(insert(counters).values(district_id=1, label=SECRET, last=1))

    with pytest.raises(IntegrityError) as failed:
        database.write(twice)
    told = discreet(failed.value)
    assert "IntegrityError" in told and "in twice" in told
    assert SECRET not in told
