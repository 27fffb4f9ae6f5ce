"""群发: what is to be said in residents' WeChat groups, which only their owner can say there, and what became of it.

Until he has confirmed it in WeCom nothing was said anywhere, and nothing here says that it was."""

from __future__ import annotations

from datetime import datetime

from domain.areas import Area, contains
from domain.errors import Refused
from domain.messages import Account, Address, Confirmed, Outgoing, Priority
from domain.people import Account as Owner
from domain.people import Action, Role, may
from domain.wecom import BROADCAST_LENGTH
from handlers.answers import here, language
from handlers.context import Context, Speaker
from handlers.moments import moment
from handlers.texts import listed, say
from storage.broadcasts import Broadcast, key_of

CHANNEL = "wecom_broadcast"
# Whose WeCom account owns the groups of residents.
OWNERS = "wecom_app"
LISTED = 5
SHOWN = 20


def announce(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing]:
    """A task for each grid worker of the area; the last of what is said is the answer."""
    settings = ctx.settings.wecom.broadcast
    if not settings.on:
        raise Refused("broadcast.off")
    if len(words) > BROADCAST_LENGTH:
        raise Refused("broadcast.long", most=BROADCAST_LENGTH)
    area = ctx.store.areas.get(_area(speaker))
    district = ctx.store.areas.seat(area.path).district
    owners = _owners(ctx, area, district)
    if not owners:
        raise Refused("broadcast.nobody")
    tongue = language(ctx, speaker)
    first_of_month = _month(ctx)
    tasks: list[Outgoing] = []
    waiting: list[str] = []
    full: list[str] = []
    for owner in owners:
        if ctx.store.broadcasts.since(owner.id, first_of_month) >= settings.monthly:
            full.append(owner.name)
            continue
        made = ctx.store.broadcasts.add(district or area.id, area.id, speaker.account.id, owner.id, words, ctx.now)
        tasks.append(
            Outgoing(
                to=Address(CHANNEL, owner.user_id),
                text=words,
                card=key_of(made),
                once=key_of(made),
                priority=Priority.NOTICE,
            )
        )
        waiting.append(owner.name)
    rows = []
    if waiting:
        names = listed(waiting, tongue)
        rows.append(say("broadcast.waiting", tongue, names=names, monthly=settings.monthly))
    if full:
        names = listed(full, tongue)
        rows.append(say("broadcast.full", tongue, names=names, monthly=settings.monthly))
    return [*tasks, here(speaker, "\n".join(rows))]


def tell(ctx: Context, speaker: Speaker) -> list[Outgoing]:
    """The latest tasks of the area, and how far each got."""
    tongue = language(ctx, speaker)
    area = ctx.store.areas.get(_area(speaker))
    below = [one.id for one in ctx.store.areas.below(area.path)]
    found = ctx.store.broadcasts.latest(below, LISTED)
    if not found:
        return [here(speaker, say("broadcast.none", tongue))]
    return [here(speaker, "\n".join(_row(ctx, one, tongue) for one in found))]


def confirmed(ctx: Context, event: Confirmed) -> list[Outgoing]:
    """The owner has sent it, to some groups or to all: whoever asked for it is told."""
    card = ctx.store.outbox.card_of(event.at.channel, event.at.chat, event.on) or ""
    kind, _, number = card.partition(":")
    found = ctx.store.broadcasts.get(int(number)) if kind == "broadcast" and number.isdigit() else None
    if found is None:
        return []
    ctx.store.broadcasts.went(found.id, event.sent, event.groups, ctx.now)
    now = ctx.store.broadcasts.get(found.id)
    if now is None or event.sent + event.failed < event.groups:
        return []
    tongue = ctx.settings.office.language
    return [
        Outgoing(to=Account(found.maker), text=_row(ctx, now, tongue), once=f"{card}:told", priority=Priority.ROUTINE)
    ]


def _row(ctx: Context, one: Broadcast, tongue: str) -> str:
    owner = ctx.store.people.account_by_id(one.owner)
    text = one.text if len(one.text) <= SHOWN else one.text[: SHOWN - 1] + "…"
    return say(
        f"broadcast.row.{one.state}", tongue,
        time=moment(ctx, one.made_at, tongue), text=text, name=owner.name, sent=one.sent,
        groups=one.groups, missed=one.groups - one.sent,
    )  # fmt: skip


def _area(speaker: Speaker) -> int:
    """Where he is in charge, closest to where he speaks."""
    path = speaker.group.area_path if speaker.group is not None else None
    for post in speaker.actor.posts:
        if may(speaker.actor, Action.MANAGE, area_path=post.area_path) and (
            path is None or contains(post.area_path, path) or contains(path, post.area_path)
        ):
            return post.area
    raise Refused("care.no_area")


def _owners(ctx: Context, area: Area, district: int | None) -> list[Owner]:
    """The grid workers of the area who have an account in WeCom, each once."""
    posts = ctx.store.people.posts_in((Role.GRID_WORKER,), district)
    workers = [post.person for post in posts if contains(area.path, post.area_path)]
    found = {
        account.id: account
        for person in dict.fromkeys(workers)
        for account in ctx.store.people.accounts_of(person)
        if account.channel == OWNERS
    }
    return list(found.values())


def _month(ctx: Context) -> datetime:
    here = ctx.now.astimezone(ctx.settings.office.tz)
    return here.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
