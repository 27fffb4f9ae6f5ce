"""How a post looks: HTML of one line or card, and of what was heard in it. Everything said is escaped."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from zlib import crc32

from cockpit.playground import icons
from cockpit.playground.news import Heard
from cockpit.playground.words import Words
from domain.messages import Button
from handlers.listening.notes import VISITS
from storage.playground import Member, Post

PHOTO_URL = "/playground/photo"

# Calm hues for faces, in degrees; staff share one.
_HUES = (15, 50, 90, 235, 265, 300, 335)
_STAFF_HUE = 168
_URGENT = re.compile(r"^【(.{1,4})】")


@dataclass(frozen=True, slots=True)
class Setting:
    """What a post is shown among: its author, the post it quotes, the day of the one before it, who looks;
    `talk`: residents talk here, so that a line which became nothing is worth a word; `unheard`: the
    platform keeps it from us."""

    author: Member | None
    quoted: Post | None
    last_day: str | None
    me: Member
    talk: bool = True
    unheard: bool = False


def post_html(post: Post, words: Words, setting: Setting, heard: Heard | None) -> str:
    """The inside of a post's <article>."""
    day = words.day(post.at)
    head = "" if day == setting.last_day else f'<div class="day"><span>{escape(day)}</span></div>'
    own = not post.bot and post.user_id == setting.me.user_id
    kind = "bot" if post.bot else "own" if own else "other"
    card = " card" if post.bot and post.buttons else ""
    below = _unheard(words) if setting.unheard else _heard(heard, words, setting.talk)
    return (
        f'{head}<div class="post {kind}{card}" data-id="{post.id}">{_face(post, setting.author)}<div class="body">'
        f"{_by(post, words, setting.author)}{_bubble(post, words, setting)}{below}"
        f"{_tools(post, words, own)}</div></div>"
    )


def _face(post: Post, author: Member | None) -> str:
    if post.bot:
        return f'<div class="face bot" aria-hidden="true">{icons.BRAND}</div>'
    return face_html(author or Member(post.user_id, post.name))


def face_html(member: Member) -> str:
    """A round face with one character of the name."""
    hue = _STAFF_HUE if member.role != "resident" else _HUES[crc32(member.user_id.encode()) % len(_HUES)]
    name = member.name
    sign = name[1] if len(name) > 1 and name[0] in "小老阿" else name[0]
    return f'<div class="face" style="--hue:{hue}" aria-hidden="true">{escape(sign)}</div>'


def _by(post: Post, words: Words, author: Member | None) -> str:
    name = words("bot") if post.bot else post.name
    role = "" if post.bot or author is None else f'<span class="role">{escape(words.role(author))}</span>'
    edited = f'<span class="edited">{escape(words("edited"))}</span>' if post.edited_at and not post.bot else ""
    return (
        f'<div class="by"><b>{escape(name)}</b>{role}'
        f'<time datetime="{post.at.isoformat()}">{words.time(post.at)}</time>{edited}</div>'
    )


def _bubble(post: Post, words: Words, setting: Setting) -> str:
    parts = [_quote(post, words, setting.quoted)]
    if post.photo:
        label = escape(words("photo_by", name=words("bot") if post.bot else post.name))
        url = f"{PHOTO_URL}/{post.id}"
        parts.append(
            f'<a href="{url}" target="_blank" rel="noopener"><img src="{url}" alt="{label}" loading="lazy"></a>'
        )
    if post.voice:
        parts.append(f'<span class="voice">{escape(words("voice"))}</span>')
    if post.text:
        parts.append(_text(post))
    if post.spot:
        parts.append(f'<span class="spot">{escape(post.spot.name)}</span>')
    buttons = "".join(_button(post, n, button, words, setting.me) for n, button in enumerate(post.buttons))
    if buttons:
        parts.append(f'<div class="buttons">{buttons}</div>')
    return f'<div class="bubble" data-act="reply" data-post="{post.id}">{"".join(parts)}</div>'


