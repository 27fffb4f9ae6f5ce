"""Which household a worker means: the nearest that fits, one of his own, or he is asked; never a neighbour's."""

from __future__ import annotations

from domain.people import Role
from handlers.context import Context
from tests.care.conftest import Town
from tests.care.test_visits import command, entries, open_doors

MORNING = "2026-03-10 10:00"


def estate(ctx: Context, name: str) -> int:
    return ctx.store.areas.find("/", name=name)[0].id


def add_door(ctx: Context, estate_name: str, code: str) -> int:
    return ctx.store.households.add(estate(ctx, estate_name), code, ctx.now).id


def test_a_building_said_without_its_unit_is_no_unit_of_another_building(town: Town) -> None:
    other = town.at(MORNING).do(lambda ctx: add_door(ctx, "云栖里", "5-3-402"))
    command(town, "#走访 3幢402 王奶奶血压偏高")
    [entry] = entries(town)
    assert entry.household == "3-2-402"
    assert town.do(lambda ctx: ctx.store.diary.of_household(other)) == []
    assert "3-2-402" not in open_doors(town)


def test_where_only_another_buildings_door_would_fit_he_is_asked(town: Town) -> None:
    other = town.at(MORNING).do(lambda ctx: add_door(ctx, "云栖里", "5-3-901"))
    town.do(lambda ctx: ctx.store.households.add_resident(other, "赵桂兰", called="赵婆婆"))
    said = command(town, "#走访 3幢901 新来的租户，一切都好")
    assert "云栖里3-2-901" in said[-1].text
    assert town.do(lambda ctx: ctx.store.diary.of_household(other)) == []
    assert "3-901" not in town.do(lambda ctx: [one.key for one in ctx.store.households.within("/")])


def test_by_who_lives_there_a_unit_said_without_its_building_is_known(town: Town) -> None:
    command(town.at(MORNING), "#走访 1-201 陈奶奶一切都好")
    assert [one.household for one in entries(town)] == ["3-1-201"]


def test_a_door_without_its_unit_gets_no_file_beside_those_with_one(town: Town) -> None:
    said = command(town.at(MORNING), "#走访 3幢1101 新搬来的一家，一切都好")
    assert "云栖里3-1-1101" in said[-1].text and "云栖里3-2-1101" in said[-1].text
    assert "3-1101" not in town.do(lambda ctx: [one.key for one in ctx.store.households.within("/")])


def test_who_has_two_grids_is_asked_in_which_of_them(town: Town) -> None:
    worker = town.at(MORNING).person("李敏")

    def two_grids(ctx: Context) -> None:
        second = ctx.store.areas.find("/", name="阳光社区第二网格")[0]
        ctx.store.people.appoint(worker, second.id, Role.GRID_WORKER, ctx.now)
        for name in ("云栖里", "锦园"):
            add_door(ctx, name, "5-2-502")

    town.do(two_grids)
    said = command(town, "#走访 5-2-502 老人一切都好")
    assert "云栖里5-2-502" in said[-1].text and "锦园5-2-502" in said[-1].text


def test_an_estate_is_the_one_that_is_called_so(town: Town) -> None:
    def phases(ctx: Context) -> None:
        first = ctx.store.areas.find("/", name="锦园")[0]
        east = ctx.store.areas.add(first.parent, "estate", "JD", "锦园东区")
        for one in (first, east):
            ctx.store.households.add(one.id, "9-1-501", ctx.now)

    town.at(MORNING).do(phases)
    command(town, "#走访 锦园东区9-1-501 老人一切都好", user="u:zhouli")
    command(town, "#走访 锦园9-1-501 老人一切都好", user="u:zhouli")
    assert [one.household for one in entries(town)] == ["锦园东区9-1-501", "锦园9-1-501"]
