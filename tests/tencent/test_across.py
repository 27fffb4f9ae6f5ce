"""The story across doors: told to the official account, taken and finished in the staff group, rated by who told it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.messages import Address
from domain.settings import Settings
from domain.wecom import WecomAppchat
from storage.store import Store
from tests.tencent.conftest import Play
from tests.tencent.robot import STAFF, Group, robot_secrets, with_robot
from tests.tencent.town import LIMIN, START, WANG, ZHANG, Town
from tests.tencent.wechat import MEI, Followers

REPORT = "云栖里3幢2单元大门的门禁坏了，刷卡没反应"


def settle_in(town: Town) -> None:
    """The robot's group is bound, and the worker known there; she has not got the app."""

    def work(store: Store) -> None:
        for user in (LIMIN, WANG):
            account = store.people.account("wecom_aibot", user, user, START)
            store.people.bind_account(account.id, town.places[user])
        store.areas.bind(Address("wecom_aibot", STAFF), town.places["estate"], "unit", "staff", "云栖里工作群", START)

    town.write(work)


def test_from_the_official_account_through_the_staff_group_and_back(play: Play) -> None:
    async def story(town: Town) -> None:
        they, group = Followers.of(town), Group.of(town)
        settle_in(town)

        await they.says(MEI, REPORT)
        [ticket] = town.tickets()
        assert ticket.status == "open" and ticket.private, "told in private, so it is for the staff alone"
        assert ticket.number in they.texts(MEI)[-1]

        # What is private is in no shared room: the worker has its card in her own chat, the group can act on it.
        assert not any("门禁" in text for text in group.texts())
        assert any(ticket.number in text for text in town.far.texts(LIMIN))
        await group.says(LIMIN, f"接单 {ticket.number}")
        assert (town.tickets()[0].status, town.tickets()[0].assignee) == ("taken", town.places[LIMIN])
        assert "李敏" in they.texts(MEI)[-1]

        town.parts.clock.set(town.parts.clock.now() + timedelta(hours=3))
        await group.says(LIMIN, f"办结 {ticket.number} 换了读卡器")
        asked = they.texts(MEI)[-1]
        assert "换了读卡器" in asked and "回 1 好了，满意" in asked and "评价" not in asked, "a figure is enough"
        await they.says(MEI, "1")
        [ticket] = town.tickets()
        assert (ticket.status, ticket.rating, ticket.result) == ("closed", 1, "换了读卡器")
        assert "failed" not in town.inbox() and MEI not in str(group.texts())

    play(story, changed=with_robot, secrets=robot_secrets())


def test_where_nobody_has_another_door_the_staff_group_is_told_without_a_word_of_it(play: Play) -> None:
    """An office with a robot and no app: the card stands in the group, masked; its buttons do the work."""

    async def story(town: Town) -> None:
        they, group = Followers.of(town), Group.of(town)
        town.write(lambda store: leave_the_app(store, town))
        settle_in(town)
        # She has named it within the hour, so that there is a place to speak at.
        await group.says(LIMIN, "帮助")
        await group.brings(LIMIN, msgtype="text", text={"content": "@民情"})

        await they.says(MEI, f"{REPORT}，我住902，电话13912345678")
        [ticket] = town.tickets()
        assert ticket.private and town.far.texts(LIMIN) == []
        await group.says(LIMIN, "今日")
        told = next(text for text in group.texts() if text.startswith(f"{ticket.number} 公共维修") and "不公开" in text)
        for secret in ("门禁", "902", "13912345678", MEI, "3幢"):
            assert secret not in "".join(group.texts())

        # What it is about the worker reads alone with the robot, and nobody else in the group does.
        await group.says(LIMIN, f"查看 {ticket.number}", chat=LIMIN)
        assert "门禁" in "".join(group.texts(LIMIN)) and f"查看 {ticket.number}" in told

        await group.says(LIMIN, f"接单 {ticket.number}")
        assert (town.tickets()[0].status, town.tickets()[0].assignee) == ("taken", town.places[LIMIN])
        town.parts.clock.set(town.parts.clock.now() + timedelta(minutes=50))
        await group.says(LIMIN, f"办结 {ticket.number} 换了读卡器")
        assert "换了读卡器" in they.texts(MEI)[-1]
        await they.says(MEI, "1")
        [ticket] = town.tickets()
        assert (ticket.status, ticket.rating, ticket.result) == ("closed", 1, "换了读卡器")
        assert "门禁" not in "".join(group.texts())

    play(story, changed=with_robot, secrets=robot_secrets())


def test_the_masked_card_is_pressed_and_changes_where_it_stands(play: Play) -> None:
    async def story(town: Town) -> None:
        they, group = Followers.of(town), Group.of(town)
        town.write(lambda store: leave_the_app(store, town))
        settle_in(town)
        group_speaks = group.callback(LIMIN, msgtype="event", event={"eventtype": "feedback_event"}, create_time=1)
        assert (await group.door.says(group_speaks))[0] == 200

        await they.says(MEI, REPORT)
        [card] = group.stands[STAFF]
        assert card["msgtype"] == "template_card" and "门禁" not in str(card)
        await group.presses(LIMIN, "接单")
        [card] = group.stands[STAFF]
        assert town.tickets()[0].assignee == town.places[LIMIN] and group.changed == 1
        assert "李敏已接" in str(card) and next(one["text"] for one in card["template_card"]["button_list"]) == "办结"

    play(story, changed=with_robot, secrets=robot_secrets())


