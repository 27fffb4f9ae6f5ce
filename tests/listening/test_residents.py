"""What residents say, as histories: one report in many lines, many voices for one fault, and talk left alone."""

from __future__ import annotations

import pytest

from tests.listening.story import Story


def test_text_photo_room_and_hurry_are_one_report() -> None:
    story = Story()
    story.say("阿梅", "我家卫生间天花板在漏水，滴到马桶上了", group="u")
    story.say("阿梅", "", group="u", photo=True)
    story.say("阿梅", "1102", group="u")
    story.say("阿梅", "快点啊，地上都是水", group="u")
    assert story.only.known.lines == (1, 2, 3, 4)
    assert story.only.known.where.building == "3"
    assert story.only.known.where.room == "1102"


def test_a_bare_photo_gets_its_meaning_two_lines_later() -> None:
    story = Story()
    story.say("绿豆", "", photo=True)
    assert story.steps == ()
    story.say("海明", "这是啥")
    story.say("绿豆", "5幢门口的窨井盖塌下去一块，电瓶车差点翻进去")
    assert 1 in story.only.known.lines
    assert 2 not in story.only.known.lines


def test_two_speakers_reports_are_told_apart() -> None:
    story = Story()
    story.say("老柴", "西门快递柜坏了，取件码输进去门打不开")
    story.say("雨婷", "地下车库B区又在漏水，车顶一摊黄水")
    story.say("老柴", "快点，海鲜等不起", after=0.5)
    story.say("雨婷", "就在37号车位上面", after=0.5)
    cabinet, water = story.tickets
    assert cabinet.known.lines == (1, 3)
    assert water.known.lines == (2, 4)


@pytest.mark.parametrize("words", ["+1", "同求", "我家也是"])
def test_the_same_trouble_is_one_more_voice(words: str) -> None:
    story = Story()
    story.say("小蔡", "3幢2单元停水了，早上到现在一滴水都没有")
    story.say("金师傅", words)
    assert story.only.voices == ["金师傅"]


@pytest.mark.parametrize("words", ["+1 我家有老人", "+1 背着娃爬了十三层", "加一，我妈还等着下楼看病"])
def test_who_counts_himself_in_has_the_same_trouble_whatever_he_adds(words: str) -> None:
    story = Story()
    story.say("小蔡", "3幢2单元电梯又停了，停在5楼")
    story.say("金师傅", "是啊我刚爬上来，13楼")
    story.say("池妈妈", words)
    assert story.only.voices == ["金师傅", "池妈妈"]


def test_who_counts_himself_in_among_peaches_has_no_trouble() -> None:
    story = Story()
    story.say("小蔡", "3幢2单元电梯又停了，停在5楼")
    story.say("小邱", "玉露水蜜桃，明天早上现摘，一箱8斤120，要的接龙")
    story.say("池妈妈", "+1 送到门口不")
    assert story.only.voices == []


def test_plus_one_on_peaches_is_nothing() -> None:
    story = Story()
    story.say("小邱", "玉露水蜜桃，明天早上现摘，一箱8斤120，要的接龙")
    story.say("池妈妈", "+1")
    story.say("豆腐", "+1")
    assert story.play.tickets == {}


def test_one_fault_in_two_groups_is_one_ticket() -> None:
    story = Story()
    story.say("周舟", "楼下单元门刷脸没反应，刷卡也打不开，我抱着娃站在外面", group="u")
    story.say("蓝精灵", "3幢2单元的单元门坏了，门禁刷卡打不开", group="c")
    assert story.only.voices == ["蓝精灵"]


def test_the_same_trouble_in_another_building_is_another_ticket() -> None:
    story = Story()
    story.say("大雄", "5幢1单元电梯坏了，按了没反应")
    story.say("静香", "8幢2单元电梯也坏了，停在三楼不动")
    assert [t.known.where.building for t in story.tickets] == ["5", "8"]


def test_one_speaker_with_two_faults_has_two_tickets() -> None:
    story = Story()
    story.say("卤蛋", "5幢2单元电梯坏了，按了没反应")
    story.say("卤蛋", "另外，东门的路灯不亮了，晚上看不见路", after=2)
    assert len(story.tickets) == 2


def test_one_line_with_two_faults_has_two_tickets() -> None:
    story = Story()
    story.say("卤蛋", "5幢2单元电梯坏了按了没反应，另外东门的路灯也坏了不亮")
    assert len(story.tickets) == 2


def test_an_edit_corrects_the_place() -> None:
    story = Story()
    first = story.say("缪姐", "5幢西边绿化带里死了只猫，苍蝇好多，臭死了")
    story.say("缪姐", "6幢西边绿化带里死了只猫，苍蝇好多，臭死了，不是5幢", edits=first)
    assert story.only.known.where.building == "6"


