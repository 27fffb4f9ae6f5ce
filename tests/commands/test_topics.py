"""A forum: each of its topics may be bound by itself, and what is not bound belongs to the whole room."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from domain.areas import Audience, Group
from domain.messages import Address, Left, Said, Sender
from domain.reading import Tier
from storage.tables import lines
from tests.commands.neighbourhood import CHANNEL, Neighbourhood


def binds(here: Neighbourhood, thread: str | None, kind: str, tier: Tier, audience: Audience) -> None:
    """One of the forum's admins hands in a code there."""
    area, later = here.areas[kind], here.now + timedelta(days=1)
    code = here.database.write(lambda store: store.codes.for_group(area, tier, audience, here.now, later))
    at, number = Address(CHANNEL, "forum", thread), f"m{next(iter(here.numbers))}"
    here.takes(
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
    here.takes(Left(at=at, id="left", sender=Sender("us", "us", is_bot=True), sent_at=here.now, bot=True))
    assert bound(here, thread) is None and here.read(lambda store: store.areas.has_left(at))
    binds(here, thread, "grid", "unit", "staff")
    assert bound(here, thread) == (here.areas["grid"], "staff")
    assert not here.read(lambda store: store.areas.has_left(at))


def forum(here: Neighbourhood, *whole: str | None) -> None:
    """Two topics of a forum, and the rest of it too where that is asked for; something was said in each."""
    for thread, kind in zip((*whole, "7", "8"), ("community", "grid", "unit")[-2 - len(whole) :], strict=True):
        binds(here, thread, kind, "unit", "residents")
        said = Said(
            at=Address(CHANNEL, "forum", thread),
            id=f"m{next(iter(here.numbers))}",
            sender=Sender("老刘", "老刘"),
            sent_at=here.now,
            text="今天天气不错",
        )
        here.takes(said)


@pytest.mark.parametrize("whole", [(), (None,)])
def test_thrown_out_of_a_forum_nothing_of_it_is_bound(here: Neighbourhood, whole: tuple[None, ...]) -> None:
    forum(here, *whole)
    at = Address(CHANNEL, "forum")
    here.takes(Left(at=at, id="left", sender=Sender("老刘", "老刘"), sent_at=here.now, bot=True))
    assert [bound(here, thread) for thread in (None, "7", "8")] == [None, None, None]


def asked_to_leave(here: Neighbourhood, who: str, admin: bool | None) -> list[str]:
    said = Said(
        at=Address(CHANNEL, "forum", "7"),
        id=f"m{next(iter(here.numbers))}",
        sender=Sender(who, who, admin=admin),
        sent_at=here.now,
        text="#退群",
    )
    return [letter.mode for letter in here.takes(said).to("forum")]


@pytest.mark.parametrize("whole", [(), (None,)])
def test_a_forum_is_left_with_all_its_topics(here: Neighbourhood, whole: tuple[None, ...]) -> None:
    forum(here, *whole)
    assert asked_to_leave(here, "老刘", True)[-1] == "leave"
    assert [bound(here, thread) for thread in (None, "7", "8")] == [None, None, None]
    of_forum = select(func.count()).select_from(lines).where(lines.c.chat == "forum")
    assert here.read(lambda store: store.connection.execute(of_forum).scalar_one()) == 0


def test_who_manages_one_topic_alone_does_not_take_us_out_of_the_others(here: Neighbourhood) -> None:
    binds(here, "7", "grid", "unit", "residents")
    binds(here, "8", "district", "district", "staff")
    assert asked_to_leave(here, "王芳", None) == ["reply"]
    assert bound(here, "7") is not None
    assert asked_to_leave(here, "吴主任", None)[-1] == "leave"
