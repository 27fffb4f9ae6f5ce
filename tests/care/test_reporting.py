"""代报: what a resident told by telephone becomes a ticket, with a line to paste back."""

from __future__ import annotations

import pytest

from domain.errors import Refused
from domain.messages import Outgoing
from domain.tickets import Ticket
from handlers.command import parse
from handlers.command import run as run_command
from tests.care.conftest import Town


def command(town: Town, text: str, user: str = "u:limin", chat: str | None = None) -> list[Outgoing]:
    parsed = parse(text, addressed=True)
    assert parsed is not None, text
    return town.says(user, text, lambda ctx, speaker: run_command(ctx, speaker, parsed), chat=chat)


def the_ticket(town: Town) -> Ticket:
    [ticket] = town.do(lambda ctx: ctx.store.tickets.in_area("/", ("open", "taken", "proposed")))
    return ticket


def test_the_leak_at_grannys(town: Town) -> None:
    said = command(town.at("2026-03-10 10:00"), "代报 5幢301李奶奶家漏水，电话里说的")
    ticket = the_ticket(town)
    assert ticket.on_behalf_of == "李奶奶"
    assert ticket.category == "home_repair"
    assert ticket.summary == "5幢301李奶奶家漏水"
    assert (ticket.where.estate, ticket.where.building, ticket.where.unit, ticket.where.room) == (
        "云栖里",
        "5",
        "1",
        "301",
    )
    assert said[-1].text.splitlines()[-1] == f"李奶奶，您说的事已登记（{ticket.number}）。有进展告诉您。"


def test_a_public_matter_is_pasted_back_without_a_name(town: Town) -> None:
    said = command(town.at("2026-03-10 10:00"), "#代报 锦园8幢1单元门禁坏了，微信群里说的", user="u:zhouli")
    ticket = the_ticket(town)
    assert ticket.where.building == "8" and ticket.community != 0
    assert town.do(lambda ctx: ctx.store.areas.get(ticket.area).name) == "锦园8幢1单元"
    line = said[-1].text.splitlines()[-1]
    assert line == f"收到，锦园8幢1单元门禁坏了，已登记（{ticket.number}）。有进展在这里回话。"


@pytest.mark.parametrize(
    "words",
    [
        "5幢301李奶奶投诉物业张经理收了五百块钱不给发票",
        "有居民投诉物业张经理收了五百块钱不给发票",
        "5幢302和5幢301吵架要离婚，她电话13800001234，想请人调解",
    ],
)
def test_what_is_private_is_not_in_the_line_for_the_group_nor_whose_it_is(town: Town, words: str) -> None:
    said = command(town.at("2026-03-10 10:00"), f"代报 {words}")
    line = f"收到，这件事，已登记（{the_ticket(town).number}）。有进展在这里回话。"
    assert said[-1].text.splitlines()[-1] == line
    number = the_ticket(town).number
    command(town, f"接单 {number}")
    [told] = [one.text for one in command(town, f"办结 {number} 已经谈好了") if "转告" in one.text]
    assert told.splitlines()[-1].startswith("那件事办好了")


def test_no_phone_and_no_door_is_pasted_into_a_group(town: Town) -> None:
    said = command(town.at("2026-03-10 10:00"), "代报 5-1-301漏水，电话13812345678")
    line = said[-1].text.splitlines()[-1]
    assert "漏水" in line and "301" not in line and "138" not in line


def test_without_a_place_it_lies_in_the_workers_area(town: Town) -> None:
    command(town.at("2026-03-10 10:00"), "代报 东门路灯坏了三盏")
    ticket = the_ticket(town)
    assert ticket.where.estate == "云栖里"
    assert town.do(lambda ctx: ctx.store.areas.get(ticket.area).name) == "云栖里"


def test_a_resident_cannot(town: Town) -> None:
    with pytest.raises(Refused):
        command(town.at("2026-03-10 10:00"), "#代报 5幢301李奶奶家漏水", user="u:zhang")


def test_alone_it_says_how(town: Town) -> None:
    with pytest.raises(Refused) as refused:
        command(town.at("2026-03-10 10:00"), "#代报")
    assert refused.value.key == "care.report_how"
