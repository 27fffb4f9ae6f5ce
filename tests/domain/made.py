"""A ticket as it is when just opened, for the histories told here."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from domain.reading import Where
from domain.tickets import Ticket, number_of

NOON = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)


def ticket(**changes: object) -> Ticket:
    fresh = Ticket(
        id=128,
        number=number_of("阳光", 128),
        label="阳光",
        seq=128,
        district=1,
        community=4,
        area=9,
        tier="unit",
        category="public_repair",
        nature=None,
        urgency=1,
        status="open",
        private=False,
        summary="3幢2单元电梯停了",
        where=Where(building="3", unit="2"),
        group=5,
        reporter_account=31,
        reporter_person=None,
        reporter_name="张女士",
        on_behalf_of=None,
        assignee=None,
        department=None,
        opened_at=NOON,
        first_due=NOON + timedelta(hours=4),
        solve_due=NOON + timedelta(days=3),
        answered_at=None,
        taken_at=None,
        done_at=None,
        closed_at=None,
        result=None,
        rating=None,
        reopened=0,
        reopens=None,
        extended=False,
        confidence=0.97,
        version=0,
    )
    return replace(fresh, **changes)  # type: ignore[arg-type]
