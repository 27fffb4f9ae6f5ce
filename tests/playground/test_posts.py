"""What a post looks like on the page: nobody's words become markup, and what was heard stands beside a line."""

from __future__ import annotations

from datetime import UTC, datetime
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cockpit.playground.news import Heard
from cockpit.playground.posts import Setting, post_html
from cockpit.playground.window import photo_type
from cockpit.playground.words import Words
from domain.messages import Button
from domain.reading import Where
from storage.playground import Member, Post

NOON = datetime(2026, 6, 9, 4, 0, tzinfo=UTC)
WORDS = Words("zh-CN", ZoneInfo("Asia/Shanghai"))
ZHANG = Member("u:zhang", "张女士", "resident", "3-2-501")
LIMIN = Member("u:limin", "李敏", "grid_worker", "网格员")
VOID = {"img", "path", "circle", "rect"}


class Page(HTMLParser):
    """The tags, attributes and words of a piece of HTML, and whether its tags close."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.depth = 0
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.depth += tag not in VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        self.depth -= 1

    def handle_data(self, data: str) -> None:
        self.words += data

    def acts(self) -> list[str | None]:
        return [attrs.get("data-act") for tag, attrs in self.tags if tag == "button"]


def post(text: str, **more: object) -> Post:
    values: dict[str, object] = {
        "id": 7,
        "seq": 7,
        "chat": "g:unit",
        "user_id": ZHANG.user_id,
        "name": ZHANG.name,
        "bot": False,
        "text": text,
        "photo": False,
        "voice": False,
        "spot": None,
        "replies_to": None,
        "buttons": (),
        "silent": False,
        "at": NOON,
        "edited_at": None,
    }
    return Post(**(values | more))  # type: ignore[arg-type]


def drawn(one: Post, me: Member = ZHANG, heard: Heard | None = None, quoted: Post | None = None) -> Page:
    return Page(post_html(one, WORDS, Setting(None if one.bot else ZHANG, quoted, None, me), heard))


def shape(words: str) -> list[tuple[str, list[str]]]:
    """The tags and their attributes' names of a line, and of a card that quotes it, where all say `words`."""
    line = post(words, name=words, user_id=words)
    card = post(words, bot=True, buttons=(Button(words, words),), replies_to=1)
    author = Member(words, words, "resident", words)
    heard = Heard(True, 0.9, "complaint", 1, Where(place=words), (words,), (words,), (words,))
    pages = [
        Page(post_html(line, WORDS, Setting(author, None, None, author), heard)),
        Page(post_html(card, WORDS, Setting(None, line, None, author), None)),
    ]
    assert all(page.depth == 0 and words in page.words for page in pages)
    return [(tag, list(attrs)) for page in pages for tag, attrs in page.tags]


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=40))
def test_nobodys_words_become_markup(text: str) -> None:
    plain = shape("好")
    for said in (text, f"<script>{text}</script>", f"'\"><img/src=x/onerror={text}>"):
        assert shape(said) == plain


def test_ones_own_line_can_be_edited_and_anothers_only_answered() -> None:
    assert drawn(post("灯不亮"), me=ZHANG).acts() == ["reply", "edit"]
    assert drawn(post("灯不亮"), me=LIMIN).acts() == ["reply"]


def test_a_card_has_a_heading_an_urgent_mark_and_its_buttons() -> None:
    buttons = (Button("接单", "接单 阳光1"), Button("转办", "转办 阳光1"))
    page = drawn(post("【急】阳光1 公共维修\n3幢2单元，电梯停运", bot=True, buttons=buttons), me=LIMIN)
    assert page.acts() == ["press", "press", "reply"]
    labels = [attrs["aria-label"] for tag, attrs in page.tags if attrs.get("data-act") == "press"]
    assert labels == ["接单（以李敏的身份）", "转办（以李敏的身份）"]
    assert ("span", {"class": "urgent"}) in page.tags
    assert "【" not in page.words
    assert "阳光1 公共维修" in page.words


REPORT = Heard(
    True, 0.974, "public_repair", 2, Where(building="3", unit="2", place="电梯"), ("电梯",), ("电梯坏了",), ()
)


@pytest.mark.parametrize(
    ("heard", "line"),
    [
        (REPORT, "听到：公共维修 97%，没有登记"),
        (Heard(True, 0.974, "public_repair", 2, Where(), (), (), ("阳光128",)), "听到：公共维修 97% → 阳光128"),
        (Heard(False, 0.2, None, 0, Where(), (), (), ("阳光128",)), "记到 阳光128"),
        (Heard(False, 0.034, None, 0, Where(), (), (), ()), "没有登记：闲聊"),
    ],
)
def test_what_was_heard_stands_beside_the_line(heard: Heard, line: str) -> None:
    assert line in drawn(post("电梯坏了"), heard=heard).words


def test_opened_it_says_where_how_urgent_and_why() -> None:
    words = drawn(post("电梯坏了"), heard=REPORT).words
    for said in ("3幢2单元电梯", "要快", "电梯坏了"):
        assert said in words
    assert drawn(post("电梯坏了")).words.count("听到") == 0


def test_only_pictures_are_taken_for_photos() -> None:
    assert photo_type(b"\x89PNG\r\n\x1a\n...") == "image/png"
    assert photo_type(b"\xff\xd8\xff\xe0...") == "image/jpeg"
    assert photo_type(b"RIFF0000WEBPVP8 ") == "image/webp"
    for other in (b"<svg onload=alert(1)>", b"<html>", b"", b"RIFF0000WAVE"):
        assert photo_type(other) is None
