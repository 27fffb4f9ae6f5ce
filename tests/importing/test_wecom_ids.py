"""The column 企业微信账号: whoever stands there is known in WeCom from then on, and nobody else is."""

from __future__ import annotations

from datetime import UTC, datetime

from domain.people import Account
from storage.store import Store
from tests.importing.bureau import DISTRICT, Bureau, Rows, everywhere, with_rows

pytestmark = everywhere

HEAD = ("姓名", "手机号", "企业微信账号")


def with_ids(limin: str | None, zhou: str | None) -> dict[str, Rows]:
    return with_rows(人员=(HEAD, ("李敏", "13800000001", limin), ("周莉", 13800000002, zhou), ("孙工", None, None)))


def who(bureau: Bureau, user: str, channel: str = "wecom_aibot") -> str | None:
    def look(store: Store) -> str | None:
        found: Account = store.people.account(channel, user, user, datetime(2026, 5, 8, tzinfo=UTC))
        return store.people.get(found.person).name if found.person is not None else None

    database = bureau.database()
    try:
        return database.write(look)
    finally:
        database.close()


def test_who_stands_there_is_known_to_the_app_and_to_the_robot(bureau: Bureau) -> None:
    bureau.take(with_ids("limin", None))
    assert [who(bureau, "limin", channel) for channel in ("wecom_app", "wecom_aibot")] == ["李敏", "李敏"]
    assert who(bureau, "limin", "telegram") is None and who(bureau, "zhouli") is None
    given = bureau.give("out.xlsx", "--with-phones")["人员"]
    assert given[0][-1] == "企业微信账号" and given[1][-1] == "limin"


def test_who_wrote_before_he_was_imported_is_bound_then(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    assert who(bureau, "limin") is None
    bureau.take(with_ids("limin", "zhouli"))
    assert who(bureau, "limin") == "李敏" and who(bureau, "zhouli") == "周莉"


def test_an_id_that_changes_hands_or_is_taken_away_binds_nobody_else(bureau: Bureau) -> None:
    bureau.take(with_ids("one", "two"))
    bureau.take(with_ids("two", "one"))
    assert who(bureau, "one") == "周莉" and who(bureau, "two") == "李敏"
    bureau.take(with_ids("-", "one"))
    assert who(bureau, "two") is None and who(bureau, "one") == "周莉"


def test_one_id_cannot_be_two_people(bureau: Bureau) -> None:
    told = "\n".join(bureau.take(with_ids("limin", "LiMin"), code=1))
    assert "已经是 李敏 的了" in told
    assert who(bureau, "limin") is None


def test_a_code_for_somebody_of_the_staff_from_the_console(bureau: Bureau) -> None:
    bureau.take(DISTRICT)
    told = bureau.run("bind", "--person", "李敏").output
    code = told.splitlines()[0].rpartition(" ")[2]
    assert len(code) >= 20

    def live(store: Store) -> str:
        found = store.codes.live(code, datetime.now(UTC))
        assert found is not None and found.person is not None
        return store.people.get(found.person).name

    database = bureau.database()
    try:
        assert database.read(live) == "李敏"
    finally:
        database.close()
    assert "nobody called 没这人" in bureau.run("bind", "--person", "没这人", code=1).output
