"""Who may do and see what: the permission table told as cases, and the rule that a complaint goes past the accused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from domain.areas import path_of
from domain.people import RULES, Action, Actor, Post, Role, may
from domain.tickets import Ticket
from tests.domain.made import ticket

DISTRICT, COMMUNITY, UNIT = path_of((1,)), path_of((1, 4)), path_of((1, 4, 9))
ELSEWHERE = path_of((1, 40))


def holding(role: Role, path: str, person: int = 70, department: int | None = None) -> Actor:
    return Actor(account=person + 1000, person=person, posts=(Post(person, 0, path, role, department),))


REPORTER = Actor(account=31)
NEIGHBOUR = Actor(account=32)
WORKER = holding(Role.GRID_WORKER, UNIT, 7)
PROPERTY = holding(Role.PROPERTY_DUTY, COMMUNITY, 11)
STAFF = holding(Role.COMMUNITY_STAFF, COMMUNITY, 12)
SECRETARY = holding(Role.SECRETARY, COMMUNITY, 13)
ADMIN = holding(Role.DISTRICT_ADMIN, DISTRICT, 14)
WATER = holding(Role.DEPARTMENT, DISTRICT, 15, department=3)


def allowed(actor: Actor, one: Ticket) -> set[Action]:
    return {action for action in Action if may(actor, action, one, UNIT)}


EVERYBODY = {Action.MINE, Action.BIND, Action.HELP, Action.PLAYGROUND}
SEES_AND_ACTS = {Action.SEE_TICKET, Action.SEE_REPORTER, Action.CLAIM, Action.DONE, Action.REJECT, Action.REGISTER}


def test_every_action_has_a_rule() -> None:
    assert set(RULES) == set(Action)


def test_a_resident_has_a_say_in_his_own_report_only() -> None:
    own = {Action.RATE, Action.REOPEN, Action.WITHDRAW, Action.REJECT, Action.REGISTER, Action.NOTE, Action.CORRECT}
    own |= {Action.SEE_TICKET, Action.SEE_REPORTER, Action.SEE_PHONE}
    assert allowed(REPORTER, ticket()) == own | EVERYBODY
    assert allowed(NEIGHBOUR, ticket()) == EVERYBODY


def test_a_person_keeps_his_report_on_another_account() -> None:
    phone = Actor(account=99, person=5)
    assert may(phone, Action.RATE, ticket(reporter_person=5, reporter_account=31))
    assert not may(phone, Action.RATE, ticket())


def test_staff_act_in_their_area_and_not_beside_it() -> None:
    assert allowed(WORKER, ticket()) >= SEES_AND_ACTS
    assert not may(WORKER, Action.SEE_PHONE, ticket(), UNIT)
    assert may(WORKER, Action.SEE_PHONE, ticket(assignee=7), UNIT)
    assert may(SECRETARY, Action.EXTEND, ticket(), UNIT)
    assert not may(WORKER, Action.EXTEND, ticket(), UNIT)
    assert not may(STAFF, Action.SEE_TICKET, ticket(), ELSEWHERE)
    assert may(ADMIN, Action.SEE_TICKET, ticket(), ELSEWHERE)


def test_nobody_rates_for_the_reporter() -> None:
    assert not any(may(actor, Action.RATE, ticket(assignee=7), UNIT) for actor in (WORKER, STAFF, SECRETARY, ADMIN))


def test_a_department_sees_what_was_handed_to_it() -> None:
    assert allowed(WATER, ticket()) <= EVERYBODY | {Action.TODAY, Action.COCKPIT}
    handed = ticket(department=3)
    assert {Action.CLAIM, Action.DONE, Action.BOUNCE, Action.SEE_REPORTER} <= allowed(WATER, handed)
    assert not may(WATER, Action.SEE_TICKET, ticket(department=4), UNIT)


def test_the_worker_who_passed_it_on_still_follows_it() -> None:
    outside = holding(Role.GRID_WORKER, ELSEWHERE, 7)
    assert may(outside, Action.NOTE, ticket(followed_by=7, tier="community"), UNIT)
    assert not may(outside, Action.NOTE, ticket(), UNIT)


def test_a_private_matter_is_not_for_the_property_firm_unless_it_handles_it() -> None:
    private = ticket(private=True)
    assert not may(PROPERTY, Action.SEE_TICKET, private, UNIT)
    assert may(WORKER, Action.SEE_TICKET, private, UNIT)
    assert may(PROPERTY, Action.SEE_TICKET, replace(private, assignee=11), UNIT)


@pytest.mark.parametrize(
    ("against", "accused", "others"),
    [
        ("property", PROPERTY, (WORKER, STAFF, SECRETARY, ADMIN)),
        ("worker", WORKER, (PROPERTY, STAFF, SECRETARY, ADMIN)),
        ("community", SECRETARY, (WORKER, ADMIN)),
    ],
)
def test_the_accused_neither_see_nor_act_not_even_when_it_was_given_to_them(
    against: str, accused: Actor, others: tuple[Actor, ...]
) -> None:
    complaint = ticket(category="complaint", against=against, assignee=accused.person)
    assert allowed(accused, complaint) == set()
    assert all(may(actor, Action.SEE_TICKET, complaint, UNIT) for actor in others)


def test_where_one_worker_is_named_the_others_may_help() -> None:
    complaint = ticket(category="complaint", against="worker", against_person=7)
    colleague = holding(Role.GRID_WORKER, UNIT, 8)
    assert not may(WORKER, Action.SEE_TICKET, complaint, UNIT)
    assert may(colleague, Action.CLAIM, complaint, UNIT)


def test_a_man_of_the_property_firm_may_complain_about_it_himself() -> None:
    complaint = ticket(category="complaint", against="property", reporter_person=11)
    assert may(PROPERTY, Action.WITHDRAW, complaint, UNIT)


def test_violence_at_home_is_for_the_two_named_people_only() -> None:
    matter = ticket(sensitive=True, private=True, assignee=7)
    assert not any(may(actor, Action.SEE_TICKET, matter, UNIT) for actor in (WORKER, PROPERTY, STAFF, SECRETARY, ADMIN))
    assert may(replace(SECRETARY, trusted=True), Action.SEE_TICKET, matter, UNIT)
    assert not may(replace(SECRETARY, trusted=True), Action.RATE, matter, UNIT)
    assert may(REPORTER, Action.SEE_TICKET, matter, UNIT)


def test_who_speaks_for_her_may_know_her_matters_but_for_violence_and_complaints() -> None:
    son = Actor(account=33, kin=(5,))
    assert may(son, Action.RATE, ticket(reporter_person=5, private=True), UNIT)
    for hers in (ticket(reporter_person=5, sensitive=True), ticket(reporter_person=5, against="property")):
        assert allowed(son, hers) <= EVERYBODY
        assert may(Actor(account=34, person=5), Action.WITHDRAW, hers, UNIT)
    complaint = ticket(reporter_person=5, against="worker")
    assert allowed(replace(WORKER, kin=(5,)), complaint) == set()


def test_pages_and_commands_without_a_ticket() -> None:
    assert not may(NEIGHBOUR, Action.DIARY)
    assert may(WORKER, Action.DIARY) and may(WORKER, Action.VISIT, area_path=UNIT)
    assert not may(WORKER, Action.ARCHIVE, area_path=ELSEWHERE)
    assert not may(PROPERTY, Action.ARCHIVE)
    assert may(NEIGHBOUR, Action.HELP) and may(NEIGHBOUR, Action.MINE)
    assert may(ADMIN, Action.MANAGE, area_path=COMMUNITY) and not may(WORKER, Action.MANAGE, area_path=UNIT)
