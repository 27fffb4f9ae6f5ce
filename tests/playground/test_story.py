"""What a newcomer does first: a resident reports, the worker answers, it is closed and rated. In a browser.

One neighbourhood for all of it: each story has its own people or its own trouble."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlparse

import pytest
from playwright.sync_api import Browser, expect

from tests.playground.screen import Screen

pytestmark = pytest.mark.browser

LIFT = "3幢2单元电梯又坏了，老人被困在里面"
LAMP = "3幢2单元一楼的感应灯不亮了，晚上黑漆漆的"


def test_somebody_is_stuck_in_the_lift(screen: Screen) -> None:
    screen.be("张女士")
    screen.write("unit", LIFT)
    number = screen.number_heard("unit", LIFT)
    told = screen.sees("unit", "电梯困人")
    expect(told).to_contain_text(number)
    expect(told.locator("blockquote")).to_contain_text(LIFT)
    card = screen.card("staff", number, "接单")
    expect(card.locator(".urgent")).to_have_text("紧急")

    screen.be("李敏")
    screen.press("staff", number, "接单")
    expect(screen.posts("unit", number).last).to_contain_text("李敏已经接了")
    screen.reply("staff", number, "办结 维保师傅把人接出来了，换了门机皮带")
    screen.sees("unit", "办好了：维保师傅把人接出来了，换了门机皮带")

    # Nobody is asked to rate an emergency, but who wants to may.
    screen.be("张女士")
    screen.sees("private", "维保师傅把人接出来了")
    screen.write("private", f"评价 {number} 1")
    screen.sees("private", "谢谢您告诉我们")
    screen.be("李敏")
    expect(screen.posts("staff", "办结：维保师傅把人接出来了").first).to_contain_text("评价：满意")
    assert screen.wrong == []


def test_a_lamp_is_mended_and_the_reporter_says_how_it_went(screen: Screen) -> None:
    screen.be("老刘")
    screen.write("unit", LAMP)
    number = screen.number_heard("unit", LAMP)
    expect(screen.sees("unit", "已登记")).to_contain_text(f"（{number}）")
    screen.be("小钱")
    screen.reply("unit", LAMP, "+1，我昨晚差点踩空")
    expect(screen.posts("staff", number).first).to_contain_text("另有1户也反映")

    screen.be("李敏")
    screen.press("staff", number, "接单")
    expect(screen.posts("unit", "李敏已经接了").last).to_contain_text(number)
    screen.reply("staff", number, "办结 换了声控灯头")
    screen.be("老刘")
    screen.press("private", number, "1 好了，满意")
    screen.sees("private", "谢谢您告诉我们")
    screen.be("李敏")
    expect(screen.posts("staff", "办结：换了声控灯头").first).to_contain_text("评价：满意")


def test_talk_is_left_alone_and_lines_can_be_answered_edited_and_illustrated(screen: Screen, tmp_path: Path) -> None:
    screen.be("朱妈妈")
    screen.open("unit", "5幢1单元")
    screen.write("unit", "今天菜场的杨梅不错")
    expect(screen.posts("unit", "杨梅").locator(".heard summary")).to_have_text("没有登记：闲聊")
    unit = screen.window("unit")
    own = screen.posts("unit", "杨梅")
    own.hover()
    own.get_by_role("button", name="修改").click()
    expect(unit.get_by_role("textbox")).to_have_value("今天菜场的杨梅不错")
    screen.write("unit", "今天菜场的杨梅很甜")
    expect(screen.posts("unit", "很甜")).to_contain_text("改过")
    expect(screen.posts("unit", "不错")).to_have_count(0)

    screen.be("吴先生")
    screen.open("unit", "5幢1单元")
    screen.posts("unit", "很甜").locator(".bubble").click()
    expect(unit.locator(".aim")).to_contain_text("朱妈妈")
    unit.get_by_role("textbox").press("Escape")
    expect(unit.locator(".aim")).to_have_count(0)
    screen.reply("unit", "很甜", "多少钱一斤")
    expect(screen.posts("unit", "多少钱一斤").locator("blockquote")).to_contain_text("朱妈妈")

    picture = tmp_path / "picture.png"
    screen.page.locator(".brand").screenshot(path=picture)
    unit.locator("input[type=file]").set_input_files(picture)
    expect(unit.locator(".aim.photo")).to_be_visible()
    unit.get_by_role("button", name="发送").click()
    image = unit.get_by_role("img", name="吴先生发的照片")
    expect(image).to_be_visible()
    screen.page.wait_for_function("image => image.naturalWidth > 50", arg=image.element_handle())
    assert {post.inner_text() for post in unit.locator(".post.bot").all()} == set()


def test_a_line_is_changed_by_nobody_else_and_photos_wait_for_the_next(screen: Screen, tmp_path: Path) -> None:
    screen.be("小钱")
    unit = screen.window("unit")
    box = unit.get_by_role("textbox")
    screen.write("unit", "今天的杨梅真甜")

    def change() -> None:
        own = screen.posts("unit", "杨梅真").last
        own.hover()
        own.get_by_role("button", name="修改").click()
        expect(box).to_have_value("今天的杨梅真甜")

    change()
    screen.be("孙阿姨")
    expect(unit.locator(".aim")).to_have_count(0)
    expect(box).to_have_value("")
    screen.be("小钱")

    picture = tmp_path / "picture.png"
    screen.page.locator(".brand").screenshot(path=picture)
    unit.locator("input[type=file]").set_input_files(picture)
    expect(unit.locator(".aim.photo")).to_be_visible()
    change()
    screen.write("unit", "今天的杨梅真酸")
    expect(screen.posts("unit", "杨梅真").last).to_contain_text("改过")
    expect(unit.locator(".aim.photo")).to_be_visible()
    unit.get_by_role("button", name="发送").click()
    expect(unit.get_by_role("img", name="小钱发的照片")).to_be_visible()
    expect(unit.locator(".aim.photo")).to_have_count(0)


def test_what_is_written_while_the_connection_is_away_is_not_lost(screen: Screen) -> None:
    screen.be("孙阿姨")
    page, box = screen.page, screen.window("unit").get_by_role("textbox")
    page.evaluate("window.unchanged = true")
    page.evaluate("window.socket.disconnect()")
    box.fill("快递放在门卫室了")
    box.press("Enter")
    expect(box).to_have_value("快递放在门卫室了")
    # A phone that was looked away from for some seconds finds the page as it left it.
    page.wait_for_timeout(4500)
    page.evaluate("window.socket.connect()")
    page.wait_for_function("window.socket.connected")
    box.press("Enter")
    screen.sees("unit", "快递放在门卫室了")
    assert page.evaluate("window.unchanged")

    box.fill("谁家的快递")
    page.reload()
    expect(page.locator(".chips [aria-checked=true]")).to_contain_text("孙阿姨")
    expect(box).to_have_value("谁家的快递")
    box.press("Enter")
    screen.sees("unit", "谁家的快递")
    page.reload()
    expect(page.locator(".chips [aria-checked=true]")).to_contain_text("孙阿姨")
    screen.sees("unit", "谁家的快递")
    expect(box).to_have_value("")


def test_what_is_too_long_stays_where_it_was_written_and_is_told(screen: Screen) -> None:
    screen.be("老刘")
    area = screen.window("unit").get_by_role("textbox")
    area.fill("长" * 4001)
    area.press("Enter")
    expect(screen.page.get_by_text("4001字，没有发出")).to_be_visible()
    expect(area).to_have_value("长" * 4001)
    assert screen.posts("unit", "长长长长").count() == 0
    area.fill("够" * 4000)
    area.press("Enter")
    expect(area).to_have_value("")
    expect(screen.posts("unit", "够够够够").last.locator(".bubble p")).to_have_text("够" * 4000)


def test_a_box_that_was_hidden_is_as_high_as_the_others(screen: Screen) -> None:
    screen.be("李敏")
    boxes = {slot: screen.window(slot).get_by_role("textbox").bounding_box() for slot in ("unit", "staff")}
    assert boxes["unit"] and boxes["staff"] and boxes["staff"]["height"] == boxes["unit"]["height"] > 30


def test_the_clock_brings_the_morning_list(screen: Screen) -> None:
    clock = screen.page.locator(".clock time")
    screen.page.get_by_role("button", name=re.compile("[今明]早8:00")).click()
    expect(clock).to_contain_text("08:0")
    screen.be("李敏")
    morning = screen.sees("private", "早上好")
    expect(morning).to_contain_text("走访")
    screen.page.get_by_role("button", name="＋1小时").click()
    expect(clock).to_contain_text("09:0")


def test_everything_is_served_from_here_and_the_keyboard_is_enough(screen: Screen) -> None:
    hosts = {urlparse(url).hostname for url in screen.asked if url.startswith(("http", "ws"))}
    assert hosts == {"127.0.0.1"}
    page = screen.page
    page.get_by_role("radio", name=re.compile("张女士")).focus()
    page.keyboard.press("ArrowRight")
    chosen = page.locator(".chips [aria-checked=true]")
    expect(chosen).to_contain_text("老刘")
    expect(chosen).to_be_focused()
    page.keyboard.press("Alt+1")
    expect(screen.window("unit").get_by_role("textbox")).to_be_focused()
    page.keyboard.type("大家早上好")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("今天降温了")
    page.keyboard.press("Enter")
    assert screen.sees("unit", "今天降温了").locator(".bubble").inner_text() == "大家早上好\n今天降温了"
    assert screen.wrong == []


def test_english_and_dark_are_a_click_away_and_stay(screen: Screen) -> None:
    page = screen.page
    screen.be("李敏")
    page.get_by_role("button", name="Switch to English").click()
    expect(page.get_by_role("button", name="Play a day")).to_be_visible()
    expect(page.locator(".chips [aria-checked=true]")).to_contain_text("grid worker")
    theme = page.locator("button.theme")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    theme.click()
    theme.click()
    expect(theme).to_have_attribute("aria-label", "Appearance: dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.reload()
    expect(theme).to_have_attribute("aria-label", "Appearance: dark")


def test_on_a_phone_one_window_is_seen_at_a_time(chromium: Browser, address: str) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    screen = Screen(context.new_page(), address)
    page = screen.page
    expect(page.locator(".win:visible")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    screen.write("unit", "3幢2单元大门的门禁坏了，刷卡没反应")
    number = screen.number_heard("unit", "门禁坏了")
    staff = page.get_by_role("tab", name="工作群")
    expect(staff.locator("i")).to_be_visible()
    staff.tap()
    expect(staff).to_have_attribute("aria-selected", "true")
    screen.card("staff", number, "接单")
    expect(page.locator(".win:visible")).to_have_count(1)
    expect(staff.locator("i")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_on_the_smallest_phone_nothing_is_cut_off(chromium: Browser, address: str, language: str) -> None:
    context = chromium.new_context(viewport={"width": 320, "height": 568}, has_touch=True, is_mobile=True)
    page = Screen(context.new_page(), address, f"/?lang={language}").page
    for part in (".top", ".clock", ".second", ".door", ".tabs"):
        assert page.locator(part).evaluate("part => part.scrollWidth - part.clientWidth") <= 0, part
    context.close()