@pytest.mark.parametrize("words", ["自己修好了，不用来了", "不用来了，是我看错了", "销掉吧，搞错了"])
def test_the_reporter_takes_it_back(words: str) -> None:
    story = Story()
    story.say("汪叔", "3幢1单元402马桶堵了，水要漫出来了，来个师傅")
    story.say("小童", words)
    assert story.tickets, "only the reporter may"
    story.say("汪叔", words)
    assert story.does() == [("withdraw", 1)]


def test_a_missing_place_is_asked_once_and_the_answer_joins() -> None:
    story = Story()
    story.say("柚子", "家里水管爆了，水漫得到处都是，快来人修")
    assert story.opened()[0].ask_where
    story.say("柚子", "8幢1单元102")
    ticket = story.only
    assert (ticket.known.where.building, ticket.known.where.unit, ticket.known.where.room) == ("8", "1", "102")
    asked = [a for a in story.play.actions if a["does"] == "ask_location"]
    assert len(asked) == 1


def test_a_unit_group_is_never_asked_where() -> None:
    story = Story()
    story.say("阿琳", "楼道里的灯坏了，晚上一片漆黑，老人摔了一跤", group="u")
    assert not story.opened()[0].ask_where
    assert (story.only.known.where.building, story.only.known.where.unit) == ("3", "2")


def test_secrecy_asked_for_in_the_same_line_or_the_next() -> None:
    story = Story()
    story.say("小鱼", "401每天后半夜拖桌子，吵得没法睡，千万别讲是我说的", group="u")
    assert story.only.known.private
    later = Story()
    later.say("小鱼", "401每天后半夜拖桌子，吵得楼下没法睡", group="u")
    later.say("小鱼", "别跟他们说是我讲的", group="u")
    assert later.only.known.private


def test_an_emergency_opens_at_once() -> None:
    story = Story()
    story.say("阿泽", "我妈被关在电梯里了，里面黑的，就她一个人", group="u")
    assert story.only.known.urgency == 3
    assert story.only.known.category == "emergency"


def test_a_drill_is_not_an_emergency_but_a_real_cry_in_it_is() -> None:
    story = Story()
    story.say("老柏", "【演练】今天下午在3幢1单元做电梯困人演练，有人呼救是演的，不要惊慌", "property")
    story.say("奶酪", "电梯里有人喊救命，喊得好大声", after=60)
    assert story.tickets == []
    story.say("汪姐", "救命，我跟宝宝被关在5幢2单元电梯里了，不是演练", after=1)
    assert story.only.reporter == "汪姐"


def test_done_then_the_same_fault_is_back() -> None:
    story = Story()
    story.say("小棉袄", "菜场后门那盏路灯坏了不亮，老人差点摔跤")
    story.work("知道，我叫人去换")
    story.work("灯头换了，办结", after=300)
    story.say("小棉袄", "亮堂堂的，满意")
    story.say("小棉袄", "菜场后门那盏路灯又坏了，不亮了，才五天", after=5 * 24 * 60)
    assert story.opened()[0].reopens == 1


def test_a_look_alike_elsewhere_is_no_reopening() -> None:
    story = Story()
    story.say("小棉袄", "5幢1单元电梯坏了，停在三楼")
    story.work("电梯修好了，办结", after=60)
    story.say("豆浆", "9幢2单元电梯又坏了，门关不上", after=24 * 60)
    assert story.opened()[0].reopens is None


@pytest.mark.parametrize(
    ("words", "value"),
    [("谢谢，可以了", "satisfied"), ("哪里修好了，还是黑的", "unsatisfied"), ("没修好", "unsatisfied")],
)
def test_a_rating_in_plain_words(words: str, value: str) -> None:
    story = Story()
    story.say("卞老师", "16楼楼道的灯坏了，黑漆漆的看不见路", group="u")
    story.work("灯换好了", group="u", after=60)
    story.say("卞老师", words, group="u", after=10)
    assert story.does() == [("rate", 1)]
    assert story.action("value") == value


def test_a_second_neighbour_is_heard_too_and_each_once() -> None:
    story = Story()
    story.say("卞老师", "16楼楼道的灯坏了，黑漆漆的看不见路", group="u")
    story.say("小蔡", "+1", group="u")
    story.work("灯换好了", group="u", after=60)
    story.say("卞老师", "亮了，满意", group="u", after=5)
    assert story.does() == [("rate", 1)]
    story.say("小蔡", "亮堂多了，谢谢", group="u", after=5)
    assert story.does() == [("rate", 1)]
    story.say("小蔡", "谢谢师傅", group="u", after=1)
    assert story.does() == []


