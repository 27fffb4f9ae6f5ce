"""The page itself: lays out head and windows, and answers what is clicked and typed."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any
from urllib.parse import urlencode

from fastapi import FastAPI, Request, Response
from nicegui import events, run, ui

from cockpit.office import Office
from cockpit.playground.desk import Desk
from cockpit.playground.news import first_news
from cockpit.playground.posts import PHOTO_URL
from cockpit.playground.stage import Stage
from cockpit.playground.top import Top
from cockpit.playground.window import LONGEST, SLOTS, photo_type
from cockpit.playground.words import Words

# How soon the bot's words appear, in seconds.
LOOK_EVERY = 0.5
LANGUAGES = ("zh-CN", "en")


def serve_photos(app: FastAPI, office: Office) -> None:
    """The photos of posts."""

    @app.get(PHOTO_URL + "/{post_id}", include_in_schema=False)
    def photo(post_id: int) -> Response:
        data = office.database.read(lambda store: store.playground.photo(post_id))
        kind = photo_type(data) if data is not None else None
        if data is None or kind is None:
            return Response(status_code=404)
        headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, max-age=60"}
        return Response(data, media_type=kind, headers=headers)


def serve_page(office: Office) -> None:
    """The playground at / and /playground; `?lang=en` chooses the language, `?as=` the person."""
    stage = Stage(office)
    style = files("cockpit.playground").joinpath("page.css").read_text("utf-8")
    script = files("cockpit.playground").joinpath("page.js").read_text("utf-8")

    @ui.page("/playground")
    @ui.page("/")
    async def playground(request: Request) -> None:
        asked = request.query_params.get("lang", office.settings.office.language)
        words = Words(asked if asked in LANGUAGES else LANGUAGES[0], office.settings.office.tz)
        first = await run.io_bound(office.database.read, lambda store: (store.playground.rooms(), first_news(store)))
        if first is None:  # the program is ending
            return
        rooms, found = first
        ui.page_title(words("title"))
        ui.add_head_html(f"<style>{style}</style><script>{script}</script>")
        ui.run_javascript(f"document.documentElement.lang = {words.language!r}")
        desk = Desk(stage, words, rooms)
        top = Top(desk)
        top.build()
        with ui.element("main").classes("floor"):
            for slot in SLOTS:
                desk.windows[slot].build()
        top.build_tabs()
        desk.take_first(found)
        desk.choose(request.query_params.get("as", desk.me.user_id))
        desk.on_unread = top.refresh
        top.refresh()
        _answer(desk, top, stage)

        async def look() -> None:
            await desk.refresh()
            top.refresh()

        ui.timer(LOOK_EVERY, look)


def _too_long(words: Words, count: int) -> None:
    """Nothing is cut: what was written stays where it was written."""
    ui.notify(words("too_long", most=LONGEST, count=count), type="warning")


def _answer(desk: Desk, top: Top, stage: Stage) -> None:
    """What is done in the browser arrives as one event with an `act` (page.js)."""

    async def act(event: events.GenericEventArguments) -> None:
        data: dict[str, Any] = event.args
        slot = next((one for one in SLOTS if one == data.get("slot")), SLOTS[0])
        window = desk.windows[slot]
        match data["act"]:
            case "say":
                if (count := len(text := str(data["text"]))) <= LONGEST:
                    await desk.say(slot, text)
                    await desk.refresh()
                else:
                    _too_long(desk.words, count)
            case "long":
                _too_long(desk.words, int(data["count"]))
            case "press":
                await desk.press(int(data["post"]), int(data["n"]))
            case "reply" | "edit" as kind:
                aimed = desk.aim(int(data["post"]), edit=kind == "edit")
                if aimed is not None:
                    editing = desk.windows[aimed].editing
                    fill = json.dumps(editing.text) if editing is not None else "null"
                    ui.run_javascript(f"playground.write({aimed!r}, {fill})")
            case "cancel":
                window.aim()
            case "drop":
                del window.photos[int(data["n"]) : int(data["n"]) + 1]
                window.draw_context()
            case "room":
                desk.open(slot, str(data["value"]))
            case "choose":
                desk.choose(str(data["value"]))
            case "door":
                desk.office.act_as(str(data["value"]))
            case "language":
                other = LANGUAGES[1 - LANGUAGES.index(desk.words.language)]
                ui.navigate.to("?" + urlencode({"lang": other, "as": desk.me.user_id}))
            case "hour":
                stage.hour()
            case "morning":
                stage.morning()
            case "play":
                stage.play()
        top.refresh()

    ui.on("playground", act)
