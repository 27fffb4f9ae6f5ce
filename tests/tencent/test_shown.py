"""A photo in a group whose robot cannot send one: a link, for whoever was told it, until it runs out or is erased."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from bot.channels.wecom_aibot import letters
from domain.messages import Address, Button, Media, Outgoing
from domain.settings import Settings, Web
from handlers.delivery import post
from handlers.shown import MOST_LINKS, Beside
from storage.outbox import Letter
from storage.playground import private_chat
from tests.channels.stages import PNG, keeps_photo
from tests.tencent.conftest import Play
from tests.tencent.robot import STAFF, Group, play_group, robot_secrets, with_robot
from tests.tencent.test_robot import bind
from tests.tencent.town import LIMIN, ZHANG, Town

HOST = "https://minqing.example/office"
LINK = re.compile(rf"（(?:照片|文件)：{HOST}(/attachments/\S+)）")


def with_address(settings: Settings) -> Settings:
    return replace(with_robot(settings), web=Web(public_url=f"{HOST}/", link_hours=48))


def play_linked(play: Play, story: Callable[[Town, Group], Awaitable[None]]) -> None:
    async def whole(town: Town) -> None:
        bind(town)
        await story(town, Group.of(town))

    play(whole, changed=with_address, secrets=robot_secrets())


async def told(town: Town, group: Group, *media: Media, buttons: tuple[Button, ...] = ()) -> str:
    """What stands in the group of a letter with these attached, which waited until the robot was named."""
    letter = Outgoing(to=Address("wecom_aibot", STAFF), text="阳光1 换好了*", media=media, buttons=buttons)
    town.write(lambda store: post(store, [letter], town.parts.clock.now()))
    town.parts.sender.wake()
    await town.settle()
    before = len(group.texts())
    await group.says(LIMIN, "帮助")
    return group.texts()[before]


async def looks(town: Town, path: str) -> httpx.Response:
    async with httpx.AsyncClient(base_url=town.web) as browser:
        return await browser.get(path)


def test_whoever_was_told_the_link_sees_the_photo_until_it_runs_out(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        text = await told(town, group, keeps_photo(town.parts.database))
        [path] = LINK.findall(text)
        assert text.startswith("阳光1 换好了＊\n（照片：") and "附件" not in text
        seen = await looks(town, path)
        assert (seen.status_code, seen.content, seen.headers["content-type"]) == (200, PNG, "image/png")
        assert seen.headers["cache-control"] == "private, no-store"
        assert seen.headers["x-content-type-options"] == "nosniff"
        assert (await looks(town, path + "）")).content == PNG, "with the bracket that stands behind it"
        town.parts.clock.set(town.parts.clock.now() + timedelta(hours=47, minutes=59))
        assert (await looks(town, path)).status_code == 200
        town.parts.clock.set(town.parts.clock.now() + timedelta(minutes=2))
        late = await looks(town, path)
        assert (late.status_code, late.content) == (404, b"")

    play_linked(play, story)


def test_a_link_that_was_tampered_with_shows_nothing(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        keeps_photo(town.parts.database, "never-said", b"\xff\xd8 what nobody was told of")
        [path] = LINK.findall(await told(town, group, keeps_photo(town.parts.database)))
        found = re.fullmatch(r"/attachments/(\d+)\?until=(\d+)&mark=([0-9a-f]{32})", path)
        assert found is not None
        number, until, mark = found.groups()
        wrong = "".join("0123456789abcdef"[15 - int(one, 16)] for one in mark)
        for other in (
            f"/attachments/{int(number) - 1}?until={until}&mark={mark}",
            f"/attachments/{int(number) + 1}?until={until}&mark={mark}",
            f"/attachments/{number}?until={int(until) + 3600}&mark={mark}",
            f"/attachments/{number}?until={until}&mark={wrong}",
            f"/attachments/{number}?until={until}&mark={mark[:-1]}",
            f"/attachments/{number}?until={until}&mark=%E7%85%A7%00",
            f"/attachments/{number}?until={until}",
            f"/attachments/{number}?mark={mark}",
            f"/attachments/{number}",
            f"/attachments/{number}?until=-1&mark={mark}",
            f"/attachments/{number}?until={'9' * 400}&mark={mark}",
            f"/attachments/{'9' * 400}?until={until}&mark={mark}",
            f"/attachments/x?until={until}&mark={mark}",
            f"/attachments/%E4%B8%80?until={until}&mark={mark}",
        ):
            answer = await looks(town, other)
            assert (other, answer.status_code, answer.content) == (other, 404, b"")
        assert (await looks(town, path)).content == PNG

    play_linked(play, story)


def test_what_was_erased_is_not_shown_nor_is_what_took_its_number(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        [path] = LINK.findall(await told(town, group, keeps_photo(town.parts.database)))
        for words in ("删除我的信息", "删除我的信息 确认"):
            await town.writes(ZHANG, words, private_chat(ZHANG.user_id))
        assert town.read(lambda store: store.media.kept("photo-1")) is None
        assert (await looks(town, path)).status_code == 404
        # SQLite may give its number out again.
        keeps_photo(town.parts.database, "photo-2")
        assert (await looks(town, path)).status_code == 404

    play_linked(play, story)


def test_what_could_run_in_a_browser_is_handed_over_as_a_file(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        for number, content in enumerate((b"<html><script>1</script>", b"<svg onload='1'/>", b"%PDF-1.7", b"")):
            media = replace(keeps_photo(town.parts.database, f"file-{number}", content), kind="file")
            [path] = LINK.findall(await told(town, group, media))
            seen = await looks(town, path)
            assert (seen.status_code, seen.content) == (200, content)
            assert seen.headers["content-type"] == "application/octet-stream"
            assert seen.headers["content-disposition"] == "attachment"
            assert "sandbox" in seen.headers["content-security-policy"]

    play_linked(play, story)


def test_what_we_have_not_got_is_named_and_so_is_what_is_too_much(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        photo = keeps_photo(town.parts.database)
        text = await told(town, group, photo, Media("photo", "only-an-id"), buttons=(Button("满意", "满意 阳光1"),))
        [path] = LINK.findall(text)
        assert "（有1个附件，这里看不了）" in text and "满意：@民情 满意 阳光1" in text
        assert (await looks(town, path)).content == PNG
        some = [keeps_photo(town.parts.database, f"more-{number}") for number in range(MOST_LINKS + 2)]
        text = await told(town, group, *some)
        assert len(LINK.findall(text)) == MOST_LINKS and "（有2个附件，这里看不了）" in text

    play_linked(play, story)


@pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
def test_without_an_address_that_the_world_knows_there_is_no_link_and_no_door(play: Play) -> None:
    async def story(town: Town, group: Group) -> None:
        bind(town)
        text = await told(town, group, keeps_photo(town.parts.database))
        assert text == "阳光1 换好了＊\n（有1个附件，这里看不了）"
        assert (await looks(town, "/attachments/1?until=1&mark=1")).status_code == 404

    play_group(play, story)


def test_a_card_has_no_room_for_a_link_which_is_said_to_the_letter() -> None:
    room, buttons = Address("wecom_aibot", STAFF), (Button("满意", "满意 阳光1"),)
    one = Letter(7, room, "阳光1 换好了", "ticket:1:told", "new", None, buttons, (), 2, False, 1)
    [card] = letters.answers(one, ["signed"], "card-1", "民情", Beside())
    assert card["msgtype"] == "template_card"
    line = "（照片：https://my_host.example/#[1]?until=1&mark=2）"
    [text] = letters.answers(one, ["signed"], "card-1", "民情", Beside((line,)))
    assert text == letters.markdown(f"阳光1 换好了\n满意：@民情 满意 阳光1\n{line}")
