"""Two of the staff at one matter, and a matter that is too big for the top tier, in plain words."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from domain.listening import Acts
from handlers.texts import say
from storage.tables import posts
from tests.commands.neighbourhood import Neighbourhood


def test_a_second_worker_who_comes_along_is_seen_and_takes_nothing_away(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("赵师傅", "我去看看电梯", "unit")
    heard = here.say("李明", "收到，我马上过去看电梯", "unit")
    assert here.ticket(ticket).assignee == here.people["赵师傅"]
    assert say("staff.helped", names="李明") in heard.said_to("unit-staff")
    assert not heard.to("unit"), "the residents know who has it"
    assert not here.say("李明", "我马上到，去看电梯", "unit").letters, "he has said so"


def test_what_the_second_one_says_is_of_it_too(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元电梯停了", "unit")
    here.say("老刘", "楼道灯不亮", "unit")
    lift, lamp = here.tickets()
    here.say("赵师傅", "我去看看电梯", "unit")
    here.say("李明", "收到，我马上过去看电梯", "unit")
    here.wait(minutes=20)
    here.say("李明", "螺丝松了，现在上死了，试了几趟，好了", "unit")
    assert (here.ticket(lift).status, here.ticket(lamp).status) == ("done", "open")


def test_who_asks_for_what_another_has_is_told_so(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("赵师傅", f"#接单 {ticket.number}", "unit-staff")
    assert "赵师傅" in here.say("李明", f"#接单 {ticket.number}", "unit-staff").said_to("unit-staff")
    assert here.ticket(ticket).assignee == here.people["赵师傅"]


def test_what_the_top_tier_cannot_solve_goes_to_those_who_lead_there(here: Neighbourhood) -> None:
    ticket = here.report()
    for who in ("李明", "王芳"):
        here.say(who, f"#上报 {ticket.number} 要换主泵", "unit-staff")
    assert here.ticket(ticket).tier == "district"
    here.say("李明", f"#接单 {ticket.number}", "unit-staff")
    heard = here.say("李明", f"#上报 {ticket.number} 我一个人弄不了", "unit-staff")
    now = here.ticket(ticket)
    assert (now.tier, now.status, now.assignee, now.followed_by) == ("district", "open", None, here.people["李明"])
    assert heard.to("district-staff")
    refused = here.say("李明", f"#上报 {ticket.number}", "unit-staff")
    assert say("refused.top_tier", number=ticket.number) in refused.said_to("unit-staff"), "they have it already"


def test_those_who_lead_pass_it_to_the_authority_above_and_follow_it(here: Neighbourhood) -> None:
    ticket = here.report()
    for who in ("李明", "王芳"):
        here.say(who, f"#上报 {ticket.number} 要换主泵", "unit-staff")
    heard = here.say("吴主任", f"#上报 {ticket.number} 市里的主管", "district-staff")
    assert here.ticket(ticket).followed_by == here.people["吴主任"]
    assert say("tier.above") in heard.said_to("unit")


@pytest.mark.parametrize(
    ("words", "tier", "away"), [("转办 {} 水务", "unit", True), ("上报 {} 要修", "community", False)]
)
def test_the_property_firm_may_say_whose_it_is_unless_another_has_it(
    here: Neighbourhood, words: str, tier: str, away: bool
) -> None:
    ticket, other = here.report(), here.report("老刘", "3幢2单元水管爆了")
    here.say("李明", f"#接单 {ticket.number}", "unit-staff")
    for one in (ticket, other):
        here.say("赵师傅", "#" + words.format(one.number), "unit-staff")
    held, free = here.ticket(ticket), here.ticket(other)
    assert (held.assignee, held.tier, held.department) == (here.people["李明"], "unit", None)
    assert (free.tier, free.department is not None) == (tier, away)


def test_who_came_along_to_the_one_before_is_forgotten_when_another_takes_it(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("赵师傅", f"#接单 {ticket.number}", "unit-staff")
    here.decided("李明", Acts(ticket.id, "claim"), "unit")
    here.say("赵师傅", f"#上报 {ticket.number} 要换主板", "unit-staff")
    heard = here.say("王芳", f"#接单 {ticket.number}", "community-staff")
    assert say("staff.helped", names="李明") not in heard.said_to("community-staff")
    assert here.ticket(ticket).helpers == ()


def test_where_nobody_leads_the_top_tier_it_stays_until_it_is_told_as_passed_on(here: Neighbourhood) -> None:
    ticket = here.report()
    for _ in range(2):
        here.say("王芳", f"#上报 {ticket.number} 要换主泵", "community-staff")
    here.say("李明", f"#接单 {ticket.number}", "unit-staff")
    leads = [here.people[one] for one in ("孙值班", "吴主任")]
    here.database.write(
        lambda store: store.connection.execute(delete(posts).where(posts.c.person_id.in_(leads))) and None
    )
    here.say("李明", f"#上报 {ticket.number} 弄不了", "unit-staff")
    assert here.ticket(ticket).assignee == here.people["李明"]
    heard = here.decided("李明", Acts(ticket.id, "escalate", note="我已经报到市里了"), "unit")
    now = here.ticket(ticket)
    assert (now.tier, now.status, now.assignee, now.followed_by) == ("district", "open", None, here.people["李明"])
    assert say("tier.above") in heard.said_to("unit")


def test_who_goes_to_what_only_the_trusted_may_know_is_named_to_them_and_learns_nothing(here: Neighbourhood) -> None:
    ticket = here.report(summary="老公又打我，孩子也打", category="public_security", urgency=2)
    assert ticket.sensitive
    heard = here.decided("李明", Acts(ticket.id, "claim"), "unit")
    now = here.ticket(ticket)
    assert (now.status, now.assignee, now.helpers) == ("open", None, (here.people["李明"],))
    for trusted in ("@王芳", "@吴主任"):
        assert "网格员李明在群里说会去" in heard.said_to(trusted)
        assert say("staff.going", names="李明") in heard.said_to(trusted)
    assert {letter.to.chat for letter in heard.letters} == {"@王芳", "@吴主任"}
    assert not here.decided("李明", Acts(ticket.id, "claim"), "unit").letters, "once is enough"
    for deed in ("done", "escalate"):
        here.decided("李明", Acts(ticket.id, deed), "unit")
    assert here.ticket(ticket).status == "open"
    assert ticket.summary not in here.say("李明", f"查看 {ticket.number}").said_to("@李明")


def test_he_says_it_where_it_was_told_or_he_has_not_heard_of_it(here: Neighbourhood) -> None:
    ticket = here.report(summary="老公又打我，孩子也打", category="public_security", urgency=2)
    assert not here.decided("李明", Acts(ticket.id, "claim"), "unit-staff").letters
    assert not here.decided("张女士", Acts(ticket.id, "claim"), "unit").letters
    assert here.ticket(ticket).helpers == ()


def test_the_property_firm_comes_to_a_private_repair_that_was_told_aloud_unless_it_is_complained_of(
    here: Neighbourhood,
) -> None:
    repair = here.report(summary="我家浴室扶手松了", category="home_repair", private=True)
    complaint = here.report("老刘", "物业乱收费", category="complaint", private=True, against="property")
    for ticket in (repair, complaint):
        here.decided("赵师傅", Acts(ticket.id, "claim"), "unit")
    assert here.ticket(repair).helpers == (here.people["赵师傅"],)
    assert here.ticket(complaint).helpers == ()
    assert here.ticket(repair).assignee is None


def test_who_passed_it_on_follows_it_and_is_heard_when_he_tells_the_end(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元电梯停了", "unit")
    (lift,) = here.tickets()
    here.say("赵师傅", "我去看看电梯", "unit")
    here.say("赵师傅", f"#转办 {lift.number} 电梯维保公司", "unit-staff")
    now = here.ticket(lift)
    assert (now.status, now.assignee, now.followed_by) == ("open", None, here.people["赵师傅"])
    here.say("老刘", "楼道灯不亮", "unit")
    here.wait(minutes=50)
    here.say("赵师傅", "修好了，试了几趟", "unit")
    assert [here.ticket(one).status for one in here.tickets()] == ["done", "open"]
