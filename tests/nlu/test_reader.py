"""Reading a message as a whole, and how well it is done on messages by a writer never learned from."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.reading import TEST, figures, labelled
from domain.reading import CATEGORIES, TIERS
from nlu.reader import Reader
from nlu.train import DATA

SENT = datetime(2026, 5, 14, 1, 30, tzinfo=UTC)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader.load()


def test_a_stopped_lift_with_people_inside_is_an_emergency(reader: Reader) -> None:
    got = reader.read("3幢2单元电梯又坏了，老人被困在里面", tier="community", sent_at=SENT)
    assert (got.report, got.category, got.urgency) == (True, "emergency", 3)
    assert (got.where.building, got.where.unit) == ("3", "2")
    assert {"涉老", "被困"} <= set(got.tags)
    assert any(why.startswith("rule:") for why in got.why)


@pytest.mark.parametrize(
    "text",
    [
        "电梯里关了两个人 快来",
        "楼道里好大的煤气味",
        "5楼着火了 快打119",
        "我孙子不见了 三岁 穿红衣服",
        "有人要跳楼 快来人",
        "车棚顶上冒好大的烟，像是燃起来了",
        "花坛边坐着个老头，喊他不应，嘴巴歪着",
        "广告牌砸到一个骑车的，不动了",
        "有人晕倒了 叫不醒",
        "有人拿刀砍人 快报警",
        "大家替我照顾好爸妈 存折在抽屉里",
    ],
)
def test_emergencies_are_heard(reader: Reader, text: str) -> None:
    got = reader.read(text)
    assert got.report
    assert got.urgency == 3


@pytest.mark.parametrize(
    "text",
    [
        "【温馨提示】冬季用燃气请注意通风，闻到煤气味请拨打抢修电话",
        "昨晚看的电影里大楼着火那段太吓人了",
        "消防演练：明天上午九点，听到警报请勿惊慌",
        "哈哈 我儿子说他被困在游戏第八关",
        "灯修好了 谢谢师傅",
        "谁家有多的香菜 借一把",
        "爬楼爬到不想活了哈哈 就当减肥",
        "早上好 群里的朋友们",
        "出一台九成新洗衣机 自提 300元",
    ],
)
def test_talk_notices_and_stories_are_no_reports(reader: Reader, text: str) -> None:
    got = reader.read(text)
    assert not got.report
    assert (got.category, got.urgency) == (None, 0)


def test_what_is_read_is_a_pure_function_of_the_message(reader: Reader) -> None:
    text = "昨晚八点半开始 3幢2单元没水 物业快来 13700012345"
    first = reader.read(text, tier="unit", sent_at=SENT)
    assert first == reader.read(text, tier="unit", sent_at=SENT)
    assert first.when is not None
    assert first.when.start == datetime(2026, 5, 13, 12, 30, tzinfo=UTC)
    assert [text[one.start : one.end] for one in first.personal] == ["13700012345"]
    assert first.keywords


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300), st.sampled_from(TIERS))
def test_no_text_breaks_it_and_every_figure_keeps_its_range(reader: Reader, text: str, tier: str) -> None:
    got = reader.read(text, tier=tier, sent_at=SENT)  # type: ignore[arg-type]
    assert 0 <= got.confidence <= 1
    assert got.urgency in (0, 1, 2, 3)
    assert (got.category is not None) == got.report == (got.urgency > 0)
    assert got.category is None or got.category in CATEGORIES
    assert all(0 <= one.start < one.end <= len(text) for one in got.personal)


def test_a_long_paste_is_read_in_time(reader: Reader) -> None:
    assert reader.read("电梯坏了。" * 2000).report in (True, False)


def test_scores_on_messages_by_another_writer(reader: Reader) -> None:
    scored = figures(reader, labelled(TEST))
    assert scored["report_f1"] >= 0.88, scored
    assert scored["category_accuracy"] >= 0.86, scored
    assert scored["emergency_recall"] >= 0.95, scored
    assert scored["emergency_precision"] >= 0.70, scored
    assert scored["where_f1"] >= 0.93, scored


def test_the_test_messages_were_not_learned_from() -> None:
    learned = {
        json.loads(line)["text"]
        for path in DATA.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
    long = [said["text"] for said in labelled(TEST) if len(said["text"]) >= 10]  # 收到 is said by everybody
    assert not learned.intersection(long)


@pytest.mark.parametrize(
    "text",
    [
        "老公又打我了",
        "我老公天天打我",
        "他喝了酒就打我",
        "我爸打我",
        "儿媳打我",
        "我被他打怕了",
        "孩子他爸又动手了",
        "被家暴了",
        "他爸又打我妈，我怕",
    ],
)
def test_who_is_beaten_at_home_is_heard_in_the_fewest_words(reader: Reader, text: str) -> None:
    assert reader.read(text, tier="unit").urgency == 3


@pytest.mark.parametrize(
    "text",
    ["老公打我电话没接到", "我儿子打我电话说不回来了", "老公动手做了个架子", "我妈打我手机", "小时候我爸打我可狠了",
     "我被打动了", "婆婆打我主意要卖房", "昨晚打麻将老公赢了", "老公打我一巴掌开玩笑的"],
)  # fmt: skip
def test_who_is_rung_up_or_jokes_is_not_beaten(reader: Reader, text: str) -> None:
    assert reader.read(text, tier="unit").urgency == 0
