"""What can happen to a ticket: the ordinary road, the refusals, and that no order of moves breaks its promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain import moves, passing_up
from domain.errors import REFUSALS, Refused
from domain.reading import CATEGORIES, TIERS, Category, Tier
from domain.tickets import (
    ALLOWED,
    ENDED,
    By,
    Moved,
    TicketEvent,
    asks_rating,
    next_tier,
    possible,
    rank,
)
from tests.domain.made import NOON, ticket

LI, WATER_MAN, RESIDENT = By(person=7), By(person=8), By(account=31)


def later(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def test_taken_done_and_rated() -> None:
    taken, claimed = moves.claim(ticket(), later(5), LI)
    done, finished = moves.finish(taken, later(60), LI, "换了门机皮带")
    assert asks_rating(done)
    closed, rated = moves.rate(done, later(90), RESIDENT, 1)

    assert (taken.status, taken.assignee, taken.taken_at, taken.answered_at) == ("taken", 7, later(5), later(5))
    assert (done.status, done.result, done.done_at) == ("done", "换了门机皮带", later(60))
    assert (closed.status, closed.rating, closed.closed_at, closed.version) == ("closed", 1, later(90), 3)
    assert [event.kind for event in (claimed, finished, rated)] == ["claim", "done", "rate"]
    assert dict(rated.data) == {"from": "done", "to": "closed", "rating": 1, "words": ""}
    assert (rated.by_person, rated.by_account) == (None, 31)


def test_the_first_word_is_the_first_whatever_comes_after() -> None:
    told, _ = moves.note(ticket(), later(3), LI, "师傅在路上了", answers=True)
    taken, _ = moves.claim(told, later(5), LI)
    passed_on, _ = moves.transfer(taken, later(9), LI, person=8)
    assert {one.answered_at for one in (told, taken, passed_on)} == {later(3)}
    unheard, _ = moves.note(ticket(), later(3), LI, "自己记一下")
    assert unheard.answered_at is None


def test_a_neighbours_good_word_after_anothers_is_kept_and_changes_nothing() -> None:
    done, _ = moves.finish(ticket(), later(60), LI, "修好了")
    closed, _ = moves.rate(done, later(90), RESIDENT, 2)
    heard, event = moves.rate(closed, later(95), By(account=32), 1, "亮堂", after_another=True)
    assert (heard.status, heard.rating, heard.closed_at) == ("closed", 2, later(90))
    assert dict(event.data) == {"rating": 1, "words": "亮堂"}


def test_not_solved_goes_back_to_the_same_worker_even_after_closing() -> None:
    done, _ = moves.finish(ticket(), later(60), LI, "修好了")
    closed, _ = moves.close(done, later(60 * 72))
    again, event = moves.rate(closed, later(60 * 73), RESIDENT, 3)
    assert (again.status, again.assignee, again.reopened, again.done_at, again.closed_at) == ("taken", 7, 1, None, None)
    assert (event.data["from"], event.data["to"]) == ("closed", "taken")

    done_again, _ = moves.finish(again, later(60 * 75), LI, "这次换了主板")
    assert done_again.rating is None and asks_rating(done_again)


def test_passed_up_the_worker_still_follows_and_the_residents_clock_goes_on() -> None:
    taken, _ = moves.claim(ticket(), later(5), LI)
    up, event = passing_up.escalate(taken, later(10), LI, reason="水压是市政管网的事")
    assert (up.tier, up.status, up.assignee, up.followed_by) == ("community", "open", None, 7)
    assert (up.first_due, up.solve_due, up.opened_at) == (taken.first_due, taken.solve_due, taken.opened_at)
    assert (event.data["tier_from"], event.data["tier_to"]) == ("unit", "community")
    top, _ = passing_up.escalate(up, later(20), By(person=9))
    assert (top.tier, top.followed_by) == ("district", 7)
    with pytest.raises(Refused, match=r"refused\.top_tier"):
        passing_up.escalate(top, later(30), By(person=9))
    with pytest.raises(Refused, match=r"refused\.only_upward"):
        passing_up.escalate(top, later(30), By(person=9), to="unit")


def test_a_department_may_hand_it_back_to_the_one_who_follows_it() -> None:
    taken, _ = moves.claim(ticket(), later(5), LI)
    handed, _ = moves.transfer(taken, later(10), LI, department=3, reason="这个归水务")
    assert (handed.department, handed.assignee, handed.followed_by, handed.status) == (3, None, 7, "open")
    back, event = moves.bounce(handed, later(20), WATER_MAN, "户内管道不归我们")
    assert (back.department, back.assignee, back.bounces, event.data["department"]) == (None, 7, 1, 3)
    with pytest.raises(Refused, match=r"refused\.not_with_department"):
        moves.bounce(back, later(30), WATER_MAN, "再退一次")
    # The secretary has named the lead after two: that one keeps it.
    with pytest.raises(Refused, match=r"refused\.bounced_before"):
        moves.bounce(ticket(department=4, bounces=2), later(40), WATER_MAN, "也不归我们")


def test_urgency_is_never_lowered_in_silence() -> None:
    urgent = ticket(urgency=2)
    for by, reason in ((LI, ""), (LI, "  "), (RESIDENT, "不急了"), (By(), "不急了")):
        with pytest.raises(Refused, match=r"refused\.lower_needs_reason"):
            moves.correct(urgent, later(1), by, urgency=1, reason=reason)
    lower, event = moves.correct(urgent, later(1), LI, urgency=1, reason="另一部电梯好的")
    assert lower.urgency == 1
    assert dict(event.data) == {"reason": "另一部电梯好的", "urgency_from": 2, "urgency_to": 1}


def test_what_was_said_in_confidence_stays_so() -> None:
    private, _ = moves.correct(ticket(), later(1), LI, private=True)
    with pytest.raises(Refused, match=r"refused\.nothing_changed"):
        moves.correct(private, later(2), LI, private=False)
    legal, _ = moves.correct(ticket(), later(1), LI, category="legal_dispute")
    assert legal.private


def test_one_extension_and_only_to_a_later_time() -> None:
    due = ticket().solve_due
    assert due is not None
    with pytest.raises(Refused, match=r"refused\.not_later"):
        moves.extend(ticket(), later(1), LI, due, "等配件")
    longer, _ = moves.extend(ticket(), later(1), LI, due + timedelta(days=2), "等配件")
    with pytest.raises(Refused, match=r"refused\.extended_before"):
        moves.extend(longer, later(2), LI, due + timedelta(days=9), "还等")


def test_the_texts_of_all_refusals_are_listed_with_what_they_are_told() -> None:
    cases: list[Callable[[], Moved]] = [
        lambda: moves.claim(ticket(status="closed"), NOON, LI),
        lambda: moves.claim(ticket(), NOON, RESIDENT),
        lambda: moves.claim(ticket(status="taken", assignee=7), NOON, LI),
        lambda: moves.claim(ticket(status="taken", assignee=9), NOON, LI),
        lambda: moves.finish(ticket(), NOON, LI, " "),
        lambda: moves.rate(ticket(), NOON, RESIDENT, 1),
        lambda: moves.rate(ticket(status="done"), NOON, RESIDENT, 5),
        lambda: moves.rate(ticket(status="closed", rating=1), NOON, RESIDENT, 2),
        lambda: moves.transfer(ticket(), NOON, LI),
        lambda: moves.transfer(ticket(department=3), NOON, LI, department=3),
        lambda: passing_up.escalate(ticket(), NOON, LI, to="unit"),
        lambda: moves.note(ticket(), NOON, LI, ""),
        lambda: moves.correct(ticket(), NOON, LI, urgency=4),
        lambda: moves.merge(ticket(), NOON, LI, ticket()),
        lambda: moves.merge(ticket(), NOON, LI, ticket(id=1, status="closed")),
        lambda: moves.pause(ticket(paused_days=10), NOON, LI, "等配件", max_days=10),
        lambda: moves.pause(ticket(paused_at=NOON), NOON, LI, "等配件", max_days=10),
        lambda: moves.resume(ticket(), NOON, LI, days=0, solve_due=None),
    ]
    seen = set()
    for case in cases:
        with pytest.raises(Refused) as caught:
            case()
        assert set(caught.value.params) == set(REFUSALS[caught.value.key])
        seen.add(caught.value.key)
    assert len(seen) == 17


class TicketLife(RuleBasedStateMachine):
    """Any moves in any order by anybody: each is refused and changes nothing, or keeps the promises."""

    def __init__(self) -> None:
        super().__init__()
        self.ticket = ticket(status="proposed")
        self.history: list[TicketEvent] = []
        self.before = self.ticket
        self.now = NOON

    def move(self, made: Moved) -> None:
        self.before, (self.ticket, event) = self.ticket, made
        self.history.append(event)
        assert possible(self.before, event.kind)  # type: ignore[arg-type]
        if self.before.status != self.ticket.status:
            assert (event.data["from"], event.data["to"]) == (self.before.status, self.ticket.status)
        if self.ticket.urgency < self.before.urgency:
            assert event.kind == "correct" and event.by_person is not None and event.data["reason"]
        if event.kind in ("escalate", "claim", "transfer", "note", "done", "rate", "reopen"):
            assert (self.ticket.first_due, self.ticket.solve_due) == (self.before.first_due, self.before.solve_due)
        if event.kind == "rate" or self.ticket.status == "closed":
            assert any(earlier.kind == "done" for earlier in self.history)

    @rule(
        who=st.sampled_from([LI, WATER_MAN, RESIDENT, By()]),
        kind=st.sampled_from(sorted(ALLOWED)),
        words=st.sampled_from(["", "好了"]),
        number=st.integers(0, 4),
        tier=st.sampled_from([None, *TIERS]),
        category=st.sampled_from([None, *CATEGORIES]),
        urgency=st.sampled_from([None, 0, 1, 2, 3]),
        minutes=st.integers(0, 5000),
    )
    def anything(
        self,
        who: By,
        kind: str,
        words: str,
        number: int,
        tier: Tier | None,
        category: Category | None,
        urgency: int | None,
        minutes: int,
    ) -> None:
        self.now += timedelta(minutes=minutes)
        one, now = self.ticket, self.now
        due = (one.solve_due or now) + timedelta(days=number - 1)
        kinds = {
            "register": lambda: moves.register(one, now, who),
            "claim": lambda: moves.claim(one, now, who),
            "note": lambda: moves.note(one, now, who, words, answers=bool(number)),
            "transfer": lambda: moves.transfer(one, now, who, department=number or None, person=urgency),
            "bounce": lambda: moves.bounce(one, now, who, words),
            "escalate": lambda: passing_up.escalate(one, now, who, tier, words),
            "correct": lambda: moves.correct(one, now, who, category=category, urgency=urgency, reason=words),
            "extend": lambda: moves.extend(one, now, who, due, words),
            "pause": lambda: moves.pause(one, now, who, words, max_days=10),
            "resume": lambda: moves.resume(one, now, who, days=number, solve_due=one.solve_due),
            "done": lambda: moves.finish(one, now, who, words),
            "rate": lambda: moves.rate(one, now, who, number, words),
            "close": lambda: moves.close(one, now),
            "reopen": lambda: moves.reopen(one, now, who, words),
            "withdraw": lambda: moves.withdraw(one, now, who),
            "reject": lambda: moves.reject(one, now, who),
            "merge": lambda: moves.merge(one, now, who, ticket(id=1, status="open")),
        }
        try:
            made = kinds[kind]()
        except Refused as refused:
            assert set(refused.params) == set(REFUSALS[refused.key])
            return
        self.move(made)

    @precondition(lambda self: self.ticket.status in ("open", "taken", "proposed"))
    @rule()
    def solved(self) -> None:
        self.move(moves.finish(self.ticket, self.now, LI, "办好了"))

    @invariant()
    def promises(self) -> None:
        one, old = self.ticket, self.before
        assert one.version == len(self.history)
        assert (one.closed_at is not None) == (one.status in ENDED)
        assert (one.done_at is not None) >= (one.status in ("done", "closed"))
        assert one.rating in (None, 3) or one.status == "closed"
        assert one.status != "taken" or one.assignee is not None
        assert one.urgency in (1, 2, 3)
        assert rank(one.tier) >= rank(old.tier)
        assert one.private >= old.private
        assert (one.opened_at, one.id, one.group) == (old.opened_at, old.id, old.group)
        assert old.answered_at is None or one.answered_at == old.answered_at
        assert one.extended >= old.extended
        assert one.reopened == sum(
            event.kind == "reopen" or (event.kind == "rate" and event.data["rating"] == 3) for event in self.history
        )
        assert one.bounces <= 2
        assert sum(event.kind == "extend" for event in self.history) <= 1
        assert one.paused_at is None or one.status in ("open", "taken")


TestTicketLife = TicketLife.TestCase
TestTicketLife.settings = hypothesis_settings(max_examples=150, stateful_step_count=30, deadline=None)


def test_tiers_end_at_the_district() -> None:
    assert [next_tier(tier) for tier in TIERS] == ["community", "district", None]
