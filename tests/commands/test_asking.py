"""我的, 详情, 帮助, 语言, 不记我: what people ask for themselves."""

from __future__ import annotations

from domain.listening import AsksWhich, Joins
from handlers.command import COMMANDS
from handlers.texts import say
from tests.commands.neighbourhood import Neighbourhood


def test_help_shows_what_this_person_may_do_here(here: Neighbourhood) -> None:
    resident = here.say("张女士", "帮助").said_to("@张女士")
    worker = here.say("李明", "帮助").said_to("@李明")
    for latin in ("rate", "withdraw", "mine", "forget_me"):
        assert say(COMMANDS[latin].help) in resident
    for latin in ("claim", "done", "escalate"):
        assert say(COMMANDS[latin].help) not in resident
        assert say(COMMANDS[latin].help) in worker
    assert "并单" in here.say("李明", "帮助 全部").said_to("@李明")
    assert "并单" not in here.say("张女士", "帮助 全部").said_to("@张女士")
    # What a resident seldom needs is not in his list, and explained all the same.
    for latin in ("register", "category", "leave_group"):
        assert say(COMMANDS[latin].help) not in resident
        assert here.say("张女士", f"帮助 {COMMANDS[latin].name}").said_to("@张女士") == say(COMMANDS[latin].help)


def test_help_about_one_command(here: Neighbourhood) -> None:
    assert here.say("李明", "帮助 办结").texts == [say("command.done.help")]
    assert here.say("张女士", "#help 评价", "unit").said_to("@张女士") == say("command.rate.help")


def test_asked_in_the_group_it_is_answered_in_private(here: Neighbourhood) -> None:
    here.report(private=True, category="legal_dispute", summary="楼上漏水要我赔")
    heard = here.say("张女士", "#我的", "unit")
    assert not heard.to("unit") and "楼上漏水要我赔" in heard.said_to("@张女士")


def test_mine_lists_what_is_in_hand_and_what_was_reported(here: Neighbourhood) -> None:
    ticket = here.report()
    assert ticket.number in here.say("张女士", "我的").said_to("@张女士")
    assert ticket.number not in here.say("李明", "我的").said_to("@李明")
    here.say("李明", "接单")
    assert ticket.number in here.say("李明", "mine").said_to("@李明")
    assert ticket.number not in here.say("老刘", "我的").said_to("@老刘")


def test_show_tells_the_history(here: Neighbourhood) -> None:
    ticket = here.report()
    here.say("李明", "接单")
    here.say("李明", "备注 配件明天到")
    here.say("李明", "办结 换了皮带")
    to_reporter = here.say("张女士", f"详情 {ticket.number}").said_to("@张女士")
    to_secretary = here.say("王芳", f"详情 {ticket.number}").said_to("@王芳")
    assert "李明" in to_reporter and "换了皮带" in to_reporter and "换了皮带" in to_secretary
    assert "配件明天到" in to_secretary and "配件明天到" not in to_reporter


def test_whoever_handles_it_is_told_which_words_made_it_a_report(here: Neighbourhood) -> None:
    here.say("张女士", "3幢2单元楼道灯坏了，晚上看不见路", "unit")
    assert "话里说到" in here.say("王芳", "详情 阳光1").said_to("@王芳")
    assert "话里说到" not in here.say("张女士", "详情 阳光1").said_to("@张女士")


def test_asked_in_the_staff_group_a_private_matter_is_not_read_out(here: Neighbourhood) -> None:
    ticket = here.report(private=True, category="legal_dispute", summary="楼上漏水要我赔")
    heard = here.say("李明", f"详情 {ticket.number}", "unit-staff")
    assert "楼上漏水要我赔" in heard.said_to("@李明")
    here.report("老刘", "和邻居吵架", private=True, category="legal_dispute")
    which = here.say("李明", "接单", "unit-staff")
    assert not which.to("unit-staff") and len(which.buttons_for("@李明")) == 2


