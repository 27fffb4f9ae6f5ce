"""The same file again, and the next one: rows are known by what people call them, and nothing is doubled."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select, update

from bot.console.importing import check, put_in
from bot.importing.reading import read_workbook
from domain.people import Role
from storage.cipher import new_key
from storage.store import Store
from storage.tables import STAGED, audit_log, care_plans, people, residents
from tests.importing.bureau import AREAS, DISTRICT, UNIT, Bureau, Rows, everywhere, save, with_rows

ROWS = {"区域": 6, "部门": 1, "群": 1, "人员": 3, "岗位": 3, "户": 2, "住户成员": 1, "走访计划": 1}
PEOPLE: Rows = (("姓名", "手机号"),)

pytestmark = everywhere


def ask(bureau: Bureau, work):  # type: ignore[no-untyped-def]
    database = bureau.database()
    try:
        return database.read(work)
    finally:
        database.close()


def test_first_all_is_new_then_nothing_is(bureau: Bureau) -> None:
    assert bureau.take(DISTRICT) == [f"{sheet}：新增 {count}，改动 0，不变 0" for sheet, count in ROWS.items()]
    assert bureau.take(DISTRICT) == [f"{sheet}：新增 0，改动 0，不变 {count}" for sheet, count in ROWS.items()]


def test_the_office_works_with_what_came_in(bureau: Bureau) -> None:
    bureau.take(DISTRICT)

    def look(store: Store) -> None:
        [unit] = store.areas.find("/", code="3-2")
        assert [area.name for area in store.areas.chain(unit.path)][:3] == ["青澜区", "望江街道", "阳光社区"]
        [door] = store.households.find(unit.path, "402", "云栖里")
        [resident] = store.households.residents_of(door.id)
        assert (resident.called, resident.phone, resident.health) == ("王奶奶", "13800000003", "高血压")
        worker = store.people.by_phone("13800000001")
        assert worker is not None and worker.name == "李敏"
        [plan] = store.visits.of_worker(worker.id, date(2026, 3, 4))
        assert (plan.household, plan.resident_name, plan.rhythm, plan.weekdays) == ("3-2-402", "王奶奶", "weekly", (3,))
        assert store.alarms.exists("morning", worker.id), "the new worker gets a morning list"
        [group] = store.areas.all_groups()
        assert (group.chat, group.tier, group.audience) == ("-1001234567890", "community", "residents")
        [water] = store.areas.departments(store.areas.chain(unit.path)[0].id)
        assert (water.aliases, water.categories) == (("水务", "自来水"), ("public_repair",))

    ask(bureau, look)


def test_phones_and_health_are_sealed_and_staging_is_empty(bureau: Bureau) -> None:
    bureau.take(DISTRICT)

    def look(store: Store) -> None:
        for column in (people.c.phone, residents.c.phone, residents.c.health):
            kept = [one for (one,) in store.connection.execute(select(column)) if one is not None]
            assert kept and not any(b"138" in one or "高血压".encode() in one for one in kept)
        assert [store.connection.execute(select(one)).all() for one in STAGED.values()] == [[]] * len(STAGED)
        [row] = store.connection.execute(select(audit_log).where(audit_log.c.action == "import")).all()
        assert row.data["new_and_changed"]["households"] == [2, 0]

    ask(bureau, look)
    # On SQLite the files themselves can be looked through.
    for file in bureau.folder.glob("office.db*"):
        assert b"13800000001" not in file.read_bytes() and "高血压".encode() not in file.read_bytes()


def test_a_changed_row_is_changed_an_empty_cell_is_left_and_a_minus_empties(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    head = ("区域", "门牌", "姓名", "称呼", "出生年", "手机号", "健康", "同意日期")
    change = (UNIT, "3-2-402", "王秀兰", "秀兰阿婆", "-", None, None, None)
    assert bureau.take({"住户成员": (head, change)}) == ["住户成员：新增 0，改动 1，不变 0"]

    def look(store: Store) -> None:
        [door] = store.households.find("/", "3-2-402")
        [one] = store.households.residents_of(door.id)
        assert (one.called, one.born, one.phone, one.health) == ("秀兰阿婆", None, "13800000003", "高血压")

    ask(bureau, look)


def test_whoever_takes_the_consent_back_takes_the_health_notes_with_it(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    bureau.take({"住户成员": (("区域", "门牌", "姓名", "同意日期"), (UNIT, "3-2-402", "王秀兰", "-"))})

    def look(store: Store) -> None:
        [door] = store.households.find("/", "3-2-402")
        [one] = store.households.residents_of(door.id)
        assert one.consent_on is None and one.health is None

    ask(bureau, look)


def test_namesakes_are_told_apart_by_phone_or_by_number(bureau: Bureau) -> None:
    bureau.take({"区域": AREAS})
    three = (*PEOPLE, ("张伟", "13800000011"), ("张伟", "13800000012"), ("张伟", None))
    assert bureau.take({"人员": three})[0] == "人员：新增 3，改动 0，不变 0"
    assert bureau.take({"人员": three})[0] == "人员：新增 0，改动 0，不变 3"
    posts: Rows = (("姓名", "区域", "角色"), ("张伟", "QL/WJ/YG/1", "网格员"))
    [fault] = bureau.take({"岗位": posts}, code=1)
    assert fault == "岗位 第2行 姓名：“张伟”有同名的，不知道是哪一位。请写成 张伟#2 或加上手机号"
    told: Rows = (posts[0], ("张伟#2", "QL/WJ/YG/1", "网格员"), ("张伟 13800000011", "QL/WJ/YG", "书记"))
    assert bureau.take({"岗位": told})[0] == "岗位：新增 2，改动 0，不变 0"

    def look(store: Store) -> None:
        path = store.areas.find("/", kind="grid")[0].path
        posts = store.people.posts_along(path, [Role.GRID_WORKER, Role.SECRETARY])
        phones = {str(post.role): store.people.get(post.person).phone for post in posts}
        assert phones == {"grid_worker": "13800000012", "secretary": "13800000011"}

    ask(bureau, look)


def test_a_phone_that_was_not_known_is_filled_in_and_another_phone_is_another_person(bureau: Bureau) -> None:
    bureau.take({"区域": AREAS, "人员": (*PEOPLE, ("孙工", None))})
    assert bureau.take({"人员": (*PEOPLE, ("孙工", "13800000021"))})[0] == "人员：新增 0，改动 1，不变 0"
    assert bureau.take({"人员": (*PEOPLE, ("孙工", "13800000022"))})[0] == "人员：新增 1，改动 0，不变 0"
    assert bureau.take({"人员": (*PEOPLE, ("孙工#1", "13800000023"))})[0] == "人员：新增 0，改动 1，不变 0"


def test_a_phone_that_was_passed_on_is_its_new_holders(bureau: Bureau) -> None:
    head = ("姓名", "手机号", "在用")
    bureau.take({"区域": AREAS, "人员": (head, ("钱旧", "13800000031", None))})
    told = bureau.take({"人员": (head, ("孙新", "13800000031", None))}, code=1)
    assert told == [
        "人员 第2行 手机号：这个手机号已经是 钱旧 的了。要是换了人用，请把 钱旧 的手机号改掉，或把他的“在用”写成 否"
    ]
    bureau.take({"人员": (head, ("钱旧", "13800000031", "否"), ("孙新", "13800000031", None))})
    found = ask(bureau, lambda store: store.people.by_phone("13800000031"))
    assert found is not None and found.name == "孙新"
    # He comes back, and the phone is not his any more.
    assert "已经是 钱旧 的了" in bureau.take({"人员": (head, ("钱旧", "13800000031", "是"))}, code=1)[0]


def test_the_line_of_an_office_is_for_all_who_sit_there(bureau: Bureau) -> None:
    both = (*PEOPLE, ("钱旧", "0571-88000031"), ("孙新", "0571-88000031"))
    assert bureau.take({"区域": AREAS, "人员": both})[1] == "人员：新增 2，改动 0，不变 0"


def test_a_plan_goes_to_another_worker_a_post_ends_and_a_group_moves(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    plans = DISTRICT["走访计划"]
    handed = (plans[0], (UNIT, "3-2-402", "王秀兰", "周莉", "每周", "周三", None))
    ended = (("姓名", "区域", "角色", "在任"), ("李敏", "QL/WJ/YG/1", "网格员", "否"))
    moved = (DISTRICT["群"][0], ("telegram", "-1001234567890", "QL/WJ/YG/1", "单元", "居民", "网格群"))
    told = bureau.take({"走访计划": handed, "岗位": ended, "群": moved})
    assert told == ["群：新增 0，改动 1，不变 0", "岗位：新增 0，改动 1，不变 0", "走访计划：新增 0，改动 1，不变 0"]
    assert bureau.take({"走访计划": handed, "岗位": ended})[0] == "岗位：新增 0，改动 0，不变 1"

    def look(store: Store) -> None:
        worker = store.people.by_phone("13800000001")
        assert worker is not None
        assert store.people.posts_of(worker.id) == () and store.visits.of_worker(worker.id, date(2026, 3, 4)) == []

    ask(bureau, look)


MOVED: Rows = (
    ("区域", "门牌", "姓名", "手机号"),
    (UNIT, "3-2-501", "王秀兰", "13800000003"),
)
MOVES = f"住户成员 第2行：王秀兰 从 {UNIT} 3-2-402 搬到 {UNIT} 3-2-501，走访计划 1 条跟着走"


def test_whoever_moves_is_the_same_at_the_new_door_and_the_old_one_is_left(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    before = ask(bureau, lambda store: _at(store, "3-2-402"))
    told = ["住户成员：新增 0，改动 1，不变 0", "没有问题；这是试导，库里没有动"]
    assert bureau.take({"住户成员": MOVED}, "--dry-run") == [MOVES, *told]
    assert ask(bureau, lambda store: _at(store, "3-2-402")) == before
    # The next list names her at the new door, with the plan there.
    plans = (DISTRICT["走访计划"][0], (UNIT, "3-2-501", "王秀兰", "李敏", "每周", "周三", "2026-03-01"))
    told = ["住户成员：新增 0，改动 1，不变 0", "走访计划：新增 0，改动 0，不变 1"]
    assert bureau.take({"住户成员": MOVED, "走访计划": plans}) == [MOVES, *told]
    assert ask(bureau, lambda store: _at(store, "3-2-402")) == ([], [])
    assert ask(bureau, lambda store: _at(store, "3-2-501")) == before
    assert bureau.take({"住户成员": MOVED, "走访计划": plans})[0] == "住户成员：新增 0，改动 0，不变 1"


def test_whoever_lives_at_two_doors_or_has_another_phone_does_not_move(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    head = MOVED[0]
    another = (head, (UNIT, "3-2-501", "王秀兰", "13800000099"))
    assert bureau.take({"住户成员": another}) == ["住户成员：新增 1，改动 0，不变 0"]
    bureau.take({"户": (("区域", "门牌"), (UNIT, "3-2-601"))})
    both = (head, (UNIT, "3-2-402", "王秀兰", "13800000003"), (UNIT, "3-2-601", "王秀兰", "13800000003"))
    assert bureau.take({"住户成员": both}) == ["住户成员：新增 1，改动 0，不变 1"]


def test_who_was_born_in_another_year_does_not_move(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    head = ("区域", "门牌", "姓名", "出生年", "手机号")
    bureau.take({"住户成员": (head, (UNIT, "3-2-402", "王秀兰", "1941", "13800000003"))})
    another = (head, (UNIT, "3-2-501", "王秀兰", "1955", "13800000003"))
    assert bureau.take({"住户成员": another}) == ["住户成员：新增 1，改动 0，不变 0"]


def test_nobody_moves_by_a_phone_that_stands_for_many(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    bureau.take({"户": (("区域", "门牌"), (UNIT, "3-2-601"))})
    bureau.take({"住户成员": (MOVED[0], (UNIT, "3-2-601", "陈阿婆", "13800000003"))})
    assert bureau.take({"住户成员": MOVED}) == ["住户成员：新增 1，改动 0，不变 0"]


def test_a_couple_with_one_phone_moves_to_their_son_who_has_it_too(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    bureau.take({"住户成员": (MOVED[0], (UNIT, "3-2-402", "周大山", "13800000003"))})
    bureau.take({"住户成员": (MOVED[0], (UNIT, "3-2-501", "周小山", "13800000003"))})
    couple = (*MOVED, (UNIT, "3-2-501", "周大山", "13800000003"))
    assert bureau.take({"住户成员": couple})[-1] == "住户成员：新增 0，改动 2，不变 0"


def test_what_is_for_a_whole_household_stays_at_the_door(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    head = ("区域", "门牌", "走访人", "频次", "开始")
    bureau.take({"走访计划": (head, (UNIT, "3-2-402", "李敏", "每月", "2026-03-01"))})
    assert bureau.take({"住户成员": MOVED})[0] == f"{MOVES}；原来那一户还有全户的走访计划 1 条，不动"
    left, plans = ask(bureau, lambda store: _at(store, "3-2-402"))
    assert left == [] and len(plans) == 1


GRID = "QL/WJ/YG/2"
AFAR = f"{GRID}/JY"
ANOTHER: dict[str, Rows] = {
    "区域": (AREAS[0], (GRID, "网格", "第二网格", None), (AFAR, "小区", "锦园", None)),
    "户": (("区域", "门牌"), (AFAR, "8-101")),
}
GONE: Rows = (MOVED[0], (AFAR, "8-101", "王秀兰", "13800000003"))
GOES = f"住户成员 第2行：王秀兰 从 {UNIT} 3-2-402 搬到 {AFAR} 8-101，走访计划 1 条跟着走"


@pytest.mark.parametrize(
    ("workers", "said", "whose"),
    [
        (("陈岚",), "；李敏 的 1 条交给那里的网格员 陈岚", "陈岚"),
        (("陈岚", "高飞"), "；其中 1 条还是 李敏 的，新的一户不归其管，请在“走访计划”表里写上接手的人", "李敏"),
        (("陈岚", "李敏"), "", "李敏"),
    ],
)
def test_a_plan_that_comes_into_another_grid_finds_its_worker(
    bureau: Bureau, workers: tuple[str, ...], said: str, whose: str
) -> None:
    bureau.take(DISTRICT)
    people = (*PEOPLE, ("陈岚", "13800000051"), ("高飞", "13800000052"))
    posts: Rows = (("姓名", "区域", "角色"), *((name, GRID, "网格员") for name in workers))
    bureau.take({**ANOTHER, "人员": people, "岗位": posts})
    assert bureau.take({"住户成员": GONE}, "--dry-run")[0] == f"{GOES}{said}"
    assert bureau.take({"住户成员": GONE})[0] == f"{GOES}{said}"
    assert ask(bureau, lambda store: _workers(store, "8-101")) == [whose]


def test_the_worker_whom_the_file_names_keeps_the_plan_of_whoever_moves(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    posts = (("姓名", "区域", "角色"), ("陈岚", GRID, "网格员"))
    bureau.take({**ANOTHER, "人员": (*PEOPLE, ("陈岚", "13800000051")), "岗位": posts})
    plans = (DISTRICT["走访计划"][0], (AFAR, "8-101", "王秀兰", "李敏", "每周", "周三", None))
    assert bureau.take({"住户成员": GONE, "走访计划": plans})[0] == GOES
    assert ask(bureau, lambda store: _workers(store, "8-101")) == ["李敏"]


def _workers(store: Store, code: str) -> list[str]:
    [door] = store.households.find("/", code)
    plans = select(care_plans.c.worker_id).where(care_plans.c.household_id == door.id)
    return [store.people.get(worker).name for (worker,) in store.connection.execute(plans)]


def _at(store: Store, code: str) -> tuple[list[tuple[int, str, str | None]], list[int]]:
    [door] = store.households.find("/", code)
    living = [(one.id, one.name, one.health) for one in store.households.residents_of(door.id)]
    return living, [plan.id for plan in store.visits.at_door(door.id, date(2026, 3, 4))]


def test_an_estate_that_is_renamed_takes_its_doors_with_it(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    renamed = tuple((row[0], row[1], "云栖外", None) if row[0].endswith("YQ") else row for row in AREAS)
    assert bureau.take(with_rows(区域=renamed))[5] == "户：新增 0，改动 0，不变 2"
    found = ask(bureau, lambda store: [door.key for door in store.households.find("/", "3-2-402", "云栖外")])
    assert found == ["3-2-402"]
    assert bureau.take(with_rows(区域=renamed))[0] == "区域：新增 0，改动 0，不变 6"


def test_what_somebody_changed_meanwhile_in_another_column_stays(bureau: Bureau) -> None:
    """The import touches only the columns that its file changes."""
    bureau.take(DISTRICT)
    file = save(bureau.folder / "next.xlsx", {"人员": (("姓名", "手机号", "语言"), ("李敏", "13800000001", "英文"))})
    database = bureau.database()
    try:
        found = read_workbook(file)
        world = check(database, bureau.settings(), found)
        worker = database.read(lambda store: store.people.by_phone("13800000001"))
        assert worker is not None
        his = people.c.id == worker.id
        changed = update(people).where(his).values(wecom_id="limin")
        database.write(lambda store: store.connection.execute(changed))
        put_in(database, bureau.settings(), found, world)
        columns = select(people.c.language, people.c.wecom_id).where(his)
        after = database.read(lambda store: store.connection.execute(columns).one())
    finally:
        database.close()
    assert tuple(after) == ("en", "limin")


def test_whoever_the_file_says_is_away_is_on_leave_until_it_says_otherwise(bureau: Bureau) -> None:
    bureau.take(DISTRICT)

    def told(until: str | None) -> list[date]:
        bureau.take({"人员": (("姓名", "手机号", "请假至"), ("李敏", "13800000001", until))})

        def last_days(store: Store) -> list[date]:
            worker = store.people.by_phone("13800000001")
            assert worker is not None
            return [one.last for one in store.leaves.of(worker.id, date(2026, 1, 1))]

        return ask(bureau, last_days)

    assert told("2199-12-30") == [date(2199, 12, 30)]
    assert told("2199-12-31") == [date(2199, 12, 31)]
    assert told("2020-12-31") == []


def test_another_key_is_refused_before_anything_is_sealed_with_it(bureau: Bureau) -> None:
    bureau.take({"区域": AREAS})
    bureau.env["MINQING_KEY"] = new_key()
    done = bureau.run("import", str(bureau.folder / "district.xlsx"), code=2)
    assert "not the key" in done.stderr
