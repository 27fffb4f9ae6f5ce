"""What time does: first words, deadlines, the ladder of an emergency, the second question."""

from __future__ import annotations

from datetime import timedelta

from domain.tickets import Ticket
from handlers.texts import say
from tests.commands.neighbourhood import START, Neighbourhood


def test_no_first_word_warns_the_worker_and_then_the_lead(here: Neighbourhood) -> None:
    ticket = here.report()
    assert ticket.first_due == START + timedelta(hours=4)
    warned = here.wait(hours=3, minutes=30)
    assert ticket.number in warned.said_to("@李明")
    assert f"接单 {ticket.number}" in warned.buttons_for("@李明")
    assert not warned.to("unit") and not warned.to("@王芳")
    late = here.wait(hours=1)
    assert ticket.number in late.said_to("@王芳") and "李明" in late.said_to("@王芳")
    assert not late.to("unit") and not late.to("@李明")
    assert not here.wait(hours=5).to("@王芳")


def test_a_first_word_in_time_is_followed_by_silence(here: Neighbourhood) -> None:
    here.report()
    here.say("李明", "接单")
    assert here.wait(hours=8).letters == []


def test_deadline_nearing_due_and_overdue(here: Neighbourhood) -> None:
    here.report()
    here.say("李明", "接单")
    heard = here.wait(days=7)
    to_worker = [letter.text for letter in heard.to("@李明")]
    assert len(to_worker) == 2 and "不算超时" in to_worker[0]
    assert len(heard.to("@王芳")) == 1
    assert not heard.to("unit") and not heard.to("unit-staff")


def test_a_reopened_matter_is_warned_of_before_it_is_due_again(here: Neighbourhood) -> None:
    ticket = here.report(summary="3幢水管爆了", urgency=2, category="home_repair")
    here.say("李明", f"接单 {ticket.number}")
    here.wait(hours=2)
    here.say("李明", f"办结 {ticket.number} 换了水管")
    here.say("张女士", "1")
    here.wait(days=6)
    here.say("张女士", f"重办 {ticket.number} 又漏了")
    assert here.ticket(ticket).solve_due == here.now + timedelta(hours=24)
    assert not here.wait(hours=19).to("@李明")
    [warned] = here.wait(hours=2).to("@李明")
    assert "不算超时" in warned.text


def test_what_is_made_urgent_later_is_looked_at_and_warned_of_from_then(here: Neighbourhood) -> None:
    ticket = here.report(summary="6幢水管漏水", category="home_repair")
    here.say("李明", f"接单 {ticket.number}")
    here.wait(hours=3)
    here.say("王芳", f"改类 {ticket.number} 急2 水越来越大")
    assert here.ticket(ticket).urgency == 2
    assert not here.wait(hours=1, minutes=55).to("@李明")
    assert "先处理一下" in here.wait(minutes=10).said_to("@李明")
    assert "不算超时" in here.wait(hours=18).said_to("@李明")


def rested(here: Neighbourhood) -> Ticket:
    """Taken, and its clock stood still for five working days."""
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"挂起 {ticket.number} 等配件")
    here.wait(days=7)
    here.say("李明", f"恢复 {ticket.number}")
    return here.ticket(ticket)


def test_a_pause_before_it_was_reopened_counts_no_second_time(here: Neighbourhood) -> None:
    ticket = rested(here)
    here.say("李明", f"办结 {ticket.number} 换了皮带")
    here.wait(hours=2)
    here.say("张女士", "3 还是坏")
    promised = here.ticket(ticket).solve_due
    here.say("李明", f"改类 {ticket.number} 小区报事")
    again = here.ticket(ticket)
    assert (again.category, again.solve_due) == ("community_report", promised)


def test_a_pause_before_it_was_made_urgent_counts_no_second_time(here: Neighbourhood) -> None:
    ticket = rested(here)
    here.say("李明", f"改类 {ticket.number} 急2")
    promised = here.ticket(ticket).solve_due
    assert promised == here.now + timedelta(hours=24)
    here.say("李明", f"改类 {ticket.number} 小区报事")
    assert here.ticket(ticket).solve_due == promised
    here.say("李明", f"改类 {ticket.number} 急1 没那么急")
    assert here.ticket(ticket).solve_due == ticket.solve_due


