"""What it costs to decide about one line, its queries included, with 40 and with 10,000 open tickets around.

Everyday talk goes through intake; only the loading of the scene and the decision are timed, where they are called.
"""

from __future__ import annotations

import logging
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial, wraps
from pathlib import Path
from typing import Any

import structlog

from benchmarks.ingest import APART, NAME, START, Message, deliveries, messages, settle
from bot.channels.replay import ReplayChannel
from bot.clock import OfficeClock
from bot.intake import Intake
from domain.areas import Group
from domain.listening import Line
from domain.messages import Address, Raw
from domain.reading import Where
from domain.running import StorageSettings
from domain.settings import Settings
from domain.tickets import Ticket, number_of
from handlers.listening import hearing
from nlu.reader import Reader
from storage import migrate
from storage.cipher import Cipher, new_key
from storage.database import Database
from storage.store import Store

SAID = 300
COMMUNITIES = 25
# Open tickets around, and what the median decision may cost with them, in milliseconds.
WANTED = ((40, 0.4), (10_000, 1.5))


def _receive(raw: Raw, store: Store) -> int:
    return store.inbox.receive([raw])


def main() -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    reader = Reader.load()
    predict = bare_predict()
    print(f"scikit-learn's predict of one line, alone: {predict:.3f} ms median", flush=True)
    short = False
    for tickets, wanted in WANTED:
        spent = sorted(decisions(tickets, reader))
        median, late = statistics.median(spent), spent[int(len(spent) * 0.95)]
        print(
            f"{tickets:6} open tickets: {median:.3f} ms median, {late:.3f} ms for 95 of 100 "
            f"(wanted: at most {wanted} ms), {median / predict:.1f} times that predict",
            flush=True,
        )
        short |= median > wanted
    if short:
        sys.exit(1)


def decisions(tickets: int, reader: Reader) -> list[float]:
    """Milliseconds for each line of everyday talk. Up to 40 tickets lie in the one community that talks, more in all
    of the district."""
    with tempfile.TemporaryDirectory(prefix="minqing-bench-") as folder:
        settings = replace(Settings(), storage=StorageSettings(url=f"sqlite:///{Path(folder) / 'ours.db'}"))
        database = Database(settings.storage, Cipher(new_key()))
        migrate.upgrade(database)
        chats = database.write(settle)
        reports = messages("messages.jsonl", reports_only=True)
        database.write(lambda store: populate(store, reports, reader, tickets))
        clock = OfficeClock()
        intake = Intake(database, {NAME: ReplayChannel()}, settings, reader, clock.now)
        spent: list[float] = []
        with timed(spent):
            for raw in deliveries(messages("messages-b.jsonl", reports_only=False)[:SAID], chats):
                clock.set(raw.received_at)
                database.write(partial(_receive, raw))
                database.write(intake.handle_batch)
        database.close()
        return spent


@contextmanager
def timed(spent: list[float]) -> Iterator[None]:
    """What loading the scene and deciding cost together, in milliseconds, for each line that is heard."""
    load_scene, decide = hearing.load_scene, hearing.decide

    def clocked(work: Callable[..., Any], *, begins: bool) -> Callable[..., Any]:
        @wraps(work)
        def run(*given: Any) -> Any:
            began = time.perf_counter()
            done = work(*given)
            taken = (time.perf_counter() - began) * 1000
            if begins:
                spent.append(taken)
            else:
                spent[-1] += taken
            return done

        return run

    hearing.load_scene, hearing.decide = clocked(load_scene, begins=True), clocked(decide, begins=False)
    try:
        yield
    finally:
        hearing.load_scene, hearing.decide = load_scene, decide


def populate(store: Store, reports: list[Message], reader: Reader, count: int) -> None:
    """Open tickets of labelled reports, told by neighbours within the week before the talk begins."""
    own = [group for group in store.areas.all_groups() if group.audience == "residents" and group.tier != "district"]
    groups = own if count <= WANTED[0][0] else own + elsewhere(store, own[0])
    for n in range(count):
        report = reports[n % len(reports)]
        at = START - timedelta(days=7) * (count - n) / count
        open_one(store, report, groups[n % len(groups)], at, reader)


def elsewhere(store: Store, group: Group) -> list[Group]:
    """Groups of the district's other communities."""
    district = store.areas.seat(group.area_path).district
    found = []
    for n in range(1, COMMUNITIES):
        community = store.areas.add(district, "community", f"社区{n}", f"社区{n}", label=f"社区{n}")
        estate = store.areas.add(community.id, "estate", f"小区{n}", f"小区{n}")
        room = Address(NAME, f"elsewhere{n}")
        found.append(store.areas.bind(room, estate.id, "community", "residents", room.chat, START))
    return found


def open_one(store: Store, report: Message, group: Group, at: datetime, reader: Reader) -> None:
    """One ticket with its line and its voice."""
    seat = store.areas.seat(group.area_path)
    assert seat.district is not None and seat.community is not None
    reading = reader.read(report.text, tier=group.tier, sent_at=at)
    account = store.people.account(NAME, f"邻居{group.id}", f"邻居{group.id}", at)
    line = store.lines.add(
        Line(0, group.id, account.id, account.name, "resident", report.text, at, group.tier, reading=reading),
        account=account.id,
        group=group.id,
        district=seat.district,
        community=seat.community,
        channel=NAME,
        chat=group.chat,
        remote=f"{group.id}:{at.timestamp()}",
    )
    label = f"社区{seat.community}"
    seq = store.areas.next_number(seat.district, label)
    ticket = Ticket(
        id=0, number=number_of(label, seq), label=label, seq=seq, district=seat.district, community=seat.community,
        area=group.area, tier=group.tier, category=reading.category or "public_repair", nature=reading.nature,
        urgency=max(reading.urgency, 1), status="open", private=False, summary=report.text[:40],
        where=reading.where or Where(), group=group.id, reporter_account=account.id, reporter_person=None,
        reporter_name=account.name, on_behalf_of=None, assignee=None, department=None, opened_at=at,
        first_due=at + APART, solve_due=at + timedelta(days=5), answered_at=None, taken_at=None, done_at=None,
        closed_at=None, result=None, rating=None, reopened=0, reopens=None, extended=False,
        confidence=reading.confidence, version=0,
    )  # fmt: skip
    ticket = store.tickets.insert(ticket, last_at=at)
    store.tickets.attach_line(ticket.id, line)
    store.tickets.add_voice(ticket.id, account.id, account.name, at)


def bare_predict() -> float:
    """Milliseconds (median) of a linear model over character n-grams, as scikit-learn predicts one line."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_pipeline
    from sklearn.svm import LinearSVC

    told = messages("messages.jsonl", reports_only=False)
    reports = {message.text for message in messages("messages.jsonl", reports_only=True)}
    texts = [message.text for message in told]
    model = make_pipeline(TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True), LinearSVC())
    model.fit(texts, [text in reports for text in texts])
    spent = []
    for message in messages("messages-b.jsonl", reports_only=False)[:SAID]:
        began = time.perf_counter()
        model.predict([message.text])
        spent.append((time.perf_counter() - began) * 1000)
    return statistics.median(spent)


if __name__ == "__main__":
    main()
