"""What every channel owes the rest of the house: it is the same whichever platform is behind it. A door that is new in
bot/doors.py must come here too; tests/channels/stages.py says how (one line, and a stage).
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

import pytest
from fastapi import APIRouter

from bot.doors import DOORS
from bot.sender import fit
from domain.errors import SendFailed
from domain.messages import Button, Event, Pressed, Priority, Raw, Said
from domain.running import Outbox
from storage.database import Database
from storage.outbox import Letter
from tests.channels.stages import CASES, NOW, Case, Stage

Story: TypeAlias = Callable[[Stage], Awaitable[None]]
BUTTONS = (Button("接单", "接单 阳光1"), Button("转办", "转办 阳光1"))


def every(test: Callable[..., None]) -> Callable[..., None]:
    """With each channel; on SQLite, since a channel's own tests try its database work on both kinds."""
    on_sqlite = pytest.mark.parametrize("storage_url", ["sqlite"], indirect=True)
    marked: Callable[..., None] = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)(on_sqlite(test))
    return marked


def on(case: Case, database: Database, story: Story) -> None:
    async def whole() -> None:
        async with case.opened(database) as stage:
            await story(stage)

    asyncio.run(whole())


def speaks(stage: Stage) -> bool:
    return stage.channel.capabilities.push != "no"


async def says(stage: Stage, text: str, **how: Any) -> list[str]:
    """As the sender does it: first brought down to what the channel can do."""
    values: dict[str, Any] = {
        "id": 7,
        "to": stage.room,
        "text": text,
        "card": "ticket:1:staff:unit",
        "mode": "new",
        "replies_to": None,
        "buttons": (),
        "media": (),
        "priority": int(Priority.NOTICE),
        "silent": False,
        "attempts": 1,
        "remotes": (),
    }
    letter = fit(Letter(**(values | how)), stage.channel)
    assert letter is not None
    return await stage.channel.send(letter)


def test_every_door_has_its_case() -> None:
    assert {case.name for case in CASES} >= {door.name for door in DOORS}


