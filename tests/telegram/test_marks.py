"""What buttons carry: 64 bytes at most, only what we gave out, only where it stands; and texts cut to fit."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.telegram_bot.pieces import cut, shortened, units
from domain.messages import Address, Pressed, Sender
from handlers.marks import LIMIT, command_of, mark, needs_keeping
from storage.database import Database
from tests.telegram.conftest import Play
from tests.telegram.phones import Phones
from tests.telegram.town import LIMIN, LIU, RESIDENTS, STAFF, ZHANG, Town

NOW = datetime(2026, 5, 8, 2, 0, tzinfo=UTC)
HERE, ELSEWHERE = Address("telegram", "-100"), Address("telegram", "-200")
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=60)


def pressed(token: str, at: Address = HERE) -> Pressed:
    return Pressed(at=at, id="1", sender=Sender("5", "x"), sent_at=NOW, mark=token)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(words)
def test_a_mark_fits_and_gives_its_command_back_here_and_nowhere_else(database: Database, command: str) -> None:
    token = database.write(lambda store: mark(store, HERE, command, NOW))
    assert 1 <= len(token.encode()) <= LIMIT
    assert needs_keeping(command) == (len(command.encode()) > LIMIT - 13)
    assert database.read(lambda store: command_of(store, pressed(token))) == command
    assert database.read(lambda store: command_of(store, pressed(token, ELSEWHERE))) is None


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(words)
def test_nothing_that_we_did_not_sign_is_a_command(database: Database, token: str) -> None:
    assert database.read(lambda store: command_of(store, pressed(token))) is None


def test_the_same_long_words_are_kept_once(database: Database) -> None:
    command = "转办 阳光1 " + "很长的部门名称" * 5
    tokens = {database.write(lambda store: mark(store, HERE, command, NOW)) for _ in range(3)}
    assert len(tokens) == 1 and len(tokens.pop()) < 20


def test_a_forged_or_borrowed_press_does_nothing(play: Play) -> None:
    async def story(town: Town) -> None:
        phones: Phones = town.phones
        phones.says(ZHANG, RESIDENTS, "3幢2单元大门的门禁坏了，刷卡没反应")
        await town.settle()
        card = max(town.server.chats[STAFF].messages)
        button = town.server.chats[STAFF].messages[card]["reply_markup"]["inline_keyboard"][0][0]
        phones.press_with(LIMIN, STAFF, card, "接单 阳光1")
        phones.press_with(LIMIN, STAFF, card, "AAAAAAAAAAAA=接单 阳光1")
        # 张女士 got hold of the real one and sends it from the residents' group.
        phones.press_with(ZHANG, RESIDENTS, max(town.server.chats[RESIDENTS].messages), button["callback_data"])
        await town.settle()
        assert [ticket.status for ticket in town.tickets()] == ["open"]
        # 老刘 is in the staff group by mistake; the button is real, but he may not.
        phones.press_with(LIU, STAFF, card, button["callback_data"])
        await town.settle()
        assert [ticket.status for ticket in town.tickets()] == ["open"]
        phones.presses(LIMIN, STAFF, card, "接单")
        await town.settle()
        assert [ticket.status for ticket in town.tickets()] == ["taken"]
        # Every press was answered, or the phone would show it waiting.
        assert town.server.methods().count("answerCallbackQuery") == 5

    play(story)


@given(st.text(max_size=300), st.integers(2, 60))
def test_pieces_fit_and_joined_are_the_text(text: str, limit: int) -> None:
    pieces = cut(text, limit)
    assert "".join(pieces) == text
    assert all(units(piece) <= limit for piece in pieces)
    assert units(shortened(text, limit)) <= limit


@pytest.mark.parametrize(("text", "size"), [("路灯", 2), ("😀", 2), ("", 0), ("a\n", 2)])
def test_length_is_counted_as_telegram_does(text: str, size: int) -> None:
    assert units(text) == size == len(text.encode("utf-16-le")) // 2
