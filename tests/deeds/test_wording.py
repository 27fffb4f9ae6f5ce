"""Places, times and matters in words; what must not be read by everybody."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from string import Formatter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import REFUSALS
from domain.people import Action, Role
from domain.reading import CATEGORIES, TIERS, Where
from domain.settings import Settings
from domain.tickets import STATUSES
from handlers.deeds.emergencies import kind_of
from handlers.deeds.privacy import accused, concerns_minor, is_sensitive
from handlers.texts import TABLES, has, say
from handlers.wording import moment, phrase, place, sentence, shareable

NOW = datetime(2026, 3, 10, 7, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("where", "everybody", "staff"),
    [
        (Where(building="3", unit="2"), "3幢2单元", "3幢2单元"),
        (Where(building="3", unit="2", room="502"), "3幢2单元", "3幢2单元502室"),
        (Where(building="3", unit="2", floor="5", room="502"), "3幢2单元", "3幢2单元5楼502室"),
        (Where(building="3", floor="5"), "3幢5楼", "3幢5楼"),
        (Where(estate="阳光花园", building="B1", place="电梯厅"), "阳光花园B1幢电梯厅", "阳光花园B1幢电梯厅"),
        (Where(building="3幢", place="3幢"), "3幢", "3幢"),
        (Where(place="502王奶奶家门口"), "", "502王奶奶家门口"),
        (Where(), "", ""),
    ],
)
def test_a_place_in_words(where: Where, everybody: str, staff: str) -> None:
    assert place(where, "zh-CN") == everybody
    assert place(where, "zh-CN", room=True) == staff


def test_a_door_keeps_its_house_though_the_words_name_it() -> None:
    where = Where(building="5", unit="1", room="301")
    assert place(where, "zh-CN", room=True, said="5幢301李奶奶家漏水") == "5幢1单元301室"
    assert place(where, "zh-CN", room=True, said="5幢1单元301室漏水") == ""


@pytest.mark.parametrize(
    ("hours", "words", "english"),
    [
        (4, "19:12", "19:12"),
        (20.8, "明天12点", "tomorrow 12:00"),
        (18.3, "明天9:30", "tomorrow 9:30"),
        (72, "周五", "Friday"),
        (24 * 6, "下周一", "next Monday"),
        (24 * 20, "3月30日", "30/3"),
        (-24, "昨天15:12", "yesterday 15:12"),
    ],
)
def test_a_time_in_words(hours: float, words: str, english: str) -> None:
    at = NOW + timedelta(hours=hours)
    assert moment(at, NOW, Settings(), "zh-CN") == words
    assert moment(at, NOW, Settings(), "en") == english


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("3幢2单元电梯又坏了，老人被困在里面", "电梯又坏了"),
        ("各位好，楼道灯不亮了，谁管一下", "楼道灯不亮了"),
        ("刚回来，一楼进来那个感应灯是不是又不灵了", "进来那个感应灯是不是又不灵了"),
        ("1003家关门出去 狗叫一天", "狗叫一天"),
        ("单元门刷卡没反应", "单元门刷卡没反应"),
        ("@物业 3-2 水管漏水", "水管漏水"),
        ("帮302郏阿婆说一声", ""),
        ("我妈高血压", ""),
        ("在吗", ""),
        ("小区后面那条河死鱼好多，臭死了", ""),
        ("吵死了，电梯一直响", "电梯一直响"),
    ],
)
def test_the_few_words_for_everybody(said: str, words: str) -> None:
    assert phrase(said) == words


@given(
    st.text("电梯坏了漏水楼道灯不亮，。 3-2幢单元室家奶王他隔壁502", max_size=40),
    st.integers(13000000000, 19999999999),
    st.sampled_from(["3-2-502", "502室", "1203室", "5-1-301"]),
)
def test_no_door_and_no_number_gets_through(words: str, phone: int, door: str) -> None:
    for text in (f"{words} {door}，电梯坏了，打{phone}", f"{door}水管漏水{phone}", f"{phone} {words}"):
        short = phrase(text)
        assert str(phone) not in short and door not in short and len(short) <= 17
        shown = shareable(text, "zh-CN")
        assert str(phone) not in shown and door not in shown


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("电梯里困了两个人", "lift"),
        ("电梯里有人昏倒了", "hurt"),
        ("厨房燃气味很大，怕要着火", "gas"),
        ("对面阳台冒浓烟", "fire"),
        ("有人拿刀追着砍", "violence"),
        ("我家老人走丢了", "missing"),
        ("有人掉进河里了", "water"),
        ("快来", "other"),
    ],
)
def test_which_emergency_it_is(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def test_what_is_for_two_people_only() -> None:
    for text in ("老公又打我", "隔壁天天打孩子", "她说不想活了", "有人要跳楼", "小姑娘被猥亵"):
        assert is_sensitive(text)
    for text in (
        "跳楼价大甩卖",
        "我爸打我电话没接到",
        "老婆打她手机关机",
        "保安打人",
        "打孩子班主任电话",
        "带孩子打疫苗",
        "楼上天天在打孩子的鼓，吵死了",
        "有人虐待小区的流浪猫，拿开水烫",
    ):
        assert not is_sensitive(text)
    assert concerns_minor("隔壁天天打孩子") and not concerns_minor("老公又打我")


def test_whom_a_complaint_is_about() -> None:
    assert accused("物业乱收费", "complaint", "投诉") == "property"
    assert accused("业委会账目不清", "complaint", "投诉") == "owners"
    assert accused("楼上半夜装修太吵", "complaint", "投诉") is None
    # The firm must hear of a lamp that it should mend.
    assert accused("楼道灯坏了，物业不理", "public_repair", "投诉") is None


def test_every_text_stands_in_both_languages_with_the_same_gaps() -> None:
    def gaps(text: str) -> set[str]:
        return {name for _, name, _, _ in Formatter().parse(text) if name}

    chinese, english = TABLES["zh-CN"], TABLES["en"]
    assert chinese.keys() == english.keys()
    assert [key for key in chinese if gaps(chinese[key]) != gaps(english[key])] == []


def test_chinese_texts_do_not_shout() -> None:
    ours = [text for key, text in TABLES["zh-CN"].items() if key.split(".")[0] in ("card", "private", "refused")]
    assert ours and not [text for text in ours if "！" in text or "!" in text or "工单" in text]


def test_every_refusal_of_the_rules_has_its_text_and_every_code_its_word() -> None:
    values = {
        "number": "阳光1", "status": "done", "does": "claim", "assignee": "小李", "tier": "district", "days": 10,
        "text": "3", "action": "claim",
    }  # fmt: skip
    for key, names in REFUSALS.items():
        assert "{" not in say(key, **{name: values[name] for name in names})
    for family, codes in (
        ("status", STATUSES),
        ("tier", TIERS),
        ("category", CATEGORIES),
        ("action", tuple(Action)),
        ("role", tuple(Role)),
    ):
        assert all(has(f"{family}.{code}") for code in codes)


def test_codes_are_put_into_words() -> None:
    said = say("refused.not_now", number="阳光1", status="done", does="claim")
    assert said == "阳光1已经办好，现在不能接单。"
    assert (
        say("refused.not_now", "en", number="X1", status="done", does="claim") == "X1 is done and cannot be taken now."
    )
    with pytest.raises(KeyError):
        say("refused.not_now", number="阳光1")


def test_a_sentence_ends_as_its_language_does() -> None:
    assert [sentence(one) for one in ("换了读卡器", "new reader fitted", "修好了！", "")] == [
        "换了读卡器。",
        "new reader fitted.",
        "修好了！",
        "",
    ]
