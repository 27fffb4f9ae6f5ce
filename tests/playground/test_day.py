"""The scripted day, played from the page's button, and what stands there in the evening. In a browser."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.playground.screen import Screen

pytestmark = pytest.mark.browser

DAY_SECONDS = 120


@pytest.fixture(scope="module")
def evening(chromium: Browser, address: str) -> Iterator[Screen]:
    """The page after the button was pressed and the day is over."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, locale="zh-CN")
    context.set_default_timeout(15_000)
    screen = Screen(context.new_page(), address)
    play = screen.page.get_by_role("button", name="演一天")
    play.click()
    news = screen.page.locator(".news")
    expect(news).to_contain_text("正在演")
    expect(play).to_be_disabled()
    expect(play).to_be_enabled(timeout=DAY_SECONDS * 1000)
    expect(news).to_have_text("")
    yield screen
    context.close()


def test_the_day_is_over_and_nothing_went_wrong(evening: Screen) -> None:
    expect(evening.page.locator(".clock time")).to_contain_text(re.compile(r"2[0-3]:\d\d"))
    assert evening.wrong == []


def test_there_are_tickets_in_all_three_tiers(evening: Screen) -> None:
    evening.be("李敏")
    for slot, label in (("unit", "阳光"), ("community", "阳光"), ("district", "青澜")):
        became = evening.window(slot).locator(".heard.ticket", has_text="听到").first
        expect(became).to_contain_text(re.compile(rf"→ {label}\d+"))
    for room, label in (("云栖里网格", "阳光"), ("阳光社区工作", "阳光"), ("联动工作", "青澜")):
        evening.open("staff", room)
        evening.sees("staff", label)


def test_what_the_estate_could_not_solve_came_back_solved(evening: Screen) -> None:
    evening.be("罗大伯")
    line = evening.posts("community", "水压太低").first
    expect(line.locator(".heard summary")).to_contain_text("清河")
    evening.sees("community", "主管道阀门没有全开")
    evening.be("林涛")
    evening.open("staff", "联动工作")
    evening.sees("staff", "清河")


def test_the_worker_had_a_morning_list_and_wrote_a_diary(evening: Screen) -> None:
    evening.be("李敏")
    morning = evening.posts("private", "早上好").first
    expect(morning).to_contain_text("走访")
    expect(morning.locator("time")).to_have_text("08:00")
    visit = evening.posts("private", "记下了").first
    expect(visit).to_contain_text("王奶奶")
    expect(visit).to_contain_text(re.compile(r"阳光\d+"))


def test_reporters_were_asked_and_said_how_it_went(evening: Screen) -> None:
    evening.be("老刘")
    expect(evening.posts("private", "您看怎么样").first).to_be_visible()
    evening.sees("private", "谢谢您告诉我们")
    evening.be("李敏")
    evening.open("staff", "云栖里网格")
    rated = evening.posts("staff", "评价：满意")
    assert rated.count() >= 2
    evening.be("高老师")
    evening.sees("private", "对不起，没给您办好")


def test_talk_was_left_alone(evening: Screen) -> None:
    evening.be("朱妈妈")
    for said in ("出门带伞", "草莓团购接龙", "帮我带把葱"):
        expect(evening.posts("community", said).first.locator(".heard summary")).to_have_text("没有登记：闲聊")
    talk = evening.window("community").locator(".post.bot", has_text=re.compile("伞|草莓|葱"))
    expect(talk).to_have_count(0)
