"""Whatever is to be said and pressed, what is sent is what the platform takes, and nothing of it is lost."""

from __future__ import annotations

import re
from itertools import count
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import wecom_webhook
from bot.channels.wecom_app import letters
from domain.messages import Address, Button, Priority
from storage.outbox import Letter
from tests.tencent.far_end import Call, FarEnd

WORDS = st.text(st.sampled_from("阳光1公共维修，。 \n\t<>[]*🚒a#"), max_size=1500)
LABELS, COMMANDS = st.text("接单转办", min_size=1, max_size=6), st.text("接单转办 1", min_size=1, max_size=3)
BUTTONS = st.lists(st.tuples(LABELS, COMMANDS), max_size=15)


def letter(text: str, buttons: list[tuple[str, str]] = [], priority: int = 2) -> Letter:  # noqa: B006
    room = Address("wecom_app", "limin")
    made = tuple(Button(*one) for one in buttons)
    return Letter(7, room, text, "ticket:1:person:1", "new", None, made, (), priority, False, 1)


def marks_of(one: Letter) -> list[str]:
    return [f"signed={button.command}" for button in one.buttons]


@given(text=WORDS, buttons=BUTTONS)
def test_the_app_is_sent_what_it_takes(text: str, buttons: list[tuple[str, str]]) -> None:
    far, numbers = FarEnd(), count()
    far.members.add("limin")
    made = letter(text, buttons)
    sent = letters.messages(made, marks_of(made), lambda: f"card-{next(numbers)}")
    for one in sent:
        far._message(Call("message/send", {}, {"touser": "limin", **one}))
    shown = "\n".join(_all_of(one) for one in sent)
    for part in filter(None, (line.strip() for line in text.split("\n"))):
        assert "".join(part.split()) in "".join(shown.split())
    pressable = [one["key"] for some in sent if "template_card" in some for one in some["template_card"]["button_list"]]
    assert pressable == list(dict.fromkeys(marks_of(made)))


@given(text=WORDS, buttons=BUTTONS)
def test_the_app_is_sent_markdown_that_it_takes_and_that_marks_nothing_but_numbers(
    text: str, buttons: list[tuple[str, str]]
) -> None:
    far, numbers = FarEnd(), count()
    far.members.add("limin")
    made = letter(text, buttons)
    sent = letters.messages(made, marks_of(made), lambda: f"card-{next(numbers)}", {"阳光"})
    for one in sent:
        far._message(Call("message/send", {}, {"touser": "limin", **one}))
    words = "".join(one["markdown"]["content"] for one in sent if one["msgtype"] == "markdown")
    assert not set(re.sub(r"\*\*阳光1+\*\*", "", words)) & set("*<>[]_`#")
    plain = letters.messages(made, marks_of(made), lambda: "card-x")
    read = "".join(one["text"]["content"] for one in plain if one["msgtype"] == "text")
    assert _read(words) == "".join(read.split())


def test_bold_is_the_ticket_and_no_house() -> None:
    [one] = letters.messages(letter("阳光128 公共维修\n阳光3幢的灯坏了，像阳光12那件"), [], lambda: "", {"阳光", "光"})
    assert one["markdown"]["content"] == "**阳光128** 公共维修\n阳光3幢的灯坏了，像**阳光12**那件"
    [one] = letters.messages(letter("阳光128 办好了"), [], lambda: "", set())
    assert one == {"msgtype": "markdown", "markdown": {"content": "阳光128 办好了"}}


@given(at=st.integers(660, 690), more=st.integers(0, 20))
def test_a_number_that_is_cut_in_two_leaves_no_mark_open(at: int, more: int) -> None:
    text = "修" * at + "阳光128" + "灯" * more
    sent = letters.messages(letter(text), [], lambda: "", {"阳光"})
    some = [one["markdown"]["content"] for one in sent]
    assert all(piece.count("**") % 2 == 0 and 0 < len(piece.encode()) <= 2048 for piece in some)
    assert "".join(some).replace("**", "") == text


@pytest.mark.parametrize(
    "text",
    [
        "把下面的链接发给群管理员，就绑成工作群了。\nhttps://t.me/x?startgroup=1_2",
        "请在要绑的群里发下面这一句，就绑成工作群了。\n@民情 绑定 12345678",
        "阳光1 已登记\n可以贴回群里：\n张女士，您说的门禁坏了，已登记（阳光1）。",
        "Yangguang1 is registered\nTo paste back into the group:\n张女士, noted",
    ],
)
def test_what_is_to_be_tapped_or_copied_stays_text(text: str) -> None:
    assert letters.messages(letter(text), [], lambda: "", {"阳光"}) == letters.messages(letter(text), [], lambda: "")


def test_an_emergency_stays_text() -> None:
    [one] = letters.messages(letter("阳光1 有人被困电梯", priority=int(Priority.EMERGENCY)), [], lambda: "", {"阳光"})
    assert one == {"msgtype": "text", "text": {"content": "阳光1 有人被困电梯"}}


@given(text=WORDS, buttons=BUTTONS)
def test_a_card_that_is_changed_or_shut_is_taken_too(text: str, buttons: list[tuple[str, str]]) -> None:
    far = FarEnd()
    made = letter(text, buttons)
    if not letters.fits(made):
        return
    cards = [letters.shut(made, "card-1", "已更新")]
    cards += [letters.card(made, marks_of(made), "card-1")] if buttons else []
    for card in cards:
        far.codes["code"] = ("limin", "card-1")
        far._update(Call("", {}, {"userids": ["limin"], "response_code": "code", "template_card": card}))
    assert "replace_text" in cards[0] and len(cards[0]["button_list"]) == 1


@given(text=WORDS, priority=st.sampled_from(list(Priority)))
def test_a_robot_is_sent_what_it_takes(text: str, priority: Priority) -> None:
    far = FarEnd()
    far.robots.add("key")
    sent = wecom_webhook.messages(letter(text, priority=int(priority)))
    for one in sent:
        far._webhook(Call("webhook/send", {"key": "key"}, one))
    assert bool(sent) == bool(text.strip())
    calls = [one["text"].get("mentioned_list") for one in sent if one["msgtype"] == "text"]
    assert (["@all"] in calls) == (priority == Priority.EMERGENCY and bool(sent))


def _read(words: str) -> str:
    """As somebody reads it: without what makes bold, wide signs as they were meant, blanks aside."""
    return "".join(words.replace("*", "").translate(str.maketrans("＜＞［］＊＿｀＃", "<>[]*_`#")).split())


def _all_of(one: dict[str, Any]) -> str:
    if "text" in one:
        return str(one["text"]["content"])
    card = one["template_card"]
    return f"{card['main_title']['title']}\n{card.get('sub_title_text', '')}"