@pytest.mark.parametrize("report", ["云栖里3幢2单元，物业乱收停车费，我要投诉物业", "我住云栖里3幢2单元，老公天天打我"])
def test_what_is_sensitive_or_against_somebody_is_not_even_hinted_at(play: Play, report: str) -> None:
    async def story(town: Town) -> None:
        they, group = Followers.of(town), Group.of(town)
        town.write(lambda store: leave_the_app(store, town))
        settle_in(town)
        await they.says(MEI, report)
        [ticket] = town.tickets()
        assert ticket.sensitive or ticket.against == "property"
        for said in ("帮助", "今日"):
            await group.says(LIMIN, said)
        assert len(group.texts()) == 2 and ticket.number not in "".join(group.texts())

    play(story, changed=with_robot, secrets=robot_secrets())


def leave_the_app(store: Store, town: Town) -> None:
    for user in (LIMIN, WANG):
        account = store.people.account("wecom_app", user, user, START)
        store.people.bind_account(account.id, None)


def test_what_is_said_openly_stands_in_the_staff_group_too(play: Play) -> None:
    """From the residents' group on another platform: the card waits in the robot's group until it is named."""

    async def story(town: Town) -> None:
        group = Group.of(town)
        settle_in(town)
        await town.writes(ZHANG, "3幢2单元大门的门禁坏了，刷卡没反应")
        [ticket] = town.tickets()
        await group.says(LIMIN, "我的")
        assert any(text.startswith(f"{ticket.number} ") and "门禁" in text for text in group.texts())
        await group.says(LIMIN, f"接单 {ticket.number}")
        # Named again within the hour: what comes up now has a place to be said at once.
        assert any("李敏" in text for text in town.posts())
        await group.says(LIMIN, f"办结 {ticket.number} 换了读卡器")
        assert town.tickets()[0].status == "done"

    play(story, changed=with_robot, secrets=robot_secrets())


def test_who_is_bound_on_both_sides_is_one_person(play: Play) -> None:
    """A resident is bound at the official account by the code that the worker asked for in her app."""

    async def story(town: Town) -> None:
        they = Followers.of(town)
        await town.says(LIMIN, "绑定码 3-2-402 王秀英")
        told = town.far.texts(LIMIN)[-1]
        code = told.partition("绑定码：")[2][:9]
        await they.says(MEI, code)
        assert "王秀英，绑好了" in they.texts(MEI)[-1]
        await they.says(MEI, "我家厨房水管漏水了，麻烦师傅来修一下")
        [ticket] = town.tickets()
        assert (ticket.reporter_name, ticket.where.building, ticket.where.room) == ("王秀英", "3", "402")
        assert any("王秀英" in text or "402" in text for text in _cards(town))

    play(story, changed=with_robot, secrets=robot_secrets())


def _cards(town: Town) -> list[str]:
    return [str(one) for one in town.far.stands[LIMIN]]


def test_what_the_robot_may_not_say_by_itself_goes_at_once_to_the_door_that_may(play: Play) -> None:
    """The same colleagues sit in two rooms of ours, one with the robot that is named and one that the app made: a card
    does not wait for somebody to name the robot, nor does what is meant for one of them alone."""

    async def story(town: Town) -> None:
        they, group = Followers.of(town), Group.of(town)
        settle_in(town)

        def bind(store: Store) -> None:
            store.areas.bind(Address("wecom_appchat", "made-1"), town.places["estate"], "unit", "staff", "群", START)

        town.write(bind)
        town.far.chats["made-1"] = {}
        # She has written to both; the robot's chat was there first.
        await group.says(LIMIN, "帮助", chat=LIMIN)
        await town.writes(ZHANG, "3幢2单元大门的门禁坏了，刷卡没反应")
        [ticket] = town.tickets()
        said = [call["text"]["content"] for call in town.far.to("appchat/send")]
        assert any(ticket.number in text and f"接单：接单 {ticket.number}" in text for text in said)
        assert "failed" not in town.outbox()
        # The robot's group is still where she may say it.
        await group.says(LIMIN, f"接单 {ticket.number}")
        assert town.tickets()[0].assignee == town.places[LIMIN]
        before = len(group.texts(LIMIN))
        await they.says(MEI, "云栖里5幢1单元楼道灯全不亮了")
        private = next(one for one in town.tickets() if one.private)
        assert any(private.number in text for text in town.far.texts(LIMIN)) and len(group.texts(LIMIN)) == before

    play(story, changed=with_robot_and_groups, secrets=robot_secrets())


def test_a_masked_card_goes_to_the_room_that_can_be_pushed_into(play: Play) -> None:
    """Nobody has the app, only the robot, which cannot speak up; beside it the app's own group can."""

    async def story(town: Town) -> None:
        they, group = Followers.of(town), Group.of(town)
        town.write(lambda store: leave_the_app(store, town))
        settle_in(town)
        place = town.places["estate"]
        town.far.chats["made-1"] = {}
        town.write(
            lambda store: store.areas.bind(Address("wecom_appchat", "made-1"), place, "unit", "staff", "群", START)
        )
        # They have chats with the robot, and have not named it for hours.
        for user in (LIMIN, WANG):
            await group.says(user, "帮助", chat=user)
        town.parts.clock.set(town.parts.clock.now() + timedelta(hours=2))
        await they.says(MEI, f"{REPORT}，我住902")
        [ticket] = town.tickets()
        said = [call["text"]["content"] for call in town.far.to("appchat/send")]
        [told] = [text for text in said if ticket.number in text]
        assert "不公开" in told and "门禁" not in told and "902" not in told
        assert not any(ticket.number in text for text in group.texts())

    play(story, changed=with_robot_and_groups, secrets=robot_secrets())


def with_robot_and_groups(settings: Settings) -> Settings:
    settings = with_robot(settings)
    return replace(settings, wecom=replace(settings.wecom, appchat=WecomAppchat(on=True)))
