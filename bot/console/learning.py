"""`minqing learn`: learn from what people put right, say in plain words what was learnt, and take it back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import typer

from bot.console.office import database_of, fail, settings_of
from bot.taught import MISSING, can_learn
from handlers import learning
from nlu.adapt import ORDINARY
from nlu.learn import HELD_BACK
from nlu.reader import Reader
from storage.learning import Learnt

SHOWN = 15


def learn(config: Path | None) -> int:
    """Fit, weigh, and take it over where it is worse nowhere. 0, or 3 where it was left as it is."""
    if not can_learn():
        raise fail(MISSING)
    reader = Reader.load()
    with database_of(settings_of(config)) as database:
        given = database.read(partial(learning.material, reader=reader))
        if not given.lessons:
            typer.echo("Nobody has put anything right yet that could be learnt from.")
            return 3
        outcome = learning.fit(given, reader)
        now = datetime.now(UTC)
        database.write(lambda store: learning.keep(store, now, outcome, given, reader))
        latest = database.read(lambda store: store.learning.versions()[0])
    for line in weighing(latest):
        typer.echo(line)
    if outcome.better:
        typer.echo("It is in force from the next message on. minqing learn --show explains, --undo takes it back.")
        return 0
    typer.echo(
        "Left as it was: "
        + (
            "no correction was held back to weigh it on; try again when there are more."
            if not outcome.held_after.of
            else "no word stands in two corrections or more."
            if not outcome.adaptation
            else "it would read something worse than now."
        )
    )
    return 3


def show(config: Path | None) -> int:
    """What is in force, in plain words, and the versions before it."""
    settings = settings_of(config)
    with database_of(settings) as database:
        learnt, versions = database.read(lambda store: (store.learning.in_force(), store.learning.versions()))
    if learnt is None:
        typer.echo("Nothing is learnt: the reader is as it was shipped.")
    else:
        typer.echo(f"In force: version {learnt.id}, of {_when(learnt, settings.office.tz)}.")
        if learnt.model != learning.model_of(Reader.load()):
            typer.echo("It was made for another shipped model and is not used: run minqing learn again.")
        for line in (*weighing(learnt), *explained(learnt)):
            typer.echo(line)
    for version in versions:
        typer.echo(f"version {version.id}: {version.state}, {_when(version, settings.office.tz)}")
    return 0


def undo(config: Path | None) -> int:
    """Back to what was in force before. 3 where nothing was."""
    with database_of(settings_of(config)) as database:
        gone, now = database.write(lambda store: (store.learning.undo(), store.learning.in_force()))
    if gone is None:
        typer.echo("Nothing is learnt that could be taken back.")
        return 3
    before = f"version {now.id} is in force again" if now is not None else "the reader is as it was shipped"
    typer.echo(f"Version {gone.id} is taken back; {before}.")
    return 0


def weighing(learnt: Learnt) -> Iterator[str]:
    """What it was fitted on, and how it did."""
    told = learnt.content["weighed"]
    held = told["held_after"]["of"]
    yield (
        f"Fitted on {told['fitted']} corrected tickets, weighed on {held} others (one in {HELD_BACK}, drawn by a "
        "digest of the words) and on lines of our own that it was not fitted on."
    )
    for name, side in (("held-back corrections", "held"), ("our own lines", "fold")):
        before, after = told[f"{side}_before"], told[f"{side}_after"]
        yield (
            f"  {name}: report or not {before['reports']} → {after['reports']} of {after['of']} right, "
            f"category {before['categories']} → {after['categories']} of {after['among']}"
        )


def explained(learnt: Learnt) -> Iterator[str]:
    """Which words weigh more or less."""
    report: Mapping[str, float] = learnt.content["report"]
    for says, sign in (("Sounds more like a report", 1), ("Sounds less like a report", -1)):
        words = sorted((word for word in report if report[word] * sign > 0), key=lambda word: -abs(report[word]))
        if words:
            yield f"{says}: " + ", ".join(f"{_plain(word)} {report[word]:+.2f}" for word in words[:SHOWN])
    for at, name in enumerate(ORDINARY):
        row = {word: weights[at] for word, weights in learnt.content["category"].items() if weights[at] > 0}
        words = sorted(row, key=lambda word: -row[word])
        if words:
            yield f"Sounds more like {name}: " + ", ".join(_plain(word) for word in words[:SHOWN])


def _plain(word: str) -> str:
    return word.lstrip("·")


def _when(learnt: Learnt, tz: ZoneInfo) -> str:
    return f"{learnt.at.astimezone(tz):%Y-%m-%d %H:%M}"
