"""What is masked, who needs care, what the speaker wants."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reading import CATEGORIES, Category, Nature
from nlu.normalize import fold
from nlu.people import nature, personal, tags


def spans(text: str) -> list[tuple[str, str]]:
    return [(one.kind, text[one.start : one.end]) for one in personal(fold(text))]


def test_phones_ids_and_plates_are_found_where_they_stand() -> None:
    text = "我叫李芳，电话13700012345，身份证330802199001011234，车牌浙H·A1234挡了门"
    assert spans(text) == [
        ("phone", "13700012345"),
        ("id_number", "330802199001011234"),
        ("plate", "浙H·A1234"),
    ]


def test_full_width_and_spaced_phones_are_found_too() -> None:
    assert spans("打１３７０００１２３４５") == [("phone", "１３７０００１２３４５")]
    assert spans("打137 0001 2345或0570-8812345") == [("phone", "137 0001 2345"), ("phone", "0570-8812345")]


def test_an_order_number_is_no_phone() -> None:
    assert spans("单号1370001234567890，价格1370元") == []


@given(st.text(alphabet="浙HA1379 0-x年月电话身份证粤B·", max_size=60) | st.text(max_size=60))
def test_spans_lie_inside_the_text_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for one in personal(fold(text)):
        assert end <= one.start < one.end <= len(text)
        end = one.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("独居的王奶奶两天没下楼了", {"涉老", "独居"}),
        ("电梯里有个孕妇出不来", {"孕妇", "被困"}),
        ("小孩在消防通道边玩电线", {"涉小", "隐患"}),
        ("餐馆拖欠工资三个月", {"涉企"}),
        ("轮椅上不去坡道", {"涉残"}),
    ],
)
def test_tags_name_those_who_need_care(text: str, expected: set[str]) -> None:
    assert expected <= set(tags(text))


@pytest.mark.parametrize(
    ("text", "category", "expected"),
    [
        ("请问老年卡怎么办理", "consultation", "咨询"),
        ("建议在路口加装一盏路灯", "community_report", "建议"),
        ("物业态度太差", "complaint", "投诉"),
        ("有人在地下室非法存汽油", "complaint", "举报"),
        ("电梯关人了", "emergency", "求助"),
        ("水管爆了", "home_repair", "求助"),
    ],
)
def test_the_nature_follows_the_words_then_the_category(text: str, category: Category, expected: Nature) -> None:
    assert nature(text, category) == expected


def test_praise_is_known_even_where_nothing_is_reported() -> None:
    assert nature("给保安小李点赞", None) == "表扬"
    assert nature("今天吃饺子", None) is None


def test_every_category_has_a_nature() -> None:
    assert all(nature("", category) for category in CATEGORIES)
