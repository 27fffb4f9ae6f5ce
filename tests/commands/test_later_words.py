"""What was done is told late, told twice, or told by the resident first: the ticket ends as the talk did."""

from __future__ import annotations

from domain.listening import Acts
from tests.commands.neighbourhood import Neighbourhood

LAMP = "楼道灯不亮了，晚上黑漆漆的"


def _history(here: Neighbourhood) -> list[str]:
    number = here.tickets()[0].id
    events = here.database.read(lambda store: store.tickets.events(number))
    return [kept.event.kind for kept in events if kept.event.kind in ("claim", "done", "rate")]


def test_the_resident_says_it_is_good_before_anybody_was_heard_to_end_it(here: Neighbourhood) -> None:
    here.say("张女士", LAMP, "unit")
    here.say("李明", "我去看看", "unit")
    here.wait(minutes=40)
    here.say("李明", "是声控开关，三楼那个", "unit")
    assert [one.status for one in here.tickets()] == ["taken"], "nothing says that it is done"
    here.wait(minutes=10)
    heard = here.say("张女士", "亮了亮了，谢谢师傅", "unit")
    ticket = here.tickets()[0]
    assert (ticket.status, ticket.rating, ticket.assignee) == ("closed", 1, here.people["李明"])
    assert ticket.result == "是声控开关，三楼那个"
    assert _history(here) == ["claim", "done", "rate"]
    assert "满意" not in heard.said_to("unit"), "who has said it is not asked for it"


def test_thanks_for_taking_it_end_nothing(here: Neighbourhood) -> None:
    here.say("张女士", LAMP, "unit")
    here.say("李明", "我去看看", "unit")
    here.say("张女士", "好的，谢谢", "unit")
    assert [one.status for one in here.tickets()] == ["taken"]


def test_the_later_word_is_the_result(here: Neighbourhood) -> None:
    here.say("张女士", LAMP, "unit")
    here.say("李明", "我来", "unit")
    here.wait(minutes=30)
    here.say("李明", "灯泡换好了", "unit")
    first = here.tickets()[0]
    assert first.status == "done"
    here.wait(minutes=60)
    heard = here.say("李明", "楼道灯整个换了新的，修好了", "unit")
    again = here.tickets()[0]
    assert (again.status, again.result) == ("done", "楼道灯整个换了新的，修好了")
    assert again.done_at is not None and first.done_at is not None and again.done_at > first.done_at
    assert _history(here) == ["claim", "done", "done"]
    assert heard.to("@张女士") == [], "nobody is asked a second time"


def test_a_second_good_word_by_the_same_neighbour_is_kept_and_counted_once(here: Neighbourhood) -> None:
    ticket = here.report(summary=LAMP)
    here.say("李明", f"#办结 {ticket.number} 灯泡换好了", "unit-staff")
    praise = Acts(ticket.id, "rate", value="satisfied")
    assert here.decided("张女士", praise, "unit").letters
    first = here.ticket(ticket)
    assert not here.decided("张女士", praise, "unit").letters, "he has been thanked"
    again = here.ticket(ticket)
    assert (again.status, again.rating, again.closed_at) == ("closed", 1, first.closed_at)
    assert _history(here) == ["done", "rate", "rate"]
    assert [score for score, _ in here.ratings(ticket)] == [1]
    here.decided("张女士", Acts(ticket.id, "rate", value="unsatisfied"), "unit")
    assert here.ticket(ticket).status == "taken", "that it is not well counts always"
