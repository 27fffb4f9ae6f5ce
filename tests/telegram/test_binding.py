"""Who may bind what: a group only one of its admins with a good code, an account only its own number or a code."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.messages import Address
from handlers.binding import digits_of
from storage.store import Store
from tests.telegram.conftest import Play
from tests.telegram.town import ADMIN, LIMIN, LIU, RESIDENTS, START, WANG, ZHANG, Town

ROOM = Address("telegram", str(RESIDENTS))


def code_for_unit(town: Town, hours: int = 24) -> str:
    return town.write(
        lambda store: store.codes.for_group(
            town.places["unit"], "unit", "residents", START, START + timedelta(hours=hours)
        )
    )


def bound(town: Town) -> bool:
    return town.read(lambda store: store.areas.group_at(ROOM)) is not None


def test_only_an_admin_of_the_group_binds_it(play: Play) -> None:
    async def story(town: Town) -> None:
        code = code_for_unit(town)
        town.phones.says(LIU, RESIDENTS, f"/start {code}")
        await town.settle()
        assert not bound(town) and "管理员" in town.server.shows(RESIDENTS)[-1]
        # An admin who hides cannot be asked about.
        hidden = {"id": 1087968824, "is_bot": True, "first_name": "Group"}
        town.server.users[1] = hidden
        town.phones.says(1, RESIDENTS, f"/start {code}", sender_chat=town.server.chats[RESIDENTS].shown)
        await town.settle()
        assert not bound(town) and "匿名" in town.server.shows(RESIDENTS)[-1]
        town.phones.says(ADMIN, RESIDENTS, f"/start {code}")
        await town.settle()
        assert bound(town)
        asked = [call.params["user_id"] for call in town.server.calls if call.method == "getChatMember"]
        assert asked == [str(LIU), "1087968824", str(ADMIN)]

    play(story, bound=False)


def test_a_code_works_once_and_not_for_ever(play: Play) -> None:
    async def story(town: Town) -> None:
        late = town.write(
            lambda store: store.codes.for_group(
                town.places["unit"], "unit", "residents", START - timedelta(hours=25), START - timedelta(hours=1)
            )
        )
        town.phones.says(ADMIN, RESIDENTS, f"/start {late}")
        await town.settle()
        assert not bound(town)
        code = code_for_unit(town)
        town.phones.says(ADMIN, RESIDENTS, f"/start {code}")
        await town.settle()
        other = town.phones.group(-1001000000666, "别的群", {ADMIN: "creator"})
        town.phones.says(ADMIN, other, f"/start {code}")
        await town.settle()
        assert bound(town)
        assert town.read(lambda store: store.areas.group_at(Address("telegram", str(other)))) is None
        assert "不能用了" in town.server.shows(other)[-1]
        # A code that is no good makes us ask Telegram nothing.
        assert len([call for call in town.server.calls if call.method == "getChatMember"]) == 1

    play(story, bound=False)


def test_a_group_is_told_that_it_is_listened_to_once_it_is(play: Play) -> None:
    async def story(town: Town) -> None:
        for _ in range(2):
            # Let in again it is bound to nothing any more, whatever it was before.
            town.phones.lets_bot_in(ADMIN, RESIDENTS)
            town.phones.says(ZHANG, RESIDENTS, "3幢2单元大门的门禁坏了，刷卡没反应")
            await town.settle()
            assert town.tickets() == []
            assert "不听也不记" in town.server.shows(RESIDENTS)[-1] and "72小时" not in town.server.shows(RESIDENTS)[-1]
            town.phones.says(ADMIN, RESIDENTS, f"/start {code_for_unit(town)}")
            await town.settle()
            assert "绑好了" in town.server.shows(RESIDENTS)[-1] and "72小时" in town.server.shows(RESIDENTS)[-1]
            town.phones.throws_bot_out(ADMIN, RESIDENTS)
            await town.settle()
            town.server.chats[RESIDENTS].kicked = False

    play(story, bound=False)


def test_nobody_can_say_of_himself_that_he_is_an_admin(play: Play) -> None:
    async def story(town: Town) -> None:
        code = code_for_unit(town)
        message = town.phones._message(LIU, RESIDENTS, text=f"/start {code}")
        town.server.deliver(message=message, minqing={"admin": True})
        await town.settle()
        assert not bound(town)

    play(story, bound=False)


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_codes_are_kept_as_hashes_only_and_say_nothing_of_the_area(play: Play) -> None:
    async def story(town: Town) -> None:
        code = code_for_unit(town)
        assert len(code) <= 64 and code.replace("-", "").replace("_", "").isalnum()
        file = str(town.parts.database.engine.url.database)
        for suffix in ("", "-wal"):
            with open(file + suffix, "rb") as kept:  # noqa: PTH123
                assert code.encode() not in kept.read()

    play(story, bound=False)


def test_a_number_counts_only_if_it_is_the_senders_own(play: Play) -> None:
    async def story(town: Town) -> None:
        def person(user: int) -> int | None:
            return town.write(lambda store: account(store, user))

        # 老刘 passes on 李敏's card, then his own number, which is on no list.
        town.phones.shares_contact(LIU, "13800000001", of=LIMIN)
        await town.settle()
        assert person(LIU) is None
        assert "不是您自己的号码" in town.server.shows(LIU)[-1]
        town.phones.shares_contact(LIU, "13900009999")
        await town.settle()
        assert person(LIU) is None
        assert "不在工作人员名单" in town.server.shows(LIU)[-1]
        # In a group a number is nobody's business.
        contact = {"phone_number": "13800000001", "first_name": "x", "user_id": LIMIN}
        town.phones.says(LIMIN, RESIDENTS, contact=contact)
        await town.settle()
        assert person(LIMIN) is None
        town.phones.shares_contact(LIMIN, "+86 138 0000 0001")
        await town.settle()
        assert person(LIMIN) == town.places["limin"]

    play(story, bound=False)


def account(store: Store, user: int) -> int | None:
    return store.people.account("telegram", str(user), "", START).person


def test_a_personal_code_binds_an_account_in_private(play: Play) -> None:
    async def story(town: Town) -> None:
        code = town.write(lambda store: store.codes.for_person(town.places["wang"], START, START + timedelta(hours=1)))
        town.phones.says(WANG, WANG, f"/start {code}")
        await town.settle()
        assert town.write(lambda store: account(store, WANG)) == town.places["wang"]
        town.phones.says(ZHANG, ZHANG, f"/start {code}")
        await town.settle()
        assert town.write(lambda store: account(store, ZHANG)) is None

    play(story)


def test_links_are_given_to_those_who_manage_the_area(play: Play) -> None:
    async def story(town: Town) -> None:
        town.phones.says(LIMIN, LIMIN, "绑定 3-2")
        town.phones.says(ZHANG, ZHANG, "绑定 3-2")
        await town.settle()
        assert not any("startgroup" in text for user in (LIMIN, ZHANG) for text in town.server.shows(user))
        town.phones.shares_contact(WANG, "13800000002")
        town.phones.says(WANG, WANG, "绑定 没有的地方")
        town.phones.says(WANG, WANG, "/bind 阳光社区 工作群")
        await town.settle()
        shown = town.server.shows(WANG)
        assert any("没找到“没有的地方”" in text for text in shown)
        assert sum("startgroup=" in text and "阳光社区工作群" in text for text in shown) == 1

    play(story)


def test_a_resident_is_greeted_and_not_asked_for_his_number(play: Play) -> None:
    async def story(town: Town) -> None:
        town.phones.says(ZHANG, ZHANG, "/start")
        await town.settle()
        [hello] = town.server.said(chat=ZHANG)
        assert "直接说" in hello["text"] and "reply_markup" not in hello

    play(story)


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), st.sampled_from(["", "+86", "86", "0086", "+86 "]))
def test_a_number_is_the_same_however_it_is_written(number: str, prefix: str) -> None:
    assert digits_of(prefix + number) == number
    assert digits_of(f"{prefix}{number[:3]}-{number[3:7]} {number[7:]}") == number