def test_thanks_before_the_work_is_done_is_no_rating() -> None:
    story = Story()
    story.say("卞老师", "16楼楼道的灯坏了，黑漆漆的看不见路", group="u")
    story.work("我来，下午叫电工", group="u")
    story.say("卞老师", "谢谢小李，辛苦了", group="u")
    assert story.does() == []
    assert len(story.only.known.lines) == 1


@pytest.mark.parametrize(
    "talk",
    [
        ["谁家有打气筒借一下", "我家有，你来拿", "谢谢"],
        ["今天菜场的虾好新鲜", "多少钱一斤", "三十八", "有点贵"],
        ["国足又输了，后卫漏成筛子", "看得我心脏疼", "哈哈哈"],
        ["明天家长会几点", "六点半", "收到"],
    ],
)
def test_quiet_talk_is_left_alone(talk: list[str]) -> None:
    story = Story()
    for n, text in enumerate(talk):
        story.say(f"邻居{n % 2}", text)
    assert story.tickets == []
    assert story.play.said == []


def test_other_reports_do_not_sink_into_an_emergency() -> None:
    story = Story()
    story.say("张姐", "3幢2单元楼道里有很大的燃气味", group="u")
    story.say("老李", "三楼楼道窗户玻璃碎了，3幢2单元", group="u", after=2)
    story.say("王工", "物业保安骂人，态度恶劣我要投诉", group="u", after=2)
    assert [ticket.known.category for ticket in story.tickets] == ["emergency", "public_repair", "complaint"]


@pytest.mark.parametrize(
    ("text", "house"),
    [("小区门口那个井盖松了，踩上去晃", None), ("地下车库进水了没过脚背", None), ("东门的道闸坏了抬不起来", None),
     ("楼下大门刷脸没反应", "3"), ("单元门口那块地砖翘了", "3"), ("楼道灯不亮了", "3"),
     ("4幢地下车棚进水", "4"), ("3幢东门关不上", "3")],
)  # fmt: skip
def test_what_all_use_is_not_of_the_house_whose_group_tells_it(text: str, house: str | None) -> None:
    story = Story()
    story.say("静香", text, group="u")
    assert [step.where.building for step in story.opened()] == [house]


def test_danger_told_in_two_harmless_lines_is_an_emergency() -> None:
    story = Story()
    story.say("大雄", "5幢电梯停在半中间，按什么都不动")
    story.say("大雄", "我跟两个小孩在里头")
    assert (story.only.known.urgency, story.only.known.category) == (3, "emergency")


def test_a_stopped_lift_with_nobody_inside_stays_a_repair() -> None:
    story = Story()
    story.say("大雄", "5幢电梯停了，按了没反应")
    story.say("大雄", "里头没人，我走楼梯上来的")
    assert story.only.known.category == "public_repair"


def test_whoever_takes_leave_of_life_is_not_talked_of_in_the_group() -> None:
    story = Story()
    story.say("大雄", "小夫刚发朋友圈说拜拜了各位，天台风好大，打电话不接")
    assert story.only.known.private
    assert story.only.known.urgency == 3


def test_his_own_flat_is_another_matter_than_the_lamp_on_the_stairs() -> None:
    story = Story()
    story.say("静香", "楼道灯又不亮了", group="u")
    story.say("静香", "谢谢", group="u")
    story.say("静香", "我家漏水了", group="u")
    assert [ticket.known.category for ticket in story.tickets] == ["public_repair", "home_repair"]
    story.say("静香", "厨房地上全是水", group="u")
    assert len(story.tickets) == 2


@pytest.mark.parametrize(
    ("words", "counts"),
    [
        ("怪不得我家灯一闪一闪的，墙上也洇了一片", True),
        ("我家也渗下来了，拿盆接着呢", True),
        ("不是我家，我昨晚没在家", False),
        ("是几楼啊", False),
        ("你先把总阀拧上", False),
    ],
)
def test_a_voice_is_told_from_a_denial_a_question_and_advice(words: str, counts: bool) -> None:
    story = Story()
    story.say("阿梅", "我家卫生间天花板在漏水，滴到马桶上了", group="u")
    story.say("老柴", words, group="u")
    assert story.only.voices == (["老柴"] if counts else [])


def test_a_neighbours_plea_for_secrecy_does_not_sink_into_anothers_matter() -> None:
    story = Story()
    story.say("阿梅", "我家卫生间天花板在漏水，滴到马桶上了", group="u")
    story.say("老柴", "我家也漏，别在群里说我", group="u")
    assert story.play.tickets[1].voices == []
