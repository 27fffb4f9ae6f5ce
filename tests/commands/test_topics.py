"""A forum: each of its topics may be bound by itself, and what is not bound belongs to the whole room."""

from __future__ import annotations

from datetime import timedelta

import pytest

from domain.areas import Audience, Group
from domain.messages import Address, Left, Said, Sender
from domain.reading import Tier
from tests.commands.neighbourhood import CHANNEL, Neighbourhood


def binds(here: Neighbourhood, thread: str | None, kind: str, tier: Tier, audience: Audience) -> None:
    """One of the forum's admins hands in a code there."""
    area, later = here.areas[kind], here.now + timedelta(days=1)
    code = here.database.write(lambda store: store.codes.for_group(area, tier, audience, here.now, later))
    at, number = Address(CHANNEL, "forum", thread), f"m{next(iter(here.numbers))}"
    here._handle(
        Said(at=at, id=number, sender=Sender("老刘", "老刘", admin=True), sent_at=here.now, text=f"/start {code}")
    )


def bound(here: Neighbourhood, thread: str | None) -> tuple[int, Audience] | None:
    group: Group | None = here.read(lambda store: store.areas.group_at(Address(CHANNEL, "forum", thread)))
    return (group.area, group.audience) if group is not None else None


def test_a_topic_is_bound_without_the_rest_of_the_forum(here: Neighbourhood) -> None:
    binds(here, None, "community", "community", "residents")
    binds(here, "7", "grid", "unit", "staff")
    whole, topic = (here.areas["community"], "residents"), (here.areas["grid"], "staff")
    assert [bound(here, thread) for thread in (None, "8", "7")] == [whole, whole, topic]
    binds(here, "7", "unit", "unit", "staff")
    assert [bound(here, thread) for thread in (None, "8", "7")] == [whole, whole, (here.areas["unit"], "staff")]


@pytest.mark.parametrize("thread", [None, "7"])
def test_what_was_left_is_bound_again(here: Neighbourhood, thread: str | None) -> None:
    at = Address(CHANNEL, "forum", thread)
    binds(here, thread, "community", "community", "residents")
    here._handle(Left(at=at, id="left", sender=Sender("us", "us", is_bot=True), sent_at=here.now, bot=True))
    assert bound(here, thread) is None and here.read(lambda store: store.areas.has_left(at))
    binds(here, thread, "grid", "unit", "staff")
    assert bound(here, thread) == (here.areas["grid"], "staff")
    assert not here.read(lambda store: store.areas.has_left(at))
