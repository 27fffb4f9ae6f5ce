"""Codes that a worker gives out: for a resident by door or name, for a relative of his, for somebody of the staff."""

from __future__ import annotations

import re
from datetime import timedelta

from domain.archive import HouseholdKey, Resident
from domain.areas import contains
from domain.errors import Refused
from domain.messages import Button, Outgoing
from domain.people import Action, Role, may
from handlers.answers import among_residents, language, quietly
from handlers.care.doors import find_door
from handlers.context import Context, Speaker
from handlers.texts import listed, say

_KIN = re.compile(r"[\s,，]+(?:家属|家人|亲属|子女|儿子|女儿|kin|family)$", re.IGNORECASE)
_LONGEST_NAME = 30
_OFFERED = 8


def issue(ctx: Context, speaker: Speaker, words: str) -> list[Outgoing]:
    """A one-time code, told to the worker alone. `words`: a door, a name, or both; 家属 behind it for a relative.
    Refused where it is not clear who is meant, or where it is not for him to say who that is."""
    if among_residents(speaker) or (not speaker.private and speaker.account.chat is None):
        raise Refused("code.in_private")
    kin = _KIN.search(words) is not None
    said = _KIN.sub("", words).strip()
    if not said:
        raise Refused("code.how")
    first, _, rest = said.partition(" ")
    if _is_door(first):
        found = _at_door(ctx, speaker, first, rest.strip())
    elif _is_door(said):
        found = _at_door(ctx, speaker, said, "")
    else:
        found = _named(ctx, speaker, said)
        if not found:
            return [_tell(ctx, speaker, _of_staff(ctx, speaker, said), "", kin=False)]
    if len(found) > 1:
        return [_which(ctx, speaker, found, kin=kin)]
    resident = found[0]
    return [_tell(ctx, speaker, _person_of(ctx, resident), ctx.store.households.get(resident.household).key, kin=kin)]


def _at_door(ctx: Context, speaker: Speaker, door: str, name: str) -> list[Resident]:
    """Who lives there and is called so, or everybody; a name that is new there is written into the file."""
    there = find_door(ctx, speaker, door, None, name or None)
    household = there.household
    if household is None:
        doors = listed(there.choices, language(ctx, speaker))
        raise Refused("code.which_door" if there.choices else "code.no_door", door=door, doors=doors)
    if not may(speaker.actor, Action.CODE, area_path=ctx.store.areas.get(household.area).path):
        raise Refused("refused.not_allowed", action=str(Action.CODE))
    living = ctx.store.households.residents_of(household.id)
    if not name:
        if not living:
            raise Refused("code.needs_name", door=household.key)
        return living
    known = [one for one in living if name in (one.name, one.called)]
    if known:
        return known[:1]
    if len(name) > _LONGEST_NAME:
        raise Refused("code.how")
    return [ctx.store.households.resident(ctx.store.households.add_resident(household.id, name))]


def _named(ctx: Context, speaker: Speaker, name: str) -> list[Resident]:
    found: dict[int, Resident] = {}
    for post in speaker.actor.posts:
        if may(speaker.actor, Action.CODE, area_path=post.area_path):
            found |= {one.id: one for one in ctx.store.households.residents_called(post.area_path, name)}
    return list(found.values())


def _of_staff(ctx: Context, speaker: Speaker, name: str) -> int:
    """Somebody of the staff of that name, for those who manage the areas of all his posts."""
    managed = [
        post.area_path for post in speaker.actor.posts if may(speaker.actor, Action.MANAGE, area_path=post.area_path)
    ]
    near = {
        post.person
        for post in ctx.store.people.posts_in(tuple(Role), speaker.seat.district if speaker.seat is not None else None)
        if any(contains(path, post.area_path) for path in managed)
    }
    found = [person for person, called in ctx.store.people.names(sorted(near)).items() if called == name]
    if len(found) != 1:
        raise Refused("code.nobody" if not found else "code.namesakes", name=name)
    return found[0]


def _person_of(ctx: Context, resident: Resident) -> int:
    """The resident as a person who may have accounts; made when first needed."""
    if resident.person is not None:
        return resident.person
    area = ctx.store.areas.get(ctx.store.households.get(resident.household).area)
    district = ctx.store.areas.seat(area.path).district
    assert district is not None, "every household lies in a district"
    taken = resident.phone is not None and bool(ctx.store.people.with_phone(resident.phone))
    person = ctx.store.people.add(district, resident.name, ctx.now, None if taken else resident.phone)
    ctx.store.households.is_person(resident.id, person)
    return person


def _tell(ctx: Context, speaker: Speaker, person: int, door: str, *, kin: bool) -> Outgoing:
    posts = ctx.store.people.posts_of(person)
    if any(not may(speaker.actor, Action.MANAGE, area_path=post.area_path) for post in posts):
        # Whoever could give himself a secretary's code would be secretary.
        raise Refused("code.staff")
    hours = ctx.settings.binding.code_hours
    code = ctx.store.codes.for_person(
        person,
        ctx.now,
        ctx.now + timedelta(hours=hours),
        speaker.actor.person,
        purpose="bind_kin" if kin else "bind_person",
        digits=not posts,
    )
    ctx.store.people.audit(
        ctx.now,
        "issue_code",
        f"person:{person}",
        person=speaker.actor.person,
        account=speaker.account.id,
        data={"kin": kin},
    )
    name = ctx.store.people.get(person).name
    key = "code.staff_issued" if posts else "code.kin_issued" if kin else "code.issued"
    who = f"{name}（{door}）" if door else name
    shown = code if posts else f"{code[:4]} {code[4:]}"
    return quietly(speaker, say(key, language(ctx, speaker), who=who, name=name, code=shown, hours=hours))


def _which(ctx: Context, speaker: Speaker, found: list[Resident], *, kin: bool) -> Outgoing:
    buttons = []
    for one in found[:_OFFERED]:
        door = ctx.store.households.get(one.household).key
        buttons.append(Button(f"{one.name} {door}", f"绑定码 {door} {one.name}{' 家属' if kin else ''}"))
    return quietly(speaker, say("code.which", language(ctx, speaker)), tuple(buttons))


def _is_door(text: str) -> bool:
    try:
        HouseholdKey.parse(text)
    except Refused:
        return False
    return True
