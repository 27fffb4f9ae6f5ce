"""Who is who and what is where: a room is bound to an area by a one-time code that one of its admins hands in, an
account to a person of the staff list by such a code or by its own phone number."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.areas import ESTATES, Area, AreaKind, Audience
from domain.errors import Refused
from domain.messages import SHARE_PHONE, Button, Outgoing, Said, SharedContact
from domain.people import Action, may
from domain.reading import Tier
from handlers.answers import here, language
from handlers.context import Context, Speaker
from handlers.texts import say
from storage.store import Store

TIER_OF: dict[AreaKind, Tier] = {
    "district": "district",
    "street": "district",
    "community": "community",
    "grid": "unit",
    "estate": "unit",
    "village": "unit",
    "building": "unit",
    "unit": "unit",
}
_STAFF = re.compile(r"[\s,，]*(?:工作群|工作|staff)$", re.IGNORECASE)
_RESIDENTS = re.compile(r"[\s,，]*(?:居民群|居民|residents)$", re.IGNORECASE)
# As a code looks: nothing that anybody writes by hand.
_CODE = re.compile(r"[A-Za-z0-9_-]{20,64}")
# As residents type it: 4821 7305, 4821-7305.
_TYPED = re.compile(r"[0-9]{8}")
_BETWEEN = re.compile(r"(?<=[0-9]{4})[\s-](?=[0-9]{4}$)")
WRONG_CODE = "wrong_code"
# Groups of colleagues, of which nobody is told who runs them: there somebody of the staff hands the code in.
_NO_ADMINS = frozenset({"wecom_aibot"})
# Where the platform vouches for nobody's number.
_NO_PHONE = frozenset({"official_account", "wecom_app", "wecom_aibot"})


def bind_room(ctx: Context, speaker: Speaker, code: str) -> Outgoing:
    """Bind the room spoken in, or Refused: no such code, or not said by one of the room's admins."""
    found = ctx.store.codes.live(code, ctx.now)
    if found is None or found.purpose != "bind_group" or found.area is None:
        raise Refused("bind.code_bad")
    if speaker.at.channel in _NO_ADMINS:
        if not speaker.actor.posts:
            raise Refused("bind.needs_staff")
    elif speaker.event.sender.admin is None:
        raise Refused("bind.unchecked")
    elif not speaker.event.sender.admin:
        raise Refused("bind.needs_admin")
    if not ctx.store.codes.use(found, speaker.account.id, ctx.now):
        raise Refused("bind.code_bad")
    tongue = ctx.settings.office.language
    area = ctx.store.areas.get(found.area)
    tier, audience = found.tier or TIER_OF[area.kind], found.audience or "residents"
    name = say("bind.room_name", tongue, area=called(ctx.store, area), audience=audience)
    group = ctx.store.areas.bind(speaker.at, area.id, tier, audience, name, ctx.now)
    ctx.store.people.audit(
        ctx.now,
        "bind_group",
        f"group:{group.id}",
        person=found.made_by,
        account=speaker.account.id,
        district=ctx.store.areas.seat(area.path).district,
        data={"area": area.id, "audience": audience},
    )
    done = say("bind.room_done", tongue, room=name)
    return here(speaker, f"{done}\n{notice(ctx)}" if audience == "residents" else done)


def notice(ctx: Context) -> str:
    """What a residents' group is told of what is kept, from when it is listened to."""
    return say("listening.joined", ctx.settings.office.language, hours=ctx.settings.privacy.forget_hours)


def bind_by_code(ctx: Context, speaker: Speaker, code: str) -> Outgoing:
    """Bind the account that speaks in private to the person for whom the code was made, or let it speak for him.
    Only so many wrong codes are heard from one account: eight digits could be found by trying."""
    limits, me = ctx.settings.binding, f"account:{speaker.account.id}"
    since = ctx.now - timedelta(hours=limits.guess_hours)
    if ctx.store.people.audited(WRONG_CODE, me, since) >= limits.guesses:
        raise Refused("bind.too_many_guesses", hours=limits.guess_hours)
    code = _BETWEEN.sub("", code)
    found = ctx.store.codes.live(code, ctx.now)
    if found is not None and found.purpose == "bind_group":
        raise Refused("bind.in_the_group")
    if found is None or found.person is None:
        # Not refused: what is refused is undone, and the guess must count.
        ctx.store.people.audit(ctx.now, WRONG_CODE, me, account=speaker.account.id)
        return here(speaker, say("bind.code_wrong", language(ctx, speaker)))
    kin = found.purpose == "bind_kin"
    if not kin:
        _must_not_lose_posts(ctx, speaker, found.person)
    elif found.made_by is not None and found.made_by == speaker.actor.person:
        # Nobody lets himself speak for a resident and read what she reports: not by his own hand alone.
        raise Refused("bind.kin_own")
    if not ctx.store.codes.use(found, speaker.account.id, ctx.now):
        raise Refused("bind.code_bad")
    return _bind_kin(ctx, speaker, found.person) if kin else _bind_person(ctx, speaker, found.person, "code")


def typed_code(text: str) -> str | None:
    """A code of eight digits said alone, as on the slip of paper: 4821 7305."""
    digits = _BETWEEN.sub("", text.strip())
    return digits if _TYPED.fullmatch(digits) else None