def test_reopened_raised_and_lowered_it_is_due_as_when_it_was_reopened(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", f"接单 {ticket.number}")
    here.wait(hours=5)
    here.say("李明", f"办结 {ticket.number} 换了皮带")
    here.say("张女士", "3 还是坏")
    promised = here.ticket(ticket).solve_due
    here.wait(days=1)
    here.say("李明", f"改类 {ticket.number} 急2")
    assert here.ticket(ticket).urgency == 2
    here.say("李明", f"改类 {ticket.number} 急1 没那么急")
    assert here.ticket(ticket).solve_due == promised


def test_made_urgent_and_handed_to_a_department_it_is_due_as_before(here: Neighbourhood) -> None:
    ticket = here.report(summary="6幢水管漏水", category="home_repair")
    here.say("李明", f"接单 {ticket.number}")
    here.wait(days=2)
    here.say("王芳", f"改类 {ticket.number} 急2 水越来越大")
    due = here.ticket(ticket).solve_due
    here.say("王芳", f"转办 {ticket.number} 水务")
    assert here.ticket(ticket).department is not None and here.ticket(ticket).solve_due == due


def test_passed_up_with_a_reason_is_not_overdue(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", "接单")
    here.say("李明", "上报 要动用维修资金")
    here.say("陈干事", f"接单 {ticket.number}")
    heard = here.wait(days=7)
    assert ticket.number in heard.said_to("@陈干事")
    assert say("timed.nobody") not in heard.said_to("@吴主任") and not heard.to("@吴主任")


def test_three_messages_a_day_are_enough(here: Neighbourhood) -> None:
    for number in range(5):
        here.report(summary=f"{number + 1}号路灯不亮")
    heard = here.wait(hours=3, minutes=30)
    assert len(heard.to("@李明")) == here.settings.morning.pushes_a_day == 3


def test_what_was_one_too_many_comes_in_the_morning(here: Neighbourhood) -> None:
    lamps = [here.report(summary=f"{number + 1}号路灯不亮") for number in range(5)]
    told = here.wait(hours=3, minutes=30).said_to("@李明")
    late = [one for one in lamps if one.number not in told]
    assert len(late) == 2
    answered, waits = late
    here.say("陈干事", f"接单 {answered.number}")
    assert not here.wait(hours=19).to("@李明")
    [folded] = here.wait(minutes=40).to("@李明")
    assert waits.number in folded.text and answered.number not in folded.text
    assert not here.wait(hours=1).to("@李明")


def test_what_was_one_too_many_goes_along_with_the_next_message(here: Neighbourhood) -> None:
    lamps = [here.report(summary=f"{number + 1}号路灯不亮") for number in range(4)]
    told = here.wait(hours=3, minutes=30).said_to("@李明")
    [late] = [one for one in lamps if one.number not in told]
    burst = here.report(summary="水管爆了", urgency=2)
    heard = here.wait(minutes=28)
    [warned] = [one for one in heard.to("@李明") if ":reminder:" in (one.card or "") and burst.number in one.text]
    assert late.number in warned.text
    assert late.number not in here.wait(hours=19).said_to("@李明")


def test_the_morning_list_takes_along_what_it_does_not_say_itself(here: Neighbourhood) -> None:
    card = f"morning:{here.people['李明']}:{(START + timedelta(days=1)).date().isoformat()}"
    for number in range(4):
        here.report(summary=f"{number + 1}号路灯不亮")
    told = here.wait(hours=3, minutes=30).said_to("@李明")
    here.database.write(
        lambda store: store.alarms.set(
            "morning", here.people["李明"], START + timedelta(hours=23), district=here.areas["district"]
        )
    )
    morning = here.wait(hours=20)
    [listed] = [one for one in morning.to("@李明") if one.card == card]
    for number in range(4):
        assert f"阳光{number + 1}" in listed.text
    assert "阳光4" not in told
    assert [one for one in morning.to("@李明") if one is not listed] == []


def test_urgent_messages_are_not_counted(here: Neighbourhood) -> None:
    for number in range(5):
        here.report(summary=f"{number + 1}幢水管爆了", urgency=2)
    heard = here.wait(minutes=28)
    reminders = [letter for letter in heard.to("@李明") if ":reminder:" in (letter.card or "")]
    assert len(reminders) == 5


def test_a_second_question_that_is_late_waits_for_the_morning(here: Neighbourhood) -> None:
    here.report()
    here.say("李明", "接单")
    here.say("李明", "办结 换了皮带")
    here.now = START + timedelta(hours=38)
    assert here.wait(hours=8).letters == []
    assert len(here.wait(hours=1).to("@张女士")) == 1


def test_a_clock_that_slept_tells_in_the_morning_what_is_still_true(here: Neighbourhood) -> None:
    first, second = here.report(), here.report("老刘", "路灯不亮")
    here.now = START + timedelta(hours=14)
    assert here.wait(hours=8).letters == []
    here.say("李明", f"接单 {second.number}")
    told = here.wait(hours=2)
    assert first.number in told.said_to("@王芳") and second.number not in told.said_to("@王芳")
    assert not told.to("@李明")


def test_an_emergency_climbs_until_somebody_takes_it(here: Neighbourhood) -> None:
    ticket = here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    told = {letter.to.chat for letter in here.wait(minutes=4).letters}
    assert "@陈干事" in told and "@王芳" not in told
    assert here.wait(minutes=3).to("@王芳")
    higher = here.wait(minutes=4)
    assert higher.to("@孙值班") and not higher.to("@吴主任")
    here.say("赵师傅", f"接单 {ticket.number}")
    assert not here.wait(minutes=10).to("@吴主任")


def test_nobody_takes_an_emergency_and_all_are_called_again(here: Neighbourhood) -> None:
    ticket = here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    here.wait(minutes=4)
    card = here.say("张女士", f"改址 {ticket.number} 3幢1单元").said_to("unit")
    assert "已通知物业值班室、网格员和社区值班的同事。" in card
    here.wait(minutes=12)
    heard = here.wait(minutes=45)
    assert {"@李明", "@赵师傅", "@陈干事", "@王芳", "@孙值班", "@吴主任"} <= {one.to.chat for one in heard.letters}


def test_once_taken_a_word_is_asked_for_every_half_hour(here: Neighbourhood) -> None:
    ticket = here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    here.wait(minutes=1)
    here.say("李明", "接单")
    news = here.wait(minutes=31).to("@李明")
    assert any("现在怎么样" in letter.text for letter in news)
    here.say("李明", "备注 维保到了，正在放人")
    assert not any("现在怎么样" in letter.text for letter in here.wait(minutes=20).to("@李明"))
    assert any("现在怎么样" in letter.text for letter in here.wait(minutes=15).to("@李明"))
    here.say("李明", "办结 人已放出，平安")
    assert not any("现在怎么样" in letter.text for letter in here.wait(hours=3).to("@李明"))
    assert here.ticket(ticket).status in ("done", "closed")


def test_a_residents_own_word_is_no_news_of_those_at_work(here: Neighbourhood) -> None:
    ticket = here.report(summary="有人被困在电梯里", category="emergency", urgency=3)
    here.wait(minutes=1)
    here.say("李明", "接单")
    here.wait(minutes=20)
    here.say("张女士", f"备注 {ticket.number} 里面的人还在敲门")
    assert any("现在怎么样" in letter.text for letter in here.wait(minutes=12).to("@李明"))


def test_the_reporter_is_asked_twice_and_then_left_alone(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", "接单")
    here.say("李明", "办结 换了皮带")
    first_day = here.wait(hours=23)
    assert not first_day.to("@张女士")
    second = here.wait(hours=3).to("@张女士")
    assert len(second) == 1
    assert [button.command for button in second[0].buttons] == [f"评价 {ticket.number} {score}" for score in (1, 2, 3)]
    rest = here.wait(hours=60)
    assert not rest.to("@张女士")
    assert (here.ticket(ticket).status, here.ticket(ticket).rating) == ("closed", None)


def test_who_has_answered_is_not_asked_again(here: Neighbourhood) -> None:
    here.report()
    here.say("李明", "接单")
    here.say("李明", "办结 换了皮带")
    here.say("张女士", "1")
    assert not here.wait(hours=80).to("@张女士")