def _text(post: Post) -> str:
    """A card's first line is its heading; 【急】 in front of it a badge."""
    first, newline, rest = post.text.partition("\n")
    urgent = _URGENT.match(first) if post.bot else None
    badge = f'<span class="urgent">{escape(urgent[1])}</span>' if urgent else ""
    first = first[urgent.end() :] if urgent else first
    if post.bot and newline and (post.buttons or urgent):
        return f"<h3>{badge}{escape(first)}</h3><p>{escape(rest)}</p>"
    return f"<p>{badge}{escape(first + newline + rest)}</p>"


def _quote(post: Post, words: Words, quoted: Post | None) -> str:
    if post.replies_to is None:
        return ""
    if quoted is None:
        return f"<blockquote>{escape(words('gone'))}</blockquote>"
    name = words("bot") if quoted.bot else quoted.name
    return f"<blockquote><b>{escape(name)}</b>{escape(snippet(quoted, words))}</blockquote>"


def snippet(post: Post, words: Words) -> str:
    """A line's beginning, to quote it by."""
    text = post.text.split("\n", 1)[0]
    return text[:60] + ("…" if len(text) > 60 else "") if text else words("photo_by", name=post.name)


def _button(post: Post, n: int, button: Button, words: Words, me: Member) -> str:
    main = " main" if n == 0 else ""
    label = escape(words("press_as", label=button.label, name=me.name), quote=True)
    return (
        f'<button type="button" class="press{main}" data-act="press" data-post="{post.id}" data-n="{n}" '
        f'aria-label="{label}" title="{escape(button.command, quote=True)}">{escape(button.label)}</button>'
    )


def _tools(post: Post, words: Words, own: bool) -> str:
    tools = _tool("reply", post, words("reply_to", name=words("bot") if post.bot else post.name), icons.REPLY)
    if own and post.text:
        tools += _tool("edit", post, words("edit"), icons.EDIT)
    return f'<div class="tools">{tools}</div>'


def _tool(act: str, post: Post, label: str, icon: str) -> str:
    label = escape(label, quote=True)
    return (
        f'<button type="button" data-act="{act}" data-post="{post.id}" aria-label="{label}" title="{label}">'
        f"{icon}</button>"
    )


def _unheard(words: Words) -> str:
    return f'<p class="heard unheard">{escape(words("unheard"))}</p>'


def _heard(heard: Heard | None, words: Words, talk: bool) -> str:
    """One quiet line; opened, it says where, how urgent and why."""
    if heard is None or not (talk or heard.report or heard.tickets):
        return ""
    percent = round(heard.confidence * 100)
    tickets = "、".join(heard.tickets) if words.language == "zh-CN" else ", ".join(heard.tickets)
    visit = any(one in VISITS for one in heard.why)
    if visit and not heard.tickets:
        line, kind = words("heard_visit"), "talk"
    elif heard.tickets and heard.report and not visit:
        line, kind = words("heard", category=heard.category, percent=percent, tickets=tickets), "ticket"
    elif heard.tickets:
        line, kind = words("heard_joined", tickets=tickets), "ticket"
    elif heard.report:
        line, kind = words("heard_only", category=heard.category, percent=percent), "maybe"
    else:
        line, kind = words("heard_nothing"), "talk"
    # How likely it reports something says nothing of a visit.
    facts = [] if visit else [(words("likely"), words("percent", percent=percent))]
    if heard.where:
        facts.append((words("where"), words.place(heard.where)))
    if heard.urgency and not visit:
        facts.append((words("urgency"), words(f"urgency.{heard.urgency}")))
    if heard.keywords:
        facts.append((words("keywords"), " ".join(heard.keywords)))
    if heard.why:
        facts.append((words("why"), " · ".join(words.reason(one) for one in heard.why)))
    rows = "".join(f"<dt>{escape(name)}</dt><dd>{escape(value)}</dd>" for name, value in facts)
    return f'<details class="heard {kind}"><summary>{escape(line)}</summary><dl>{rows}</dl></details>'
