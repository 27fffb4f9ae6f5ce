"""The playground as somebody in front of it uses it."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, Page, expect


class Screen:
    """`asked` are the addresses that the page fetched; `wrong` what its console complained of."""

    def __init__(self, page: Page, address: str, path: str = "/") -> None:
        self.page = page
        self.asked: list[str] = []
        self.wrong: list[str] = []
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", lambda line: self.wrong.append(line.text) if line.type == "error" else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.goto(address + path)
        expect(page.locator(".chips [aria-checked=true]")).to_be_visible()
        # The page answers once its socket is open.
        expect(page.locator(".clock time")).to_be_visible()
        page.wait_for_function("document.querySelector('.tabs [aria-selected=true]') !== null")
        page.wait_for_function("window.socket === undefined || window.socket.connected")

    def be(self, name: str) -> None:
        """Choose a person, among those offered first or from the list of others."""
        chip = self.page.get_by_role("radio", name=re.compile(name))
        if chip.count():
            chip.first.click()
        else:
            option = self.page.locator("select[data-act=choose] option", has_text=name).first
            self.page.locator("select[data-act=choose]").select_option(option.get_attribute("value"))
        expect(self.page.locator(".chips [aria-checked=true]")).to_contain_text(name)

    def window(self, slot: str) -> Locator:
        return self.page.locator(f'.win[data-slot="{slot}"]')

    def open(self, slot: str, title: str) -> None:
        """Show another room in a window."""
        choice = self.window(slot).locator("select[data-act=room]")
        option = choice.locator("option", has_text=title).first
        choice.select_option(option.get_attribute("value"))
        expect(choice.locator("option:checked")).to_contain_text(title)

    def posts(self, slot: str, text: str) -> Locator:
        return self.window(slot).locator(".post", has_text=text)

    def sees(self, slot: str, text: str) -> Locator:
        """The last post there with these words; fails when none appears in time."""
        found = self.posts(slot, text).last
        expect(found).to_be_visible()
        return found

    def card(self, slot: str, text: str, label: str) -> Locator:
        """The last card with these words that offers this button."""
        offering = self.page.get_by_role("button", name=re.compile(f"^{label}"))
        found = self.posts(slot, text).filter(has=offering).last
        expect(found).to_be_visible()
        return found

    def press(self, slot: str, text: str, label: str) -> None:
        self.card(slot, text, label).locator(".press", has_text=label).click()

    def write(self, slot: str, text: str) -> None:
        """Type and press Enter."""
        area = self.window(slot).get_by_role("textbox")
        area.fill(text)
        area.press("Enter")
        expect(area).to_have_value("")
        self.sees(slot, text)

    def reply(self, slot: str, to: str, text: str) -> None:
        """Click a line, then write."""
        bubble = self.posts(slot, to).last.locator(".bubble")
        bubble.click(position={"x": 6, "y": 6})
        expect(self.window(slot).locator(".aim")).to_be_visible()
        self.write(slot, text)

    def number_heard(self, slot: str, text: str) -> str:
        """The ticket that a line became, as the hint beside it says."""
        line = self.window(slot).locator(".post:not(.bot)", has_text=text).first
        hint = line.locator(".heard summary")
        expect(hint).to_contain_text("→")
        return hint.inner_text().rpartition("→")[2].strip()
