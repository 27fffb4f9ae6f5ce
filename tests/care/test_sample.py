"""The sample district is whole, and its day speaks only of what is there."""

from __future__ import annotations

from collections import Counter
from datetime import time

from domain.messages import Address, Said, Sender
from domain.people import Role
from handlers.context import Context
from handlers.dispatch import handle
from storage import sample
from storage.cipher import Cipher, new_key
from storage.store import Store
from storage.tables import residents
from tests.care.conftest import LOADED, Town


def test_it_has_what_the_issue_asks_for(town: Town) -> None:
    def count(ctx: Context) -> Counter[str]:
        kinds = Counter(area.kind for area in ctx.store.areas.below("/"))
        staff = {post.person for post in ctx.store.people.posts_in(list(Role))}
        return kinds + Counter({"households": ctx.store.households.count("/"), "staff": len(staff)})

    found = town.do(count)
    assert (found["district"], found["street"], found["community"], found["estate"], found["unit"]) == (1, 1, 2, 3, 8)
    assert (found["households"], found["staff"]) == (60, 12)


def test_every_tier_has_residents_and_staff_to_talk_to(town: Town) -> None:
    groups = town.do(lambda ctx: ctx.store.areas.all_groups())
    assert {(group.tier, group.audience) for group in groups} == {
        (tier, audience) for tier in ("unit", "community", "district") for audience in ("residents", "staff")
    }
    assert set(Role) - {Role.RESIDENT} == {
        post.role for post in town.do(lambda ctx: ctx.store.people.posts_in(list(Role)))
    }


def test_everybody_in_a_room_can_be_written_to(town: Town) -> None:
    def unreachable(ctx: Context) -> list[str]:
        rooms = ctx.store.playground.rooms()
        private = {room.chat for room in rooms if room.private}
        members = {member.user_id: member.name for room in rooms for member in room.members}
        accounts = [ctx.store.people.account("playground", user, name, LOADED) for user, name in members.items()]
        return [one.user_id for one in accounts if one.chat not in private]

    assert town.do(unreachable) == []


def test_loading_twice_changes_nothing(town: Town) -> None:
    before = town.do(lambda ctx: len(ctx.store.areas.below("/")))
    town.do(lambda ctx: sample.load(ctx.store, ctx.now))
    assert town.do(lambda ctx: len(ctx.store.areas.below("/"))) == before


def test_health_is_sealed_and_only_kept_with_a_consent(town: Town) -> None:
    def health(ctx: Context) -> tuple[str | None, bytes]:
        [door] = ctx.store.households.find("/", "3-2-402", "云栖里")
        [resident] = ctx.store.households.residents_of(door.id)
        sealed = ctx.store.connection.execute(
            residents.select().with_only_columns(residents.c.health).where(residents.c.id == resident.id)
        ).scalar_one()
        return resident.health, sealed

    told, kept = town.do(health)
    assert told is not None and "高血压" in told
    assert "高血压".encode() not in kept

    def wiped(ctx: Context) -> str | None:
        [door] = ctx.store.households.find("/", "3-2-402", "云栖里")
        [resident] = ctx.store.households.residents_of(door.id)
        ctx.store.households.consent(resident.id, None)
        return ctx.store.households.resident(resident.id).health

    assert town.do(wiped) is None


def test_another_key_cannot_read_the_files(town: Town) -> None:
    from storage.cipher import WrongKey

    def steal(ctx: Context) -> str:
        thief = Store(ctx.store.connection, Cipher(new_key()))
        [door] = thief.households.find("/", "3-2-402", "云栖里")
        try:
            thief.households.residents_of(door.id)
        except WrongKey:
            return "shut"
        return "open"

    assert town.do(steal) == "shut"


def test_the_day_is_in_order_and_names_only_who_is_there(town: Town) -> None:
    steps = sample.read("day.toml")["steps"]
    rooms = {room.chat: room for room in town.do(lambda ctx: ctx.store.playground.rooms())}
    times = [time.fromisoformat(step["at"]) for step in steps]
    assert times == sorted(times) and times[0] >= time(7, 30) and times[-1] <= time(21)
    for index, step in enumerate(steps):
        assert step["who"] in {member.user_id for member in rooms[step["chat"]].members}, index
        assert step.get("replies_to_step", -1) < index and step.get("edits_step", -1) < index
        if "replies_to_step" in step:
            assert steps[step["replies_to_step"]]["chat"] == step["chat"], index
        if "edits_step" in step:
            assert steps[step["edits_step"]]["who"] == step["who"], index


def test_residents_are_bound_to_the_doors_beside_their_names(town: Town) -> None:
    def homes(ctx: Context) -> dict[str, str | None]:
        found = {}
        for persona in sample.read("district.toml")["personas"]:
            account = ctx.store.people.account("playground", persona["user"], "", LOADED)
            home = ctx.store.households.home_of(account.person) if account.person is not None else None
            found[persona["user"]] = str(home.key) if home is not None else None
        return found

    assert town.do(homes) == {one["user"]: one["door"] for one in sample.read("district.toml")["personas"]}
    said = Said(
        at=Address("playground", "private:u:zhang"), id="m1", sender=Sender("u:zhang", "张女士"),
        sent_at=LOADED, private=True, text="我家厨房下水道堵了",
    )  # fmt: skip
    told = town.do(lambda ctx: [one.text for one in handle(ctx, said)])
    assert any("3幢2单元5楼501室" in text or "3幢2单元501室" in text for text in told), told
