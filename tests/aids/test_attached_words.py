"""Voice messages written down and photos read by a program of the office, after they were fetched: the words come back
through the inbox and go the way of all words."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.aids import examined
from bot.attached_words import MOST_WORDS, AttachedWords, NoWords, words_of
from bot.credentials import Secrets
from bot.intake import Intake
from domain.aids import Attached
from domain.messages import Address, Forwarded, Media, MediaKind, Said, Sender
from domain.reading import Where
from domain.settings import Settings
from domain.tickets import Ticket
from handlers.context import Context
from handlers.delivery import post
from handlers.dispatch import handle
from nlu.reader import Reader
from storage.database import Database
from storage.store import Store
from tests.commands.neighbourhood import CHANNEL, Neighbourhood

PROGRAM = (sys.executable, str(Path(__file__).with_name("program.py")))


@dataclass
class Square:
    """A neighbourhood with the programs at work."""

    here: Neighbourhood
    aid: AttachedWords
    intake: Intake

    def sends(
        self, who: str, kind: MediaKind, content: str, room: str | None = "unit", text: str = "", first: str = ""
    ) -> None:
        """An attachment, fetched at once; `content` is what the program makes of it, `first` who said it elsewhere."""
        here = self.here
        said = Said(
            at=Address(CHANNEL, room or f"@{who}"),
            id=f"m{next(iter(here.numbers))}",
            sender=Sender(who, who),
            sent_at=here.now,
            private=room is None,
            text=text,
            media=(Media(kind, "ref"),),
            forwarded=(Forwarded(first, here.now, ""),) if first else (),
        )

        def work(store: Store) -> None:
            post(store, handle(Context(here.now, store, here.settings, here.reader), said), here.now)
            for wanted in store.media.wanted(9, here.now, [CHANNEL]):
                store.media.fetched(wanted.id, content.encode())

        here.database.write(work)

    async def read(self) -> int:
        """All that is to be read, and what comes of it. How many there were."""
        count = 0
        while await self.aid.read_next(self.intake.receive):
            count += 1
        await self.intake.handle_waiting()
        return count

    def tickets(self) -> list[Ticket]:
        here = self.here
        path = here.read(lambda store: store.areas.get(here.areas["district"]).path)
        return here.read(lambda store: store.tickets.in_area(path, ("proposed", "open", "taken", "done")))

    def notes(self, ticket: Ticket) -> list[str]:
        events = self.here.read(lambda store: store.tickets.events(ticket.id, ["note"]))
        return [str(one.event.data["text"]) for one in events]


@pytest.fixture
def square(database: Database, settings: Settings, reader: Reader) -> Square:
    there = replace(settings, attachments=Attached(voice=PROGRAM, photos=PROGRAM, timeout_seconds=20.0))
    here = Neighbourhood(database, there, reader).settle()
    aid = AttachedWords(database, there, lambda: here.now)
    return Square(here, aid, Intake(database, {aid.name: aid}, there, reader, lambda: here.now))


def play(square: Square, story: Callable[[Square], Awaitable[None]]) -> None:
    asyncio.run(story(square))


def test_a_voice_message_is_taken_as_if_it_had_been_written(square: Square) -> None:
    async def story(square: Square) -> None:
        await asyncio.to_thread(square.sends, "张女士", "voice", "says 3幢2单元楼道灯坏了，好几天了")
        assert square.tickets() == []
        assert await square.read() == 1 and await square.read() == 0
        (ticket,) = square.tickets()
        assert (ticket.reporter_name, ticket.category, ticket.status) == ("张女士", "public_repair", "open")
        assert (ticket.where.building, ticket.where.unit) == ("3", "2")
        # The voice itself stays with it.
        lines = square.here.read(lambda store: store.lines.many(store.tickets.lines_of(ticket.id)))
        assert [(line.voice, line.text) for line in lines] == [(True, ""), (False, "3幢2单元楼道灯坏了，好几天了")]

    play(square, story)


def test_a_worker_speaks_his_command(square: Square) -> None:
    async def story(square: Square) -> None:
        ticket = await asyncio.to_thread(square.here.report)
        await asyncio.to_thread(square.sends, "李明", "voice", f"says 接单 {ticket.number}", None)
        await square.read()
        assert square.here.ticket(ticket).status == "taken"

    play(square, story)


def test_a_voice_message_that_a_worker_passes_on_is_not_his_word(square: Square) -> None:
    async def story(square: Square) -> None:
        here = square.here
        ticket = await asyncio.to_thread(here.report)
        await asyncio.to_thread(here.press, "李明", f"接单 {ticket.number}", "unit-staff")
        for order in ("办结 {} 换了门机皮带", "上报 {} 我们物业修不了"):
            await asyncio.to_thread(
                square.sends, "李明", "voice", f"says {order.format(ticket.number)}", None, first="老刘"
            )
            await square.read()
            assert here.ticket(ticket).status == "taken"
        # What was reported by it is shown to him, with whose it is, and becomes a ticket of that neighbour's.
        await asyncio.to_thread(here.deliver)
        said = "says 3幢2单元楼道灯坏了，好几天了"
        await asyncio.to_thread(square.sends, "李明", "voice", said, None, first="老刘")
        await square.read()
        shown = await asyncio.to_thread(here.deliver)
        assert "3幢2单元楼道灯坏了，好几天了，老刘说的" in shown.said_to("@李明")
        (press,) = shown.buttons_for("@李明")
        await asyncio.to_thread(here.press, "李明", press)
        assert [one.summary for one in square.tickets()][1:] == ["3幢2单元楼道灯坏了，好几天了"]

    play(square, story)


def test_words_of_the_platforms_own_are_not_looked_for_twice(square: Square) -> None:
    async def story(square: Square) -> None:
        text = "3幢2单元楼道灯坏了，好几天了"
        await asyncio.to_thread(square.sends, "张女士", "voice", "says 5幢3单元漏水", "unit", text)
        await square.read()
        assert [ticket.where.building for ticket in square.tickets()] == ["3"]

    play(square, story)


def test_what_stands_in_a_photo_is_noted_and_fills_in_the_place(square: Square) -> None:
    async def story(square: Square) -> None:
        await asyncio.to_thread(
            square.sends, "张女士", "photo", "says 5幢1单元\n检验合格证", "unit", "楼道灯坏了，好几天了"
        )
        (ticket,) = square.tickets()

        def forget_place(store: Store) -> None:
            # As in a community's group, where the group itself tells no house.
            known = store.tickets.get(ticket.id)
            store.tickets.save(replace(known, where=Where()), known.version)

        await asyncio.to_thread(square.here.database.write, forget_place)
        await square.read()
        assert square.notes(ticket) == ["照片上的字：5幢1单元 检验合格证"]
        now = square.here.ticket(ticket)
        assert (now.where.building, now.where.unit) == ("5", "1")
        assert square.here.read(lambda store: store.tickets.corrections_of(ticket.id)) == []

    play(square, story)


def test_a_photo_changes_no_place_that_was_said(square: Square) -> None:
    async def story(square: Square) -> None:
        await asyncio.to_thread(square.sends, "张女士", "photo", "says 5幢1单元", "unit", "3幢2单元楼道灯坏了")
        await square.read()
        (ticket,) = square.tickets()
        assert ticket.where.building == "3" and len(square.notes(ticket)) == 1

    play(square, story)


def test_photos_of_mere_talk_are_not_read(square: Square) -> None:
    async def story(square: Square) -> None:
        await asyncio.to_thread(square.sends, "老刘", "photo", "says 桃子十块钱三斤", "unit", "自家的桃子，要的说一声")
        assert await square.read() == 0

    play(square, story)


def test_who_opted_out_is_not_written_down(square: Square) -> None:
    async def story(square: Square) -> None:
        await asyncio.to_thread(square.here.say, "张女士", "不记我")
        await asyncio.to_thread(square.sends, "张女士", "voice", "says 3幢2单元电梯停了")
        assert await square.read() == 0 and square.tickets() == []

    play(square, story)


@pytest.mark.parametrize("content", ["fails", "says ", "says  \n ", "hangs {file}"])
def test_where_there_are_no_words_nothing_is_said(square: Square, content: str, tmp_path: Path) -> None:
    square.aid = AttachedWords(
        square.here.database,
        replace(square.here.settings, attachments=Attached(voice=PROGRAM, timeout_seconds=1.0)),
        lambda: square.here.now,
    )

    async def story(square: Square) -> None:
        await asyncio.to_thread(square.sends, "张女士", "voice", content.format(file=tmp_path / "child"))
        assert await square.read() == 1 and await square.read() == 0, "once, not for ever"
        assert square.here.read(lambda store: store.inbox.counts()) == {}

    play(square, story)


def test_what_is_too_big_or_too_old_is_left_alone(square: Square) -> None:
    async def story(square: Square) -> None:
        small = replace(square.here.settings, attachments=Attached(voice=PROGRAM, most_bytes=10))
        square.aid = AttachedWords(square.here.database, small, lambda: square.here.now)
        await asyncio.to_thread(square.sends, "张女士", "voice", "says 3幢2单元电梯停了")
        assert await square.read() == 1
        await asyncio.to_thread(square.sends, "老刘", "voice", "says 1")
        square.here.now += timedelta(hours=25)
        assert await square.read() == 0 and square.tickets() == []

    play(square, story)


def test_a_program_that_hangs_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    file = tmp_path / "child"
    began = time.monotonic()
    with pytest.raises(NoWords, match="was not done"):
        asyncio.run(words_of(PROGRAM, f"hangs {file}".encode(), 2.0))
    assert time.monotonic() - began < 20
    child = int(file.read_text(encoding="utf-8"))
    for _ in range(100):
        if not alive(child):
            return
        time.sleep(0.05)
    raise AssertionError("its child lives on")


def alive(pid: int) -> bool:
    """A dead child that nobody has fetched yet is not alive."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_program_sees_none_of_our_secrets_and_writes_only_so_much(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MINQING_KEY", "hush")
    assert "MINQING_KEY" in os.environ
    assert asyncio.run(words_of(PROGRAM, b"secret", 20.0)) == "none"
    assert len(asyncio.run(words_of(PROGRAM, b"floods", 20.0))) == MOST_WORDS
    with pytest.raises(NoWords, match="cannot be started"):
        asyncio.run(words_of(("/nowhere/whisper",), b"", 20.0))


def test_check_says_which_program_is_missing(settings: Settings) -> None:
    there = replace(settings, attachments=Attached(voice=("/nowhere/whisper",), photos=PROGRAM))
    assert [(one.good, one.what.split(",")[-1]) for one in examined(there, Secrets())] == [
        (False, " which is not here"),
        (True, f"photos are read by {sys.executable}"),
    ]


def test_bytes_that_are_no_picture_end_in_one_clear_line() -> None:
    """Where rapidocr is not installed the line says how to install it."""
    done = subprocess.run([sys.executable, "-m", "bot", "ocr"], input=b"no picture", capture_output=True, timeout=120)
    assert done.returncode == 1 and done.stdout == b""
    assert done.stderr.startswith(b"minqing: ") and done.stderr.count(b"\n") == 1
