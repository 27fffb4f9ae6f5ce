"""The chooser of the platform that the playground acts as, with one sentence of what it can and cannot do there."""

from __future__ import annotations

from html import escape

from cockpit.office import Office
from cockpit.playground.words import Words
from domain.capabilities import Capabilities

ITSELF = "playground"
_CANNOT = ("buttons", "edit", "reply", "media_out")


def door_html(office: Office, words: Words) -> str:
    """The chooser, and the sentence where it acts as another platform; nothing where there is no choice."""
    if not office.doors:
        return ""
    options = "".join(
        f'<option value="{escape(name, quote=True)}"{" selected" if name == office.door else ""}>'
        f"{escape(words(f'door.{name}'))}</option>"
        for name in (ITSELF, *office.doors)
    )
    hint = escape(words("door_hint"), quote=True)
    label = escape(words("door"))
    able = office.doors.get(office.door)
    says = f'<p role="status">{escape(told(able, words))}</p>' if able is not None else ""
    return (
        f'<label title="{hint}"><span>{label}</span><select data-act="door" aria-label="{label}">{options}</select>'
        f"</label>{says}"
    )


def told(able: Capabilities, words: Words) -> str:
    """ "只在私聊里用；每句话都听得到；随时能发；不能引用回复；一条最多2048字节。" """
    comma = words("door.comma")
    every = len(able.rooms) == 3
    parts = [
        words("door.rooms.all")
        if every
        else words("door.rooms", rooms=comma.join(words(f"door.room.{room}") for room in able.rooms)),
        words(f"door.reads.{able.reads}"),
        words("door.answers" if able.answers else f"door.push.{able.push}"),
    ]
    if able.grows:
        parts.append(words("door.grows"))
    missing = [words(f"door.cannot.{what}") for what in _CANNOT if not getattr(able, what)]
    if able.takes_figures:
        missing[0] = words("door.cannot.figures")
    if able.push != "no":
        parts += [words("door.cannot", what=comma.join(missing))] if missing else []
        parts.append(words(f"door.limit.{able.limit_unit}", count=able.text_limit))
    text = words("door.stop").join(parts) + words("door.end")
    return text[0].upper() + text[1:]