@every
def test_it_bears_its_name_and_may_be_closed_twice(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        assert stage.channel.name == case.name == stage.room.channel
        await stage.channel.close()
        await stage.channel.close()

    on(case, database, story)


@every
def test_captured_payloads_mean_something_and_always_the_same(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        able = stage.channel.capabilities
        if case.raw is None:
            assert able.reads == "none" and not case.payloads
            return
        texts = []
        for payload in case.payloads:
            body = payload.read_bytes()
            raw = case.raw(body)
            assert raw.channel == case.name and raw.received_at == NOW
            assert 0 < len(raw.key) <= 128 and len(raw.chat) <= 128
            assert case.raw(body).key == raw.key, "a repeat is known by its key"
            understood = stage.channel.to_incoming(raw)
            assert stage.channel.to_incoming(raw) == understood
            for incoming in understood:
                assert isinstance(incoming, Event) and incoming.at.channel == case.name
                assert incoming.sent_at.tzinfo is not None and 0 < len(incoming.id) <= 128
                assert incoming.sender.user_id
                assert able.reads != "none" or not isinstance(incoming, Said | Pressed), "what nobody could say"
                for media in getattr(incoming, "media", ()):
                    assert 0 < len(media.ref) <= 255, "as wide as the column that keeps it"
            if payload.stem == "text":
                texts += [getattr(one, "text", "") for one in understood]
        if able.reads != "none":
            assert len(texts) == 1 and "路灯坏了" in texts[0]

    on(case, database, story)


@every
def test_what_makes_no_sense_is_an_error_or_nothing_never_a_message(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        for body in (b"", b"{}", b"[]", b"<xml></xml>", b"\xff\xfe\x00", b"null"):
            try:
                assert stage.channel.to_incoming(Raw(case.name, "k", "c", body, NOW)) == []
            except Exception as error:
                assert not isinstance(error, AssertionError)

    on(case, database, story)


@every
def test_who_reads_nothing_has_no_door_and_listens_to_nothing(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        async def taken(raws: object) -> None:
            raise AssertionError("nothing can have come")

        if stage.channel.capabilities.reads == "none":
            assert stage.channel.routes(taken) is None
            if case.raw is None:
                await asyncio.wait_for(stage.channel.listen(taken), 1)
        else:
            door = stage.channel.routes(taken)
            assert door is None or isinstance(door, APIRouter)

    on(case, database, story)


@every
def test_plain_words_arrive(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        if not speaks(stage):
            with pytest.raises(SendFailed) as refused:
                await says(stage, "您好")
            assert refused.value.permanent
            return
        words = "阳光1 公共维修\n3幢2单元，路灯坏了 <b>&amp;</b> *x* ]]>"
        remotes = await says(stage, words)
        assert stage.shown() == [words]
        assert remotes and all(0 < len(remote) <= 128 for remote in remotes) and len(set(remotes)) == len(remotes)

    on(case, database, story)


@every
def test_buttons_can_be_pressed_or_are_printed(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        if not speaks(stage):
            return
        await says(stage, "阳光1 公共维修\n路灯坏了", buttons=BUTTONS)
        [shown] = stage.shown()
        assert shown.startswith("阳光1 公共维修\n路灯坏了")
        if stage.channel.capabilities.buttons:
            assert stage.pressable() == ["接单", "转办"] and "接单 阳光1" not in shown
        else:
            assert "接单：接单 阳光1" in shown and "转办：转办 阳光1" in shown

    on(case, database, story)


@every
def test_an_edit_changes_what_stands_there_or_is_a_new_line(case: Case, database: Database) -> None:
    """A card with buttons, which is what the house edits most."""

    async def story(stage: Stage) -> None:
        if not speaks(stage):
            return
        first = await says(stage, "阳光1\n等人接", buttons=BUTTONS)
        second = await says(stage, "阳光1\n李敏在办", mode="edit", buttons=BUTTONS, remotes=tuple(first))
        shown = stage.shown()
        assert shown[-1].startswith("阳光1\n李敏在办")
        if stage.channel.capabilities.edit:
            assert len(shown) == 1 and second == first
        else:
            assert len(shown) == 2

    on(case, database, story)


@every
def test_a_reply_is_at_least_a_line(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        if not speaks(stage):
            return
        first = await says(stage, "阳光1 路灯坏了")
        await says(stage, "阳光1 办好了", mode="reply", remotes=tuple(first))
        assert stage.shown() == ["阳光1 路灯坏了", "阳光1 办好了"]

    on(case, database, story)


@every
def test_long_words_are_cut_by_the_platforms_own_measure_and_nothing_is_lost(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        able = stage.channel.capabilities
        if not speaks(stage):
            return
        text = "\n".join(f"3-{number} 王奶奶，血压正常，明天送药🚒" for number in range(400))
        if case.long == "refused":
            with pytest.raises(SendFailed) as refused:
                await says(stage, text)
            assert refused.value.permanent and stage.shown() == []
            return
        remotes = await says(stage, text)
        shown = stage.shown()
        if case.long == "beginning":
            assert remotes and text.startswith("".join(shown).rstrip("…")) and len("".join(shown)) >= 300
            return
        assert "".join(shown).replace("\n", "") == text.replace("\n", "")
        if case.name in ("playground", "replay"):
            return
        assert len(remotes) == len(shown) > 1
        for piece in shown:
            used = len(piece.encode()) if able.limit_unit == "bytes" else len(piece)
            assert used <= able.text_limit

    on(case, database, story)


@every
def test_a_photo_follows_the_words_or_a_link_to_it(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        if not speaks(stage):
            return
        await says(stage, "换好的路灯", media=(stage.photo,))
        assert stage.shown() == ["换好的路灯"]
        assert stage.pictures() == (1 if stage.channel.capabilities.media_out else 0)
        if stage.links is not None:
            assert not stage.channel.capabilities.media_out and len(stage.links()) == 1

    on(case, database, story)


@every
def test_what_goes_wrong_is_told_as_the_outbox_understands_it(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        met = {}
        for what in ("busy", "wait", "silence", "gone"):
            if what not in stage.refuses:
                continue
            stage.refuses[what]()
            with pytest.raises(SendFailed) as caught:
                await asyncio.wait_for(says(stage, "您好"), 10)
            failed = caught.value
            assert failed.why and "token" not in failed.why
            met[what] = (failed.permanent, failed.retry_after is not None, failed.unknown)
        wanted = {
            "busy": (False, False, False),
            "wait": (False, True, False),
            "silence": (False, False, True),
            "gone": (True, False, False),
        }
        assert met == {what: wanted[what] for what in met}
        if case.name not in ("playground", "replay"):
            assert "gone" in met

    on(case, database, story)


@every
@pytest.mark.parametrize("what", ["busy", "wait", "silence"])
def test_words_that_stand_are_not_said_again_for_the_sake_of_a_photo(case: Case, database: Database, what: str) -> None:
    async def story(stage: Stage) -> None:
        if stage.passes is None or not stage.channel.capabilities.media_out:
            return
        stage.passes()
        stage.refuses[what]()
        remotes = await asyncio.wait_for(says(stage, "换好的路灯", media=(stage.photo, stage.photo)), 10)
        assert stage.shown() == ["换好的路灯"] and remotes

    on(case, database, story)


@every
@pytest.mark.parametrize("what", ["busy", "wait", "silence"])
def test_what_is_cut_off_behind_its_first_piece_is_not_begun_again_without_end(
    case: Case, database: Database, what: str
) -> None:
    async def story(stage: Stage) -> None:
        if stage.passes is None:
            return
        stage.passes()
        stage.refuses[what]()
        with pytest.raises(SendFailed) as caught:
            await says(stage, "\n".join(f"3-{number} 王奶奶，血压正常，明天送药🚒" for number in range(800)))
        failed = caught.value
        assert (failed.permanent, failed.retry_after, failed.unknown) == (False, None, what == "silence")

    on(case, database, story)


@every
def test_the_budget_stays_below_what_the_platform_counts(case: Case, database: Database) -> None:
    async def story(stage: Stage) -> None:
        most = stage.channel.capabilities.per_minute
        budgets = {one.channel: one for one in Outbox().budgets}
        if most is not None:
            assert 0 < budgets[case.name].per_chat_per_minute < most

    on(case, database, story)
