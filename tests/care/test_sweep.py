"""Many lists of one morning, made in one go: each once, as one by one, and one that fails spoils no other."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.clock import tick
from handlers.care.today import ensure_alarms, morning_list, today
from handlers.context import Context
from storage.outbox import TEXT
from storage.tables import alarms, outbox, people
from tests.care.conftest import Town

WORKERS = ("李敏", "赵强", "何静")


def lists(town: Town) -> dict[str, str]:
    """What lies in the outbox for the morning, by card."""

    def read(ctx: Context) -> dict[str, str]:
        rows = ctx.store.connection.execute(
            select(outbox.c.card, outbox.c.text).where(outbox.c.card.startswith("morning:"))
        ).all()
        assert len(rows) == len({row.card for row in rows}), "a list was queued twice"
        return {row.card: ctx.store.cipher.open_text(row.text, TEXT) for row in rows}

    return town.do(read)


def clock(town: Town) -> None:
    tick(town.database, town.settings, town.reader, town.now)


def test_two_clocks_after_a_stall_send_each_list_once(town: Town) -> None:
    town.at("2026-03-09 12:00").do(ensure_alarms)
    clock(town.at("2026-03-10 08:40"))
    clock(town.at("2026-03-10 08:41"))
    workers = [town.person(name) for name in WORKERS]
    alone = town.do(
        lambda ctx: {f"morning:{one}:2026-03-10": morning_list(ctx, one, today(ctx)).text for one in workers}
    )
    assert lists(town) == alone


def test_one_that_fails_spoils_no_other(town: Town) -> None:
    town.at("2026-03-09 12:00").do(ensure_alarms)
    broken, *others = (town.person(name) for name in ("赵强", "李敏", "何静"))
    town.do(
        lambda ctx: ctx.store.connection.execute(
            update(people).where(people.c.id == broken).values(phone=b"sealed with another key")
        )
    )
    clock(town.at("2026-03-10 08:00"))
    assert set(lists(town)) == {f"morning:{one}:2026-03-10" for one in others}
    failures = town.do(
        lambda ctx: ctx.store.connection.execute(
            select(alarms.c.failures).where(alarms.c.kind == "morning", alarms.c.subject == broken)
        ).scalar()
    )
    assert failures == 1