def bind_by_phone(ctx: Context, speaker: Speaker, contact: SharedContact) -> list[Outgoing]:
    """Bind the account to the person of that number. The platform vouches that it is the sender's own."""
    if not speaker.private:
        return []
    if not contact.phone:
        raise Refused("bind.not_own_phone")
    person = ctx.store.people.by_phone(digits_of(contact.phone))
    if person is None:
        raise Refused("bind.no_such_phone")
    return [_bind_person(ctx, speaker, person.id, "phone")]


def ask_phone(ctx: Context, speaker: Speaker) -> Outgoing:
    """How somebody lets us know who he is: by his own number where the platform vouches for it, else by a code."""
    tongue = language(ctx, speaker)
    if speaker.at.channel in _NO_PHONE:
        return here(speaker, say("bind.ask_code", tongue))
    return here(speaker, say("bind.ask_phone", tongue), (Button(say("bind.share_phone", tongue), SHARE_PHONE),))


def greet(ctx: Context, speaker: Speaker) -> Outgoing:
    """To whoever opens the private chat: a resident is told how to report, staff that they are known."""
    tongue = language(ctx, speaker)
    if speaker.actor.person is None:
        return here(speaker, say("bind.hello", tongue))
    key = "bind.known" if speaker.actor.posts else "bind.known_resident"
    return here(speaker, say(key, tongue, name=ctx.store.people.get(speaker.actor.person).name))


def offer_link(ctx: Context, speaker: Speaker, words: str) -> Outgoing:
    """A one-time link by which a room's admin binds it to the area named; for those who manage that area."""
    if not may(speaker.actor, Action.MANAGE):
        raise Refused("bind.needs_manager" if speaker.actor.posts else "bind.no_need")
    audience: Audience = "staff" if _STAFF.search(words) else "residents"
    name = _RESIDENTS.sub("", _STAFF.sub("", words)).strip()
    found = {area.id: area for post in speaker.actor.posts for area in named(ctx.store, post.area_path, name)}
    areas = [area for area in found.values() if may(speaker.actor, Action.MANAGE, area_path=area.path)]
    if len(areas) != 1:
        raise Refused("bind.which_area" if not areas else "bind.several_areas", text=name)
    area, hours = areas[0], ctx.settings.telegram.code_hours
    code = ctx.store.codes.for_group(
        area.id, TIER_OF[area.kind], audience, ctx.now, ctx.now + timedelta(hours=hours), speaker.actor.person
    )
    tongue = language(ctx, speaker)
    template = ctx.store.channel_state.get(speaker.at.channel, "group_link", ctx.now)
    how = template.replace("{code}", code) if template is not None else f"/start {code}"
    room = say("bind.room_name", tongue, area=called(ctx.store, area), audience=audience)
    key = "bind.line" if how.startswith("@") else "bind.link"
    return here(speaker, say(key, tongue, room=room, hours=hours, link=how))


def is_code(words: str) -> bool:
    return _CODE.fullmatch(words) is not None or typed_code(words) is not None


def said_start(speaker: Speaker) -> bool:
    """Whether he only pressed the platform's Start, rather than to ask for anything."""
    return isinstance(speaker.event, Said) and speaker.event.text.lstrip().startswith("/start")


def digits_of(phone: str) -> str:
    """As it stands in the staff list: "+86 138-1234-5678" → "13812345678"."""
    digits = re.sub(r"\D", "", phone)
    for prefix in ("0086", "86"):
        if digits.startswith(prefix) and len(digits) == len(prefix) + 11:
            return digits.removeprefix(prefix)
    return digits


def _bind_person(ctx: Context, speaker: Speaker, person: int, by: str) -> Outgoing:
    ctx.store.people.bind_account(speaker.account.id, person)
    _note(ctx, speaker, "bind_person", person, by)
    key = "bind.person_done" if ctx.store.people.posts_of(person) else "bind.resident_done"
    return here(speaker, say(key, ctx.settings.office.language, name=ctx.store.people.get(person).name))


def _bind_kin(ctx: Context, speaker: Speaker, person: int) -> Outgoing:
    ctx.store.kin.add(speaker.account.id, person, ctx.now)
    _note(ctx, speaker, "bind_kin", person, "code")
    return here(speaker, say("bind.kin_done", language(ctx, speaker), name=ctx.store.people.get(person).name))


def _note(ctx: Context, speaker: Speaker, action: str, person: int, by: str) -> None:
    me = speaker.account.id
    ctx.store.people.audit(ctx.now, action, f"account:{me}", person=person, account=me, data={"by": by})


def _must_not_lose_posts(ctx: Context, speaker: Speaker, person: int) -> None:
    """A worker who tries out a resident's code on his own phone stays a worker."""
    if speaker.actor.posts and speaker.actor.person != person and not ctx.store.people.posts_of(person):
        assert speaker.actor.person is not None, "who holds a post is somebody"
        raise Refused("bind.is_staff", name=ctx.store.people.get(speaker.actor.person).name)


def named(store: Store, path: str, name: str) -> list[Area]:
    """The areas below that are called so: by their name or code, or by both as people say it (云栖里3-2)."""
    below = store.areas.below(path)
    exact = [area for area in below if name in (area.name, area.code, called(store, area))]
    return exact or [area for area in below if len(name) >= 2 and name in area.name]


def called(store: Store, area: Area) -> str:
    """云栖里3-2 for a unit, 阳光社区 for a community."""
    if area.kind not in ("building", "unit"):
        return area.name
    estate = next((one.name for one in store.areas.chain(area.path) if one.kind in ESTATES), "")
    return f"{estate}{area.code}"
