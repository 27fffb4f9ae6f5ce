"""Mounts the pages on the web app; after this no route can be added to it."""

from __future__ import annotations

from fastapi import FastAPI
from nicegui import ui

from cockpit.guard import Guard
from cockpit.office import Office
from cockpit.playground import icons
from cockpit.playground.page import serve_page, serve_photos


def mount(app: FastAPI, office: Office) -> None:
    """The playground; everything that its pages need is served from here. What the app serves already are doors."""
    app.add_middleware(Guard, host=office.settings.web.host, doors=tuple(app.routes))
    serve_photos(app, office)
    serve_page(office)
    ui.run_with(
        app,
        title="民情",
        favicon=icons.BRAND,
        dark=None,
        language="zh-CN" if office.settings.office.language == "zh-CN" else "en-US",
        tailwind=False,
        reconnect_timeout=office.settings.web.reconnect_seconds,
        show_welcome_message=False,
    )
