"""Whatever is to be said and pressed, what is sent is what the platform takes, and nothing of it is lost."""

from __future__ import annotations

from itertools import count
from typing import Any

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


def _all_of(one: dict[str, Any]) -> str:
    if "text" in one:
        return str(one["text"]["content"])
    card = one["template_card"]
    return f"{card['main_title']['title']}\n{card.get('sub_title_text', '')}"
