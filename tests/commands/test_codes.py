"""绑定码: who may give out a code, what it is good for, and that it cannot be found by trying."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import update

from domain.messages import Account as To
from domain.messages import Address, Outgoing, Person, Sender, SharedContact
from domain.people import Account
from domain.tickets import Ticket
from handlers.binding import typed_code
from handlers.delivery import accounts_for, post_once, room_of
from handlers.recipients import reporter
from storage.reach import keep_pushes
from storage.store import Store
from storage.tables import people
from tests.commands.neighbourhood import CHANNEL, Neighbourhood

NOW = datetime(2026, 3, 10, 1, 0, tzinfo=UTC)
CODE = re.compile(r"\d{4} \d{4}")


def live(here: Neighbourhood, *names: str, door: str = "3-2-402") -> None:
    def work(store: Store) -> None:
        household = store.households.add(here.areas["unit"], door, here.now)
        for name in names:
            store.households.add_resident(household.id, name)

    here.database.write(work)


def given_out(here: Neighbourhood, words: str, by: str = "李明") -> str:
    found = CODE.search(here.say(by, words).said_to(f"@{by}"))
    assert found is not None
    return found[0]


def tickets(here: Neighbourhood) -> list[Ticket]:
    states = ("proposed", "open", "taken", "done", "closed")
    return sorted(here.read(lambda store: store.tickets.in_area("/", states)), key=lambda one: one.id)


def account(here: Neighbourhood, name: str) -> Account:
    return here.database.write(lambda store: store.people.account(CHANNEL, name, name, here.now))


def person_named(here: Neighbourhood, name: str) -> str | None:
    bound = account(here, name).person
    return here.read(lambda store: store.people.get(bound).name) if bound is not None else None


def test_a_resident_binds_her_account_and_need_not_write_her_address(here: Neighbourhood) -> None:
    live(here, "王秀英")
    code = given_out(here, "绑定码 3-2-402 王秀英")
    assert "绑好了" in here.say("张女士", code).said_to("@张女士")
    assert person_named(here, "张女士") == "王秀英"
    here.say("张女士", "我家厨房水管漏水了，麻烦师傅来修一下")
    [ticket] = tickets(here)
    assert ticket.area == here.areas["unit"] and ticket.where.room == "402" and ticket.reporter_person is not None


def test_who_is_not_bound_is_heard_when_he_names_his_estate(here: Neighbourhood) -> None:
    assert "哪个小区" in here.say("老刘", "3幢2单元电梯停了，有老人下不来").said_to("@老刘")
    assert tickets(here) == []
    here.say("老刘", "阳光花园3幢2单元电梯停了，有老人下不来")
    [ticket] = tickets(here)
    assert ticket.area == here.areas["unit"]


def test_a_code_is_good_once_and_not_for_ever(here: Neighbourhood) -> None:
    live(here, "王秀英")
    first = given_out(here, "绑定码 3-2-402 王秀英")
    second = given_out(here, "绑定码 王秀英")
    # The newer one ends the older.
    assert "不对" in here.say("张女士", first).said_to("@张女士")
    here.say("张女士", f"绑定 {second}")
    assert person_named(here, "张女士") == "王秀英"
    assert "不对" in here.say("老刘", second).said_to("@老刘")
    late = given_out(here, "绑定码 王秀英")
    here.now += timedelta(hours=here.settings.binding.code_hours, minutes=1)
    assert "不对" in here.say("老刘", late).said_to("@老刘")
    assert person_named(here, "老刘") is None


def test_whoever_tries_codes_is_soon_not_listened_to(here: Neighbourhood) -> None:
    live(here, "王秀英")
    code = given_out(here, "绑定码 3-2-402 王秀英")
    wrong = [f"{number:08d}" for number in range(1, here.settings.binding.guesses + 1)]
    for guess in wrong:
        assert "不对" in here.say("老刘", guess).said_to("@老刘")
    assert "次数多了" in here.say("老刘", code).said_to("@老刘")
    assert person_named(here, "老刘") is None
    # It is one account's matter, and passes.
    here.now += timedelta(hours=here.settings.binding.guess_hours, minutes=1)
    here.say("老刘", code)
    assert person_named(here, "老刘") == "王秀英"


def test_a_daughter_speaks_for_her_mother_and_stays_herself(here: Neighbourhood) -> None:
    live(here, "王秀英")
    mother = given_out(here, "绑定码 3-2-402 王秀英")
    here.say("张女士", mother)
    daughter = given_out(here, "绑定码 3-2-402 王秀英 家属")
    assert "替王秀英报事" in here.say("老刘", daughter).said_to("@老刘")
    assert person_named(here, "老刘") is None
    here.say("张女士", "我家厨房水管漏水了，麻烦师傅来修一下")
    [ticket] = tickets(here)
    assert ticket.number in here.say("老刘", "我的").said_to("@老刘")
    here.say("李明", f"接单 {ticket.number}")
    here.say("李明", f"办结 {ticket.number} 换了水管")
    here.say("老刘", f"评价 {ticket.number} 1")
    assert tickets(here)[0].rating == 1
    # What she says herself is placed at her mother's door.
    here.say("老刘", "我家下水道堵了，能不能请师傅上门通一下")
    assert tickets(here)[-1].where.room == "402"


def test_the_daughter_hears_what_the_mother_cannot(here: Neighbourhood) -> None:
    live(here, "王秀英")
    code = given_out(here, "绑定码 3-2-402 王秀英 家属")
    here.say("老刘", code)
    chats = here.database.write(lambda store: _chats_of(store, "王秀英"))
    assert chats == ["@老刘"]


def test_a_mothers_news_is_her_own_even_if_it_must_wait(here: Neighbourhood) -> None:
    bound_with_a_relative(here, "老刘")
    here.say("张女士", "我家厨房水管漏水了，麻烦师傅来修一下")
    [ticket] = tickets(here)
    assert ticket.reporter_person is not None
    mother = ticket.reporter_person

    def told(store: Store) -> object:
        son = store.people.account("phone", "老刘", "老刘", here.now, private_chat="老刘")
        store.kin.add(son.id, mother, here.now)
        keep_pushes(store.channel_state, {CHANNEL: "after_first_message", "phone": "yes"})
        return reporter(here.context(store), ticket)

    assert here.database.write(told) == To(account(here, "张女士").id)


def test_no_relative_reads_a_workers_messages(here: Neighbourhood) -> None:
    """The morning list names whom he looks in on."""
    worker = here.people["李明"]
    relative = account(here, "老刘").id
    here.database.write(lambda store: store.kin.add(relative, worker, here.now))
    here.lose_chat("李明")
    assert here.read(lambda store: room_of(store, Person(worker), here.now)) is None
    said = Outgoing(to=Person(worker), text="今天走访4户", once="morning")
    here.database.write(lambda store: post_once(store, [said], here.now))
    assert here.deliver().letters == []


def bound_with_a_relative(here: Neighbourhood, relative: str, by: str = "李明") -> None:
    """王秀英 by her own account, and somebody who speaks for her, with a code by one of the staff."""
    live(here, "王秀英")
    here.say("张女士", given_out(here, "绑定码 3-2-402 王秀英"))
    here.say(relative, given_out(here, "绑定码 3-2-402 王秀英 家属", by))


def test_a_worker_does_not_make_himself_a_residents_relative(here: Neighbourhood) -> None:
    """Else he would read what she reports and rate his own work. By a colleague he may: she may be his mother."""
    live(here, "王秀英")
    own = given_out(here, "绑定码 3-2-402 王秀英 家属")
    for words in (own, f"绑定 {own}"):
        assert "不能自己用" in here.say("李明", words).said_to("@李明")
    assert here.database.write(lambda store: _chats_of(store, "王秀英")) == []
    # It is still good for whom it was made.
    assert "替王秀英报事" in here.say("老刘", own).said_to("@老刘")
    assert "替王秀英报事" in here.say("李明", given_out(here, "绑定码 王秀英 家属", "陈干事")).said_to("@李明")


def test_the_son_who_beats_her_does_not_find_what_she_says_of_it(here: Neighbourhood) -> None:
    bound_with_a_relative(here, "老刘")
    here.say("张女士", "我儿子又打我，我害怕，别告诉别人")
    [ticket] = tickets(here)
    assert ticket.sensitive and ticket.number in here.say("张女士", "我的").said_to("@张女士")
    for words in ("我的", f"详情 {ticket.number}", ticket.number, f"撤回 {ticket.number}", "撤回"):
        assert "打我" not in here.say("老刘", words).said_to("@老刘")
    [ticket] = tickets(here)
    assert ticket.status == "open"


def test_no_news_of_her_complaint_goes_to_him_where_she_cannot_be_reached(here: Neighbourhood) -> None:
    bound_with_a_relative(here, "老刘")
    here.say("张女士", "我要投诉物业乱收费，收了我五百块钱不给发票")
    here.say("王芳", "接单 1")
    here.lose_chat("张女士")
    assert here.say("王芳", "办结 1 钱已经退了").to("@老刘") == []
    assert here.wait(hours=80).to("@老刘") == []


def test_a_worker_does_not_read_a_complaint_about_himself_as_her_relative(here: Neighbourhood) -> None:
    bound_with_a_relative(here, "李明", by="陈干事")
    here.say("张女士", "我要投诉网格员李明，态度太差还骂人，别让他知道")
    [ticket] = tickets(here)
    assert ticket.against == "worker"
    for words in ("我的", f"详情 {ticket.number}", f"撤回 {ticket.number}"):
        assert "态度" not in here.say("李明", words).said_to("@李明")
    assert tickets(here)[0].status == "open"


def test_what_was_given_to_the_daughter_can_be_taken_back(here: Neighbourhood) -> None:
    live(here, "王秀英", "陈大伟")
    for words in ("绑定码 3-2-402 王秀英 家属", "绑定码 3-2-402 陈大伟 家属"):
        here.say("老刘", given_out(here, words))
    here.say("老刘", "王秀英家厨房水管漏水了，麻烦师傅来修一下")
    which = here.say("老刘", "解绑").said_to("@老刘")
    assert "王秀英" in which and "陈大伟" in which and "写上名字" in which
    assert "不再替王秀英报事" in here.say("老刘", "解绑 王秀英").said_to("@老刘")
    assert here.database.write(lambda store: _chats_of(store, "王秀英")) == []
    assert here.database.write(lambda store: _chats_of(store, "陈大伟")) == ["@老刘"]
    assert "不用解绑" in here.say("老刘", "解绑 王秀英").said_to("@老刘")
    assert "不再替陈大伟报事" in here.say("老刘", "解绑").said_to("@老刘")
    assert "不用解绑" in here.say("老刘", "解绑").said_to("@老刘")


def _chats_of(store: Store, name: str) -> list[str | None]:
    [person] = store.people.called(name)
    return [one.chat for one in accounts_for(store, person.id, NOW)]


def test_a_name_that_is_new_at_the_door_is_written_down_and_several_are_asked_about(here: Neighbourhood) -> None:
    live(here, "王秀英", "陈大伟")
    given_out(here, "绑定码 3-2-402 王小明")
    asked = here.say("李明", "绑定码 3-2-402")
    assert [command.split()[-1] for command in asked.buttons_for("@李明")] == ["王秀英", "陈大伟", "王小明"]
    pressed = here.press("李明", asked.buttons_for("@李明")[1])
    assert "陈大伟" in pressed.said_to("@李明") and CODE.search(pressed.said_to("@李明"))


def test_who_may_give_out_a_code(here: Neighbourhood) -> None:
    live(here, "王秀英")
    # Residents and the property firm may not, and nobody in the residents' group.
    for who in ("张女士", "赵师傅"):
        assert not CODE.search(here.say(who, "绑定码 3-2-402 王秀英").said_to(f"@{who}"))
    assert not any(CODE.search(text) for text in here.say("李明", "#绑定码 3-2-402 王秀英", "unit").texts)
    # In the staff group the answer comes in private.
    answer = here.say("李明", "绑定码 3-2-402 王秀英", "unit-staff")
    assert CODE.search(answer.said_to("@李明")) and answer.to("unit-staff") == []


def test_nobody_makes_himself_secretary(here: Neighbourhood) -> None:
    # 王芳, secretary, lives at 3-2-402: the grid worker must not get a code for her.
    def work(store: Store) -> None:
        household = store.households.add(here.areas["unit"], "3-2-402", here.now)
        store.households.add_resident(household.id, "王芳", person=here.people["王芳"])

    here.database.write(work)
    for words in ("绑定码 3-2-402 王芳", "绑定码 王芳", "绑定码 3-2-402 王芳 家属", "绑定码 吴主任"):
        answer = here.say("李明", words).said_to("@李明")
        assert not CODE.search(answer) and "绑定 " not in answer
    # A secretary gives one to her worker, but not to the district's admin.
    issued = here.say("王芳", "绑定码 李明").said_to("@王芳").splitlines()[1]
    assert "绑好了" in here.say("老刘", f"绑定 {issued}").said_to("@老刘")
    assert person_named(here, "老刘") == "李明"
    assert "没找到" in here.say("王芳", "绑定码 吴主任").said_to("@王芳")


def test_a_worker_who_tries_out_a_code_stays_a_worker(here: Neighbourhood) -> None:
    live(here, "王秀英")
    code = given_out(here, "绑定码 3-2-402 王秀英")
    assert "李明名下" in here.say("李明", code).said_to("@李明")
    assert person_named(here, "李明") == "李明"
    here.say("张女士", code)
    assert person_named(here, "张女士") == "王秀英"


def test_eight_figures_in_a_group_are_talk(here: Neighbourhood) -> None:
    live(here, "王秀英")
    code = given_out(here, "绑定码 3-2-402 王秀英")
    assert here.say("张女士", code, "unit").letters == []
    assert person_named(here, "张女士") is None


@given(st.text(max_size=30))
def test_only_eight_figures_are_a_typed_code(text: str) -> None:
    found = typed_code(text)
    assert found is None or (len(found) == 8 and found.isascii() and found.isdigit())


def test_who_may_not_bind_a_group_is_told_who_may(here: Neighbourhood) -> None:
    assert "社区书记或区管理员" in here.say("李明", "绑定 3-2").said_to("@李明")
    assert "直接说哪里、怎么了" in here.say("张女士", "绑定 3-2").said_to("@张女士")


def test_a_neighbours_name_in_our_files_is_not_shown_to_the_reporter(here: Neighbourhood) -> None:
    live(here, "王秀英")
    live(here, "刘建国", door="3-2-502")
    here.say("张女士", given_out(here, "绑定码 3-2-402 王秀英"))
    here.say("老刘", given_out(here, "绑定码 3-2-502 刘建国"))
    here.say("张女士", "3幢2单元电梯停了", "unit")
    here.say("老刘", "电梯我也坐不了，停了一上午了", "unit")
    [ticket] = tickets(here)
    here.say("李明", f"接单 {ticket.number}")
    shown = here.say("张女士", f"详情 {ticket.number}").said_to("@张女士")
    assert "有人补充" in shown and "刘建国" not in shown
    assert "王秀英" in shown and "李明" in shown
    assert "刘建国" in here.say("李明", f"详情 {ticket.number}").said_to("@李明")


def test_who_speaks_for_her_is_no_neighbour_who_reported_it_too(here: Neighbourhood) -> None:
    bound_with_a_relative(here, "老刘")
    here.say("张女士", "3幢2单元电梯停了", "unit")
    here.say("老刘", "电梯我也坐不了，停了一上午了", "unit")
    [ticket] = tickets(here)
    here.say("张女士", f"撤回 {ticket.number}")
    assert here.ticket(ticket).status == "withdrawn"


def shares(here: Neighbourhood, who: str, phone: str) -> str:
    at, sender, number = Address(CHANNEL, f"@{who}"), Sender(who, who), f"m{next(iter(here.numbers))}"
    heard = here.takes(SharedContact(at=at, id=number, sender=sender, sent_at=here.now, private=True, phone=phone))
    return heard.said_to(f"@{who}")


def test_a_phone_that_was_passed_on_names_whoever_has_it_now(here: Neighbourhood) -> None:
    def work(store: Store) -> None:
        gone = store.people.add(here.areas["district"], "钱旧", here.now, "13900001111")
        store.connection.execute(update(people).where(people.c.id == gone).values(active=False))
        store.people.add(here.areas["district"], "孙新", here.now, "13900001111")

    here.database.write(work)
    shares(here, "老刘", "13900001111")
    assert person_named(here, "老刘") == "孙新"


def test_a_phone_that_two_have_names_neither(here: Neighbourhood) -> None:
    def work(store: Store) -> None:
        for name in ("钱一", "钱二"):
            store.people.add(here.areas["district"], name, here.now, "13900001111")

    here.database.write(work)
    assert "不在工作人员名单" in shares(here, "老刘", "13900001111")
    assert person_named(here, "老刘") is None
