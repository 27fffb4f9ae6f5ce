"""What staff say in plain words, as histories: taking, finishing, handing on, and telling of visits."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.listening import Acts, Joins, Known, Line, Notes, Scene
from domain.reading import Where
from handlers.listening.decide import decide
from tests.listening.story import Story


def _lift_and_lamp() -> Story:
    story = Story()
    story.say("大雄", "5幢1单元电梯坏了，按了没反应")
    story.say("静香", "东门的路灯坏了不亮，晚上看不见路")
    return story


@pytest.mark.parametrize("words", ["我来", "我去看看", "收到，马上联系", "明天一早叫电工去"])
def test_plain_words_take_the_only_ticket(words: str) -> None:
    story = Story()
    story.say("静香", "东门的路灯坏了不亮，晚上看不见路")
    story.work(words)
    assert story.does() == [("claim", 1)]
    assert story.only.known.assignee_name == "小李"


def test_the_thing_named_picks_the_ticket() -> None:
    story = _lift_and_lamp()
    story.work("电梯我联系维保，路灯我叫电工")
    assert sorted(story.does()) == [("claim", 1), ("claim", 2)]
    story.work("路灯换好了，亮了", after=60)
    assert story.does() == [("done", 2)]


def test_a_quoted_card_needs_no_words() -> None:
    story = _lift_and_lamp()
    story.work("我来", quotes=1)
    assert story.does() == [("claim", 1)]


def test_a_reply_to_the_report_does_as_well() -> None:
    story = _lift_and_lamp()
    story.work("收到，我去看看", replies_to=1)
    assert story.does() == [("claim", 1)]


def test_two_that_could_be_meant_are_asked_about() -> None:
    story = Story()
    story.say("大雄", "5幢1单元电梯坏了，按了没反应", after=0)
    story.say("静香", "东门的路灯坏了不亮，晚上看不见路", after=0)
    story.work("电梯我来，路灯我也来", after=0)
    story.work("办结", after=30)
    assert story.asked_which()
    assert story.does() == []


def test_both_seen() -> None:
    story = _lift_and_lamp()
    story.work("两个都看到了，我来安排")
    assert sorted(story.does()) == [("claim", 1), ("claim", 2)]


@pytest.mark.parametrize(
    ("words", "to"),
    [("这个归水务管", "水务"), ("转排水公司处理", "排水公司"), ("已经移交给城管了", "城管"), ("转派出所了", "派出所")],
)
def test_handing_on_names_the_department(words: str, to: str) -> None:
    story = Story()
    story.say("大雄", "5幢门口的下水道堵了，污水漫到路上，臭死了")
    story.work(words)
    assert story.does() == [("transfer", 1)]
    assert story.action("to") == to


@pytest.mark.parametrize("words", ["报上去吧，我们处理不了", "这个上报街道", "我这级压不住，往上报给书记了"])
def test_going_up(words: str) -> None:
    story = Story()
    story.say("大雄", "对面工地半夜打桩，吵得全家睡不着")
    story.work(words)
    assert story.does() == [("escalate", 1)]


@pytest.mark.parametrize(
    ("words", "to"),
    [
        ("这个分错了，是投诉", "complaint"),
        ("类别改成小区报事", "community_report"),
        ("这个按违规装修走", "renovation"),
        ("算小区里的事，不算投诉谁", "community_report"),
        ("单子类别弄错了，算投诉", "complaint"),
    ],
)
def test_another_category(words: str, to: str) -> None:
    story = Story()
    story.say("大雄", "保洁三天没来收11幢的垃圾桶，苍蝇嗡嗡的，臭死了")
    story.work(words)
    assert story.does() == [("correct_category", 1)]
    assert story.action("to") == to


@pytest.mark.parametrize("words", ["明天下午换好", "正在修", "等配件到了再换", "先拉了警戒线"])
def test_what_is_still_to_come_is_not_done(words: str) -> None:
    story = Story()
    story.say("静香", "东门的路灯坏了不亮，晚上看不见路")
    story.work("我来")
    story.work(words)
    assert ("done", 1) not in story.does()


def test_property_staff_act_too() -> None:
    story = Story()
    story.say("静香", "东门的路灯坏了不亮，晚上看不见路")
    story.say("物业前台", "收到，电工马上过去", "property")
    assert story.does() == [("claim", 1)]
    story.say("物业前台", "灯换好了，已恢复", "property", after=60)
    assert story.does() == [("done", 1)]


def _doubtful(line: Line) -> Scene:
    """A report that only staff were asked about, and the line that comes after it."""
    said = "地下车库B区有积水，车开不过去"
    before = Line(1, 1, 7, "婉婉", "resident", said, line.sent_at - timedelta(minutes=2), tickets=(4,))
    ticket = Known(
        4, "public_repair", 1, Where(place="地下车库B区"), (said,), 1, "community", 7, frozenset(), "proposed",
        before.sent_at, before.sent_at, lines=(1,),
    )  # fmt: skip
    return Scene(line, (before,), (ticket,), Where("阳光花园"), ("阳光花园",))


def test_a_doubtful_report_becomes_real_when_staff_take_it() -> None:
    line = Line(2, 1, 8, "小李", "grid_worker", "车库积水我去看看", datetime(2026, 5, 6, 10, tzinfo=UTC))
    assert [(step.ticket, step.does) for step in decide(_doubtful(line)).steps if isinstance(step, Acts)] == [
        (4, "claim")
    ]


def test_a_doubtful_report_becomes_real_when_a_neighbour_has_it_too() -> None:
    line = Line(2, 1, 9, "金师傅", "resident", "+1", datetime(2026, 5, 6, 10, tzinfo=UTC))
    joins = [step for step in decide(_doubtful(line)).steps if isinstance(step, Joins)]
    assert [(step.ticket, step.voice, step.sure) for step in joins] == [(4, True, True)]


def test_a_secretary_takes_over_what_was_sent_up() -> None:
    story = Story()
    story.say("大雄", "对面工地半夜打桩，吵得全家睡不着")
    story.work("我来")
    story.work("我们处理不了，上报街道", after=60)
    story.say("孔书记", "我来牵头", "secretary", after=10)
    assert story.does() == [("claim", 1)]


def test_a_worker_tells_a_matter_in_the_district_group() -> None:
    story = Story()
    story.work("永锦府2幢底下的窨井盖翘起来一个角，电瓶车压过去差点翻，不是物业的，是市政的，麻烦派一下", group="d")
    assert story.only.known.category == "public_repair"


@pytest.mark.parametrize("before", ["楼上", "我们隔壁的", "对门", ""])
def test_for_whom_a_neighbour_speaks(before: str) -> None:
    story = Story()
    story.say("老顾", f"{before}李阿婆今天一天没开门，敲门没人应，报纸还在门口", group="u")
    assert story.opened()[0].on_behalf_of == "李阿婆"


def test_a_visit_is_noted_and_what_is_asked_for_opened() -> None:
    story = Story()
    story.work("#走访 3-2-402 王奶奶血压偏高，想申请一个轮椅", group="u")
    note = next(step for step in story.steps if isinstance(step, Notes))
    assert (note.household, note.person, note.kind) == ("3-2-402", "王奶奶", "resident")
    assert story.opened()[0].on_behalf_of == "王奶奶"
    assert story.opened()[0].where.room == "402"


def test_what_was_asked_for_on_a_visit_is_private_where_health_was_told() -> None:
    ill, lamp = Story(), Story()
    ill.work("#走访 3-2-402 王奶奶血压偏高，想申请一个轮椅", group="u")
    lamp.work("#走访 3-2-402 王奶奶说楼道灯不亮，请报修一下", group="u")
    assert [step.private for step in ill.opened()] == [True]
    assert [step.private for step in lamp.opened()] == [False]


def test_the_next_line_about_the_visit_belongs_to_it() -> None:
    story = Story()
    story.work("上午去了12幢1单元101应婆婆家，九十一了，耳朵背，儿子礼拜天来")
    story.work("婆婆床头那个呼叫按钮按了没响，要换电池，我帮她报一下")
    story.work("", photo=True)
    assert len(story.play.diary) == 1
    assert story.play.diary[0]["from"] == [1, 2, 3]
    assert (story.only.known.where.building, story.only.known.where.room) == ("12", "101")


def test_a_firm_visited_in_plain_words() -> None:
    story = Story()
    story.work("去了趟恒旺模具，灭火器过期6只，让他们下午清掉", group="d")
    assert story.play.diary[0]["household"] == "恒旺模具"
    assert story.play.diary[0]["kind"] == "enterprise"
    assert story.tickets == []


def test_notices_and_acknowledgements_do_nothing() -> None:
    story = _lift_and_lamp()
    story.say("居委会", "【通知】明天8点到12点检修线路停电，请大家做好准备", "secretary", after=200)
    assert story.steps == ()
    story.work("收到", after=1)
    assert story.does() == []


def test_a_round_told_in_one_line_is_an_entry_for_each_door() -> None:
    story = Story()
    story.work("上午跑了三户：2-1-301张大爷在家，血压正常；2-1-402没人；3-2-101李奶奶女儿回来了")
    assert [entry["household"] for entry in story.play.diary] == ["2-1-301", "2-1-402", "3-2-101"]


def test_a_card_answered_is_no_visit() -> None:
    story = Story()
    story.say("大雄", "我家3-2-402水管漏水了，快来人修")
    story.work("去3-2-402看过了，换了角阀，老人放心了，不漏了", quotes=1)
    assert story.play.diary == []
    assert story.does() == [("done", 1)]


def test_whoever_files_it_anew_may_take_it_in_the_same_breath() -> None:
    story = Story()
    story.say("静香", "楼上601从早上七点敲到晚上七点，墙都在抖，吵得头疼")
    story.work("这个归到装修里去，我现在上楼叫停", quotes=1)
    assert sorted(story.does()) == [("claim", 1), ("correct_category", 1)]


def test_a_number_or_a_name_picks_the_ticket() -> None:
    story = Story()
    story.say("1206小夫", "31幢的楼梯断了一级，差点踩空")
    story.say("909阿May", "33幢的楼梯扶手松了，摇来摇去")
    story.work("31幢的我先拿板钉住")
    assert story.does() == [("claim", 1)]


def test_work_at_a_door_is_no_visit_when_its_ticket_is_in_hand() -> None:
    story = Story()
    story.say("3幢阿梅", "楼道的消防门后面堆了两个纸箱，人都过不去，谁家的快搬走")
    story.work("我上去问", after=3)
    story.work("302的纸箱搬走了，门后面清出来了", after=20)
    assert story.does() == [("done", 1)]
    assert story.play.diary == []


def test_what_is_only_for_the_time_being_is_not_done() -> None:
    story = Story()
    story.say("大雄", "小区篮球架歪了，篮板往下坠，孩子还在下面投")
    story.work("我去看看", after=5)
    story.work("先拉了绳子围住，厂家约了周三来焊", after=40)
    assert story.does() == []
    story.work("焊好了，加了斜撑", after=3 * 24 * 60)
    assert story.does() == [("done", 1)]


def test_two_people_are_not_two_matters() -> None:
    story = _lift_and_lamp()
    story.work("太沉了，我挪不动，两个人都挪不动")
    assert len(story.does()) < 2


def test_what_was_told_as_done_too_soon_is_done_by_the_later_word_though_another_is_open() -> None:
    story = _lift_and_lamp()
    story.work("电梯我联系维保，路灯我叫电工")
    story.work("路灯修好了", after=60)
    assert story.does() == [("done", 2)]
    story.work("路灯的灯泡也换好了，这下亮了", after=60)
    assert story.does() == [("done", 2)]
    assert story.play.tickets[1].known.status == "taken"


@pytest.mark.parametrize(
    ("told", "ended"),
    [
        ("8幢电梯卡在三楼半，里面有人拍门", "救出来了，一个老人带孙子"),
        ("2幢三楼窗户冒黑烟", "油锅起火，已经扑灭了，没人受伤"),
        ("9幢1单元一股煤气味，楼道里都是", "阀门关掉了，没味道了"),
    ],
)
def test_an_alarm_has_an_end_in_plain_words(told: str, ended: str) -> None:
    story = Story()
    story.say("赵姐", told)
    story.work("我马上到", after=3)
    story.work(ended, after=12)
    assert story.only.known.status == "done"


@pytest.mark.parametrize("said", ["孩子抱出来了，在门卫室", "明火扑灭了，消防在查", "人都出来了没有？", "火还没扑灭"])
def test_a_fire_is_not_over_while_it_is_looked_after(said: str) -> None:
    story = Story()
    story.say("赵姐", "2幢三楼着火了，窗户冒黑烟")
    story.work("我马上到", after=3)
    story.work(said, after=5)
    assert story.only.known.status == "taken"


@pytest.mark.parametrize("comes", ["我马上到", "收到，这就过去", "在路上了"])
def test_who_says_only_that_he_comes_goes_to_the_alarm_whatever_else_is_open(comes: str) -> None:
    story = Story()
    for who, text in (
        ("张女士", "楼道灯坏了，三楼黑漆漆的"),
        ("张女士", "还有个事 后门那条路全是坑"),
        ("老刘", "我家那层也黑"),
        ("孙阿姨", "垃圾桶满出来两天了"),
        ("孙阿姨", "苍蝇嗡嗡的"),
        ("孙阿姨", "我家马桶冲不下去"),
    ):
        story.say(who, text, group="u")
    story.work("灯我去看看", group="u")
    story.work("镇流器换了，灯亮了", group="u")
    story.say("张女士", "亮了，谢谢小李", group="u")
    before = [ticket.known.status for ticket in story.tickets]
    story.say("老刘", "不是烧饭，是2单元地下室冒烟", group="u")
    assert [one.summary for one in story.opened()] == ["2单元地下室冒烟"]
    story.work(comes, group="u")
    assert [ticket.known.status for ticket in story.tickets] == [*before, "taken"]
    story.work("扑灭了，没人受伤", group="u", after=4)
    assert [ticket.known.status for ticket in story.tickets] == [*before, "done"]


@pytest.mark.parametrize("said", ["都清掉了", "都弄好了。", "两处都清掉了", "叫了两个人，两处都清掉了，地也冲了"])
def test_one_word_ends_both_that_he_has_in_hand(said: str) -> None:
    story = Story()
    story.say("小许", "3幢楼下垃圾桶满了几天没人收，臭死了")
    story.say("阿娟", "5幢门口的垃圾桶也满出来了，没人收", after=3)
    story.work("两处都看到了，叫保洁来清", after=10)
    story.work(said, after=60)
    assert [ticket.known.status for ticket in story.tickets] == ["done", "done"]


@pytest.mark.parametrize("said", ["都看到了", "两处都还没清完", "都清掉了吗", "东边那个清掉了"])
def test_what_is_not_all_done_ends_no_two(said: str) -> None:
    story = Story()
    story.say("小许", "3幢楼下垃圾桶满了几天没人收，臭死了")
    story.say("阿娟", "5幢门口的垃圾桶也满出来了，没人收", after=3)
    story.work("两处都看到了，叫保洁来清", after=10)
    story.work(said, after=60)
    assert [ticket.known.status for ticket in story.tickets] != ["done", "done"]