def test_told_in_private_by_a_stranger_a_report_is_answered_with_the_question_where(here: Neighbourhood) -> None:
    heard = here.say("新来的", "我家厨房水管爆了，水漫了一地，麻烦快来修")
    assert heard.texts == [say("listening.where_do_you_live")]
    assert here.say("新来的", "今天天气真好").letters == []


def test_one_more_voice_in_private_is_told_that_it_is_known(here: Neighbourhood) -> None:
    ticket = here.report()
    heard = here.decided("老刘", Joins(ticket.id, voice=True))
    assert heard.said_to("@老刘") == say("private.joined", number=ticket.number)
    assert not [letter for letter in heard.to("unit") if letter.mode != "edit"]
    assert not here.decided("老刘", Joins(ticket.id, voice=True)).to("@老刘")


def test_which_of_two_is_asked_without_reading_out_what_is_private(here: Neighbourhood) -> None:
    first = here.report(private=True, category="legal_dispute", summary="楼上漏水要我赔")
    secret = here.report(private=True, category="legal_dispute", summary="投诉李明", against="worker")
    step = AsksWhich((first.id, secret.id), "done")
    worker = here.decided("李明", step, "unit-staff")
    assert [button.label for letter in worker.to("@李明") for button in letter.buttons] == [
        f"{first.number} 楼上漏水要我赔"
    ]
    here.lose_chat("李明")
    in_room = here.decided("李明", step, "unit-staff")
    assert [button.label for letter in in_room.to("unit-staff") for button in letter.buttons] == [first.number]


def test_the_reporter_is_shown_to_those_who_may_know(here: Neighbourhood) -> None:
    ticket = here.report()
    assert "张女士" in here.say("李明", f"详情 {ticket.number}").said_to("@李明")
    assert "张女士" not in here.say("赵师傅", f"详情 {ticket.number}").said_to("@赵师傅")


def test_the_language_of_answers(here: Neighbourhood) -> None:
    here.say("张女士", "语言 英语")
    assert here.say("张女士", "mine").texts == [say("command.mine.none", "en")]
    here.say("张女士", "/language chinese")
    assert here.say("张女士", "我的").texts == [say("command.mine.none")]
    assert here.say("张女士", "#语言 火星语").texts == [say("command.language.which")]


def test_a_workers_language_is_that_of_his_reminders(here: Neighbourhood) -> None:
    here.say("李明", "语言 英语")
    assert here.read(lambda store: store.people.get(here.people["李明"]).language) == "en"


def test_not_to_be_recorded_and_back(here: Neighbourhood) -> None:
    account = here.read(lambda store: store.people.accounts_of(here.people["李明"])[0])
    heard = here.say("李明", "不记我", "unit")
    assert heard.texts == [say("command.forget_me.done")] and heard.to("@李明")
    assert here.read(lambda store: store.people.account_by_id(account.id)).opted_out
    here.say("李明", "不记我 取消")
    assert not here.read(lambda store: store.people.account_by_id(account.id)).opted_out


def test_both_languages_say_the_same_things() -> None:
    for command in set(COMMANDS.values()):
        assert command.latin in say(command.help, "en") and command.name in say(command.help)


def test_who_asked_for_english_is_refused_asked_and_thanked_in_it(here: Neighbourhood) -> None:
    here.say("张女士", "language english")
    ticket = here.report()
    assert "show 77" not in here.say("张女士", "show 77").said_to("@张女士")
    assert here.say("张女士", "rate 1 1").said_to("@张女士").endswith("please rate it when it is done.")
    here.say("李明", f"接单 {ticket.number}")
    asked = here.say("李明", f"办结 {ticket.number} 换皮带").to("@张女士")[0]
    assert "is done" in asked.text and asked.buttons[0].label == "1 Done, good"
    assert here.say("张女士", "1").said_to("@张女士").startswith("Thank you")


def test_in_english_names_stand_side_by_side_as_english_sets_them(here: Neighbourhood) -> None:
    here.say("李明", "语言 英语")
    ticket = here.report()
    asked = here.say("李明", f"改类 {ticket.number} 火星").said_to("@李明")
    assert ", " in asked and "、" not in asked
