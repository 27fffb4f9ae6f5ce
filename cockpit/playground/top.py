"""The head of the page: name, virtual clock, the scripted day, language and appearance, and who one is."""

from __future__ import annotations

from html import escape

from nicegui import ui

from cockpit.playground import icons
from cockpit.playground.desk import Desk
from cockpit.playground.doors import door_html
from cockpit.playground.posts import face_html
from cockpit.playground.window import SLOTS
from storage.playground import Member, private_chat

# Whom to offer first: a few residents, and one of each kind of staff.
RESIDENTS_FIRST = 4
ROLES_FIRST = ("grid_worker", "property_duty", "secretary", "department")


class Top:
    """`refresh` draws only what has changed."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._drawn: dict[str, str] = {}
        self._first = _first(list(desk.members.values()))

    def build(self) -> None:
        words = self.desk.words
        with ui.element("header").classes("top"):
            ui.html(
                f'<div class="brand">{icons.BRAND}<h1>{escape(words("brand"))}<small>{escape(words("subtitle"))}'
                "</small></h1></div>",
                sanitize=False,
            )
            self._clock = ui.html("", sanitize=False).classes("clock")
            self._actions = ui.html("", sanitize=False).classes("actions")
        with ui.element("div").classes("second"):
            self._people = ui.html("", sanitize=False, tag="nav").classes("people")
            self._people.props["aria-label"] = words("who")
            self._door = ui.html("", sanitize=False).classes("door")
            self._news = ui.html("", sanitize=False).classes("news").props("role=status")
        self.refresh()

    def build_tabs(self) -> None:
        """On a phone one window is seen at a time."""
        words = self.desk.words
        tabs = "".join(
            f'<button type="button" role="tab" data-act="tab" data-slot="{slot}" aria-selected="false">'
            f"{escape(words(f'slot.{slot}'))}<i hidden></i></button>"
            for slot in SLOTS
        )
        nav = ui.html(tabs, sanitize=False, tag="nav").classes("tabs").props("role=tablist")
        nav.props["aria-label"] = words("windows")

    def refresh(self) -> None:
        self._draw("clock", self._clock, self._clock_html())
        self._draw("actions", self._actions, self._actions_html())
        self._draw("people", self._people, self._people_html())
        self._draw("door", self._door, door_html(self.desk.office, words=self.desk.words))
        self._draw("news", self._news, self._news_html())

    def _draw(self, name: str, element: ui.html, html: str) -> None:
        if self._drawn.get(name) != html:
            self._drawn[name] = html
            element.set_content(html)

    def _clock_html(self) -> str:
        desk, words = self.desk, self.desk.words
        now = desk.office.now()
        time = (
            f'<time datetime="{now:%Y-%m-%dT%H:%MZ}" aria-label="{escape(words("clock"), quote=True)}">'
            f"<b>{words.time(now)}</b><span>{escape(words.day(now))}</span></time>"
        )
        if not desk.office.settings.playground.virtual_clock:
            return time
        next_morning = desk.stage.next_morning()
        same = next_morning.date() == now.astimezone(next_morning.tzinfo).date()
        morning = words("this_morning" if same else "morning", time=f"{next_morning.hour}:{next_morning:%M}")
        return (
            time
            + self._action("hour", words("hour"), words("hour_hint"))
            + self._action("morning", morning, words("morning_hint"))
        )

    def _action(self, act: str, label: str, hint: str, sign: str = "", kind: str = "") -> str:
        disabled = " disabled" if self.desk.stage.busy else ""
        return (
            f'<button type="button" class="{kind}" data-act="{act}" title="{escape(hint, quote=True)}"{disabled}>'
            f"{sign}{escape(label)}</button>"
        )

    def _actions_html(self) -> str:
        desk, words = self.desk, self.desk.words
        play = ""
        if desk.office.settings.playground.virtual_clock:
            play = self._action("play", words("play"), words("play_hint"), icons.PLAY, "play")
        themes = "".join(
            f'<span data-theme-sign="{name}" data-label="{escape(words(f"theme.{name}"), quote=True)}">{icon}</span>'
            for name, icon in icons.THEME.items()
        )
        hint = escape(words("language_hint"), quote=True)
        return (
            f'{play}<button type="button" class="plain" data-act="language" title="{hint}" aria-label="{hint}">'
            f"{escape(words('language'))}</button>"
            f'<button type="button" class="plain theme" data-act="theme">{themes}</button>'
        )

    def _people_html(self) -> str:
        desk, words = self.desk, self.desk.words
        first = list(self._first)
        if desk.me not in first:
            first.append(desk.me)
        chips = "".join(self._chip(member) for member in first)
        others = [member for member in desk.members.values() if member not in first]
        groups = []
        for label, staff in (("residents", False), ("staff", True)):
            options = "".join(
                f'<option value="{escape(one.user_id, quote=True)}">{escape(one.name)} · {escape(words.role(one))}'
                f"{' •' if self._waits(one) else ''}</option>"
                for one in others
                if (one.role != "resident") is staff
            )
            if options:
                groups.append(f'<optgroup label="{escape(words(label), quote=True)}">{options}</optgroup>')
        more = ""
        if groups:
            name = escape(words("others"))
            dot = '<i class="dot"></i>' if any(self._waits(one) for one in others) else ""
            more = (
                f'<span class="more"><select data-act="choose" aria-label="{name}">'
                f'<option value="" selected>{name}…</option>{"".join(groups)}</select>{dot}</span>'
            )
        return (
            f'<span class="who">{escape(words("who"))}</span>'
            f'<div class="chips" role="radiogroup" aria-label="{escape(words("who"), quote=True)}">{chips}</div>{more}'
        )

    def _chip(self, member: Member) -> str:
        words, mine = self.desk.words, member.user_id == self.desk.me.user_id
        dot = f'<i class="dot" title="{escape(words("waiting"), quote=True)}"></i>' if self._waits(member) else ""
        return (
            f'<button type="button" role="radio" aria-checked="{str(mine).lower()}" tabindex="{0 if mine else -1}" '
            f'data-act="choose" data-user="{escape(member.user_id, quote=True)}">{face_html(member)}'
            f"<span><b>{escape(member.name)}</b><small>{escape(words.role(member))}</small></span>{dot}</button>"
        )

    def _waits(self, member: Member) -> bool:
        """Whether something new stands in this person's private chat."""
        return bool(self.desk.unread.get(private_chat(member.user_id)))

    def _name(self, word: str) -> str:
        member = self.desk.members.get(word)
        return f"{member.name} · {self.desk.words.role(member)}" if member is not None else word

    def _news_html(self) -> str:
        stage, words = self.desk.stage, self.desk.words
        if stage.busy:
            told = " ".join(self._name(word) for word in stage.step.split(" "))
            step = f"<b>{escape(told)}</b>" if told else ""
            return f'<p class="busy"><i></i>{escape(words(stage.busy))}{step}</p>'
        if stage.error:
            return f'<p class="wrong">{escape(words("went_wrong", reference=stage.error))}</p>'
        return ""


def _first(members: list[Member]) -> list[Member]:
    residents = [one for one in members if one.role == "resident"][:RESIDENTS_FIRST]
    staff = [next((one for one in members if one.role == role), None) for role in ROLES_FIRST]
    return residents + [one for one in staff if one is not None]
